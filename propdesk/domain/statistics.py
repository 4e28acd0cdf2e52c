"""Count a month's complaint figures from tickets and their journals (R60, forms.md 5.5)."""

from datetime import datetime

from propdesk.domain.complaint_book import ComplaintBook
from propdesk.domain.complaint_breakdowns import (
    count_buildings,
    count_channels,
    count_departments,
    count_hours,
    count_pareto,
    count_persons,
    count_quality,
)
from propdesk.domain.complaint_facts import ComplaintRecords, ReportRules
from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.complaint_stories import Move
from propdesk.domain.key_figures import key_figures
from propdesk.domain.months import Month


def complaint_figures(
    records: ComplaintRecords, month: Month, *, now: datetime, rules: ReportRules | None = None
) -> ComplaintFigures:
    """Return all figures of `month`.

    `now` is local without offset; while it lies before the end of the month, the month runs and
    what is open or overdue is counted as of now. `rules` default to the seed's numbers.
    """
    rules = rules or ReportRules()
    book = ComplaintBook(records, rules, now)
    summary = book.summary(month)
    previous = book.summary_if_known(month.previous)
    last_year = book.summary_if_known(month.last_year)
    open_list = book.open_list(month)
    steps = book.steps_of(month)
    received = [step for step in steps if step.move is Move.RECEIVED]
    by_class = book.by_class(month)
    return ComplaintFigures(
        month=month,
        as_of=book.as_of(month),
        is_running=now < month.end,
        has_records=book.is_known(month),
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
