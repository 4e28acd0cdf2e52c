"""Note what a person asks about his own data, and answer it (PIPL 44-50)."""

from datetime import datetime

from propdesk.domain.data_requests import (
    DataRequest,
    RequestKind,
    RequestResult,
    answer_by,
    check_answer,
    check_request,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.data_requests import get_request
from propdesk.storage.persons import PersonRecord
from propdesk.storage.privacy import DataRequestRecord


def receive_request(
    person_id: int, kind: RequestKind, text: str = "", *, by: int, now: datetime
) -> DataRequest:
    """Note a request with the day until which it is answered; sealed persons may ask, too."""
    with writing():
        staff = actor(by, Right.TAKE_TICKETS)
        person = PersonRecord.get_or_none(id=person_id)
        if person is None or person.erased_at is not None:
            raise RuleError("person-unknown", _("This person is not in the register."))
        text = clean_text(text)
        refuse(check_request(text))
        record = DataRequestRecord.create(
            person=person_id,
            kind=kind.value,
            text=text,
            received_at=local(now),
            due_on=answer_by(local(now).date()),
            staff=staff.id,
        )
        return get_request(record.id)


def answer_request(
    request_id: int, result: RequestResult, reason: str = "", *, by: int, now: datetime
) -> DataRequest:
    """Note the answer; whatever is not done as asked has its reason."""
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        request = get_request(request_id)
        if request.answered_at is not None:
            raise RuleError("request-answered", _("This request is answered already."))
        reason = clean_line(reason)
        refuse(check_answer(result, reason))
        DataRequestRecord.update(
            answered_at=local(now), answered_staff=staff.id, result=result.value, reason=reason
        ).where(DataRequestRecord.id == request_id).execute()
        return get_request(request_id)
