"""Where things stand on the paper of a fee letter, its footer, and its back page (R98)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from propdesk.domain.dunning import Stage
from propdesk.domain.fee_letters import TITLES, LetterContent
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _lazy
from propdesk.reports.parts.codes import MODULE, QR_MODULE
from propdesk.reports.parts.delivery_slips import SLIP_ORDER, SLIP_RECEIPT, SLIP_STRIP, SLIP_VISIT
from propdesk.reports.parts.masthead import draw_running_head, page_number
from propdesk.reports.parts.profiles import DOTS, LASER, Profile
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


class Grid(NamedTuple):
    """Where head and sign-off stand, in millimetres, with their sizes of type in points.

    `top` counts from the edge, `number` and `rule` from there, `title` and `names` from the rule
    below the office. `mark` is the side of the program's mark, `bars` the height of the bar code;
    either may be 0. `turned` is the rule below the head of a later page.
    """

    top: float
    mark: float
    bars: float
    number: float
    rule: float
    title: float
    title_size: float
    day_size: float
    box: float
    names: float
    below_names: float
    turned: float
    sign: float
    sign_leading: float
    small_leading: float
    bar_module: float
    qr_module: float


_A4 = Grid(
    top=13.0, mark=10.0, bars=6.8, number=10.2, rule=12.6, title=11.4, title_size=23, day_size=14.5,
    box=11.6, names=21.4, below_names=3.6, turned=16.0, sign=9.0, sign_leading=5.8,
    small_leading=3.7, bar_module=MODULE, qr_module=QR_MODULE,
)  # fmt: skip
_A5 = Grid(
    top=8.0, mark=8.6, bars=0.0, number=8.8, rule=11.0, title=9.0, title_size=18, day_size=12.5,
    box=9.6, names=16.0, below_names=2.4, turned=16.0, sign=1.6, sign_leading=5.0,
    small_leading=3.7, bar_module=MODULE, qr_module=0.5,
)  # fmt: skip
# No mark: pins print no black ground. Codes as large as they read after a ribbon (papers.md).
_PINS = Grid(
    top=5.6, mark=0.0, bars=7.4, number=12.2, rule=14.4, title=9.2, title_size=18, day_size=12.5,
    box=9.6, names=16.0, below_names=2.0, turned=12.0, sign=1.9, sign_leading=5.4,
    small_leading=5.2, bar_module=0.34, qr_module=0.85,
)  # fmt: skip


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
    grid: Grid
    profile: Profile = LASER


_LETTER = Frame(A4, 25.0, 190.0, 283.0, 291.6, 9.8, 5.5, 8.6, 5.9, 20.4, 36.0, 0.0, _A4)
_NOTE = Frame(A5_LANDSCAPE, 14.0, 196.0, 138.0, 143.6, 9.2, 4.9, 8.2, 5.3, 19.0, 17.0, 0.0, _A5)
# Bill notices for the needle printer that prints the receipts, too (forms.md 5.3).
# The QR code may stand beside the footer, so that a notice of one line fits a page.
CONTINUOUS = Frame(
    PageSize(241, 139.7),
    18.5,
    222.5,
    128.6,
    134.4,
    10.5,
    5.2,
    10.5,
    6.0,
    23.0,
    17.3,
    0.0,
    _PINS,
    DOTS,
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
        sheet.text(right, y, text, frame.profile.type(6.8), align=Align.RIGHT)

    sheet.at_end(draw)


def draw_back(sheet: Sheet, letter: FeeLetterSheet, frame: Frame, language: PaperLanguage) -> None:
    """Draw how shared and metered charges came about, on a page of its own (R98)."""
    said, left, right = letter.content, frame.left, frame.right
    profile = frame.profile
    title, text_size = profile.type(9.8), profile.type(9.0)

    def turn() -> float:
        sheet.new_page()
        name = said.payee or said.office
        first = language.main(TITLES[Stage(said.stage)])
        draw_running_head(
            sheet, first, name, said.number, left=left, right=right, y=frame.grid.turned,
            profile=profile,
        )  # fmt: skip
        draw_foot(sheet, letter, frame, language)
        return frame.grid.turned + 4.0

    y = turn() + 8.0
    sheet.text(left, y, language.main(_EXPLAINED), 14, bold=True)
    y += 4.0
    for one in said.explained:
        lines = [
            line for text in one.lines for line in sheet.wrapped(text, right - left - 8, text_size)
        ]
        if y + 7.0 + 5.0 * min(len(lines), 3) > frame.bottom:
            y = turn()
        y += 6.4
        sheet.text(left, y, elide(one.title, right - left, title, bold=True), title, bold=True)
        y += 1.4
        for line in lines:
            if y + 5.0 > frame.bottom:
                y = turn() + 2.0
            y += 5.0
            sheet.text(left + 8, y, line, text_size)
        y += 2.0
        sheet.rule(left, y, right, profile.line(ROW))
    if y + 8 < frame.bottom:
        sheet.text(left, y + 6.4, language.main(_EXPLAINED_NOTE), profile.type(7.8))
