"""`propdesk print decoration-permit|rectification NUMBER`, `print decoration-patrols`."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.cli.print_sheets import note_if_free
from propdesk.i18n import _

AddOption = Callable[[argparse.ArgumentParser], None]


def add_parsers(papers: Any, add_paper_language: AddOption) -> None:
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
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
        add_paper_language(parser)
        add_by(parser)
        add_json(parser)


def run_permit(args: argparse.Namespace, desk: Desk) -> int:
    """Print the permit of a decoration."""
    from propdesk.services.printing_decorations import print_permit

    return _run(args, desk, print_permit)


def run_rectification(args: argparse.Namespace, desk: Desk) -> int:
    """Print the notice to put right what is open."""
    from propdesk.services.printing_decorations import print_rectification

    return _run(args, desk, print_rectification)


def _run(args: argparse.Namespace, desk: Desk, print_paper: Any) -> int:
    from propdesk.cli.prints import paper_language
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
    return _tell(desk, printed, found.number)


def run_patrols(args: argparse.Namespace, desk: Desk) -> int:
    """Print the sheet to carry to the works under way."""
    from propdesk.cli.prints import paper_language
    from propdesk.services.printing_decorations import print_patrols

    with desk.office(write=False):
        printed = print_patrols(
            args.output, by=desk.staff(args.by), now=desk.now, only_due=args.due,
            language=paper_language(args),
        )  # fmt: skip
    return _tell(desk, printed, None)


def _tell(desk: Desk, printed: Any, number: str | None) -> int:
    from propdesk.cli.prints import tell_replaced

    desk.say(_("{file}: {pages} pages").format(file=printed.file, pages=printed.pages))
    tell_replaced(desk, printed.replaced_characters)
    desk.json(
        {
            "number": number,
            "file": str(printed.file),
            "pages": printed.pages,
            "replaced_characters": list(printed.replaced_characters),
        }
    )
    return 0
