"""The one time line of a house (issue 5, R83): everything that happened there, in few words.

Each kind of line stands once in `_WORDS`; the query has one source for each. What comes later is
one line more here and one source more there. Lines about fees are only for those
who may see fees (law.md 1.6).
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from propdesk.domain.contacts import WAY_LABELS, Way
from propdesk.domain.decorations import (
    FINDING_LABELS,
    PATROL_LABELS,
    STAGE_LABELS,
    FindingKind,
    PatrolResult,
    Stage,
)
from propdesk.domain.dunning import (
    LETTER_STATE_LABELS,
    RESULT_LABELS,
    LetterState,
    Result,
)
from propdesk.domain.dunning import (
    STAGE_LABELS as FEE_STAGE_LABELS,
)
from propdesk.domain.dunning import (
    WAY_LABELS as FEE_WAY_LABELS,
)
from propdesk.domain.dunning import (
    Stage as FeeStage,
)
from propdesk.domain.dunning import (
    Way as FeeWay,
)
from propdesk.domain.findings import RECHECK_LABELS, Recheck
from propdesk.domain.house_papers import TOPIC_LABELS, DocumentTopic, paper_label
from propdesk.domain.masking import mask_name, mask_plate
from propdesk.domain.money import money_words
from propdesk.domain.moves import MOVE_LABELS, MOVE_RULES, MoveKind
from propdesk.domain.payment_plans import PLAN_LABELS, PLAN_STATE_LABELS, PlanKind, PlanState
from propdesk.domain.persons import ROLE_LABELS, ResidentRole
from propdesk.domain.pets import PET_LABELS, PetKind
from propdesk.domain.texts import elide
from propdesk.domain.tickets import (
    KIND_LABELS,
    SATISFACTION_LABELS,
    STATUS_LABELS,
    Kind,
    Satisfaction,
    Status,
)
from propdesk.domain.till import PaymentKind
from propdesk.domain.unit_changes import UNIT_FIELD_LABELS, UnitField, value_words
from propdesk.domain.unit_keys import KEY_LABELS, OUTCOME_LABELS, KeyKind, KeyOutcome
from propdesk.domain.units import UnitKind
from propdesk.domain.vehicles import VEHICLE_LABELS, VehicleKind
from propdesk.i18n import LazyText, _, _lazy


class EventGroup(StrEnum):
    """What a line of the time line is about; the clerk filters by these."""

    PEOPLE = "people"
    TICKETS = "tickets"
    CONTACTS = "contacts"
    MOVES = "moves"
    FEES = "fees"
    KEYS = "keys"
    VEHICLES = "vehicles"
    PETS = "pets"
    DECORATION = "decoration"
    INSPECTIONS = "inspections"
    HOUSE = "house"
    DOCUMENTS = "documents"
    PAPERS = "papers"


EVENT_GROUP_LABELS: Mapping[EventGroup, LazyText] = {
    EventGroup.PEOPLE: _lazy("Persons"),
    EventGroup.TICKETS: _lazy("Tickets"),
    EventGroup.CONTACTS: _lazy("Dealings"),
    EventGroup.MOVES: _lazy("Moves"),
    EventGroup.FEES: _lazy("Fees"),
    EventGroup.KEYS: _lazy("Keys"),
    EventGroup.VEHICLES: _lazy("Vehicles"),
    EventGroup.PETS: _lazy("Pets"),
    EventGroup.DECORATION: _lazy("Decoration"),
    EventGroup.INSPECTIONS: _lazy("Inspections"),
    EventGroup.HOUSE: _lazy("Changes"),
    EventGroup.DOCUMENTS: _lazy("Documents"),
    EventGroup.PAPERS: _lazy("Printed papers"),
}


class EventKind(StrEnum):
    """One kind of line; its name is the name of its source in the query."""

    CAME = "came"
    WENT = "went"
    TICKET = "ticket"
    CONTACT = "contact"
    MOVE = "move"
    CARRIED_OUT = "carried-out"
    BILLED = "billed"
    PAID = "paid"
    FEE_LETTER = "fee-letter"
    URGED = "urged"
    PROMISED = "promised"
    FEE_PAPER = "fee-paper"
    KEY_OUT = "key-out"
    KEY_BACK = "key-back"
    VEHICLE_CAME = "vehicle-came"
    VEHICLE_WENT = "vehicle-went"
    PET_CAME = "pet-came"
    PET_WENT = "pet-went"
    WORKS_APPLIED = "works-applied"
    WORKS_PERMITTED = "works-permitted"
    WORKS_ACCEPTED = "works-accepted"
    WORKS_CANCELLED = "works-cancelled"
    DEPOSIT_BACK = "deposit-back"
    PATROL = "patrol"
    ROUND = "round"
    RECTIFICATION = "rectification"
    CHANGE = "change"
    DOCUMENT = "document"
    PAPER = "paper"


EVENT_GROUPS: Mapping[EventKind, EventGroup] = {
    EventKind.CAME: EventGroup.PEOPLE,
    EventKind.WENT: EventGroup.PEOPLE,
    EventKind.TICKET: EventGroup.TICKETS,
    EventKind.CONTACT: EventGroup.CONTACTS,
    EventKind.MOVE: EventGroup.MOVES,
    EventKind.CARRIED_OUT: EventGroup.MOVES,
    EventKind.BILLED: EventGroup.FEES,
    EventKind.PAID: EventGroup.FEES,
    EventKind.FEE_LETTER: EventGroup.FEES,
    EventKind.URGED: EventGroup.FEES,
    EventKind.PROMISED: EventGroup.FEES,
    EventKind.FEE_PAPER: EventGroup.FEES,
    EventKind.KEY_OUT: EventGroup.KEYS,
    EventKind.KEY_BACK: EventGroup.KEYS,
    EventKind.VEHICLE_CAME: EventGroup.VEHICLES,
    EventKind.VEHICLE_WENT: EventGroup.VEHICLES,
    EventKind.PET_CAME: EventGroup.PETS,
    EventKind.PET_WENT: EventGroup.PETS,
    EventKind.WORKS_APPLIED: EventGroup.DECORATION,
    EventKind.WORKS_PERMITTED: EventGroup.DECORATION,
    EventKind.WORKS_ACCEPTED: EventGroup.DECORATION,
    EventKind.WORKS_CANCELLED: EventGroup.DECORATION,
    EventKind.DEPOSIT_BACK: EventGroup.DECORATION,
    EventKind.PATROL: EventGroup.DECORATION,
    EventKind.ROUND: EventGroup.INSPECTIONS,
    EventKind.RECTIFICATION: EventGroup.INSPECTIONS,
    EventKind.CHANGE: EventGroup.HOUSE,
    EventKind.DOCUMENT: EventGroup.DOCUMENTS,
    EventKind.PAPER: EventGroup.PAPERS,
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a source says of one line: a code, a name, a text, a second code, whether it waits."""

    kind: EventKind
    code: str
    name: str = ""
    text: str = ""
    second: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class EventWords:
    """A line in words: what it is, what of it, how it ended."""

    word: str
    text: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class HouseEvent:
    """One line of the time line of a house.

    `at` is the moment, midnight where only the day is known (`has_time` tells). `target` is the id
    of the ticket, contact, key ... that it is about. `is_open` says that somebody still waits.
    """

    kind: EventKind
    target: int
    at: datetime
    has_time: bool
    word: str
    text: str
    outcome: str
    is_open: bool

    @property
    def group(self) -> EventGroup:
        """What the line is about."""
        return EVENT_GROUPS[self.kind]


