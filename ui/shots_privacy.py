"""Pictures of what concerns personal data: details, consents, who has looked, exports."""

from dataclasses import replace
from typing import TYPE_CHECKING

from propdesk.domain.consents import ConsentDraft, ConsentWay
from propdesk.services.consents import give_consent, withdraw_consent
from propdesk.services.person_details import set_details
from propdesk.services.queries.consents import list_consents
from propdesk.services.queries.residents import Resident, list_residents
from propdesk.services.queries.units import UnitRow, list_units
from propdesk.services.revealing import reveal_detail, reveal_house
from propdesk.services.settings import save_settings
from ui.context import AppContext
from ui.dialogs.access_log_dialog import AccessLogDialog
from ui.dialogs.consents_dialog import ConsentDialog, ConsentsDialog
from ui.dialogs.export_residents_dialog import ExportResidentsDialog
from ui.dialogs.person_details_dialog import PersonDetailsDialog

if TYPE_CHECKING:
    from ui.screenshots import Stage

_KEPT = ("gender", "birth-year", "occupation", "email", "identity-number", "needs-medical")
# The example of GB 11643 itself: nobody's number.
_NUMBER = "11010519491231002X"


def _somebody(context: AppContext) -> tuple[UnitRow, Resident]:
    """Return a house and its first person, who agreed to most of what the office keeps."""
    now, by = context.now(), context.staff.id
    unit = next(one for one in list_units(today=now.date()) if one.residents)
    person = list_residents(unit.id, now.date())[0]
    save_settings(replace(context.settings, kept_fields=_KEPT), by=by)
    context.changes.settings_changed.emit()
    if not list_consents(person.person_id):
        drafts = [
            ConsentDraft(scope, ConsentWay.PAPER, now.date())
            for scope in ("profile", "needs-disability", "identity-number")
        ]
        given = [give_consent(person.person_id, draft, by=by, now=now) for draft in drafts]
        withdraw_consent(given[1].id, on=now.date(), by=by, now=now)
        values = {"gender": "male", "birth-year": "1961", "identity-number": _NUMBER}
        set_details(person.person_id, values, by=by, now=now)
        reveal_house(unit.id, by=by, now=now)
        reveal_detail(person.person_id, "identity-number", by=by, now=now)
    return unit, person


def details(stage: "Stage") -> None:
    """Open the details of somebody."""
    _unit, person = _somebody(stage.context)
    PersonDetailsDialog(stage.context, stage.window, person.person_id, person.name).ask()


def consents(stage: "Stage") -> None:
    """Open somebody's consents."""
    _unit, person = _somebody(stage.context)
    ConsentsDialog(stage.context, stage.window, person.person_id, person.name).ask()


def consent(stage: "Stage") -> None:
    """Note a consent, and leave the guardian out."""
    _unit, person = _somebody(stage.context)
    dialog = ConsentDialog(
        stage.context, stage.window, person.person_id, person.name, scope="minor"
    )
    dialog.open()
    dialog.choose("save")


def looks(stage: "Stage") -> None:
    """Open who has looked at a house."""
    unit, _person = _somebody(stage.context)
    AccessLogDialog(stage.context, stage.window, unit.id, unit.short).ask()


def export(stage: "Stage") -> None:
    """Open the export, and ask for it in full without a purpose."""
    dialog = ExportResidentsDialog(stage.context, stage.window)
    dialog._how.choose("plain")  # noqa: SLF001 - pictures look inside
    dialog.open()
    dialog.choose("save")
