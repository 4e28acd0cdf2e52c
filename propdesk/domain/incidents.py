"""Incidents: many tickets of one cause, handled as one (requirements: what we alone have, 9).

N tickets of one class in one building within some hours are a cluster: the desk is offered to make
one of them, or a new ticket, the master of the others. The office sets N and the hours.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems
from propdesk.domain.tickets import STATUS_LABELS, Status, is_open
from propdesk.i18n import _

# What a clerk can say on the phone in one breath or two.
LONGEST_TELL = 300


@dataclass(frozen=True, slots=True)
class Sighting:
    """A ticket of a class that was received from a building and belongs to no incident yet."""

    ticket_id: int
    building_id: int
    class_code: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Cluster:
    """Tickets that probably have one cause, the oldest first."""

    building_id: int
    class_code: str
    ticket_ids: tuple[int, ...]


def find_clusters(
    sightings: Iterable[Sighting], *, least: int, span: timedelta
) -> tuple[Cluster, ...]:
    """Return the clusters: at least `least` tickets of a class and building within `span`.

    The span ends with the newest of them and includes its first moment; the largest stands first.
    """
    groups: defaultdict[tuple[int, str], list[Sighting]] = defaultdict(list)
    for one in sightings:
        groups[one.building_id, one.class_code].append(one)
    found = []
    for (building_id, class_code), group in groups.items():
        group.sort(key=lambda one: (one.received_at, one.ticket_id))
        since = group[-1].received_at - span
        together = tuple(one.ticket_id for one in group if one.received_at >= since)
        if len(together) >= least:
            found.append(Cluster(building_id, class_code, together))
    return tuple(sorted(found, key=lambda one: (-len(one.ticket_ids), one.ticket_ids)))


def check_incident(number: str, *, is_master: bool) -> None:
    """Refuse what is no incident."""
    if not is_master:
        raise RuleError(
            "incident-unknown",
            _("{number} is no incident. Make it one first, or choose another.").format(
                number=number
            ),
        )


def check_master(number: str, status: Status, *, is_master: bool) -> None:
    """Refuse to attach tickets to what is no incident, or one that has ended."""
    check_incident(number, is_master=is_master)
    if not is_open(status):
        raise RuleError(
            "incident-ended",
            _("The incident {number} has ended ({status}). Reopen it, or make a new one.").format(
                number=number, status=STATUS_LABELS[status]
            ),
        )


def check_part(number: str, status: Status, *, is_master: bool, master: str) -> None:
    """Refuse a ticket that cannot become part of an incident; `master` is where it is already."""
    if not is_open(status):
        raise RuleError(
            "part-ended",
            _("{number} has ended ({status}) and needs no incident any more. Leave it out.").format(
                number=number, status=STATUS_LABELS[status]
            ),
        )
    if is_master:
        raise RuleError(
            "part-is-incident",
            _("{number} is an incident itself. Attach its tickets one by one, or merge it.").format(
                number=number
            ),
        )
    if master:
        raise RuleError(
            "part-elsewhere",
            _("{number} belongs to the incident {master} already. Detach it there first.").format(
                number=number, master=master
            ),
        )


def check_tell(text: str) -> Problems:
    """Return what is wrong with the text that callers are told."""
    if len(text) <= LONGEST_TELL:
        return ()
    sentence = _("At most {longest} characters: what can be said on the phone.")
    return (Problem("tell_callers", sentence.format(longest=LONGEST_TELL)),)
