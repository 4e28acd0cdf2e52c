"""What a payment would settle, before it is taken: the till shows it with each key."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.staff import Right
from propdesk.domain.till import Means
from propdesk.services.parts.debts import open_debts
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.settling import settled_by
from propdesk.services.parts.writing import local


@dataclass(frozen=True, slots=True)
class Preview:
    """How many fen each bill would get, and what would be left over."""

    shares: Mapping[int, int]
    rest_fen: int


def preview_payment(draft: PaymentDraft, *, now: datetime) -> Preview:
    """Return what a payment would settle by the rule of the till (Civil Code 560, 561).

    Raises RuleError where a bill is no more as it was shown.
    """
    if draft.use_prepaid_fen:
        # How much of it is money makes no difference to the debts.
        part = MeansPart(Means.OTHER, draft.use_prepaid_fen)
        draft = replace(draft, means=(*draft.means, part), use_prepaid_fen=0)
    return Preview(*_settled(draft, now))


def _settled(draft: PaymentDraft, now: datetime) -> tuple[Mapping[int, int], int]:
    """Tell what is left over instead of refusing it, as taking the money does."""
    debts = open_debts(draft.unit_id)
    shares, rest = settled_by(replace(draft, overpay_to_prepaid=True), debts, local(now))
    if draft.overpay_to_prepaid or not rest:
        return shares, rest
    # Without the prepaid account the rest goes to the other debts first.
    others = [debt for debt in debts if debt.open_fen > shares.get(debt.bill_id, 0)]
    free = sum(debt.open_fen - shares.get(debt.bill_id, 0) for debt in others)
    if rest <= free:
        return settled_by(draft, debts, local(now))
    return {debt.bill_id: debt.open_fen for debt in debts}, rest - free


def check_may_take(staff_id: int) -> None:
    """Refuse whoever may not take money, before the till is opened for him (law.md 1.6)."""
    fee_actor(staff_id, Right.TAKE_MONEY)
