"""Bills: one item of one house for one period, a debt with its own day of payment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line
from propdesk.domain.money import MOST_FEN
from propdesk.i18n import LazyText, _, _lazy


class BillKind(StrEnum):
    """Where a bill comes from."""

    CHARGE = "charge"
    LATE_FEE = "late-fee"
    OPENING = "opening"
    PAID_WORK = "paid-work"
    OTHER = "other"


BILL_KIND_LABELS: Mapping[BillKind, LazyText] = {
    BillKind.CHARGE: _lazy("Charge"),
    BillKind.LATE_FEE: _lazy("Late-payment penalty"),
    BillKind.OPENING: _lazy("Earlier arrears"),
    BillKind.PAID_WORK: _lazy("Paid work"),
    BillKind.OTHER: _lazy("Other"),
}


@dataclass(frozen=True, slots=True)
class BillDraft:
    """A bill that is written by hand: what for, how much, for which days, due when.

    No days at all are the day of entry; no last day is the first one; no due day is the day of
    entry. `person_id` is who owes where it is not the owner.
    """

    amount_fen: int
    note: str
    from_on: date | None = None
    until_on: date | None = None
    due_on: date | None = None
    person_id: int | None = None


YEARS = range(1990, 2100)
"""Bills of other years are a slip of the finger."""


def check_bill(draft: BillDraft) -> Problems:
    """Return what keeps a bill by hand from being written (F46)."""
    problems: list[Problem] = []
    if not 0 < draft.amount_fen <= MOST_FEN:
        problems.append(Problem("amount", _("Write the amount, for example 30 or 12.50.")))
    problems += check_line("note", draft.note, _("Say what the bill is for."))
    problems += check_period(draft.from_on, draft.until_on)
    problems += check_years("due_on", draft.due_on)
    return tuple(problems)


def check_period(from_on: date | None, until_on: date | None) -> Problems:
    """Return what is wrong with first and last day: they stand in order, and in our time."""
    problems = [*check_years("from_on", from_on), *check_years("until_on", until_on)]
    if from_on is not None and until_on is not None and until_on < from_on:
        problems.append(Problem("until_on", _("The last day lies before the first one.")))
    return tuple(problems)


def check_years(field: str, day: date | None) -> Problems:
    """Return what is wrong with a day of a bill."""
    if day is None or day.year in YEARS:
        return ()
    sentence = _("«{day}» is hardly meant; bills have days of {first} to {last}.")
    return (Problem(field, sentence.format(day=day, first=YEARS[0], last=YEARS[-1])),)
