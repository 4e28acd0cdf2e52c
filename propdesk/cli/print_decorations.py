"""`propdesk print decoration-permit|rectification NUMBER`, `print decoration-patrols`."""

import argparse
from collections.abc import Callable
from typing import Any

from propdesk.cli.desk import Desk
from propdesk.cli.printed import add_paper_options, note_if_free, paper_language, tell_printed
from propdesk.i18n import _

AddOption = Callable[[argparse.ArgumentParser], None]


def add_parsers(papers: Any) -> None:
    """Add the papers of decorations to `print`."""
    permit = papers.add_parser("decoration-permit", help=_("the permit for the door"))
    permit.set_defaults(func=run_permit)
    notice = papers.add_parser("rectification", help=_("the notice to put right what was found"))
    notice.set_defaults(func=run_rectification)
    for parser in (permit, notice):
        parser.add_argument("number")
    sheet = papers.add_parser("decoration-patrols", help=_("the sheet to carry to all works"))
    sheet.add_argument("--due", action="store_true", help=_("only where a look is due"))
    sheet.set_defaults(func=run_patrols)
    for parser in (permit, notice, sheet):
        add_paper_options(parser)


def run_permit(args: argparse.Namespace, desk: Desk) -> int:
    """Print the permit of a decoration."""
    from propdesk.services.printing_decorations import print_permit

    return _run(args, desk, print_permit)


def run_rectification(args: argparse.Namespace, desk: Desk) -> int:
    """Print the notice to put right what is open."""
    from propdesk.services.printing_decorations import print_rectification

    return _run(args, desk, print_rectification)


def _run(args: argparse.Namespace, desk: Desk, print_paper: Any) -> int:
    from propdesk.services.printing_decorations import note_decoration_print
    from propdesk.services.queries.decorations import find_decoration

    with desk.office(write=False):
        found = find_decoration(args.number)
        printed = print_paper(
            found.id, args.output, by=desk.staff(args.by), now=desk.now,
            language=paper_language(args),
        )  # fmt: skip

    def note(by: int) -> None:
        note_decoration_print(found.id, by=by, now=desk.now)

    note_if_free(desk, args, note)
    return tell_printed(desk, printed, number=found.number)


def run_patrols(args: argparse.Namespace, desk: Desk) -> int:
    """Print the sheet to carry to the works under way."""
    from propdesk.services.printing_decorations import print_patrols

    with desk.office(write=False):
        printed = print_patrols(
            args.output, by=desk.staff(args.by), now=desk.now, only_due=args.due,
            language=paper_language(args),
        )  # fmt: skip
    return tell_printed(desk, printed, number=None)
