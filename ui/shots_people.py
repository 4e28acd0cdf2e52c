"""Pictures of what is done once in a while with the people of a house."""

from typing import TYPE_CHECKING

from propdesk.domain.persons import PersonDraft
from propdesk.services.persons import preview_merge
from propdesk.services.queries.persons import list_twins
from propdesk.services.queries.residents import Resident, draft_of, list_residents
from propdesk.services.queries.units import Unit, get_unit, list_units
from propdesk.services.residents import add_resident
from ui.context import AppContext
from ui.dialogs.death_dialog import DeathDialog
from ui.dialogs.person_link_dialog import PersonLinkDialog
from ui.dialogs.person_merge_dialog import PersonMergeDialog
from ui.dialogs.shares_dialog import SharesDialog

if TYPE_CHECKING:
    from ui.screenshots import Stage


def _somebody(context: AppContext) -> tuple[Unit, Resident]:
    """Return a house and the first person in it."""
    today = context.now().date()
    row = next(one for one in list_units(today=today) if one.residents)
    return get_unit(row.id), list_residents(row.id, today)[0]


def shares(stage: "Stage") -> None:
    """Open the owners' shares of a house."""
    unit, _person = _somebody(stage.context)
    SharesDialog(stage.context, stage.window, unit).open()


def link(stage: "Stage") -> None:
    """Open the picker of who is in a house, too."""
    unit, _person = _somebody(stage.context)
    PersonLinkDialog(stage.context, stage.window, unit).open()


def link_found(stage: "Stage") -> None:
    """Open the picker with those that were found by a surname."""
    unit, person = _somebody(stage.context)
    dialog = PersonLinkDialog(stage.context, stage.window, unit)
    dialog.field.setText(person.name[:1])
    dialog.field.textEdited.emit(person.name[:1])
    dialog.open()


def death(stage: "Stage") -> None:
    """Open the dialog about somebody who died."""
    _unit, person = _somebody(stage.context)
    DeathDialog(stage.context, stage.window, person).open()


def merge(stage: "Stage") -> None:
    """Compare somebody with his double."""
    context = stage.context
    now = context.now()
    unit, person = _somebody(context)
    twins = list_twins(person.person_id, now.date())
    if not twins:
        draft = draft_of(person)
        double = PersonDraft(draft.name, draft.role, phones=draft.phones)
        elsewhere = next(one for one in list_units(today=now.date()) if one.id != unit.id)
        add_resident(elsewhere.id, double, by=context.staff.id, now=now)
        twins = list_twins(person.person_id, now.date())
    preview = preview_merge(person.person_id, twins[0].id, now=now)
    PersonMergeDialog(context, stage.window, preview).open()
