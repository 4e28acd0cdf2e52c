"""Decoration files: of one house, under way in the whole office, and what is due about them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from propdesk import paths
from propdesk.domain.decorations import (
    Decoration,
    FindingKind,
    Patrol,
    PatrolResult,
    Stage,
    deposit_due_on,
    normal_decoration_number,
    patrol_due_on,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.hand_out import walking_key
from propdesk.domain.settings import OfficeSettings
from propdesk.i18n import _, language
from propdesk.services.parts.settings import load_settings
from propdesk.storage.database import rows


class DecorationGroup(StrEnum):
    """Which decorations a list shows."""

    OPEN = "open"
    DUE = "due"
    DEPOSITS = "deposits"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class DecorationRow:
    """A decoration and what is due about it on the day that the list was asked for.

    `patrol_due_on` is None where nobody has to look, `rectify_by` the first day until which an open
    finding is to be put right, `deposit_due_on` until when the deposit goes back.
    """

    decoration: Decoration
    stage: Stage
    last_patrol_on: date | None
    patrol_due_on: date | None
    findings: int
    rectify_by: date | None
    deposit_due_on: date | None
    today: date

    @property
    def is_patrol_due(self) -> bool:
        """Tell whether somebody should look at it today."""
        return self.patrol_due_on is not None and self.patrol_due_on <= self.today

    @property
    def is_rectifying_late(self) -> bool:
        """Tell whether a finding should have been put right before today."""
        return self.rectify_by is not None and self.rectify_by < self.today

    @property
    def is_deposit_late(self) -> bool:
        """Tell whether the deposit should have gone back before today."""
        return self.deposit_due_on is not None and self.deposit_due_on < self.today

    @property
    def is_due(self) -> bool:
        """Tell whether anything about it is due."""
        return (
            self.is_patrol_due
            or self.is_rectifying_late
            or self.is_deposit_late
            or self.stage is Stage.OVERDUE
        )


@dataclass(frozen=True, slots=True)
class DecorationCounts:
    """How many decorations want something today, for the line on Today."""

    patrols: int
    overdue: int
    rectifying: int
    deposits: int


_DECORATIONS = (
    "SELECT d.id, d.number, d.unit_id, u.short, d.applied_on, d.permitted_on, "
    "coalesce(ps.name, ''), d.from_on, d.until_on, d.accepted_on, d.cancelled_on, d.applicant, "
    "d.company, d.foreman, d.phone, d.workers, d.scope, d.touches_structure, "
    "d.structure_consent, d.told, d.deposit_fen, d.deposit_note, d.deposit_returned_fen, "
    "d.deposit_returned_on, d.deduction_reason, d.outcome, d.note, s.name, d.version, "
    "(SELECT max(p.at) FROM decoration_patrol p WHERE p.decoration_id = d.id), "
    "(SELECT count(*) FROM decoration_patrol p WHERE p.decoration_id = d.id "
    " AND p.kind <> '' AND p.rectified_on IS NULL), "
    "(SELECT min(p.due_on) FROM decoration_patrol p WHERE p.decoration_id = d.id "
    " AND p.kind <> '' AND p.rectified_on IS NULL) "
    "FROM decoration d JOIN unit u ON u.id = d.unit_id JOIN staff s ON s.id = d.staff_id "
    "LEFT JOIN staff ps ON ps.id = d.permitted_staff_id WHERE "
)
_OPEN = "(d.accepted_on IS NULL AND d.cancelled_on IS NULL)"
_HELD = "(d.deposit_fen > 0 AND d.deposit_returned_on IS NULL)"
_GROUPS = {
    DecorationGroup.OPEN: _OPEN,
    DecorationGroup.DUE: f"({_OPEN} OR {_HELD})",
    DecorationGroup.DEPOSITS: f"(NOT {_OPEN} AND {_HELD})",
    DecorationGroup.ALL: "1",
}

_PATROLS = (
    "SELECT p.id, p.decoration_id, p.at, p.entered_at, p.patrolled_by, p.result, p.kind, "
    "p.finding, p.due_on, p.rectified_on, p.ticket_id, coalesce(t.number, '') "
    "FROM decoration_patrol p LEFT JOIN ticket t ON t.id = p.ticket_id WHERE "
)


def get_decoration(decoration_id: int) -> Decoration:
    """Return a decoration, or refuse."""
    found = rows(f"{_DECORATIONS}d.id = ?", decoration_id)
    if not found:
        raise RuleError("decoration-unknown", _("This decoration does not exist."))
    return _decoration(found[0])


def find_decoration(typed: str) -> Decoration:
    """Return the decoration of this number as typed (`zx2026-1` too), or refuse."""
    found = rows(f"{_DECORATIONS}d.number = ?", normal_decoration_number(typed))
    if not found:
        raise RuleError(
            "decoration-unknown",
            _("There is no decoration {number}; the list names those there are.").format(
                number=typed[:40]
            ),
        )
    return _decoration(found[0])


def get_decoration_row(decoration_id: int, *, today: date) -> DecorationRow:
    """Return a decoration with what is due about it."""
    get_decoration(decoration_id)
    return _rows("d.id = ?", decoration_id, today=today)[0]


def list_decorations(unit_id: int, *, today: date) -> tuple[DecorationRow, ...]:
    """Return the decorations of a house, the newest first."""
    return tuple(reversed(_rows("d.unit_id = ? ORDER BY d.id", unit_id, today=today)))


def list_works(
    group: DecorationGroup = DecorationGroup.OPEN, *, today: date
) -> tuple[DecorationRow, ...]:
    """Return the office's decorations of a group, in walking order of the houses."""
    found = _rows(f"{_GROUPS[group]} ORDER BY d.id", today=today)
    if group is DecorationGroup.DUE:
        found = [row for row in found if row.is_due]
    return tuple(sorted(found, key=lambda row: walking_key(row.decoration.house)))


