"""`propdesk print move-in|move-out|gate-pass NUMBER`, `propdesk report move-reasons --year Y`."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, choice
from propdesk.cli.printed import (
    add_paper_options,
    note_if_free,
    paper_language,
    tell_printed,
    tell_replaced,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.papers import PaperSize
from propdesk.i18n import _

_YEARS = range(1900, 3000)


def add_parsers(papers: Any) -> None:
    """Add the papers of moves to `print`."""
    for name, settlement, words in (
        ("move-in", False, _("the record of who came with a move")),
        ("move-out", True, _("the settlement of who left with a move")),
    ):
        paper = papers.add_parser(name, help=words)
        paper.add_argument("number")
        add_paper_options(paper)
        paper.set_defaults(func=run_move, settlement=settlement)
    gate_pass = papers.add_parser("gate-pass", help=_("a pass for things carried out"))
    gate_pass.add_argument("number")
    gate_pass.add_argument("--paper", metavar="|".join(PaperSize))
    add_paper_options(gate_pass)
    gate_pass.set_defaults(func=run_gate_pass)


def add_report(kinds: Any) -> None:
    """Add the year's reasons to `report`."""
    reasons = kinds.add_parser("move-reasons", help=_("why customers left in a year"))
    reasons.add_argument("--year", type=int, required=True, metavar="YYYY")
    add_paper_options(reasons, is_required=False)
    reasons.set_defaults(func=run_reasons)


def run_move(args: argparse.Namespace, desk: Desk) -> int:
    """Print the record or the settlement of a move."""
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
    return tell_printed(desk, printed, number=move.number)


def run_gate_pass(args: argparse.Namespace, desk: Desk) -> int:
    """Print a pass on A5, or two copies on A4."""
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
    return tell_printed(desk, printed, number=found.number)


def run_reasons(args: argparse.Namespace, desk: Desk) -> int:
    """Draw why customers left in a year, or print its figures with --json."""
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
