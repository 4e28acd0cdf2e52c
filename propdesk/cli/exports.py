"""`propdesk export tickets|residents FILE.xlsx|FILE.csv`."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.domain.months import Month
from propdesk.i18n import _
from propdesk.services.exporting import export_residents, export_tickets


def add_parsers(commands: Any) -> None:
    """Add `export` to the command line."""
    parser = commands.add_parser("export", help=_("write tickets or residents to a file"))
    kinds = parser.add_subparsers(dest="what", required=True, metavar="tickets|residents")
    tickets = kinds.add_parser("tickets", help=_("the tickets, all or of one month"))
    tickets.add_argument("--month", metavar="YYYY-MM")
    tickets.set_defaults(func=run_tickets)
    residents = kinds.add_parser("residents", help=_("the houses and who lives there"))
    residents.set_defaults(func=run_residents)
    for one in (tickets, residents):
        one.add_argument("file", type=Path, metavar="FILE.xlsx|FILE.csv")
        one.add_argument("--plain", action="store_true", help=_("names and phones in full"))
        add_by(one)
        add_json(one)


def run_tickets(args: argparse.Namespace, desk: Desk) -> int:
    """Write the tickets."""
    month = Month.parse(args.month) if args.month else None
    with desk.office(write=False):
        count = export_tickets(
            args.file,
            by=desk.staff(args.by).id,
            month=month,
            plain=args.plain,
            on_progress=desk.progress(args.file.name),
        )
    return _done(desk, args.file, count)


def run_residents(args: argparse.Namespace, desk: Desk) -> int:
    """Write the residents."""
    with desk.office(write=False):
        count = export_residents(
            args.file,
            by=desk.staff(args.by).id,
            today=desk.today,
            plain=args.plain,
            on_progress=desk.progress(args.file.name),
        )
    return _done(desk, args.file, count)


def _done(desk: Desk, file: Path, count: int) -> int:
    desk.say(_("{count} rows were written to {file}.").format(count=count, file=file))
    desk.json({"rows": count, "file": str(file)})
    return 0
