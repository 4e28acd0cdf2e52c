"""Moving in and out, change of owner, lease (R83; Civil Code 945): what each kind asks and does.

A move is never deleted: a wrong one is voided with a reason. What it does to the people of a house
follows from one table, `MOVE_RULES`; forms show only the fields that the kind has.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from propdesk.domain.leave_reasons import REASON_LABELS, LeaveReason
from propdesk.domain.persons import ResidentRole
from propdesk.domain.settlements import SettlementLine
from propdesk.domain.units import UnitState
from propdesk.i18n import LazyText, _, _lazy

SERIES = "move"
_LETTERS = "QY"
NOTICE_SOURCE = _lazy("Civil Code 945: the owner tells the office of transfer, lease and the like")


class MoveKind(StrEnum):
    """What happened to a house and its people."""

    DELIVERY = "delivery"
    MOVE_IN = "move-in"
    MOVE_OUT = "move-out"
    TRANSFER = "transfer"
    LEASE = "lease"
    LEASE_END = "lease-end"
    RIGHT_OF_RESIDENCE = "right-of-residence"
    INHERITANCE = "inheritance"


MOVE_LABELS: Mapping[MoveKind, LazyText] = {
    MoveKind.DELIVERY: _lazy("Handing over"),
    MoveKind.MOVE_IN: _lazy("Move-in"),
    MoveKind.MOVE_OUT: _lazy("Move-out"),
    MoveKind.TRANSFER: _lazy("Change of owner"),
    MoveKind.LEASE: _lazy("Lease"),
    MoveKind.LEASE_END: _lazy("End of lease"),
    MoveKind.RIGHT_OF_RESIDENCE: _lazy("Right of residence"),
    MoveKind.INHERITANCE: _lazy("Inheritance"),
}


class Meter(StrEnum):
    """The meters that are read when somebody comes or goes."""

    WATER = "water"
    ELECTRICITY = "electricity"
    GAS = "gas"


METER_LABELS: Mapping[Meter, LazyText] = {
    Meter.WATER: _lazy("Water"),
    Meter.ELECTRICITY: _lazy("Electricity"),
    Meter.GAS: _lazy("Gas"),
}


@dataclass(frozen=True, slots=True)
class MoveRule:
    """What a kind of move asks and does.

    `may_leave` are the roles that it can end, `leaves` those that it usually ends; `comes` is the
    role that it usually begins, None where nobody comes. `state` is what the house then usually
    is. `told` asks when the owner told the office (945), `until` for the end of a right in time,
    `reason` why they leave, `settles` for settlement, keys and new address.
    """

    comes: ResidentRole | None = None
    must_come: bool = False
    leaves: frozenset[ResidentRole] = frozenset()
    may_leave: frozenset[ResidentRole] = frozenset()
    state: UnitState | None = None
    told: bool = False
    until: bool = False
    reason: bool = False
    settles: bool = False
    meters: bool = True


_OWNERS = frozenset({ResidentRole.OWNER})
_HOUSEHOLD = _OWNERS | {ResidentRole.FAMILY, ResidentRole.EMERGENCY}
_ALL = frozenset(ResidentRole)

MOVE_RULES: Mapping[MoveKind, MoveRule] = {
    MoveKind.DELIVERY: MoveRule(comes=ResidentRole.OWNER, state=UnitState.VACANT),
    MoveKind.MOVE_IN: MoveRule(
        comes=ResidentRole.FAMILY, must_come=True, state=UnitState.OWNER_OCCUPIED
    ),
    # An owner who moves out stays the owner: only a transfer ends that.
    MoveKind.MOVE_OUT: MoveRule(
        leaves=_ALL, may_leave=_ALL, state=UnitState.VACANT, reason=True, settles=True
    ),
    # Sale breaks no lease (725): tenants stay.
    MoveKind.TRANSFER: MoveRule(
        comes=ResidentRole.OWNER,
        must_come=True,
        leaves=_HOUSEHOLD,
        may_leave=_ALL,
        told=True,
        settles=True,
    ),
    MoveKind.LEASE: MoveRule(
        comes=ResidentRole.TENANT, must_come=True, state=UnitState.LET, told=True, until=True
    ),
    MoveKind.LEASE_END: MoveRule(
        leaves=frozenset({ResidentRole.TENANT, ResidentRole.STAFF}),
        may_leave=_ALL - _OWNERS,
        state=UnitState.VACANT,
        told=True,
        reason=True,
        settles=True,
    ),
    MoveKind.RIGHT_OF_RESIDENCE: MoveRule(
        comes=ResidentRole.OTHER, must_come=True, told=True, until=True, meters=False
    ),
    MoveKind.INHERITANCE: MoveRule(
        comes=ResidentRole.OWNER,
        must_come=True,
        leaves=_OWNERS,
        may_leave=_OWNERS,
        told=True,
        meters=False,
    ),
}

PASSES_OWNERSHIP = (MoveKind.TRANSFER, MoveKind.INHERITANCE)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who comes: a person of the register, or a new one by name.

    `share` is the part of the house, None for joint owners without shares (共同共有).
    """

    name: str = ""
    role: ResidentRole | None = None
    phones: tuple[str, ...] = ()
    person_id: int | None = None
    relation: str = ""
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Staying:
    """What a move asks of somebody who is in the house now."""

    residency_id: int
    person_id: int
    name: str
    role: ResidentRole
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """A move as typed; `leaving` are residencies of the house.

    `state` is what the house then is (None: as it was), `minors` how many children under 14 then
    live there (None: as many as before; by name only with a guardian's consent, PIPL 31),
    `open_reason` why somebody may leave with keys or sums open.
    """

    kind: MoveKind
    on_day: date | None = None
    until_on: date | None = None
    told_on: date | None = None
    reason: LeaveReason | None = None
    reason_text: str = ""
    coming: tuple[Newcomer, ...] = ()
    leaving: tuple[int, ...] = ()
    state: UnitState | None = None
    minors: int | None = None
    handled_by: str = ""
    meters: Mapping[Meter, str] = field(default_factory=dict)
    settlement: tuple[SettlementLine, ...] = ()
    settled_on: date | None = None
    new_address: str = ""
    new_phone: str = ""
    note: str = ""
    open_reason: str = ""


