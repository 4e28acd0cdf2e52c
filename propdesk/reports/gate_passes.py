"""The pass for things that are carried out (放行条, forms.md 5.7): A5, or two copies on A4.

On A4 one copy goes with the carrier to the gate, the other stays in the office. What is carried is
never cut: a long list goes on on a further page.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.papers import PaperLanguage, PaperSize
from propdesk.i18n import LazyText, _lazy, speaking
from propdesk.reports.parts.cutting_line import draw_cutting_line
from propdesk.reports.parts.masthead import (
    Masthead,
    Office,
    draw_masthead,
)
from propdesk.reports.parts.records import SIGNATURES_HEIGHT, Signature, draw_signatures
from propdesk.reports.parts.sheet import (
    A4,
    A5_LANDSCAPE,
    FIELD,
    FRAME,
    HEAVY,
    ZONE,
    Align,
    Box,
    PrintedPaper,
    Sheet,
)
from propdesk.reports.parts.text import elide, width_mm
from propdesk.reports.parts.zones import Form

_LEFT, _RIGHT, _TOP = 11.0, 201.0, 6.0
_FOOT, _BOTTOM = 143.2, 138.8
_MASTHEAD = 15.0
_ROW, _LEADING, _SIZE = 7.6, 5.6, 9.6
_TAB = 24.0
_SECOND, _THIRD = 84.0, 140.0
_ITEMS_TOP = _TOP + _MASTHEAD + 2 * _ROW
_SIGNS_TOP = _BOTTOM - SIGNATURES_HEIGHT

TITLE = _lazy("Gate pass")
_HOTLINE = _lazy("Service telephone {phone}")
_HOUSE, _VALID, _HOURS = _lazy("House"), _lazy("Valid on"), _lazy("Hours")
_CARRIER, _PHONE, _PLATE = _lazy("Carrier"), _lazy("Phone"), _lazy("Plate")
_ITEMS, _MOVE = _lazy("What is carried out"), _lazy("Move number")
_AGREED = _lazy("Owner agreed")
_COPIES = (_lazy("For the gate"), _lazy("For the office"))
_SIGNS = (_lazy("Owner"), _lazy("Service centre"), _lazy("Guard on duty"))
_VOID = _lazy("VOID")
_FOOT_WORDS = _lazy("Valid on this day only    Printed {time}, {person}")


@dataclass(frozen=True, slots=True)
class GatePassSheet:
    """A pass as it is printed, in words of the paper's language."""

    office_name: str
    office_name_en: str
    office_phone: str
    number: str
    house: str
    valid: str
    hours: str
    carrier: str
    phone: str
    plate: str
    items: str
    agreed: str
    move: str
    printed_at: datetime
    printed_by: str
    is_void: bool = False


def render_gate_pass(
    paper: GatePassSheet, target: Path, *, size: PaperSize, language: PaperLanguage
) -> PrintedPaper:
    """Draw a pass into the PDF file `target`; OSError where it cannot be written."""
    double = size is PaperSize.A4
    copies = _COPIES if double else _COPIES[:1]
    with speaking(language.code):
        title = f"{language.main(TITLE)} {paper.number}"
        with Sheet(target, A4 if double else A5_LANDSCAPE, title=title) as sheet:
            face = _Face(Form(sheet, language), paper)
            parts = face.parts()
            for number, lines in enumerate(parts, 1):
                if number > 1:
                    sheet.new_page()
                if double:
                    draw_cutting_line(sheet)
                for slot, copy in enumerate(copies):
                    with sheet.shifted(0, (A4.height - A5_LANDSCAPE.height) * slot):
                        face.draw(copy, lines, f"{number}/{len(parts)}" if parts[1:] else "")
        return sheet.printed


