"""Keep the ledger of equipment and the points of routes (R99)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from propdesk.domain.assets import Asset, AssetDraft, Point, PointDraft, check_point
from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.asset_rows import asset_columns, checked_asset, store_asset
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_numbers
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.assets import get_asset, get_point
from propdesk.storage.assets import AssetRecord, InspectionPointRecord
from propdesk.storage.database import rows

POINT_SERIES = "inspection-point"
_POINT_LETTERS = "P"


def add_asset(draft: AssetDraft, *, by: int, now: datetime) -> Asset:
    """Take a thing into the ledger; raises DraftError for what is wrong with it."""
    with writing():
        staff = actor(by, Right.PLAN_ROUNDS)
        draft = checked_asset(draft, None, now.date())
        return get_asset(store_asset(draft, staff_id=staff.id, now=now))


def change_asset(
    asset_id: int, draft: AssetDraft, *, version: int, by: int, now: datetime
) -> Asset:
    """Correct what the ledger says of a thing."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        record = _kept_asset(asset_id)
        check_version(record.version, version)
        draft = checked_asset(replace(draft, code=draft.code or record.code), asset_id, now.date())
        AssetRecord.update(**asset_columns(draft), version=AssetRecord.version + 1).where(
            AssetRecord.id == asset_id
        ).execute()
        return get_asset(asset_id)


def void_asset(asset_id: int, *, version: int, by: int, now: datetime) -> Asset:
    """Take a thing out that was entered by mistake; one with rounds or tickets is scrapped."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        record = _kept_asset(asset_id)
        check_version(record.version, version)
        if rows(
            "SELECT 1 FROM inspection_point WHERE asset_id = ? UNION ALL "
            "SELECT 1 FROM inspection_plan WHERE asset_id = ? UNION ALL "
            "SELECT 1 FROM ticket_asset WHERE asset_id = ? LIMIT 1",
            asset_id,
            asset_id,
            asset_id,
        ):
            raise RuleError(
                "asset-used",
                _("Points, plans or tickets name this thing. Say «scrapped» instead."),
            )
        # The number is free again.
        record.code = f"{record.code}~{record.id}"
        record.voided_at = local(now)
        record.version += 1
        record.save()
        return get_asset(asset_id)


def add_point(draft: PointDraft, *, by: int) -> Point:
    """Keep a point of routes; raises DraftError for what is wrong with it."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        draft = _checked_point(draft, None)
        return get_point(InspectionPointRecord.create(**_point_columns(draft)).id)


def change_point(point_id: int, draft: PointDraft, *, version: int, by: int) -> Point:
    """Correct what is said of a point."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        record = _kept_point(point_id)
        check_version(record.version, version)
        draft = _checked_point(replace(draft, code=draft.code or record.code), point_id)
        InspectionPointRecord.update(
            **_point_columns(draft), version=InspectionPointRecord.version + 1
        ).where(InspectionPointRecord.id == point_id).execute()
        return get_point(point_id)


def end_point(point_id: int, *, version: int, by: int, now: datetime) -> Point:
    """Take a point out of use; a plan that leads there is named."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        record = _kept_point(point_id)
        check_version(record.version, version)
        used = rows(
            "SELECT p.name FROM inspection_plan p JOIN plan_line l ON l.plan_id = p.id "
            "WHERE p.ended_at IS NULL AND l.point_id = ? LIMIT 1",
            point_id,
        )
        if used:
            raise RuleError(
                "point-used",
                _("The plan «{name}» leads to this point. Change the plan first.").format(
                    name=used[0][0]
                ),
            )
        record.ended_at = local(now)
        record.version += 1
        record.save()
        return get_point(point_id)


def _checked_point(draft: PointDraft, point_id: int | None) -> PointDraft:
    cleaned: dict[str, Any] = {
        field: clean_line(getattr(draft, field)) for field in ("name", "code", "floor", "area")
    }
    draft = replace(draft, **cleaned)
    refuse(check_point(draft))
    if not draft.code:
        draft = replace(draft, code=_free_point_code())
    other = InspectionPointRecord.get_or_none(InspectionPointRecord.code == draft.code)
    if other is not None and other.id != point_id:
        sentence = _("{code} is the number of «{name}» already.")
        refuse((Problem("code", sentence.format(code=draft.code, name=other.name)),))
    return draft


def _free_point_code() -> str:
    """Return the next number that nobody typed before."""
    while True:
        code = f"{_POINT_LETTERS}-{take_numbers(POINT_SERIES, '')[0]:02d}"
        if InspectionPointRecord.get_or_none(InspectionPointRecord.code == code) is None:
            return code


def _kept_asset(asset_id: int) -> AssetRecord:
    record = AssetRecord.get_or_none(AssetRecord.id == asset_id, AssetRecord.voided_at.is_null())
    if record is None:
        raise RuleError("asset-unknown", _("This thing is not in the ledger."))
    return record


def _kept_point(point_id: int) -> InspectionPointRecord:
    record = InspectionPointRecord.get_or_none(
        InspectionPointRecord.id == point_id, InspectionPointRecord.ended_at.is_null()
    )
    if record is None:
        raise RuleError("point-unknown", _("There is no such point."))
    return record


def _point_columns(draft: PointDraft) -> dict[str, Any]:
    return {
        "code": draft.code,
        "name": draft.name,
        "community": draft.community_id,
        "building": draft.building_id,
        "floor": draft.floor,
        "area": draft.area,
        "asset": draft.asset_id,
    }
