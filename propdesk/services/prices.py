"""Keep the price list of paid work (明码标价, R97)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.errors import RuleError
from propdesk.domain.imports import Columns, columns_missing, headings_of, recognise_columns
from propdesk.domain.price_lists import PRICE_FIELDS, PriceProblem, read_prices
from propdesk.domain.prices import PriceDraft, PriceItem, check_price, clean_price
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.line_problems import name_lines
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.prices import get_price
from propdesk.sheets.reading import read_table
from propdesk.storage.database import rows
from propdesk.storage.prices import PriceItemRecord


@dataclass(frozen=True, slots=True)
class PricesTaken:
    """What came of a workbook: how many prices are new, other than before, and as before."""

    added: int
    changed: int
    unchanged: int


def add_price(draft: PriceDraft, *, by: int, now: datetime) -> PriceItem:
    """Add a line to the price list; without a number it gets the next free one."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        return get_price(_add(_checked(draft), now).id)


def change_price(
    item_id: int, draft: PriceDraft, *, version: int, by: int, now: datetime, active: bool = True
) -> PriceItem:
    """Change a line, or take it off the list; what was charged by it stays as it was."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        draft = _checked(draft)
        record = PriceItemRecord.get_or_none(PriceItemRecord.id == item_id)
        if record is None:
            return get_price(item_id)
        check_version(record.version, version)
        _change(record, draft, now, active=active)
        return get_price(item_id)


def import_prices(path: Path, *, by: int, now: datetime) -> PricesTaken:
    """Take in the price list of a workbook, all lines or none.

    A line is known by its number, or without one by name and specification; what the file does not
    name stays as it is.
    """
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        table = read_table(path, wanted=headings_of(PRICE_FIELDS))
        mapping = recognise_columns(table.header, PRICE_FIELDS)
        missing = [
            field for field in PRICE_FIELDS if field.name in {"name", "price"} - set(mapping)
        ]
        if missing:
            raise columns_missing(missing, table.header)
        lines = ((row.line, row.values) for row in table.rows)
        drafts, problems = read_prices(lines, Columns(mapping, table.header))
        if problems or not drafts:
            raise _refused(path, problems)
        return _take(drafts, now, mapping)


def _take(
    drafts: Sequence[PriceDraft], now: datetime, mapping: Mapping[str, object]
) -> PricesTaken:
    known = list(PriceItemRecord.select())
    by_code = {record.code: record for record in known}
    by_name = {(record.name, record.spec): record for record in known}
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for draft in drafts:
        record = by_code.get(draft.code) if draft.code else by_name.get((draft.name, draft.spec))
        if record is None:
            _add(draft, now)
            counts["added"] += 1
        else:
            # A column that the file does not have says nothing about it.
            said = {name for name in mapping if name != "code"}
            is_changed = _change(record, draft, now, active=True, said=said)
            counts["changed" if is_changed else "unchanged"] += 1
    return PricesTaken(**counts)


def _checked(draft: PriceDraft) -> PriceDraft:
    draft = clean_price(draft)
    refuse(check_price(draft))
    return draft


def _add(draft: PriceDraft, now: datetime) -> PriceItemRecord:
    code = draft.code or _next_code()
    _check_free(code, None)
    return PriceItemRecord.create(
        code=code,
        kind=draft.kind.value,
        name=draft.name,
        spec=draft.spec,
        unit=draft.unit,
        price_fen=draft.price_fen,
        note=draft.note,
        since=local(now).date(),
    )


def _change(
    record: PriceItemRecord,
    draft: PriceDraft,
    now: datetime,
    *,
    active: bool,
    said: set[str] | None = None,
) -> bool:
    """Store what is other than before; tell whether anything was."""
    wanted: dict[str, object] = {
        "kind": draft.kind.value,
        "name": draft.name,
        "spec": draft.spec,
        "unit": draft.unit,
        "price_fen": draft.price_fen,
        "note": draft.note,
    }
    if said is not None:
        named = {"price_fen" if name == "price" else name for name in said}
        wanted = {name: value for name, value in wanted.items() if name in named}
    if draft.code and draft.code != record.code:
        _check_free(draft.code, record.id)
        wanted["code"] = draft.code
    wanted["active"] = active
    changed = {name for name, value in wanted.items() if getattr(record, name) != value}
    if not changed:
        return False
    for name in changed:
        setattr(record, name, wanted[name])
    if "price_fen" in changed:
        record.since = local(now).date()
    record.version += 1
    record.save()
    return True


def _check_free(code: str, item_id: int | None) -> None:
    taken = rows("SELECT name FROM price_item WHERE code = ? AND id IS NOT ?", code, item_id)
    if taken:
        raise RuleError(
            "price-exists",
            _("The number {code} is that of «{name}» already; choose another one.").format(
                code=code, name=taken[0][0]
            ),
        )


def _next_code() -> str:
    highest = rows("SELECT coalesce(max(CAST(code AS INTEGER)), 0) FROM price_item")[0][0]
    return f"{int(highest) + 1:03d}"


def _refused(path: Path, problems: tuple[PriceProblem, ...]) -> RuleError:
    if not problems:
        return RuleError(
            "prices-empty",
            _("{file} names no price. Write one a line: name, unit, price.").format(file=path.name),
        )
    return RuleError(
        "prices-not-understood",
        _("Nothing was imported from {file}. Correct these lines: {lines}").format(
            file=path.name, lines=name_lines(problems)
        ),
    )
