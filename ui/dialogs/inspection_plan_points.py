"""Choose points for a route: a search, a list, several at once with Shift or Ctrl+A."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from propdesk.domain.assets import Point
from propdesk.domain.texts import fold
from propdesk.i18n import _, _lazy
from propdesk.services.queries.assets import list_points
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import Column
from ui.tables.view import RecordTable
from ui.theme import Ink
from ui.widgets.buttons import Kind
from ui.widgets.labels import Label
from ui.widgets.search import SearchField

_WIDTH, _ROWS = 620, 12


class PointsDialog(Dialog):
    """The points that are kept; `points` are those chosen, in the order of the list."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Add points to the route"), width=_WIDTH)
        self.points: Sequence[Point] = ()
        theme = context.theme
        self._all = list_points()
        words = (
            _("Shift and the arrows choose several, Ctrl+A all that are listed.")
            if self._all
            else _("There are no points yet. Add places and things in the ledger first.")
        )
        self.body.addWidget(Label(theme, words, ink=Ink.TEXT_2, wrap=True))
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
        self.add_verb("", _("Cancel"))
        self._add = self.add_verb("add", _("Add them"), kind=Kind.PRIMARY, is_default=True)
        self._narrow("")
        (self.table if self._all else self.search).setFocus()

    def choose(self, key: str) -> None:
        """Remember what was chosen."""
        self.points = tuple(self.table.selected_rows()) if key else ()
        super().choose(key)

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
