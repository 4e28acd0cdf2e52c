"""Why customers left in a year (R84), beside the split that the training material names: A4, plot.

The reference is no measurement and is marked so. Every figure arrives computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, ngettext, speaking
from propdesk.reports.parts.flow import Prose
from propdesk.reports.parts.patterns import Pattern, fill_pattern
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import A4, HEAD, ROW, ZONE, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, RowKind, Table
from propdesk.reports.parts.text import elide, width_mm

_NAMES, _FIGURES = 44.0, 20.0  # mm at the left of the bars, and behind the longest
_STEP, _BAR, _GAP = 12.4, 3.8, 0.6
_KEY = 9.0


@dataclass(frozen=True, slots=True)
class ReasonBar:
    """A reason: its name, this year's number, its share and the reference's (0 to 1)."""

    name: str
    count: int
    share: float
    reference: float | None
    before: int


@dataclass(frozen=True, slots=True)
class MoveReasonsSheet:
    """The paper's input: the frame, the bars, the sums of this year and the one before."""

    frame: RegisterFrame
    year: int
    bars: Sequence[ReasonBar]
    total: int
    total_before: int


@dataclass(frozen=True, slots=True)
class _Bars:
    """Two bars a reason: the year's share solid, the reference's hatched."""

    paper: MoveReasonsSheet

    def height(self, sheet: Sheet, width: float) -> float:  # noqa: ARG002 - the Block protocol
        """Return the height of the key, the bars and the axis."""
        return _KEY + _STEP * len(self.paper.bars) + 9.0

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the key, the bars with their values, and an axis in tenths of a hundred."""
        paper = self.paper
        self._draw_key(sheet, x, y)
        left, right = x + _NAMES, x + width - _FIGURES
        top, bottom = y + _KEY, y + _KEY + _STEP * len(paper.bars)
        most = max([one.share for one in paper.bars] + [one.reference or 0 for one in paper.bars])
        tenths = min(int(most * 10) + 1, 10)
        scale = (right - left) / (tenths / 10)
        for tenth in range(tenths + 1):
            at = left + scale * tenth / 10
            sheet.upright(at, top, bottom, ZONE if not tenth else ROW)
            sheet.text(at, bottom + 4.4, f"{tenth * 10}%", 7.4, align=Align.CENTRE)
        for place, one in enumerate(paper.bars):
            self._draw_pair(sheet, one, Box(x, top + _STEP * place, left - x, _STEP), scale)

    def _draw_key(self, sheet: Sheet, x: float, y: float) -> None:
        total = self.paper.total
        words = ngettext("{year}, {count} move", "{year}, {count} moves", total)
        year = words.format(year=self.paper.year, count=total)
        for words, pattern in (
            (year, Pattern.SOLID),
            (_("Training reference, not a measurement"), Pattern.HATCH),
        ):
            fill_pattern(sheet, Box(x, y + 1.2, 7.0, 3.4), pattern)
            x += 9.0
            x += sheet.text(x, y + 4.2, words, 8.6, bold=pattern is Pattern.SOLID) + 8.0

    def _draw_pair(self, sheet: Sheet, one: ReasonBar, name: Box, scale: float) -> None:
        lines = sheet.wrapped(one.name, name.width - 3, 8.8)[:2]
        base = name.y + _STEP / 2 + 1.1 - 2.0 * (len(lines) - 1)
        sheet.lines(name.x, base, lines, 8.8, leading=4.0)
        y = name.y + (_STEP - 2 * _BAR - _GAP) / 2
        self._draw_bar(sheet, Box(name.right, y, scale * one.share, _BAR), Pattern.SOLID,
                       f"{_percent(one.share)}  ({one.count})" if one.count else "–")  # fmt: skip
        if one.reference is not None:
            below = Box(name.right, y + _BAR + _GAP, scale * one.reference, _BAR)
            self._draw_bar(sheet, below, Pattern.HATCH, _percent(one.reference))

    @staticmethod
    def _draw_bar(sheet: Sheet, bar: Box, pattern: Pattern, words: str) -> None:
        fill_pattern(sheet, bar, pattern, HEAD)
        size, bold = 8.0, pattern is Pattern.SOLID
        wide = width_mm(words, size, bold=bold)
        at = bar.right + 1.4
        sheet.fill(Box(at - 0.4, bar.y, wide + 0.8, bar.height), white=True)
        sheet.text(at, bar.y + 3.0, elide(words, wide + 1, size, bold=bold), size, bold=bold)


def _percent(share: float) -> str:
    return f"{share:.0%}" if share == round(share, 2) else f"{share:.1%}"


def render_move_reasons(
    paper: MoveReasonsSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the chart into the PDF file `target`; OSError where it cannot be written."""
    with speaking(language.code):
        with Sheet(target, A4, title=paper.frame.title) as sheet:
            flow = paper.frame.start(sheet, language)
            flow.space(2.0)
            if not paper.total:
                words = _("Nobody's reason for leaving was recorded in this year.")
                flow.place(Prose(words, 9.2, 5.6, True))
            flow.place(_Bars(paper))
            flow.space(3.0)
            _table(paper).flow(flow)
            flow.space(3.0)
            for sentence in _notes(paper):
                flow.place(Prose(sentence, 8.6, 5.0))
        return sheet.printed


def _table(paper: MoveReasonsSheet) -> Table:
    figures = Align.RIGHT
    columns = (
        Column(_("Reason")),
        Column(str(paper.year), 24, figures, bold=True),
        Column(_("Part of all"), 24, figures),
        Column(_("Reference"), 28, figures),
        Column(str(paper.year - 1), 24, figures),
    )
    rows = [
        Row(
            (
                one.name,
                str(one.count or "–"),
                _percent(one.share) if one.count else "–",
                "–" if one.reference is None else _percent(one.reference),
                str(one.before or "–"),
            )
        )
        for one in paper.bars
    ]
    whole = _percent(1.0) if paper.total else "–"
    sums = (_("Total"), str(paper.total), whole, _percent(1.0), str(paper.total_before))
    return Table(columns, [*rows, Row(sums, RowKind.TOTAL)], size=8.8, row_height=6.2)


def _notes(paper: MoveReasonsSheet) -> list[str]:
    notes = [
        _("Counted are moves out and ends of leases of the year, each by the reason named."),
        _(
            "The reference split stands in the office's training material; it was never measured "
            "here and is no target."
        ),
    ]
    if 0 < paper.total < 20:
        notes.append(_("With so few moves a single one changes the shares much; read the numbers."))
    return notes
