"""Who has looked at what is somebody's: the acts that are kept, and for how long (PIPL 51, 69)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from propdesk.i18n import LazyText, _lazy


class AccessAct(StrEnum):
    """What somebody did with personal data; each is a line that only the office's law removes."""

    OPENED = "opened"
    REVEALED = "revealed"
    PRINTED = "printed"
    EXPORTED = "exported"


ACT_LABELS: Mapping[AccessAct, LazyText] = {
    AccessAct.OPENED: _lazy("Opened"),
    AccessAct.REVEALED: _lazy("Shown in full"),
    AccessAct.PRINTED: _lazy("Printed"),
    AccessAct.EXPORTED: _lazy("Exported"),
}
# A clerk who looks twice within a minute has looked once; each paper and file is one of its own.
ONCE_A_MINUTE = frozenset({AccessAct.OPENED, AccessAct.REVEALED})


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One look at personal data: when, who, which house or person, what of it, what for."""

    id: int
    at: datetime
    staff: str
    act: AccessAct
    unit_id: int | None
    house: str
    person_id: int | None
    person: str
    what: str
    purpose: str
