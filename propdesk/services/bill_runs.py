"""Bill runs: shown before they are posted, posted in one transaction, undone as a whole.

The same run twice adds nothing: what stands already is left alone, also when its amount would be
another one today, which is told. A run that dies in the middle leaves nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.bill_runs import (
    SERIES,
    BillRun,
    PlannedBill,
    RunOrder,
    RunPreview,
    RunResult,
    run_number,
)
from propdesk.domain.bills import BillKind
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import FeeItem
from propdesk.domain.ledger import Act
from propdesk.domain.money import money_words
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.i18n import _, ngettext
from propdesk.services.parts.billing import NewBill, insert_bills, void_bills
from propdesk.services.parts.bulk import Course, Report, Stop, collector_paused
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.noting import noted
from propdesk.services.parts.numbering import take_number_of_year
from propdesk.services.parts.prepaid import (
    TAKEN_FROM_PREPAID,
    settle_from_prepaid,
    unsettle_to_prepaid,
)
from propdesk.services.parts.run_planning import plan_run
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.bill_runs import get_run
from propdesk.services.queries.fee_items import find_item, list_items
from propdesk.storage.charging import BillRunRecord
from propdesk.storage.database import rows

_NAMED = 5
"""So many houses are named in a refusal."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the clerk saw before he said yes: the number of bills and their sum."""

    bills: int
    total_fen: int


@collector_paused()
def preview_run(
    order: RunOrder,
    *,
    by: int,
    now: datetime,
    on_progress: Report | None = None,
    cancelled: Stop | None = None,
) -> RunPreview:
    """Return what a run would write, with totals, outliers and houses that lack something.

    Nothing is written. Raises RuleError and Cancelled.
    """
    fee_actor(by, Right.CHARGE)
    items = _items(order)
    return plan_run(order, items, local(now).date(), Course(on_progress, cancelled))


@collector_paused()
def post_run(
    order: RunOrder,
    *,
    by: int,
    now: datetime,
    seen: Seen | None = None,
    on_progress: Report | None = None,
    cancelled: Stop | None = None,
) -> RunResult:
    """Write the bills of a run, all or none, and settle what was prepaid for them.

    `seen` is the preview that was agreed to: the run is refused where something changed since.
    Where everything is billed already no run is written. Raises RuleError and Cancelled.
    """
    course = Course(on_progress, cancelled)
    with writing():
        who = fee_actor(by, Right.CHARGE)
        today = local(now).date()
        preview = plan_run(order, _items(order), today, course)
        _check_seen(preview, seen)
        if not preview.bills:
            return RunResult(None, preview)
        record = BillRunRecord.create(
            number=run_number(today.year, take_number_of_year(SERIES, today.year)),
            from_on=order.from_on,
            until_on=order.until_on,
            community=order.community_id,
            building=order.building_id,
            items=[total.item.code for total in preview.totals],
            bills=len(preview.bills),
            total_fen=preview.total_fen,
            posted_at=local(now),
            staff=who.id,
            note=clean_line(order.note),
        )
        bills = [_new_bill(one, record.id) for one in preview.bills]
        insert_bills(bills, staff_id=who.id, now=now, course=course)
        record.prepaid_fen = settle_from_prepaid(
            _prepaid_bills(record.id), on_day=today, staff_id=who.id, now=now, reason=record.number
        )
        record.save()
        course.check()
        return RunResult(get_run(record.id), preview)


def undo_run(
    run_id: int,
    reason: str,
    *,
    by: int,
    now: datetime,
    on_progress: Report | None = None,
    cancelled: Stop | None = None,
) -> BillRun:
    """Void all bills of a run that nobody has paid anything of yet; it stays in the books.

    What the run itself took from prepaid accounts goes back to them. Raises RuleError where a bill
    was settled otherwise, voided since, or a penalty was billed for one; and Cancelled.
    """
    course = Course(on_progress, cancelled)
    step = course.stage(0, Course.WHOLE)
    with writing():
        who = fee_actor(by, Right.CHARGE)
        reason = noted(reason, _("Write why this run is undone."))
        run = get_run(run_id)
        if run.undone_at is not None:
            raise RuleError(
                "run-undone",
                _("Run {number} was undone on {day} already.").format(
                    number=run.number, day=run.undone_at.date()
                ),
            )
        bill_ids = _check_undoable(run)
        step(1, 3)
        unsettle_to_prepaid(
            bill_ids, on_day=local(now).date(), staff_id=who.id, now=now, reason=run.number
        )
        step(2, 3)
        void_bills(bill_ids, f"{run.number}: {reason}", staff_id=who.id, now=now, course=course)
        record = BillRunRecord.get_by_id(run_id)
        record.undone_at, record.undone_staff_id = local(now), who.id
        record.undone_reason = reason
        record.save()
        step(1, 1)
        return get_run(run_id)


