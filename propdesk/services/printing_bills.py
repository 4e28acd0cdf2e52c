"""Fill and draw the explanation of a bill, to be given to who asks for it (R98)."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from propdesk.domain.bill_events import BillEvent
from propdesk.domain.bills import BILL_KIND_LABELS, BillKind
from propdesk.domain.money import money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.i18n import _
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.bill_events import list_bill_events
from propdesk.services.queries.bills import explain

if TYPE_CHECKING:
    from propdesk.reports.bill_explained import BillExplainedSheet, EventRow
    from propdesk.reports.parts.sheet import PrintedPaper


def print_bill(
    bill_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw how a bill came about, what was paid of it and what asked for it, as PDF."""
    from propdesk.reports.bill_explained import render_bill_explained

    fee_actor(by.id, Right.SEE_FEES)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> "PrintedPaper":
        # The working is worded in the language of the paper.
        sheet = _sheet(bill_id, settings, by=by, now=now)
        return render_bill_explained(sheet, target, language=chosen)

    return draw_paper(target, language, draw)


def _sheet(
    bill_id: int, settings: OfficeSettings, *, by: Staff, now: datetime
) -> "BillExplainedSheet":
    from propdesk.reports.bill_explained import BillExplainedSheet
    from propdesk.reports.parts.register_frame import RegisterFrame

    found = explain(bill_id)
    bill = found.bill
    frame = RegisterFrame(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        title=_("{item}, explained").format(item=bill.item),
        narrowed=_("{house}, {start} to {end}").format(
            house=bill.unit, start=bill.from_on, end=bill.until_on
        ),
        printed_at=local(now),
        printed_by=by.name,
        is_internal=False,
    )
    facts = [
        (_("House"), bill.unit),
        (_("Who owes"), _(", ").join(found.owners) or bill.debtor or _("nobody is known")),
        (_("Agreed payer"), bill.payer),
        (_("Kind"), "" if bill.kind is BillKind.CHARGE else str(BILL_KIND_LABELS[bill.kind])),
        (_("Charged for"), _("{start} to {end}").format(start=bill.from_on, end=bill.until_on)),
        (_("Pay by"), bill.due_on.isoformat()),
        (_("What for"), bill.note),
        (_("Basis"), found.basis),
        (_("Document"), " ".join(filter(None, (found.place, found.document)))),
        (_("Void"), bill.void_reason if bill.voided_at else ""),
    ]
    sums = (
        (_("Billed (yuan)"), money_words(bill.amount_fen)),
        (_("Settled (yuan)"), money_words(bill.settled_fen)),
        (_("Still owed (yuan)"), money_words(bill.open_fen)),
    )
    return BillExplainedSheet(
        frame=frame,
        facts=[(label, value) for label, value in facts if value],
        sums=sums,
        words=found.words,
        events=[_event(one) for one in list_bill_events(bill)],
    )


def _event(event: BillEvent) -> "EventRow":
    from propdesk.reports.bill_explained import EventRow

    amount = money_words(event.amount_fen) if event.amount_fen else ""
    return EventRow(event.on_day.isoformat(), event.what, event.number, amount, event.came_of_it)
