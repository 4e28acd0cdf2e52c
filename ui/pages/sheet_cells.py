"""How the lines of a sheet are drawn: number, item, standard, and a cell for each round.

One round has a box for the reading and its verdict beside it; several are columns of one cell each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from propdesk.domain.check_items import VERDICT_LABELS, CheckItem, ItemKind, Verdict
from propdesk.domain.findings import FINDING_LABELS, Finding, FindingState
from propdesk.domain.inspection_results import SheetPlace, limit_words
from propdesk.domain.sheet_entry import CellKey, SheetEntry
from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.theme.tokens import ToneColours
from ui.widgets.painting import CENTRE, LEFT, RIGHT, dot, focus_ring, ground, hairline, text

_DOT = 8
_BOX = 84
_RESULT = 178
_ROUND = 104
_NUMBER = 30
_TICKS = (Verdict.NORMAL, Verdict.ABNORMAL, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid: the name of a place or section, or an item of a place."""

    place: SheetPlace
    item: CheckItem | None = None
    title: str = ""
    number: int = 0


def lines_of(places: Sequence[SheetPlace]) -> list[Line]:
    """Return the lines of a sheet; one place alone needs no name, its sections do.

    Items are numbered through all places, as on the paper that lies beside the screen.
    """
    lines: list[Line] = []
    number = 0
    for place in places:
        if len(places) > 1:
            words = (place.code, place.name if place.name != place.code else "", place.where)
            lines.append(Line(place, title="  ".join(filter(None, words))))
        section = ""
        for item in place.items:
            number += 1
            if item.section != section:
                section = item.section
                if section:
                    lines.append(Line(place, title=section))
            lines.append(Line(place, item, number=number))
    return lines


@dataclass(slots=True)
class Shown:
    """What the painter needs beside the entry: findings by cell, where the keyboard is."""

    entry: SheetEntry
    findings: Mapping[CellKey, Finding] = field(default_factory=dict)
    current: CellKey | None = None
    has_focus: bool = False
    can_write: bool = True


def standard_words(item: CheckItem) -> str:
    """Return what an item is held against: its limits, else what is in order in words."""
    limits = limit_words(item) if item.kind is ItemKind.NUMBER else ""
    return limits or item.standard


def verdict_words(entry: SheetEntry, key: CellKey) -> tuple[str, Tone | None]:
    """Return what a cell comes to in a word, with its tone; empty while nothing stands there."""
    if key in entry.problems:
        return _("check it"), Tone.DANGER
    side = entry.side(key)
    if side:
        return (_("low") if side < 0 else _("high")), Tone.DANGER
    verdict = entry.verdict(key)
    if verdict is None:
        return "", None
    tone = {Verdict.NORMAL: Tone.OK, Verdict.ABNORMAL: Tone.DANGER}.get(verdict, Tone.NEUTRAL)
    return tick_word(verdict), tone


def tick_word(verdict: Verdict) -> str:
    """Return the short word of a verdict."""
    return _("n/a") if verdict is Verdict.NOT_APPLICABLE else str(VERDICT_LABELS[verdict])


def finding_words(finding: Finding) -> str:
    """Return what became of a finding, short: the ticket's number where there is one."""
    if finding.standing is FindingState.OPEN:
        return _("Ticket F9")
    return finding.ticket or finding.rectification or str(FINDING_LABELS[finding.standing])


