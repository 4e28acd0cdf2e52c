"""What happened to a thing: rounds, findings and tickets, the last one first; what is measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from propdesk.domain.check_items import CheckItem, ItemKind
from propdesk.domain.rounds import RoundState, standing_of
from propdesk.services.parts.missed_rounds import IS_MISSED, missed_before
from propdesk.services.queries.check_templates import get_template
from propdesk.services.queries.findings import list_findings
from propdesk.storage.database import rows


class HappeningKind(StrEnum):
    """What was noted of a thing."""

    ROUND = "round"
    FINDING = "finding"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of a thing's history; `state` is the standing, the finding's or the ticket's code."""

    kind: HappeningKind
    at: datetime
    number: str
    words: str
    state: str
    ticket_id: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """An item with figures at a point of a thing."""

    point_id: int
    point: str
    template_id: int
    item: CheckItem


def list_happenings(asset_id: int, now: datetime, *, limit: int = 100) -> list[Happening]:
    """Return rounds that were due, findings and tickets of a thing, the last one first.

    A finding with a ticket is told by its ticket alone.
    """
    tickets = [
        Happening(
            HappeningKind.TICKET, datetime.fromisoformat(at), number, words, status, ticket_id
        )
        for ticket_id, number, at, words, status in rows(
            "SELECT t.id, t.number, t.received_at, CASE WHEN t.matter <> '' THEN t.matter "
            "ELSE t.text END, t.status FROM ticket_asset x JOIN ticket t ON t.id = x.ticket_id "
            "WHERE x.asset_id = ? ORDER BY t.received_at DESC LIMIT ?",
            asset_id,
            limit,
        )
    ]
    known = {one.ticket_id for one in tickets}
    findings = [
        Happening(
            HappeningKind.FINDING, one.found_at, one.sheet, one.text, one.standing.value,
            one.ticket_id,
        )
        for one in list_findings(asset_id=asset_id, limit=limit)
        if one.ticket_id is None or one.ticket_id not in known
    ]  # fmt: skip
    found = [*tickets, *findings, *_rounds(asset_id, now, limit)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:limit]


def _rounds(asset_id: int, now: datetime, limit: int) -> list[Happening]:
    clock = now.replace(tzinfo=None)
    told = []
    for code, name, due_at, done_at, state in rows(
        # What is done and what is open have an index each; called-off rounds say nothing.
        "WITH plans AS MATERIALIZED (SELECT id, code, name FROM inspection_plan WHERE asset_id = ? "
        "OR id IN (SELECT l.plan_id FROM plan_line l JOIN inspection_point x ON x.id = l.point_id "
        " WHERE x.asset_id = ?)) SELECT code, name, due_at, done_at, state FROM ("
        "SELECT p.code, p.name, r.due_at, r.done_at, r.state FROM plans p JOIN inspection_round r "
        " ON r.plan_id = p.id WHERE r.state = 'done' "
        "UNION ALL SELECT p.code, p.name, r.due_at, r.done_at, r.state FROM inspection_round r "
        " JOIN plans p ON p.id = r.plan_id WHERE r.state IN ('planned', 'running') "
        f" AND {IS_MISSED}) ORDER BY coalesce(done_at, due_at) DESC LIMIT ?",
        asset_id,
        asset_id,
        *missed_before(now),
        limit,
    ):
        due = datetime.fromisoformat(due_at)
        done = datetime.fromisoformat(done_at) if done_at else None
        standing = standing_of(RoundState(state), due, done, clock)
        told.append(Happening(HappeningKind.ROUND, done or due, code, name, standing.value))
    return told


def list_measured(asset_id: int) -> Sequence[Measured]:
    """Return what is measured at the points of a thing, as the templates say it now."""
    found = []
    for point_id, point, template_id in rows(
        "SELECT DISTINCT x.id, x.code || ' ' || x.name, l.template_id FROM inspection_point x "
        "JOIN plan_line l ON l.point_id = x.id WHERE x.asset_id = ? ORDER BY 2, 3",
        asset_id,
    ):
        template = get_template(template_id)
        found += [
            Measured(point_id, point, template_id, item)
            for item in template.items
            if item.kind is ItemKind.NUMBER
        ]
    return found
