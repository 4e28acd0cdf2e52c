"""What changes about a house with a date: each value holds from its day until the next one.

Nothing is written over. The first line of a field says what was before (`from_on` None: as long as
is known); a line that is wrong is voided and said anew. A field without lines has held its present
value as long as is known, so that a house that never changed needs no line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.cells import CellError, read_area, read_day
from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.fields import check_line
from propdesk.domain.texts import clean_line
from propdesk.domain.units import UNIT_USAGE_LABELS, UnitKind, UnitState, UnitUsage, state_label
from propdesk.i18n import LazyText, _, _lazy

# What lies outside is a slip of the finger.
_YEARS = range(1900, 2200)


class UnitField(StrEnum):
    """What has a history."""

    STATE = "state"
    AREA = "area"
    USAGE = "usage"
    LAYOUT = "layout"
    CONTRACT = "contract"
    NUMBER = "number"


UNIT_FIELD_LABELS: Mapping[UnitField, LazyText] = {
    UnitField.STATE: _lazy("State"),
    UnitField.AREA: _lazy("Area"),
    UnitField.USAGE: _lazy("Planned use"),
    UnitField.LAYOUT: _lazy("Layout"),
    UnitField.CONTRACT: _lazy("Service contract"),
    UnitField.NUMBER: _lazy("House number"),
}

# What changes on a day that the clerk names; a number is put right by renaming the house.
DATED = tuple(field for field in UnitField if field is not UnitField.NUMBER)


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A line of a house's history; `value` is as it is stored, `value_words` says it.

    `from_on` None: as long as is known. `staff` and `voided_staff` are who entered and voided it.
    """

    id: int
    unit_id: int
    field: UnitField
    value: str
    from_on: date | None
    entered_at: datetime
    staff: str = ""
    note: str = ""
    voided_at: datetime | None = None
    voided_staff: str = ""

    @property
    def is_first(self) -> bool:
        """Tell whether the line says what was before the first change."""
        return self.from_on is None

    def is_coming(self, today: date) -> bool:
        """Tell whether the value waits for its day."""
        return self.voided_at is None and self.from_on is not None and self.from_on > today


@dataclass(frozen=True, slots=True)
class Span:
    """A value with its last day, None while it is open."""

    line: UnitChange
    until: date | None


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """A change as typed; no day is today."""

    field: UnitField
    value: str = ""
    from_on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewChange:
    """A change as it is stored; `from_on` None is as long as is known."""

    field: UnitField
    value: str
    from_on: date | None
    note: str = ""


def held_on(lines: Iterable[UnitChange], day: date) -> UnitChange | None:
    """Return the line of one field that holds on a day; of two of one day the later entered.

    The storey below asks the same in SQL (`services/parts/unit_changes.py`).
    """
    begun = [line for line in _in_order(lines) if line.from_on is None or line.from_on <= day]
    return begun[-1] if begun else None


def spans(lines: Iterable[UnitChange]) -> tuple[Span, ...]:
    """Return one field's values with their last day, newest first.

    A value that never held, because another was said for the same day, is left out.
    """
    order: list[UnitChange] = []
    for line in _in_order(lines):
        if order and order[-1].from_on == line.from_on:
            order.pop()
        order.append(line)
    found: list[Span] = []
    for line in reversed(order):
        after = found[-1].line.from_on if found else None
        found.append(Span(line, after and date.fromordinal(after.toordinal() - 1)))
    return tuple(found)


def _in_order(lines: Iterable[UnitChange]) -> list[UnitChange]:
    valid = [line for line in lines if line.voided_at is None]
    return sorted(valid, key=lambda line: (line.from_on or date.min, line.id))


def read_change(draft: ChangeDraft, today: date) -> NewChange:
    """Return a change as it is stored. Raises DraftError with every problem at once."""
    problems: list[Problem] = []
    value, from_on = "", today
    try:
        value = read_value(draft.field, draft.value)
    except CellError as error:
        problems.append(Problem("value", str(error)))
    try:
        from_on = read_effective_day(draft.from_on) or today
    except CellError as error:
        problems.append(Problem("from_on", str(error)))
    note = clean_line(draft.note)
    problems += check_line("note", note)
    if problems:
        raise DraftError(tuple(problems))
    return NewChange(draft.field, value, from_on, note)


def read_effective_day(text: str) -> date | None:
    """Return the day from which something holds, None for nothing. Raises CellError."""
    day = read_day(text)
    if day is not None and day.year not in _YEARS:
        raise CellError(_("«{text}» is no day; write it like 2026-11-21.").format(text=text[:40]))
    return day


def read_value(field: UnitField, text: str) -> str:
    """Return a typed value as it is stored; '' is "not said". Raises CellError for what is none."""
    text = clean_line(text)
    if field is UnitField.AREA:
        area = read_size(text)
        return "" if area is None else str(area)
    if field is UnitField.STATE:
        return _member(text, UnitState, _("Choose what the house is: let, vacant, ..."))
    if field is UnitField.USAGE:
        return _member(text, UnitUsage, _("Choose the planned use."))
    problem = check_line(field.value, text)
    if problem:
        raise CellError(problem[0].text)
    return text


def _member(text: str, words: type[StrEnum], sentence: str) -> str:
    """Return a stored word; nothing is allowed where it was never said."""
    if text and text not in list(words):
        raise CellError(sentence)
    return text


def read_size(text: str) -> int | None:
    """Return a typed area in hundredths of a m²; no house has none (F46). Raises CellError.

    A workbook's 0 is an empty cell, and is read as such by `read_area`; who types 0 means it.
    """
    area = read_area(text)
    if area is None and any(map(str.isalnum, text)):
        raise CellError(_("«{text}» is no area in m².").format(text=text[:30]))
    return area


def dated_values(
    state: UnitState | None,
    area_dm2: int | None,
    usage: UnitUsage | None,
    layout: str,
    contract: str,
) -> dict[UnitField, str]:
    """Return what a house has of all that changes with a day, as a line of the history keeps it."""
    return {
        UnitField.STATE: state or "",
        UnitField.AREA: "" if area_dm2 is None else str(area_dm2),
        UnitField.USAGE: usage or "",
        UnitField.LAYOUT: layout,
        UnitField.CONTRACT: contract,
    }


def typed_value(field: UnitField, value: str) -> str:
    """Return a stored value as it is typed."""
    return f"{int(value) / 100:.2f}" if field is UnitField.AREA and value else value


def value_words(field: UnitField, value: str, kind: UnitKind = UnitKind.HOME) -> str:
    """Return a stored value as people say it of a kind of unit: `Let`, `89.62 m²`; '' is ''."""
    if not value:
        return ""
    if field is UnitField.STATE:
        return state_label(UnitState(value), kind)
    if field is UnitField.USAGE:
        return str(UNIT_USAGE_LABELS[UnitUsage(value)])
    if field is UnitField.AREA:
        return _("{area} m²").format(area=f"{int(value) / 100:,.2f}")
    return value
