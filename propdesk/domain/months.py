"""A calendar month, the period of every report; its midnights and its neighbours."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, Self

from propdesk.domain.errors import RuleError
from propdesk.i18n import _

# Without a sign between them the month has both its digits: 20261 may be January or October.
_TYPED = re.compile(r"(\d{4})(?:\s*[-./年]\s*|\s+|(?=\d\d))(\d{1,2})\s*月?")
_MONTHS = 12
_YEARS = range(1900, 3000)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month: it begins at its first midnight and ends where the next one begins."""

    year: int
    month: int

    @classmethod
    def of(cls, moment: date) -> Self:
        """Return the month of a day or a moment."""
        return cls(moment.year, moment.month)

    @classmethod
    def parse(cls, typed: str) -> Self:
        """Read `2026-11`, `2026/11`, `202611` or `2026年11月`; refuse everything else."""
        match = _TYPED.fullmatch(typed.strip())
        if match and 1 <= int(match[2]) <= _MONTHS and int(match[1]) in _YEARS:
            return cls(int(match[1]), int(match[2]))
        raise RuleError(
            "month-not-understood",
            _("«{typed}» is not a month. Write year and month, for example 2026-11.").format(
                typed=typed
            ),
        )

    @property
    def ordinal(self) -> int:
        """The number of months since year 0, to count with."""
        return self.year * _MONTHS + self.month - 1

    @property
    def start(self) -> datetime:
        """The first midnight, local time without offset."""
        return datetime(self.year, self.month, 1)

    @property
    def end(self) -> datetime:
        """The midnight after the last day: the start of the next month."""
        return self.shifted(1).start

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return date.fromordinal(self.end.toordinal() - 1)

    @property
    def previous(self) -> Self:
        """The month before (上月)."""
        return self.shifted(-1)

    @property
    def last_year(self) -> Self:
        """The same month of the year before (去年同月)."""
        return self.shifted(-_MONTHS)

    def shifted(self, months: int) -> Self:
        """Return the month so many months later (earlier where negative)."""
        year, month = divmod(self.ordinal + months, _MONTHS)
        return type(self)(year, month + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


class MonthFigures(Protocol):
    """What the figures of every monthly report tell of themselves."""

    @property
    def month(self) -> Month:
        """Return the month."""

    @property
    def as_of(self) -> datetime:
        """Return the moment that the figures hold for."""

    @property
    def is_running(self) -> bool:
        """Tell whether the month has not ended yet."""
