"""Urging who has the work (催办, R09), and reporting a matter to somebody above (上报, R07, R30).

Journal lines carry: urged `whom` and `way`; reported up `level` and `to`.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.tickets import Event, EventKind, Status, check_open
from propdesk.i18n import LazyText, _, _lazy


class Level(StrEnum):
    """How far up a matter is reported; each one stands above the one before."""

    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    COMPANY = "company"


LEVEL_LABELS: Mapping[Level, LazyText] = {
    Level.SUPERVISOR: _lazy("Supervisor"),
    Level.MANAGER: _lazy("Manager"),
    Level.COMPANY: _lazy("Company"),
}


class UrgeWay(StrEnum):
    """How somebody was urged."""

    PHONE = "phone"
    IN_PERSON = "in-person"
    MESSAGE = "message"
    WRITTEN = "written"


URGE_WAY_LABELS: Mapping[UrgeWay, LazyText] = {
    UrgeWay.PHONE: _lazy("By phone"),
    UrgeWay.IN_PERSON: _lazy("In person"),
    UrgeWay.MESSAGE: _lazy("By message"),
    UrgeWay.WRITTEN: _lazy("In writing"),
}


def check_urging(status: Status, whom: str, way: str, text: str) -> Problems:
    """Return what is missing: who was urged, and how; words are welcome, not needed (R09)."""
    check_open(status)
    missing = _("Say who was urged; nobody has the work yet.")
    problems = [*check_line("whom", whom, missing), *check_text("text", text)]
    if way not in set(UrgeWay):
        problems.append(Problem("way", _("Choose how: phone, in person, message or in writing.")))
    return tuple(problems)


def check_report_up(status: Status, level: str, to: str, text: str) -> Problems:
    """Return what is missing: how far up, to whom, and what was said (R30)."""
    check_open(status)
    problems = list(check_line("to", to, _("Say who was told.")))
    problems += check_text("text", text, _("Say what was reported and what is asked for."))
    if level not in set(Level):
        sentence = _("A matter is reported to a supervisor, the manager or the company; choose.")
        problems.append(Problem("level", sentence))
    return tuple(problems)


def count_urgings(events: Iterable[Event]) -> int:
    """Return how often somebody was urged because of a ticket (R09)."""
    return sum(event.kind is EventKind.URGED for event in events)


def reported_levels(events: Iterable[Event], round_: int) -> frozenset[Level]:
    """Return the levels that know of a ticket's present round: those told, and all below them."""
    told = {
        Level(event.detail["level"])
        for event in events
        if event.kind is EventKind.REPORTED_UP
        and event.round == round_
        and event.detail.get("level") in set(Level)
    }
    order = list(Level)
    highest = max((order.index(level) for level in told), default=-1)
    return frozenset(order[: highest + 1])
