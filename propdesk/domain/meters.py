"""Meters: what they measure, where they hang, and what is kept of one (law.md 1.6).

A meter that is changed is removed with its last figure; the new one names it (`replaces_id`), so
that what a house used is the old one's rest and the new one's count.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.texts import elide, fold
from propdesk.i18n import LazyText, _, _lazy

FEWEST_DIGITS, MOST_DIGITS = 3, 12
USUAL_DIGITS = 5
ONE_MILLI = 1000
_MOST_MULTIPLIER_MILLI = 1_000_000_000


class MeterKind(StrEnum):
    """What a meter measures."""

    WATER = "water"
    HOT_WATER = "hot-water"
    ELECTRICITY = "electricity"
    GAS = "gas"
    HEAT = "heat"


class ReadingKind(StrEnum):
    """How a reading came about."""

    READ = "read"
    TOLD = "told"
    ESTIMATED = "estimated"
    MOVE = "move"
    REVERSED = "reversed"


METER_LABELS: Mapping[MeterKind, LazyText] = {
    MeterKind.WATER: _lazy("Water"),
    MeterKind.HOT_WATER: _lazy("Hot water"),
    MeterKind.ELECTRICITY: _lazy("Electricity"),
    MeterKind.GAS: _lazy("Gas"),
    MeterKind.HEAT: _lazy("Heat"),
}


READING_LABELS: Mapping[ReadingKind, LazyText] = {
    ReadingKind.READ: _lazy("Read"),
    ReadingKind.TOLD: _lazy("Told by the resident"),
    ReadingKind.ESTIMATED: _lazy("Estimated"),
    ReadingKind.MOVE: _lazy("At a move"),
    ReadingKind.REVERSED: _lazy("Runs backwards"),
}


MEASURED_IN: Mapping[MeterKind, LazyText] = {
    MeterKind.WATER: _lazy("m³"),
    MeterKind.HOT_WATER: _lazy("m³"),
    MeterKind.ELECTRICITY: _lazy("kWh"),
    MeterKind.GAS: _lazy("m³"),
    MeterKind.HEAT: _lazy("kWh"),
}


@dataclass(frozen=True, slots=True)
class MeterDraft:
    """What is typed in of a meter. Figures are thousandths, `multiplier_milli` the ratio's."""

    kind: MeterKind
    installed_on: date
    number: str = ""
    place: str = ""
    digits: int = USUAL_DIGITS
    multiplier_milli: int = ONE_MILLI
    first_milli: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter of a house, or of a building or community; `where` says whose in words."""

    id: int
    kind: MeterKind
    number: str
    place: str
    digits: int
    multiplier_milli: int
    installed_on: date
    first_milli: int
    removed_on: date | None
    last_milli: int | None
    replaces_id: int | None
    note: str
    version: int
    where: str
    unit_id: int | None = None
    building_id: int | None = None
    community_id: int | None = None

    @property
    def title(self) -> str:
        """The meter in words, as sentences name it: kind, number, where."""
        return " ".join(filter(None, (self.where, str(METER_LABELS[self.kind]), self.number)))

    @property
    def draft(self) -> MeterDraft:
        """What a form shows of it."""
        return MeterDraft(
            self.kind, self.installed_on, self.number, self.place, self.digits,
            self.multiplier_milli, self.first_milli, self.note,
        )  # fmt: skip


def turnover_milli(digits: int) -> int:
    """Return at which figure a meter of so many digits begins anew at zero."""
    return int(10**digits) * ONE_MILLI


def check_meter(draft: MeterDraft) -> Problems:
    """Return what is wrong with a meter that is typed in (F46)."""
    problems = [
        *check_line("number", draft.number),
        *check_line("place", draft.place),
        *check_text("note", draft.note),
    ]
    if not FEWEST_DIGITS <= draft.digits <= MOST_DIGITS:
        text = _("A meter has {fewest} to {most} digits before the point.")
        problems.append(Problem("digits", text.format(fewest=FEWEST_DIGITS, most=MOST_DIGITS)))
    elif not 0 <= draft.first_milli < turnover_milli(draft.digits):
        problems.append(Problem("first", _too_long(draft.first_milli, draft.digits)))
    if not 1 <= draft.multiplier_milli <= _MOST_MULTIPLIER_MILLI:
        problems.append(Problem("multiplier", _("The multiplier is above zero; usually it is 1.")))
    return tuple(problems)


def _too_long(value_milli: int, digits: int) -> str:
    return _("{value} does not fit a meter of {digits} digits.").format(
        value=figure_words(value_milli), digits=digits
    )


def check_figure(value_milli: int, digits: int) -> None:
    """Refuse a figure that the meter cannot show."""
    if not 0 <= value_milli < turnover_milli(digits):
        raise RuleError("figure-too-long", _too_long(value_milli, digits))


_FIGURE = re.compile(r"\d{1,12}(?:\.\d{1,3}0*)?")


def parse_figure(typed: str) -> int:
    """Return what a meter shows in thousandths: `01234`, `1234.5`; refuse what is no figure."""
    text = re.sub(r"\s+", "", fold(typed))
    if not _FIGURE.fullmatch(text):
        raise RuleError(
            "figure-unreadable",
            _("«{text}» is no reading; type what the meter shows, like 1234 or 1234.5.").format(
                text=elide(typed.strip(), 40)
            ),
        )
    return int(Decimal(text) * ONE_MILLI)


def figure_words(milli: int) -> str:
    """Return a figure as a meter shows it, without idle zeros or commas: `1234`, `1234.5`."""
    whole, rest = divmod(abs(milli), ONE_MILLI)
    sign = "-" if milli < 0 else ""
    return f"{sign}{whole}" + (f".{rest:03d}".rstrip("0") if rest else "")
