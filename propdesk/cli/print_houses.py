"""`propdesk print house-file UNIT` and `print registration UNIT|--building B|--blank` (5.7)."""

import argparse
from collections.abc import Sequence
from typing import Any

from propdesk.cli.desk import Desk
from propdesk.cli.printed import add_paper_options, note_if_free, paper_language, tell_printed
from propdesk.domain.house_papers import HousePaper
from propdesk.i18n import _


def add_parsers(papers: Any) -> None:
    """Add the papers of a house to `print`."""
    file = papers.add_parser("house-file", help=_("the file of a house, for the office"))
    file.add_argument("unit", metavar="UNIT")
    file.add_argument("--years", type=int, metavar="N", help=_("how far the time line goes back"))
    file.add_argument("--plain", action="store_true", help=_("names and numbers in full"))
    file.add_argument("--purpose", default="", metavar="TEXT", help=_("what they are needed for"))
    file.set_defaults(func=run_house_file)
    form = papers.add_parser("registration", help=_("the registration form of houses"))
    which = form.add_mutually_exclusive_group(required=True)
    which.add_argument("unit", nargs="?", metavar="UNIT")
    which.add_argument("--building", metavar="NAME", help=_("of all houses of a building"))
    which.add_argument("--blank", action="store_true", help=_("to be filled with a pen"))
    form.set_defaults(func=run_registration)
    for one in (file, form):
        one.add_argument("--community", default="", help=_("where several have this house"))
        add_paper_options(one)


def run_house_file(args: argparse.Namespace, desk: Desk) -> int:
    """Print the file of a house; in full it is a look that is always noted (R85)."""
    from propdesk.services.printing_houses import YEARS, print_house_file
    from propdesk.services.queries.units import find_unit

    with desk.office(write=args.plain, create=False):
        unit = find_unit(args.unit, args.community)
        printed = print_house_file(
            unit.id,
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            years=YEARS if args.years is None else args.years,
            plain=args.plain,
            purpose=args.purpose,
            language=paper_language(args),
        )
    _note(args, desk, [unit.id], HousePaper.HOUSE_FILE)
    return tell_printed(desk, printed, houses=[unit.short])


def run_registration(args: argparse.Namespace, desk: Desk) -> int:
    """Print the registration form of a house, of a building's houses, or a blank one."""
    from propdesk.domain.house_boards import build_board, find_sections
    from propdesk.services.printing_registrations import print_registrations
    from propdesk.services.queries.house_boards import list_board_houses
    from propdesk.services.queries.units import find_unit

    with desk.office(write=False, create=False):
        houses: dict[int, str] = {}
        if args.building:
            board = build_board(list_board_houses(desk.now))
            for section in find_sections(board, args.building, args.community):
                houses |= {house.id: house.short for house in section.houses()}
        elif args.unit:
            unit = find_unit(args.unit, args.community)
            houses = {unit.id: unit.short}
        printed = print_registrations(
            list(houses),
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            language=paper_language(args),
            on_progress=desk.progress(_("Registration forms")) if len(houses) > 1 else None,
        )
    if houses:
        _note(args, desk, list(houses), HousePaper.REGISTRATION)
    return tell_printed(desk, printed, houses=list(houses.values()))


def _note(args: argparse.Namespace, desk: Desk, unit_ids: Sequence[int], paper: HousePaper) -> None:
    from propdesk.services.house_papers import note_house_paper

    purpose = getattr(args, "purpose", "")

    def note(by: int) -> None:
        note_house_paper(unit_ids, paper, by=by, now=desk.now, purpose=purpose)

    note_if_free(desk, args, note)
