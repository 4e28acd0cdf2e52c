"""Keys and cards of a house (钥匙): who holds what; those that came back stay below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from propdesk.domain.money import money_words
from propdesk.domain.unit_keys import KEY_LABELS, OUTCOME_LABELS, KeyOutcome, UnitKey, lost_hint
from propdesk.i18n import _, _lazy
from propdesk.services.queries.unit_keys import list_keys
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.keys_dialog import EndKeyDialog, GiveKeyDialog
from ui.pages.house_part import HousePart, PartHead, inset
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label


def key_mark(key: UnitKey) -> Mark:
    """Return where keys are, as colour and word."""
    if key.outcome is not None:
        tone = Tone.WARN if key.outcome is KeyOutcome.LOST else Tone.NEUTRAL
        return Mark(str(OUTCOME_LABELS[key.outcome]), tone)
    if key.with_office:
        return Mark(_("Kept by the office"), Tone.INFO)
    return Mark(_("Held"), Tone.OK)


def key_columns(context: AppContext) -> Sequence[Column]:
    """Return the columns of keys; the list of all houses puts the house before them."""
    return (
        Column("kind", _lazy("Kind"), lambda key: str(KEY_LABELS[key.kind]), width=110, least=90),
        Column("count", _lazy("Count"), lambda key: str(key.count), width=52, least=44),
        Column("label", _lazy("Number on it"), lambda key: key.label, width=96, least=60, rank=1),
        Column("holder", _lazy("Holder"), lambda key: context.shown_names(key.holder),
               width=100, least=70, stretches=True, is_name=True),
        Column("from", _lazy("Since"), lambda key: str(key.from_on), width=104, least=100, rank=3),
        Column("deposit", _lazy("Deposit"), _deposit_words, width=80, least=64, rank=2),
        Column("state", _lazy("State"), key_mark, CellKind.STATUS, width=112, least=100),
    )  # fmt: skip


def _deposit_words(key: UnitKey) -> str:
    return money_words(key.deposit_fen) if key.deposit_fen else ""


class HouseKeys(HousePart):
    """Ins hands out, Enter takes back, Del notes a loss."""

    title = _lazy("Keys")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        theme = context.theme
        give = Button(theme, _("Hand out"), kind=Kind.QUIET, icon="plus", shortcut="Ins")
        give.clicked.connect(self._on_give)
        self._back = Button(theme, _("Take back"), kind=Kind.QUIET, hint="Enter")
        self._back.clicked.connect(lambda: self._end(KeyOutcome.RETURNED))
        self._lost = Button(theme, _("Lost"), kind=Kind.QUIET, hint="Del")
        self._lost.clicked.connect(lambda: self._end(KeyOutcome.LOST))
        title = Label(theme, _("Keys and cards"), bold=True)
        self.table = RecordTable(
            theme,
            _("Keys and cards of the house"),
            key_columns(context),
            lambda key: key.id,
            memory=ScopedMemory(context.memory, "residents/keys"),
            margin=Space.XL,
            now=context.now,
        )
        self.table.make_dense()
        self.table.opened.connect(lambda _key: self._end(KeyOutcome.RETURNED))
        self.table.left.connect(self.left)
        self.table.current_changed.connect(lambda _key: self._show_acts())
        # Del belongs to the table alone: in a field it deletes a letter.
        key = QShortcut(QKeySequence("Del"), self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(lambda: self._end(KeyOutcome.LOST))
        words = _("No keys or cards were handed out here. Ins hands some out.")
        self._none = Label(theme, words, ink=Ink.TEXT_3, wrap=True)
        self.body.addWidget(PartHead(title, (give, self._back, self._lost)))
        self.body.addWidget(self.table, 1)
        self.body.addLayout(inset(self._none))
        self.body.addStretch(0)

    def count(self) -> int | None:
        """Return how many keys and cards are out, or lie in the office."""
        if self.unit is None:
            return None
        return sum(key.count for key in list_keys(self.unit.id, held_only=True))

    def show_unit(self, unit: Unit | None) -> None:
        """Show the keys of a house."""
        self.take(unit)
        self.table.show_rows(list_keys(unit.id) if unit else ())
        self.table.setVisible(not self.table.is_empty())
        self._none.setVisible(self.table.is_empty())
        self._show_acts()

    def enter(self) -> bool:
        """Put the keyboard on the keys, else on the first act."""
        if self.table.is_empty():
            return super().enter()
        self.table.setFocus()
        return True

    def _chosen(self) -> UnitKey | None:
        key = self.table.current_row()
        return key if isinstance(key, UnitKey) and key.is_held else None

    def _show_acts(self) -> None:
        for button in (self._back, self._lost):
            button.setEnabled(self._chosen() is not None)

    def _on_give(self) -> None:
        if self.unit is None:
            return
        dialog = GiveKeyDialog(self.context, self, self.unit)
        if dialog.ask():
            self.stored.emit(_("Handed out: {what}").format(what=dialog.stored.words))

    def _end(self, outcome: KeyOutcome) -> None:
        key = self._chosen()
        if key is None:
            return
        dialog = EndKeyDialog(self.context, self, key, outcome)
        if dialog.ask():
            words = f"{dialog.stored.words}: {OUTCOME_LABELS[outcome]}"
            if outcome is KeyOutcome.LOST:
                words = f"{words}. {lost_hint(key.kind)}"
            self.stored.emit(words)
