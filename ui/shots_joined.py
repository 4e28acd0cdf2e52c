"""Pictures of where fees meet the house: its part of the file, its time line, its settlement."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from propdesk.domain.house_events import EventGroup
from propdesk.domain.moves import MoveKind
from propdesk.services.queries.arrears import ArrearsFilter, list_arrears
from propdesk.services.queries.units import Unit, get_unit, list_units
from ui.dialogs.move_dialog import MoveDialog
from ui.pages.house_fees import HouseFees
from ui.pages.house_file import HouseFile
from ui.pages.residents import ResidentsPage

if TYPE_CHECKING:
    from ui.screenshots import Stage


def _owing(stage: "Stage") -> Unit:
    """Return the house whose bill runs out first, else the first one."""
    today = stage.context.now().date()
    found = list_arrears(ArrearsFilter(), today=today, limit=1)
    return get_unit(found[0].unit_id if found else list_units(today=today, limit=1)[0].id)


def _file(stage: "Stage", unit: Unit) -> HouseFile:
    page = cast(ResidentsPage, stage.page("residents"))
    page.show_unit(unit.id)
    return page._side.file  # noqa: SLF001 - pictures look inside


def _show_fees(file: HouseFile) -> None:
    place = next(n for n, part in enumerate(file.parts) if isinstance(part, HouseFees))
    file.show_part(place)


def _part(stage: "Stage") -> None:
    _show_fees(_file(stage, _owing(stage)))


def _empty_part(stage: "Stage") -> None:
    """Show a parking space or shop that nobody charges, the last house of the list."""
    every = list_units(today=stage.context.now().date(), limit=5000)
    _show_fees(_file(stage, get_unit(every[-1].id)))


def _events(stage: "Stage") -> None:
    events = _file(stage, _owing(stage)).parts[0].events  # type: ignore[attr-defined] # the overview
    events._filter.choose(EventGroup.FEES.value)  # noqa: SLF001
    events._show_from_top()  # noqa: SLF001


def _settlement(stage: "Stage") -> None:
    MoveDialog(stage.context, stage.window, _owing(stage), MoveKind.MOVE_OUT).open()


PAGES: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("house-fees", _part),
    ("house-fees-none", _empty_part),
    ("house-fees-events", _events),
)
DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (("move-bills", _settlement),)
