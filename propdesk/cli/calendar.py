"""`propdesk calendar import FILE.csv` and `propdesk calendar show YEAR`."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.domain.calendar_days import DAY_KIND_LABELS
from propdesk.domain.errors import RuleError
from propdesk.domain.work_calendar import missing_years_text
from propdesk.i18n import _, ngettext
from propdesk.services.calendar import import_calendar
from propdesk.services.queries.calendar import get_calendar_year

_YEARS = range(2000, 2100)


def add_parsers(commands: Any) -> None:
    """Add `calendar` to the command line."""
    calendar = commands.add_parser("calendar", help=_("holidays and make-up days"))
    verbs = calendar.add_subparsers(dest="verb", required=True, metavar="VERB")
    take = verbs.add_parser("import", help=_("take in the days of further years"))
    take.add_argument("file", type=Path, metavar="FILE.csv")
    add_by(take)
    add_json(take)
    take.set_defaults(func=run_import)
    show = verbs.add_parser("show", help=_("show the days of a year"))
    show.add_argument("year", metavar="YEAR")
    add_json(show)
    show.set_defaults(func=run_show)


def run_import(args: argparse.Namespace, desk: Desk) -> int:
    """Take in the days of a file, all or none."""
    with desk.office(write=True):
        found = import_calendar(args.file, by=desk.staff(args.by).id)
        unknown = tuple(year for year in found.years if not get_calendar_year(year).is_known)
    count = len(found.days)
    desk.say(
        ngettext("{count} day of {years} imported.", "{count} days of {years} imported.", count)
        .format(count=count, years=", ".join(map(str, found.years)))
    )  # fmt: skip
    if unknown:
        desk.say(missing_years_text(unknown))
    desk.json({"days": count, "years": list(found.years), "incomplete_years": list(unknown)})
    return 0


def run_show(args: argparse.Namespace, desk: Desk) -> int:
    """Show the days of a year that are not what the week says."""
    if not args.year.isascii() or not args.year.isdigit() or int(args.year) not in _YEARS:
        raise RuleError(
            "year-not-understood",
            _("«{text}» is no year; write it like 2026.").format(text=args.year[:40]),
        )
    with desk.office(write=False):
        year = get_calendar_year(int(args.year))
    for day in year.days:
        own = _("own entry") if day.on in year.own else ""
        desk.say(f"{day.on}\t{DAY_KIND_LABELS[day.kind]}\t{day.label}\t{own}".rstrip())
    count = year.workdays
    desk.say(ngettext("{count} working day", "{count} working days", count).format(count=count))
    if not year.is_known:
        desk.say(missing_years_text((year.year,)))
    desk.json(
        {
            "year": year.year,
            "known": year.is_known,
            "working_days": year.workdays,
            "days": [
                {
                    "date": day.on.isoformat(),
                    "kind": day.kind.value,
                    "name": day.name,
                    "own": day.on in year.own,
                }
                for day in year.days
            ],
        }
    )
    return 0
