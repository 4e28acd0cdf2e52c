"""Which papers are out, and what a scanned code means here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.numbers import (
    PaperCode,
    is_paper_shaped,
    normal_number,
    office_mark,
    read_paper_digits,
    read_qr,
    ticket_number,
)
from propdesk.domain.paper_returns import already_returned
from propdesk.domain.paper_trail import (
    Course,
    Paper,
    PaperKind,
    course_of,
    dispatch_round,
    paper_state,
)
from propdesk.domain.tickets import Kind, Status, Ticket
from propdesk.i18n import _
from propdesk.services.parts.settings import load_settings
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.database import rows, stored_time

_OUT = "p.kind = 'work-order' AND p.returned_at IS NULL AND p.lost_reason = ''"
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line of the list of papers out: which order, where it went, since when, for how long.

    `days` are the calendar days since it was printed; `is_superseded` that the ticket was sent to
    work again since.
    """

    id: int
    ticket_id: int
    number: str
    round: int
    where: str
    matter: str
    department: str
    handler: str
    status: Status
    printed_at: datetime
    prints: int
    days: int
    is_superseded: bool


@dataclass(frozen=True, slots=True)
class PaperKey:
    """Where the next page of the list begins: when the last paper was printed, and its id."""

    printed_at: str
    id: int


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page of papers out, the oldest first; `after` is None when there is no more."""

    rows: tuple[PaperRow, ...]
    after: PaperKey | None


@dataclass(frozen=True, slots=True)
class ScannedPaper:
    """A work order that is in somebody's hands: its ticket, its dispatch, what it can still do.

    `is_replaced`: a paper of a later dispatch was printed. `papers` are all its work orders.
    """

    ticket: Ticket
    round: int
    course: Course
    is_replaced: bool
    papers: tuple[Paper, ...] = ()


def list_papers_out(
    *, now: datetime, over_days: int = 0, after: PaperKey | None = None, limit: int = 200
) -> PaperPage:
    """Return the work orders that are out, those for more than `over_days` days only."""
    condition = _OUT
    values: list[str | int] = [_until(now, over_days)]
    if after is not None:
        condition += " AND (p.printed_at, p.id) > (?, ?)"
        values += [after.printed_at, after.id]
    found = rows(
        "SELECT p.id, p.ticket_id, t.number, p.round, coalesce(u.short, t.place), t.matter, "
        "coalesce(d.name, ''), coalesce(h.name, ''), t.status, p.printed_at, p.prints, "
        "t.dispatches FROM paper p JOIN ticket t ON t.id = p.ticket_id "
        "LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN department d ON d.id = t.department_id "
        f"LEFT JOIN staff h ON h.id = t.handler_id WHERE p.printed_at < ? AND {condition} "
        f"ORDER BY p.printed_at, p.id LIMIT {limit + 1:d}",
        *values,
    )
    shown = tuple(_row(row, now.date()) for row in found[:limit])
    more = len(found) > limit
    last = PaperKey(stored_time(shown[-1].printed_at), shown[-1].id) if more else None
    return PaperPage(shown, last)


def count_papers_out(*, now: datetime, over_days: int = 0) -> int:
    """Return how many work orders are out, at most MOST_COUNTED + 1."""
    found = rows(
        f"SELECT count(*) FROM (SELECT 1 FROM paper p WHERE p.printed_at < ? AND {_OUT} "
        f"LIMIT {MOST_COUNTED + 1:d})",
        _until(now, over_days),
    )
    return int(found[0][0])


def _until(now: datetime, over_days: int) -> str:
    """Return the time before which a paper was printed that is out for more than so many days."""
    if not over_days:
        return "9999"
    return date.fromordinal(now.date().toordinal() - over_days).isoformat()


def _row(row: tuple[Any, ...], today: date) -> PaperRow:
    printed_at = datetime.fromisoformat(row[9])
    return PaperRow(
        id=row[0],
        ticket_id=row[1],
        number=row[2],
        round=row[3],
        where=row[4],
        matter=row[5],
        department=row[6],
        handler=row[7],
        status=Status(row[8]),
        printed_at=printed_at,
        prints=row[10],
        days=(today - printed_at.date()).days,
        is_superseded=row[3] < dispatch_round(row[11]),
    )


def list_papers(ticket_id: int) -> tuple[Paper, ...]:
    """Return the papers of a ticket, in the order in which they were printed."""
    found = rows(
        "SELECT p.id, p.ticket_id, p.kind, p.round, p.printed_at, p.prints, s.name, "
        "p.returned_at, coalesce(r.name, ''), p.signed, p.lost_reason, t.dispatches "
        "FROM paper p JOIN ticket t ON t.id = p.ticket_id JOIN staff s ON s.id = p.staff_id "
        "LEFT JOIN staff r ON r.id = p.returned_staff_id WHERE p.ticket_id = ? "
        "ORDER BY p.printed_at, p.id",
        ticket_id,
    )
    return tuple(map(_paper, found))


def _paper(row: tuple[Any, ...]) -> Paper:
    returned_at = datetime.fromisoformat(row[7]) if row[7] else None
    return Paper(
        id=row[0],
        ticket_id=row[1],
        kind=PaperKind(row[2]),
        round=row[3],
        printed_at=datetime.fromisoformat(row[4]),
        prints=row[5],
        printed_by=row[6],
        returned_at=returned_at,
        returned_by=row[8],
        signed=None if row[9] is None else bool(row[9]),
        lost_reason=row[10],
        state=paper_state(row[3], row[11], returned_at, row[10]),
    )


def work_order_of(ticket: Ticket, round_: int | None = None) -> ScannedPaper:
    """Return a ticket's work order as it would come back: the given dispatch, or the latest out."""
    orders = tuple(one for one in list_papers(ticket.id) if one.kind is PaperKind.WORK_ORDER)
    if round_ is None:
        out = [one.round for one in orders if one.returned_at is None]
        round_ = max(out, default=dispatch_round(ticket.dispatches))
    is_replaced = any(one.round > round_ for one in orders)
    course = course_of(ticket.status, is_replaced=is_replaced)
    return ScannedPaper(ticket, round_, course, is_replaced, orders)


