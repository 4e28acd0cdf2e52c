"""The decorations of a house (装修): the files above, the patrols of the chosen one below.

The next step is the one loud button: told, permitted, patrolled, accepted, the deposit back.
Everything rare waits in the menu.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from propdesk.domain.decorations import Decoration, Patrol, Stage
from propdesk.domain.errors import RuleError
from propdesk.domain.money import money_words
from propdesk.i18n import _, _lazy
from propdesk.services.decoration_patrols import make_ticket, rectify_finding
from propdesk.services.decorations import permit_decoration
from propdesk.services.queries.decorations import (
    DecorationRow,
    list_decorations,
    list_patrols,
    list_told,
)
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.decoration_papers import show_permit, show_rectification
from ui.decoration_words import days_words, due_mark, found_words, rectified_mark, stage_mark
from ui.dialogs.decoration_acts import AcceptDialog, CancelDialog, DepositDialog, PatrolDialog
from ui.dialogs.decoration_dialog import DecorationDialog, ToldDialog
from ui.dialogs.thing_dialog import DayDialog, ThingDialog
from ui.keyboard import add_entry
from ui.pages.house_part import HousePart, PartHead, inset
from ui.tables.columns import CellKind, Column
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Space
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label

_FILES = 3


class HouseDecoration(HousePart):
    """Ins takes an application, Enter corrects a file, Ctrl+Enter does the next step."""

    title = _lazy("Decoration")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        theme = context.theme
        apply = Button(theme, _("Apply"), kind=Kind.QUIET, icon="plus", shortcut="Ins")
        apply.clicked.connect(lambda: self._edit(None))
        self._next = Button(theme, "", kind=Kind.TONAL, shortcut="Ctrl+Enter")
        self._next.clicked.connect(self._on_next)
        self._more = Button(theme, _("More"), kind=Kind.QUIET, icon="ellipsis")
        self._more.clicked.connect(self.open_menu)
        title = Label(theme, _("Decoration files"), bold=True)
        self._head = PartHead(title, (self._next, apply, self._more))
        self.body.addWidget(self._head)
        self.files = self._table("decorations", _("Decorations of the house"), _file_columns())
        self.files.opened.connect(lambda row: self._edit(row.decoration))
        self.files.current_changed.connect(lambda _row: self._show_chosen())
        self._facts = Label(theme, ink=Ink.TEXT_2, wrap=True, selectable=True)
        self.body.addLayout(inset(self._facts))
        self.patrols = self._table("patrols", _("Patrols of the works"), _patrol_columns())
        self.patrols.opened.connect(self._on_rectified)
        words = _("No decoration was told of here. Ins takes an application.")
        self._none = Label(theme, words, ink=Ink.TEXT_3, wrap=True)
        self.body.addLayout(inset(self._none))
        self.body.addStretch(0)

    def _table(self, name: str, title: str, columns: tuple[Column, ...]) -> RecordTable:
        table = RecordTable(
            self.context.theme,
            title,
            columns,
            lambda row: row.decoration.id if isinstance(row, DecorationRow) else row.id,
            memory=ScopedMemory(self.context.memory, f"residents/{name}"),
            margin=Space.XL,
            now=self.context.now,
        )
        table.make_dense()
        table.left.connect(self.left)
        self.body.addWidget(table, 1)
        return table

    # -- filling

    def count(self) -> int | None:
        """Return how many decorations of the house are open."""
        if self.unit is None:
            return None
        found = list_decorations(self.unit.id, today=self.context.now().date())
        return sum(row.stage not in {Stage.ACCEPTED, Stage.CANCELLED} for row in found)

    def show_unit(self, unit: Unit | None) -> None:
        """Show the files of a house; the chosen one stays chosen."""
        is_new = self.take(unit)
        chosen = None if is_new else self._row()
        found = list_decorations(unit.id, today=self.context.now().date()) if unit else ()
        self.files.show_rows(found)
        self.files.setFixedHeight(self.files.height_of(min(max(len(found), 1), _FILES)))
        self.files.setVisible(bool(found))
        self._none.setVisible(not found)
        if chosen is not None:
            self.files.select_key(chosen.decoration.id)
        self._show_chosen()

    def enter(self) -> bool:
        """Put the keyboard on the files, else on the first act."""
        if self.files.is_empty():
            return super().enter()
        self.files.setFocus()
        return True

    def _row(self) -> DecorationRow | None:
        row = self.files.current_row()
        return row if isinstance(row, DecorationRow) else None

    def _show_chosen(self) -> None:
        row = self._row()
        patrols = list_patrols(row.decoration.id) if row else ()
        self.patrols.show_rows(patrols)
        self.patrols.setVisible(bool(patrols))
        self._facts.show_text(_facts(row.decoration) if row else "")
        self._facts.setVisible(row is not None)
        self._more.setEnabled(row is not None)
        step = self._step(row) if row else None
        self._next.setVisible(step is not None)
        if step is not None:
            self._next.show_word(step[0])
        self._head.fit()

    def _step(self, row: DecorationRow) -> tuple[str, Callable[[], None]] | None:
        """Return the word of the next step of a file and what does it."""
        one = row.decoration
        if row.stage is Stage.APPLIED:
            if len(one.told) < len(list_told()):
                return _("Tell"), lambda: self._ask(ToldDialog(self.context, self, one))
            return _("Permit"), partial(self._permit, one)
        if row.stage in {Stage.ACCEPTED, Stage.CANCELLED}:
            if not one.holds_deposit:
                return None
            return _("Deposit back"), lambda: self._ask(DepositDialog(self.context, self, one))
        if row.stage is Stage.OVERDUE and not row.findings:
            return _("Accept"), lambda: self._ask(AcceptDialog(self.context, self, one))
        return _("Patrol"), lambda: self._ask(PatrolDialog(self.context, self, one))

    # -- acts

    def _edit(self, one: Decoration | None) -> None:
        if self.unit is not None:
            self._ask(DecorationDialog(self.context, self, self.unit, one))

    def _on_next(self) -> None:
        row = self._row()
        step = self._step(row) if row else None
        if step is not None:
            step[1]()

    def _permit(self, one: Decoration) -> None:
        def act() -> str:
            made = permit_decoration(one.id, by=self.context.staff.id, now=self.context.now())
            return _("{number} of {house} is permitted; print the permit.").format(
                number=made.number, house=made.house
            )

        if self._try(act):
            show_permit(self.context, self, one)

    def _try(self, act: Callable[[], str]) -> bool:
        """Do something that needs no form; a refusal is told in its sentence."""
        try:
            words = act()
        except RuleError as refusal:
            self.context.messages.tell(self, _("This was not done"), str(refusal))
            return False
        self.stored.emit(words)
        return True

    def _ask(self, dialog: ThingDialog) -> None:
        if dialog.ask() == "kept":
            self.stored.emit(dialog.told)

    def _patrol(self) -> Patrol | None:
        """Return the finding that is chosen and open."""
        patrol = self.patrols.current_row()
        return patrol if isinstance(patrol, Patrol) and patrol.is_open else None

    def _on_rectified(self, _row: object = None) -> None:
        patrol = self._patrol()
        if patrol is None:
            return

        def act(day: date) -> str:
            by, now = self.context.staff.id, self.context.now()
            rectify_finding(patrol.id, on=day, by=by, now=now)
            return _("What was found is put right")

        title = _("Put right: {found}").format(found=found_words(patrol))
        self._ask(DayDialog(self.context, self, title, act, save=_("Put right")))

    def _on_ticket(self) -> None:
        patrol = self._patrol()
        if patrol is None:
            return

        def act() -> str:
            made = make_ticket(patrol.id, by=self.context.staff.id, now=self.context.now())
            return _("{number} is taken as a breach").format(number=made.ticket)

        if self._try(act):
            self.context.changes.tickets_changed.emit()

    def open_menu(self) -> None:
        """Offer what is done once in a while with the chosen file."""
        row = self._row()
        if row is None:
            return
        one, menu, ask = row.decoration, QMenu(self), self._ask
        is_open = row.stage not in {Stage.ACCEPTED, Stage.CANCELLED}
        context = self.context
        finding = self._patrol()
        entries = (
            (_("Edit the file"), "E", partial(self._edit, one), is_open),
            (_("Points that were told"), "T", lambda: ask(ToldDialog(context, self, one)),
             row.stage is Stage.APPLIED),
            (_("Note a patrol"), "P", lambda: ask(PatrolDialog(context, self, one)), is_open),
            (_("The finding is put right"), "R", self._on_rectified, finding is not None),
            (_("Make a ticket of the finding"), "V", self._on_ticket,
             finding is not None and finding.ticket_id is None),
            (_("Accept the works"), "A", lambda: ask(AcceptDialog(context, self, one)),
             is_open and one.permitted_on is not None),
            (_("Give the deposit back"), "D", lambda: ask(DepositDialog(context, self, one)),
             not is_open and one.holds_deposit),
            (_("Print the permit"), "L", partial(show_permit, context, self, one),
             one.permitted_on is not None),
            (_("Print the notice to rectify"), "N",
             partial(show_rectification, context, self, one), row.findings > 0),
            (_("Cancel the decoration"), "C", lambda: ask(CancelDialog(context, self, one)),
             is_open),
        )  # fmt: skip
        for words, letter, act, can in entries:
            add_entry(menu, words, letter, act).setEnabled(can)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))


def _facts(one: Decoration) -> str:
    """Return what a file says beside its line, in a sentence of parts."""
    builder = _(", ").join(filter(None, (one.company, one.foreman)))
    told = _("Told: {count} of {all}").format(count=len(one.told), all=len(list_told()))
    deposit = ""
    if one.deposit_fen:
        deposit = _("Deposit {amount} yuan").format(amount=money_words(one.deposit_fen))
        if one.deposit_returned_fen is not None:
            back = money_words(one.deposit_returned_fen)
            deposit += _(", {amount} given back").format(amount=back)
            deposit += f" {one.deduction_reason}".rstrip()
    scheme = _("Load-bearing structure: {scheme}").format(
        scheme=one.structure_consent or _("no design scheme yet")
    )
    parts = (" ".join(one.scope.split()), builder, told, deposit,
             scheme if one.touches_structure else "", one.outcome)  # fmt: skip
    return "    ".join(filter(None, parts))


def _file_columns() -> tuple[Column, ...]:
    return (
        Column("number", _lazy("Number"), lambda row: row.decoration.number, width=112, least=106),
        Column("days", _lazy("When"), days_words, width=170, least=90, stretches=True, rank=1),
        Column("due", _lazy("Due"), due_mark, CellKind.BADGE, width=150, least=110),
        Column("stage", _lazy("State"), stage_mark, CellKind.STATUS, width=104, least=90),
    )


def _patrol_columns() -> tuple[Column, ...]:
    return (
        Column("at", _lazy("Patrol"), lambda one: one.at, CellKind.TIME, width=78, least=70),
        Column("found", _lazy("Problems found"), found_words, width=180, least=110, stretches=True),
        Column(
            "by",
            _lazy("Patrolled by"),
            lambda one: one.patrolled_by,
            width=70,
            rank=1,
            is_quiet=True,
        ),
        Column("ticket", _lazy("Ticket no."), lambda one: one.ticket, width=116, least=104, rank=1),
        Column("state", _lazy("State"), rectified_mark, CellKind.STATUS, width=162, least=156),
    )
