"""`propdesk violations list`, `propdesk tickets violation|dissuade|stop|report-out`."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.cli.ticket_moves import add_move, move
from propdesk.cli.ticket_values import iso
from propdesk.domain.tickets import EVENT_LABELS, EventKind
from propdesk.domain.violations import (
    REPORT_SOURCE,
    VIOLATION_LABELS,
    Outcome,
    StepDraft,
    Violation,
)
from propdesk.i18n import _
from propdesk.services.queries.violations import list_violations
from propdesk.services.violations import mark_violation, take_step

NONE = "none"


def add_parsers(commands: Any) -> None:
    """Add `violations` to the command line."""
    noun = commands.add_parser("violations", help=_("breaches of the estate's rules"))
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("list", help=_("what is not settled, and until when to report it"))
    add_json(show)
    show.set_defaults(func=run_list)


def add_moves(verbs: Any) -> None:
    """Add the mark and the three steps to `tickets`."""
    mark = verbs.add_parser("violation", help=_("say which rules the matter breaks"))
    mark.add_argument("number")
    mark.add_argument("--kind", required=True, metavar="|".join([*Violation, NONE]))
    add_by(mark)
    add_json(mark)
    mark.set_defaults(func=run_mark)
    steps = (
        ("dissuade", EventKind.DISSUADED, _("the first step: it was talked about")),
        ("stop", EventKind.STOPPED, _("the second step: it was told to stop")),
        ("report-out", EventKind.REPORTED_OUT, _("the third step: the authority was told")),
    )
    for verb, step, words in steps:
        parser = add_move(verbs, verb, run_step, words)
        parser.add_argument("--means", default="", help=_("how: on the spot, by phone, in writing"))
        parser.add_argument("--evidence", default="", help=_("photos, witnesses, a signed notice"))
        parser.set_defaults(step=step, outcome=Outcome.GOES_ON.value, authority="", receipt="")
        if step is EventKind.REPORTED_OUT:
            parser.add_argument("--authority", required=True, help=_("who was told"))
            parser.add_argument("--receipt", help=_("the receipt's number"))
        else:
            parser.add_argument("--outcome", metavar="|".join(Outcome))


def run_mark(args: argparse.Namespace, desk: Desk) -> int:
    """Say which rules the matter breaks."""
    kind = "" if args.kind == NONE else choice(args.kind, Violation, _("kind of breach"), NONE)
    return move(args, desk, mark_violation, str(kind))


def run_step(args: argparse.Namespace, desk: Desk) -> int:
    """Note a step against the breach."""
    draft = StepDraft(
        text=args.text,
        outcome=choice(args.outcome, Outcome, _("outcome")),
        means=args.means,
        evidence=args.evidence,
        authority=args.authority,
        receipt=args.receipt,
    )
    return move(args, desk, take_step, args.step, draft)


def run_list(_args: argparse.Namespace, desk: Desk) -> int:
    """List the breaches that are not settled."""
    with desk.office(write=False):
        found = list_violations(now=desk.now)
    for row in found:
        due = f"{row.due_at:%Y-%m-%d %H:%M}" if row.due_at else ""
        following = str(EVENT_LABELS[row.following]) if row.following else ""
        desk.say(
            f"{row.number}\t{VIOLATION_LABELS[row.violation]}\t{row.where}\t{following}\t{due}"
        )
    desk.json(
        [
            {
                "number": row.number,
                "kind": row.violation.value,
                "where": row.where,
                "matter": row.matter,
                "next": row.following.value if row.following else None,
                "due_at": iso(row.due_at),
                "overdue": row.overdue,
                "source": str(REPORT_SOURCE),
            }
            for row in found
        ]
    )
    return 0
