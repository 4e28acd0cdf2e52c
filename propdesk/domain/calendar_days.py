"""The days on which the week does not hold: holidays (休) and make-up days (班), from a file.

The State Council publishes each year's days in November of the year before. Those of 2024-2026 are
shipped in resources/calendars (drawn from the package chinesecalendar, MIT, and compared with the
published notices); an office imports each later year itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.cells import Cell, CellError, cell_line, read_day
from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line
from propdesk.domain.imports import Columns, ImportField, recognise_columns
from propdesk.domain.texts import elide, fold
from propdesk.i18n import LazyText, _, _lazy


class DayKind(StrEnum):
    """What a day is, against the pattern of the week."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"


DAY_KIND_LABELS: Mapping[DayKind, LazyText] = {
    DayKind.HOLIDAY: _lazy("Day off"),
    DayKind.WORKDAY: _lazy("Make-up workday"),
}

# Calendars are written in Chinese, as they are published; these seven are in every one of them.
_FESTIVALS: Mapping[str, LazyText] = {
    "元旦": _lazy("New Year's Day"),
    "春节": _lazy("Spring Festival"),
    "清明节": _lazy("Tomb-Sweeping Day"),
    "劳动节": _lazy("Labour Day"),
    "端午节": _lazy("Dragon Boat Festival"),
    "中秋节": _lazy("Mid-Autumn Festival"),
    "国庆节": _lazy("National Day"),
}


@dataclass(frozen=True, slots=True, order=True)
class CalendarDay:
    """A day that is not what the week says, and after which festival it is named."""

    on: date
    kind: DayKind
    name: str = ""

    @property
    def label(self) -> str:
        """The day's name in the present language where it is one of the seven festivals."""
        return str(_FESTIVALS.get(self.name, self.name))


@dataclass(frozen=True, slots=True)
class DayProblem:
    """A line that cannot be taken, and why, in one sentence."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class DaysFound:
    """What a file says: its days in order, and the lines that cannot be taken.

    A file with a problem is imported as a whole or not at all (F36): that is the command's choice.
    """

    days: tuple[CalendarDay, ...]
    problems: tuple[DayProblem, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the days belong to."""
        return tuple(sorted({day.on.year for day in self.days}))


DAY_FIELDS = (
    ImportField("date", _lazy("Date"), ("date", "日期", "日子", "放假日期", "day")),
    ImportField("kind", _lazy("Kind of day"), ("kind", "类型", "类别", "性质", "休班", "type")),
    ImportField("name", _lazy("Festival"), ("name", "名称", "节日", "节假日", "说明", "备注")),
)
_NAMES = tuple(field.name for field in DAY_FIELDS)

_KIND_WORDS: Mapping[str, DayKind] = {
    word: kind
    for kind, words in (
        (
            DayKind.HOLIDAY,
            "holiday off rest 休 假 休息 休假 放假 假日 假期 节假日 法定节假日 公休 休息日",
        ),
        (
            DayKind.WORKDAY,
            "workday work 班 上班 补班 工作日 上班日 调休上班 调休补班 补班日 班次",
        ),
    )
    for word in words.split()
}
# 调休 (and 补休) is said of the day off and of the day worked for it.
_EITHER = frozenset({"调休", "补休", "调休日"})
_YEARS = range(2000, 2100)


def check_day(on: date, name: str) -> Problems:
    """Return what is wrong with a day that is typed: a year that cannot be meant, a long name."""
    problems = list(check_line("name", name))
    if on.year not in _YEARS:
        problems.append(Problem("on", _beyond(on)))
    return tuple(problems)


def _beyond(on: date) -> str:
    return _("{day} cannot be meant: the year must lie between {first} and {last}.").format(
        day=on, first=_YEARS[0], last=_YEARS[-1]
    )


def read_days(rows: Iterable[tuple[int, Sequence[Cell]]]) -> DaysFound:
    """Return the days of a table: rows with the line they stand on, the header first if any.

    Without a header the columns are date, kind and name. A day may stand there twice, but not as
    both kinds.
    """
    columns: Columns | None = None
    days: dict[date, CalendarDay] = {}
    lines: dict[date, int] = {}
    problems: list[DayProblem] = []
    for line, row in rows:
        if not any(cell_line(cell) for cell in row) or cell_line(row[0]).startswith("#"):
            continue
        if columns is None:
            header = [cell_line(cell) for cell in row]
            mapping = recognise_columns(header, DAY_FIELDS)
            if {"date", "kind"} <= mapping.keys():
                columns = Columns(mapping, header)
                continue
            columns = Columns({name: (name,) for name in _NAMES}, _NAMES)
        cells = (*row, *[None] * len(_NAMES))
        try:
            day = _read(cells, columns)
        except CellError as error:
            problems.append(DayProblem(line, str(error)))
            continue
        known = days.setdefault(day.on, day)
        first_line = lines.setdefault(day.on, line)
        if known.kind is not day.kind:
            sentence = _("{day} stands in line {line} already, as «{kind}».").format(
                day=day.on, line=first_line, kind=DAY_KIND_LABELS[known.kind]
            )
            problems.append(DayProblem(line, sentence))
    return DaysFound(tuple(sorted(days.values())), tuple(problems))


def _read(cells: Sequence[Cell], columns: Columns) -> CalendarDay:
    on = read_day(columns.cell(cells, "date"))
    if on is None:
        raise CellError(_("There is no date."))
    if on.year not in _YEARS:
        raise CellError(_beyond(on))
    return CalendarDay(
        on, _kind(columns.cell(cells, "kind")), elide(cell_line(columns.cell(cells, "name")), 40)
    )


def _kind(cell: Cell) -> DayKind:
    word = fold(cell_line(cell)).strip()
    if word in _KIND_WORDS:
        return _KIND_WORDS[word]
    if word in _EITHER:
        sentence = _("«{word}» may mean both; write 休 for a day off and 班 for a make-up workday.")
    elif word:
        sentence = _("«{word}» is no kind of day; write 休 (day off) or 班 (make-up workday).")
    else:
        sentence = _("Say what kind of day it is: 休 (day off) or 班 (make-up workday).")
    raise CellError(sentence.format(word=elide(word, 20)))
