"""The keys and cards of all houses that are out, or that the office keeps."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from propdesk.domain.unit_keys import KeyOutcome
from propdesk.i18n import _, _lazy
from propdesk.services.queries.unit_keys import list_all_keys
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.pages.house_keys import key_columns
from ui.tables.columns import Column, Sort
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField

_WIDTH, _HEIGHT = 820, 420
_OUT, _OFFICE, _LOST = "out", "office", "lost"


class AllKeysDialog(Dialog):
    """A list to look through: words narrow it, chips choose what is out, kept, or lost."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Keys of all houses"), width=_WIDTH)
        theme = context.theme
        words = (
            (_OUT, _("Held")),
            (_OFFICE, _("Kept by the office")),
            (_LOST, _("Lost")),
        )
        self.words = LineField(theme, _("Find"), placeholder=_("House, holder or number"))
        self.chips = Chips(theme, _("Which keys"), [Choice(*one) for one in words])
        where = Column("where", _lazy("House"), lambda key: key.where, width=96, least=80)
        self.table = RecordTable(
            theme,
            _("Keys of all houses"),
            (where, *key_columns(context)),
            lambda key: key.id,
            memory=ScopedMemory(context.memory, "all-keys"),
            now=context.now,
        )
        self.table.setFixedHeight(theme.px(_HEIGHT))
        self.body.addWidget(self.words)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.table)
        self.add_verb("", _("Close"))
        self.words.textChanged.connect(self._show)
        self.chips.chosen_changed.connect(self._show)
        self.table.left.connect(self.reject)
        self._show()
        self.words.setFocus()

    def _show(self) -> None:
        self.table.show_fetch(self._fetch)

    def _fetch(self, after: Any, limit: int, _sort: Sort) -> tuple[Sequence[Any], Any]:
        chosen = self.chips.chosen()
        found = list_all_keys(
            words=self.words.words(),
            with_office=None if chosen == _LOST else chosen == _OFFICE,
            outcome=KeyOutcome.LOST if chosen == _LOST else None,
            after=after or 0,
            limit=limit,
        )
        return found, found[-1].id if len(found) == limit else None
