"""What a person asks about his own data, and until when he is answered (PIPL 44-50)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.retention import ANSWER_DAYS, ANSWER_WARN_DAYS
from propdesk.i18n import LazyText, _, _lazy


class RequestKind(StrEnum):
    """What is asked for."""

    ACCESS = "access"
    COPY = "copy"
    CORRECT = "correct"
    DELETE = "delete"
    EXPLAIN = "explain"
    WITHDRAW = "withdraw"


REQUEST_LABELS: Mapping[RequestKind, LazyText] = {
    RequestKind.ACCESS: _lazy("See what is kept"),
    RequestKind.COPY: _lazy("Get a copy"),
    RequestKind.CORRECT: _lazy("Have it corrected"),
    RequestKind.DELETE: _lazy("Have it erased"),
    RequestKind.EXPLAIN: _lazy("Have it explained"),
    RequestKind.WITHDRAW: _lazy("Withdraw a consent"),
}


class RequestResult(StrEnum):
    """What came of it."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"


RESULT_LABELS: Mapping[RequestResult, LazyText] = {
    RequestResult.DONE: _lazy("Done as asked"),
    RequestResult.PARTLY: _lazy("Done in part"),
    RequestResult.REFUSED: _lazy("Refused"),
}


@dataclass(frozen=True, slots=True)
class DataRequest:
    """A request, and its answer where it has one."""

    id: int
    person_id: int
    person: str
    kind: RequestKind
    text: str
    received_at: datetime
    due_on: date
    by: str
    answered_at: datetime | None
    answered_by: str
    result: RequestResult | None
    reason: str

    def is_late(self, today: date) -> bool:
        """Tell whether it should have been answered."""
        return self.answered_at is None and self.due_on < today

    def is_pressing(self, today: date) -> bool:
        """Tell whether it waits and is late, or due within days."""
        left = self.due_on.toordinal() - today.toordinal()
        return self.answered_at is None and left <= ANSWER_WARN_DAYS


def answer_by(received: date) -> date:
    """Return until when a request is answered; the law says in time, not by when (PIPL 50)."""
    return date.fromordinal(received.toordinal() + ANSWER_DAYS)


def check_request(text: str) -> Problems:
    """Return what keeps a request from being noted."""
    return tuple(check_text("text", text))


def check_answer(result: RequestResult, reason: str) -> Problems:
    """Return what asks for the reason of a refusal: the law wants it said (PIPL 50)."""
    missing = "" if result is RequestResult.DONE else _("Write the reason; the person is told it.")
    return tuple(check_line("reason", reason, missing))
