"""The table of a fee letter: what is owed line by line, late fees apart, total in capitals."""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from propdesk.domain.dunning import Stage
from propdesk.domain.fee_letters import LetterContent, LetterLine
from propdesk.domain.money import in_capitals, money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _lazy
from propdesk.reports.parts.fonts import printable
from propdesk.reports.parts.letter_frames import Block, Frame
from propdesk.reports.parts.masthead import fitting_size
from propdesk.reports.parts.profiles import DOTS
from propdesk.reports.parts.sheet import HEAD, ROW, TABLE, Align, Sheet
from propdesk.reports.parts.text import elide, width_mm, wrap

_LEAST_HEAD = 6.0  # pt; what does not fit stands on two lines
_COLUMNS = (
    _lazy("Item"), _lazy("Charged period"), _lazy("Day of payment"), _lazy("Area × price × months"),
    _lazy("Charged (yuan)"), _lazy("Received (yuan)"), _lazy("Open (yuan)"),
)  # fmt: skip
_PERIOD = _lazy("{first} to {last}")
_SUBTOTAL, _TOTAL = _lazy("Subtotal of {item}"), _lazy("Total")
_LATE, _LATE_CLAUSE = _lazy("Late fee, apart"), _lazy("Late fee ({clause}), apart")
_LATE_RATE = _lazy("{rate}, subject to contract and court")
_NOT_CHARGED = _lazy("not charged for now")
_RENMINBI = _lazy("CNY {capitals}")


class _Plan(NamedTuple):
    """The columns in millimetres: where period and day begin, how wide an amount and a text are.

    `rooms` are those of the heads, one after the other, `two_lines` the height of a head of two.
    """

    period: float
    due: float
    money: float
    item: float
    working: float
    leading: float
    rooms: tuple[float, ...]
    head: float
    two_lines: float
    second: float


_LASER_PLAN = _Plan(
    27.0, 68.6, 17.4, 25.4, 27.6, 3.9, (25.0, 40.0, 16.6, 24.0, 16.4, 16.4, 16.4), 6.2, 6.2, 2.5
)
_DOTS_PLAN = _Plan(
    32.0, 80.0, 21.6, 30.0, 36.0, 4.5, (30.0, 46.0, 21.0, 36.0, 20.4, 20.4, 20.4), 6.6, 10.8, 4.5
)


@lru_cache(maxsize=512)
def _lines(text: str, width: float, size: float) -> tuple[str, ...]:
    return tuple(wrap(printable(text).text, width, size))


