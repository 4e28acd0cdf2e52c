"""The ledger of equipment and the points of routes to read."""

import re
from datetime import date, datetime
from typing import Any

from propdesk.domain.asset_labels import LabelCode
from propdesk.domain.assets import Asset, AssetDraft, AssetKind, AssetState, Point, PointDraft
from propdesk.domain.attachments import Attachment
from propdesk.domain.errors import RuleError
from propdesk.domain.numbers import office_mark
from propdesk.domain.texts import elide, fold
from propdesk.domain.units import building_name
from propdesk.i18n import _
from propdesk.services.queries.attachments import to_attachment
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows

_ASSETS = (
    "SELECT a.id, a.name, a.kind, a.code, a.maker, a.model, a.serial, a.community_id, "
    "a.building_id, a.place, a.installed_on, a.inspected_on, a.warranty_until, a.licence_number, "
    "a.licence_until, a.vendor_id, a.state, a.state_on, a.note, coalesce(b.name, ''), "
    "coalesce(v.name, ''), "
    "(SELECT group_concat(p.code) FROM inspection_point p "
    " WHERE p.asset_id = a.id AND p.ended_at IS NULL), "
    "(SELECT count(*) FROM attachment f WHERE f.asset_id = a.id AND f.removed_at IS NULL), "
    "a.voided_at, a.version FROM asset a LEFT JOIN building b ON b.id = a.building_id "
    "LEFT JOIN vendor v ON v.id = a.vendor_id "
)
_POINTS = (
    "SELECT p.id, p.name, p.code, p.community_id, p.building_id, p.floor, p.area, p.asset_id, "
    "coalesce(b.name, ''), coalesce(a.name, ''), p.ended_at, p.version FROM inspection_point p "
    "LEFT JOIN building b ON b.id = p.building_id LEFT JOIN asset a ON a.id = p.asset_id "
)


def list_assets(
    *, kind: AssetKind | None = None, building_id: int | None = None, with_scrapped: bool = False
) -> list[Asset]:
    """Return the things of the ledger by number."""
    found = rows(
        f"{_ASSETS} WHERE a.voided_at IS NULL AND (? = '' OR a.kind = ?) "
        "AND (? IS NULL OR a.building_id = ?) AND (? OR a.state <> 'scrapped') ORDER BY a.code",
        kind or "",
        kind or "",
        building_id,
        building_id,
        with_scrapped,
    )
    return [_asset(row) for row in found]


def search_assets(words: str, *, limit: int = 12) -> list[Asset]:
    """Return things whose number, name, place or serial number holds all the words."""
    wanted = fold(words).split()
    found = [
        one
        for one in list_assets(with_scrapped=True)
        if all(word in search_text(one) for word in wanted)
    ]
    return found[:limit]


def search_text(one: Asset) -> str:
    """Return what a thing is found by."""
    draft = one.draft
    said = (draft.code, draft.name, one.where, draft.maker, draft.model, draft.serial)
    return fold(" ".join((*said, draft.licence_number, one.vendor, *one.points)))


def get_asset(asset_id: int) -> Asset:
    """Return a thing; raises RuleError where there is none."""
    return _one_asset(rows(f"{_ASSETS} WHERE a.id = ?", asset_id), str(asset_id))


def find_asset(code: str) -> Asset:
    """Return the thing with this number, in capitals or not; raises RuleError without one."""
    found = rows(f"{_ASSETS} WHERE a.code = ? AND a.voided_at IS NULL", code.strip())
    return _one_asset(found, code)


_FIGURES = re.compile(r"(-?\d+)")


def walking_order(one: Point) -> tuple[Any, ...]:
    """Return the key by which points stand as one walks: house by house, floor by floor.

    Figures count as figures: 10F comes behind 9F, P-100 behind P-20; cellars come first.
    """
    draft = one.draft
    return (draft.community_id or 0, *map(_natural, (one.where, draft.code)))


def _natural(words: str) -> list[tuple[int, int, str]]:
    cellar = re.compile(r"(?<![A-Za-z])[Bb](?=\d)")
    parts = _FIGURES.split(cellar.sub("-", words))
    return [(0, int(one), "") if _FIGURES.fullmatch(one) else (1, 0, one) for one in parts]


