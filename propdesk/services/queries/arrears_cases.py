"""The case of a house in arrears: reason, hold, legal state, what holds it, its history."""

from datetime import date

from propdesk.domain.arrears_cases import ArrearsCase
from propdesk.services.parts.arrears_cases import load_case
from propdesk.services.queries.units import get_unit


def get_case(unit_id: int, today: date) -> ArrearsCase:
    """Return the case of a house as it stands today; a hold whose day has passed is none."""
    return load_case(get_unit(unit_id).id, today)
