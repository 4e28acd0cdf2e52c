"""The first page's head of a monthly report: masthead, title, facts, sentences."""

from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _, _lazy
from propdesk.reports.parts.masthead import Office, draw_office, fitting_size
from propdesk.reports.parts.report_figures import LEFT, RIGHT, WIDTH, month_name
from propdesk.reports.parts.sheet import HEAVY, ROW, Align, Box, Sheet
from propdesk.reports.parts.text import width_mm

_PROJECT, _PERIOD = _lazy("Project"), _lazy("Period")
_AS_OF, _PREPARED = _lazy("Data as of"), _lazy("Prepared")
_TABS = (0.0, 84.0, 119.0, 152.0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence whose beginning is printed bold."""

    lead: str
    rest: str = ""


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
