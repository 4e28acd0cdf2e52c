"""Communities and buildings by the names that people say, for what is done place by place."""

from dataclasses import dataclass

from propdesk.domain.errors import RuleError
from propdesk.domain.texts import fold
from propdesk.domain.units import building_name
from propdesk.i18n import _
from propdesk.services.queries.units import list_buildings
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class Place:
    """A community or a building, as the one who chooses a place reads it; neither is everywhere."""

    community_id: int | None
    building_id: int | None
    name: str


def list_places() -> tuple[Place, ...]:
    """Return the communities where there are several, and all buildings, in counting order."""
    communities = rows("SELECT id, name FROM community ORDER BY name")
    several = len(communities) > 1
    found = [Place(id_, None, name) for id_, name in communities] if several else []
    for id_, community, name in list_buildings():
        said = f"{community} {building_name(name)}" if several else building_name(name)
        found.append(Place(None, id_, said))
    return tuple(found)


def find_place(community: str = "", building: str = "") -> tuple[int | None, int | None]:
    """Return the ids of a community and a building that are named; None is all of them.

    With a building its community is not given, as the building alone says the place. Refuses names
    that are not there, and a building that several communities have.
    """
    communities = dict(rows("SELECT name, id FROM community ORDER BY name"))
    community_id = communities.get(community.strip())
    if community.strip() and community_id is None:
        raise RuleError(
            "community-unknown",
            _("There is no community «{name}»; there are {known}.").format(
                name=community[:40], known=", ".join(communities)
            ),
        )
    if not building.strip():
        return community_id, None
    there = rows(
        "SELECT b.id, b.name, c.name FROM building b JOIN community c ON c.id = b.community_id "
        "WHERE ? IS NULL OR c.id = ? ORDER BY c.name, b.id",
        community_id,
        community_id,
    )
    found = [row for row in there if fold(row[1]).upper() == fold(building.strip()).upper()]
    if not found:
        raise RuleError(
            "building-unknown",
            _("There is no building «{name}»; there are {known}.").format(
                name=building[:40], known=", ".join(dict.fromkeys(row[1] for row in there))
            ),
        )
    if len(found) > 1:
        raise RuleError(
            "building-ambiguous",
            _("Several communities have a building «{name}»; name the community: {known}.").format(
                name=building[:40], known=", ".join(row[2] for row in found)
            ),
        )
    return None, int(found[0][0])
