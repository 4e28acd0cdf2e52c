"""Where things stand on the paper of a fee letter, its footer, and its back page (R98)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from propdesk.domain.dunning import Stage
from propdesk.domain.fee_letters import TITLES, LetterContent
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _lazy
from propdesk.reports.parts.delivery_slips import SLIP_ORDER, SLIP_RECEIPT, SLIP_STRIP, SLIP_VISIT
from propdesk.reports.parts.masthead import draw_running_head, page_number
from propdesk.reports.parts.sheet import A4, A5_LANDSCAPE, ROW, Align, PageSize, Sheet
from propdesk.reports.parts.text import elide

_PRINTED = _lazy("Printed {time} {person}")
_EXPLAINED = _lazy("How shared and metered charges were computed")
_EXPLAINED_NOTE = _lazy(
    "Meter readings and vouchers may be inspected at the service desk during office hours."
)


@dataclass(frozen=True, slots=True)
class FeeLetterSheet:
    """A letter to be drawn: what it says, the hash of that, its code, when and by whom printed.

    `code` is its place in the archive, `digits` what the scanner reads on the part that comes back.
    `is_draft` marks what is only looked at.
    """

    content: LetterContent
    sha256: str
    code: str
    digits: str
    printed_at: datetime
    printed_by: str
    is_draft: bool = False


class Frame(NamedTuple):
    """Where things stand on a stage's paper, in millimetres and points."""

    size: PageSize
    left: float
    right: float
    bottom: float
    foot: float
    body: float
    leading: float
    table: float
    row: float
    hang: float
    sign_off: float
    slip: float


_LETTER = Frame(A4, 25.0, 190.0, 283.0, 291.6, 9.8, 5.5, 8.6, 5.9, 20.4, 36.0, 0.0)
_NOTE = Frame(A5_LANDSCAPE, 14.0, 196.0, 138.0, 143.6, 9.2, 4.9, 8.2, 5.3, 19.0, 17.0, 0.0)
# Bill notices for the needle printer that prints the receipts, too (forms.md 5.3).
CONTINUOUS = Frame(
    PageSize(241, 139.7), 18.5, 222.5, 129.0, 134.8, 9.2, 4.9, 8.2, 5.3, 19.0, 17.0, 0.0
)
FRAMES = {
    Stage.NOTICE: _LETTER,
    Stage.REMINDER: _NOTE,
    Stage.SLIP: _LETTER._replace(slip=SLIP_STRIP, sign_off=32.0),
    Stage.VISIT: _LETTER._replace(slip=SLIP_VISIT, sign_off=26.0),
    Stage.LETTER: _LETTER._replace(slip=SLIP_RECEIPT),
    Stage.LAWYER: _LETTER._replace(slip=SLIP_ORDER),
}


class Block(NamedTuple):
    """A piece that is never divided; rows of the table have its head above them on each page."""

    height: float
    draw: Callable[[float], None]
    is_row: bool = False


def draw_foot(sheet: Sheet, letter: FeeLetterSheet, frame: Frame, language: PaperLanguage) -> None:
    """Draw when and by whom it was printed and, once it is known, the page of pages."""
    words = language.main(_PRINTED).format(
        time=f"{letter.printed_at:%Y-%m-%d %H:%M}", person=letter.printed_by
    )
    right, y = frame.right, frame.foot

    def draw(page: int, pages: int) -> None:
        text = f"{words}\u3000{page_number(language, page, pages)}"
        sheet.text(right, y, text, 6.8, align=Align.RIGHT)

    sheet.at_end(draw)


def draw_back(sheet: Sheet, letter: FeeLetterSheet, frame: Frame, language: PaperLanguage) -> None:
    """Draw how shared and metered charges came about, on a page of its own (R98)."""
    said, left, right = letter.content, frame.left, frame.right

    def turn() -> float:
        sheet.new_page()
        name = said.payee or said.office
        first = language.main(TITLES[Stage(said.stage)])
        draw_running_head(sheet, first, name, said.number, left=left, right=right, y=16.0)
        draw_foot(sheet, letter, frame, language)
        return 20.0

    y = turn() + 8.0
    sheet.text(left, y, language.main(_EXPLAINED), 14, bold=True)
    y += 4.0
    for one in said.explained:
        lines = [line for text in one.lines for line in sheet.wrapped(text, right - left - 8, 9.0)]
        if y + 7.0 + 5.0 * min(len(lines), 3) > frame.bottom:
            y = turn()
        y += 6.4
        sheet.text(left, y, elide(one.title, right - left, 9.8, bold=True), 9.8, bold=True)
        y += 1.4
        for line in lines:
            if y + 5.0 > frame.bottom:
                y = turn() + 2.0
            y += 5.0
            sheet.text(left + 8, y, line, 9.0)
        y += 2.0
        sheet.rule(left, y, right, ROW)
    if y + 8 < frame.bottom:
        sheet.text(left, y + 6.4, language.main(_EXPLAINED_NOTE), 7.8)
