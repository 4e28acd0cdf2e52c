"""`propdesk export tickets|residents --masked|--plain --purpose TEXT FILE`."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.domain.data_exports import DataExport, ExportOrder, Manner
from propdesk.domain.months import Month
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add `export` to the command line."""
    parser = commands.add_parser("export", help=_("write tickets or residents to a file"))
    kinds = parser.add_subparsers(dest="what", required=True, metavar="tickets|residents")
    tickets = kinds.add_parser("tickets", help=_("the tickets, all or of one month"))
    tickets.add_argument("--month", metavar="YYYY-MM")
    tickets.add_argument("file", type=Path, metavar="FILE.xlsx|FILE.csv")
    tickets.set_defaults(func=run_tickets)
    residents = kinds.add_parser("residents", help=_("the houses and who lives there"))
    residents.add_argument("file", type=Path, metavar="FILE.xlsx|FILE.csv|FILE.json")
    residents.set_defaults(func=run_residents)
    for one in (tickets, residents):
        how = one.add_mutually_exclusive_group()
        how.add_argument(
            "--masked", action="store_true", help=_("names and phones masked (the default)")
        )
        how.add_argument("--plain", action="store_true", help=_("names and phones in full"))
        one.add_argument("--purpose", default="", metavar="TEXT", help=_("what it is needed for"))
        one.add_argument("--manner", default=Manner.OWN.value, metavar="|".join(Manner))
        one.add_argument("--receiver", default="", metavar="NAME", help=_("who gets the file"))
        one.add_argument("--second", metavar="STAFF", help=_("who else agreed (many rows in full)"))
        add_by(one)
        add_json(one)


def run_tickets(args: argparse.Namespace, desk: Desk) -> int:
    """Write the tickets."""
    from propdesk.services.exporting import export_tickets

    month = Month.parse(args.month) if args.month else None
    with desk.office(write=True, create=False):
        export = export_tickets(
            args.file,
            _order(args, desk),
            by=desk.staff(args.by).id,
            now=desk.now,
            month=month,
            on_progress=desk.progress(args.file.name),
        )
    return _done(desk, args.file, export)


def run_residents(args: argparse.Namespace, desk: Desk) -> int:
    """Write the residents."""
    from propdesk.services.exporting_residents import export_residents

    with desk.office(write=True, create=False):
        export = export_residents(
            args.file,
            _order(args, desk),
            by=desk.staff(args.by).id,
            now=desk.now,
            on_progress=desk.progress(args.file.name),
        )
    return _done(desk, args.file, export)


def _order(args: argparse.Namespace, desk: Desk) -> ExportOrder:
    return ExportOrder(
        purpose=args.purpose,
        is_plain=args.plain,
        manner=choice(args.manner, Manner, _("manner")),
        receiver=args.receiver,
        second_staff_id=desk.staff(args.second).id if args.second else None,
    )


def export_json(export: DataExport) -> dict[str, Any]:
    """Return a line of the register of exports as its JSON object."""
    return {
        "id": export.id,
        "at": export.at.isoformat(),
        "by": export.by,
        "second": export.second or None,
        "what": export.what,
        "plain": export.is_plain,
        "purpose": export.purpose,
        "manner": export.manner.value,
        "receiver": export.receiver or None,
        "rows": export.rows,
        "file_name": export.file_name,
        "sha256": export.sha256,
    }


def _done(desk: Desk, file: Path, export: DataExport) -> int:
    desk.say(_("{count} rows were written to {file}.").format(count=export.rows, file=file))
    desk.json({**export_json(export), "file": str(file)})
    return 0
