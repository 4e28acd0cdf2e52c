"""Fee letters (law.md 1.6): notice, friendly note, reminder, visit, demand letter, lawyer's data.

One drawing for all of them: head, addressees, table, totals in figures and capitals, paragraphs,
signature with room for the seal, small print with the hash, and the tear-off of the stage. They go
to a resident in a window envelope: beside name and house nothing is to be seen in the window, and
the word arrears stands nowhere on the outside (content 9).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from propdesk.domain.chinese_numbers import in_words
from propdesk.domain.dunning import Stage
from propdesk.domain.fee_letters import TITLES, day_words, short_hash
from propdesk.domain.money import money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _lazy
from propdesk.reports.parts.codes import QUIET_QR, draw_code128, draw_qr, qr_side
from propdesk.reports.parts.codes import code128_width as bars_width
from propdesk.reports.parts.delivery_slips import (
    Slip,
    draw_order,
    draw_receipt,
    draw_strip,
    draw_visit,
)
from propdesk.reports.parts.fonts import printable
from propdesk.reports.parts.letter_frames import (
    CONTINUOUS,
    FRAMES,
    Block,
    FeeLetterSheet,
    Frame,
    draw_back,
    draw_foot,
)
from propdesk.reports.parts.letter_table import LetterTable
from propdesk.reports.parts.masthead import draw_mark, draw_running_head, fitting_size
from propdesk.reports.parts.sheet import (
    A4,
    FRAME,
    HEAVY,
    ROW,
    Align,
    Box,
    PageSize,
    PrintedPaper,
    Sheet,
)
from propdesk.reports.parts.stressed_words import Run, draw_runs, stressed_runs
from propdesk.reports.parts.text import elide, width_mm, wrap

_CREDIT = _lazy("Unified social credit code {code}")
_TIMES = _lazy("Written demand no. {times}")
_PAY_BY = _lazy("Please pay by")
_TO, _OWNER, _USER = _lazy("Addressed to"), _lazy("Owner"), _lazy("User (agreed payer)")
_NO_OWNER = _lazy("The owner of this house")
_FIRM = _lazy("Law firm")
_HOUSE, _AREA = _lazy("The house"), _lazy("{house}, {area} m²")
_SEAL, _SIGNED = _lazy("{office} (seal)"), _lazy("Issued by {name}")
_ARCHIVE = _lazy("Archive no. {code}, version {version}")
_HASH = _lazy("Content SHA-256 {hash}…")
_ADDRESS = _lazy("Delivered to the address agreed in the contract")
_CORRECTS = _lazy("Takes the place of {number}")
_KEPT = _lazy("This part comes back to the office's files")
_PREVIEW = _lazy("DRAFT, not to be delivered")
_INDENT = "\u3000\u3000"

_DrawSlip = Callable[[Sheet, float, Slip, PaperLanguage, float, float], None]


_SLIPS: dict[Stage, _DrawSlip] = {
    Stage.SLIP: draw_strip,
    Stage.VISIT: draw_visit,
    Stage.LETTER: draw_receipt,
    Stage.LAWYER: draw_order,
}


def paper_size(stage: Stage) -> PageSize:
    """Return what the letters of a stage are printed on."""
    return FRAMES[stage].size


def render_fee_letters(
    stage: Stage,
    letters: Iterable[FeeLetterSheet],
    target: Path,
    *,
    title: str,
    language: PaperLanguage,
    duplex: bool = False,
    continuous: bool = False,
    on_paper: Callable[[int, int, int], None] = lambda _place, _first, _pages: None,
) -> PrintedPaper:
    """Draw letters of one stage into the PDF file `target`, one after the other.

    `on_paper(place, first_page, pages)` is called for each as soon as it is written; whatever it
    raises stops the work, and nothing stays. The working of shared charges follows on the back.
    `duplex` lets each letter begin on a front side, `continuous` draws bill notices on 241-2 paper.
    Raises OSError where it cannot be written.
    """
    from propdesk.reports.parts.batch_sheet import BatchSheet

    frame = CONTINUOUS if continuous and stage is Stage.NOTICE else FRAMES[stage]
    with BatchSheet(target, frame.size, title=title) as sheet:
        for place, letter in enumerate(letters):
            _Letter(sheet, letter, frame, language).draw()
            if letter.content.explained:
                draw_back(sheet, letter, frame, language)
            on_paper(place, *sheet.end_paper(even=duplex))
    return sheet.printed


@lru_cache(maxsize=512)
def _lines(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return a paragraph in lines; most of them are the same in all letters of a batch."""
    return tuple(wrap(printable(text).text, width, size, bold=bold))


