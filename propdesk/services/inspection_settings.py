"""Read and change the office's choices for inspections."""

from propdesk.domain.inspection_settings import InspectionSettings, check_inspection_settings
from propdesk.domain.staff import Right
from propdesk.services.parts.actors import actor
from propdesk.services.parts.inspection_settings import (
    load_inspection_settings,
    store_inspection_settings,
)
from propdesk.services.parts.writing import writing


def get_inspection_settings() -> InspectionSettings:
    """Return the office's choices for inspections."""
    return load_inspection_settings()


def save_inspection_settings(settings: InspectionSettings, *, by: int) -> InspectionSettings:
    """Store changed choices, or refuse with the one thing to change."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        checked = check_inspection_settings(settings)
        store_inspection_settings(checked)
        return checked
