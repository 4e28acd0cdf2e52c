"""Fill and draw the papers of a single ticket. What is previewed is the file that is printed."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from propdesk.domain.clock_rules import Clock
from propdesk.domain.clock_words import waited_text
from propdesk.domain.clocks import ClockState, TicketClocks
from propdesk.domain.errors import RuleError
from propdesk.domain.masking import mask_phone
from propdesk.domain.numbers import PaperCode, office_mark, paper_digits, qr_text
from propdesk.domain.paper_trail import dispatch_round
from propdesk.domain.papers import PaperLanguage, PaperSize
from propdesk.domain.persons import ROLE_LABELS, ResidentRole
from propdesk.domain.settings import OfficeSettings, check_copies
from propdesk.domain.staff import Staff
from propdesk.domain.tickets import (
    CHANNEL_LABELS,
    KIND_LABELS,
    URGENCY_LABELS,
    Event,
    EventKind,
    Kind,
    Ticket,
    Urgency,
    is_open,
)
from propdesk.i18n import _, speaking
from propdesk.reports.parts.order_cells import PaperCopy, WorkOrderSheet
from propdesk.reports.work_orders import TITLE, render_work_orders
from propdesk.services.parts.costs import costs_of
from propdesk.services.parts.paper_pictures import pictures_on_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local
from propdesk.services.queries.clocks import get_clocks
from propdesk.services.queries.prices import get_charge
from propdesk.services.queries.tickets import get_ticket
from propdesk.sheets.errors import not_written
from propdesk.storage.database import rows


def print_work_order(
    ticket_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    paper: PaperSize | None = None,
    copies: int | None = None,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw a ticket's work order into the PDF file `target`; see `print_work_orders`."""
    return print_work_orders(
        (ticket_id,), target, by=by, now=now, paper=paper, copies=copies, language=language
    )


