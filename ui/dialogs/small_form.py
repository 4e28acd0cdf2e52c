"""A small dialog of rows that stores one thing: Ctrl+S or Ctrl+Enter stores, Esc leaves."""

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, RuleError
from propdesk.i18n import _
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.widgets.buttons import Button, Kind
from ui.widgets.forms import FormRows


class SmallForm(Dialog):
    """Rows and two verbs; `stored` is what `act` returned."""

    def __init__(
        self, context: AppContext, parent: QWidget, title: str, save: str, *, width: int = 560
    ) -> None:
        super().__init__(context.theme, parent, title, width=width)
        self.context = context
        self.stored: Any = None
        self.rows = FormRows(context.theme)
        self.body.addWidget(self.rows)
        self.add_verb("", _("Cancel"))
        self.verb = Button(context.theme, save, kind=Kind.PRIMARY, icon="check", shortcut="Ctrl+S")
        self.verb.clicked.connect(self.keep)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.keep)
        self._foot.addWidget(self.verb)

    def act(self) -> Any:
        """Store what was typed. Raises DraftError or RuleError."""
        raise NotImplementedError

    def keep(self) -> None:
        """Store, close and be silent; or say what is not right yet."""
        self.rows.show_problems(())
        try:
            self.stored = self.act()
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
            self.fit()
        except RuleError as refusal:
            self.context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.choose("kept")
