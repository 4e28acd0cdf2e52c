"""Scenes of the pictures: a building without power, its incident, many tickets at once.

They are written into the copy that is pictured, so that they come last and build on each other.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from propdesk.domain.classes import class_label
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services.incidents import create_incident
from propdesk.services.queries.incidents import Incident, list_clusters, list_incidents
from propdesk.services.queries.units import UnitRow, list_units
from propdesk.services.tickets import register_ticket
from ui.navigation import Intake

if TYPE_CHECKING:
    from ui.screenshots import Stage

_CLASS = "incident.power"
_HOUSES = 4


def call_about_one_cause(stage: "Stage") -> None:
    """Let some houses of one building report the same, once."""
    context = stage.context
    if list_clusters(now=context.now()) or _incident() is not None:
        return
    text = str(class_label(_CLASS))
    for place, unit in enumerate(_houses(stage)):
        draft = TicketDraft(Kind.COMPLAINT, text, unit_id=unit.id, class_code=_CLASS)
        then = context.now() - timedelta(minutes=40 - 5 * place)
        register_ticket(draft, by=context.staff.id, now=then)
    context.changes.tickets_changed.emit()


def _incident() -> Incident | None:
    """Return the incident of these pictures, beside those that the office has already."""
    return next((one for one in list_incidents() if one.class_code == _CLASS), None)


def show_cluster(stage: "Stage") -> None:
    """Show the list that offers an incident."""
    call_about_one_cause(stage)
    stage.page("tickets")


def show_cluster_today(stage: "Stage") -> None:
    """Show Today, which offers it too."""
    call_about_one_cause(stage)
    stage.page("today")


def offer_incident(stage: "Stage") -> None:
    """Show the form that makes one incident of them."""
    show_cluster(stage)
    stage.context.navigation.cluster_wanted.emit(list_clusters(now=stage.context.now())[0])


def show_incident(stage: "Stage") -> None:
    """Show the master with its tickets."""
    call_about_one_cause(stage)
    context = stage.context
    if _incident() is None:
        ids = list_clusters(now=context.now())[0].open_ids
        tell = f"{class_label(_CLASS)} 12:00"
        create_incident(ids, by=context.staff.id, now=context.now(), tell_callers=tell)
        context.changes.tickets_changed.emit()
    stage.page("tickets")
    if (incident := _incident()) is not None:
        context.navigation.ticket_wanted.emit(incident.id)


def answer_incident(stage: "Stage") -> None:
    """Show the form that answers all of its tickets."""
    from ui.pages.ticket_acts import Act
    from ui.pages.tickets import TicketsPage

    show_incident(stage)
    page = stage.page("tickets")
    if isinstance(page, TicketsPage):
        page.detail.act_wanted.emit(Act.ANSWER_ALL)


def _houses(stage: "Stage") -> tuple[UnitRow, ...]:
    return list_units(today=stage.context.now().date(), limit=_HOUSES)


def take_call_of_the_building(stage: "Stage") -> None:
    """Show the intake form with what a caller of the building is told."""
    show_incident(stage)
    unit = _houses(stage)[-1]
    stage.context.navigation.intake_wanted.emit(Intake(Kind.REPAIR, unit.id))
