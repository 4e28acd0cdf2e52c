"""The lines of paid work as a grid for the keyboard: item, quantity, price; the amount is reckoned.

What is typed into the first field is completed from the price list by number, name or a part of it;
what is not in the list is typed in full. Enter moves on, an empty line always waits at the end.
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.money import money_words, parse_money, parse_quantity, quantity_words
from propdesk.domain.prices import (
    CHARGE_LABELS,
    MOST_LINES,
    ChargeKind,
    ChargeLine,
    PriceItem,
    matches,
)
from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, mark_bad
from ui.widgets.labels import Label
from ui.widgets.proposals import Proposals

_QUANTITY, _PRICE, _KIND, _AMOUNT = 70, 90, 88, 90
_SHOWN_ROWS = 5


def _shown(item: PriceItem) -> str:
    """Return a price as the list of proposals shows it."""
    return f"{item.code}  {item.label}  {money_words(item.price_fen)}"


class _Proposals(Proposals):
    """Finds a price by its number or a part of its name, and puts the name into the field."""

    def __init__(self, prices: Sequence[PriceItem], field: LineField) -> None:
        super().__init__([_shown(item) for item in prices], field)
        self._prices = prices

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802
        """Return what the field gets: the name without number and price."""
        return self._prices[index.row()].label


class _Row:
    """The fields of one line, and the price of the list that it came from."""

    def __init__(self, theme: Theme, prices: Sequence[PriceItem]) -> None:
        self._prices = prices
        self.item: PriceItem | None = None
        self.name = LineField(theme, _("Item"), placeholder=_("number or name"))
        self.kind = PickField(
            theme, _("Kind"), [Choice(kind.value, str(CHARGE_LABELS[kind])) for kind in ChargeKind]
        )
        self.kind.setFixedWidth(theme.px(_KIND))
        self.kind.choose(ChargeKind.MATERIAL)
        self.quantity = LineField(theme, _("Quantity"), width=_QUANTITY)
        self.price = LineField(theme, _("Unit price"), width=_PRICE)
        self.amount = Label(theme)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.amount.setMinimumWidth(theme.px(_AMOUNT))
        proposals = _Proposals(prices, self.name)
        proposals.activated.connect(self._on_chosen)
        self.name.setCompleter(proposals)
        self.name.finished.connect(self._on_finished)

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """The fields in reading order."""
        return self.name, self.quantity, self.price, self.kind

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was typed."""
        return not (self.name.words() or self.quantity.words() or self.price.words())

    def show_line(self, line: ChargeLine) -> None:
        """Show a line that stands already."""
        self.name.show_words(f"{line.name} {line.spec}".strip())
        self.item = next((one for one in self._prices if one.id == line.price_item_id), None)
        self.kind.choose(line.kind)
        self.quantity.show_words(quantity_words(line.quantity_milli).replace(",", ""))
        self.price.show_words(money_words(line.price_fen))

    def _on_chosen(self, words: str) -> None:
        self._take(next((item for item in self._prices if item.label == words), None))
        self.quantity.setFocus()
        self.quantity.selectAll()

    def _on_finished(self) -> None:
        """Take the price that the words can only mean, when the clerk moves on."""
        words = self.name.words()
        if not words or (self.item is not None and words == self.item.label):
            return
        self.kind.setEnabled(True)
        exact = [item for item in self._prices if item.code == words.upper()]
        found = exact or [item for item in self._prices if matches(item, words)]
        if len(found) == 1:
            self._take(found[0])

    def _take(self, item: PriceItem | None) -> None:
        if item is None:
            return
        self.item = item
        self.name.show_words(item.label)
        self.kind.choose(item.kind)
        self.kind.setEnabled(False)
        self.price.show_words(money_words(item.price_fen))
        if not self.quantity.words():
            self.quantity.show_words("1")

    def line(self) -> ChargeLine:
        """Return the line as it was typed. Raises RuleError for what cannot be read."""
        words = self.name.words()
        item = self.item if self.item is not None and self.item.label == words else None
        return ChargeLine(
            kind=ChargeKind(self.kind.value()),
            name=item.name if item else words,
            quantity_milli=parse_quantity(self.quantity.words() or "1"),
            price_fen=parse_money(self.price.words()),
            spec=item.spec if item else "",
            unit=item.unit if item else "",
            price_item_id=item.id if item else None,
        )


class ChargeLines(QWidget):
    """The grid. `changed` comes with each key that changes what the work costs."""

    changed = Signal()

    def __init__(self, theme: Theme, prices: Sequence[PriceItem]) -> None:
        super().__init__()
        self._theme = theme
        self._prices = prices
        self._rows: list[_Row] = []
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, Space.S, 0)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(0, 1)
        heads = (_("Item"), _("Quantity"), _("Unit price"), _("Kind"), _("Amount (yuan)"))
        for place, head in enumerate(heads):
            label = Label(theme, head, ink=Ink.TEXT_3, size=Size.SMALL)
            if place == len(heads) - 1:
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(label, 0, place)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        row = theme.control_height() + Space.XS
        self._scroll.setFixedHeight(theme.line(Size.SMALL) + Space.S + _SHOWN_ROWS * row)
        self._add_row()

    def _add_row(self) -> _Row:
        row = _Row(self._theme, self._prices)
        place = len(self._rows) + 1
        for column, widget in enumerate((*row.fields, row.amount)):
            self._grid.addWidget(widget, place, column)
            widget.show()  # at once: the next key may go there
        self._grid.setRowStretch(place, 0)
        self._grid.setRowStretch(place + 1, 1)
        if self._rows:
            # A widget that is made later would come last, behind the fields below the grid.
            last: QWidget = self._rows[-1].kind
            for field in row.fields:
                QWidget.setTabOrder(last, field)
                last = field
        self._rows.append(row)
        for line in (row.name, row.quantity, row.price):
            line.textChanged.connect(lambda _words, row=row: self._on_typed(row))
        return row

    def _on_typed(self, row: _Row) -> None:
        for field in (row.name, row.quantity, row.price):
            mark_bad(field, is_bad=False)
        try:
            row.amount.show_text("" if row.is_empty else money_words(row.line().amount_fen))
        except RuleError:
            row.amount.show_text("")
        if row is self._rows[-1] and not row.is_empty and len(self._rows) < MOST_LINES:
            self._add_row()
        self.changed.emit()

    def show_lines(self, lines: Sequence[ChargeLine]) -> None:
        """Show what stands already."""
        for line in lines:
            self._rows[-1].show_line(line)

    def take_focus(self) -> None:
        """Put the keyboard on the first line."""
        self._rows[0].name.setFocus()

    def total_fen(self) -> int:
        """Return what the readable lines come to."""
        total = 0
        for row in self._rows:
            try:
                total += 0 if row.is_empty else row.line().amount_fen
            except RuleError:
                continue
        return total

    def lines(self) -> tuple[ChargeLine, ...]:
        """Return the lines as typed. Raises DraftError for `lines` with the first bad one named."""
        found = []
        for number, row in enumerate(self._rows, start=1):
            if row.is_empty:
                continue
            try:
                found.append(row.line())
            except RuleError as refusal:
                sentence = _("Line {line}: {problem}").format(line=number, problem=refusal)
                for field in (row.name, row.quantity, row.price):
                    mark_bad(field, is_bad=True)
                raise DraftError((Problem("lines", sentence),)) from refusal
        return tuple(found)
