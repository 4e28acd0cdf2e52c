"""What rounds find wrong, until it is put right; and notices that ask for it (整改通知单)."""

from collections.abc import Mapping
from enum import StrEnum

from propdesk.i18n import LazyText, _lazy


class FindingState(StrEnum):
    """What became of a finding; stored codes."""

    OPEN = "open"
    FIXED_ON_SITE = "fixed-on-site"
    TICKET = "ticket"
    RECTIFICATION = "rectification"
    RECTIFIED = "rectified"
    DROPPED = "dropped"


class Recheck(StrEnum):
    """What the look after the deadline found."""

    NONE = ""
    RECTIFIED = "rectified"
    PARTLY = "partly"
    NOT = "not"


FINDING_LABELS: Mapping[FindingState, LazyText] = {
    FindingState.OPEN: _lazy("Open finding"),
    FindingState.FIXED_ON_SITE: _lazy("Put right on the spot"),
    FindingState.TICKET: _lazy("Ticket written"),
    FindingState.RECTIFICATION: _lazy("Notice written"),
    FindingState.RECTIFIED: _lazy("Rectified"),
    FindingState.DROPPED: _lazy("No fault"),
}

RECHECK_LABELS: Mapping[Recheck, LazyText] = {
    Recheck.NONE: _lazy("Not looked at again yet"),
    Recheck.RECTIFIED: _lazy("Rectified"),
    Recheck.PARTLY: _lazy("Partly rectified"),
    Recheck.NOT: _lazy("Not rectified"),
}
