"""A notice to residents (停水停电通知, R89): one sheet at the door, read from two metres.

Letters of 30 pt and more, smaller only where the text needs it, and never below 20 pt: what does
not fit then goes on on a second sheet. A5 is the same sheet for doors and lifts, at 0.7 of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, speaking
from propdesk.reports.parts.masthead import fitting_size, page_number
from propdesk.reports.parts.sheet import (
    A4,
    FIELD,
    FRAME,
    HEAVY,
    PT,
    Align,
    Box,
    PageSize,
    PrintedPaper,
    Sheet,
)
from propdesk.reports.parts.text import elide, width_mm

A5_UPRIGHT = PageSize(148, 210)
_SIZES = (30.0, 27.0, 24.0, 22.0, 20.0)  # pt on A4; the last is still read from two metres
_MARGIN = 20.0
_TOP, _FOOT = 17.0, 284.0
_TITLE, _LEAST_TITLE = 66.0, 36.0
_SEAL = 46.0  # mm: the sign-off and room for a seal of 40 mm
_LINE = 1.62  # from baseline to baseline, of the type size


@dataclass(frozen=True, slots=True)
class NoticeSheet:
    """A notice in words of the paper's language; `facts` are word and value, large in a frame."""

    office_name: str
    office_phone: str
    number: str
    title: str
    addressee: str
    text: str
    facts: Sequence[tuple[str, str]]
    dated: str
    is_void: bool = False


def render_notice(
    notice: NoticeSheet, target: Path, *, language: PaperLanguage, small: bool = False
) -> PrintedPaper:
    """Draw a notice into the PDF file `target`, on A4 or `small` on A5 upright."""
    size = A5_UPRIGHT if small else A4
    with speaking(language.code):
        with Sheet(target, size, title=f"{notice.title} {notice.number}") as sheet:
            _Drawn(sheet, notice, language, size.width / A4.width).draw()
        return sheet.printed


class _Drawn:
    """A notice being drawn; lengths are those of A4, `scale` makes them those of the sheet."""

    def __init__(
        self, sheet: Sheet, notice: NoticeSheet, language: PaperLanguage, scale: float
    ) -> None:
        self.sheet = sheet
        self.notice = notice
        self.language = language
        self.scale = scale
        self.left, self.right = _MARGIN, A4.width - _MARGIN

    def draw(self) -> None:
        top = self._draw_head()
        size, lines = self._fitted(_FOOT - _SEAL - top)
        y = self._draw_facts(top, size)
        step = size / PT * _LINE
        if self.notice.addressee:
            self._text(self.left, y + step * 0.8, self.notice.addressee, size, bold=True)
            y += step
        for line in lines:
            if y + step > _FOOT - (_SEAL if line is lines[-1] else 6.0):
                self._end_page()
                self.sheet.new_page()
                y = _TOP
            self._text(self.left, y + step * 0.8, line, size)
            y += step
        if y > _FOOT - _SEAL:
            self._end_page()
            self.sheet.new_page()
        self._draw_sign_off()
        self._end_page()

    def _fitted(self, room: float) -> tuple[float, list[str]]:
        """Return the largest size at which everything stands on one sheet, and its lines."""
        lines: list[str] = []
        for size in _SIZES:
            lines = self._lines(size)
            rows = len(lines) + bool(self.notice.addressee)
            if self._facts_height(size) + rows * size / PT * _LINE <= room:
                return size, lines
        return _SIZES[-1], lines

    def _lines(self, size: float) -> list[str]:
        """Return the text in lines, each paragraph indented by two characters in Chinese."""
        width = self.right - self.left
        indent = "" if self.language is PaperLanguage.EN else "\u3000\u3000"
        lines = []
        for paragraph in self.notice.text.split("\n"):
            lines += self.sheet.wrapped(indent + paragraph, width, size)
        return lines

    # Parts, from the top

    def _draw_head(self) -> float:
        notice, width = self.notice, self.right - self.left
        middle = A4.width / 2
        name = fitting_size(notice.office_name, width, 19, least=11)
        self._text(middle, _TOP + 7, notice.office_name, name, align=Align.CENTRE)
        size = fitting_size(notice.title, width * 0.94, _TITLE, least=_LEAST_TITLE, bold=True)
        titles = self.sheet.wrapped(notice.title, width, size, bold=True)
        y = _TOP + 13
        for line in titles:
            y += size / PT * 1.16
            self._text(middle, y, line, size, bold=True, align=Align.CENTRE)
        y += 6
        self._rule(y, HEAVY * 1.6)
        number = _("No. {number}").format(number=notice.number)
        self._text(self.right, y + 6.4, number, 11, align=Align.RIGHT)
        if notice.is_void:
            self._text(self.left, y + 6.4, _("This notice no longer holds"), 11, bold=True)
        return y + 11

    def _facts_height(self, size: float) -> float:
        if not self.notice.facts:
            return 0.0
        return sum(len(rows) for _word, rows in self._facts(size)) * size / PT * 1.5 + 12

    def _facts(self, size: float) -> list[tuple[str, list[str]]]:
        room = self.right - self.left - 14 - self._word_width(size)
        return [
            (word, self.sheet.wrapped(value, room, size, bold=True))
            for word, value in self.notice.facts
        ]

    def _word_width(self, size: float) -> float:
        return max(width_mm(word, size * 0.8) for word, _value in self.notice.facts) + 6

    def _draw_facts(self, y: float, size: float) -> float:
        """Draw when and where in a frame: what is seen first."""
        if not self.notice.facts:
            return y
        height = self._facts_height(size) - 6
        self.sheet.frame(self._box(self.left, y, self.right - self.left, height), FRAME * 1.4)
        step, left = size / PT * 1.5, self.left + 7
        base = y + 3 + step * 0.72
        for word, rows in self._facts(size):
            self._text(left, base, word, size * 0.8)
            for row in rows:
                self._text(left + self._word_width(size), base, row, size, bold=True)
                base += step
        return y + height + 6

    def _draw_sign_off(self) -> None:
        """Draw office and date at the lower right, inside the room of the seal (40 mm)."""
        notice, right = self.notice, self.right
        y = _FOOT - _SEAL + 20
        name = elide(notice.office_name, self.right - self.left, 20)
        self._text(right, y, name, 20, align=Align.RIGHT)
        self._text(right, y + 11, notice.dated, 20, align=Align.RIGHT)

    def _end_page(self) -> None:
        """Draw the foot: the telephone at the left, the page where there are several."""
        self._rule(_FOOT - 5, FIELD)
        if self.notice.office_phone:
            words = _("Service telephone {phone}").format(phone=self.notice.office_phone)
            self._text(self.left, _FOOT + 3, words, 16, bold=True)

        def number(page: int, pages: int) -> None:
            if pages > 1:
                words = page_number(self.language, page, pages)
                self._text(self.right, _FOOT + 3, words, 11, align=Align.RIGHT)

        self.sheet.at_end(number)

    # From lengths of A4 to those of the sheet

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        align: Align = Align.LEFT,
    ) -> None:
        scale = self.scale
        self.sheet.text(x * scale, y * scale, text, size * scale, bold=bold, align=align)

    def _rule(self, y: float, weight: float) -> None:
        scale = self.scale
        self.sheet.rule(self.left * scale, y * scale, self.right * scale, weight)

    def _box(self, x: float, y: float, width: float, height: float) -> Box:
        scale = self.scale
        return Box(x * scale, y * scale, width * scale, height * scale)
