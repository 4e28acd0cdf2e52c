"""The reply letter (书面回复函): concern, apology, improvement, deadline, thanks (R04, R30, R46).

It goes to a resident: nothing internal stands on it (R81). The lower right is kept free for the
office's seal. A correction is a new letter; a void one says so.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _lazy
from propdesk.reports.parts.masthead import (
    Office,
    draw_footer,
    draw_office,
    draw_running_head,
    fitting_size,
)
from propdesk.reports.parts.sheet import A4, FRAME, HEAVY, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.text import elide, width_mm

LEFT, RIGHT = 25.0, 188.0
_BOTTOM, _FOOT = 276.0, 286.0
_SIZE, _LEADING, _PARAGRAPH = 11.0, 7.0, 2.2  # pt, mm, mm
_SIGN_OFF = 52.0  # mm; the seal needs 40 clear
_INDENT = "\u3000\u3000"  # two em, as Chinese letters are set

TITLE = _lazy("Letter of reply")
_NUMBER = _lazy("Letter number")
_TO, _TICKET = _lazy("To: {name}"), _lazy("Concerning {number}")
_CONTACT = _lazy("Your contact: {name}")
_SEAL, _SIGNED = _lazy("{office} (seal)"), _lazy("Issued by {name}")
_DATE = _lazy("{year}-{month:02}-{day:02}")
_VOID = _lazy("VOID")
_PRINTED = _lazy("Printed {time}, {person}")
_HOTLINE = _lazy("Service telephone {phone}")


@dataclass(frozen=True, slots=True)
class ReplyLetterSheet:
    """Everything that is printed on a letter; `paragraphs` are its parts in their order.

    `company` signs where there is one, else the office. Texts are printed as they were written.
    """

    office_name: str
    number: str
    ticket: str
    addressee: str
    paragraphs: tuple[str, ...]
    dated_on: date
    printed_at: datetime
    printed_by: str
    office_name_en: str = ""
    office_phone: str = ""
    company: str = ""
    contact: str = ""
    issued_by: str = ""
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the body, and the white above it where a paragraph begins."""

    text: str
    above: float = 0.0


def render_reply_letter(
    paper: ReplyLetterSheet, target: Path, *, language: PaperLanguage = PaperLanguage.ZH
) -> PrintedPaper:
    """Draw the letter into the PDF file `target`; raises OSError where it cannot be written."""
    with Sheet(target, A4, title=f"{language.main(TITLE)} {paper.number}") as sheet:
        letter = _Letter(sheet, paper, language)
        letter.draw()
    return sheet.printed


