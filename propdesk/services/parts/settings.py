"""Read and write the office's settings as rows of key and JSON value."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any

from propdesk.domain.papers import PaperLanguage, PaperSize
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.tickets import Kind
from propdesk.storage.database import database
from propdesk.storage.office import SettingRecord

_PREFIX = "office."


def _from_stored(name: str, value: Any, default: OfficeSettings) -> Any:
    if name == "number_letters":
        return {kind: value.get(kind.value, default.number_letters[kind]) for kind in Kind}
    if name == "copy_names":
        return tuple(value)
    if name == "paper_language":
        return PaperLanguage(value)
    return PaperSize(value) if name == "work_order_paper" else value


def _to_stored(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): text for key, text in value.items()}
    return list(value) if isinstance(value, tuple) else value


def load_settings() -> OfficeSettings:
    """Return the office's settings; what was never set has its default."""
    default = OfficeSettings()
    known = {field.name for field in fields(OfficeSettings)}
    stored = {
        row.key.removeprefix(_PREFIX): row.value
        for row in SettingRecord.select().where(SettingRecord.key.startswith(_PREFIX))
    }
    return OfficeSettings(
        **{
            name: _from_stored(name, value, default)
            for name, value in stored.items()
            if name in known
        }
    )


def store_settings(settings: OfficeSettings) -> None:
    """Store all settings; the caller holds the transaction."""
    for field in fields(OfficeSettings):
        put(_PREFIX + field.name, _to_stored(getattr(settings, field.name)))


def put(key: str, value: Any) -> None:
    """Store one value under a key."""
    SettingRecord.insert(key=key, value=value).on_conflict_replace().execute()


def get(key: str) -> Any:
    """Return the value under a key, or None."""
    row = SettingRecord.get_or_none(SettingRecord.key == key)
    return None if row is None else row.value


def forget(key: str) -> None:
    """Remove a key."""
    database.execute_sql("DELETE FROM setting WHERE key = ?", (key,))
