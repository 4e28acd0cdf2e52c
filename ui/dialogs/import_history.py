"""What was imported before: when, which file, by whom, and whether it was taken back."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.import_kinds import KIND_LABELS
from propdesk.domain.imports import ImportKind
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.imports import ImportLine, list_imports
from ui.context import AppContext
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Size, Space, Tone
from ui.widgets.labels import Label
from ui.widgets.panes import QuietPane

_MOST = 50


class ImportHistory(QWidget):
    """What an import needs, and the imports of these kinds before.

    `undo_wanted` comes with Enter on one.
    """

    undo_wanted = Signal(object)
    left = Signal()

    def __init__(
        self, context: AppContext, kinds: Collection[ImportKind], needed: LazyText
    ) -> None:
        super().__init__()
        theme = context.theme
        self._kinds = kinds
        self._hint = Label(theme, str(needed), ink=Ink.TEXT_2, wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._title = Label(theme, _("Imported before"), bold=True)
        self.table = RecordTable(
            theme,
            _("Imported before"),
            _columns(kinds),
            lambda row: row.id,
            margin=Space.S,
            now=context.now,
        )
        self.table.make_dense()
        self.table.opened.connect(self._on_opened)
        self.table.left.connect(self.left)
        self._keys = Label(
            theme, _("Enter undoes the chosen import"), ink=Ink.TEXT_3, size=Size.SMALL
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._hint)
        column.addSpacing(Space.S)
        column.addWidget(self._title)
        column.addWidget(self.table, 1)
        column.addWidget(self._keys)
        self._none = QuietPane(theme, _("Nothing was imported so far"))
        column.addWidget(self._none, 1)
        self.refill()

    def show_needed(self, needed: LazyText) -> None:
        """Say what the workbook needs."""
        self._hint.show_text(str(needed))

    def refill(self) -> None:
        """Read the imports anew."""
        found = [line for line in list_imports() if line.kind in self._kinds][:_MOST]
        self.table.show_rows(found)
        for widget in (self._title, self.table, self._keys):
            widget.setVisible(bool(found))
        self._none.setVisible(not found)

    def _on_opened(self, line: ImportLine) -> None:
        if line.undone_at is None and line.added:
            self.undo_wanted.emit(line)


def _state(line: ImportLine) -> Mark:
    if line.undone_at is not None:
        return Mark(_("Undone"), Tone.NEUTRAL)
    return Mark(_("Stands"), Tone.OK)


def _columns(kinds: Collection[ImportKind]) -> Sequence[Column]:
    count = CellKind.COUNT
    kind = Column("kind", _lazy("Content"), lambda row: str(KIND_LABELS[row.kind]), width=80)
    return (
        Column("at", _lazy("Time"), lambda row: f"{row.at:%Y-%m-%d %H:%M}", width=130, least=120),
        *((kind,) if len(kinds) > 1 else ()),
        Column("file", _lazy("File"), lambda row: row.file_name, width=240, stretches=True),
        Column("by", _lazy("Imported by"), lambda row: row.by, width=100, rank=1),
        Column("added", _lazy("New"), lambda row: row.added, count, width=64),
        Column("rejected", _lazy("Rejected"), lambda row: row.rejected, count, width=84, rank=2),
        Column("state", _lazy("State"), _state, CellKind.STATUS, width=96, least=80),
    )
