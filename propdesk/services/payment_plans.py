"""Write down promises and instalment plans; whether they are kept follows from the payments."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from propdesk.domain.attachments import Attachment
from propdesk.domain.errors import RuleError
from propdesk.domain.payment_plans import (
    SERIES,
    Outcome,
    PlanDraft,
    PlanState,
    check_plan,
    plan_number,
)
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.files_in import Refused, Source, quiet
from propdesk.services.parts.kept_files import keep_files
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.numbering import take_number_of_year
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.attachments import get_attachment
from propdesk.services.queries.payment_plans import (
    PaymentPlan,
    get_plan,
    list_open_plans,
    list_plan_files,
)
from propdesk.services.queries.units import get_unit
from propdesk.storage.database import rows
from propdesk.storage.dunning import DemandLineRecord, PaymentPartRecord, PaymentPlanRecord
from propdesk.storage.opening import OpenOffice

_ENDS = {PlanState.KEPT: Outcome.KEPT, PlanState.BROKEN: Outcome.BROKEN}
_OPEN = (
    "SELECT id, amount_fen - settled_fen FROM bill WHERE unit_id = ? "
    "AND settled_fen < amount_fen AND voided_at IS NULL ORDER BY due_on, id"
)


def record_plan(
    unit_id: int,
    draft: PlanDraft,
    bill_ids: Sequence[int] | None = None,
    *,
    instead_reason: str = "",
    by: int,
    now: datetime,
) -> PaymentPlan:
    """Write down a promise or plan about bills of a house, all open ones where none are named.

    An earlier one that was kept or broken ends with it; one that still runs is withdrawn with the
    reason why this one takes its place, and refuses without.
    Raises DraftError with a sentence for each field that is not right yet.
    """
    with writing():
        who = fee_actor(by, Right.DUN)
        get_unit(unit_id)
        today = local(now).date()
        draft = replace(
            draft, promised_by=clean_line(draft.promised_by), note=clean_text(draft.note)
        )
        bills = _bills(unit_id, bill_ids)
        refuse(check_plan(draft, sum(bills.values()), today))
        _end_earlier(unit_id, clean_text(instead_reason), today, now)
        number = plan_number(today.year, take_number_of_year(SERIES, today.year))
        plan = PaymentPlanRecord.create(
            number=number,
            unit=unit_id,
            kind=draft.kind.value,
            promised_on=draft.promised_on or today,
            promised_by=draft.promised_by,
            relation=draft.relation.value,
            way=draft.way.value,
            total_fen=draft.total_fen,
            note=draft.note,
            entered_at=local(now),
            staff=who.id,
        )
        for position, part in enumerate(draft.parts, start=1):
            PaymentPartRecord.insert(
                plan=plan.id, position=position, due_on=part.due_on, amount_fen=part.amount_fen
            ).execute()
        for bill_id, open_fen in bills.items():
            DemandLineRecord.create(bill=bill_id, plan=plan.id, open_fen=open_fen)
        return get_plan(plan.id, today)


def end_plan(
    plan_id: int, outcome: Outcome, reason: str, *, version: int, by: int, now: datetime
) -> PaymentPlan:
    """End a promise or plan: kept, broken or withdrawn; void where it was written by mistake.

    What was promised stays an interruption of the period unless the plan is void.
    """
    with writing():
        fee_actor(by, Right.DUN)
        today = local(now).date()
        plan = get_plan(plan_id, today)
        if not plan.is_open:
            raise RuleError("plan-ended", _("{number} has ended.").format(number=plan.number))
        check_version(plan.version, version)
        if outcome is Outcome.KEPT and plan.standing.state is not PlanState.KEPT:
            raise RuleError(
                "plan-unpaid",
                _("Not all of {number} is paid yet: end it as broken or withdrawn.").format(
                    number=plan.number
                ),
            )
        missing = "" if outcome is Outcome.KEPT else _("Write why it ends.")
        reason = noted(reason, missing)
        _end(plan, outcome, now, _noted(plan, reason))
        return get_plan(plan_id, today)


def add_plan_files(
    office: OpenOffice,
    plan_id: int,
    sources: Sequence[Source],
    *,
    by: int,
    now: datetime,
    on_progress: Callable[[int, int], None] = quiet,
) -> tuple[tuple[Attachment, ...], tuple[Refused, ...]]:
    """Keep scans of what the debtor signed or wrote; return those kept and those refused.

    They prove his consent to perform (Provisions on Limitation 14) and go into the evidence pack.
    """
    acting = partial(fee_actor, by, Right.DUN)
    acting()
    get_plan(plan_id, local(now).date())
    ids, refused = keep_files(
        office, ("plan", plan_id), list_plan_files, sources, acting,
        now=now, on_progress=on_progress,
    )  # fmt: skip
    return tuple(map(get_attachment, ids)), refused


def _bills(unit_id: int, bill_ids: Sequence[int] | None) -> dict[int, int]:
    """Return what is open of the bills that are meant, by id; refuse those that are not open."""
    is_open = dict(rows(_OPEN, unit_id))
    if bill_ids is None:
        chosen = is_open
    else:
        strange = sorted(set(bill_ids) - is_open.keys())
        if strange:
            raise RuleError(
                "bill-not-open",
                _("Bill {ids} is not open in this house; choose again.").format(
                    ids=", ".join(map(str, strange))
                ),
            )
        chosen = {bill_id: is_open[bill_id] for bill_id in dict.fromkeys(bill_ids)}
    if not chosen:
        raise RuleError("nothing-open", _("This house owes nothing: there is nothing to promise."))
    return chosen


def _end_earlier(unit_id: int, reason: str, today: date, now: datetime) -> None:
    for plan in list_open_plans(today, [unit_id]):
        outcome, note = _ENDS.get(plan.standing.state), plan.note
        if outcome is None:
            if not reason:
                raise RuleError(
                    "plan-runs",
                    _(
                        "{number} still runs until {day}: end it, or write why this takes its "
                        "place."
                    ).format(number=plan.number, day=plan.parts[-1].due_on),
                )
            outcome, note = Outcome.WITHDRAWN, _noted(plan, reason)
        _end(plan, outcome, now, note)


def _noted(plan: PaymentPlan, reason: str) -> str:
    return "\n".join(text for text in (plan.note, reason) if text)


def _end(plan: PaymentPlan, outcome: Outcome, now: datetime, note: str) -> None:
    PaymentPlanRecord.update(
        ended_at=local(now), outcome=outcome.value, note=note, version=plan.version + 1
    ).where(PaymentPlanRecord.id == plan.id).execute()
