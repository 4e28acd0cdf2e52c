"""For whom a price is: all houses, a community, a building, as one choice."""

from propdesk.domain.tariffs import Tariff
from propdesk.i18n import _
from propdesk.services.queries.places import find_place
from propdesk.services.queries.units import list_buildings, list_communities
from ui.widgets.choices import Choice

_ALL, _COMMUNITY, _BUILDING = "", "c", "b"


def place_choices() -> list[Choice]:
    """Return whom a price may be for, the widest first."""
    communities = [
        Choice(f"{_COMMUNITY}{find_place(name)[0]}", name) for name in list_communities()
    ]
    several = len(communities) > 1
    words = _("{community} building {name}")
    buildings = [
        Choice(
            f"{_BUILDING}{key}",
            words.format(community=community if several else "", name=name).strip(),
        )
        for key, name, community in list_buildings()
    ]
    return [Choice(_ALL, _("all houses")), *communities, *buildings]


def place_key(tariff: Tariff) -> str:
    """Return the choice that a price is for."""
    if tariff.building_id is not None:
        return f"{_BUILDING}{tariff.building_id}"
    return _ALL if tariff.community_id is None else f"{_COMMUNITY}{tariff.community_id}"


def place_ids(key: str) -> tuple[int | None, int | None]:
    """Return community and building of a choice."""
    if key == _ALL:
        return None, None
    return (int(key[1:]), None) if key.startswith(_COMMUNITY) else (None, int(key[1:]))
