"""Choose points for a route: a search, a list, several at once with Shift or Ctrl+A.

A point that is not kept yet is put in on the way: an office's first plan needs no other window.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from propdesk.domain.assets import Point
from propdesk.domain.texts import fold
from propdesk.i18n import _, _lazy
from propdesk.services.queries.assets import list_points
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.point_dialog import PointDialog
from ui.tables.columns import Column
from ui.tables.view import RecordTable
from ui.theme import Ink
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.widgets.search import SearchField

_WIDTH, _ROWS = 620, 12


class PointsDialog(Dialog):
    """The points that are kept; `points` are those chosen, in the order of the list."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Add points to the route"), width=_WIDTH)
        self.points: Sequence[Point] = ()
        theme = context.theme
        self._context = context
        self._hint = Label(theme, "", ink=Ink.TEXT_2, wrap=True)
        self.body.addWidget(self._hint)
        self.search = SearchField(theme, _("Number, name or place"))
        self.search.searched.connect(self._narrow)
        self.search.left.connect(self.reject)
        self.body.addWidget(self.search)
        self.table = RecordTable(
            theme, _("Points"), _columns(), lambda point: point.id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(lambda _row: self.choose("add"))
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        new = Button(theme, _("New point"), icon="plus", shortcut="Ctrl+N")
        new.clicked.connect(self._on_new)
        self._foot.insertWidget(0, new)
        self.add_verb("", _("Cancel"))
        self._add = self.add_verb("add", _("Add them"), kind=Kind.PRIMARY, is_default=True)
        self._refill()
        (self.table if self._all else new).setFocus()

    def choose(self, key: str) -> None:
        """Remember what was chosen."""
        self.points = tuple(self.table.selected_rows()) if key else ()
        super().choose(key)

    def _refill(self) -> None:
        self._all = list_points()
        self._hint.show_text(
            _("Shift and the arrows choose several, Ctrl+A all that are listed.")
            if self._all
            else _("There are no points yet: Ctrl+N puts the first one in, such as a pump room.")
        )
        self._narrow("")

    def _on_new(self) -> None:
        """Put a point in and have it chosen."""
        dialog = PointDialog(self._context, self)
        if not dialog.ask():
            return
        self.search.clear_silently()
        self._refill()
        self.table.select_key(dialog.stored.id)
        self.table.setFocus()
        self._context.changes.inspections_changed.emit()

    def _narrow(self, words: str) -> None:
        wanted = fold(words)
        self.table.show_rows(
            [
                point
                for point in self._all
                if wanted in fold(" ".join((point.draft.code, point.draft.name, point.where)))
            ]
        )
        self._add.setEnabled(not self.table.is_empty())


def _columns() -> tuple[Column, ...]:
    return (
        Column("code", _lazy("Number"), lambda point: point.draft.code, width=80, is_quiet=True),
        Column("name", _lazy("Point"), lambda point: point.draft.name, width=160, is_strong=True),
        Column("where", _lazy("Where"), lambda point: point.where, width=150, stretches=True),
        Column("asset", _lazy("Thing"), lambda point: point.asset, width=140),
    )
