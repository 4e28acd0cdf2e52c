"""The notice to rectify (整改通知单, forms.md 5.6): two copies of A5 on a sheet of A4.

One copy is handed over, the other is signed and kept. What was found is never cut: a long list goes
on on a further sheet with the same head.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _lazy, speaking
from propdesk.reports.parts.cutting_line import draw_cutting_line
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Tick, Words, draw_line
from propdesk.reports.parts.masthead import Masthead, Office, draw_masthead
from propdesk.reports.parts.records import SIGNATURES_HEIGHT, Signature, draw_signatures
from propdesk.reports.parts.sheet import (
    A4,
    A5_LANDSCAPE,
    FIELD,
    HEAVY,
    ZONE,
    Align,
    PrintedPaper,
    Sheet,
)
from propdesk.reports.parts.text import elide, width_mm
from propdesk.reports.parts.zones import Form

_LEFT, _RIGHT, _TOP = 11.0, 201.0, 6.0
_FOOT, _BOTTOM = 143.2, 138.8
_MASTHEAD, _ROW = 15.0, 7.6
_LEADING, _SIZE = 5.3, 9.4
_SECOND = 96.0
_FOUND_TOP = _TOP + _MASTHEAD + 2 * _ROW + 1.2
_SIGNS_TOP = _BOTTOM - SIGNATURES_HEIGHT
_RECHECK_ROW = 7.8

TITLE = _lazy("Notice to rectify")
_HOTLINE = _lazy("Service telephone {phone}")
_COPIES = (_lazy("For whom it concerns"), _lazy("For the office"))
_SIGNS = (_lazy("Issued by"), _lazy("Received by"), _lazy("Looked at again"))
_FOOT_WORDS = _lazy("Printed {time}, {person}")
_RECHECK, _NEW_DEADLINE = _lazy("What the look found"), _lazy("New deadline")

Fact = tuple[LazyText, str]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of what was found or is asked for, with its label; without one it is a sentence."""

    text: str
    label: LazyText | None = None


@dataclass(frozen=True, slots=True)
class RectificationSheet:
    """A notice as it is printed, in words of the paper's language.

    `facts` stand in two lines below the head: whom it is for, where, until when. `demand` stands
    over the signatures; `rechecks` are the words to tick after the look at what was done.
    """

    office_name: str
    office_name_en: str
    office_phone: str
    number: str
    facts: tuple[tuple[Fact, Fact], tuple[Fact, Fact]]
    found: Sequence[Block]
    demand: str
    printed_at: datetime
    printed_by: str
    rechecks: Sequence[LazyText] = ()