def find_labelled(label: LabelCode) -> Asset | Point:
    """Return the thing or point whose label was scanned; raises RuleError for no such one."""
    of_ours = label.mark == office_mark(rows("SELECT uid FROM office")[0][0])
    found: list[tuple[Any, ...]] = []
    if of_ours and label.is_point:
        found = rows(
            f"{_POINTS} WHERE (? <> '' AND replace(upper(p.code), '-', '') = ?) OR p.id = ? "
            "ORDER BY p.ended_at IS NOT NULL",
            label.code,
            label.code,
            label.id,
        )
    elif of_ours:
        found = rows(
            f"{_ASSETS} WHERE a.voided_at IS NULL AND "
            "((? <> '' AND replace(upper(a.code), '-', '') = ?) OR a.id = ?)",
            label.code,
            label.code,
            label.id,
        )
    if not found:
        raise RuleError(
            "label-unknown",
            _("This label is of nothing in the ledger any more; print its label anew."),
        )
    return _point(found[0]) if label.is_point else _asset(found[0])


def building_of_unit(unit_id: int) -> int | None:
    """Return the building of a house, whose things a ticket of it is likely about."""
    found = rows(
        "SELECT e.building_id FROM unit u JOIN entrance e ON e.id = u.entrance_id WHERE u.id = ?",
        unit_id,
    )
    return int(found[0][0]) if found else None


def find_asset_of_ticket(ticket_id: int) -> Asset | None:
    """Return the thing that a ticket is about, None where nobody said."""
    found = rows(
        f"{_ASSETS} JOIN ticket_asset t ON t.asset_id = a.id WHERE t.ticket_id = ?", ticket_id
    )
    return _asset(found[0]) if found else None


def list_asset_files(asset_id: int) -> tuple[Attachment, ...]:
    """Return the photos and documents of a thing in the order in which they were added."""
    found = AttachmentRecord.select().where(
        AttachmentRecord.asset == asset_id, AttachmentRecord.removed_at.is_null()
    )
    return tuple(map(to_attachment, found.order_by(AttachmentRecord.id)))


def list_points(*, with_ended: bool = False, building_id: int | None = None) -> list[Point]:
    """Return the points of routes by number."""
    found = rows(
        f"{_POINTS} WHERE (? OR p.ended_at IS NULL) AND (? IS NULL OR p.building_id = ?) "
        "ORDER BY p.code",
        with_ended,
        building_id,
        building_id,
    )
    return [_point(row) for row in found]


def get_point(point_id: int) -> Point:
    """Return a point; raises RuleError where there is none."""
    found = rows(f"{_POINTS} WHERE p.id = ?", point_id)
    if not found:
        raise RuleError("point-unknown", _("There is no such point."))
    return _point(found[0])


def find_point(code: str) -> Point:
    """Return the point with this number, in capitals or not; raises RuleError without one."""
    found = rows(f"{_POINTS} WHERE p.code = ? COLLATE NOCASE AND p.ended_at IS NULL", code.strip())
    if not found:
        raise RuleError(
            "point-unknown",
            _("There is no point «{code}».").format(code=elide(code.strip(), 40)),
        )
    return _point(found[0])


def _one_asset(found: list[tuple[Any, ...]], word: str) -> Asset:
    if not found:
        raise RuleError(
            "asset-unknown",
            _("«{code}» is not in the ledger of equipment.").format(code=elide(word.strip(), 40)),
        )
    return _asset(found[0])


def _asset(row: tuple[Any, ...]) -> Asset:
    (
        asset_id, name, kind, code, maker, model, serial, community_id, building_id, place,
        installed, inspected, warranty, licence, licence_until, vendor_id, state, state_on, note,
        building, vendor, points, files, voided_at, version,
    ) = row  # fmt: skip
    draft = AssetDraft(
        name=name,
        kind=AssetKind(kind),
        code=code,
        maker=maker,
        model=model,
        serial=serial,
        community_id=community_id,
        building_id=building_id,
        place=place,
        installed_on=_day(installed),
        inspected_on=_day(inspected),
        warranty_until=_day(warranty),
        licence_number=licence,
        licence_until=_day(licence_until),
        vendor_id=vendor_id,
        state=AssetState(state),
        state_on=_day(state_on),
        note=note,
    )
    return Asset(
        id=asset_id,
        draft=draft,
        where=_words(building, place),
        vendor=vendor,
        points=tuple(points.split(",")) if points else (),
        files=files,
        voided_at=_moment(voided_at),
        version=version,
    )


def _point(row: tuple[Any, ...]) -> Point:
    (
        point_id, name, code, community_id, building_id, floor, area, asset_id, building, asset,
        ended_at, version,
    ) = row  # fmt: skip
    draft = PointDraft(name, code, community_id, building_id, floor, area, asset_id)
    return Point(point_id, draft, _words(building, floor, area), asset, _moment(ended_at), version)


def _words(building: str, *rest: str) -> str:
    return " ".join(filter(None, (building and building_name(building), *rest)))


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
