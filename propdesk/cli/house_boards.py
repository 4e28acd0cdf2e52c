"""`propdesk house-board` counts the houses of the board, `propdesk print house-board` draws it."""

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from propdesk.cli.desk import Desk, add_json, choice
from propdesk.cli.printed import add_paper_options, paper_language, tell_printed
from propdesk.domain.house_boards import BoardPaper
from propdesk.i18n import _

if TYPE_CHECKING:
    from propdesk.domain.house_boards import BoardHouse, Section


def add_parsers(commands: Any) -> None:
    """Add `house-board` to the command line."""
    board = commands.add_parser("house-board", help=_("how many houses are let, vacant ..."))
    _add_place(board)
    add_json(board)
    board.set_defaults(func=run_counts)


def add_paper(papers: Any) -> None:
    """Add the board to `print`."""
    paper = papers.add_parser("house-board", help=_("the houses by entrance and floor"))
    _add_place(paper)
    paper.add_argument("--colour", metavar="state|tickets", default="state")
    paper.add_argument("--paper", metavar="|".join(BoardPaper), default=BoardPaper.A4.value)
    add_paper_options(paper)
    paper.set_defaults(func=run_paper)


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--building", default="", metavar="NAME", help=_("one building only"))
    parser.add_argument("--community", default="", metavar="NAME", help=_("in one community only"))


def run_paper(args: argparse.Namespace, desk: Desk) -> int:
    """Print the board."""
    from propdesk.domain.board_shades import find_colouring
    from propdesk.services.printing_boards import WantedBoard, print_house_board

    with desk.office(write=False):
        printed = print_house_board(
            WantedBoard(
                colouring=find_colouring(args.colour),
                size=choice(args.paper, BoardPaper, _("paper")),
                building=args.building,
                community=args.community,
            ),
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            paper_language=paper_language(args),
        )
    return tell_printed(desk, printed)


def run_counts(args: argparse.Namespace, desk: Desk) -> int:
    """Say how many houses each colour of the board has, in all and by building."""
    from propdesk.domain.house_boards import build_board, find_sections
    from propdesk.services.queries.house_boards import list_board_houses

    with desk.office(write=False):
        sections = build_board(list_board_houses(desk.now))
    sections = find_sections(sections, args.building, args.community)
    houses = [house for section in sections for house in section.houses()]
    desk.json({**_counts(houses), "buildings": [_section_json(one) for one in sections]})
    for colouring, counted in _told(houses):
        desk.say(f"{colouring}: {counted}")
    return 0


def _told(houses: Iterable["BoardHouse"]) -> list[tuple[str, str]]:
    from propdesk.domain.board_shades import OPEN_COLOURINGS

    known = list(houses)
    lines = []
    for colouring in OPEN_COLOURINGS:
        counts = colouring.count(known)
        words = (f"{shade.label} {counts[shade.key]}" for shade in colouring.shades)
        lines.append((str(colouring.label), ", ".join(words)))
    return lines


def _counts(houses: Iterable["BoardHouse"]) -> dict[str, Any]:
    from propdesk.domain.board_shades import OPEN_COLOURINGS, count_marks

    known = list(houses)
    return {
        "houses": len(known),
        "people": sum(house.people for house in known),
        **{colouring.key: colouring.count(known) for colouring in OPEN_COLOURINGS},
        "marks": {mark.value: count for mark, count in count_marks(known).items()},
    }


def _section_json(section: "Section") -> dict[str, Any]:
    return {
        "community": section.community,
        "building": section.name or None,
        **_counts(section.houses()),
        "entrances": [
            {"entrance": one.name or None, **_counts(one.houses())} for one in section.entrances
        ],
        "strips": [{"kind": one.kind.value, **_counts(one.houses)} for one in section.strips],
    }