class LetterTable:
    """The table of one letter, as blocks for its flow."""

    def __init__(
        self, sheet: Sheet, said: LetterContent, frame: Frame, language: PaperLanguage
    ) -> None:
        self.sheet, self.said, self.frame, self.language = sheet, said, frame, language
        self.left, self.right = frame.left, frame.right
        self.plan = _DOTS_PLAN if frame.profile is DOTS else _LASER_PLAN
        self._least = frame.profile.type(_LEAST_HEAD)
        self._type, self._weight = frame.profile.type, frame.profile.line

    def _edges(self) -> list[tuple[float, Align]]:
        """Return where the words of each column begin or end."""
        right, left = self.right, self.left
        plan, money = self.plan, self.plan.money
        ends = [right - 1.0 - money * step for step in (2, 1, 0)]
        start = left + 1.0
        return [
            (start, Align.LEFT),
            (left + plan.period, Align.LEFT),
            (left + plan.due, Align.LEFT),
            (ends[0] - money, Align.RIGHT),
            *((end, Align.RIGHT) for end in ends),
        ]

    @cached_property
    def head_height(self) -> float:
        """The height of the head, in which a title may stand on two lines."""
        heads = zip(_COLUMNS, self.plan.rooms, strict=True)
        is_single = all(self._on_one_line(self.language.main(title), room) for title, room in heads)
        return self.plan.head if is_single else self.plan.two_lines

    def _on_one_line(self, words: str, room: float) -> bool:
        return width_mm(words, self._least, bold=True) <= room

    def draw_head(self, y: float) -> None:
        """Draw the head from y downwards."""
        sheet, plan, least = self.sheet, self.plan, self._least
        sheet.rule(self.left, y, self.right, TABLE)
        for (x, align), title, room in zip(self._edges(), _COLUMNS, plan.rooms, strict=True):
            words = self.language.main(title)
            if self._on_one_line(words, room):
                size = fitting_size(words, room, self._type(7.2), least=least, bold=True)
                base = y + self.head_height - 2.0
                sheet.text(x, base, words, size, bold=True, align=align)
                continue
            for place, line in enumerate(sheet.wrapped(words, room, least, bold=True)[:2]):
                base = y + self.head_height - 1.0 - plan.second * (1.0 if place == 0 else 0.0)
                sheet.text(x, base, line, least, bold=True, align=align)
        sheet.rule(self.left, y + self.head_height, self.right, self._weight(HEAD))

    def rows(self) -> Iterator[Block]:
        """Give the lines by item, with a subtotal where an item has several; late fees last."""
        plain = [line for line in self.said.lines if not line.is_late_fee]
        place = 0
        while place < len(plain):
            end = place
            while end < len(plain) and plain[end].item == plain[place].item:
                end += 1
            group = plain[place:end]
            for number, line in enumerate(group):
                rule = (place > 0) if number == 0 else True
                yield self._row(line, rule=rule, named=number == 0)
            if len(group) > 1:
                yield self._subtotal(group)
            place = end
        for line in (line for line in self.said.lines if line.is_late_fee):
            yield self._row(line, rule=True, named=True)

    def _row(self, line: LetterLine, *, rule: bool, named: bool) -> Block:
        size, row = self.frame.table, self.frame.row
        edges, leading = self._edges(), self.plan.leading
        small = self._type(size - 0.4)
        names = _lines(line.item, self.plan.item, size) if named else ()
        workings = _lines(line.working, self.plan.working, size) if line.working else ()
        height = row + leading * max(len(names) - 1, len(workings) - 1, 0)

        def draw(y: float) -> None:
            sheet = self.sheet
            if rule:
                sheet.rule(self.left, y, self.right, self._weight(ROW))
            base = y + row * 0.68
            for number, name in enumerate(names):
                sheet.text(edges[0][0], base + leading * number, name, size)
            period = self.language.main(_PERIOD).format(first=line.from_on, last=line.until_on)
            sheet.text(edges[1][0], base, period, small)
            sheet.text(edges[2][0], base, line.due_on, small)
            for number, words in enumerate(workings):
                x = edges[3][0]
                sheet.text(x, base + leading * number, words, small, align=Align.RIGHT)
            self._amounts(base, line.amount_fen, line.settled_fen, bold=False)

        return Block(height, draw, is_row=True)

    def _amounts(self, base: float, amount: int, settled: int, *, bold: bool) -> None:
        for (x, align), fen in zip(
            self._edges()[4:], (amount, settled, amount - settled), strict=True
        ):
            self.sheet.text(x, base, money_words(fen), self.frame.table, bold=bold, align=align)

    def _subtotal(self, group: list[LetterLine]) -> Block:
        amount = sum(line.amount_fen for line in group)
        settled = sum(line.settled_fen for line in group)
        words = self.language.main(_SUBTOTAL).format(item=group[0].item)

        def draw(y: float) -> None:
            self.sheet.rule(self.left, y, self.right, self._weight(ROW))
            base = y + self.frame.row * 0.68
            room = self._edges()[3][0] - self.left
            text = elide(words, room, self.frame.table, bold=True)
            self.sheet.text(self.left + 1.0, base, text, self.frame.table, bold=True)
            self._amounts(base, amount, settled, bold=True)
            self.sheet.rule(self.left, y + self.frame.row, self.right, self._weight(HEAD))

        return Block(self.frame.row, draw, is_row=True)

    def total(self) -> Block:
        """Return the late fee (or that none is charged) and the total as one piece."""
        said, row, size = self.said, self.frame.row, self.frame.table
        main = self.language.main
        late = (
            main(_LATE_CLAUSE).format(clause=said.late_clause) if said.late_clause else main(_LATE)
        )
        if said.late_fen:
            value = main(_LATE_RATE).format(rate=said.late_rate) if said.late_rate else ""
        else:
            value = main(_NOT_CHARGED)
        has_late = self.said.stage != Stage.REMINDER
        high = row if has_late else 0.0

        def draw(y: float) -> None:
            sheet = self.sheet
            if has_late:
                sheet.rule(self.left, y, self.right, self._weight(ROW))
                base = y + row * 0.68
                value_wide = sheet.text(self.right - 1.0, base, value, size, align=Align.RIGHT)
                room = self.right - self.left - value_wide - 6
                sheet.text(self.left + 1.0, base, elide(late, room, size), size)
            sheet.rule(self.left, y + high, self.right, self._weight(HEAD))
            base = y + high + 5.6
            x = self.left + 1.0
            x += sheet.text(x, base, main(_TOTAL), self._type(10.2), bold=True) + 5.5
            figures = f"¥ {money_words(said.total_fen)}"
            wide = sheet.text(
                self.right - 1.0, base + 0.2, figures, 14, bold=True, align=Align.RIGHT
            )
            capitals = main(_RENMINBI).format(capitals=in_capitals(said.total_fen))
            room = self.right - 1.0 - wide - 4 - x
            fit = fitting_size(capitals, room, self._type(10.2), least=self._type(6.5), bold=True)
            sheet.text(x, base, capitals, fit, bold=True)
            sheet.rule(self.left, y + high + 8.4, self.right, TABLE)

        return Block(high + 8.4 + 1.6, draw)
