"""`propdesk inspections due|postpone|cancel|make-up`: what is to be walked, and what is not."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, read_day
from propdesk.domain.errors import RuleError
from propdesk.domain.rounds import STANDING_LABELS, Round, Standing
from propdesk.i18n import _
from propdesk.services.queries.inspection_plans import find_plan
from propdesk.services.queries.rounds import list_due, list_due_on, list_rounds
from propdesk.services.rounds import cancel_round, make_up_round, postpone_round

_MOST_DAYS = 3660


def add_inspections_parsers(verbs: Any) -> None:
    """Add the verbs of rounds to `inspections`."""
    due = verbs.add_parser("due", help=_("what is to be walked, missed rounds first"))
    due.add_argument("--on", metavar="DATE", help=_("another day than today"))
    due.add_argument("--days", type=int, default=0, metavar="N", help=_("so many days ahead"))
    add_json(due)
    due.set_defaults(func=run_due)
    for verb, words, run in (
        ("postpone", _("move a round to a later day"), run_postpone),
        ("cancel", _("call a round off"), run_cancel),
        ("make-up", _("plan a round that makes up for a missed one"), run_make_up),
    ):
        parser = verbs.add_parser(verb, help=words)
        parser.add_argument("plan", metavar="PLAN", help=_("number of the plan"))
        parser.add_argument("--date", required=True, metavar="DATE", help=_("day of the round"))
        parser.add_argument("--time", default="", metavar="HH:MM", help=_("which one of that day"))
        if verb != "cancel":
            parser.add_argument("--to", required=True, metavar="DATE", help=_("its new day"))
        if verb != "make-up":
            parser.add_argument("--reason", required=True, metavar="TEXT")
        add_by(parser)
        add_json(parser)
        parser.set_defaults(func=run)


def run_due(args: argparse.Namespace, desk: Desk) -> int:
    """List what is due; reads beside an open window."""
    if not 0 <= args.days <= _MOST_DAYS:
        raise RuleError(
            "days-range",
            _("Days are a whole number from 0 to {most}.").format(most=_MOST_DAYS),
        )
    with desk.office(write=False):
        if args.on is None:
            found = list_due(desk.now, days=args.days)
        else:
            found = list_due_on(read_day(args.on), desk.now, days=args.days)
    desk.tell_each(found, _line, round_json, _("Nothing is due."))
    return 0


def run_postpone(args: argparse.Namespace, desk: Desk) -> int:
    """Move a round to a later day."""
    day = read_day(args.to)
    with desk.office(write=True):
        one = _chosen(args, desk)
        by = desk.staff(args.by).id
        moved = postpone_round(one.id, day, args.reason, version=one.version, by=by, now=desk.now)
    return _told(desk, moved)


def run_cancel(args: argparse.Namespace, desk: Desk) -> int:
    """Call a round off."""
    with desk.office(write=True):
        one = _chosen(args, desk)
        by = desk.staff(args.by).id
        gone = cancel_round(one.id, args.reason, version=one.version, by=by, now=desk.now)
    return _told(desk, gone)


def run_make_up(args: argparse.Namespace, desk: Desk) -> int:
    """Plan a round that makes up for a missed one."""
    day = read_day(args.to)
    with desk.office(write=True):
        one = _chosen(args, desk)
        made = make_up_round(one.id, day, by=desk.staff(args.by).id, now=desk.now)
    return _told(desk, made)


def round_json(one: Round) -> dict[str, Any]:
    """Return a round as its JSON object."""
    return {
        "id": one.id or None,
        "plan": one.code,
        "name": one.name,
        "kind": one.kind.value,
        "day": one.day.isoformat(),
        "time": one.clock or None,
        "due_at": one.due_at.isoformat(timespec="seconds"),
        "latest_on": one.latest_on.isoformat() if one.latest_on else None,
        "standing": one.standing.value,
        "walker": one.walker or None,
        "sheet": one.sheet or None,
        "items": one.items,
        "filled": one.filled,
        "abnormal": one.abnormal,
        "done_at": one.done_at.isoformat(timespec="seconds") if one.done_at else None,
        "note": one.note or None,
    }


def _chosen(args: argparse.Namespace, desk: Desk) -> Round:
    """Return the stored round of a plan on a day; of several the one that is named (`_mark`)."""
    plan, day = find_plan(args.plan), read_day(args.date)
    found = [
        one
        for one in list_rounds(day, day, desk.now, plan_id=plan.id)
        if one.id and one.standing is not Standing.CANCELLED and args.time in ("", _mark(one))
    ]
    if not found:
        raise RuleError(
            "round-unknown",
            _("The plan {code} has no round on {day}.").format(code=plan.draft.code, day=day),
        )
    if len(found) > 1:
        times = ", ".join(map(_mark, found))
        raise RuleError(
            "round-time",
            _("Say which one with --time: {times}.").format(times=times),
        )
    return found[0]


def _mark(one: Round) -> str:
    """Return what tells a round from others of its day: its time; of a make-up its number."""
    return str(one.id) if one.makes_up is not None else one.clock or "-"


def _line(one: Round) -> str:
    when = f"{one.day} {one.clock}".strip()
    words = [when, one.code, one.name, str(STANDING_LABELS[one.standing]), one.walker, one.sheet]
    return "\t".join(words).rstrip()


def _told(desk: Desk, one: Round) -> int:
    desk.say(_line(one))
    desk.json(round_json(one))
    return 0
