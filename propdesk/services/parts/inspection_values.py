"""The inspection figures as one JSON object: every name is stable, every figure is the paper's."""

from decimal import Decimal
from typing import Any

from propdesk.domain.inspection_report import (
    Found,
    InspectionFigures,
    TrendRow,
    Walked,
    WalkedRow,
)
from propdesk.domain.rates import Rate
from propdesk.domain.statutory_dates import StatutoryDate


def to_values(figures: InspectionFigures) -> dict[str, Any]:
    """Return the figures as values that JSON knows; a rate without denominator is null.

    The sums of `by_kind`, `by_plan` and `by_person` are those of `rounds`. Readings are given in
    their item's unit.
    """
    before = figures.previous
    return {
        "month": str(figures.month),
        "as_of": figures.as_of.isoformat(),
        "running": figures.is_running,
        "rounds": {**_walked(figures.walked), "called_off": figures.called_off},
        "rounds_last_month": None if before is None else _walked(before),
        "by_kind": [_row(row) for row in figures.by_kind],
        "by_plan": [_row(row) for row in figures.by_plan],
        "by_person": [_row(row) for row in figures.by_walker],
        "statutory": [
            {**_row(row), "source": row.source, "verified": row.verified}
            for row in figures.statutory
        ],
        "findings": {**_found(figures.found), "open_from_before": figures.open_before},
        "findings_last_month": _found(figures.found_before),
        "findings_by_kind": [
            {"kind": row.kind.value, **_found(row.found)} for row in figures.found_by_kind
        ],
        "needs_improvement": [
            {
                "what": row.text,
                "where": row.where,
                "times": row.times,
                "last_on": row.last_on.isoformat(),
                "open": row.is_open,
            }
            for row in figures.repeated
        ],
        "overdue_notices": [
            {
                "number": row.number,
                "addressee": row.addressee,
                "problem": row.problem,
                "deadline_on": row.deadline_on.isoformat(),
                "days_over": row.days_over,
            }
            for row in figures.overdue
        ],
        "faults": [
            {
                "thing": row.name,
                "tickets": row.tickets,
                "findings": row.findings,
                "faults": row.faults,
                "last_month": row.before,
                "days_between": row.days_between,
                "last_on": row.last_on.isoformat(),
            }
            for row in figures.faults
        ],
        "readings_out": [_trend(row) for row in figures.trends],
        "scores": [
            {
                "name": row.name,
                "sheets": row.sheets,
                "given": row.given,
                "full": row.full,
                "percent": _percent(row.rate),
                "percent_last_month": _percent(row.before),
            }
            for row in figures.scores
        ],
        "statutory_dates": [_date(one) for one in figures.duties],
        "contracts": [_date(one) for one in figures.contracts],
    }


def _walked(walked: Walked) -> dict[str, Any]:
    return {
        "planned": walked.planned,
        "in_time": walked.in_time,
        "late": walked.late,
        "missed": walked.missed,
        "not_due": walked.not_due,
        "made_up": walked.made_up,
        "items": walked.items,
        "abnormal": walked.abnormal,
        "percent": _percent(walked.done),
    }


def _row(row: WalkedRow) -> dict[str, Any]:
    return {
        "name": row.name,
        **_walked(row.walked),
        "percent_last_month": _percent(row.done_before),
    }


def _found(found: Found) -> dict[str, Any]:
    return {
        "new": found.new,
        "fixed_on_site": found.fixed_on_site,
        "rectified": found.rectified,
        "with_ticket": found.ticket,
        "with_notice": found.notice,
        "open": found.open,
        "no_fault": found.dropped,
        "percent": _percent(found.put_right),
        "median_days": found.median_days,
    }


def _trend(row: TrendRow) -> dict[str, Any]:
    def value(milli: int | None) -> float | None:
        return None if milli is None else float(Decimal(milli).scaleb(-3))

    return {
        "where": row.point,
        "item": row.item,
        "unit": row.unit,
        "readings": len(row.points),
        "out": row.out,
        "lower": value(row.lower_milli),
        "upper": value(row.upper_milli),
        "lowest": value(row.lowest_milli),
        "highest": value(row.highest_milli),
    }


def _date(one: StatutoryDate) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "subject": one.subject,
        "on": one.day.isoformat(),
        "days_left": one.days_left,
        "source": one.source,
        "verified": one.verified,
    }


def _percent(rate: Rate) -> float | None:
    value = rate.percent()
    return None if value is None else float(value)