def kinds_of(groups: Collection[EventGroup], *, with_fees: bool = True) -> tuple[EventKind, ...]:
    """Return the kinds of line of some groups; none named means all that the reader may see."""
    return tuple(
        kind
        for kind, group in EVENT_GROUPS.items()
        if (not groups or group in groups) and (with_fees or group is not EventGroup.FEES)
    )


def event_words(found: Found) -> EventWords:
    """Return a line in words."""
    return _WORDS[found.kind](found)


def mask_found(found: Found) -> Found:
    """Return a line with the names and plates of its own fields masked (law.md 1.7).

    What somebody wrote in free text stays as it was written.
    """
    if found.kind in _NAMED:
        return replace(found, name=mask_name(found.name))
    if found.kind in _PLATED:
        return replace(found, name=mask_plate(found.name))
    if found.kind is EventKind.MOVE:
        return replace(found, text=_SEVERAL.sub(lambda name: mask_name(name[0]), found.text))
    return found


_NAMED = frozenset(
    {
        EventKind.CAME,
        EventKind.WENT,
        EventKind.KEY_OUT,
        EventKind.KEY_BACK,
        EventKind.URGED,
        EventKind.PROMISED,
    }
)
_PLATED = frozenset({EventKind.VEHICLE_CAME, EventKind.VEHICLE_WENT})
# A move names several people, with signs between them.
_SEVERAL = re.compile(r"[^\s,，、;；→/>-]+")


