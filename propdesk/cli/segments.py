"""`propdesk segments list|set|hide|reset|put`: how the office talks with whom (R81)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.domain.segments import Segment, SegmentDraft, guide_words
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add `segments` to the command line."""
    segments = commands.add_parser("segments", help=_("segments of customers and their guides"))
    verbs = segments.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("list", help=_("list the segments"))
    show.add_argument("--hidden", action="store_true", help=_("the hidden ones, too"))
    add_json(show)
    show.set_defaults(func=run_list)
    put = verbs.add_parser("set", help=_("say a segment otherwise, or add one of your own"))
    put.add_argument("code", nargs="?", default="", help=_("which one; none for a new one"))
    put.add_argument("--name")
    put.add_argument("--guide", help=_("how to talk with them"))
    put.set_defaults(func=run_set)
    hide = verbs.add_parser("hide", help=_("offer a segment no more"))
    hide.add_argument("code")
    hide.add_argument("--show", action="store_true", help=_("offer it again"))
    hide.set_defaults(func=run_hide)
    reset = verbs.add_parser("reset", help=_("go back to the program's words; remove an own one"))
    reset.add_argument("code")
    reset.set_defaults(func=run_reset)
    member = verbs.add_parser("put", help=_("put a person into a segment"))
    member.add_argument("code", help=_("code or name; «none» takes the person out"))
    member.add_argument("--person", type=int, required=True, metavar="ID")
    member.set_defaults(func=run_put)
    for parser in (put, hide, reset, member):
        add_by(parser)
        add_json(parser)


def segment_json(segment: Segment) -> dict[str, Any]:
    """Return a segment as its JSON object."""
    return {
        "code": segment.code,
        "name": segment.name,
        "guide": segment.guide,
        "own": segment.is_own,
        "changed": segment.is_changed,
        "hidden": segment.is_hidden,
    }


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the segments with the number of their people."""
    from propdesk.services.queries.segments import count_members, list_segments

    with desk.office(write=False):
        found = list_segments(hidden=args.hidden)
        members = count_members()
    for segment in found:
        word = _("not offered")
        hidden = f" [{word}]" if segment.is_hidden else ""
        desk.say(f"{segment.code}{hidden} ({members.get(segment.code, 0)})  {guide_words(segment)}")
    desk.json([{**segment_json(one), "people": members.get(one.code, 0)} for one in found])
    return 0


def run_set(args: argparse.Namespace, desk: Desk) -> int:
    """Change a segment, or add one."""
    from propdesk.services.segments import find_segment, save_segment

    with desk.office(write=True):
        old = find_segment(args.code) if args.code else None
        draft = SegmentDraft(
            args.name if args.name is not None else old.name if old else "",
            args.guide if args.guide is not None else old.guide if old else "",
            old.code if old else "",
        )
        segment = save_segment(draft, by=desk.staff(args.by).id)
    desk.say(f"{segment.code}  {guide_words(segment)}")
    desk.json(segment_json(segment))
    return 0


def run_hide(args: argparse.Namespace, desk: Desk) -> int:
    """Hide a segment, or show it again."""
    from propdesk.services.segments import hide_segment

    with desk.office(write=True):
        segment = hide_segment(args.code, by=desk.staff(args.by).id, hidden=not args.show)
    words = _("{code} is offered again") if args.show else _("{code} is hidden")
    desk.say(words.format(code=segment.code))
    desk.json(segment_json(segment))
    return 0


def run_reset(args: argparse.Namespace, desk: Desk) -> int:
    """Go back to the program's words."""
    from propdesk.services.segments import reset_segment

    with desk.office(write=True):
        segment = reset_segment(args.code, by=desk.staff(args.by).id)
    if segment is None:
        desk.say(_("{code} is removed").format(code=args.code))
    else:
        desk.say(f"{segment.code}  {guide_words(segment)}")
    desk.json(None if segment is None else segment_json(segment))
    return 0


def run_put(args: argparse.Namespace, desk: Desk) -> int:
    """Put a person into a segment, or take him out."""
    from propdesk.services.segments import put_into_segment

    code = "" if args.code == "none" else args.code
    with desk.office(write=True):
        segment = put_into_segment(args.person, code, by=desk.staff(args.by).id)
    desk.say(_("noted") if segment is None else segment.name)
    desk.json(None if segment is None else segment_json(segment))
    return 0
