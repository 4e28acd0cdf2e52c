"""A record on paper: sections of labelled values under each other, over as many pages as it takes.

Labels stand small before their values, a fine rule below each row. A long text goes on with the
next page under its label again; nothing is cut and nothing is made smaller.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.i18n import LazyText, _lazy
from propdesk.reports.parts.flow import Flow
from propdesk.reports.parts.masthead import fitting_size
from propdesk.reports.parts.sheet import FIELD, ZONE, Align
from propdesk.reports.parts.text import elide, width_mm
from propdesk.reports.parts.zones import Form

LABEL = 24.0  # mm from the left edge to the first value
_GAP = 2.4  # between the label and the value of a further cell
_CELL_GAP = 3.0
_SIZE, _LEADING, _FRAME = 9.4, 5.5, 2.0  # pt, mm, mm
_BASE = 5.1  # from a row's upper edge to its first baseline
_HEAD, _HEAD_SPACE = 9.4, 1.4
_CONTINUED = _lazy("{label} (continued)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and its value; `at` is where it begins in the row, in mm from the left edge."""

    label: LazyText
    value: str
    at: float = 0.0
    bold: bool = False


class Record:
    """Writes sections and rows of a record into a flow."""

    def __init__(self, form: Form, flow: Flow) -> None:
        self.form = form
        self.flow = flow
        self.line = _FRAME + _LEADING  # mm: a row of one line

    # -- heads and rules

    def section(self, number: int, title: LazyText) -> None:
        """Begin a section; it stays with its first row."""
        form, flow = self.form, self.flow
        if not flow.at_top:
            self.close()
        flow.need(_HEAD + _HEAD_SPACE + _FRAME + _LEADING)
        flow.space(_HEAD_SPACE)
        base = flow.y + 6.2
        form.sheet.text(flow.left, base, str(number), 11, bold=True)
        wide = form.sheet.text(flow.left + 6, base, form.word(title), 11, bold=True)
        second = form.language.second(title)
        if second:
            form.sheet.text(flow.left + 6 + wide + 2, base, second, 6.2)
        flow.y += _HEAD

    def close(self) -> None:
        """Rule off what stands above."""
        flow = self.flow
        self.form.sheet.rule(flow.left, flow.y, flow.left + flow.width, ZONE)

    # -- rows

    def row(self, *cells: Cell) -> None:
        """Write cells beside each other; the row is as high as its longest value."""
        sheet, flow = self.form.sheet, self.flow
        placed = []
        for place, cell in enumerate(cells):
            end = cells[place + 1].at - _CELL_GAP if place + 1 < len(cells) else flow.width
            start = cell.at + self._tab(cell)
            lines = sheet.wrapped(cell.value, end - start, _SIZE, bold=cell.bold)
            placed.append((cell, start, lines))
        most = max((len(lines) for _cell, _start, lines in placed), default=1)
        height = _FRAME + _LEADING * max(most, 1)
        flow.need(height)
        base = flow.y + _BASE
        for cell, start, lines in placed:
            self.form.label(flow.left + cell.at, base, cell.label, start - cell.at - 1.0)
            at = flow.left + start
            sheet.lines(at, base, lines, _SIZE, leading=_LEADING, bold=cell.bold)
        flow.y += height
        self._rule()

    def _tab(self, cell: Cell) -> float:
        if not cell.at:
            return LABEL
        form = self.form
        wide = width_mm(form.word(cell.label), form.profile.label)
        if form.two_lines:
            wide = max(wide, width_mm(form.language.second(cell.label), form.profile.second))
        return min(wide, LABEL - _GAP) + _GAP

    def text(self, label: LazyText, value: str, *, least: int = 1) -> None:
        """Write a text of any length; a short one gets dotted lines for a pen, up to `least`."""
        sheet, flow = self.form.sheet, self.flow
        lines = sheet.wrapped(value, flow.width - LABEL, _SIZE) if value else []
        free = max(least - len(lines), 0) if least > 1 else 0
        flow.need(_FRAME + _LEADING * min(max(len(lines), 1), 3) + _LEADING * free)
        again = False
        while True:
            room = max(int((flow.bottom - flow.y - _FRAME) // _LEADING), 1)
            now, lines = lines[:room], lines[room:]
            base = flow.y + _BASE
            self._label(label, base, again=again)
            sheet.lines(flow.left + LABEL, base, now, _SIZE, leading=_LEADING)
            high = max(len(now), 1)
            if free and not lines:
                high = min(len(now) + free, room)
                self._dotted(base, range(len(now), high))
            flow.y += _FRAME + _LEADING * high
            self._rule()
            if not lines:
                return
            flow.turn()
            again = True

    def _label(self, label: LazyText, base: float, *, again: bool) -> None:
        form, left = self.form, self.flow.left
        if not again:
            form.label(left, base, label, LABEL - 1.5)
            return
        words = form.word(_CONTINUED).format(label=form.word(label))
        for place, line in enumerate(form.sheet.wrapped(words, LABEL - 1.5, form.profile.label)):
            form.sheet.text(left, base + 3.6 * place, line, form.profile.label)

    def _dotted(self, base: float, places: range) -> None:
        flow = self.flow
        for place in places:
            y = base + _LEADING * place + 1.0
            self.form.sheet.dotted(flow.left + LABEL, y, flow.left + flow.width)

    def _rule(self) -> None:
        flow = self.flow
        self.form.sheet.rule(flow.left, flow.y, flow.left + flow.width, FIELD)


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: whose it is, and the name that is known already."""

    label: LazyText
    name: str = ""


_YEAR, _MONTH, _DAY = _lazy("YYYY"), _lazy("MM"), _lazy("DD")
SIGNATURES_HEIGHT = 24.0


def draw_signatures(
    form: Form, left: float, y: float, width: float, signatures: Sequence[Signature]
) -> None:
    """Draw places to sign beside each other, `SIGNATURES_HEIGHT` high, each with a date."""
    sheet = form.sheet
    wide = width / len(signatures)
    for place, signature in enumerate(signatures):
        at, end = left + wide * place + (3 if place else 0), left + wide * (place + 1) - 3
        if place:
            sheet.upright(left + wide * place, y, y + SIGNATURES_HEIGHT, FIELD)
        used = sheet.text(at, y + 5.0, form.word(signature.label), 8.4, bold=True)
        second = form.language.second(signature.label)
        if second:
            sheet.text(at + used + 1.6, y + 5.0, second, 5.6)
        base = y + 5.0
        if width_mm(signature.name, 8.4) > end - at - used - 16:
            base += 4.6  # a long name has a line of its own
        size = fitting_size(signature.name, end - at, 8.4, least=4.5)
        name = elide(signature.name, end - at, size)
        sheet.text(end, base, name, size, align=Align.RIGHT)
        x = end
        for unit in (_DAY, _MONTH, _YEAR):
            word = form.word(unit)
            sheet.text(x, y + SIGNATURES_HEIGHT - 2.6, word, 7.7, align=Align.RIGHT)
            x -= width_mm(word, 7.7) + 9.0