class _Letter:
    """A letter being drawn; `y` is the upper edge of the next line."""

    def __init__(self, sheet: Sheet, paper: ReplyLetterSheet, language: PaperLanguage) -> None:
        self.sheet = sheet
        self.paper = paper
        self.language = language
        self.y = 0.0

    def draw(self) -> None:
        self.y = self._draw_head()
        lines = self._body()
        # The sign-off never stands on a page of its own: two lines at least come with it.
        last = max(len(lines) - 2, 0)
        for place, line in enumerate(lines):
            height = line.above + _LEADING
            if place == last:
                height = sum(one.above + _LEADING for one in lines[last:])
                height += self._sign_off_height()
            if self.y + height > _BOTTOM and self.y > 40:
                self._turn()
            self.y += line.above
            self.sheet.lines(LEFT, self.y + 5.0, [line.text], _SIZE, leading=0)
            self.y += _LEADING
        self._draw_sign_off()

    def _body(self) -> list[_Line]:
        is_chinese = self.language is not PaperLanguage.EN
        lines: list[_Line] = []
        for part in self.paper.paragraphs:
            for paragraph in filter(None, part.split("\n")):
                text = _INDENT + paragraph if is_chinese else paragraph
                wrapped = self.sheet.wrapped(text, RIGHT - LEFT, _SIZE)
                lines += [
                    _Line(one, 0.0 if place else _PARAGRAPH) for place, one in enumerate(wrapped)
                ]
        return lines

    def _draw_head(self) -> float:
        sheet, paper, language = self.sheet, self.paper, self.language
        below = language.main(_HOTLINE).format(phone=paper.office_phone)
        office = Office(
            paper.office_name, paper.office_name_en, below if paper.office_phone else ""
        )
        draw_office(sheet, LEFT, 12.6, office, language, width=92)
        room = RIGHT - LEFT - 96
        size = fitting_size(paper.number, room, 11, least=6.5, bold=True)
        number = elide(paper.number, room, size, bold=True)
        sheet.text(RIGHT, 21.6, number, size, bold=True, align=Align.RIGHT)
        sheet.text(RIGHT, 16.0, language.main(_NUMBER), 7.4, align=Align.RIGHT)
        sheet.rule(LEFT, 25.2, RIGHT, HEAVY)
        middle = (LEFT + RIGHT) / 2
        tracking = 0.06 if language is PaperLanguage.EN else 0.34
        title = language.main(TITLE)
        sheet.text(middle, 42.0, title, 22, bold=True, align=Align.CENTRE, tracking=tracking)
        second = language.second(TITLE).upper()
        if second:
            sheet.text(middle, 47.4, second, 6.8, align=Align.CENTRE, tracking=0.12)
        if paper.is_void:
            self._draw_void()
        words = language.main(_TICKET).format(number=paper.ticket)
        sheet.text(RIGHT, 32.0, words, 7.6, align=Align.RIGHT)
        self._draw_foot()
        y = 58.0
        to = language.main(_TO).format(name=paper.addressee)
        for line in sheet.wrapped(to, RIGHT - LEFT, _SIZE, bold=True):
            sheet.text(LEFT, y, line, _SIZE, bold=True)
            y += _LEADING
        return y - 4.4

    def _draw_void(self) -> None:
        words = self.language.main(_VOID)
        wide = width_mm(words, 16, bold=True) + 8
        self.sheet.frame(Box(LEFT, 33.0, wide, 10.4), FRAME)
        self.sheet.text(LEFT + 4, 40.4, words, 16, bold=True)

    def _draw_foot(self) -> None:
        words = self.language.main(_PRINTED).format(
            time=f"{self.paper.printed_at:%Y-%m-%d %H:%M}", person=self.paper.printed_by
        )
        draw_footer(self.sheet, words, self.language, left=LEFT, right=RIGHT, y=_FOOT)

    def _turn(self) -> None:
        sheet, paper, language = self.sheet, self.paper, self.language
        sheet.new_page()
        english = language is PaperLanguage.EN and paper.office_name_en
        office = paper.office_name_en if english else paper.office_name
        title = language.main(TITLE)
        draw_running_head(sheet, title, office, paper.number, left=LEFT, right=RIGHT, y=18.0)
        self._draw_foot()
        self.y = 22.0

    def _sign_off(self) -> tuple[list[str], list[tuple[str, float]]]:
        """Return the lines of the contact at the left, and those of who signs at the right."""
        paper, language = self.paper, self.language
        contact = language.main(_CONTACT).format(name=paper.contact) if paper.contact else ""
        english = language is PaperLanguage.EN and paper.office_name_en
        office = paper.company or (paper.office_name_en if english else paper.office_name)
        day = paper.dated_on
        signed = [(language.main(_SEAL).format(office=office), _SIZE)]
        if paper.issued_by:
            signed.append((language.main(_SIGNED).format(name=paper.issued_by), 9.8))
        dated = language.main(_DATE).format(year=day.year, month=day.month, day=day.day)
        signed.append((dated, _SIZE))
        wrapped = self.sheet.wrapped
        return (
            wrapped(contact, 72, 9.4) if contact else [],
            [(line, size) for text, size in signed for line in wrapped(text, 82, size)],
        )

    def _sign_off_height(self) -> float:
        left, right = self._sign_off()
        return max(_SIGN_OFF, 14.0 + 5.2 * len(left), 24.0 + 6.2 * len(right))

    def _draw_sign_off(self) -> None:
        """Draw contact and signature; room for a seal of 40 mm stays white on the right."""
        left, right = self._sign_off()
        for place, line in enumerate(left):
            self.sheet.text(LEFT, self.y + 12.0 + 5.2 * place, line, 9.4)
        for place, (line, size) in enumerate(right):
            base = self.y + 22.0 + 6.2 * place
            self.sheet.text(RIGHT, base, line, size, align=Align.RIGHT)
