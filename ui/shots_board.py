"""Scenes of the pictures: a house board with every state, a building that is not like the others.

They are written into the copy that is pictured.
"""

from typing import TYPE_CHECKING, cast

from propdesk.domain.board_shades import BY_STATE, BY_TICKETS
from propdesk.domain.units import Address, UnitKind, UnitState
from propdesk.services.queries.house_boards import list_board_houses
from propdesk.services.units import add_unit, set_states
from ui.pages.residents import ResidentsPage

if TYPE_CHECKING:
    from ui.screenshots import Stage

# How often each state stands in a row of houses; the rest is lived in by the owner.
_EVERY = {
    UnitState.LET: 7,
    UnitState.VACANT: 9,
    UnitState.DECORATING: 23,
    UnitState.UNSOLD: 17,
    UnitState.UNDELIVERED: 41,
}
_ODD = "99"
_SHOPS, _SPACES, _ACROSS = 24, 60, 40


def show_board(stage: "Stage", *keys: str) -> ResidentsPage:
    """Show the board with every state, and press keys there."""
    _say_states(stage)
    page = cast(ResidentsPage, stage.page("residents"))
    if not page.half.is_board():
        page.half.show_view("board")
    while page.half.board.colouring() is not BY_STATE:
        stage.press("F4")
    page.enter()
    stage.press(*keys)
    return page


def show_building(stage: "Stage") -> None:
    """Show one building alone, as high as it is."""
    page = show_board(stage)
    house = page.half.board.current()
    if house is not None:
        page.half.building_wanted.emit(house.building_id)


def show_odd_building(stage: "Stage") -> None:
    """Show basements, forty houses a floor, unknown floors, shops and parking spaces."""
    context = stage.context
    by = context.staff.id
    houses = list_board_houses(context.now())
    if not any(one.building == _ODD for one in houses):
        community = houses[0].community
        addresses = [Address(_ODD, "1", f"{f}{n:02d}") for f in (3, 2) for n in range(1, _ACROSS)]
        addresses += [Address(_ODD, "2", f"{f}{n:02d}") for f in range(1, 5) for n in (1, 3)]
        addresses += [Address(_ODD, "2", number) for number in ("A1", "A2")]
        addresses += [Address(_ODD, "", f"{n:02d}", UnitKind.SHOP) for n in range(1, _SHOPS)]
        addresses += [Address(_ODD, "", f"B1-{n:03d}", UnitKind.PARKING) for n in range(1, _SPACES)]
        for address in addresses:
            add_unit(address, community=community, by=by)
        context.changes.residents_changed.emit()
    page = show_board(stage)
    odd = next(one for one in list_board_houses(context.now()) if one.building == _ODD)
    page.half.building_wanted.emit(odd.building_id)


def show_tickets(stage: "Stage") -> None:
    """Colour the board by what is open."""
    page = show_board(stage)
    while page.half.board.colouring() is not BY_TICKETS:
        stage.press("F4")


def show_narrowed(stage: "Stage") -> None:
    """Dim all houses but those that are searched for."""
    show_board(stage, "Ctrl+F")
    stage.type_words("02")
    stage.press("Return")


def show_table(stage: "Stage") -> None:
    """Show the same houses as a table."""
    page = show_board(stage)
    if page.half.is_board():
        stage.press("Ctrl+G")


def print_board(stage: "Stage") -> None:
    """Open the board as a paper."""
    stage.press("Ctrl+Shift+P")


def _say_states(stage: "Stage") -> None:
    context = stage.context
    unsaid = [one.id for one in list_board_houses(context.now()) if one.state is None]
    # The state of the rest comes last: it takes what is left.
    for state in sorted(UnitState, key=lambda one: one not in _EVERY):
        every = _EVERY.get(state)
        chosen = unsaid[every::every] if every else unsaid
        if chosen:
            set_states(chosen, state, by=context.staff.id, now=context.now())
            unsaid = [one for one in unsaid if one not in set(chosen)]
    context.changes.residents_changed.emit()
