"""The complaint figures as one JSON object: every name is stable, every figure is the paper's."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from propdesk.domain.complaint_book import CLASS_ORDER
from propdesk.domain.complaint_figures import ComplaintFigures, KeyFigure
from propdesk.domain.complaint_rows import Answers, Balance, ClassRow, OpenRow, RepeatRow


def to_values(figures: ComplaintFigures) -> dict[str, Any]:
    """Return the figures as values that JSON knows; a rate that has no denominator is null.

    `by_class` holds the four classes and `unclassed`, whose sums are the month's; sub-classes stand
    inside their class.
    """
    return {
        "month": str(figures.month),
        "as_of": figures.as_of.isoformat(),
        "running": figures.is_running,
        **_balance(figures.balance),
        "overdue": figures.summary.overdue,
        "without_limit": figures.summary.without_limit,
        "suggested": figures.suggested,
        "households": figures.households,
        "by_class": [_class_row(row) for row in figures.by_class],
        "key_figures": [_key_figure(row) for row in figures.key_figures],
        "satisfaction": _answers(figures.summary.answers),
        "months": [
            {
                "month": str(point.month),
                **_balance(point.balance),
                "by_class": dict(zip(CLASS_ORDER, point.received_by_class, strict=True)),
            }
            for point in figures.series
        ],
        "pareto": [
            {"class": row.code, "count": row.count, "cumulative": row.cumulative}
            for row in figures.pareto
        ],
        "channels": [
            {"channel": row.channel.value, "count": row.count} for row in figures.channels
        ],
        "buildings": [
            {
                "building": row.label,
                "count": row.count,
                "households": row.households,
                "per_hundred": _number(row.per_hundred),
            }
            for row in figures.buildings
        ],
        "hours": {
            "bands": [list(band) for band in figures.hours.bands],
            "cells": [list(row) for row in figures.hours.cells],
        },
        "departments": [asdict(row) for row in figures.departments],
        "persons": [
            {
                "name": row.name,
                "taken": row.taken,
                "first_contact": row.first_contact,
                "closed": row.closed,
                "answers": _answers(row.answers),
            }
            for row in figures.persons
        ],
        "repeats": [_repeat(row) for row in figures.repeats],
        "open_list": [_open(row) for row in figures.open_list],
        "quality": [asdict(row) for row in figures.quality],
    }


def _balance(balance: Balance) -> dict[str, int]:
    return {
        "carried_over": balance.carried_over,
        "received": balance.received,
        "reopened": balance.reopened,
        "moved_in": balance.moved_in,
        "removed": balance.removed,
        "closed": balance.closed,
        "open": balance.open,
    }


def _answers(answers: Answers) -> dict[str, int]:
    return asdict(answers)


def _class_row(row: ClassRow) -> dict[str, Any]:
    values: dict[str, Any] = {
        "class": row.code,
        **_balance(row.balance),
        "overdue": row.overdue,
        "suggested": row.suggested,
        "previous": row.previous,
        "change": row.change,
        "last_year": row.last_year,
        "year_change": row.year_change,
        "answers": _answers(row.answers),
    }
    if row.children:
        values["subclasses"] = [_class_row(child) for child in row.children]
    return values


def _key_figure(row: KeyFigure) -> dict[str, Any]:
    return {
        "code": row.code,
        "unit": row.unit.value,
        "value": _number(row.value),
        "numerator": row.numerator,
        "denominator": row.denominator,
        "paused": row.paused,
        "previous": _number(row.previous),
        "change": _number(row.change),
        "last_year": _number(row.last_year),
        "year_change": _number(row.year_change),
    }


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _open(row: OpenRow) -> dict[str, Any]:
    ticket = row.ticket
    return {
        "number": ticket.number,
        "received_at": ticket.received_at.isoformat(),
        "where": ticket.where,
        "class": ticket.class_code,
        "matter": ticket.matter,
        "department": row.department,
        "status": row.status.value,
        "round": row.round,
        "days": row.days,
        "promised_at": ticket.promised_at.isoformat() if ticket.promised_at else None,
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "overdue": row.overdue,
        "last_event": row.last_event.value,
        "last_at": row.last_at.isoformat(),
    }


def _repeat(row: RepeatRow) -> dict[str, Any]:
    return {
        "number": row.ticket.number,
        "earlier": row.earlier.number,
        "days": row.days,
        "where": row.ticket.where,
        "class": row.ticket.class_code,
        "matter": row.ticket.matter,
        "open": row.is_open,
    }
