"""Read what the morning meeting speaks of: the open work, and the papers that are out."""

from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.day_lists import (
    DayGroup,
    DayJob,
    Pressure,
    check_day,
    group_jobs,
    pressure,
)
from propdesk.domain.tickets import URGENCY_LABELS, Status, Urgency
from propdesk.services.parts.writing import local
from propdesk.services.queries.papers import PaperRow, list_papers_out
from propdesk.services.queries.staff import list_departments
from propdesk.services.queries.tickets import TicketRow, list_soonest

_MOST = 5000
_URGENT = frozenset({Urgency.P0, Urgency.P1})


@dataclass(frozen=True, slots=True)
class DayList:
    """The list of a day; `papers` are the orders out, the oldest first."""

    on: date
    groups: tuple[DayGroup, ...]
    counts: dict[Pressure, int]
    papers: tuple[PaperRow, ...]

    @property
    def total(self) -> int:
        """How many jobs there are."""
        return sum(self.counts.values())


def get_day_list(on: date, *, now: datetime) -> DayList:
    """Return the work that is open now, seen from a day; what waits for a reply is desk work.

    Raises RuleError for a day that has passed.
    """
    check_day(on, now.date())
    here = local(now)
    found = [
        *list_soonest("to-dispatch", now=now, limit=_MOST),
        *list_soonest("in-work", now=now, limit=_MOST),
    ]
    jobs = [_job(row) for row in found]
    counts = dict.fromkeys(Pressure, 0)
    for job in jobs:
        counts[pressure(job, on, here)] += 1
    departments = [one.name for one in list_departments()]
    return DayList(
        on=on,
        groups=group_jobs(jobs, departments, on, here),
        counts=counts,
        papers=list_papers_out(now=now, limit=_MOST).rows,
    )


def _job(row: TicketRow) -> DayJob:
    return DayJob(
        number=row.number,
        received_at=row.received_at,
        where=row.where,
        reporter=row.reporter,
        matter=row.matter,
        department=row.department,
        worker="" if row.status is Status.RECEIVED else row.handler,
        status=row.status,
        urgency=str(URGENCY_LABELS[row.urgency]) if row.urgency in _URGENT else "",
        limit=row.next_due_at,
    )
