"""The day list for the morning meeting (派工清单): who has what to do, the most urgent first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.errors import RuleError
from propdesk.domain.tickets import Status
from propdesk.i18n import _


class Pressure(StrEnum):
    """How urgent a line is on the day of the list, the most urgent first."""

    OVERDUE = "overdue"
    DUE = "due"
    LATER = "later"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DayJob:
    """An open ticket as the meeting speaks of it.

    `limit` is when the next thing is due, None where nothing is or the ticket waits.
    """

    number: str
    received_at: datetime
    where: str
    reporter: str
    matter: str
    department: str
    worker: str
    status: Status
    urgency: str
    limit: datetime | None


@dataclass(frozen=True, slots=True)
class DayGroup:
    """The jobs of one department, or those that nobody has yet (`department` is empty)."""

    department: str
    jobs: tuple[DayJob, ...]


def check_day(on: date, today: date) -> None:
    """Refuse a day that has passed: what was to do then nobody can tell any more."""
    if on < today:
        raise RuleError(
            "day-list-past",
            _("{day} has passed. The list is printed for today or for a day to come.").format(
                day=on
            ),
        )


def pressure(job: DayJob, on: date, now: datetime) -> Pressure:
    """Return how urgent a job is on the day of the list; `now` is local without offset."""
    if job.limit is None:
        return Pressure.NONE
    if job.limit < now or job.limit.date() < on:
        return Pressure.OVERDUE
    return Pressure.DUE if job.limit.date() == on else Pressure.LATER


def group_jobs(
    jobs: Iterable[DayJob], departments: Sequence[str], on: date, now: datetime
) -> tuple[DayGroup, ...]:
    """Return the jobs by department in the office's order, those that nobody has yet first.

    Within a department they stand by worker, and each worker's by what is overdue, due that day,
    due later, and then by what was received first.
    """
    ranks = {name: rank for rank, name in enumerate(departments, start=1)}
    order = list(Pressure)

    def key(job: DayJob) -> tuple[object, ...]:
        return (
            job.worker == "",
            job.worker,
            order.index(pressure(job, on, now)),
            job.limit or datetime.max,
            job.received_at,
            job.number,
        )

    groups: dict[str, list[DayJob]] = {}
    for job in jobs:
        groups.setdefault(_department(job), []).append(job)
    names = sorted(groups, key=lambda name: (ranks.get(name, len(ranks) + 1) if name else 0, name))
    return tuple(DayGroup(name, tuple(sorted(groups[name], key=key))) for name in names)


def _department(job: DayJob) -> str:
    return "" if job.status is Status.RECEIVED else job.department or job.worker
