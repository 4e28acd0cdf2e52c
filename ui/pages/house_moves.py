"""Who came to a house and who left it (迁入迁出): the moves, the latest first."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from propdesk.domain.moves import MOVE_LABELS, MOVE_RULES, Move, MoveKind
from propdesk.i18n import _, _lazy
from propdesk.services.moves import void_move
from propdesk.services.queries.moves import list_effects, list_moves, list_open_tickets
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.gate_pass_dialog import GatePassDialog
from ui.dialogs.move_dialog import MoveDialog, SettleDialog
from ui.dialogs.small_form import SmallForm
from ui.move_printing import show_gate_pass, show_move_paper
from ui.pages.house_part import HousePart, PartHead, inset
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import LineField
from ui.widgets.labels import Label


class HouseMoves(HousePart):
    """Ins records a move; Enter settles one that waits, and shows the paper of any other."""

    title = _lazy("Moves in and out")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        theme = context.theme
        new = Button(theme, _("Move in or out"), kind=Kind.QUIET, icon="plus", shortcut="Ins")
        new.clicked.connect(self.record)
        self._settle = Button(theme, _("Settle"), kind=Kind.QUIET)
        self._settle.clicked.connect(self._on_settle)
        self._paper = Button(theme, _("Paper"), kind=Kind.QUIET, icon="printer")
        self._paper.clicked.connect(self._on_paper)
        self._pass = Button(theme, _("Gate pass"), kind=Kind.QUIET)
        self._pass.clicked.connect(self._on_pass)
        self._void = Button(theme, _("Void it"), kind=Kind.QUIET)
        self._void.clicked.connect(self._on_void)
        title = Label(theme, _("Moves"), bold=True)
        acts = (new, self._settle, self._paper, self._pass, self._void)
        self.table = RecordTable(
            theme,
            _("Moves of the house"),
            self._columns(),
            lambda move: move.id,
            memory=ScopedMemory(context.memory, "residents/moves"),
            margin=Space.XL,
            now=context.now,
        )
        self.table.make_dense()
        self.table.opened.connect(lambda _move: self._on_opened())
        self.table.left.connect(self.left)
        self.table.current_changed.connect(lambda _move: self._show_acts())
        words = _("Nobody's move is recorded here yet. Ins records one.")
        self._none = Label(theme, words, ink=Ink.TEXT_3, wrap=True)
        self.body.addWidget(PartHead(title, acts))
        self.body.addWidget(self.table, 1)
        self.body.addLayout(inset(self._none))
        self.body.addStretch(0)

    def _columns(self) -> Sequence[Column]:
        names = self.context.shown_names
        return (
            Column("day", _lazy("Day"), lambda move: str(move.on_day), width=104, least=100),
            Column("kind", _lazy("Kind"), lambda move: str(MOVE_LABELS[move.kind]), width=92,
                   least=80),
            Column("name", _lazy("Who"), lambda move: names(move.name), width=130, least=80,
                   stretches=True, is_name=True),
            Column("number", _lazy("Number"), lambda move: move.number, width=112, least=100,
                   rank=1, is_quiet=True),
            Column("state", _lazy("State"), _move_mark, CellKind.STATUS, width=104, least=90),
        )  # fmt: skip

    def count(self) -> int | None:
        """Return how many moves of the house are on record."""
        return None if self.unit is None else len(list_moves(unit_id=self.unit.id, limit=999))

    def show_unit(self, unit: Unit | None) -> None:
        """Show the moves of a house."""
        self.take(unit)
        self.table.show_rows(list_moves(unit_id=unit.id, limit=999) if unit else ())
        self.table.setVisible(not self.table.is_empty())
        self._none.setVisible(self.table.is_empty())
        self._show_acts()

    def enter(self) -> bool:
        """Put the keyboard on the moves, else on the first act."""
        if self.table.is_empty():
            return super().enter()
        self.table.setFocus()
        return True

    def _chosen(self) -> Move | None:
        move = self.table.current_row()
        return move if isinstance(move, Move) else None

    def _show_acts(self) -> None:
        move = self._chosen()
        holds = move is not None and move.voided_at is None
        self._paper.setEnabled(move is not None)
        self._void.setEnabled(holds)
        self._pass.setEnabled(self.unit is not None)
        self._settle.setEnabled(holds and move is not None and MOVE_RULES[move.kind].settles)

    # -- acts

    def record(self) -> None:
        """Record a move of this house."""
        ask_move(self)

    def _on_opened(self) -> None:
        move = self._chosen()
        if move is not None and move.is_open:
            self._on_settle()
        else:
            self._on_paper()

    def _on_settle(self) -> None:
        move = self._chosen()
        if move is None or not self._settle.isEnabled():
            return
        dialog = SettleDialog(self.context, self, move)
        end = dialog.ask()
        if dialog.stored is not None:
            self.stored.emit(_("The settlement of {number} is stored").format(number=move.number))
            if end == "print":
                show_move_paper(self.context, self, dialog.stored)

    def _on_paper(self) -> None:
        move = self._chosen()
        if move is not None:
            show_move_paper(self.context, self, move)

    def _on_pass(self) -> None:
        if self.unit is None:
            return
        move = self._chosen()
        dialog = GatePassDialog(
            self.context, self, self.unit, move if move and move.voided_at is None else None
        )
        if dialog.ask():
            self.stored.emit(_("Pass {number} is written").format(number=dialog.stored.number))
            show_gate_pass(self.context, self, dialog.stored)

    def _on_void(self) -> None:
        move = self._chosen()
        if move is not None and VoidMoveDialog(self.context, self, move).ask():
            self.stored.emit(_("{number} is void").format(number=move.number))


def ask_move(part: HousePart, kind: MoveKind = MoveKind.MOVE_OUT) -> None:
    """Record a move of the house of a part; its paper is then shown where the clerk wants it."""
    if part.unit is None:
        return
    dialog = MoveDialog(part.context, part, part.unit, kind)
    end = dialog.ask()
    move = dialog.stored
    if move is None:
        return
    words = _("{kind} {number} is recorded").format(kind=MOVE_LABELS[move.kind], number=move.number)
    tickets = list_open_tickets(move.unit_id)
    if tickets and move.kind is MoveKind.TRANSFER:
        words = _("{words}; open tickets stay: {list}").format(
            words=words, list=_(", ").join(tickets)
        )
    part.stored.emit(words)
    if end == "print":
        show_move_paper(part.context, part, move)


class VoidMoveDialog(SmallForm):
    """Void a move with a reason; says what it did, which stays until it is taken back by hand."""

    def __init__(self, context: AppContext, parent: QWidget, move: Move) -> None:
        title = _("Void {number}").format(number=move.number)
        super().__init__(context, parent, title, _("Void it"))
        self._move = move
        effects = list_effects(move)
        words = _("The number stays. What the move did stays, too:") if effects else ""
        words = words or _("The number stays.")
        told = Label(context.theme, "\n".join((words, *effects)), ink=Ink.TEXT_2, wrap=True)
        self.body.insertWidget(1, told)
        self.reason = LineField(context.theme, _("Reason"))
        self.rows.add_row("text", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> Move:
        """Void it."""
        context, move = self.context, self._move
        return void_move(
            move.id,
            self.reason.words(),
            version=move.version,
            by=context.staff.id,
            now=context.now(),
        )


def _move_mark(move: Move) -> Mark:
    if move.voided_at is not None:
        return Mark(_("voided"), Tone.NEUTRAL)
    if move.is_open:
        return Mark(_("To be settled"), Tone.WARN)
    return Mark(_("Done"), Tone.OK)
