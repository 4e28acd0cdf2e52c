"""Which column of the workbook says what: recognised ones, and a picker for each field."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from propdesk.domain.imports import ColumnMapping, ImportField
from propdesk.i18n import _
from ui.theme import Ink, Space, Theme
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField
from ui.widgets.labels import Label

_TOGETHER = "\x1f"
"""Divides the columns of a field that takes several, inside one choice."""


class ColumnPickers(QWidget):
    """One picker for each field, in two columns; `chosen` comes with the button below them."""

    chosen = Signal()

    def __init__(self, theme: Theme, fields: Sequence[ImportField]) -> None:
        super().__init__()
        self._fields = tuple(fields)
        self._pickers: dict[str, PickField] = {}
        self._shown: ColumnMapping = {}
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, Space.S, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.S)
        for place, field in enumerate(fields):
            picker = PickField(theme, str(field.label))
            label = Label(theme, str(field.label), ink=Ink.TEXT_3)
            label.setBuddy(picker)
            row, side = divmod(place, 2)
            grid.addWidget(label, row, 3 * side)
            grid.addWidget(picker, row, 3 * side + 1)
            self._pickers[field.name] = picker
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(4, 1)
        grid.setColumnMinimumWidth(2, Space.L)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        self._again = Button(theme, _("Read with these columns"), icon="check")
        self._again.clicked.connect(self.chosen)
        row_below = QHBoxLayout()
        row_below.addWidget(self._again)
        row_below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(area, 1)
        column.addLayout(row_below)

    def show_mapping(self, header: Sequence[str], mapping: ColumnMapping) -> None:
        """Offer the columns of a file, with the recognised ones chosen."""
        self._shown = mapping
        for field in self._fields:
            picker = self._pickers[field.name]
            columns = mapping.get(field.name, ())
            choices = [Choice("", _("not in this file"))]
            if len(columns) > 1:
                choices.append(Choice(_TOGETHER.join(columns), _(" and ").join(columns)))
            choices += [Choice(column, column) for column in header]
            picker.set_choices(choices)
            picker.choose(_TOGETHER.join(columns))

    def mapping(self) -> Mapping[str, tuple[str, ...]]:
        """Return what is chosen; a field without a column is not taken."""
        return {
            name: tuple(part for part in picker.value().split(_TOGETHER) if part)
            for name, picker in self._pickers.items()
        }

    def enter(self) -> None:
        """Put the keyboard into the first picker."""
        self._pickers[self._fields[0].name].setFocus()
