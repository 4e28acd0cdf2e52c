"""Read and change the office's settings."""

from propdesk.domain.settings import OfficeSettings, check_settings
from propdesk.domain.staff import Right
from propdesk.services.parts import settings as stored
from propdesk.services.parts.actors import actor
from propdesk.services.parts.writing import writing


def get_settings() -> OfficeSettings:
    """Return the office's settings."""
    return stored.load_settings()


def save_settings(settings: OfficeSettings, *, by: int) -> OfficeSettings:
    """Store changed settings, or refuse with the one thing to change."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        checked = check_settings(settings)
        stored.store_settings(checked)
        return checked
