"""The lists: repeat complaints, and every open complaint, however many."""

from collections.abc import Sequence
from dataclasses import replace

from propdesk.domain.classes import CLASS_NUMBERS, class_path
from propdesk.domain.complaint_facts import ComplaintFact
from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.complaint_rows import OpenRow
from propdesk.domain.rates import Rate
from propdesk.domain.texts import clean_line, elide
from propdesk.domain.tickets import EVENT_LABELS, STATUS_LABELS, EventKind
from propdesk.i18n import _, _lazy
from propdesk.reports.parts.flow import Prose
from propdesk.reports.parts.marks import tag_cell
from propdesk.reports.parts.month_report import as_of_text
from propdesk.reports.parts.report_figures import WIDTH, day, percent
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import Align
from propdesk.reports.parts.tables import PADDING, Cell, Column, Row, Table, continued
from propdesk.reports.parts.text import width_mm

_REPEATS = _lazy("Repeat complaints")
_OPEN = _lazy("Open complaints")
_SIZE, _HEAD_SIZE = 7.8, 7.4  # pt
_LONGEST_NOTE = 40  # characters of the last entry's words; the ticket holds the rest


def place_repeats(figures: ComplaintFigures, sections: Sections) -> None:
    """Place the list of repeats, or say that there is none."""
    days = figures.rules.repeat_days
    if not figures.repeats:
        text = _("No house complained again about the same sub-class within {days} days.")
        homeless = next(row for row in figures.quality if row.code == "no-house")
        if homeless.base and homeless.count == homeless.base:
            text = _("None of the {count} names a house, so repeats cannot be told.")
        sections.place(_REPEATS, Prose(text.format(days=days, count=homeless.count), 8.6))
        return
    rows = [
        Row(
            (
                row.ticket.number,
                row.earlier.number,
                str(row.days),
                row.ticket.where,
                class_path(row.ticket.class_code),
                row.ticket.matter,
                _("still open") if row.is_open else _("closed since"),
            )
        )
        for row in figures.repeats
    ]
    columns = (
        Column(_("No."), 27),
        Column(_("Earlier one"), 27),
        Column(_("Days between"), 13, Align.RIGHT),
        Column(_("House"), 20),
        Column(_("Sub-class"), 26),
        Column(_("In short")),
        Column(_("State"), 13),
    )
    rate = Rate(len(rows), figures.balance.received)
    note = _("same house and sub-class within {days} days; {count}, {share} of the new").format(
        days=days, count=len(rows), share=percent(rate)
    )
    table = _snug(Table(columns, rows, size=_SIZE, continued=continued(str(_REPEATS))))
    sections.place_table(_REPEATS, table, note)


def place_open_list(figures: ComplaintFigures, sections: Sections) -> None:
    """Place every open complaint, the longest waiting first."""
    if not figures.open_list:
        sections.place(_OPEN, Prose(_("Nothing is left open."), 8.6))
        return
    rows = [_open_row(row, figures) for row in figures.open_list]
    columns = (
        Column(_("No."), 27),
        Column(_("Received"), 18),
        Column(_("House or place"), 26),
        Column(_("Class"), 10),
        Column(_("In short")),
        Column(_("Dept."), 18),
        Column(_("Days"), 11, Align.RIGHT, bold=True),
        Column(_("Due by"), 18, Align.RIGHT),
        Column("", 12.5),
        Column(_("Last progress"), 30),
    )
    note = _("{count}, the longest waiting first; {as_of}").format(
        count=len(rows), as_of=as_of_text(figures)
    )
    table = _snug(Table(columns, rows, size=_SIZE, continued=continued(str(_OPEN))))
    sections.place_table(_OPEN, table, note)
    balance = figures.balance
    new = sum(row.ticket.received_at >= figures.month.start for row in figures.open_list)
    sections.note(
        _("Of the open ones {old} came before the month and {new} in it.").format(
            old=balance.open - new, new=new
        )
    )


def _snug(table: Table) -> Table:
    """Return a table without columns that stay empty, and none wider than its texts.

    The room that is left goes to the column of width 0, the matter; what the matter does not need
    goes to the columns whose words would wrap, the last column first.
    """
    cells = list(zip(*(row.cells for row in table.rows), strict=True))
    used = [place for place, column in enumerate(cells) if any(column)]
    natural = [_natural(table.columns[place], cells[place]) for place in used]
    columns = [
        replace(table.columns[place], width=min(table.columns[place].width, wide))
        for place, wide in zip(used, natural, strict=True)
    ]
    spare = WIDTH - sum(c.width or wide for c, wide in zip(columns, natural, strict=True))
    for place in reversed(range(len(columns))):
        more = min(natural[place] - columns[place].width, spare)
        if columns[place].width and more > 0:
            columns[place] = replace(columns[place], width=columns[place].width + more)
            spare -= more
    return replace(
        table,
        columns=tuple(columns),
        rows=[Row(tuple(row.cells[place] for place in used), row.kind) for row in table.rows],
    )


def _natural(column: Column, cells: Sequence[Cell]) -> float:
    """Return the width in mm at which no cell of a column wraps."""
    texts = {cell for cell in cells if isinstance(cell, str)}
    if not all(isinstance(cell, str) for cell in cells):
        return column.width  # its cells draw themselves
    widest = max(width_mm(text, _SIZE, bold=column.bold) for text in texts)
    head = width_mm(column.title, _HEAD_SIZE, bold=True)
    return max(widest, head) + 2 * PADDING + 0.1


def _open_row(row: OpenRow, figures: ComplaintFigures) -> Row:
    ticket, month = row.ticket, figures.month
    tag: Cell = ""
    if row.limited:
        tag = tag_cell(_("late") if row.overdue else _("in time"), black=row.overdue)
    return Row(
        (
            ticket.number,
            day(ticket.received_at, month),
            _where(ticket),
            CLASS_NUMBERS.get(ticket.class_code, "–"),
            ticket.matter,
            row.department,
            str(row.days),
            day(row.due_at, month) if row.due_at else "",
            tag,
            _progress(row, figures),
        )
    )


def _where(ticket: ComplaintFact) -> str:
    """Return house or place; a place that only repeats the matter says nothing twice."""
    return "" if ticket.where == ticket.matter else ticket.where


def _progress(row: OpenRow, figures: ComplaintFigures) -> str:
    """Return the last thing that happened: day, what, and the beginning of what was noted."""
    if row.last_event is EventKind.REGISTERED:
        return str(STATUS_LABELS[row.status])
    what = f"{day(row.last_at, figures.month)} {EVENT_LABELS[row.last_event]}"
    words = elide(clean_line(row.last_text), _LONGEST_NOTE)
    if row.round > 1:
        what = _("{what}, round {round}").format(what=what, round=row.round)
    return _("{what}: {words}").format(what=what, words=words) if words else what
