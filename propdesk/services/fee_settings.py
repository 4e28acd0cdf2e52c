"""Read and change what stands on fee papers."""

from propdesk.domain.fee_settings import FeeSettings, check_fee_settings
from propdesk.domain.staff import Right
from propdesk.services.parts.actors import actor
from propdesk.services.parts.fee_settings import load_fee_settings, store_fee_settings
from propdesk.services.parts.writing import writing


def get_fee_settings() -> FeeSettings:
    """Return the office's choices for fees."""
    return load_fee_settings()


def save_fee_settings(settings: FeeSettings, *, by: int) -> FeeSettings:
    """Store changed choices, or refuse with the one thing to change."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        checked = check_fee_settings(settings)
        store_fee_settings(checked)
        return checked
