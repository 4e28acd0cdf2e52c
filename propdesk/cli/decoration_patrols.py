"""`propdesk decorations patrol|rectified|ticket`: looks at works under way, what they found."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day, read_time
from propdesk.cli.house_words import day_of, day_words
from propdesk.domain.decorations import (
    FINDING_LABELS,
    PATROL_LABELS,
    Finding,
    FindingKind,
    Patrol,
    PatrolDraft,
    PatrolResult,
)
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.services.decoration_patrols import make_ticket, note_patrol, rectify_finding
from propdesk.services.queries.decorations import find_decoration


def add_patrols(verbs: Any) -> None:
    """Add the looks to `decorations`."""
    patrol = verbs.add_parser("patrol", help=_("note a look at the works and what was found"))
    patrol.add_argument("number")
    patrol.add_argument("--result", default=PatrolResult.LOOKED.value,
                        metavar="|".join(PatrolResult))  # fmt: skip
    patrol.add_argument(
        "--finding",
        nargs=2,
        action="append",
        default=[],
        metavar=("KIND", "TEXT"),
        help=_("what was found; may be repeated: {kinds}").format(kinds=", ".join(FindingKind)),
    )
    patrol.add_argument("--rectify-by", metavar="DAY", help=_("until when it is put right"))
    patrol.add_argument("--patrolled-by", metavar="NAME", default="", help=_("who looked"))
    patrol.add_argument("--at", metavar="TIME", help=_("when it was"))
    patrol.set_defaults(func=run_patrol)
    rectified = verbs.add_parser("rectified", help=_("what was found is put right"))
    rectified.add_argument("id", type=int, help=_("the id of the finding in `show`"))
    rectified.add_argument("--on", metavar="DAY")
    rectified.set_defaults(func=run_rectified)
    ticket = verbs.add_parser(
        "ticket", help=_("make a breach of a finding: dissuade, stop, report")
    )
    ticket.add_argument("id", type=int, help=_("the id of the finding in `show`"))
    ticket.set_defaults(func=run_ticket)
    for parser in (patrol, rectified, ticket):
        add_by(parser)
        add_json(parser)


def patrol_json(patrol: Patrol) -> dict[str, Any]:
    """Return a line of a patrol as its JSON object."""
    return {
        "id": patrol.id,
        "at": patrol.at.isoformat(),
        "entered_at": patrol.entered_at.isoformat(),
        "patrolled_by": patrol.patrolled_by,
        "result": patrol.result.value,
        "kind": patrol.kind.value if patrol.kind else None,
        "finding": patrol.finding or None,
        "rectify_by": day_words(patrol.due_on) or None,
        "rectified_on": day_words(patrol.rectified_on) or None,
        "ticket": patrol.ticket or None,
    }


def patrol_line(patrol: Patrol) -> str:
    """Return a line of a patrol for a person."""
    words = [str(patrol.id), f"{patrol.at:%Y-%m-%d %H:%M}", patrol.patrolled_by,
             str(PATROL_LABELS[patrol.result])]  # fmt: skip
    if patrol.kind is not None:
        words += [str(FINDING_LABELS[patrol.kind]), patrol.finding]
        if patrol.rectified_on is not None:
            words.append(_("put right {day}").format(day=patrol.rectified_on))
        elif patrol.due_on is not None:
            words.append(_("by {day}").format(day=patrol.due_on))
    return "\t".join([*words, patrol.ticket]).rstrip()


def run_patrol(args: argparse.Namespace, desk: Desk) -> int:
    """Note a look at the works."""
    due_on = day_of(args.rectify_by)
    if due_on is not None and not args.finding:
        raise RuleError(
            "finding-none", _("Say what was found (--finding) that is to be put right.")
        )
    findings = tuple(
        Finding(choice(kind, FindingKind, _("kind of finding")), text, due_on)
        for kind, text in args.finding
    )
    draft = PatrolDraft(choice(args.result, PatrolResult, _("result")), findings, args.patrolled_by)
    with desk.office(write=True):
        made = note_patrol(
            find_decoration(args.number).id,
            draft,
            by=desk.staff(args.by).id,
            now=desk.now,
            at=read_time(args.at) if args.at else None,
        )
    for patrol in made:
        desk.say(patrol_line(patrol))
    desk.json([patrol_json(one) for one in made])
    return 0


def run_rectified(args: argparse.Namespace, desk: Desk) -> int:
    """Note that what was found is put right."""
    with desk.office(write=True):
        on = read_day(args.on) if args.on else None
        patrol = rectify_finding(args.id, on=on, by=desk.staff(args.by).id, now=desk.now)
    return _tell(desk, patrol)


def run_ticket(args: argparse.Namespace, desk: Desk) -> int:
    """Make a ticket of what was found."""
    with desk.office(write=True):
        patrol = make_ticket(args.id, by=desk.staff(args.by).id, now=desk.now)
    return _tell(desk, patrol)


def _tell(desk: Desk, patrol: Patrol) -> int:
    desk.say(patrol_line(patrol))
    desk.json(patrol_json(patrol))
    return 0
