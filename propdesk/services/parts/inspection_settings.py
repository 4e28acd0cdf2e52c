"""Read and write the choices for inspections as rows of key and JSON value."""

import json
import logging
from dataclasses import fields, replace
from functools import lru_cache

from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_settings import InspectionSettings, check_inspection_settings
from propdesk.services.parts.settings import put
from propdesk.storage.database import rows

_PREFIX = "inspections."

_log = logging.getLogger(__name__)


def load_inspection_settings() -> InspectionSettings:
    """Return the choices; what was never set, or is unreadable, has its default."""
    return _read(tuple(rows("SELECT key, value FROM setting WHERE key GLOB ?", _PREFIX + "*")))


@lru_cache(maxsize=16)
def _read(stored: tuple[tuple[str, str], ...]) -> InspectionSettings:
    settings = InspectionSettings()
    kinds = {field.name: type(getattr(settings, field.name)) for field in fields(settings)}
    for key, text in stored:
        name = key.removeprefix(_PREFIX)
        try:
            value = json.loads(text)
            if type(value) is not kinds[name]:
                raise ValueError  # noqa: TRY301 - one way to the default
            settings = check_inspection_settings(replace(settings, **{name: value}))
        except (ValueError, KeyError, RecursionError, RuleError):
            # The row stays as it is until the settings are saved again (F64).
            _log.info("the inspection setting %s is unreadable and has its default", name)
    return settings


def store_inspection_settings(settings: InspectionSettings) -> None:
    """Store all choices; the caller holds the transaction."""
    for field in fields(settings):
        put(_PREFIX + field.name, getattr(settings, field.name))
