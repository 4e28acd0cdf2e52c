"""Inspection sheets to read: their places with items and limits, and what was entered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from propdesk.domain.check_items import CheckItem, Verdict
from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_results import Answer, Sheet, SheetPlace, SheetRound
from propdesk.domain.numbers import number_forms, office_mark, read_qr
from propdesk.domain.sheet_codes import read_sheet_digits, sheet_number
from propdesk.domain.texts import elide
from propdesk.domain.units import building_name
from propdesk.i18n import _
from propdesk.services.queries.check_templates import get_version
from propdesk.storage.database import rows

_SHEETS = (
    "SELECT s.id, s.number, s.plan_id, p.name, s.planned_on, s.walker, s.weather, s.made_at, "
    "s.printed_at, s.prints, s.entered_at, s.voided_at, s.version "
    "FROM inspection_sheet s JOIN inspection_plan p ON p.id = s.plan_id "
)
_PLACES = (
    "SELECT l.position, coalesce(t.code, u.short), coalesce(t.name, u.short), "
    "coalesce(b.name, ''), coalesce(t.floor, ''), coalesce(t.area, ''), "
    "l.point_id, l.unit_id, t.asset_id, v.template_id, l.version_id, l.limits "
    "FROM sheet_line l JOIN template_version v ON v.id = l.version_id "
    "LEFT JOIN inspection_point t ON t.id = l.point_id "
    "LEFT JOIN unit u ON u.id = l.unit_id "
    "LEFT JOIN building b ON b.id = t.building_id "
    "WHERE l.sheet_id = ? ORDER BY l.position"
)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """A result that stands: what was seen, when and who typed it; `is_correction` of another."""

    id: int
    answer: Answer
    performed_at: datetime
    entered_at: datetime
    by: str
    is_correction: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet for lists: printed and not yet entered, or entered in part."""

    number: str
    title: str
    day: date
    walker: str
    items: int
    filled: int
    printed_at: datetime | None
    entered_at: datetime | None


def get_sheet(number: str) -> Sheet:
    """Return a sheet by its number or its scanned digits; raises RuleError without one."""
    found = [row for form in _forms(number) for row in rows(f"{_SHEETS} WHERE s.number = ?", form)]
    if not found:
        raise RuleError(
            "sheet-unknown",
            _("There is no inspection sheet «{number}».").format(number=elide(number, 40)),
        )
    return _sheet(found[0])


def list_sheets_out(*, limit: int = 200) -> list[SheetLine]:
    """Return the sheets that were made and are not entered yet, the oldest first.

    One whose rounds were called off is waited for by nobody.
    """
    found = rows(
        "SELECT s.number, p.name, s.planned_on, s.walker, sum(r.items), sum(r.filled), "
        "s.printed_at, s.entered_at FROM inspection_sheet s "
        "JOIN inspection_plan p ON p.id = s.plan_id "
        "JOIN inspection_round r ON r.sheet_id = s.id "
        "WHERE s.entered_at IS NULL AND s.voided_at IS NULL GROUP BY s.id "
        "HAVING sum(r.state IN ('planned', 'running')) ORDER BY s.planned_on, s.number LIMIT ?",
        limit,
    )
    return [
        SheetLine(
            number, title, date.fromisoformat(day), walker, items, filled,
            _moment(printed), _moment(entered),
        )
        for number, title, day, walker, items, filled, printed, entered in found
    ]  # fmt: skip


