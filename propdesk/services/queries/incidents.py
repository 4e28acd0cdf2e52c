"""Incidents and clusters as the desk is shown them: what to offer, what to tell callers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from propdesk.domain.classes import UNCLASSED
from propdesk.domain.incidents import Cluster, Sighting, find_clusters
from propdesk.domain.suggestions import suggest_class
from propdesk.domain.tickets import Status, is_open
from propdesk.domain.units import building_name
from propdesk.services.parts import settings
from propdesk.services.parts.class_words import class_words
from propdesk.services.parts.incidents import APART_KEY
from propdesk.services.queries.ticket_lines import TicketLine, list_lines
from propdesk.storage.database import rows, stored_time


@dataclass(frozen=True, slots=True)
class ClusterFound:
    """Tickets of one class and building that may be one incident, the oldest first."""

    building_id: int
    building: str
    class_code: str
    tickets: tuple[TicketLine, ...]

    @property
    def open_ids(self) -> tuple[int, ...]:
        """The tickets that can still be answered together."""
        return tuple(one.id for one in self.tickets if is_open(one.status))


@dataclass(frozen=True, slots=True)
class Incident:
    """A master ticket: where, what callers are told, how many tickets belong to it.

    `buildings` are the ids of the buildings that it and its parts come from.
    """

    id: int
    number: str
    status: Status
    where: str
    matter: str
    class_code: str
    received_at: datetime
    tell_callers: str
    parts: int
    open_parts: int
    buildings: frozenset[int]

    def takes(self, building_id: int, class_code: str) -> bool:
        """Tell whether a matter of this class in this building probably belongs to it.

        A matter that nobody has classed may be anything, so it may be this.
        """
        return building_id in self.buildings and class_code in {self.class_code, UNCLASSED}


def list_clusters(*, now: datetime) -> tuple[ClusterFound, ...]:
    """Return the clusters of the last hours, the largest first (settings: how many, how long).

    Void, merged and foreign tickets do not count, nor what belongs to an incident or was said to
    stand apart. Where nobody has classed a ticket, the class that its words speak for is taken.
    A cluster of which fewer than two tickets are open needs no common answer any more.
    """
    office = settings.load_settings("cluster_*")
    span = timedelta(hours=office.cluster_hours)
    apart = set(settings.get(APART_KEY) or ())
    found = rows(
        "SELECT t.id, e.building_id, t.class_code, t.received_at, t.matter, t.text FROM ticket t "
        "JOIN unit u ON u.id = t.unit_id JOIN entrance e ON e.id = u.entrance_id "
        "WHERE t.received_at >= ? AND t.received_at <= ? AND t.master_id IS NULL "
        "AND t.is_master = 0 AND t.status NOT IN ('void', 'merged', 'not-ours')",
        stored_time(now - span),
        stored_time(now),
    )
    many = _buildings_with(office.cluster_tickets, (row[1] for row in found))
    sightings = [
        Sighting(id_, building, code, datetime.fromisoformat(received))
        for id_, building, class_code, received, matter, text in found
        if building in many and id_ not in apart
        for code in (likely_class(class_code, matter, text),)
        if code != UNCLASSED
    ]
    clusters = find_clusters(sightings, least=office.cluster_tickets, span=span)
    names = _building_names(one.building_id for one in clusters)
    shown = (_found(one, names[one.building_id]) for one in clusters)
    return tuple(one for one in shown if len(one.open_ids) > 1)


def _buildings_with(least: int, buildings: Iterable[int]) -> set[int]:
    """Return the buildings with enough tickets at all: the words of others need not be read."""
    counts: dict[int, int] = {}
    for building in buildings:
        counts[building] = counts.get(building, 0) + 1
    return {building for building, count in counts.items() if count >= least}


def _found(cluster: Cluster, building: str) -> ClusterFound:
    return ClusterFound(
        cluster.building_id, building, cluster.class_code, list_lines(cluster.ticket_ids)
    )


@lru_cache(maxsize=1000)
def likely_class(class_code: str, matter: str, text: str) -> str:
    """Return a matter's class, or the one that its words speak for where nobody has classed it."""
    if class_code != UNCLASSED:
        return class_code
    suggested = suggest_class(class_words(), matter, text)
    return suggested.class_code if suggested else UNCLASSED


def _building_names(building_ids: Iterable[int]) -> dict[int, str]:
    """Return buildings as the desk says them, with the community where there are several."""
    wanted = list(dict.fromkeys(building_ids))
    marks = ", ".join("?" * len(wanted))
    found = rows(
        "SELECT b.id, CASE WHEN (SELECT count(*) FROM community) > 1 THEN c.name || ' ' ELSE '' "
        "END, b.name FROM building b JOIN community c ON c.id = b.community_id "
        f"WHERE b.id IN ({marks})",
        *wanted,
    )
    return {row[0]: row[1] + building_name(row[2]) for row in found}


def building_of(unit_id: int) -> int:
    """Return the building that a house stands in."""
    found = rows(
        "SELECT e.building_id FROM unit u JOIN entrance e ON e.id = u.entrance_id WHERE u.id = ?",
        unit_id,
    )
    return int(found[0][0])


def building_words(unit_id: int) -> str:
    """Return the building that a house stands in, as the desk says it."""
    building = building_of(unit_id)
    return _building_names((building,))[building]


def list_incidents(*, with_ended: bool = False) -> tuple[Incident, ...]:
    """Return the open incidents, the newest first; `with_ended` adds those of the past."""
    condition = "t.is_master = 1" + ("" if with_ended else " AND t.is_open = 1")
    return _incidents(condition)


def find_incident(ticket_id: int) -> Incident | None:
    """Return the incident that a master ticket is, None for any other ticket."""
    found = _incidents("t.is_master = 1 AND t.id = ?", ticket_id)
    return found[0] if found else None


def list_incidents_at(unit_id: int) -> tuple[Incident, ...]:
    """Return the open incidents of the building that a house stands in."""
    building = building_of(unit_id)
    return tuple(one for one in list_incidents() if building in one.buildings)


def _incidents(condition: str, *values: object) -> tuple[Incident, ...]:
    found = rows(
        "SELECT t.id, t.number, t.status, coalesce(u.short, t.place), t.matter, t.class_code, "
        "t.received_at, t.tell_callers, "
        "(SELECT count(*) FROM ticket p WHERE p.master_id = t.id), "
        "(SELECT count(*) FROM ticket p WHERE p.master_id = t.id AND p.is_open = 1), "
        "(SELECT group_concat(DISTINCT e.building_id) FROM ticket p "
        " JOIN unit w ON w.id = p.unit_id JOIN entrance e ON e.id = w.entrance_id "
        " WHERE p.id = t.id OR p.master_id = t.id) "
        "FROM ticket t LEFT JOIN unit u ON u.id = t.unit_id "
        f"WHERE {condition} ORDER BY t.received_at DESC, t.id DESC",
        *values,
    )
    return tuple(
        Incident(
            id=row[0],
            number=row[1],
            status=Status(row[2]),
            where=row[3],
            matter=row[4],
            class_code=row[5],
            received_at=datetime.fromisoformat(row[6]),
            tell_callers=row[7],
            parts=row[8],
            open_parts=row[9],
            buildings=frozenset(map(int, row[10].split(","))) if row[10] else frozenset(),
        )
        for row in found
    )


def list_parts(master_id: int) -> tuple[TicketLine, ...]:
    """Return the tickets of an incident without the master, the oldest first."""
    found = rows("SELECT id FROM ticket WHERE master_id = ? ORDER BY received_at, id", master_id)
    return list_lines([row[0] for row in found])