class _Face:
    """One copy of a pass; every page has the whole head and all places to sign."""

    def __init__(self, form: Form, paper: GatePassSheet) -> None:
        self.form = form
        self.sheet = form.sheet
        self.paper = paper

    def parts(self) -> list[list[str]]:
        """Return the lines of what is carried, page by page."""
        lines = self.sheet.wrapped(self.paper.items, _RIGHT - _LEFT - _TAB, _SIZE)
        most = int((_SIGNS_TOP - _ROW - _ITEMS_TOP - 2.0) // _LEADING)
        return [lines[start : start + most] for start in range(0, len(lines), most)] or [[]]

    def draw(self, copy: LazyText, lines: list[str], part: str) -> None:
        """Draw the pass."""
        form, sheet, paper = self.form, self.sheet, self.paper
        self._draw_head(copy, part)
        rows = (
            (
                (_HOUSE, paper.house, 0.0),
                (_VALID, paper.valid, _SECOND),
                (_HOURS, paper.hours, _THIRD),
            ),
            (
                (_CARRIER, paper.carrier, 0.0),
                (_PHONE, paper.phone, _SECOND),
                (_PLATE, paper.plate, _THIRD),
            ),
        )
        y = _TOP + _MASTHEAD
        for row in rows:
            for place, (label, value, at) in enumerate(row):
                end = row[place + 1][2] - 3 if place + 1 < len(row) else _RIGHT - _LEFT
                self._cell(label, value, _LEFT + at, y, _LEFT + end)
            y += _ROW
            sheet.rule(_LEFT, y, _RIGHT, FIELD)
        form.label(_LEFT, y + 5.2, _ITEMS, _TAB - 2)
        sheet.lines(_LEFT + _TAB, y + 5.2, lines, _SIZE, leading=_LEADING)
        base = y + 5.2 + _LEADING * len(lines)
        while base < _SIGNS_TOP - _ROW - 3:
            sheet.dotted(_LEFT + _TAB, base + 1, _RIGHT)
            base += _LEADING
        y = _SIGNS_TOP - _ROW
        sheet.rule(_LEFT, y, _RIGHT, FIELD)
        end = _LEFT + _THIRD - 3 if paper.move else _RIGHT
        self._cell(_AGREED, paper.agreed, _LEFT, y, end)
        if paper.move:
            self._cell(_MOVE, paper.move, _LEFT + _THIRD, y, _RIGHT)
        sheet.rule(_LEFT, _SIGNS_TOP, _RIGHT, ZONE)
        signs = [Signature(label) for label in _SIGNS]
        draw_signatures(form, _LEFT, _SIGNS_TOP, _RIGHT - _LEFT, signs)
        sheet.rule(_LEFT, _SIGNS_TOP + SIGNATURES_HEIGHT, _RIGHT, HEAVY)
        words = form.word(_FOOT_WORDS).format(
            time=f"{paper.printed_at:%Y-%m-%d %H:%M}", person=paper.printed_by
        )
        sheet.text(_LEFT, _FOOT, elide(words, _RIGHT - _LEFT - 40, 6.8), 6.8)

    def _draw_head(self, copy: LazyText, part: str) -> None:
        form, sheet, paper = self.form, self.sheet, self.paper
        below = form.word(_HOTLINE).format(phone=paper.office_phone) if paper.office_phone else ""
        head = Masthead(
            Office(paper.office_name, paper.office_name_en, below),
            form.word(TITLE),
            form.language.second(TITLE).upper(),
            paper.number,
            tracking=0.02 if form.language is PaperLanguage.EN else 0.34,
        )
        draw_masthead(
            sheet, head, form.language, left=_LEFT, right=_RIGHT, y=_TOP, height=_MASTHEAD
        )
        words = f"{form.word(copy)}  {part}".rstrip()
        sheet.text(_RIGHT, _TOP + 6.0, words, 9.0, bold=True, align=Align.RIGHT)
        if paper.is_void:
            void = form.word(_VOID)
            wide = width_mm(void, 14, bold=True) + 6
            box = Box(_LEFT + 122, _TOP + 2, wide, 8.4)
            sheet.frame(box, FRAME)
            sheet.text(box.x + 3, box.y + 6.2, void, 14, bold=True)

    def _cell(self, label: LazyText, value: str, x: float, y: float, end: float) -> None:
        """Draw a label and its value."""
        form = self.form
        wide = width_mm(form.word(label), form.profile.label)
        tab = _TAB if x == _LEFT else wide + 2.4
        form.label(x, y + 5.2, label, tab - 1.0)
        form.value(x + tab, y + 5.2, value, end - x - tab, _SIZE)
