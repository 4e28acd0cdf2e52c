"""`propdesk print delivery-register|visit-record|publication` (forms.md 5.2)."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, read_day
from propdesk.cli.printed import add_paper_options, note_if_free, paper_language, tell_printed
from propdesk.i18n import _


def add_parsers(papers: Any) -> None:
    """Add the papers of urging to `print`."""
    register = papers.add_parser("delivery-register", help=_("acts of urging of a period"))
    register.add_argument("--from", dest="from_on", required=True, metavar="DAY")
    register.add_argument("--to", dest="to_on", required=True, metavar="DAY")
    register.add_argument("--community", default="", metavar="NAME")
    register.set_defaults(func=run_register)
    visit = papers.add_parser("visit-record", help=_("the record that goes along to the door"))
    visit.add_argument("units", nargs="*", metavar="3-2-501", help=_("houses; none for a blank"))
    visit.add_argument("--community", default="", help=_("where several have this house"))
    visit.set_defaults(func=run_visit)
    hung = papers.add_parser("publication", help=_("a publication as it was archived"))
    hung.add_argument("number")
    hung.set_defaults(func=run_publication)
    for parser in (register, visit, hung):
        add_paper_options(parser)


def run_register(args: argparse.Namespace, desk: Desk) -> int:
    """Print the delivery register."""
    from propdesk.services.printing_dunning_acts import print_delivery_register

    with desk.office(write=False):
        printed = print_delivery_register(
            read_day(args.from_on),
            read_day(args.to_on),
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            community=args.community,
            language=paper_language(args),
        )
    return tell_printed(desk, printed)


def run_visit(args: argparse.Namespace, desk: Desk) -> int:
    """Print records of visits."""
    from propdesk.services.printing_dunning_acts import note_visit_print, print_visit_record
    from propdesk.services.queries.units import find_unit

    with desk.office(write=False):
        unit_ids = [find_unit(one, args.community).id for one in args.units]
        printed = print_visit_record(
            unit_ids,
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            language=paper_language(args),
        )
    if unit_ids:
        note_if_free(desk, args, lambda by: note_visit_print(unit_ids, by=by, now=desk.now))
    return tell_printed(desk, printed)


def run_publication(args: argparse.Namespace, desk: Desk) -> int:
    """Print a publication, byte by byte as it hung; it speaks the language it was written in."""
    from propdesk.services.publications import print_publication

    with desk.office(write=False) as office:
        return tell_printed(
            desk, print_publication(office, args.number, args.output, by=desk.staff(args.by).id)
        )
