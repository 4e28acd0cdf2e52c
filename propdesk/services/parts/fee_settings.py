"""Read and write the choices for fees as rows of key and JSON value."""

import json
import logging
from dataclasses import fields, replace
from functools import lru_cache

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_settings import FeeSettings, check_fee_settings
from propdesk.services.parts.settings import put
from propdesk.storage.database import rows

_PREFIX = "fees."

_log = logging.getLogger(__name__)


def load_fee_settings() -> FeeSettings:
    """Return the choices for fees; what was never set, or is unreadable, has its default."""
    return _read(tuple(rows("SELECT key, value FROM setting WHERE key GLOB ?", _PREFIX + "*")))


@lru_cache(maxsize=16)
def _read(stored: tuple[tuple[str, str], ...]) -> FeeSettings:
    kinds = {field.name: type(getattr(FeeSettings(), field.name)) for field in fields(FeeSettings)}
    settings = FeeSettings()
    for key, text in stored:
        name = key.removeprefix(_PREFIX)
        if name not in kinds:
            continue
        try:
            settings = check_fee_settings(
                replace(settings, **{name: kinds[name](json.loads(text))})
            )
        except (ValueError, TypeError, RecursionError, RuleError):
            # The row stays as it is until the settings are saved again (F64).
            _log.info("the fee setting %s is unreadable and has its default", name)
    return settings


def store_fee_settings(settings: FeeSettings) -> None:
    """Store all choices; the caller holds the transaction."""
    for field in fields(FeeSettings):
        value = getattr(settings, field.name)
        put(_PREFIX + field.name, value if isinstance(value, bool) else str(value))
