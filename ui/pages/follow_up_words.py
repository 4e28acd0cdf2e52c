"""How follow-ups, their draw and the steps against a breach are worded on the screen."""

from collections.abc import Mapping
from datetime import date, datetime

from propdesk.domain.scores import CHECK_LABELS, read_checks
from propdesk.domain.tickets import SATISFACTION_LABELS, Status, Ticket
from propdesk.domain.violations import (
    AUTHORITY,
    EVIDENCE,
    MEANS,
    OUTCOME,
    OUTCOME_LABELS,
    RECEIPT,
    Outcome,
)
from propdesk.i18n import LazyText, _, _lazy
from ui.tables.columns import Mark
from ui.theme import Tone

UNREACHED = _lazy("Not reached")
_ANSWERS: Mapping[str, LazyText] = {
    **{one.value: word for one, word in SATISFACTION_LABELS.items()},
    "given-up": _lazy("Asked no more"),
}


def answer_words(detail: Mapping[str, str]) -> list[str]:
    """Return what a follow-up brought: the answer, the score, what was asked beside it."""
    answer = detail.get("answer", "")
    words = [str(_ANSWERS.get(answer, UNREACHED))]
    if "score" in detail:
        given = detail.get("scores", "").replace(",", " ")
        words.append(_("score {score} ({scores})").format(score=detail["score"], scores=given))
    for check, is_so in read_checks(detail).items():
        answered = _("{word}: yes") if is_so else _("{word}: no")
        words.append(answered.format(word=CHECK_LABELS[check]))
    return words


def drawn_words(detail: Mapping[str, str]) -> list[str]:
    """Return what was drawn as a ticket closed; nothing of a closing that draws nothing."""
    if "follow_up" not in detail:
        return []
    return [_drawn(detail["follow_up"] == "drawn", detail.get("follow_up_percent", ""))]


def _drawn(is_drawn: bool, percent: object) -> str:
    words = _("drawn for a follow-up, {percent} %") if is_drawn else _("not drawn, {percent} %")
    return words.format(percent=percent)


def sample_words(ticket: Ticket) -> list[str]:
    """Return how it stands with asking a ticket's caller: drawn or not, and by when."""
    words = []
    if ticket.status is Status.CLOSED and ticket.follow_up_drawn is not None:
        words.append(_drawn(ticket.follow_up_drawn, ticket.follow_up_percent))
    if ticket.follow_up_due_on is not None:
        words.append(_("by {time}").format(time=f"{ticket.follow_up_due_on:%m-%d}"))
    return words


def follow_up_mark(due_on: date, now: datetime) -> Mark:
    """Return what a list says of a follow-up: days left, or that it is late.

    It is never red: red stands for the limits of the matter itself.
    """
    days = (due_on - now.date()).days
    if days < 0:
        return Mark(_("{span} over").format(span=_("{days} d").format(days=-days)), Tone.WARN)
    if not days:
        return Mark(_("due today"))
    return Mark(_("{span} left").format(span=_("{days} d").format(days=days)))


def step_words(detail: Mapping[str, str]) -> list[str]:
    """Return what a step against a breach tells: to whom, how, what came of it, the proof."""
    outcome = detail.get(OUTCOME, "")
    ended = [str(OUTCOME_LABELS[Outcome.COMPLIED])] if outcome == Outcome.COMPLIED else []
    receipt = detail.get(RECEIPT, "")
    return [
        detail.get(AUTHORITY, ""),
        _("receipt {number}").format(number=receipt) if receipt else "",
        detail.get(MEANS, ""),
        *ended,
        detail.get(EVIDENCE, ""),
    ]
