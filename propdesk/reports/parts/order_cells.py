"""What stands where on a work order: its values in rows and columns, set to the room there is.

A value that does not fit goes on on a following page; the description takes what the others leave.
"""

from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _lazy
from propdesk.reports.parts.costs import UNKNOWN_COSTS, Costs
from propdesk.reports.parts.pictures import PaperPicture
from propdesk.reports.parts.text import elide, width_mm
from propdesk.reports.parts.zones import RAIL, Form

LEFT, RIGHT = 11.0, 201.0
LEADING = 4.3  # between lines of a value
# The description and second lines of other values share what the zones for the pen leave over.
_SPARE = 15.0
TEXT_FRAME = 1.8  # of the description's row, beside its lines
_TABS = (0.0, 0.245, 0.485, 0.745, 1.0)  # of the width behind the rail
# From a column's left edge to its values; English labels are longer.
_LABEL_TABS = (13.0, 12.6, 15.0, 12.6)
_LABEL_TABS_EN = (17.0, 14.0, 16.5, 14.0)

_RECEIVED, _CHANNEL = _lazy("Received at"), _lazy("Came by")
_REPORTER, _PHONE = _lazy("Reporter"), _lazy("Phone")
_PLACE, _FIRST, _TAKEN = _lazy("House or place"), _lazy("First contact"), _lazy("Taken by")
TEXT, APPOINTMENT = _lazy("Matter"), _lazy("Appointment")
_DISPATCHED, _BY = _lazy("Dispatched at"), _lazy("Sent by")
_DEPARTMENT, _WORKER = _lazy("Department"), _lazy("Handled by")
_ON_SITE_DUE, _DONE_DUE, _NOTE = _lazy("On site by"), _lazy("Done by"), _lazy("Please note")


@dataclass(frozen=True, slots=True)
class PaperCopy:
    """One copy (联) of the order. `for_worker`: the full telephone may stand on it."""

    name: str
    for_worker: bool = False


@dataclass(frozen=True, slots=True)
class WorkOrderSheet:
    """Everything that is printed on a work order, as plain values in the paper's language.

    `kind` and `urgency` are words out of `kinds` and `urgencies`, which are printed as boxes where
    the row has room. `is_open` says that the ticket is open: only then does the full `phone` stand,
    and only on the worker's copy (decision 29); else `masked_phone`. `code_digits` is an even
    number of digits for Code 128, `number` stands below it, `qr_text` is what the QR says. Times
    are local. An empty value leaves its place white. `hint` is what the register notes about the
    house; it is for colleagues, so it stands beside the note on the worker's copy alone. `waited`
    says what the ticket waited for, and how long.
    `pictures` follow on pages of their own behind the worker's copy.
    """

    office_name: str
    number: str
    code_digits: str
    qr_text: str
    kind: str
    kinds: tuple[str, ...]
    urgency: str
    urgencies: tuple[str, ...]
    received_at: datetime
    text: str
    place: str
    printed_at: datetime
    printed_by: str
    copies: tuple[PaperCopy, ...]
    office_name_en: str = ""
    office_phone: str = ""
    round: int = 1
    channel: str = ""
    reporter: str = ""
    phone: str = ""
    masked_phone: str = ""
    is_open: bool = True
    location: str = ""
    appointment: str = ""
    appointment_note: str = ""
    first_receiver: str = ""
    received_by: str = ""
    dispatched_at: datetime | None = None
    dispatched_by: str = ""
    department: str = ""
    worker: str = ""
    on_site_due: datetime | None = None
    done_due: datetime | None = None
    note: str = ""
    waited: str = ""
    hint: str = ""
    foot_note: str = ""
    pictures: tuple[PaperPicture, ...] = ()
    costs: Costs = UNKNOWN_COSTS