def print_work_orders(
    ticket_ids: Sequence[int],
    target: Path,
    *,
    by: Staff,
    now: datetime,
    paper: PaperSize | None = None,
    copies: int | None = None,
    language: PaperLanguage | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Printed:
    """Draw the work orders of tickets, in the order of their ids, into the PDF file `target`.

    `copies` takes the first names of the office's copies (1-4); paper, copies and language are the
    office's settings where they are not given. `on_progress` is told how many of how many orders
    are drawn; what it raises stops the drawing, and no file is left. Everybody may print who may
    open the office. Raises RuleError for an unknown ticket and for a file that cannot be written.
    """
    check_target(target, ".pdf")
    settings = load_settings()
    if copies is not None:
        check_copies(copies)
    language = language or settings.paper_language
    if not ticket_ids:
        raise RuleError("orders-none", _("Choose the tickets whose work orders are printed."))
    more = f" + {len(ticket_ids) - 1}" if len(ticket_ids) > 1 else ""
    title = f"{language.main(TITLE)} {get_ticket(ticket_ids[0]).number}{more}"

    def sheets() -> Iterator[WorkOrderSheet]:
        # One after the other: 500 orders with their journals need not be in memory together.
        for done, ticket_id in enumerate(ticket_ids, start=1):
            ticket = get_ticket(ticket_id)
            with speaking(language.code):
                sheet = _sheet(ticket, settings, by=by, now=now, copies=copies)
            yield sheet
            if on_progress is not None:
                on_progress(done, len(ticket_ids))

    try:
        printed = render_work_orders(
            sheets(),
            target,
            title=title,
            paper=(paper or settings.work_order_paper).value,
            language=language,
        )
    except OSError as error:
        raise not_written(target, error) from error
    return Printed(target, printed.pages, printed.replaced_characters)


def _copy_names(settings: OfficeSettings, copies: int | None) -> tuple[str, ...]:
    names = settings.copy_names
    if copies is None:
        return names
    extra = tuple(
        _("Copy {number}").format(number=number) for number in range(len(names) + 1, copies + 1)
    )
    return (names + extra)[:copies]


def _sheet(
    ticket: Ticket, settings: OfficeSettings, *, by: Staff, now: datetime, copies: int | None
) -> WorkOrderSheet:
    series = rows(
        "SELECT series_kind, series_month, series_sequence FROM ticket WHERE id = ?", ticket.id
    )[0]
    round_ = dispatch_round(ticket.dispatches)
    mark = office_mark(rows("SELECT uid FROM office")[0][0])
    names = _copy_names(settings, copies)
    # A single copy goes out with the worker, whatever the copies are called.
    worker = {settings.worker_copy} if len(names) > 1 else set(names)
    dispatch = _last(ticket, EventKind.DISPATCHED)
    role = ROLE_LABELS[ResidentRole(ticket.reporter_role)] if ticket.reporter_role else ""
    place = ticket.unit_long or ticket.place
    part = _("common part") if ticket.common_part else _("inside") if ticket.unit else ""
    clocks = get_clocks(ticket.id, now=now)
    return WorkOrderSheet(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        office_phone=settings.phone,
        number=ticket.number,
        code_digits=paper_digits(PaperCode(Kind(series[0]), series[1], series[2], round_, mark)),
        qr_text=qr_text(ticket.number, round_, mark),
        kind=str(KIND_LABELS[ticket.kind]),
        kinds=tuple(str(KIND_LABELS[kind]) for kind in Kind),
        urgency=str(URGENCY_LABELS[ticket.urgency]),
        urgencies=tuple(str(URGENCY_LABELS[urgency]) for urgency in Urgency),
        round=round_,
        received_at=ticket.received_at,
        channel=str(CHANNEL_LABELS[ticket.channel]),
        reporter=_("{name} ({role})").format(name=ticket.reporter_name, role=role)
        if role
        else ticket.reporter_name,
        phone=ticket.reporter_phone,
        masked_phone=mask_phone(ticket.reporter_phone),
        is_open=is_open(ticket.status),
        place=place,
        location=_("{name} ({role})").format(name=ticket.spot, role=part)
        if ticket.spot and part
        else ticket.spot or part,
        text=_told(ticket),
        appointment=ticket.appointment,
        first_receiver=ticket.first_receiver,
        received_by=ticket.first_receiver,
        dispatched_at=dispatch.at if dispatch else None,
        dispatched_by=dispatch.by if dispatch else "",
        department=ticket.department,
        worker=ticket.handler if dispatch else "",
        on_site_due=_due(clocks, Clock.ON_SITE),
        done_due=ticket.promised_at or _due(clocks, Clock.SOLVE),
        note=dispatch.text if dispatch else "",
        waited=waited_text(clocks),
        hint=_hint(ticket),
        printed_at=local(now),
        printed_by=by.name,
        copies=tuple(PaperCopy(name, for_worker=name in worker) for name in names),
        foot_note=settings.work_order_note,
        costs=costs_of(ticket, get_charge(ticket.id)),
        pictures=pictures_on_paper(ticket.id),
    )


def _due(clocks: TicketClocks, kind: Clock) -> datetime | None:
    """Return until when the latest count of a clock runs, None where there is none."""
    counts = [one for one in clocks.clocks if one.clock is kind]
    return counts[-1].due_at if counts and counts[-1].state is not ClockState.CANCELLED else None


def _told(ticket: Ticket) -> str:
    """Return the caller's words, and below them what the caller wants (诉求)."""
    if not ticket.wish:
        return ticket.text
    return "\n".join((ticket.text, _("Wish: {wish}").format(wish=ticket.wish)))


def _hint(ticket: Ticket) -> str:
    """Return what the register notes about the house (注意事项: the dog, the deaf owner)."""
    if ticket.unit_id is None:
        return ""
    note: str = rows("SELECT note FROM unit WHERE id = ?", ticket.unit_id)[0][0]
    return note


def _last(ticket: Ticket, kind: EventKind) -> Event | None:
    return next((event for event in reversed(ticket.events) if event.kind is kind), None)