def count_due(*, today: date) -> DecorationCounts:
    """Return how many decorations want a look, an acceptance, a second look, a deposit back."""
    found = list_works(DecorationGroup.DUE, today=today)
    return DecorationCounts(
        patrols=sum(row.is_patrol_due for row in found),
        overdue=sum(row.stage is Stage.OVERDUE for row in found),
        rectifying=sum(row.is_rectifying_late for row in found),
        deposits=sum(row.is_deposit_late for row in found),
    )


def list_patrols(decoration_id: int) -> tuple[Patrol, ...]:
    """Return the looks at a decoration, the last first; each finding is a line."""
    found = rows(f"{_PATROLS}p.decoration_id = ? ORDER BY p.at DESC, p.id", decoration_id)
    return tuple(map(_patrol, found))


def get_patrol(patrol_id: int) -> Patrol:
    """Return one line of a patrol, or refuse."""
    found = rows(f"{_PATROLS}p.id = ?", patrol_id)
    if not found:
        raise RuleError("patrol-unknown", _("This patrol does not exist."))
    return _patrol(found[0])


def list_told() -> Mapping[str, str]:
    """Return what an owner is told before he decorates, by code, in the language that is spoken."""
    file = paths.resources() / "decorations" / f"{language()}.json"
    told: dict[str, str] = json.loads(file.read_text("utf-8"))["told"]
    return told


def _rows(condition: str, *values: object, today: date) -> list[DecorationRow]:
    settings = load_settings()
    return [_row(found, settings, today) for found in rows(_DECORATIONS + condition, *values)]


def _row(row: Sequence[Any], settings: OfficeSettings, today: date) -> DecorationRow:
    decoration = _decoration(row)
    stage = decoration.stage(today)
    last_on = datetime.fromisoformat(row[29]).date() if row[29] else None
    looked_after = stage in {Stage.PERMITTED, Stage.UNDER_WAY, Stage.OVERDUE}
    ended_on = decoration.accepted_on or decoration.cancelled_on
    return DecorationRow(
        decoration=decoration,
        stage=stage,
        last_patrol_on=last_on,
        patrol_due_on=patrol_due_on(
            decoration.from_on or decoration.applied_on, last_on, settings.decoration_patrol_days
        )
        if looked_after
        else None,
        findings=row[30],
        rectify_by=_day(row[31]) if stage not in {Stage.ACCEPTED, Stage.CANCELLED} else None,
        deposit_due_on=deposit_due_on(ended_on, settings.decoration_deposit_days)
        if ended_on is not None and decoration.holds_deposit
        else None,
        today=today,
    )


def _decoration(row: Sequence[Any]) -> Decoration:
    return Decoration(
        id=row[0],
        number=row[1],
        unit_id=row[2],
        house=row[3],
        applied_on=date.fromisoformat(row[4]),
        permitted_on=_day(row[5]),
        permitted_by=row[6],
        from_on=_day(row[7]),
        until_on=_day(row[8]),
        accepted_on=_day(row[9]),
        cancelled_on=_day(row[10]),
        applicant=row[11],
        company=row[12],
        foreman=row[13],
        phone=row[14],
        workers=row[15],
        scope=row[16],
        touches_structure=bool(row[17]),
        structure_consent=row[18],
        told=frozenset(row[19].split()),
        deposit_fen=row[20],
        deposit_note=row[21],
        deposit_returned_fen=row[22],
        deposit_returned_on=_day(row[23]),
        deduction_reason=row[24],
        outcome=row[25],
        note=row[26],
        taken_by=row[27],
        version=row[28],
    )


def _patrol(row: Sequence[Any]) -> Patrol:
    return Patrol(
        id=row[0],
        decoration_id=row[1],
        at=datetime.fromisoformat(row[2]),
        entered_at=datetime.fromisoformat(row[3]),
        patrolled_by=row[4],
        result=PatrolResult(row[5]),
        kind=FindingKind(row[6]) if row[6] else None,
        finding=row[7],
        due_on=_day(row[8]),
        rectified_on=_day(row[9]),
        ticket_id=row[10],
        ticket=row[11],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
