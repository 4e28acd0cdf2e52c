"""What the commands about the things of a house share: which house, which day, whose it is."""

import argparse
from datetime import date

from propdesk.cli.desk import Desk, read_day, read_time
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.units import Unit, find_unit


def add_house(parser: argparse.ArgumentParser) -> None:
    """Give a command the house that it is about."""
    parser.add_argument("unit", metavar="UNIT", help=_("the house, as people say it: 3-2-501"))
    parser.add_argument("--community", default="", help=_("where several have this house"))


def house(args: argparse.Namespace) -> Unit:
    """Return the house that was named."""
    return find_unit(args.unit, args.community)


def add_at(parser: argparse.ArgumentParser, words: str) -> None:
    """Give a command its --at option."""
    parser.add_argument("--at", metavar="TIME", help=words)


def read_at(args: argparse.Namespace, desk: Desk) -> None:
    """Let the command act at the time that --at names."""
    if args.at:
        desk.now = read_time(args.at)
        desk.today = desk.now.date()


def day_of(text: str | None, present: date | None = None) -> date | None:
    """Return a typed day; nothing typed leaves the present one, an empty text takes it away."""
    if text is None:
        return present
    return read_day(text) if text.strip() else None


def day_words(day: date | None) -> str:
    """Return a day in a line of a list."""
    return day.isoformat() if day else ""


def person_of(unit: Unit, name: str | None, today: date, present: int | None = None) -> int | None:
    """Return who of a house is named; nothing typed leaves the present one, '' takes it away.

    Refuses a name that nobody in the house has, or two (nobody is told apart by the name alone).
    """
    if name is None:
        return present
    if not name.strip():
        return None
    people = {
        one.person_id: one.name
        for one in list_residents(unit.id, today)
        if name in (one.name, one.salutation)
    }
    if len(people) != 1:
        sentence = (
            _("Two people in {house} are called {name}; choose in the window.")
            if people
            else _("Nobody in {house} is called {name}; add the person first.")
        )
        raise RuleError("person-unknown", sentence.format(house=unit.short, name=name[:40]))
    return next(iter(people))
