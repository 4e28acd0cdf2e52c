"""How a caller was told what came of the matter (R46); the journal keeps the code as `way`."""

from collections.abc import Mapping

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems
from propdesk.domain.paper_returns import ON_SITE
from propdesk.i18n import LazyText, _, _lazy

# Those that a clerk chooses from.
REPLY_WAYS: Mapping[str, LazyText] = {
    "phone": _lazy("By phone"),
    "visit": _lazy("At the door"),
    "letter": _lazy("By letter"),
    "online": _lazy("By message"),
}
_ON_PAPER = _lazy("Confirmed on the work order")


def check_reply_way(way: str) -> Problems:
    """Return what is wrong with how a caller was told; the journal keeps codes, no words."""
    if way in REPLY_WAYS:
        return ()
    ways = ", ".join(REPLY_WAYS)
    return (Problem("way", _("Choose how the caller was told: {ways}.").format(ways=ways)),)


def reply_way(code: str) -> str:
    """Return the word of a way; an unknown code stands for itself."""
    label = {**REPLY_WAYS, ON_SITE: _ON_PAPER}.get(code)
    return str(label) if label is not None else code
