"""Everything that is kept of one person, as he is given it: by kind, with why and how long.

Whoever asks is told in full what there is (PIPL 44, 45); what is said of purpose, ground and
retention is the catalogue's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.domain.field_catalogue import DataField


@dataclass(frozen=True, slots=True)
class DataEntry:
    """One record: when (`2026-11-21` or with the time), of which house or number, what it says."""

    at: str
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class DataSection:
    """A kind of data of the catalogue, and what there is of it."""

    field: DataField
    entries: tuple[DataEntry, ...]


@dataclass(frozen=True, slots=True)
class PersonData:
    """A person's own data; `sections` hold every kind that could name him, empty ones, too."""

    person_id: int
    name: str
    is_sealed: bool
    sections: tuple[DataSection, ...]

    @property
    def kept(self) -> tuple[DataSection, ...]:
        """Return the kinds of which there is something."""
        return tuple(one for one in self.sections if one.entries)

    @property
    def not_kept(self) -> tuple[DataSection, ...]:
        """Return the kinds of which there is nothing."""
        return tuple(one for one in self.sections if not one.entries)


def joined(*parts: object) -> str:
    """Return what is said of a record in one line, without what is empty."""
    return " · ".join(words for part in parts if part and (words := str(part).strip()))


def naming(value: object, words: Sequence[str]) -> str:
    """Return those texts of a stored value (also within lists) in which one of `words` stands."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return joined(*(naming(one, words) for one in value))
    text = value if isinstance(value, str) else ""
    return text if any(word in text for word in words) else ""
