"""`propdesk print notice-of-data UNIT|--blank`, `catalogue`, `person-data`, `erasure`."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk
from propdesk.cli.printed import add_paper_options, note_if_free, paper_language, tell_printed
from propdesk.i18n import _


def add_parsers(papers: Any) -> None:
    """Add the papers about personal data to `print`."""
    notice = papers.add_parser("notice-of-data", help=_("what is kept about people, and why"))
    which = notice.add_mutually_exclusive_group(required=True)
    which.add_argument("unit", nargs="?", metavar="UNIT")
    which.add_argument("--blank", action="store_true", help=_("to be filled with a pen"))
    notice.set_defaults(func=run_notice)
    catalogue = papers.add_parser(
        "catalogue", help=_("the catalogue of personal data and how long records are kept")
    )
    catalogue.set_defaults(func=run_catalogue)
    own = papers.add_parser("person-data", help=_("everything that is kept of a person"))
    own.add_argument("--person", type=int, metavar="ID", required=True)
    own.add_argument("--for", dest="receiver", default="", help=_("who else gets it: an heir"))
    own.set_defaults(func=run_person_data)
    done = papers.add_parser("erasure", help=_("the certificate of what was erased or sealed"))
    done.add_argument("--id", type=int, metavar="N", required=True)
    done.set_defaults(func=run_erasure)
    for one in (notice, catalogue, own, done):
        add_paper_options(one)


def run_notice(args: argparse.Namespace, desk: Desk) -> int:
    """Print the notice for a house, or a blank one."""
    from propdesk.services.printing_privacy import note_notice, print_data_notice
    from propdesk.services.queries.units import find_unit

    with desk.office(write=False):
        unit = find_unit(args.unit) if args.unit else None
        printed = print_data_notice(
            args.output,
            unit.id if unit else None,
            by=desk.staff(args.by),
            now=desk.now,
            paper_language=paper_language(args),
        )
    if unit is not None:
        note_if_free(desk, args, lambda by: note_notice(unit.id, by=by, now=desk.now))
    return tell_printed(desk, printed, house=unit.short if unit else None)


def run_catalogue(args: argparse.Namespace, desk: Desk) -> int:
    """Print the catalogue."""
    from propdesk.services.printing_privacy import print_catalogue

    with desk.office(write=False):
        printed = print_catalogue(
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            paper_language=paper_language(args),
        )
    return tell_printed(desk, printed, house=None)


def run_person_data(args: argparse.Namespace, desk: Desk) -> int:
    """Print everything that is kept of a person, and note that it was printed."""
    from propdesk.domain.access import AccessAct
    from propdesk.services.person_data import note_person_data
    from propdesk.services.printing_person_data import print_person_data

    with desk.office(write=True, create=False):
        by = desk.staff(args.by)
        printed = print_person_data(
            args.output,
            args.person,
            by=by,
            now=desk.now,
            receiver=args.receiver,
            paper_language=paper_language(args),
        )
        note_person_data(
            args.person, AccessAct.PRINTED, by=by.id, now=desk.now, purpose=args.receiver
        )
    return tell_printed(desk, printed, house=None)


def run_erasure(args: argparse.Namespace, desk: Desk) -> int:
    """Print the certificate of an erasure or a sealing; it names nobody."""
    from propdesk.services.printing_erasures import print_erasure

    with desk.office(write=False) as office:
        printed = print_erasure(
            office,
            args.output,
            args.id,
            by=desk.staff(args.by),
            now=desk.now,
            paper_language=paper_language(args),
        )
    return tell_printed(desk, printed, house=None)
