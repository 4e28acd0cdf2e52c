"""The row of a thing in the ledger: checked, numbered, written; by hand and by import alike."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from propdesk.domain.assets import AssetDraft, check_asset
from propdesk.domain.errors import Problem
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_numbers
from propdesk.services.parts.writing import local
from propdesk.storage.assets import AssetRecord

SERIES = "asset"
_LETTERS = "SB"


def check_asset_draft(draft: AssetDraft, today: date) -> AssetDraft:
    """Return a draft clean; raises DraftError for what is wrong with it."""
    lines = ("name", "code", "maker", "model", "serial", "place", "licence_number")
    cleaned: dict[str, Any] = {field: clean_line(getattr(draft, field)) for field in lines}
    draft = replace(draft, **cleaned, note=clean_text(draft.note))
    refuse(check_asset(draft, today))
    return draft


def checked_asset(draft: AssetDraft, asset_id: int | None, today: date) -> AssetDraft:
    """Return a draft clean and with a number that no other thing has; raises DraftError."""
    draft = check_asset_draft(draft, today)
    if not draft.code:
        draft = replace(draft, code=_free_code())
    other = AssetRecord.get_or_none(AssetRecord.code == draft.code)
    if other is not None and other.id != asset_id:
        sentence = _("{code} is the number of «{name}» already.")
        refuse((Problem("code", sentence.format(code=draft.code, name=other.name)),))
    return draft


def store_asset(
    draft: AssetDraft, *, staff_id: int, now: datetime, import_id: int | None = None
) -> int:
    """Write the row of a checked draft and return its id."""
    record = AssetRecord.create(
        **asset_columns(draft), entered_at=local(now), staff=staff_id, import_id=import_id
    )
    return int(record.id)


def asset_columns(draft: AssetDraft) -> dict[str, Any]:
    """Return the columns of a draft."""
    return {
        "code": draft.code,
        "name": draft.name,
        "kind": draft.kind.value,
        "maker": draft.maker,
        "model": draft.model,
        "serial": draft.serial,
        "community": draft.community_id,
        "building": draft.building_id,
        "place": draft.place,
        "installed_on": draft.installed_on,
        "inspected_on": draft.inspected_on,
        "warranty_until": draft.warranty_until,
        "licence_number": draft.licence_number,
        "licence_until": draft.licence_until,
        "vendor": draft.vendor_id,
        "state": draft.state.value,
        "state_on": draft.state_on,
        "note": draft.note,
    }


def _free_code() -> str:
    """Return the next number that no thing has: people type numbers of their own too."""
    while True:
        code = f"{_LETTERS}{take_numbers(SERIES, '')[0]:03d}"
        if AssetRecord.get_or_none(AssetRecord.code == code) is None:
            return code
