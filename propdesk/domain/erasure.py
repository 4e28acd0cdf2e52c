"""Erasing and sealing a person: what is settled first, what the law keeps, what goes (PIPL 47).

Who still lives or owns here, or waits for an answer, is not erased. What a law keeps longer
(tickets three years after closing) makes erasing wait: until then the person is sealed, which means
stored and used for nothing. After it nothing of him is left but that somebody was there.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.errors import RuleError
from propdesk.domain.fields import Problems, check_line
from propdesk.domain.retention import BY_CODE
from propdesk.i18n import LazyText, _, _lazy

GONE = "—"
"""What stands where a name stood."""


class Stop(StrEnum):
    """What must be settled before anything is erased or sealed."""

    PRESENT = "present"
    OPEN_TICKETS = "open-tickets"
    OPEN_CONTACTS = "open-contacts"
    UNSETTLED_MOVE = "unsettled-move"
    KEYS_OUT = "keys-out"
    OPEN_BILLS = "open-bills"
    MONEY_HELD = "money-held"


STOP_LABELS: Mapping[Stop, LazyText] = {
    Stop.PRESENT: _lazy("still belongs to a house: move out or end the stay first"),
    Stop.OPEN_TICKETS: _lazy("waits for the answer to a ticket"),
    Stop.OPEN_CONTACTS: _lazy("waits for something that was promised in a talk"),
    Stop.UNSETTLED_MOVE: _lazy("has a move that is not settled"),
    Stop.KEYS_OUT: _lazy("still holds keys or cards"),
    Stop.OPEN_BILLS: _lazy("still owes fees: bills are open"),
    Stop.MONEY_HELD: _lazy("still has a deposit with the office"),
}


class Part(StrEnum):
    """What is kept of a person, as it is counted."""

    PHONES = "phones"
    STAYS = "stays"
    DETAILS = "details"
    CONSENTS = "consents"
    VEHICLES = "vehicles"
    PETS = "pets"
    KEYS = "keys"
    MOVES = "moves"
    TICKETS = "tickets"
    JOURNAL = "journal"
    LETTERS = "letters"
    CONTACTS = "contacts"
    FEE_LETTERS = "fee-letters"
    DUNNING = "dunning"
    PLANS = "plans"
    PAYMENTS = "payments"
    FILES = "files"
    DRAFTS = "drafts"


PART_LABELS: Mapping[Part, LazyText] = {
    Part.PHONES: _lazy("Phones"),
    Part.STAYS: _lazy("Stays in houses"),
    Part.DETAILS: _lazy("Optional details"),
    Part.CONSENTS: _lazy("Consents"),
    Part.VEHICLES: _lazy("Vehicles"),
    Part.PETS: _lazy("Pets"),
    Part.KEYS: _lazy("Keys and cards"),
    Part.MOVES: _lazy("Moves"),
    Part.TICKETS: _lazy("Tickets"),
    Part.JOURNAL: _lazy("Lines of journals"),
    Part.LETTERS: _lazy("Letters"),
    Part.CONTACTS: _lazy("Talks"),
    Part.FEE_LETTERS: _lazy("Letters about fees"),
    Part.DUNNING: _lazy("Acts of urging"),
    Part.PLANS: _lazy("Promises to pay"),
    Part.PAYMENTS: _lazy("Payments"),
    Part.FILES: _lazy("Files"),
    Part.DRAFTS: _lazy("Half-typed forms"),
}


GONE_WHOLLY = frozenset({Part.PHONES, Part.DETAILS, Part.FILES, Part.DRAFTS})
"""What is deleted; of all else a record stays that says what happened, and not to whom."""


@dataclass(frozen=True, slots=True)
class Keep:
    """A record that the law keeps: the retention's code, and until which day."""

    retention: str
    until: date


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What erasing a person would do; `exports` and `backups` are copies that it does not reach.

    `backups_gone_by` is when the last backup that may hold him is rotated away; `was_erased` tells
    of somebody who came back with a backup that was made before he was erased.
    """

    person_id: int
    name: str
    is_sealed: bool
    stops: tuple[Stop, ...]
    keeps: tuple[Keep, ...]
    counts: Mapping[Part, int]
    exports: int
    backups: int
    backups_gone_by: date | None
    was_erased: bool = False

    @property
    def may_erase(self) -> bool:
        """Tell whether nothing stands in the way."""
        return not self.stops and not self.keeps

    @property
    def may_seal(self) -> bool:
        """Tell whether he can be sealed until the law lets him be erased."""
        return not self.stops and not self.is_sealed

    @property
    def erasable_on(self) -> date | None:
        """Return from when he can be erased, None where that is today or open."""
        return max((keep.until for keep in self.keeps), default=None)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was done with a person's data, by whom and why; the certificate is printed from it."""

    id: int
    person_id: int
    kind: str
    at: datetime
    by: str
    reason: str
    request_id: int | None
    counts: Mapping[Part, int]


KIND_LABELS: Mapping[str, LazyText] = {
    "erased": _lazy("Erased"),
    "sealed": _lazy("Sealed"),
    "unsealed": _lazy("In use again"),
}


def check_certified(erasure: Erasure) -> None:
    """Refuse a certificate of what was neither erased nor sealed."""
    if erasure.kind == "unsealed":
        raise RuleError(
            "erasure-undone", _("This number unsealed a person; print that of the sealing.")
        )


def check_reason(reason: str) -> Problems:
    """Return what asks for the reason."""
    return tuple(check_line("reason", reason, _("Write why the data is erased or sealed.")))


def refuse_stopped(plan: ErasurePlan) -> None:
    """Refuse what must be settled first, everything in one sentence."""
    if plan.stops:
        words = _("; ").join(str(STOP_LABELS[stop]) for stop in plan.stops)
        raise RuleError(
            "erasure-stopped", _("{name} {reasons}.").format(name=plan.name, reasons=words)
        )


def refuse_kept(plan: ErasurePlan) -> None:
    """Refuse to erase what the law still keeps, and say that sealing is possible."""
    if plan.keeps:
        words = _("; ").join(
            _("{what} until {day}").format(what=BY_CODE[keep.retention].what, day=keep.until)
            for keep in plan.keeps
        )
        raise RuleError(
            "erasure-kept",
            _("The law still keeps: {records}. Seal the person until then.").format(records=words),
        )


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def cleaned(text: str, words: tuple[str, ...]) -> str:
    """Return a text without a person's name and phones; a name of one sign is left alone."""
    for word in words:
        if len(word) > 1:
            text = text.replace(word, GONE)
    return text
