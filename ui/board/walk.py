"""Where the keyboard goes on the board: over gaps and entrances, and to a number that is typed."""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum, auto

from propdesk.domain.house_boards import BoardHouse
from ui.board.places import Place, Places, Row


class Step(Enum):
    """One step of the keyboard."""

    LEFT = auto()
    RIGHT = auto()
    UP = auto()
    DOWN = auto()
    HOME = auto()
    END = auto()
    FIRST = auto()
    LAST = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()


def walk(places: Places, here: Place, step: Step) -> Place | None:
    """Return where a step leads; None where it leads out of the board (the next building)."""
    return _STEPS[step](places, here)


def first_place(places: Places) -> Place | None:
    """Return the first house: of the first building the top floor's first."""
    return Place(0, 0, 0) if places.blocks and places.blocks[0].rows else None


def _aside(places: Places, here: Place, by: int) -> Place:
    spot = min(max(here.spot + by, 0), len(places.row(here).spots) - 1)
    return Place(here.block, here.row, spot)


def _upright(places: Places, here: Place, by: int) -> Place | None:
    """Return the next house above or below in the same column, over gaps; else the nearest one."""
    middle = places.spot(here).middle
    rows = places.blocks[here.block].rows
    row = here.row + by
    while 0 <= row < len(rows):
        for n, spot in enumerate(rows[row].spots):
            if spot.x <= middle < spot.x + spot.width:
                return Place(here.block, row, n)
        row += by
    row = here.row + by
    if 0 <= row < len(rows):
        return Place(here.block, row, _nearest(rows[row], middle))
    block = here.block + by
    if not 0 <= block < len(places.blocks):
        return here
    row = 0 if by > 0 else len(places.blocks[block].rows) - 1
    return Place(block, row, _nearest(places.blocks[block].rows[row], middle))


def _nearest(row: Row, middle: int) -> int:
    return min(range(len(row.spots)), key=lambda n: abs(row.spots[n].middle - middle))


def _line_end(places: Places, here: Place, spot: int) -> Place:
    return Place(here.block, here.row, spot % len(places.row(here).spots))


def _last(places: Places, _here: Place) -> Place:
    block = len(places.blocks) - 1
    row = len(places.blocks[block].rows) - 1
    return Place(block, row, len(places.blocks[block].rows[row].spots) - 1)


def _building(places: Places, here: Place, by: int) -> Place | None:
    block = here.block + by
    return Place(block, 0, 0) if 0 <= block < len(places.blocks) else None


_STEPS: dict[Step, Callable[[Places, Place], Place | None]] = {
    Step.LEFT: lambda places, here: _aside(places, here, -1),
    Step.RIGHT: lambda places, here: _aside(places, here, 1),
    Step.UP: lambda places, here: _upright(places, here, -1),
    Step.DOWN: lambda places, here: _upright(places, here, 1),
    Step.HOME: lambda places, here: _line_end(places, here, 0),
    Step.END: lambda places, here: _line_end(places, here, -1),
    Step.FIRST: lambda places, _here: first_place(places),
    Step.LAST: _last,
    Step.PAGE_UP: lambda places, here: _building(places, here, -1),
    Step.PAGE_DOWN: lambda places, here: _building(places, here, 1),
}


def find_typed(
    typed: str, here: BoardHouse | None, shown: Iterable[BoardHouse], every: Sequence[BoardHouse]
) -> BoardHouse | None:
    """Return the house that typed characters mean, None where there is none.

    A room number is looked for in this entrance, then this building, then all that is shown; a
    house with its building (`12-`, `3-2-501`) in all. Of several the shortest number is meant.
    """
    wanted = typed.upper()

    def is_meant(house: BoardHouse) -> bool:
        return house.number.upper().startswith(wanted)

    def nearness(house: BoardHouse) -> tuple[bool, bool, bool, int]:
        same = here is not None and house.building_id == here.building_id
        beside = same and here is not None and house.entrance == here.entrance
        return (
            not beside,
            not same,
            here is None or house.community != here.community,
            len(house.number),
        )

    by_number = [house for house in shown if is_meant(house)]
    if by_number:
        return min(by_number, key=nearness)
    by_whole = [house for house in every if house.short.upper().startswith(wanted)]
    if by_whole:
        return min(by_whole, key=lambda one: (nearness(one)[2], len(one.short)))
    return None