@dataclass(frozen=True, slots=True)
class SettleDraft:
    """What is typed when a move is settled, often days after it was recorded."""

    settlement: tuple[SettlementLine, ...] = ()
    settled_on: date | None = None
    meters: Mapping[Meter, str] = field(default_factory=dict)
    new_address: str = ""
    new_phone: str = ""
    note: str = ""
    open_reason: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A move that was recorded. `name` is who it is about, `effects` what it did to the house."""

    id: int
    number: str
    unit_id: int
    where: str
    kind: MoveKind
    on_day: date
    until_on: date | None
    told_on: date | None
    reason: LeaveReason | None
    reason_text: str
    person_id: int | None
    name: str
    handled_by: str
    meters: Mapping[Meter, str]
    settlement: tuple[SettlementLine, ...]
    settled_on: date | None
    new_address: str
    new_phone: str
    note: str
    open_reason: str
    effects: Mapping[str, Any]
    entered_at: datetime
    by: str
    voided_at: datetime | None
    void_reason: str
    version: int

    @property
    def is_open(self) -> bool:
        """Tell whether its settlement still waits."""
        return MOVE_RULES[self.kind].settles and self.settled_on is None and self.voided_at is None


def move_number(year: int, sequence: int) -> str:
    """Return the number of the `sequence`-th move of a year."""
    return f"{_LETTERS}-{year:04d}-{sequence:04d}"


def reason_words(move: Move) -> str:
    """Return why somebody left, in words."""
    words = [str(REASON_LABELS[move.reason])] if move.reason else []
    return _(": ").join([*words, move.reason_text] if move.reason_text else words)


def usual_leavers(kind: MoveKind, present: Sequence[Staying]) -> tuple[int, ...]:
    """Return the residencies that a move of this kind usually ends."""
    roles = MOVE_RULES[kind].leaves
    return tuple(one.residency_id for one in present if one.role in roles)


def ends(kind: MoveKind, one: Staying) -> bool:
    """Tell whether leaving ends what somebody is to the house.

    An owner who moves out stays the owner.
    """
    return not (kind is MoveKind.MOVE_OUT and one.role is ResidentRole.OWNER)


def usual_state(
    kind: MoveKind, present: Sequence[Staying], leaving: Collection[int]
) -> UnitState | None:
    """Return what the house usually is after a move, None where it stays as it was.

    While somebody else still lives there, leaving changes nothing.
    """
    rule = MOVE_RULES[kind]
    if rule.state is not UnitState.VACANT or kind is MoveKind.DELIVERY:
        return rule.state
    stays = any(
        one.residency_id not in leaving
        and one.role not in {ResidentRole.OWNER, ResidentRole.EMERGENCY}
        for one in present
    )
    return None if stays else rule.state
