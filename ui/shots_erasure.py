"""Pictures of the end of personal data: requests, the plan of an erasure, whose time is over."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from propdesk.domain.data_requests import RequestKind, RequestResult
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.services.data_requests import answer_request, receive_request
from propdesk.services.queries.data_requests import list_requests
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.units import list_units
from propdesk.services.residents import add_resident, end_residency
from ui.context import AppContext
from ui.dialogs.erasable_dialog import ErasableDialog
from ui.dialogs.erasure_dialog import ErasureDialog
from ui.dialogs.requests_dialog import AnswerRequestDialog, NoteRequestDialog, RequestsDialog
from ui.person_data_printing import show_person_data

if TYPE_CHECKING:
    from ui.screenshots import Stage

_GONE = "Lin Xiaowen"
_TWO_YEARS, _LATE, _NEAR = timedelta(weeks=104), timedelta(weeks=3), timedelta(weeks=2)


def _somebody(context: AppContext) -> tuple[int, int]:
    """Return who lives in a house and asked for things, and who left it two years ago."""
    now, by = context.now(), context.staff.id
    unit = next(one for one in list_units(today=now.date()) if one.residents)
    people = list_residents(unit.id, now.date())
    here = people[0].person_id
    gone = next((one.person_id for one in people if one.name == _GONE), None)
    if gone is None:
        draft = PersonDraft(_GONE, ResidentRole.TENANT, "", ("13955501234",), date(2020, 1, 1))
        stay = add_resident(unit.id, draft, by=by, now=now)
        gone = stay.person_id
        left = now.date() - _TWO_YEARS
        end_residency(unit.id, stay.residency_id, to_on=left, by=by, now=now)
        done = receive_request(here, RequestKind.CORRECT, by=by, now=now - _LATE)
        answer_request(done.id, RequestResult.DONE, by=by, now=now - _NEAR)
        for kind, ago in (
            (RequestKind.DELETE, _LATE),
            (RequestKind.COPY, _NEAR),
            (RequestKind.EXPLAIN, timedelta()),
        ):
            receive_request(here, kind, by=by, now=now - ago)
    return here, gone


def requests(stage: "Stage") -> None:
    """Open the requests: one late, one due soon, one answered."""
    _somebody(stage.context)
    RequestsDialog(stage.context, stage.window).ask()


def note_request(stage: "Stage") -> None:
    """Note a request."""
    here, _gone = _somebody(stage.context)
    NoteRequestDialog(stage.context, stage.window, here, _GONE).ask()


def answer(stage: "Stage") -> None:
    """Answer a request."""
    _somebody(stage.context)
    AnswerRequestDialog(stage.context, stage.window, list_requests()[0]).ask()


def erasable(stage: "Stage") -> None:
    """Open whose time is over."""
    _somebody(stage.context)
    ErasableDialog(stage.context, stage.window).ask()


def may_erase(stage: "Stage") -> None:
    """Open the plan of somebody who can be erased."""
    _here, gone = _somebody(stage.context)
    ErasureDialog(stage.context, stage.window, gone).ask()


def may_not(stage: "Stage") -> None:
    """Open the plan of somebody who still lives here."""
    here, _gone = _somebody(stage.context)
    ErasureDialog(stage.context, stage.window, here).ask()


def own_data(stage: "Stage") -> None:
    """Show everything that is kept of somebody."""
    here, _gone = _somebody(stage.context)
    show_person_data(stage.context, stage.window, here)
