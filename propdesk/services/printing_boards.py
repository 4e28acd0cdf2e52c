"""The house board on paper (房态图), of the whole office or of one building."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from propdesk.domain.board_shades import BY_STATE, OPEN_COLOURINGS, Colouring
from propdesk.domain.errors import RuleError
from propdesk.domain.house_boards import (
    BoardPaper,
    build_board,
    find_sections,
    section_title,
)
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.house_boards import list_board_houses

if TYPE_CHECKING:
    from propdesk.reports.parts.sheet import PrintedPaper


@dataclass(frozen=True, slots=True)
class WantedBoard:
    """What is to be printed: all houses, a building as people say it, or one by its id."""

    colouring: Colouring = BY_STATE
    size: BoardPaper = BoardPaper.A4
    building: str = ""
    community: str = ""
    building_id: int | None = None


def print_house_board(
    wanted: WantedBoard,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    paper_language: PaperLanguage | None = None,
) -> Printed:
    """Draw the board into the PDF file `target`.

    No name and no mark of a special customer is printed: whoever passes may look at the wall.
    Raises RuleError for a staff member who may not take lists out, for a building or community that
    is not there, for an empty register, for arrears, and for a file that cannot be written.
    """
    actor(by.id, Right.REPORT)
    if wanted.colouring not in OPEN_COLOURINGS:
        raise RuleError(
            "board-arrears",
            _(
                "Who owes fees is not printed on a board: on a wall it would be published "
                "(PIPL 25). Print the list of arrears on the fees page for the office instead."
            ),
        )
    sections = build_board(list_board_houses(now))
    if not sections:
        raise RuleError(
            "board-empty",
            _("There is no house to print yet. Import the residents or add the first house."),
        )
    says_community = len({section.community for section in sections}) > 1
    if wanted.building_id is not None:
        sections = tuple(one for one in sections if wanted.building_id in one.building_ids)
    else:
        sections = find_sections(sections, wanted.building, wanted.community)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> "PrintedPaper":
        from propdesk.reports.house_boards import BoardSheet, render_house_board
        from propdesk.reports.parts.register_frame import RegisterFrame

        shown = [section_title(one, says_community=says_community) for one in sections]
        narrowed = [
            shown[0] if len(shown) == 1 else _("All houses"),
            _("coloured by: {what}").format(what=wanted.colouring.label),
            _("as of {time}").format(time=f"{now:%Y-%m-%d %H:%M}"),
        ]
        paper = BoardSheet(
            frame=RegisterFrame(
                office_name=settings.office_name,
                office_name_en=settings.office_name_en,
                title=_("House board"),
                narrowed="    ".join(narrowed),
                printed_at=local(now),
                printed_by=by.name,
                margin=12.0,
            ),
            size=wanted.size,
            colouring=wanted.colouring,
            sections=sections,
            says_community=says_community,
        )
        return render_house_board(paper, target, language=chosen)

    return draw_paper(target, paper_language, draw)
