"""Pets of the houses: dog licence and vaccination, and whose is due (养犬登记, 免疫)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.i18n import LazyText, _, _lazy

VACCINATION_DAYS = 30
VACCINATION_SOURCE = _lazy("Our own default; not from a rule")
MOST_DAYS = 365


class PetKind(StrEnum):
    """What kind of animal."""

    DOG = "dog"
    CAT = "cat"
    OTHER = "other"


PET_LABELS: Mapping[PetKind, LazyText] = {
    PetKind.DOG: _lazy("Dog"),
    PetKind.CAT: _lazy("Cat"),
    PetKind.OTHER: _lazy("Other animal"),
}


@dataclass(frozen=True, slots=True)
class PetDraft:
    """A pet as typed; `licence` is the number of the dog's registration (养犬登记证)."""

    kind: PetKind
    name: str = ""
    breed: str = ""
    licence: str = ""
    vaccinated_until: date | None = None
    person_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pet:
    """A pet of a house, from one day to another; what goes is ended and never deleted."""

    id: int
    unit_id: int
    house: str
    kind: PetKind
    name: str
    breed: str
    licence: str
    vaccinated_until: date | None
    person_id: int | None
    person: str
    from_on: date | None
    to_on: date | None
    note: str
    version: int


def check_pet(draft: PetDraft) -> Problems:
    """Return what keeps a pet from being stored, a sentence for each field."""
    problems = [
        *check_line("name", draft.name),
        *check_line("breed", draft.breed),
        *check_line("licence", draft.licence),
        *check_text("note", draft.note),
    ]
    if draft.from_on and draft.to_on and draft.to_on < draft.from_on:
        problems.append(Problem("to_on", _("The last day lies before the first.")))
    return tuple(problems)


def vaccinations_until(today: date, days: int) -> date:
    """Return the last day of the vaccinations that are due by now."""
    return today + timedelta(days=days)


def check_vaccination_days(days: int) -> None:
    """Refuse a number of days that is none."""
    if not 1 <= days <= MOST_DAYS:
        raise RuleError(
            "setting-vaccination-days",
            _("A vaccination is due 1 to {most} days before it ends.").format(most=MOST_DAYS),
        )
