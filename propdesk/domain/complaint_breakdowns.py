"""A month's complaints by sub-class, channel, building, hour, department, person; its gaps."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import accumulate

from propdesk.domain.classes import CLASS_NUMBERS, UNCLASSED
from propdesk.domain.complaint_book import last_answers, to_answers
from propdesk.domain.complaint_facts import (
    BuildingFact,
    ComplaintFact,
    JournalLine,
    ReportRules,
)
from propdesk.domain.complaint_rows import (
    BuildingRow,
    ChannelRow,
    DepartmentRow,
    HourTable,
    OpenRow,
    ParetoRow,
    PersonRow,
    QualityRow,
)
from propdesk.domain.complaint_stories import Move, Step
from propdesk.domain.tickets import Channel

# The bands of the day in which the desk is staffed differently: [from, to) in hours.
HOUR_BANDS = ((0, 8), (8, 10), (10, 12), (12, 14), (14, 16), (16, 18), (18, 20), (20, 24))
_BAND_OF_HOUR = [
    band for band, (start, end) in enumerate(HOUR_BANDS) for _hour in range(start, end)
]


def count_pareto(received: Iterable[Step]) -> tuple[ParetoRow, ...]:
    """Return the sub-classes by number, with what each and all before it come to.

    Unclassed complaints have no cause that could be ranked; they stay out.
    """
    count = Counter(step.ticket.class_code for step in received)
    count.pop(UNCLASSED, None)
    order = sorted(count.items(), key=lambda item: (-item[1], CLASS_NUMBERS[item[0]]))
    sums = accumulate(number for _code, number in order)
    return tuple(
        ParetoRow(code, number, total) for (code, number), total in zip(order, sums, strict=True)
    )


def count_channels(received: Iterable[Step]) -> tuple[ChannelRow, ...]:
    """Return the channels that were used, the busiest first."""
    count = Counter(step.ticket.channel for step in received)
    order = list(Channel)
    rows = [ChannelRow(channel, count[channel]) for channel in order if count[channel]]
    return tuple(sorted(rows, key=lambda row: (-row.count, order.index(row.channel))))


def count_buildings(
    received: Iterable[Step], buildings: Sequence[BuildingFact]
) -> tuple[BuildingRow, ...]:
    """Return every building in the given order, then common places where there were any."""
    count = Counter(step.ticket.building for step in received)
    rows = [BuildingRow(fact.label, count[fact.label], fact.households) for fact in buildings]
    known = {fact.label for fact in buildings}
    rows += [BuildingRow(label, n, 0) for label, n in count.items() if label and label not in known]
    if count[""]:
        rows.append(BuildingRow("", count[""], None))
    return tuple(rows)


def count_hours(received: Iterable[Step]) -> HourTable:
    """Return the table of weekday by band of the hour in which complaints were received."""
    cells = [[0] * len(HOUR_BANDS) for _day in range(7)]
    for step in received:
        at = step.ticket.received_at
        cells[at.weekday()][_BAND_OF_HOUR[at.hour]] += 1
    return HourTable(HOUR_BANDS, tuple(tuple(row) for row in cells))


def count_departments(
    steps: Sequence[Step], open_list: Iterable[OpenRow]
) -> tuple[DepartmentRow, ...]:
    """Return the departments by what they were given; what nobody was given stands last."""
    dispatched = Counter(
        department
        for _ticket, department in {
            (step.ticket.id, step.department) for step in steps if step.move is Move.DISPATCHED
        }
    )
    closed = Counter(step.department for step in steps if step.move is Move.CLOSED)
    rework = Counter(step.department for step in steps if step.move is Move.REWORKED)
    open_, overdue = Counter[str](), Counter[str]()
    for row in open_list:
        open_[row.department] += 1
        overdue[row.department] += row.overdue
    names = {*dispatched, *closed, *rework, *open_}
    return tuple(
        DepartmentRow(
            name=name,
            dispatched=dispatched[name],
            closed=closed[name],
            open=open_[name],
            overdue=overdue[name],
            rework=rework[name],
        )
        for name in sorted(names, key=lambda name: (not name, -dispatched[name], name))
    )


def count_persons(steps: Sequence[Step]) -> tuple[PersonRow, ...]:
    """Return the people at the desk and at work; name "" is where nobody is named."""
    received = [step for step in steps if step.move is Move.RECEIVED]
    taken = Counter(step.by for step in received)
    first = Counter(step.ticket.first_receiver for step in received)
    closed = Counter(step.ticket.handler for step in steps if step.move is Move.CLOSED)
    answers: defaultdict[str, list[Step]] = defaultdict(list)
    for step in last_answers(steps):
        answers[step.ticket.first_receiver].append(step)
    names = {*taken, *first, *closed, *answers}
    return tuple(
        PersonRow(name, taken[name], first[name], closed[name], to_answers(answers[name]))
        for name in sorted(names, key=lambda name: (not name, -taken[name], -closed[name], name))
    )


# What a received complaint may lack or carry, by the code under which the paper explains it.
_OF_RECEIVED: tuple[tuple[str, Callable[[ComplaintFact], bool]], ...] = (
    ("unclassed", lambda ticket: ticket.class_code == UNCLASSED),
    ("suggested", lambda ticket: ticket.class_suggested),
    ("no-house", lambda ticket: ticket.unit_id is None),
    ("no-reporter", lambda ticket: not ticket.reporter),
    ("needs-person", lambda ticket: ticket.needs_person),
    ("likely-duplicate", lambda ticket: ticket.likely_duplicate),
)
_OF_OPEN: tuple[tuple[str, Callable[[OpenRow], bool]], ...] = (
    ("no-limit", lambda row: not row.limited),
    ("no-handler", lambda row: not row.ticket.handler),
)


def count_quality(
    steps: Iterable[Step],
    open_list: Sequence[OpenRow],
    lines: Sequence[tuple[JournalLine, datetime]],
    rules: ReportRules,
) -> tuple[QualityRow, ...]:
    """Count what the data lacks, each against the cases that could lack it.

    `lines` are the month's journal lines, each with the moment at which it took effect.
    """
    steps = list(steps)
    received = [step.ticket for step in steps if step.move is Move.RECEIVED]
    closings = [step for step in steps if step.move is Move.CLOSED]
    late = sum(
        (line.entered_at - line.at).total_seconds() > rules.late_entry_hours * 3600
        for line, _moment in lines
    )
    return (
        *(QualityRow(code, sum(map(has, received)), len(received)) for code, has in _OF_RECEIVED),
        *(QualityRow(code, sum(map(has, open_list)), len(open_list)) for code, has in _OF_OPEN),
        QualityRow("no-answer", sum(step.answer is None for step in closings), len(closings)),
        QualityRow("late-entry", late, len(lines)),
        QualityRow("out-of-order", sum(line.at < at for line, at in lines), len(lines)),
    )
