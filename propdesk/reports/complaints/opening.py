"""The first page's head, the three sentences, and the month's identity in large figures."""

from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.complaint_labels import TERM_LABELS
from propdesk.domain.complaint_rows import Balance
from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _, _lazy
from propdesk.reports.complaints.section import Sections
from propdesk.reports.complaints.sentences import Sentence, sentences
from propdesk.reports.complaints.sheet import (
    LEFT,
    MINUS,
    NOTE_SIZE,
    RIGHT,
    WIDTH,
    ComplaintReportSheet,
    identity,
    month_name,
)
from propdesk.reports.parts.flow import Drawing
from propdesk.reports.parts.masthead import Office, draw_office, fitting_size
from propdesk.reports.parts.sheet import BOX, FRAME, HEAVY, ROW, Align, Box, Sheet
from propdesk.reports.parts.text import width_mm

_FLOW = _lazy("Received and closed")
_PROJECT, _PERIOD = _lazy("Project"), _lazy("Period")
_AS_OF, _PREPARED = _lazy("Data as of"), _lazy("Prepared")
_GONE_OUT = _lazy("Gone out")  # the long name stands in the definitions
_TABS = (0.0, 84.0, 119.0, 152.0)


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands at the head of a monthly report: who, which one, of when, and its sentences."""

    office: Office
    number: str
    version: str
    title: LazyText
    month: Month
    facts: tuple[tuple[LazyText, str], ...]
    sentences: tuple[Sentence, ...]


def draw_opening(report: ComplaintReportSheet, sheet: Sheet, title: LazyText) -> float:
    """Draw masthead, title, facts and sentences; return the first free y."""
    version = (
        _("Provisional, the month still runs")
        if report.figures.is_running
        else _("Version 1, month not sealed")
    )
    opening = Opening(
        Office(report.office_name, report.office_name_en, report.company),
        report.number,
        version,
        title,
        report.figures.month,
        _facts(report),
        sentences(report.figures),
    )
    return draw_report_opening(opening, sheet, report.language)


def draw_report_opening(opening: Opening, sheet: Sheet, language: PaperLanguage) -> float:
    """Draw the head of a monthly report; return the first free y."""
    draw_office(sheet, LEFT, 14.0, opening.office, language, width=110)
    sheet.text(RIGHT, 18.0, opening.number, 12, bold=True, align=Align.RIGHT)
    sheet.text(RIGHT, 22.4, opening.version, 7.8, align=Align.RIGHT)
    _draw_title(opening, sheet, language)
    sheet.rule(LEFT, 54.0, RIGHT, HEAVY)
    for (label, value), tab in zip(opening.facts, _TABS, strict=True):
        second = language.second(label)
        at = LEFT + tab
        wide = sheet.text(at, 58.2, language.main(label), 7.2)
        if second:
            sheet.text(at + wide + 1, 58.2, second, 6)
        following = next(each for each in (*_TABS, WIDTH + 4) if each > tab)
        room = following - tab - 4
        size = fitting_size(value, room, 9.4, least=7.4, bold=tab == 0)
        lines = sheet.wrapped(value, room, size, bold=tab == 0)
        sheet.lines(
            at, 63.2 if len(lines) == 1 else 61.8, lines[:2], size, leading=3.3, bold=tab == 0
        )
    sheet.rule(LEFT, 66.3, RIGHT, ROW)
    y = 69.6
    for sentence in opening.sentences:
        y = _draw_sentence(sheet, y, sentence)
    return y + 5.0


def _draw_title(opening: Opening, sheet: Sheet, language: PaperLanguage) -> None:
    size = 22.0 if language is PaperLanguage.EN else 30.0
    title, month = opening.title, opening.month
    wide = sheet.text(LEFT, 44.4, str(title), size, bold=True, tracking=0.04)
    sheet.text(LEFT + wide + 4, 44.4, month_name(month, language.code), 17)
    if language.second(title):
        second = f"{language.second(title)}, {month_name(month, 'en')}"
        sheet.text(LEFT, 49.6, second, 7.2)


def _facts(report: ComplaintReportSheet) -> tuple[tuple[LazyText, str], ...]:
    figures = report.figures
    english = report.language is PaperLanguage.EN and report.office_name_en
    name = report.office_name_en if english else report.office_name
    if figures.households:
        name = _("{name} ({households} households)").format(
            name=name, households=f"{figures.households:,}"
        )
    as_of = figures.as_of if figures.is_running else None
    return month_facts(name, figures.month, figures.last_day, as_of, report.printed_by)


def month_facts(
    project: str, month: Month, last_day: date, as_of: datetime | None, prepared_by: str
) -> tuple[tuple[LazyText, str], ...]:
    """Return the facts below the title; `as_of` is None where the month is over."""
    period = _("{first} to {last}").format(
        first=f"{month.start:%Y-%m-%d}", last=f"{last_day:%m-%d}"
    )
    until = f"{as_of:%Y-%m-%d %H:%M}" if as_of else f"{month.last_day:%Y-%m-%d} 24:00"
    return ((_PROJECT, project), (_PERIOD, period), (_AS_OF, until), (_PREPARED, prepared_by))


def _draw_sentence(sheet: Sheet, y: float, sentence: Sentence) -> float:
    """Draw a bullet: the bold beginning, and the rest on the same line or below; return the y."""
    left, size, leading = LEFT + 4.6, 9.8, 5.4
    base = y + 4.2
    sheet.fill(Box(LEFT, base - 2.2, 1.5, 1.5))
    whole = width_mm(sentence.lead, size, bold=True) + width_mm(sentence.rest, size)
    if whole <= WIDTH - 5:
        wide = sheet.text(left, base, sentence.lead, size, bold=True)
        sheet.text(left + wide, base, sentence.rest, size)
        return y + leading + 1.8
    # The rest goes on behind the last words of the bold beginning.
    lead = sheet.wrapped(sentence.lead, WIDTH - 5, size, bold=True)
    base = sheet.lines(left, base, lead, size, leading=leading, bold=True)
    wide = width_mm(lead[-1], size, bold=True)
    behind, rest = sheet.begun(sentence.rest, max(WIDTH - 5 - wide, 1), size, 1)
    sheet.text(left + wide, base, behind[0], size)
    below = sheet.wrapped(rest, WIDTH - 5, size)
    sheet.lines(left, base + leading, below, size, leading=leading)
    return y + leading * (len(lead) + len(below)) + 1.8


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
