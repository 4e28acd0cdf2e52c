"""The places with rules of their own, as a list to choose from: provinces with their cities."""

from collections.abc import Sequence

from propdesk.domain.fee_rules import Place
from propdesk.i18n import _
from ui.widgets.choices import Choice

COUNTRY = ""


def place_choices(places: Sequence[Place]) -> list[Choice]:
    """Return the whole country, then each province with its cities below it."""
    found = [Choice(COUNTRY, _("whole country"))]
    for province in (place for place in places if not place.within):
        found.append(Choice(province.code, province.name))
        found += [
            Choice(city.code, f"{province.name} {city.name}")
            for city in places
            if city.within == province.code
        ]
    return found
