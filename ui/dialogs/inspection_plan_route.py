"""The route of a plan: points in walking order, moved by keys, each with its template (R99)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from propdesk.domain.assets import Point
from propdesk.domain.check_templates import Template
from propdesk.domain.inspection_plans import Stop
from propdesk.i18n import _, _lazy
from ui.context import AppContext
from ui.dialogs.inspection_plan_points import PointsDialog
from ui.tables.columns import CellKind, Column
from ui.tables.view import RecordTable
from ui.theme import Space
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField


@dataclass(frozen=True, slots=True)
class _Line:
    """A stop with its place in the order; `key` stays its own while it moves."""

    key: int
    place: int
    point: Point
    template: Template


class RouteList(QWidget):
    """The stops and what moves them; `changed` comes with each change, `left` with Esc.

    Without `templates` it lists points alone, each once.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, context: AppContext, templates: Sequence[Template], *, rows: int) -> None:
        super().__init__()
        self._context = context
        self._templates = {str(one.id): one for one in templates}
        self._lines: list[_Line] = []
        self._last_key = 0
        theme = context.theme
        self.table = RecordTable(
            theme, _("Route in walking order"), _columns(), lambda line: line.key, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(rows))
        self.table.left.connect(self.left)
        self.template = PickField(
            theme,
            _("Template"),
            [Choice(key, f"{one.code} {one.name}") for key, one in self._templates.items()],
        )
        self.template.picked.connect(self._on_template)
        self.table.current_changed.connect(self._show_template)
        self.table.opened.connect(lambda _line: self.template.setFocus())
        add = Button(theme, _("Add points"), kind=Kind.TONAL, icon="plus", shortcut="Ctrl+N")
        add.clicked.connect(self.add_points)
        up = Button(theme, "", kind=Kind.QUIET, icon="chevron-up", hint="Alt+Up", name=_("Up"))
        down = Button(
            theme, "", kind=Kind.QUIET, icon="chevron-down", hint="Alt+Down", name=_("Down")
        )
        gone = Button(theme, _("Take it off"), kind=Kind.QUIET, icon="x", hint="Del")
        for button, keys, act in (
            (up, "Alt+Up", lambda: self._move(-1)),
            (down, "Alt+Down", lambda: self._move(1)),
            (gone, "Del", self._take_out),
        ):
            button.clicked.connect(act)
            QShortcut(QKeySequence(keys), self.table).activated.connect(act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        for widget in (add, up, down, gone):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.template)
        self.setFocusProxy(self.table)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stops(self, stops: Sequence[tuple[Point, Template]]) -> None:
        """Show a route."""
        self._lines = []
        self._append(stops)
        self._show(self._lines[0].key if self._lines else None)

    def stops(self) -> tuple[Stop, ...]:
        """Return the route in its order."""
        return tuple(Stop(line.point.id, line.template.id) for line in self._lines)

    def add_points(self) -> None:
        """Ask for points; each gets the template that is chosen below."""
        template = self._templates.get(self.template.value())
        dialog = PointsDialog(self._context, self)
        if template is None or not dialog.ask():
            return
        self._append([(point, template) for point in dialog.points])
        self._show(self._last_key)
        self.table.setFocus()
        self.changed.emit()

    def _append(self, stops: Sequence[tuple[Point, Template]]) -> None:
        for point, template in stops:
            self._last_key += 1
            self._lines.append(_Line(self._last_key, len(self._lines) + 1, point, template))

    def _move(self, step: int) -> None:
        """Move the chosen line; at an end it stays."""
        place = self.table.currentIndex().row()
        if place < 0 or not 0 <= place + step < len(self._lines):
            return
        line = self._lines.pop(place)
        self._lines.insert(place + step, line)
        self._show(line.key)
        self.changed.emit()

    def _take_out(self) -> None:
        chosen = {line.key for line in self.table.selected_rows()}
        place = self.table.currentIndex().row()
        self._lines = [line for line in self._lines if line.key not in chosen]
        after = self._lines[min(place, len(self._lines) - 1)].key if self._lines else None
        self._show(after)
        self.changed.emit()

    def _show_template(self, line: _Line | None) -> None:
        """Show what is filled in at the chosen point; a new point gets the same."""
        if line is not None and str(line.template.id) in self._templates:
            self.template.choose(str(line.template.id))

    def _on_template(self, key: str) -> None:
        chosen = {line.key for line in self.table.selected_rows()}
        self._lines = [
            replace(line, template=self._templates[key]) if line.key in chosen else line
            for line in self._lines
        ]
        current = self.table.current_row()
        self._show(None if current is None else current.key)
        self.changed.emit()

    def _show(self, key: int | None) -> None:
        self._lines = [replace(line, place=n) for n, line in enumerate(self._lines, start=1)]
        self.table.show_rows(self._lines)
        if key is not None:
            self.table.select_key(key)


def _columns() -> tuple[Column, ...]:
    return (
        Column("place", _lazy("No."), lambda line: line.place, CellKind.COUNT, width=44, least=36),
        Column("point", _lazy("Point"), lambda line: line.point.draft.name, width=130,
               is_strong=True, stretches=True),
        Column("where", _lazy("Where"), lambda line: line.point.where, width=110, rank=1),
        Column("template", _lazy("Template"), lambda line: line.template.name, width=130,
               is_quiet=True),
    )  # fmt: skip