class _Letter:
    """A letter being drawn; `y` is the upper edge of the next block."""

    def __init__(
        self, sheet: Sheet, letter: FeeLetterSheet, frame: Frame, language: PaperLanguage
    ) -> None:
        self.sheet, self.letter, self.said = sheet, letter, letter.content
        self.frame, self.language = frame, language
        self.left, self.right = frame.left, frame.right
        self.grid, self.type = frame.grid, frame.profile.type
        self.stage = Stage(letter.content.stage)
        self.table = LetterTable(sheet, self.said, frame, language)
        self.y = 0.0

    def draw(self) -> None:
        frame = self.frame
        self._draw_head()
        blocks = list(self._blocks())
        # The sign-off and the tear-off stand on the last page, two blocks at least with them.
        ends = min(frame.bottom, frame.size.height - frame.slip - 3.0) - frame.sign_off
        last = max(len(blocks) - 2, 0)
        rest = sum(block.height for block in blocks[last:])
        for place, block in enumerate(blocks):
            limit, needed = (ends, rest) if place == last else (frame.bottom, block.height)
            if place > last:
                limit = frame.size.height
            if self.y + needed > limit and self.y > 40:
                self._turn()
                if block.is_row:
                    self.table.draw_head(self.y)
                    self.y += self.table.head_height
            block.draw(self.y)
            self.y += block.height
        self._draw_sign_off()
        slip = _SLIPS.get(self.stage)
        if slip is not None:
            self._draw_slip(slip)

    # Head

    def _draw_head(self) -> None:
        sheet, said, grid, right = self.sheet, self.said, self.grid, self.right
        top, left = grid.top, self.left
        if grid.mark:
            draw_mark(sheet, left, top, grid.mark)
            left += 13
        bars = bars_width(self.letter.digits, grid.bar_module)
        room = right - bars - 8 - left
        name = said.payee or said.office
        size = fitting_size(name, room, 13.0, least=self.type(7.0), bold=True)
        sheet.text(left, top + 4.4, elide(name, room, size, bold=True), size, bold=True)
        below = self._office_line()
        size = fitting_size(below, room, self.type(8.2), least=self.type(5.6))
        sheet.text(left, top + 8.8 + (size - 8.2) * 0.3, elide(below, room, size), size)
        if grid.bars:
            draw_code128(
                sheet, right - bars, top - 0.4, self.letter.digits, height=grid.bars,
                module=grid.bar_module,
            )  # fmt: skip
        size = fitting_size(said.number, bars + 4, self.type(9.4), least=self.type(6.5), bold=True)
        sheet.text(right, top + grid.number, said.number, size, bold=True, align=Align.RIGHT)
        if self.letter.is_draft:
            sheet.text(left, top - 2.6, self.language.main(_PREVIEW), 9.4, bold=True)
        rule = top + grid.rule
        sheet.rule(self.left, rule, right, HEAVY)
        self._draw_title(rule)
        self.y = self._draw_addressees(rule + grid.names)

    def _office_line(self) -> str:
        said = self.said
        credit = self.language.main(_CREDIT).format(code=said.credit_code)
        other = "" if said.payee in {"", said.office} else said.office
        return "\u3000".join(filter(None, (other, credit if said.credit_code else "")))

    def _second(self, text: LazyText) -> str:
        return self.language.second(text) if self.frame.profile.second_lines else ""

    def _draw_title(self, rule: float) -> None:
        sheet, said, language, grid = self.sheet, self.said, self.language, self.grid
        a4 = self.frame.size is A4
        base = rule + grid.title
        title, size = language.main(TITLES[self.stage]), grid.title_size
        tracking = 0.3 if language.code == "zh_CN" else 0.04
        size = size if language.code == "zh_CN" else size - 5
        wide = sheet.text(self.left, base, title, size, bold=True, tracking=tracking)
        x = self.left + wide + 9
        second = self._second(TITLES[self.stage])
        if self.stage in {Stage.SLIP, Stage.LETTER}:
            times = in_words(said.times) if language.code == "zh_CN" else str(said.times)
            words = language.main(_TIMES).format(times=times)
            room = self.right - (78.0 if a4 else 70.0) - x
            fit = fitting_size(words, max(room, 18.0), 9.8, least=6.8)
            sheet.text(x, base - (3.0 if second else 0.6), words, fit)
        if second:
            sheet.text(x, base + 0.8, second, 6.8)
        day = day_words(said.pay_by)
        label = language.main(_PAY_BY)
        day_size, label_size = grid.day_size, self.type(8.2)
        inner = width_mm(label, label_size) + 5 + width_mm(day, day_size, bold=True)
        top = base - (8.2 if a4 else 7.4)  # clear of the heavy rule above it
        box = Box(self.right - inner - 7, top, inner + 7, grid.box)
        sheet.frame(box, FRAME)
        middle = box.y + box.height / 2
        sheet.text(box.x + 3.2, middle + 1.1, label, label_size)
        if self._second(_PAY_BY):
            sheet.text(box.x + 3.2, middle + 3.9, self._second(_PAY_BY), 5.4)
        end = box.right - 3.4
        sheet.text(end, middle + 1.9, day, day_size, bold=True, align=Align.RIGHT)

    def _draw_addressees(self, base: float) -> float:
        sheet, said, language = self.sheet, self.said, self.language
        label, size = self.type(8.2), self.type(10.2)
        hang = self.left + (13.4 if language.code == "zh_CN" else 21.0 * label / 8.2)
        sheet.text(self.left, base, language.main(_TO), label)
        if self.stage is Stage.LAWYER:
            end = hang + sheet.text(hang, base, language.main(_FIRM), size) + 2
            sheet.rule(end, base + 1.4, end + 62, ROW)
        base = self._draw_names(base, hang)
        base += 5.9
        sheet.text(self.left, base, language.main(_HOUSE), label)
        house = f"{said.community} {said.house}" if said.community else said.house
        if said.area:
            house = language.main(_AREA).format(house=house, area=said.area)
        for line in sheet.wrapped(house, self.right - hang, size):
            sheet.text(hang, base, line, size)
            base += 5.6
        return base - 5.6 + self.grid.below_names

    def _draw_names(self, base: float, hang: float) -> float:
        """Draw the owner and, beside him, who agreed to pay; return the last baseline."""
        sheet, said, language = self.sheet, self.said, self.language
        if self.stage is Stage.LAWYER:
            base += 5.9
        x, size = hang, self.type(10.2)
        names = [(_OWNER, said.owner, said.owner_title), (_USER, said.user, said.user_title)]
        if not said.owner and not said.user:
            sheet.text(x, base, language.main(_NO_OWNER), size)
            return base
        for label, name, title in names:
            if not name:
                continue
            words = language.main(label)
            needed = width_mm(f"{words} {name} {title}", size, bold=True) + 4
            if x > hang and x + needed > self.right:
                base, x = base + 5.6, hang
            x += sheet.text(x, base, words, size) + 1.4
            fitted = elide(name, max(self.right - x - 12, 20), size, bold=True)
            x += sheet.text(x, base, fitted, size, bold=True) + 1.4
            x += sheet.text(x, base, title, size) + 9.0
        return base

    # Body

    def _blocks(self) -> Iterator[Block]:
        said = self.said
        if said.parts and not said.parts[0].heading:
            yield from self._paragraph(said.parts[0].text)
        yield Block(1.6, lambda _y: None)
        yield Block(self.table.head_height, self.table.draw_head)
        yield from self.table.rows()
        yield self.table.total()
        yield Block(2.0, lambda _y: None)
        for part in said.parts if said.parts and said.parts[0].heading else said.parts[1:]:
            yield from self._hanging(part.heading, part.text)

    def _paragraph(self, text: str) -> Iterator[Block]:
        frame = self.frame
        indent = _INDENT if self.language.code == "zh_CN" else ""
        for line in _lines(indent + text, self.right - self.left, frame.body):
            yield Block(frame.leading, self._line(self.left, ((line, False),)))

    def _hanging(self, heading: str, text: str) -> Iterator[Block]:
        frame = self.frame
        x = self.left + frame.hang
        heads = _lines(heading, frame.hang - 1.5, self.type(frame.body - 0.4), bold=True)
        # The sentence that says until when to pay stands out, so that nobody overlooks it.
        day = day_words(self.said.pay_by) if self.said.pay_by else ""
        lines = _lines(text, self.right - x, frame.body, bold=bool(day) and day in text)
        runs = list(stressed_runs(printable(text).text, lines, day))
        for place in range(max(len(lines), len(heads))):
            head = heads[place] if place < len(heads) else ""
            last = place == max(len(lines), len(heads)) - 1
            line = runs[place] if place < len(lines) else ()
            yield Block(frame.leading + (1.2 if last else 0.0), self._line(x, line, head))

    def _line(self, x: float, runs: Sequence[Run], head: str = "") -> Callable[[float], None]:
        size, leading = self.frame.body, self.frame.leading
        head_size = self.type(size - 0.4)

        def draw(y: float) -> None:
            base = y + leading * 0.74
            if head:
                self.sheet.text(self.left, base, head, head_size, bold=True)
            draw_runs(self.sheet, x, base, runs, size)

        return draw

    # End

    def _turn(self) -> None:
        self._draw_foot(kept=False)
        self.sheet.new_page()
        said = self.said
        title = self.language.main(TITLES[self.stage])
        name = said.payee or said.office
        draw_running_head(
            self.sheet, title, name, said.number, left=self.left, right=self.right,
            y=self.grid.turned, profile=self.frame.profile,
        )  # fmt: skip
        self.y = self.grid.turned + 4.0

    def _draw_sign_off(self) -> None:
        """Draw the small print at the left, who signs at the right; a seal has 40 mm of room."""
        sheet, said, grid = self.sheet, self.said, self.grid
        main = self.language.main
        module = grid.qr_module
        text = f"{self.letter.code}/{self.letter.sha256[:16].upper()}"
        top = self.y + grid.sign
        if self.frame.slip:
            ends = self.frame.size.height - self.frame.slip
            top = (
                max(top, ends - 17.5 - qr_side(text, module)) if self.stage is Stage.LETTER else top
            )
        side = draw_qr(sheet, self.left, top, text, module=module)
        small = [
            main(_ARCHIVE).format(code=self.letter.code, version=said.version),
            main(_HASH).format(hash=short_hash(self.letter.sha256)),
        ]
        if said.corrects:
            small.append(main(_CORRECTS).format(number=said.corrects))
        if self.stage is Stage.LETTER:
            small.append(main(_ADDRESS))
        for place, line in enumerate(small):
            x = self.left + side + max(3.2, QUIET_QR * module)
            sheet.text(x, top + 2.4 + grid.small_leading * place, line, self.type(6.8))
        name = said.payee or said.office
        signed = [main(_SEAL).format(office=name)]
        if said.signer and self.stage >= Stage.LETTER:
            signed.append(main(_SIGNED).format(name=said.signer))
        signed.append(day_words(said.dated_on))
        last = min(top + side - 1.0, self.frame.foot - 5.4)  # clear of the footer
        base = last - grid.sign_leading * (len(signed) - 1)
        for line in signed:
            size = fitting_size(line, 88, self.type(9.8), least=self.type(7.0))
            sheet.text(self.right, base, line, size, align=Align.RIGHT)
            base += grid.sign_leading
        self._draw_foot(kept=bool(self.frame.slip) and self.stage is not Stage.LAWYER)

    def _draw_slip(self, draw: _DrawSlip) -> None:
        sheet, said = self.sheet, self.said
        y = self.frame.size.height - self.frame.slip
        sheet.line((8, y), (self.frame.size.width - 6, y), 0.5, dash=(3.0, 2.4))
        for turn in (-1, 1):
            sheet.dot(4.2, y + turn * 1.0, 0.62, filled=False)
            sheet.line((4.7, y + turn * 0.7), (7.3, y - turn * 0.75), 0.8)
        amount = f"¥ {money_words(said.total_fen)}"
        slip = Slip(said.number, said.short, amount, self.letter.digits)
        draw(sheet, y, slip, self.language, self.left, self.right)

    def _draw_foot(self, *, kept: bool) -> None:
        if kept:
            self.sheet.text(self.left, self.frame.foot, self.language.main(_KEPT), 6.8)
        draw_foot(self.sheet, self.letter, self.frame, self.language)
