"""`propdesk attachments add|list|remove|export`: photos and scans of a ticket."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.domain.attachments import Attachment
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.services.queries.attachments import list_attachments, read_attachment
from propdesk.services.queries.tickets import find_ticket


def add_parsers(commands: Any) -> None:
    """Add `attachments` to the command line."""
    attachments = commands.add_parser("attachments", help=_("photos and scans of tickets"))
    verbs = attachments.add_subparsers(dest="verb", required=True, metavar="VERB")
    add = verbs.add_parser("add", help=_("give photos and PDF scans to a ticket"))
    show = verbs.add_parser("list", help=_("list the files of a ticket"))
    remove = verbs.add_parser("remove", help=_("take files off a ticket; they stay in the books"))
    export = verbs.add_parser("export", help=_("write the files of a ticket into a folder"))
    for parser, function in (
        (add, run_add),
        (show, run_list),
        (remove, run_remove),
        (export, run_export),
    ):
        parser.add_argument("number")
        parser.set_defaults(func=function)
    add.add_argument("files", type=Path, nargs="+", metavar="FILE")
    add.add_argument("--caption", default="", help=_("what can be seen"))
    add.add_argument("--on-paper", action="store_true", help=_("print them on the work order"))
    remove.add_argument(
        "places", type=int, nargs="+", metavar="N", help=_("the number of the file in the list")
    )
    export.add_argument("--to", type=Path, required=True, metavar="DIR")
    for parser in (add, remove, export):
        add_by(parser)
    for parser in (add, show, remove, export):
        add_json(parser)


def _json(one: Attachment, place: int) -> dict[str, Any]:
    return {
        "n": place,
        "name": one.file.name,
        "caption": one.caption or None,
        "on_paper": one.on_paper,
        "sha256": one.file.sha256,
        "kind": one.file.suffix.lstrip("."),
        "bytes": one.file.bytes,
        "width": one.file.width,
        "height": one.file.height,
        "added_at": one.added_at.isoformat(),
        "by": one.by,
    }


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Take files in; those that cannot be taken are named, and the exit code is 1 then."""
    from propdesk.services.attachments import attach_files, discard_files, stage_files

    with desk.office(write=True) as office:
        ticket = find_ticket(args.number)
        by = desk.staff(args.by).id
        staged = stage_files(office, args.files, by=by, on_progress=desk.progress(ticket.number))
        added: tuple[Attachment, ...] = ()
        if staged.files:
            try:
                added = attach_files(
                    office,
                    ticket.id,
                    staged.files,
                    by=by,
                    now=desk.now,
                    caption=args.caption,
                    on_paper=args.on_paper,
                )
            except RuleError:
                discard_files(office, staged.files)
                raise
        places = {one.id: n for n, one in enumerate(list_attachments(ticket.id), start=1)}
    for one in added:
        desk.say(_("{number}: {file} was added").format(number=ticket.number, file=one.file.name))
    for refused in staged.refused:
        desk.say(refused.text)
    desk.json(
        {
            "number": ticket.number,
            "added": [_json(one, places[one.id]) for one in added],
            "refused": [
                {"name": one.name, "code": one.code, "message": one.text} for one in staged.refused
            ],
        }
    )
    return 1 if staged.refused else 0


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the files of a ticket; one that is missing or was changed is said."""
    with desk.office(write=False) as office:
        found = list_attachments(find_ticket(args.number).id)
        whole = [read_attachment(office, one.file) is not None for one in found]
    for place, (one, is_whole) in enumerate(zip(found, whole, strict=True), start=1):
        marks = [_("on the order")] if one.on_paper else []
        marks += [] if is_whole else [_("FILE MISSING")]
        desk.say("\t".join((f"{place}", one.title, f"{one.file.bytes // 1000} kB", *marks)))
    desk.json(
        [
            _json(one, place) | {"missing": not is_whole}
            for place, (one, is_whole) in enumerate(zip(found, whole, strict=True), start=1)
        ]
    )
    return 0


def run_remove(args: argparse.Namespace, desk: Desk) -> int:
    """Take files off a ticket, all that are named or none."""
    from propdesk.services.attachments import remove_attachment

    with desk.office(write=True):
        ticket = find_ticket(args.number)
        by = desk.staff(args.by).id
        found = dict(enumerate(list_attachments(ticket.id), start=1))
        wanted = dict.fromkeys(args.places)
        for place in wanted:
            if place not in found:
                raise RuleError(
                    "attachment-unknown",
                    _("{number} has no file {n}; see them with: attachments list {number}").format(
                        number=ticket.number, n=place
                    ),
                )
        for place in wanted:
            remove_attachment(found[place].id, by=by, now=desk.now)
        left = list_attachments(ticket.id)
    for place in wanted:
        title = found[place].title
        desk.say(_("{number}: {file} was taken off").format(number=ticket.number, file=title))
    desk.json([_json(one, place) for place, one in enumerate(left, start=1)])
    return 0


def run_export(args: argparse.Namespace, desk: Desk) -> int:
    """Write the files into a folder; exit code 1 where one of them is missing."""
    from propdesk.services.attachments import export_attachments

    with desk.office(write=False) as office:
        ticket = find_ticket(args.number)
        by = desk.staff(args.by).id
        exported = export_attachments(office, ticket.id, args.to, by=by)
    for file in exported.files:
        desk.say(str(file))
    for name in exported.missing:
        desk.say(_("{file}: the file is missing").format(file=name))
    desk.json({"files": [str(file) for file in exported.files], "missing": list(exported.missing)})
    return 1 if exported.missing else 0
