"""Templates of inspections to read: the office's own and those that the program ships."""

import json
from datetime import datetime
from functools import cache
from typing import Any

from propdesk import paths
from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind
from propdesk.domain.check_templates import Template, TemplateDraft
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.storage.database import rows

_TEMPLATES = (
    "SELECT t.id, t.code, t.name, t.kind, t.shipped, t.ended_at, t.version, v.id, v.number, "
    "v.entered_at FROM check_template t JOIN template_version v ON v.template_id = t.id "
)
_LATEST = "v.number = (SELECT max(number) FROM template_version WHERE template_id = t.id) "
_ITEMS = (
    "SELECT id, key, section, kind, name, standard, unit, lower_milli, upper_milli, digits, "
    "decimals, choices, in_order, photo, score, source, verified FROM check_item "
    "WHERE version_id = ? ORDER BY position"
)


def list_templates(*, with_ended: bool = False) -> list[Template]:
    """Return the office's templates by number, each in its latest version."""
    found = rows(f"{_TEMPLATES} WHERE {_LATEST} AND (? OR t.ended_at IS NULL) ORDER BY t.code",
                 with_ended)  # fmt: skip
    return [_template(row) for row in found]


def get_template(template_id: int) -> Template:
    """Return a template in its latest version; raises RuleError where there is none."""
    return _one(rows(f"{_TEMPLATES} WHERE {_LATEST} AND t.id = ?", template_id))


def find_template(code: str) -> Template:
    """Return the template with this number, in capitals or not; raises RuleError without one."""
    found = rows(f"{_TEMPLATES} WHERE {_LATEST} AND t.code = ? COLLATE NOCASE", code.strip())
    if not found:
        raise RuleError(
            "template-unknown",
            _("There is no template «{code}».").format(code=code.strip()[:40]),
        )
    return _template(found[0])


def get_version(version_id: int) -> Template:
    """Return a template as a version says it: a sheet keeps the one it was printed with."""
    return _one(rows(f"{_TEMPLATES} WHERE v.id = ?", version_id))


def list_versions(template_id: int) -> list[Template]:
    """Return all versions of a template, the latest first."""
    found = rows(f"{_TEMPLATES} WHERE t.id = ? ORDER BY v.number DESC", template_id)
    return [_template(row) for row in found]


@cache
def shipped_templates() -> tuple[TemplateDraft, ...]:
    """Return the program's own templates (law.md 1.9, R11, R67, R100) with their sources."""
    file = paths.resources() / "inspections" / "templates.json"
    stock = json.loads(file.read_text(encoding="utf-8"))["templates"]
    return tuple(_shipped(one) for one in stock)


def _shipped(stock: dict[str, Any]) -> TemplateDraft:
    items = tuple(
        CheckItem(
            key=item["key"],
            kind=ItemKind(item.get("kind", "tick")),
            name=item["name"],
            section=section["name"],
            standard=item.get("standard", ""),
            unit=item.get("unit", ""),
            lower_milli=_milli(item.get("lower")),
            upper_milli=_milli(item.get("upper")),
            digits=item.get("digits", 0),
            decimals=item.get("decimals", 0),
            choices=tuple(item.get("choices", ())),
            in_order=item.get("in_order", 1),
            photo=item.get("photo", False),
            score=item.get("score", 0),
            source=item.get("source", stock["source"]),
            verified=item.get("verified", stock["verified"]),
        )
        for section in stock["sections"]
        for item in section["items"]
    )
    return TemplateDraft(
        name=stock["name"],
        kind=InspectionKind(stock["kind"]),
        items=items,
        code=stock["code"],
        shipped=stock["key"],
    )


def _milli(value: float | None) -> int | None:
    return None if value is None else round(value * 1000)


def _one(found: list[tuple[Any, ...]]) -> Template:
    if not found:
        raise RuleError("template-unknown", _("There is no such template."))
    return _template(found[0])


def _template(row: tuple[Any, ...]) -> Template:
    template_id, code, name, kind, shipped, ended_at, version, version_id, number, at = row
    return Template(
        id=template_id,
        code=code,
        name=name,
        kind=InspectionKind(kind),
        shipped=shipped,
        ended_at=datetime.fromisoformat(ended_at) if ended_at else None,
        version=version,
        version_id=version_id,
        number=number,
        written_at=datetime.fromisoformat(at),
        items=tuple(_item(item) for item in rows(_ITEMS, version_id)),
    )


def _item(row: tuple[Any, ...]) -> CheckItem:
    (
        item_id, key, section, kind, name, standard, unit, lower, upper, digits, decimals, choices,
        in_order, photo, score, source, verified,
    ) = row  # fmt: skip
    return CheckItem(
        key=key,
        kind=ItemKind(kind),
        name=name,
        id=item_id,
        section=section,
        standard=standard,
        unit=unit,
        lower_milli=lower,
        upper_milli=upper,
        digits=digits,
        decimals=decimals,
        choices=tuple(json.loads(choices)),
        in_order=in_order,
        photo=bool(photo),
        score=score,
        source=source,
        verified=bool(verified),
    )