@dataclass(frozen=True, slots=True)
class _Cell:
    """A label and its value in row `row`, from column `start` up to column `end`."""

    row: int
    start: int
    end: int
    label: LazyText
    value: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell as it is set: its lines, and what goes on on the next page."""

    cell: _Cell
    lines: list[str]
    size: float
    rest: str = ""


TEXT_ROW = 2
ROWS = 5
_SMALLER = 7.0  # pt, before a value goes on on another page
_LONGER = (_PLACE, _NOTE, _REPORTER)  # what may take a second line, in this order


def _moment(moment: datetime | None, printed_at: datetime) -> str:
    """Return a time without its year, where that is the year of printing."""
    if moment is None:
        return ""
    same = moment.year == printed_at.year
    return moment.strftime("%m-%d %H:%M" if same else "%Y-%m-%d %H:%M")


def _cells(order: WorkOrderSheet, copy: PaperCopy) -> list[_Cell]:
    full = copy.for_worker and order.is_open
    place = "\n".join(part for part in (order.place, order.location) if part)
    if width_mm(place.replace("\n", " "), 9.2, bold=True) < 60:
        place = place.replace("\n", " ")
    appointment = "\n".join(part for part in (order.appointment, order.appointment_note) if part)
    notes = (order.note, order.waited, order.hint if full else "")
    cells = [
        _Cell(0, 0, 1, _RECEIVED, _moment(order.received_at, order.printed_at)),
        _Cell(0, 1, 2, _CHANNEL, order.channel),
        _Cell(0, 2, 3, _REPORTER, order.reporter),
        _Cell(0, 3, 4, _PHONE, order.phone if full else order.masked_phone, bold=True),
        _Cell(1, 0, 2, _PLACE, place, bold=True),
        _Cell(1, 2, 3, _FIRST, order.first_receiver),
        _Cell(1, 3, 4, _TAKEN, order.received_by),
        _Cell(TEXT_ROW, 0, 3 if appointment else 4, TEXT, order.text),
        _Cell(3, 0, 1, _DISPATCHED, _moment(order.dispatched_at, order.printed_at)),
        _Cell(3, 1, 2, _BY, order.dispatched_by),
        _Cell(3, 2, 3, _DEPARTMENT, order.department),
        _Cell(3, 3, 4, _WORKER, order.worker, bold=True),
        _Cell(4, 0, 1, _ON_SITE_DUE, _moment(order.on_site_due, order.printed_at), bold=True),
        _Cell(4, 1, 2, _DONE_DUE, _moment(order.done_due, order.printed_at), bold=True),
        _Cell(4, 2, 4, _NOTE, "\n".join(text for text in notes if text)),
    ]
    if appointment:
        cells.append(_Cell(TEXT_ROW, 3, 4, APPOINTMENT, appointment, bold=True))
    return cells


def column_x(place: int) -> float:
    """Return the x of a column; the columns begin behind the rail."""
    inner = LEFT + RAIL + 2.4
    return inner + (RIGHT - inner) * _TABS[place]


def label_tab(form: Form, cell: _Cell) -> float:
    """Return how far behind a column's left edge its values begin."""
    tabs = _LABEL_TABS_EN if form.language is PaperLanguage.EN else _LABEL_TABS
    return tabs[cell.start]


def _room(form: Form, cell: _Cell) -> float:
    gap = 0.0 if cell.end == len(_TABS) - 1 else 1.2
    return column_x(cell.end) - column_x(cell.start) - label_tab(form, cell) - gap


def place_values(form: Form, order: WorkOrderSheet, copy: PaperCopy) -> list[Placed]:
    """Set all values; place and note may take a second line, the description takes the rest."""
    cells = _cells(order, copy)
    later = [cell for cell in cells if cell.row == TEXT_ROW]
    needed = max(len(_set(form, cell, 2).lines) for cell in later)
    spare = _SPARE - TEXT_FRAME - needed * LEADING  # the description has its first two lines
    placed = []
    first = [cell for label in _LONGER for cell in cells if cell.label is label]
    for cell in first + [cell for cell in cells if cell not in (*later, *first)]:
        most = 2 if cell.label in _LONGER and spare >= LEADING else 1
        set_cell = _set(form, cell, most)
        if len(set_cell.lines) > 1:
            spare -= LEADING
        placed.append(set_cell)
    most = needed + int(spare // LEADING)
    return placed + [_set(form, cell, most) for cell in later]


def _set(form: Form, cell: _Cell, most: int) -> Placed:
    size, room = form.profile.value, _room(form, cell)
    lines, rest = form.sheet.begun(cell.value, room, size, most, bold=cell.bold)
    if cell.label is TEXT or not rest:
        return Placed(cell, lines, size, rest)
    lines, rest = form.sheet.begun(cell.value, room, _SMALLER, most, bold=cell.bold)
    if not rest:
        return Placed(cell, lines, _SMALLER)
    # A short value that is too long stands whole on the next page; here it is marked as cut.
    gap = " " if lines[-1].isascii() and rest[0].isascii() else ""
    cut = (lines[-1] + gap + rest[:200]).replace("\n", " ")
    last = elide(cut, room, _SMALLER, bold=cell.bold)
    return Placed(cell, [*lines[:-1], last], _SMALLER, cell.value)
