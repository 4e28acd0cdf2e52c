"""What the lines of a time line say of papers: which went out, what came back on them."""

from collections.abc import Mapping

from propdesk.domain.paper_returns import OUTCOME_LABELS, Outcome
from propdesk.domain.paper_trail import PAPER_LABELS, PaperKind
from propdesk.i18n import _, ngettext


def print_words(detail: Mapping[str, str]) -> list[str]:
    """Return which paper was printed, of which dispatch, how often."""
    kind = detail.get("kind", "")
    if kind not in set(PaperKind):
        return []
    words = [str(PAPER_LABELS[PaperKind(kind)])]
    round_, copies = int(detail.get("round", "1")), int(detail.get("copies", "1"))
    if kind == PaperKind.WORK_ORDER and round_ > 1:
        words.append(_("dispatch {round}").format(round=round_))
    if copies > 1:
        words.append(ngettext("{count} copy", "{count} copies", copies).format(count=copies))
    return words


def return_words(detail: Mapping[str, str]) -> list[str]:
    """Return what the customer said on a paper that came back, and whether it is signed (R41)."""
    words = []
    outcome = detail.get("outcome", "")
    if outcome in set(Outcome):
        words.append(str(OUTCOME_LABELS[Outcome(outcome)]))
    if detail.get("signed") == "yes":
        words.append(_("signed"))
    if detail.get("next_visit"):
        words.append(_("comes again {time}").format(time=detail["next_visit"]))
    return words


def cause_words(detail: Mapping[str, str]) -> list[str]:
    """Return what was broken, as the worker wrote it."""
    return [_("cause: {cause}").format(cause=detail["cause"])] if detail.get("cause") else []
