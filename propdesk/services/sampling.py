"""Change how many of a hundred callers are asked afterwards (decision 28)."""

from dataclasses import replace

from propdesk.domain.sampling import check_percents, find_row
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right
from propdesk.services.parts.actors import actor
from propdesk.services.parts.settings import load_settings, store_settings
from propdesk.services.parts.writing import writing


def set_sampling(code: str, percent: int, *, by: int) -> OfficeSettings:
    """Set the share of a row; what was drawn before stands."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        settings = load_settings()
        percents = {**settings.follow_up_percents, find_row(code).code: percent}
        check_percents(percents)
        changed = replace(settings, follow_up_percents=percents)
        store_settings(changed)
        return changed
