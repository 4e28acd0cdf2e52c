"""Why a matter came about (根本原因, R53): not what was seen, but what lies behind it."""

from collections.abc import Mapping
from enum import StrEnum

from propdesk.i18n import LazyText, _lazy


class CauseKind(StrEnum):
    """What kind of root cause it is; empty text is stored while nobody has said."""

    DESIGN = "design"
    CONSTRUCTION = "construction"
    EQUIPMENT = "equipment"
    STAFF = "staff"
    PROCESS = "process"
    COMMUNICATION = "communication"
    NEIGHBOURS = "neighbours"
    OUTSIDE = "outside"


CAUSE_LABELS: Mapping[CauseKind, LazyText] = {
    CauseKind.DESIGN: _lazy("Design"),
    CauseKind.CONSTRUCTION: _lazy("Construction"),
    CauseKind.EQUIPMENT: _lazy("Equipment"),
    CauseKind.STAFF: _lazy("Our people"),
    CauseKind.PROCESS: _lazy("Our process"),
    CauseKind.COMMUNICATION: _lazy("Communication"),
    CauseKind.NEIGHBOURS: _lazy("Between residents"),
    CauseKind.OUTSIDE: _lazy("From outside"),
}