def find_scanned(text: str) -> ScannedPaper:
    """Return the work order whose code was scanned, or refuse in a sentence.

    Raises RuleError for a code that was misread, one of another office, a number that is not in
    the books, and a paper that was entered before.
    """
    code, qr = read_paper_digits(text), read_qr(text)
    if code is not None:
        ticket_id, number, round_ = *_by_series(code), code.round
        mark = code.mark
    elif qr is not None:
        ticket_id, number, round_ = *_by_number(qr.compact), qr.round
        mark = qr.mark
    else:
        raise _misread(text)
    if mark and mark != office_mark(rows("SELECT uid FROM office")[0][0]):
        raise RuleError(
            "scan-other-office",
            _("The work order {number} was printed by another office; nothing was entered.").format(
                number=number
            ),
        )
    if ticket_id is None:
        raise RuleError(
            "scan-unknown",
            _("This office has no ticket {number}; nothing was entered.").format(number=number),
        )
    ticket = get_ticket(ticket_id)
    if round_ > dispatch_round(ticket.dispatches):
        raise RuleError(
            "paper-unknown",
            _("{number} was never sent out a {round}th time; check the paper.").format(
                number=ticket.number, round=round_
            ),
        )
    order = work_order_of(ticket, round_)
    back = next((one for one in order.papers if one.round == round_ and one.returned_at), None)
    if back is not None and back.returned_at is not None:
        raise already_returned(ticket.number, round_, back.returned_at, back.returned_by)
    return order


def _misread(text: str) -> RuleError:
    if is_paper_shaped(text):
        words = _("The code was not read right. Scan the paper again, or type its number.")
    else:
        words = _("This is no code of a work order.")
    return RuleError("scan-misread", words)


def _by_series(code: PaperCode) -> tuple[int | None, str]:
    found = rows(
        "SELECT id, number FROM ticket WHERE series_kind = ? AND series_month = ? "
        "AND series_sequence = ?",
        code.kind.value,
        code.month,
        code.sequence,
    )
    return (found[0][0], found[0][1]) if found else (None, _would_be(code))


def _would_be(code: PaperCode) -> str:
    """Return how this office would write the number of a code."""
    settings = load_settings()
    letters: Mapping[Kind, str] = settings.number_letters
    received = datetime.fromisoformat(f"{code.month[:4]}-{code.month[4:]}-01")
    return ticket_number(settings.number_pattern, letters[code.kind], received, code.sequence)


def _by_number(compact: str) -> tuple[int | None, str]:
    number = normal_number(compact)
    found = rows("SELECT id, number FROM ticket WHERE number = ?", number) or rows(
        # An office's own pattern: only it knows where the dashes stood.
        "SELECT id, number FROM ticket WHERE replace(number, '-', '') = ?",
        compact,
    )
    return (found[0][0], found[0][1]) if found else (None, number)