def years_marked(events: Sequence[HouseEvent], before: int | None = None) -> tuple[str, ...]:
    """Return for each event its year where it begins another one, else nothing.

    `before` is the year of the line above the first, None at the top.
    """
    marks = []
    for event in events:
        marks.append("" if event.at.year == before else str(event.at.year))
        before = event.at.year
    return tuple(marks)


def _joined(*parts: str) -> str:
    return "  ".join(part for part in parts if part)


def _role(code: str) -> str:
    return str(ROLE_LABELS[ResidentRole(code)])


def _came(found: Found) -> EventWords:
    return EventWords(_("Came"), _joined(found.name, _role(found.code)))


def _went(found: Found) -> EventWords:
    return EventWords(_("Went"), _joined(found.name, _role(found.code)))


def _ticket(found: Found) -> EventWords:
    outcome = str(STATUS_LABELS[Status(found.second)])
    said, _blank, text = found.text.partition("\n")
    if said and not found.is_open:
        outcome = str(SATISFACTION_LABELS[Satisfaction(said)])
    return EventWords(str(KIND_LABELS[Kind(found.code)]), _joined(found.name, text), outcome)


def _contact(found: Found) -> EventWords:
    outcome = _("To be cleared") if found.is_open else ""
    if found.second:
        outcome = _("Cleared off")
    return EventWords(str(WAY_LABELS[Way(found.code)]), found.text, outcome)


def _move(found: Found) -> EventWords:
    kind = MoveKind(found.code)
    outcome = ""
    if MOVE_RULES[kind].settles:
        outcome = _("Settled") if found.second else _("Not settled")
    return EventWords(str(MOVE_LABELS[kind]), _joined(found.text, found.name), outcome)


def _gate_pass(found: Found) -> EventWords:
    return EventWords(_("Gate pass"), _joined(found.name, found.text))


def _keys(found: Found) -> str:
    words = _("{kind} x {count}").format(kind=KEY_LABELS[KeyKind(found.code)], count=found.text)
    return _joined(words, found.name)


def _key_out(found: Found) -> EventWords:
    return EventWords(_("Keys out"), _keys(found))


def _key_back(found: Found) -> EventWords:
    return EventWords(_("Keys"), _keys(found), str(OUTCOME_LABELS[KeyOutcome(found.second)]))


def _vehicle(word: LazyText) -> Callable[[Found], EventWords]:
    def say(found: Found) -> EventWords:
        kind = str(VEHICLE_LABELS[VehicleKind(found.code)])
        return EventWords(str(word), _joined(found.name, kind, found.text))

    return say


def _pet(word: LazyText) -> Callable[[Found], EventWords]:
    def say(found: Found) -> EventWords:
        kind = str(PET_LABELS[PetKind(found.code)])
        return EventWords(str(word), _joined(kind, found.name, found.text))

    return say


def _works(stage: Stage) -> Callable[[Found], EventWords]:
    def say(found: Found) -> EventWords:
        text = _joined(found.name, found.text)
        return EventWords(_("Decoration"), text, str(STAGE_LABELS[stage]))

    return say


def _deposit_back(found: Found) -> EventWords:
    return EventWords(_("Decoration"), found.name, _("Deposit given back"))


def _patrol(found: Found) -> EventWords:
    if not found.second:
        return EventWords(_("Patrol"), found.name, str(PATROL_LABELS[PatrolResult(found.code)]))
    finding = str(FINDING_LABELS[FindingKind(found.second)])
    outcome = _("Not put right") if found.is_open else _("Put right")
    return EventWords(_("Patrol"), _joined(finding, found.text), outcome)


def _round(found: Found) -> EventWords:
    """Return a round through the house: what it found wrong, one after the other."""
    outcome = ""
    if found.text:
        outcome = _("Not put right") if found.is_open else _("Put right")
    words = _joined(found.name, elide(found.text.replace("\n", "; "), _LONGEST_FINDINGS))
    return EventWords(_("Inspection round"), words, outcome or _("In order"))


