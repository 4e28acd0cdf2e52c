"""Pictures of a house's facts and history: the part of its file, the form, the dialogs."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from propdesk.domain.unit_changes import ChangeDraft, UnitField
from propdesk.services.queries.unit_changes import list_changes
from propdesk.services.queries.units import Unit, get_unit, list_units
from propdesk.services.units import enter_change
from ui.dialogs.unit_change_dialog import UnitChangeDialog
from ui.pages.house_changes import HouseChanges
from ui.pages.residents import ResidentsPage

if TYPE_CHECKING:
    from ui.screenshots import Stage


def _fill(stage: "Stage") -> Unit:
    """Give the first house a history with something that is still to come."""
    by, now = stage.context.staff.id, stage.context.now()
    today = now.date()
    row = list_units(today=today, limit=1)[0]
    if not list_changes(row.id):
        for field, value, days in (
            (UnitField.STATE, "vacant", -700),
            (UnitField.STATE, "decorating", -400),
            (UnitField.STATE, "owner-occupied", -200),
            (UnitField.STATE, "let", 40),
            (UnitField.AREA, "91.08", -30),
            (UnitField.USAGE, "mixed", -30),
        ):
            draft = ChangeDraft(field, value, str(today + timedelta(days)))
            enter_change(row.id, draft, by=by, now=now)
    return get_unit(row.id)


def show_changes(stage: "Stage") -> None:
    """Show the history of a house."""
    unit = _fill(stage)
    page = cast(ResidentsPage, stage.page("residents"))
    page.show_unit(unit.id)
    file = page._side.file  # noqa: SLF001 - pictures look inside
    file.show_part(next(n for n, one in enumerate(file.parts) if isinstance(one, HouseChanges)))


def show_form(stage: "Stage") -> None:
    """Show the form of a house that stands."""
    unit = _fill(stage)
    page = cast(ResidentsPage, stage.page("residents"))
    page.show_unit(unit.id)
    page._side.edit_unit()  # noqa: SLF001 - pictures look inside


def _dialog(field: UnitField) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        unit = _fill(stage)
        stage.page("residents")
        UnitChangeDialog(stage.context, stage.window, unit, field, None).ask()

    return show


PAGES: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("house-changes", show_changes),
    ("house-facts-form", show_form),
)
DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("house-state", _dialog(UnitField.STATE)),
    ("house-number", _dialog(UnitField.NUMBER)),
)