def _items(order: RunOrder) -> list[FeeItem]:
    """Return the items that an order names, all active ones where it names none; or refuse."""
    if order.items:
        return list({item.id: item for item in map(find_item, order.items)}.values())
    active = list(list_items(active_only=True))
    if not active:
        raise RuleError(
            "no-items",
            _("No fee item is switched on. Switch on what the office charges, then run again."),
        )
    return active


def _prepaid_bills(run_id: int) -> list[int]:
    """Return the open bills of the run's houses that have money on their prepaid account.

    Older ones among them are settled first.
    """
    found = rows(
        "SELECT b.id FROM bill b WHERE b.settled_fen < b.amount_fen AND b.voided_at IS NULL "
        "AND b.kind IN (?, ?) AND b.unit_id IN (SELECT unit_id FROM ledger_line "
        "WHERE account = 'prepaid' GROUP BY unit_id HAVING sum(amount_fen) < 0) "
        "AND b.unit_id IN (SELECT unit_id FROM bill WHERE run_id = ?)",
        *(kind.value for kind in TAKEN_FROM_PREPAID),
        run_id,
    )
    return [row[0] for row in found]


def _check_seen(preview: RunPreview, seen: Seen | None) -> None:
    if seen is not None and seen != Seen(len(preview.bills), preview.total_fen):
        raise RuleError(
            "run-changed",
            _(
                "Something changed since the preview: it is {count} bills of {total} yuan now. "
                "Look at the preview again."
            ).format(count=len(preview.bills), total=money_words(preview.total_fen)),
        )


def _new_bill(planned: PlannedBill, run_id: int) -> NewBill:
    line = planned.line
    return NewBill(
        unit_id=planned.unit_id,
        fee_item_id=planned.item.id,
        kind=BillKind.CHARGE,
        from_on=line.from_on,
        until_on=line.until_on,
        due_on=line.due_on,
        amount_fen=line.amount_fen,
        person_id=line.person_id,
        payer_id=line.payer_id,
        tariff_id=line.tariff_id,
        meter_id=line.meter_id,
        shared_cost_id=line.shared_cost_id,
        run_id=run_id,
        working=line.working,
    )


def _check_undoable(run: BillRun) -> list[int]:
    """Return the live bills of a run, or refuse: somebody paid one, or billed a penalty for it."""
    found = rows(
        "SELECT b.id, u.short, b.settled_fen + coalesce((SELECT sum(p.amount_fen) "
        "FROM ledger_line p WHERE p.bill_id = b.id AND p.act IN (?, ?)), 0), "
        "(SELECT count(*) FROM bill l WHERE l.late_for_id = b.id AND l.voided_at IS NULL) "
        "FROM bill b JOIN unit u ON u.id = b.unit_id "
        "WHERE b.run_id = ? AND b.voided_at IS NULL ORDER BY b.id",
        Act.PREPAID_USE.value,
        Act.PREPAID_UNDO.value,
        run.id,
    )
    paid = [short for _id, short, settled_fen, _late in found if settled_fen]
    if paid:
        sentence = ngettext(
            "{count} bill of {number} is settled in part already ({units}). Void its receipt "
            "first, or void single bills instead of the run.",
            "{count} bills of {number} are settled in part already ({units}). Void their receipts "
            "first, or void single bills instead of the run.",
            len(paid),
        )
        units = ", ".join(dict.fromkeys(paid[:_NAMED]))
        more = " ..." if len(paid) > _NAMED else ""
        raise RuleError(
            "run-paid",
            sentence.format(count=len(paid), number=run.number, units=units + more),
        )
    late = [short for _id, short, _fen, penalties in found if penalties]
    if late:
        raise RuleError(
            "run-has-penalty",
            _("A penalty was billed for bills of {number} ({units}); void that one first.").format(
                number=run.number, units=", ".join(late[:_NAMED])
            ),
        )
    return [bill_id for bill_id, *_rest in found]
