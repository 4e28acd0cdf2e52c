"""The first page's head, the three sentences, and the month's identity in large figures."""

from dataclasses import dataclass

from propdesk.domain.complaint_labels import TERM_LABELS
from propdesk.domain.complaint_rows import Balance
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _, _lazy
from propdesk.reports.complaints.sentences import sentences
from propdesk.reports.complaints.sheet import ComplaintReportSheet, identity
from propdesk.reports.parts.flow import Drawing
from propdesk.reports.parts.masthead import fitting_size
from propdesk.reports.parts.report_figures import MINUS, NOTE_SIZE
from propdesk.reports.parts.report_opening import (
    Opening,
    draw_report_opening,
    month_facts,
)
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import BOX, FRAME, Align, Box, Sheet
from propdesk.reports.parts.text import width_mm

_FLOW = _lazy("Received and closed")
_GONE_OUT = _lazy("Gone out")  # the long name stands in the definitions


def draw_opening(report: ComplaintReportSheet, sheet: Sheet, title: LazyText) -> float:
    """Draw masthead, title, facts and sentences; return the first free y."""
    opening = Opening(
        report.masthead,
        report.number,
        report.version,
        title,
        report.figures.month,
        _facts(report),
        sentences(report.figures),
    )
    return draw_report_opening(opening, sheet, report.language)


def _facts(report: ComplaintReportSheet) -> tuple[tuple[LazyText, str], ...]:
    figures = report.figures
    name = report.office
    if figures.households:
        name = _("{name} ({households} households)").format(
            name=name, households=f"{figures.households:,}"
        )
    as_of = figures.as_of if figures.is_running else None
    return month_facts(name, figures.month, figures.last_day, as_of, report.printed_by)


def place_hero(report: ComplaintReportSheet, sections: Sections) -> None:
    """Place the month's identity: boxes with its terms, those of the months compared below."""
    figures = report.figures
    formula = _("carried over + new = to handle, less closed = open")
    sections.place(
        _FLOW,
        Drawing(30.6, lambda sheet, x, y, width: _draw_hero(report, sheet, Box(x, y, width, 0))),
        note=formula if _is_plain(figures.balance) else "",
    )


def _is_plain(balance: Balance) -> bool:
    return not (balance.reopened or balance.moved_in or balance.removed)


@dataclass(frozen=True, slots=True)
class _Term:
    """A box of the identity: the sign before it, its label and its figure."""

    sign: str
    code: str
    number: int


def _terms(balance: Balance) -> list[_Term]:
    """Return the identity as it is printed: optional terms that are zero are left out."""
    terms = [
        _Term("", "carried_over", balance.carried_over),
        _Term("+", "received", balance.received),
    ]
    optional = (("+", "reopened"), ("+", "moved_in"), (MINUS, "removed"))
    for sign, code in optional:
        number = getattr(balance, code)
        if number:
            terms.append(_Term(sign, code, number))
    terms.append(_Term("=", "to_handle", balance.to_handle))
    terms.append(_Term(MINUS, "closed", balance.closed))
    terms.append(_Term("=", "open", balance.open))
    return terms


def _draw_hero(report: ComplaintReportSheet, sheet: Sheet, place: Box) -> None:
    figures, language = report.figures, report.language
    terms = _terms(figures.balance)
    gap = 11.5 if len(terms) <= 5 else 7.0
    wide = (place.width - gap * (len(terms) - 1)) / len(terms)
    tall = 24.0
    largest = 28.0 if len(terms) <= 5 else 22.0
    size = min(fitting_size(str(t.number), wide - 3, largest, least=9, bold=True) for t in terms)
    # Without English second lines figure and name stand in the middle of the box.
    drop = 0.0 if language is PaperLanguage.ZH_EN else 2.0
    for number, term in enumerate(terms):
        x = place.x + number * (wide + gap)
        if term.sign:
            sheet.text(x - gap / 2, place.y + 13.2, term.sign, 15, align=Align.CENTRE)
        sheet.frame(Box(x, place.y, wide, tall), FRAME if term.code == "open" else BOX)
        middle = x + wide / 2
        base = place.y + 12.2 + drop
        sheet.text(middle, base, f"{term.number}", size, bold=True, align=Align.CENTRE)
        label = _GONE_OUT if term.code == "removed" else TERM_LABELS[term.code]
        _draw_label(sheet, language, label, middle, base + 4.8, wide - 1.6)
    base = place.y + tall + 4.4
    x = place.x
    for name, summary in (
        (_("Last month"), figures.previous),
        (_("Last year"), figures.last_year),
    ):
        if summary is not None:
            text = f"{name}  {identity(summary.balance)}"
            x += sheet.text(x, base, text, 7.8) + 7
    late = _("of the open: {overdue} overdue, {long} for more than a month").format(
        overdue=figures.summary.overdue, long=figures.summary.long_open
    )
    if figures.balance.open:
        room = place.right - x
        size = fitting_size(late, room, 7.8, least=NOTE_SIZE, bold=True)
        sheet.text(place.right, base, late, size, bold=True, align=Align.RIGHT)


def _draw_label(
    sheet: Sheet, language: PaperLanguage, label: LazyText, middle: float, base: float, room: float
) -> None:
    lines = sheet.wrapped(language.main(label), room, 8.2, bold=True)
    second = language.second(label)
    for line in lines[:2]:
        sheet.text(middle, base, line, 8.2, bold=True, align=Align.CENTRE)
        base += 3.4
    if second and len(lines) == 1 and width_mm(second, 6) <= room:
        sheet.text(middle, base + 0.2, second, 6, align=Align.CENTRE)
