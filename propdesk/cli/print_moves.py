"""`propdesk print move-in|move-out|gate-pass NUMBER`, `propdesk report move-reasons --year Y`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.domain.errors import RuleError
from propdesk.domain.papers import PaperSize
from propdesk.i18n import _

if TYPE_CHECKING:
    from propdesk.services.parts.printed import Printed

_YEARS = range(1900, 3000)


def add_parsers(papers: Any, add_language: Any) -> None:
    """Add the papers of moves to `print`; `add_language` gives a paper its language option."""
    for name, settlement, words in (
        ("move-in", False, _("the record of who came with a move")),
        ("move-out", True, _("the settlement of who left with a move")),
    ):
        paper = papers.add_parser(name, help=words)
        paper.add_argument("number")
        _add_options(paper, add_language)
        paper.set_defaults(func=run_move, settlement=settlement)
    gate_pass = papers.add_parser("gate-pass", help=_("a pass for things carried out"))
    gate_pass.add_argument("number")
    gate_pass.add_argument("--paper", metavar="|".join(PaperSize))
    _add_options(gate_pass, add_language)
    gate_pass.set_defaults(func=run_gate_pass)


def add_report(kinds: Any, add_language: Any) -> None:
    """Add the year's reasons to `report`."""
    reasons = kinds.add_parser("move-reasons", help=_("why customers left in a year"))
    reasons.add_argument("--year", type=int, required=True, metavar="YYYY")
    reasons.add_argument("-o", "--output", type=Path, metavar="FILE.pdf")
    add_language(reasons)
    add_by(reasons)
    add_json(reasons)
    reasons.set_defaults(func=run_reasons)


def _add_options(parser: argparse.ArgumentParser, add_language: Any) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    add_language(parser)
    add_by(parser)
    add_json(parser)


def run_move(args: argparse.Namespace, desk: Desk) -> int:
    """Print the record or the settlement of a move."""
    from propdesk.cli.print_sheets import note_if_free
    from propdesk.cli.prints import paper_language
    from propdesk.domain.moves import MOVE_RULES
    from propdesk.services.printing_moves import note_move_print, print_move
    from propdesk.services.queries.moves import find_move

    with desk.office(write=False):
        move = find_move(args.number)
        if args.settlement and not MOVE_RULES[move.kind].settles:
            raise RuleError("move-unsettled", _("A move of this kind has no settlement."))
        printed = print_move(
            move.id,
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            settlement=args.settlement,
            language=paper_language(args),
        )
    note_if_free(desk, args, lambda by: note_move_print(move.id, by=by, now=desk.now))
    return _tell(desk, printed, move.number)


def run_gate_pass(args: argparse.Namespace, desk: Desk) -> int:
    """Print a pass on A5, or two copies on A4."""
    from propdesk.cli.print_sheets import note_if_free
    from propdesk.cli.prints import paper_language
    from propdesk.services.printing_moves import note_gate_pass_print, print_gate_pass
    from propdesk.services.queries.gate_passes import find_gate_pass

    with desk.office(write=False):
        found = find_gate_pass(args.number)
        printed = print_gate_pass(
            found.id,
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            size=choice(args.paper, PaperSize, _("paper")) if args.paper else PaperSize.A5,
            language=paper_language(args),
        )
    note_if_free(desk, args, lambda by: note_gate_pass_print(found.id, by=by, now=desk.now))
    return _tell(desk, printed, found.number)


def run_reasons(args: argparse.Namespace, desk: Desk) -> int:
    """Draw why customers left in a year, or print its figures with --json."""
    from propdesk.cli.prints import paper_language, tell_replaced
    from propdesk.services.printing_moves import print_move_reasons
    from propdesk.services.queries.moves import get_reason_year

    if args.year not in _YEARS:
        raise RuleError(
            "year-unreadable", _("«{year}» is no year; write it like 2026.").format(year=args.year)
        )
    if args.output is None and not args.json:
        raise RuleError("output-missing", _("Say where the report goes: -o FILE.pdf."))
    with desk.office(write=False):
        if args.output is not None:
            printed = print_move_reasons(
                args.year,
                args.output,
                by=desk.staff(args.by),
                now=desk.now,
                language=paper_language(args),
            )
            desk.say(_("Written: {file}").format(file=args.output))
            tell_replaced(desk, printed.replaced_characters)
        found = get_reason_year(args.year)
    desk.json(
        {
            "year": found.year,
            "total": found.total,
            "total_before": found.total_before,
            "reference": "training material, not a measurement",
            "reasons": [
                {
                    "reason": row.reason.value,
                    "count": row.count,
                    "share": round(row.share, 4),
                    "reference": row.reference,
                    "before": found.before[row.reason],
                }
                for row in found.rows
            ],
        }
    )
    return 0


def _tell(desk: Desk, printed: "Printed", number: str) -> int:
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