def render_rectification(
    paper: RectificationSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw a notice into the PDF file `target`; OSError where it cannot be written."""
    with speaking(language.code):
        title = f"{language.main(TITLE)} {paper.number}"
        with Sheet(target, A4, title=title) as sheet:
            face = _Face(Form(sheet, language), paper)
            parts = face.parts()
            for number, lines in enumerate(parts, 1):
                if number > 1:
                    sheet.new_page()
                draw_cutting_line(sheet)
                for slot, copy in enumerate(_COPIES):
                    with sheet.shifted(0, (A4.height - A5_LANDSCAPE.height) * slot):
                        face.draw(copy, lines, f"{number}/{len(parts)}" if parts[1:] else "")
        return sheet.printed


class _Face:
    """One copy of a notice."""

    def __init__(self, form: Form, paper: RectificationSheet) -> None:
        self.form = form
        self.sheet = form.sheet
        self.paper = paper
        labels = [form.word(block.label) for block in paper.found if block.label is not None]
        self.indent = max((width_mm(word, _SIZE, bold=True) + 4.0 for word in labels), default=0.0)
        self.demand = self.sheet.wrapped(paper.demand, _RIGHT - _LEFT, 8.6) if paper.demand else []
        self.end = (
            _SIGNS_TOP - 3.0 - 4.6 * len(self.demand) - (_RECHECK_ROW if paper.rechecks else 0)
        )

    def parts(self) -> list[list[tuple[str, str]]]:
        """Return what was found sheet by sheet, as lines with the label of each block's first."""
        room = _RIGHT - _LEFT - self.indent
        lines = []
        for block in self.paper.found:
            label = "" if block.label is None else self.form.word(block.label)
            for line in self.sheet.wrapped(block.text, room, _SIZE):
                lines.append((label, line))
                label = ""
        most = int((self.end - _FOUND_TOP) // _LEADING)
        return [lines[start : start + most] for start in range(0, len(lines), most)] or [[]]

    def draw(self, copy: LazyText, lines: Sequence[tuple[str, str]], part: str) -> None:
        """Draw the notice."""
        form, sheet, paper = self.form, self.sheet, self.paper
        self._draw_head(copy, part)
        y = _TOP + _MASTHEAD
        for first, second in paper.facts:
            self._cell(*first, _LEFT, y, _LEFT + _SECOND - 3)
            self._cell(*second, _LEFT + _SECOND, y, _RIGHT)
            y += _ROW
            sheet.rule(_LEFT, y, _RIGHT, FIELD)
        base = _FOUND_TOP + 4.4
        for label, line in lines:
            sheet.text(_LEFT, base, label, _SIZE, bold=True)
            sheet.lines(_LEFT + self.indent, base, [line], _SIZE, leading=_LEADING)
            base += _LEADING
        base = self.end + 4.6
        sheet.lines(_LEFT, base, self.demand, 8.6, leading=4.6)
        if paper.rechecks:
            self._draw_recheck()
        sheet.rule(_LEFT, _SIGNS_TOP, _RIGHT, ZONE)
        signs = [Signature(label) for label in _SIGNS]
        draw_signatures(form, _LEFT, _SIGNS_TOP, _RIGHT - _LEFT, signs)
        sheet.rule(_LEFT, _BOTTOM, _RIGHT, HEAVY)
        words = form.word(_FOOT_WORDS).format(
            time=f"{paper.printed_at:%Y-%m-%d %H:%M}", person=paper.printed_by
        )
        sheet.text(_LEFT, _FOOT, elide(words, _RIGHT - _LEFT - 40, 6.8), 6.8)

    def _draw_recheck(self) -> None:
        form, top = self.form, _SIGNS_TOP - _RECHECK_ROW
        self.sheet.rule(_LEFT, top, _RIGHT, FIELD)
        pieces: list[Piece] = [Words(form.word(_RECHECK), 8.4, bold=True), Space(4)]
        for label in self.paper.rechecks:
            pieces += [Tick(form.word(label), size=8.4), Space(4)]
        pieces += [Space(6), Words(form.word(_NEW_DEADLINE), 8.4), Space(1.6), Blank(30)]
        draw_line(self.sheet, _LEFT, top + 5.2, pieces, _RIGHT - _LEFT)

    def _draw_head(self, copy: LazyText, part: str) -> None:
        form, sheet, paper = self.form, self.sheet, self.paper
        below = form.word(_HOTLINE).format(phone=paper.office_phone) if paper.office_phone else ""
        head = Masthead(
            Office(paper.office_name, paper.office_name_en, below),
            form.word(TITLE),
            form.language.second(TITLE).upper(),
            paper.number,
            tracking=0.02 if form.language is PaperLanguage.EN else 0.2,
        )
        draw_masthead(
            sheet, head, form.language, left=_LEFT, right=_RIGHT, y=_TOP, height=_MASTHEAD
        )
        words = f"{form.word(copy)}  {part}".rstrip()
        sheet.text(_RIGHT, _TOP + 6.0, words, 9.0, bold=True, align=Align.RIGHT)

    def _cell(self, label: LazyText, value: str, x: float, y: float, end: float) -> None:
        form = self.form
        tab = width_mm(form.word(label), form.profile.label) + 2.4
        form.label(x, y + 5.2, label, tab - 1.0)
        form.value(x + tab, y + 5.2, value, end - x - tab, _SIZE)
