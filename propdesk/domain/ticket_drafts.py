"""What keeps the words of a ticket from being stored: a sentence for each field (R20, R25)."""

from datetime import datetime

from propdesk.domain.classes import describe_classes, is_class
from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.judgements import WishBasis
from propdesk.domain.tickets import TicketDraft
from propdesk.i18n import _

_LINES = ("place", "spot", "matter", "reporter_name", "reporter_phone", "appointment")


def check_ticket_draft(draft: TicketDraft, received_at: datetime) -> Problems:
    """Return what keeps a draft from being stored; `received_at` is local."""
    missing = _("Write down what was said, in the caller's own words.")
    problems = [*check_text("text", draft.text, missing), *check_text("wish", draft.wish)]
    if draft.unit_id is None and not draft.place.strip():
        problems.append(Problem("place", _("Say which house it is about, or name the place.")))
    problems += check_class(draft.class_code)
    if draft.wish_basis and draft.wish_basis not in set(WishBasis):
        problems.append(Problem("wish_basis", _("Choose what the wish rests on.")))
    if draft.promised_at is not None:
        problems += check_promise(draft.promised_at, received_at)
    for name in _LINES:
        problems += check_line(name, getattr(draft, name))
    return tuple(problems)


def check_class(code: str) -> Problems:
    """Return what is wrong with a class code: there is none such."""
    if is_class(code):
        return ()
    sentence = _("There is no class «{code}»; the classes are {classes}.")
    return (Problem("class_code", sentence.format(code=code[:40], classes=describe_classes())),)


def check_promise(promised_at: datetime, since: datetime) -> Problems:
    """Return what is wrong with a promised time: it must lie after `since` (both local; R07)."""
    if promised_at > since:
        return ()
    sentence = _("The promised time must lie after {time}.")
    return (Problem("promised_at", sentence.format(time=since.strftime("%Y-%m-%d %H:%M"))),)
