"""What the house board is coloured by: registered as data, so that fees add theirs as a member.

A shade never says anything by its colour alone: each but the commonest has a character in the cell,
and a look of its own (hatched, dashed) that stays apart in black and white.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.ageing import AgeBucket
from propdesk.domain.errors import RuleError
from propdesk.domain.house_boards import BoardHouse
from propdesk.domain.units import UNIT_STATE_LABELS, UnitState
from propdesk.i18n import LazyText, _, _lazy


class Look(StrEnum):
    """How a cell is drawn; screen and paper each have their own ink for it."""

    PLAIN = "plain"
    BLANK = "blank"
    SOFT = "soft"
    HATCHED = "hatched"
    TINTED = "tinted"
    DASHED = "dashed"
    DOTTED = "dotted"
    NOTED = "noted"
    WARNING = "warning"
    ALARMING = "alarming"


@dataclass(frozen=True, slots=True)
class Shade:
    """One line of the legend; `mark` is the character in the cell."""

    key: str
    label: LazyText
    look: Look
    mark: LazyText | str = ""


@dataclass(frozen=True, slots=True)
class Colouring:
    """A way to colour the board: its shades in the order of the legend, and each house's shade.

    `counts` gives the number that stands in a cell in place of a character.
    """

    key: str
    label: LazyText
    shades: tuple[Shade, ...]
    shade_of: Callable[[BoardHouse], Shade]
    counts: Callable[[BoardHouse], int] | None = None

    def mark(self, house: BoardHouse) -> str:
        """Return the character in a house's cell, empty for the commonest shade."""
        mark = str(self.shade_of(house).mark)
        if not mark and self.counts is not None and (count := self.counts(house)):
            return str(count)
        return mark

    def count(self, houses: Iterable[BoardHouse]) -> dict[str, int]:
        """Return how many of these houses each shade has, all shades named."""
        counted = Counter(self.shade_of(house).key for house in houses)
        return {shade.key: counted[shade.key] for shade in self.shades}


# -- by state

NOT_SAID = "not-said"

_STATES: Mapping[UnitState | None, Shade] = {
    state: Shade(state.value if state else NOT_SAID, label, look, mark)
    for state, label, look, mark in (
        (UnitState.OWNER_OCCUPIED, UNIT_STATE_LABELS[UnitState.OWNER_OCCUPIED], Look.PLAIN, ""),
        (UnitState.LET, UNIT_STATE_LABELS[UnitState.LET], Look.SOFT, _lazy("let")),
        (UnitState.VACANT, UNIT_STATE_LABELS[UnitState.VACANT], Look.HATCHED, _lazy("vac.")),
        (UnitState.DECORATING, UNIT_STATE_LABELS[UnitState.DECORATING], Look.TINTED, _lazy("dec.")),
        (UnitState.UNSOLD, UNIT_STATE_LABELS[UnitState.UNSOLD], Look.DASHED, _lazy("uns.")),
        (
            UnitState.UNDELIVERED,
            UNIT_STATE_LABELS[UnitState.UNDELIVERED],
            Look.DOTTED,
            _lazy("new"),
        ),
        (None, _lazy("Not said"), Look.BLANK, "?"),
    )
}

BY_STATE = Colouring(
    "state",
    _lazy("Occupancy"),
    tuple(_STATES.values()),
    lambda house: _STATES[house.state],
)

# -- by open tickets

_NO_TICKET = Shade("none", _lazy("Nothing open"), Look.PLAIN)
_OPEN = Shade("open", _lazy("Open tickets"), Look.NOTED)
_COMPLAINT = Shade("complaint", _lazy("Complaint"), Look.WARNING, _lazy("cpl."))
_OVERDUE = Shade("overdue", _lazy("Overdue"), Look.ALARMING, _lazy("over."))


def _ticket_shade(house: BoardHouse) -> Shade:
    """Return the gravest that is open."""
    if house.overdue:
        return _OVERDUE
    if house.complaints:
        return _COMPLAINT
    return _OPEN if house.tickets else _NO_TICKET


BY_TICKETS = Colouring(
    "tickets",
    _lazy("Open tickets"),
    (_OVERDUE, _COMPLAINT, _OPEN, _NO_TICKET),
    _ticket_shade,
    lambda house: house.tickets,
)

# -- by arrears

_PAID = Shade("none", _lazy("Nothing overdue"), Look.PLAIN)
_OWES = Shade("owes-90", _lazy("Owes, up to 90 days"), Look.NOTED, _lazy("owes"))
_OWES_LONG = Shade("owes-year", _lazy("Owes, up to a year"), Look.WARNING, _lazy("90+"))
_OWES_YEARS = Shade("owes-older", _lazy("Owes for more than a year"), Look.ALARMING, _lazy("1y+"))
_ARREARS: Mapping[AgeBucket | None, Shade] = {
    None: _PAID,
    AgeBucket.DAYS_30: _OWES,
    AgeBucket.DAYS_90: _OWES,
    AgeBucket.DAYS_180: _OWES_LONG,
    AgeBucket.DAYS_365: _OWES_LONG,
    AgeBucket.YEARS_2: _OWES_YEARS,
    AgeBucket.YEARS_3: _OWES_YEARS,
    AgeBucket.OLDER: _OWES_YEARS,
}

# For those who may see fees only, and never on paper: a wall that says who owes is a publication
# (PIPL 25; law.md 1.2).
BY_ARREARS = Colouring(
    "arrears",
    _lazy("Fee arrears"),
    (_OWES_YEARS, _OWES_LONG, _OWES, _PAID),
    lambda house: _ARREARS[house.arrears],
)

COLOURINGS: tuple[Colouring, ...] = (BY_STATE, BY_TICKETS, BY_ARREARS)
OPEN_COLOURINGS: tuple[Colouring, ...] = (BY_STATE, BY_TICKETS)
"""Those that anybody in the office may see and print."""


def find_colouring(key: str) -> Colouring:
    """Return a colouring by its key, or refuse with those there are."""
    for colouring in COLOURINGS:
        if colouring.key == key:
            return colouring
    raise RuleError(
        "colouring-unknown",
        _("The board is not coloured by «{name}»; it can be {known}.").format(
            name=key[:40], known=", ".join(one.key for one in COLOURINGS)
        ),
    )


# -- small marks, whatever the colouring


class Mark(StrEnum):
    """What is marked beside the number, the most urgent first."""

    COMPLAINT = "complaint"
    TICKET = "ticket"
    DECORATION = "decoration"
    SPECIAL = "special"


MARK_LABELS: Mapping[Mark, LazyText] = {
    Mark.COMPLAINT: _lazy("Complaint"),
    Mark.TICKET: _lazy("Other ticket"),
    Mark.DECORATION: _lazy("Works under way"),
    Mark.SPECIAL: _lazy("Special customer"),
}


def marks_of(house: BoardHouse) -> tuple[Mark, ...]:
    """Return the marks of a house; who decorates by its state needs no second mark."""
    wanted = {
        Mark.COMPLAINT: house.complaints > 0,
        Mark.TICKET: house.tickets > house.complaints,
        Mark.DECORATION: house.is_decorating and house.state is not UnitState.DECORATING,
        Mark.SPECIAL: house.is_special,
    }
    return tuple(mark for mark, is_there in wanted.items() if is_there)


def count_marks(houses: Iterable[BoardHouse]) -> dict[Mark, int]:
    """Return how many of these houses bear each mark."""
    counted = Counter(mark for house in houses for mark in marks_of(house))
    return {mark: counted[mark] for mark in Mark}
