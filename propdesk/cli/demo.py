"""`propdesk demo DIR`: a demo office in DIR and its papers in DIR/papers."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_json
from propdesk.domain.demo import DEMO_DAY, HOUSEHOLDS, MONTHS, SEED
from propdesk.domain.errors import RuleError
from propdesk.i18n import _

_YEARS = range(1990, 2200)


def add_parsers(commands: Any) -> None:
    """Add `demo` to the command line."""
    demo = commands.add_parser("demo", help=_("make a demo office and its papers"))
    demo.add_argument("folder", type=Path, metavar="DIR")
    demo.add_argument("--households", type=int, default=HOUSEHOLDS)
    demo.add_argument("--months", type=int, default=MONTHS)
    demo.add_argument("--seed", type=int, default=SEED)
    demo.add_argument("--today", metavar="YYYY-MM-DD", default=DEMO_DAY.isoformat())
    add_json(demo)
    demo.set_defaults(func=run_demo)


def _day(text: str) -> date:
    """Return the demo's day; its months begin up to ten years before."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if day.year not in _YEARS:
        raise RuleError(
            "day-unreadable",
            _("«{text}» is no day; write it like 2026-11-21.").format(text=text[:40]),
        )
    return day


def run_demo(args: argparse.Namespace, desk: Desk) -> int:
    """Make the demo office, and print a paper of each kind and last month's complaint report."""
    from propdesk.domain.months import Month
    from propdesk.services import offices
    from propdesk.services.demo import make_demo
    from propdesk.services.demo_papers import print_demo_papers

    today = _day(args.today)
    if not (1 <= args.households <= 5000 and 1 <= args.months <= 120):
        raise RuleError("demo-size", _("A demo has 1 to 5000 households and 1 to 120 months."))
    if args.folder.exists() and (not args.folder.is_dir() or any(args.folder.iterdir())):
        raise RuleError(
            "folder-not-empty",
            _("«{folder}» is not empty; name a new folder for the demo.").format(
                folder=args.folder
            ),
        )
    desk.folder, desk.may_create = args.folder, True
    with desk.office(write=True) as office:
        with offices.unmade_if_failed(office):
            made = make_demo(
                office,
                households=args.households,
                months=args.months,
                seed=args.seed,
                today=today,
                on_progress=desk.progress(_("Demo office")),
            )
        papers = office.folder / "papers"
        papers.mkdir()
        month = Month.of(today).shifted(-1 if args.months > 1 else 0)
        now = desk.now.replace(
            year=today.year, month=today.month, day=today.day, hour=10, minute=12, second=0
        )
        by = desk.staff(None)
        files = print_demo_papers(office, papers, made.sample_number, month, by=by, now=now)
    desk.say(
        _("A demo office with {households} houses and {tickets} tickets is in {folder}.").format(
            households=made.households, tickets=made.tickets, folder=args.folder
        )
    )
    for file in files:
        desk.say(str(file))
    desk.json(
        {
            "folder": str(args.folder),
            "households": made.households,
            "tickets": made.tickets,
            "sample": made.sample_number or None,
            "papers": [str(file) for file in files],
        }
    )
    return 0