class SheetPainter:
    """Places and draws the lines of a sheet."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def row_height(self) -> int:
        """Return the height of an item's line."""
        return self._theme.row_height() + 1

    def height_of(self, line: Line) -> int:
        """Return the height of a line."""
        return self.row_height() if line.item else self._theme.line(Size.SMALL) + Space.M

    def columns(self, width: int, rounds: int) -> tuple[QRect, QRect, QRect, list[QRect]]:
        """Return number, item, standard and the rounds' cells across, as rectangles of height 0."""
        px = self._theme.px
        left, right = Space.XL, width - Space.XL
        cell = px(_BOX) + px(_RESULT) if rounds == 1 else px(_ROUND)
        cell = min(cell, max((right - left) * 2 // 3 // max(rounds, 1), px(64)))
        first = right - cell * rounds
        number = QRect(left, 0, px(_NUMBER), 0)
        room = first - number.right() - Space.M
        item = QRect(number.right() + 1, 0, max(room * 11 // 20, 1), 0)
        standard = QRect(item.right() + Space.S, 0, max(room - item.width() - Space.S, 1), 0)
        return number, item, standard, [
            QRect(first + n * cell, 0, cell, 0) for n in range(rounds)
        ]  # fmt: skip

    def box(self, cell: QRect, item: CheckItem, *, is_alone: bool) -> QRect:
        """Return where a value is typed within the cell of a round."""
        inner = cell.adjusted(Space.XS, 2, -Space.XS, -3)
        if is_alone and item.kind is ItemKind.NUMBER:
            inner.setWidth(self._theme.px(_BOX))
        return inner

    def segments(self, cell: QRect, item: CheckItem) -> list[QRect]:
        """Return the places of the words that are chosen by digits; none where they do not fit."""
        words = self.choices(item)
        metrics = self._theme.metrics(bold=True)
        widths = [metrics.horizontalAdvance(word) + 2 * 9 for word in words]
        inner = cell.adjusted(Space.XS, 2, -Space.XS, -3)
        if not words or sum(widths) > inner.width():
            return []
        left = inner.right() - sum(widths) + 1
        found = []
        for width in widths:
            found.append(QRect(left, inner.top(), width, inner.height()))
            left += width
        return found

    @staticmethod
    def choices(item: CheckItem) -> list[str]:
        """Return the words that an item is answered with, by their digits from 1 on."""
        if item.kind is ItemKind.TICK:
            return [tick_word(one) for one in _TICKS]
        return list(item.choices) if item.kind is ItemKind.CHOICE else []

    # -- drawing

    def paint_head(
        self,
        painter: QPainter,
        width: int,
        height: int,
        names: Sequence[str],
        items: Sequence[CheckItem],
    ) -> None:
        """Draw the names of the columns; where nothing is measured there are no readings."""
        theme = self._theme
        ink = theme.ink(Ink.TEXT_3)
        painter.setFont(theme.font(Size.SMALL))
        _number, item, standard, cells = self.columns(width, len(names))
        for rect, word in ((item, _("Item")), (standard, _("Standard"))):
            text(painter, _high(rect, 0, height), word, ink, LEFT)
        for rect, name in zip(cells, names, strict=True):
            whole = _high(rect, 0, height)
            if len(names) > 1:
                text(painter, whole, name, ink, CENTRE)
                continue
            result = whole.adjusted(theme.px(_BOX) + Space.L, 0, 0, 0)
            if any(one.kind is ItemKind.NUMBER for one in items):
                box = whole.adjusted(Space.XS, 0, 0, 0)
                box.setWidth(theme.px(_BOX) - Space.S)
                text(painter, box, _("Reads"), ink, RIGHT)
            elif ticks := [one for item in items for one in self.segments(rect, item)[:1]]:
                result.setLeft(min(one.left() for one in ticks) + Space.S)
            text(painter, result, _("Assessment"), ink, LEFT)
        hairline(painter, 0, height - 1, width, height - 1, theme.colours.line)

    def paint_line(self, painter: QPainter, line: Line, top: int, width: int, shown: Shown) -> None:
        """Draw a line at its height."""
        theme, height = self._theme, self.height_of(line)
        if line.item is None:
            rect = QRect(Space.XL, top, width - 2 * Space.XL, height)
            painter.setFont(theme.font(Size.SMALL, bold=True))
            text(painter, rect, line.title, theme.ink(Ink.TEXT_2), LEFT)
        else:
            self._paint_item(painter, line, line.item, top, width, shown)
        bottom = top + height - 1
        hairline(painter, 0, bottom, width, bottom, theme.colours.line)

    def _paint_item(
        self, painter: QPainter, line: Line, item: CheckItem, top: int, width: int, shown: Shown
    ) -> None:
        theme, height = self._theme, self.row_height()
        rounds = shown.entry.sheet.rounds
        number, name, standard, cells = self.columns(width, len(rounds))
        is_here = shown.current is not None and shown.current[1:] == (line.place.position, item.id)
        if is_here:
            painter.fillRect(QRect(0, top, width, height - 1), theme.colours.selection)
        painter.setFont(theme.font())
        text(painter, _high(number, top, height), str(line.number), theme.ink(Ink.TEXT_3), LEFT)
        text(painter, _high(name, top, height), item.name, theme.ink(Ink.TEXT), LEFT)
        painter.setFont(theme.font())
        rect = _high(standard, top, height)
        ticks = self.segments(cells[0], item) if len(rounds) == 1 else []
        if ticks and (rounds[0].round_id, line.place.position, item.id) not in shown.findings:
            # Nothing stands before the ticks: a long standard has that room as well.
            rect.setRight(ticks[0].left() - Space.M)
        text(painter, rect, standard_words(item), theme.ink(Ink.TEXT_2), LEFT)
        for rect, one in zip(cells, rounds, strict=True):
            key = (one.round_id, line.place.position, item.id)
            self._paint_cell(painter, _high(rect, top, height), item, key, shown)

    def _paint_cell(
        self, painter: QPainter, cell: QRect, item: CheckItem, key: CellKey, shown: Shown
    ) -> None:
        is_alone = len(shown.entry.sheet.rounds) == 1
        box = self.box(cell, item, is_alone=is_alone)
        segments = self.segments(cell, item) if is_alone else []
        if segments:
            self._paint_segments(painter, segments, item, key, shown)
            box = segments[0].united(segments[-1])
        else:
            self._paint_box(painter, box, item, key, shown, is_alone=is_alone)
        if is_alone and item.kind is ItemKind.NUMBER:
            self._paint_result(painter, cell, box, key, shown)
        elif is_alone and segments:
            finding = shown.findings.get(key)
            left = QRect(cell.left(), cell.top(), box.left() - cell.left() - Space.S, cell.height())
            if finding is not None:
                painter.setFont(self._theme.font(Size.SMALL))
                text(painter, left, finding_words(finding), self._theme.ink(Ink.ACCENT), RIGHT)
        if key == shown.current and shown.has_focus:
            focus_ring(painter, box.adjusted(-1, -1, 1, 1), self._theme)

    def _paint_segments(
        self,
        painter: QPainter,
        segments: Sequence[QRect],
        item: CheckItem,
        key: CellKey,
        shown: Shown,
    ) -> None:
        theme, colours = self._theme, self._theme.colours
        whole = segments[0].united(segments[-1])
        ground(painter, whole, colours.sunken, radius=6)
        chosen, tone = self._chosen(item, key, shown.entry)
        for place, (rect, word) in enumerate(zip(segments, self.choices(item), strict=True)):
            ink = theme.ink(Ink.TEXT_2)
            painter.setFont(theme.font(bold=place == chosen))
            if place == chosen:
                fill = colours.surface if tone is None else tone.ground
                ground(painter, rect.adjusted(2, 2, -2, -2), fill, edge=colours.line)
                ink = theme.ink(Ink.TEXT) if tone is None else tone.text
            text(painter, rect, word, ink, CENTRE)

    def _chosen(
        self, item: CheckItem, key: CellKey, entry: SheetEntry
    ) -> tuple[int, ToneColours | None]:
        """Return which word is chosen (-1 for none); an abnormal one has a tone."""
        verdict, cell = entry.verdict(key), entry.cell(key)
        tone = self._theme.tone(Tone.DANGER) if verdict is Verdict.ABNORMAL else None
        if item.kind is ItemKind.TICK:
            return (_TICKS.index(cell.verdict) if cell.verdict else -1), tone
        return (item.choices.index(cell.words) if cell.words in item.choices else -1), tone

    def _paint_box(
        self,
        painter: QPainter,
        box: QRect,
        item: CheckItem,
        key: CellKey,
        shown: Shown,
        *,
        is_alone: bool,
    ) -> None:
        """Draw a box with what was typed, or with the word that it comes to."""
        theme, entry = self._theme, shown.entry
        words, tone = verdict_words(entry, key)
        is_bad = tone is Tone.DANGER
        typed = entry.cell(key).words
        is_typed = item.kind in (ItemKind.NUMBER, ItemKind.TEXT)
        if is_typed or not is_alone:
            edge = theme.tone(Tone.DANGER).dot if is_bad else theme.colours.line_field
            fill = theme.colours.surface if shown.can_write else theme.colours.alt
            ground(painter, box, fill, edge=edge)
        inner = box.adjusted(Space.S, 0, -Space.S, 0)
        painter.setFont(theme.font())
        ink = theme.tone(Tone.DANGER).text if is_bad else theme.ink(Ink.TEXT)
        if entry.cell(key).verdict is Verdict.NOT_APPLICABLE:
            text(painter, inner, "/", theme.ink(Ink.TEXT_3), CENTRE)
        elif item.kind is ItemKind.NUMBER:
            text(painter, inner, typed, ink, RIGHT)
        elif typed:
            text(painter, inner, typed, ink, LEFT)
        elif item.kind is ItemKind.TICK and words:
            self._paint_dotted(painter, inner, words, tone)
        if item.kind is ItemKind.NUMBER and not is_alone and entry.side(key):
            painter.setFont(theme.font(Size.SMALL))
            text(painter, inner, words, ink, LEFT)

    def _paint_result(
        self, painter: QPainter, cell: QRect, box: QRect, key: CellKey, shown: Shown
    ) -> None:
        theme = self._theme
        words, tone = verdict_words(shown.entry, key)
        rect = cell.adjusted(box.width() + Space.L, 0, 0, 0)
        painter.setFont(theme.font())
        self._paint_dotted(painter, rect, words, tone)
        finding = shown.findings.get(key)
        if finding is not None:
            painter.setFont(theme.font(Size.SMALL))
            link = finding_words(finding)
            text(painter, rect.adjusted(0, 0, -Space.XS, 0), link, theme.ink(Ink.ACCENT), RIGHT)

    def _paint_dotted(self, painter: QPainter, rect: QRect, words: str, tone: Tone | None) -> None:
        if not words:
            return
        theme = self._theme
        colour = theme.tone(tone or Tone.NEUTRAL).dot
        side = theme.px(_DOT)
        dot(painter, rect.left() + side / 2, rect.center().y() + 1, side, colour)
        ink = theme.tone(Tone.DANGER).text if tone is Tone.DANGER else theme.ink(Ink.TEXT)
        text(painter, rect.adjusted(side + 6, 0, 0, 0), words, ink, LEFT)


def _high(rect: QRect, top: int, height: int) -> QRect:
    return QRect(rect.left(), top, rect.width(), height)
