"""Read and write the office's settings as rows of key and JSON value."""

import json
import logging
from collections.abc import Mapping
from dataclasses import fields, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.papers import PaperLanguage, PaperSize
from propdesk.domain.settings import OfficeSettings, check_settings
from propdesk.domain.work_calendar import parse_hours, render_hours
from propdesk.storage.database import database, rows
from propdesk.storage.office import SettingRecord

_PREFIX = "office."

_log = logging.getLogger(__name__)


def _from_stored(name: str, value: Any, default: OfficeSettings) -> Any:
    usual = getattr(default, name)
    if isinstance(usual, Mapping):
        return {key: value.get(str(key), each) for key, each in usual.items()}
    if name in {"copy_names", "contact_reasons", "kept_fields", "masked_names_for"}:
        return tuple(value) if isinstance(value, list) else value
    if name == "week":
        return tuple(parse_hours(hours) for hours in value)
    if name == "paper_language":
        return PaperLanguage(value)
    return PaperSize(value) if name == "work_order_paper" else value


def _to_stored(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): each for key, each in value.items()}
    if isinstance(value, tuple):
        return [one if isinstance(one, str) else render_hours(one) for one in value]
    return value


def load_settings(only: str = "*") -> OfficeSettings:
    """Return the office's settings; what was never set, or is none of its kind, has its default.

    `only` names the one setting that is asked for: reading them all takes a millisecond.
    """
    return _read(tuple(rows("SELECT key, value FROM setting WHERE key GLOB ?", _PREFIX + only)))


@lru_cache(maxsize=64)
def _read(stored: tuple[tuple[str, str], ...]) -> OfficeSettings:
    """Return what these rows say; a command asks for the same ones many times over."""
    default = OfficeSettings()
    known = {field.name for field in fields(OfficeSettings)}
    read = {}
    for key, text in stored:
        name = key.removeprefix(_PREFIX)
        if name not in known:
            continue
        try:
            read[name] = _sound(name, json.loads(text), default)
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError, RuleError):
            # The row stays as it is until the settings are saved again (F64).
            _log.info("the setting %s is unreadable and has its default", name)
    return replace(default, **read)


def _sound(name: str, value: Any, default: OfficeSettings) -> Any:
    """Return a stored value that is one of its kind, or raise whatever shows that it is not."""
    read = _from_stored(name, value, default)
    if type(read) is not type(getattr(default, name)):
        raise TypeError(name)
    return getattr(check_settings(replace(default, **{name: read})), name)


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
