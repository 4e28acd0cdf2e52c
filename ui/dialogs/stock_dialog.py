"""A list of what the program brings and an office says otherwise, kept by keyboard alone."""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.i18n import _
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Space, Tone
from ui.widgets.buttons import Button


class Stocked(Protocol):
    """One of the program's or of the office's own."""

    @property
    def code(self) -> str:
        """The name by which it is stored."""

    @property
    def is_own(self) -> bool:
        """Tell whether the office added it."""

    @property
    def is_changed(self) -> bool:
        """Tell whether it is one of the program's in other words."""

    @property
    def is_hidden(self) -> bool:
        """Tell whether it is offered no more."""


One = TypeVar("One", bound=Stocked)


def stock_state(one: Stocked) -> Mark | None:
    """Return the badge that says whose words these are."""
    if one.is_hidden:
        return Mark(_("Hidden"), Tone.NEUTRAL)
    if one.is_own:
        return Mark(_("Our own"), Tone.OK)
    return Mark(_("Changed"), Tone.INFO) if one.is_changed else None


class StockDialog(Dialog, Generic[One]):
    """A table of them: Enter changes one, Ctrl+N adds, Del hides or shows.

    Ctrl+R goes back to the program's words; one of the office's own is removed by it. A subclass
    says what is listed and what the verbs do; `above` stands over the table.
    """

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        title: str,
        columns: Sequence[Column],
        *,
        add: str,
        width: int,
        rows: int,
        above: QWidget | None = None,
    ) -> None:
        super().__init__(context.theme, parent, title, width=width)
        self._context = context
        theme = context.theme
        if above is not None:
            self.body.addWidget(above)
        self.table = RecordTable(theme, title, columns, lambda one: one.code, now=context.now)
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(rows))
        self.table.opened.connect(lambda _row: self._on_change())
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for button, act in (
            (Button(theme, add, icon="plus", shortcut="Ctrl+N"), self._on_add),
            (Button(theme, _("Edit"), icon="pencil", hint="Enter"), self._on_change),
            (Button(theme, _("Hide or show"), icon="eye", shortcut="Del"), self._on_hide),
            (Button(theme, _("Back to default"), icon="repeat-2", shortcut="Ctrl+R"), self._reset),
        ):
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_verb("close", _("Close"))
        self.refill()
        self.table.setFocus()

    def listed(self) -> Sequence[One]:
        """Return what the table shows, hidden ones too."""
        raise NotImplementedError

    def edit(self, one: One | None) -> One | None:
        """Let the office change one, or add one; return what was stored."""
        raise NotImplementedError

    def hide_or_show(self, one: One) -> None:
        """Offer one no more, or again."""
        raise NotImplementedError

    def reset(self, one: One) -> None:
        """Go back to the program's words."""
        raise NotImplementedError

    def refill(self) -> None:
        """Read the list anew."""
        self.table.show_rows(self.listed())

    def _current(self) -> One | None:
        row: One | None = self.table.current_row()
        return row

    def _on_add(self) -> None:
        self._edit(None)

    def _on_change(self) -> None:
        one = self._current()
        if one is not None:
            self._edit(one)

    def _edit(self, one: One | None) -> None:
        stored = self.edit(one)
        if stored is not None:
            self.refill()
            self.table.select_key(stored.code)

    def _on_hide(self) -> None:
        one = self._current()
        if one is not None:
            self._do(one, lambda: self.hide_or_show(one))

    def _reset(self) -> None:
        one = self._current()
        if one is not None and (one.is_own or one.is_changed or one.is_hidden):
            self._do(one, lambda: self.reset(one))

    def _do(self, one: One, act: Callable[[], object]) -> None:
        if self._context.attempt(self, _("This was not done"), act):
            self.refill()
            self.table.select_key(one.code)
