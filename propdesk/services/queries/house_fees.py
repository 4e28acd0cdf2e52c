"""The fees of one house at a glance: what the house file says of them, and what comes next."""

from dataclasses import dataclass
from datetime import date

from propdesk.domain.demand_stages import days_later, stage_after
from propdesk.domain.dunning import LetterState, Stage
from propdesk.domain.payments import Payment
from propdesk.domain.till import PaymentKind
from propdesk.domain.unit_fees import UnitFee
from propdesk.services.parts.arrears_rules import load_arrears_rules
from propdesk.services.parts.fee_letter_rows import FeeLetter
from propdesk.services.queries.accounts import UnitAccount, get_account
from propdesk.services.queries.arrears import ArrearsFilter, ArrearsRow, list_arrears
from propdesk.services.queries.fee_items import list_items
from propdesk.services.queries.fee_letters import list_fee_letters
from propdesk.services.queries.payments import list_payments
from propdesk.services.queries.prepaid import get_refundable
from propdesk.services.queries.unit_fees import list_unit_fees
from propdesk.storage.database import rows

_LOOKED_AT = 20
_UNSENT = frozenset({LetterState.DRAFT, LetterState.WITHDRAWN, LetterState.VOIDED})


@dataclass(frozen=True, slots=True)
class HouseFees:
    """Where a house stands on a day.

    `refundable_fen` is what of the money paid ahead would go back if the service ended now;
    `exceptions` hold today or later, each with its item's name. `arrears` is None for a house that
    is not in arrears; else `next_stage` comes on `next_on` (None: no number of days rules it).
    """

    account: UnitAccount
    refundable_fen: int
    last_payment: Payment | None
    last_letter: FeeLetter | None
    exceptions: tuple[tuple[UnitFee, str], ...]
    arrears: ArrearsRow | None
    next_stage: Stage | None = None
    next_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever billed, paid, held or agreed here that still counts."""
        account = self.account
        money = account.open_bills or account.prepaid_fen or account.deposits
        return not (money or self.last_payment or self.last_letter or self.exceptions)


def count_open_bills(unit_id: int) -> int:
    """Return how many bills of a house are not paid in full; along the index of open bills."""
    found = rows(
        "SELECT count(*) FROM bill WHERE unit_id = ? AND settled_fen < amount_fen "
        "AND voided_at IS NULL",
        unit_id,
    )
    return int(found[0][0])


def get_house_fees(unit_id: int, today: date) -> HouseFees:
    """Return the fees of a house at a glance."""
    payments = list_payments(unit_id=unit_id, limit=_LOOKED_AT)
    letters = list_fee_letters(unit_id=unit_id, limit=_LOOKED_AT)
    names = {item.id: item.name for item in list_items()}
    found = list_arrears(ArrearsFilter(unit_ids=frozenset({unit_id})), today=today, limit=1)
    row = found[0] if found else None
    stage = stage_after(row.stage) if row else None
    days = load_arrears_rules(today).stage_days.get(stage) if stage else None
    return HouseFees(
        account=get_account(unit_id, today),
        refundable_fen=get_refundable(unit_id, today).total_fen,
        last_payment=next(
            (one for one in payments if one.kind is PaymentKind.RECEIPT and one.voided_at is None),
            None,
        ),
        last_letter=next((one for one in letters if one.state not in _UNSENT), None),
        exceptions=tuple(
            (line, names[line.fee_item_id])
            for line in list_unit_fees(unit_id)
            if line.until_on is None or line.until_on >= today
        ),
        arrears=row,
        next_stage=stage,
        next_on=days_later(row.oldest_due_on, days) if row and days is not None else None,
    )