def list_answers(sheet_id: int) -> list[KeptAnswer]:
    """Return the results of a sheet that stand, corrections in the place of what they replace."""
    found = rows(
        "SELECT x.id, x.round_id, x.position, x.item_id, x.verdict, x.value_milli, x.words, "
        "x.score, x.note, x.photos, x.reason, f.state = 'fixed-on-site', x.performed_at, "
        "x.entered_at, s.name, x.replaces_id IS NOT NULL FROM inspection_round r "
        "JOIN inspection_result x ON x.round_id = r.id JOIN staff s ON s.id = x.staff_id "
        "LEFT JOIN finding f ON f.result_id = x.id "
        "WHERE r.sheet_id = ? "
        "AND NOT EXISTS (SELECT 1 FROM inspection_result n WHERE n.replaces_id = x.id) "
        "ORDER BY x.round_id, x.position, x.item_id",
        sheet_id,
    )
    return [
        KeptAnswer(
            id=row[0],
            answer=Answer(
                round_id=row[1],
                position=row[2],
                item_id=row[3],
                verdict=Verdict(row[4]),
                value_milli=row[5],
                words=row[6],
                score=row[7],
                note=row[8],
                photos=row[9],
                reason=row[10],
                fixed=bool(row[11]),
            ),
            performed_at=datetime.fromisoformat(row[12]),
            entered_at=datetime.fromisoformat(row[13]),
            by=row[14],
            is_correction=bool(row[15]),
        )
        for row in found
    ]


def _forms(typed: str) -> Sequence[str]:
    code, qr = read_sheet_digits(typed.strip()), read_qr(typed)
    mark = code.mark if code else qr.mark if qr else 0
    if mark and mark != office_mark(rows("SELECT uid FROM office")[0][0]):
        raise RuleError("sheet-foreign", _("This sheet is of another office."))
    if code is None:
        return number_forms(qr.compact if qr else typed)
    ends = sheet_number("%", code.month, code.sequence)
    return [number for (number,) in rows(
        "SELECT number FROM inspection_sheet WHERE number LIKE ?", ends
    )]  # fmt: skip


def _sheet(row: tuple[Any, ...]) -> Sheet:
    (sheet_id, number, plan_id, title, day, walker, weather, made_at, printed_at, prints,
     entered_at, voided_at, version) = row  # fmt: skip
    return Sheet(
        id=sheet_id,
        number=number,
        plan_id=plan_id,
        title=title,
        day=date.fromisoformat(day),
        walker=walker,
        weather=weather,
        places=tuple(_place(place) for place in rows(_PLACES, sheet_id)),
        rounds=tuple(_round(one) for one in rows(
            "SELECT id, planned_time, state = 'done', walker, started_at, done_at, version "
            "FROM inspection_round WHERE sheet_id = ? ORDER BY planned_time, id",
            sheet_id,
        )),
        made_at=datetime.fromisoformat(made_at),
        printed_at=_moment(printed_at),
        prints=prints,
        entered_at=_moment(entered_at),
        voided_at=_moment(voided_at),
        version=version,
    )  # fmt: skip


def _round(row: tuple[Any, ...]) -> SheetRound:
    round_id, clock, is_done, walker, started_at, done_at, version = row
    return SheetRound(
        round_id, clock, bool(is_done), walker, _moment(started_at), _moment(done_at), version
    )


def _place(row: tuple[Any, ...]) -> SheetPlace:
    (
        position,
        code,
        name,
        building,
        floor,
        area,
        point_id,
        unit_id,
        asset_id,
        template_id,
        version_id,
        limits,
    ) = row
    # What held there when the sheet was made: a later change leaves the paper what it is.
    own = {key: (lower, upper) for key, (lower, upper) in json.loads(limits).items()}
    return SheetPlace(
        position=position,
        code=code,
        name=name,
        where=" ".join(filter(None, (building and building_name(building), floor, area))),
        point_id=point_id,
        unit_id=unit_id,
        asset_id=asset_id,
        template_id=template_id,
        items=tuple(_limited(item, own) for item in get_version(version_id).items),
    )


def _limited(item: CheckItem, limits: dict[str, tuple[int | None, int | None]]) -> CheckItem:
    if item.key not in limits:
        return item
    lower, upper = limits[item.key]
    return replace(item, lower_milli=lower, upper_milli=upper)


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
