"""`propdesk fees suspension`: what suspends the limitation of a house's bills (Civil Code 194)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.fee_office import fee_office
from propdesk.domain.suspensions import (
    OBSTACLE_LABELS,
    NotedSuspension,
    Obstacle,
    SuspensionDraft,
)
from propdesk.i18n import _


def add_fees_parsers(verbs: Any) -> None:
    """Add `suspension` to `fees`."""
    parser = verbs.add_parser(
        "suspension", help=_("what suspends the limitation of a house (Civil Code 194)")
    )
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    show = acts.add_parser("list", help=_("list obstacles, of a house or of all"))
    show.add_argument("unit", nargs="?", metavar="3-2-501")
    show.add_argument("--void", action="store_true", help=_("void ones, too"))
    note = acts.add_parser("note", help=_("note an obstacle"))
    note.add_argument("unit", metavar="3-2-501")
    note.add_argument("--obstacle", required=True, metavar="|".join(Obstacle))
    note.add_argument("--from", dest="from_on", required=True, metavar="DAY")
    note.add_argument("--until", dest="until_on", metavar="DAY", help=_("the day it was gone"))
    note.add_argument("--note", required=True, help=_("how it is known, where the proof is"))
    for parser in (show, note):
        parser.add_argument("--community", default="", help=_("where several have this house"))
    end = acts.add_parser("end", help=_("note on which day an obstacle was gone"))
    end.add_argument("id", type=int)
    end.add_argument("--on", required=True, metavar="DAY")
    void = acts.add_parser("void", help=_("void an obstacle that was noted by mistake"))
    void.add_argument("id", type=int)
    void.add_argument("--reason", required=True, help=_("why"))
    for parser, function in (
        (show, run_list), (note, run_note), (end, run_end), (void, run_void),
    ):  # fmt: skip
        add_by(parser)
        add_json(parser)
        parser.set_defaults(func=function)


def suspension_json(one: NotedSuspension) -> dict[str, Any]:
    """Return an obstacle as its JSON object."""
    return {
        "id": one.id,
        "unit": one.unit,
        "obstacle": one.obstacle.value,
        "from": one.from_on.isoformat(),
        "until": one.until_on.isoformat() if one.until_on else None,
        "note": one.note,
        "by": one.by,
        "voided": one.voided_at.isoformat() if one.voided_at else None,
        "void_reason": one.void_reason or None,
    }


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List obstacles."""
    from propdesk.services.queries.suspensions import list_suspensions
    from propdesk.services.queries.units import find_unit

    with fee_office(desk, args):
        unit_id = find_unit(args.unit, args.community).id if args.unit else None
        found = list_suspensions(unit_id, with_void=args.void)
    for one in found:
        desk.say(_line(one))
    desk.json([suspension_json(one) for one in found])
    return 0


def run_note(args: argparse.Namespace, desk: Desk) -> int:
    """Note an obstacle."""
    from propdesk.services.queries.units import find_unit
    from propdesk.services.suspensions import note_suspension

    draft = SuspensionDraft(
        choice(args.obstacle, Obstacle, _("obstacle")),
        read_day(args.from_on),
        read_day(args.until_on) if args.until_on else None,
        args.note,
    )
    with desk.office(write=True, create=False):
        unit_id = find_unit(args.unit, args.community).id
        one = note_suspension(unit_id, draft, by=desk.staff(args.by).id, now=desk.now)
    return _tell(desk, one)


def run_end(args: argparse.Namespace, desk: Desk) -> int:
    """Note on which day an obstacle was gone."""
    from propdesk.services.suspensions import end_suspension

    with desk.office(write=True, create=False):
        day = read_day(args.on)
        one = end_suspension(args.id, day, by=desk.staff(args.by).id, now=desk.now)
    return _tell(desk, one)


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void an obstacle; it stays with the reason."""
    from propdesk.services.suspensions import void_suspension

    with desk.office(write=True, create=False):
        one = void_suspension(args.id, args.reason, by=desk.staff(args.by).id, now=desk.now)
    return _tell(desk, one)


def _tell(desk: Desk, one: NotedSuspension) -> int:
    desk.say(_line(one))
    desk.json(suspension_json(one))
    return 0


def _line(one: NotedSuspension) -> str:
    until = str(one.until_on) if one.until_on else _("goes on")
    state = f"\t{_('voided')}" if one.voided_at else ""
    return f"{one.id}\t{one.unit}\t{OBSTACLE_LABELS[one.obstacle]}\t{one.from_on}\t{until}{state}"
