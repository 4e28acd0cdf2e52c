"""Count a month's complaint figures from tickets and their journals (R60, forms.md 5.5).

One pass reads every journal; all twelve months come from that pass.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.classes import CLASSES, SUBCLASSES, UNCLASSED, top_class
from propdesk.domain.complaint_breakdowns import (
    count_buildings,
    count_channels,
    count_departments,
    count_hours,
    count_pareto,
    count_persons,
    count_quality,
)
from propdesk.domain.complaint_facts import (
    ComplaintFact,
    ComplaintRecords,
    Contacts,
    ReportRules,
)
from propdesk.domain.complaint_figures import (
    Answers,
    Balance,
    ClassRow,
    ComplaintFigures,
    MonthPoint,
    MonthSummary,
    OpenRow,
    RepeatRow,
)
from propdesk.domain.complaint_stories import Move, State, Step, Story, read_stories
from propdesk.domain.key_figures import key_figures
from propdesk.domain.months import Month
from propdesk.domain.rates import Rate, Spread
from propdesk.domain.tickets import Satisfaction, is_overdue

CLASS_ORDER = (*CLASSES, UNCLASSED)
SERIES_MONTHS = 12
_STOCK_MOVES = (Move.RECEIVED, Move.REOPENED, Move.MOVED_IN, Move.CLOSED, Move.REMOVED)


def complaint_figures(
    records: ComplaintRecords, month: Month, *, now: datetime, rules: ReportRules | None = None
) -> ComplaintFigures:
    """Return all figures of `month`; `now` (local, without offset) decides whether it runs."""
    rules = rules or ReportRules()
    book = _Book.of(records, rules)
    is_running = now < month.end
    as_of = max(month.start, min(now, month.end)) if is_running else month.end
    summary = book.summary(month, as_of)
    previous = book.summary_if_any(month.previous)
    last_year = book.summary_if_any(month.last_year)
    open_list = book.open_list(month, as_of)
    steps = book.steps_of(month)
    received = [step for step in steps if step.move is Move.RECEIVED]
    by_class = book.by_class(month, as_of)
    return ComplaintFigures(
        month=month,
        as_of=as_of,
        is_running=is_running,
        has_records=book.first is not None and book.first < month.end,
        rules=rules,
        summary=summary,
        previous=previous,
        last_year=last_year,
        key_figures=key_figures(summary, previous, last_year),
        by_class=by_class,
        suggested=sum(row.suggested for row in by_class),
        series=book.series(month),
        pareto=count_pareto(received),
        channels=count_channels(received),
        buildings=count_buildings(received, records.buildings),
        households=records.households.get(month, 0),
        hours=count_hours(received),
        departments=count_departments(steps, open_list),
        persons=count_persons(steps),
        open_list=open_list,
        repeats=book.repeats(month),
        quality=count_quality(steps, open_list, book.lines_of(month), rules),
    )


def last_answers(steps: Iterable[Step]) -> list[Step]:
    """Return the last answer of each ticket and round among the given moves."""
    last = {(s.ticket.id, s.round): s for s in steps if s.move is Move.ANSWERED}
    return list(last.values())


def to_answers(steps: Iterable[Step]) -> Answers:
    """Count answers on the one scale of decision 14."""
    count = Counter(step.answer for step in steps)
    return Answers(
        count[Satisfaction.SATISFIED], count[Satisfaction.FAIR], count[Satisfaction.DISSATISFIED]
    )


@dataclass(frozen=True, slots=True)
class _Book:
    """The stories of all complaints, and their moves by month."""