def _rectification(found: Found) -> EventWords:
    outcome = _("Void") if found.second else str(RECHECK_LABELS[Recheck(found.code)])
    return EventWords(_("Notice to rectify"), _joined(found.name, found.text), outcome)


def _change(found: Found) -> EventWords:
    field = UnitField(found.code)
    kind = UnitKind(found.second or UnitKind.HOME)
    words = _("{field}: {value}").format(
        field=UNIT_FIELD_LABELS[field], value=value_words(field, found.name, kind) or "—"
    )
    return EventWords(_("Change"), _joined(words, found.text))


def _document(found: Found) -> EventWords:
    topic = str(TOPIC_LABELS[DocumentTopic(found.code)]) if found.code else ""
    return EventWords(_("Document"), _joined(topic, found.text or found.name))


def _paper(found: Found) -> EventWords:
    return EventWords(_("Printed"), _joined(paper_label(found.code), found.text), found.name)


def _billed(found: Found) -> EventWords:
    """Return what was billed at one go: the items, the sum, what of it is open."""
    open_fen = int(found.second)
    outcome = _("Paid in full")
    if open_fen:
        outcome = _("{amount} open").format(amount=money_words(open_fen))
    words = _joined(elide(found.name, _LONGEST_ITEMS), money_words(int(found.text)))
    return EventWords(_("Bills"), words, outcome)


def _paid(found: Found) -> EventWords:
    outcome = _("Void") if found.second else ""
    is_back = PaymentKind(found.code) is PaymentKind.REFUND
    words = _joined(money_words(int(found.text)), found.name)
    return EventWords(_("Refund") if is_back else _("Money taken"), words, outcome)


def _fee_letter(found: Found) -> EventWords:
    words = _joined(found.name, money_words(int(found.text)))
    outcome = str(LETTER_STATE_LABELS[LetterState(found.second)])
    return EventWords(str(FEE_STAGE_LABELS[FeeStage(int(found.code))]), words, outcome)


def _urged(found: Found) -> EventWords:
    words = _joined(str(FEE_WAY_LABELS[FeeWay(found.code)]), found.name, found.text)
    return EventWords(_("Payment urged"), words, str(RESULT_LABELS[Result(found.second)]))


def _promised(found: Found) -> EventWords:
    number, _blank, fen = found.text.partition("\n")
    words = _joined(money_words(int(fen)), found.name, number)
    outcome = str(PLAN_STATE_LABELS[PlanState(found.second)]) if found.second else _("To be kept")
    return EventWords(str(PLAN_LABELS[PlanKind(found.code)]), words, outcome)


_LONGEST_ITEMS = 40
_LONGEST_FINDINGS = 120

_WORDS: Mapping[EventKind, Callable[[Found], EventWords]] = {
    EventKind.CAME: _came,
    EventKind.WENT: _went,
    EventKind.TICKET: _ticket,
    EventKind.CONTACT: _contact,
    EventKind.MOVE: _move,
    EventKind.CARRIED_OUT: _gate_pass,
    EventKind.BILLED: _billed,
    EventKind.PAID: _paid,
    EventKind.FEE_LETTER: _fee_letter,
    EventKind.URGED: _urged,
    EventKind.PROMISED: _promised,
    EventKind.FEE_PAPER: _paper,
    EventKind.KEY_OUT: _key_out,
    EventKind.KEY_BACK: _key_back,
    EventKind.VEHICLE_CAME: _vehicle(_lazy("Vehicle")),
    EventKind.VEHICLE_WENT: _vehicle(_lazy("Vehicle gone")),
    EventKind.PET_CAME: _pet(_lazy("Pet")),
    EventKind.PET_WENT: _pet(_lazy("Pet gone")),
    EventKind.WORKS_APPLIED: _works(Stage.APPLIED),
    EventKind.WORKS_PERMITTED: _works(Stage.PERMITTED),
    EventKind.WORKS_ACCEPTED: _works(Stage.ACCEPTED),
    EventKind.WORKS_CANCELLED: _works(Stage.CANCELLED),
    EventKind.DEPOSIT_BACK: _deposit_back,
    EventKind.PATROL: _patrol,
    EventKind.ROUND: _round,
    EventKind.RECTIFICATION: _rectification,
    EventKind.CHANGE: _change,
    EventKind.DOCUMENT: _document,
    EventKind.PAPER: _paper,
}
