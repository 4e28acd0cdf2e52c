"""The decorations of the office: what is under way, where to look today, what to give back."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.decorations import Stage
from propdesk.i18n import _, _lazy
from propdesk.services.queries.decorations import DecorationGroup, DecorationRow, list_works
from ui.context import AppContext
from ui.decoration_papers import show_patrols
from ui.decoration_words import days_words, due_mark, findings_mark, stage_mark
from ui.dialogs.base import Dialog
from ui.dialogs.decoration_acts import DepositDialog, PatrolDialog
from ui.dialogs.thing_dialog import ThingDialog
from ui.tables.columns import CellKind, Column
from ui.tables.view import RecordTable
from ui.theme import Space
from ui.widgets.badges import Toast
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice

_ROWS = 12
_WORDS = {
    DecorationGroup.OPEN: _lazy("Under way"),
    DecorationGroup.DUE: _lazy("Due"),
    DecorationGroup.DEPOSITS: _lazy("Deposits held"),
    DecorationGroup.ALL: _lazy("All"),
}


class DecorationsDialog(Dialog):
    """Enter notes a patrol, Ctrl+P prints the sheet to carry, Ctrl+O opens the house."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        group: DecorationGroup = DecorationGroup.OPEN,
    ) -> None:
        super().__init__(context.theme, parent, _("Decorations"), width=980)
        self._context = context
        theme = context.theme
        self._chips = Chips(theme, _("Which decorations"), self._choices())
        self._chips.choose(group.value)
        self._chips.chosen_changed.connect(lambda _key: self._reload())
        self.table = RecordTable(
            theme, _("Decorations"), _columns(), lambda row: row.decoration.id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(lambda _row: self._on_act())
        self.table.left.connect(self.reject)
        self.table.current_changed.connect(lambda _row: self._offer())
        self.body.addWidget(self._chips)
        self.body.addWidget(self.table)
        self.body.addLayout(self._make_acts())
        self.add_verb("close", _("Close"))
        for keys, act in (("Ctrl+P", self._on_print), ("Ctrl+O", self._on_open)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.toast = Toast(theme, self)
        self._reload()
        self.table.setFocus()

    def _make_acts(self) -> QHBoxLayout:
        theme = self._context.theme
        self._act = Button(theme, _("Note a patrol"), kind=Kind.PRIMARY, hint="Enter")
        self._act.clicked.connect(self._on_act)
        self._open = Button(theme, _("Open the house"), icon="house", hint="Ctrl+O")
        self._open.clicked.connect(self._on_open)
        paper = Button(theme, _("Print the patrol sheet"), icon="printer", hint="Ctrl+P")
        paper.clicked.connect(self._on_print)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._act)
        row.addWidget(self._open)
        row.addStretch(1)
        row.addWidget(paper)
        return row

    def _choices(self) -> list[Choice]:
        today = self._context.now().date()
        return [
            Choice(group.value, str(word), len(list_works(group, today=today)))
            for group, word in _WORDS.items()
        ]

    def _reload(self) -> None:
        group = DecorationGroup(self._chips.chosen())
        self.table.show_rows(list_works(group, today=self._context.now().date()))
        self._offer()

    def _row(self) -> DecorationRow | None:
        row = self.table.current_row()
        return row if isinstance(row, DecorationRow) else None

    def _offer(self) -> None:
        row = self._row()
        self._open.setEnabled(row is not None)
        holds = row is not None and row.deposit_due_on is not None
        self._act.show_word(_("Give the deposit back") if holds else _("Note a patrol"))
        self._act.setEnabled(row is not None and (holds or not _has_ended(row)))

    # -- acts

    def _on_act(self) -> None:
        row = self._row()
        if row is None or not self._act.isEnabled():
            return
        dialog: ThingDialog = (
            DepositDialog(self._context, self, row.decoration)
            if row.deposit_due_on is not None
            else PatrolDialog(self._context, self, row.decoration)
        )
        if dialog.ask() == "kept":
            self._context.changes.residents_changed.emit()
            self._chips.set_choices(self._choices())
            self._reload()
            self.table.select_key(row.decoration.id)
            self.toast.show_message(dialog.told)
        self.table.setFocus()

    def _on_open(self) -> None:
        row = self._row()
        if row is not None:
            self.accept()
            self._context.navigation.unit_wanted.emit(row.decoration.unit_id)

    def _on_print(self) -> None:
        is_due = self._chips.chosen() == DecorationGroup.DUE
        show_patrols(self._context, self, only_due=is_due)


def _has_ended(row: DecorationRow) -> bool:
    return row.stage in {Stage.ACCEPTED, Stage.CANCELLED}


def _columns() -> tuple[Column, ...]:
    return (
        Column("house", _lazy("House"), lambda row: row.decoration.house, width=110, least=80),
        Column("number", _lazy("Number"), lambda row: row.decoration.number, width=112, least=106),
        Column("builder", _lazy("Builder"),
               lambda row: row.decoration.company or row.decoration.foreman, width=130, least=80,
               stretches=True),
        Column("days", _lazy("When"), days_words, width=170, least=150),
        Column("findings", _lazy("Problems found"), findings_mark, CellKind.BADGE, width=116,
               least=100),
        Column("due", _lazy("Due"), due_mark, CellKind.BADGE, width=160, least=130),
        Column("stage", _lazy("State"), stage_mark, CellKind.STATUS, width=104, least=90),
    )  # fmt: skip
