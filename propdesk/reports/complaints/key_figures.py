"""The key figures table: each with its numerator and denominator, last month and last year."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from itertools import compress

from propdesk.domain.complaint_figures import ComplaintFigures, KeyFigure
from propdesk.domain.complaint_labels import KEY_FIGURE_LABELS
from propdesk.domain.key_figures import ASKED, IN_TIME
from propdesk.i18n import _, _lazy, ngettext
from propdesk.reports.complaints.sheet import figure
from propdesk.reports.parts.flow import Drawing
from propdesk.reports.parts.marks import change_cell, triangle
from propdesk.reports.parts.report_figures import NOTE_SIZE, ZERO, signed
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import Align, Sheet
from propdesk.reports.parts.tables import Cell, Column, Row, Table, continued

_TITLE = _lazy("Key figures")
_LIMITS = _lazy("Time limits")
_ASKED = _lazy("Sampled follow-ups and scores")


def place_key_figures(figures: ComplaintFigures, sections: Sections) -> None:
    """Place the table of key figures and the legend of its triangles."""
    rows = [row for row in figures.key_figures if row.code not in IN_TIME | ASKED]
    sections.place_table(_TITLE, _table(figures, rows, str(_TITLE)))
    sections.flow.place(Drawing(5.2, partial(_draw_legend, _note(figures))))


def place_limits(figures: ComplaintFigures, sections: Sections) -> None:
    """Place the table of limits: how many were kept, and how many cases waited meanwhile."""
    rows = [row for row in figures.key_figures if row.code in IN_TIME]
    sections.place_table(_LIMITS, _table(figures, rows, str(_LIMITS)))
    if waited := _waited(rows):
        sections.note(waited)
    without = figures.summary.without_limit
    if without:
        words = ngettext(
            "{count} open complaint from a file has no limit: it gets one when it is sent to work.",
            "{count} open complaints from a file have no limit: they get one when sent to work.",
            without,
        )
        sections.note(words.format(count=without))


def place_asked(figures: ComplaintFigures, sections: Sections) -> None:
    """Place what sampled callers of other kinds answered, and the scores of all follow-ups."""
    rows = [row for row in figures.key_figures if row.code in ASKED]
    sections.place_table(_ASKED, _table(figures, rows, str(_ASKED)))


def _table(figures: ComplaintFigures, rows: Sequence[KeyFigure], title: str) -> Table:
    right = Align.RIGHT
    columns = (
        Column(_("Key figure")),
        Column(_("This month"), 20, right, bold=True),
        Column(_("Num./denom."), 23, right),
        Column(_("Last month"), 21, right),
        Column(_("± last month"), 20, right),
        Column(_("Last year"), 21, right),
        Column(_("± last year"), 20, right),
    )
    # A year or month of which nothing is on record is not compared.
    known = (True,) * 3 + (figures.previous is not None,) * 2 + (figures.last_year is not None,) * 2
    return Table(
        columns=tuple(compress(columns, known)),
        rows=[Row(tuple(compress(_cells(row), known))) for row in rows],
        row_height=5.5,
        continued=continued(title),
    )


def _cells(row: KeyFigure) -> tuple[Cell, ...]:
    cases = ""
    if row.denominator == 0:
        cases = ZERO
    elif row.numerator is not None:
        cases = f"{row.numerator:,}/{row.denominator:,}"
    elif row.denominator is not None:
        cases = _("n = {count}").format(count=row.denominator)
    return (
        str(KEY_FIGURE_LABELS[row.code]),
        figure(row, row.value) or ZERO,
        cases,
        figure(row, row.previous),
        _change(row, row.change),
        figure(row, row.last_year),
        _change(row, row.year_change),
    )


def _change(row: KeyFigure, change: Decimal | None) -> Cell:
    """Return the cell of a change: the triangle shows the direction, filled where better."""
    if not change:
        return signed(change)
    if not row.better:
        return signed(change, row.places)
    better = (change > 0) == (row.better > 0)
    return change_cell(f"{abs(change):,.{row.places}f}", rising=change > 0, better=better)


def _waited(rows: Sequence[KeyFigure]) -> str:
    """Say which rates hold cases that waited for somebody outside; that time is not counted."""
    waited = [f"{KEY_FIGURE_LABELS[row.code]} {row.paused}" for row in rows if row.paused]
    if not waited:
        return ""
    return _("Of these waited for somebody outside, which is not counted: {names}.").format(
        names=_(", ").join(waited)
    )


def _note(figures: ComplaintFigures) -> str:
    note = _("Changes of rates in points; an empty field: nothing to compare with.")
    if figures.is_running and figures.previous is not None:
        runs = _("The month still runs: its days are set against whole months.")
        return _("{first} {second}").format(first=runs, second=note)
    return note


def _draw_legend(note: str, sheet: Sheet, x: float, y: float, width: float) -> None:
    base = y + 4.2
    at = x + 1.2
    for filled, text in ((True, _("better")), (False, _("worse"))):
        for rising in (True, False):
            triangle(sheet, at, base - 0.95, rising=rising, filled=filled)
            at += 2.8
        at += sheet.text(at - 0.6, base, text, NOTE_SIZE) + 3
    sheet.text(x + width, base, note, NOTE_SIZE, align=Align.RIGHT)
