"""迁入迁出: record what happened to a house and its people; the kind first, then only its fields.

Ctrl+S stores, Ctrl+P stores and shows the paper. Settling an announced move is the smaller dialog.
"""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from propdesk.domain.cells import CellError
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.leave_reasons import REASON_LABELS, LeaveReason
from propdesk.domain.moves import (
    MOVE_LABELS,
    MOVE_RULES,
    NOTICE_SOURCE,
    Move,
    MoveDraft,
    MoveKind,
    usual_state,
)
from propdesk.domain.unit_drafts import read_minors
from propdesk.domain.units import UnitKind, UnitState, state_label
from propdesk.i18n import _
from propdesk.services.moves import record_move, settle_move
from propdesk.services.queries.moves import list_staying
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.forms.move_fields import SettlementFields, day_field, read_day_of
from ui.theme import Ink, Space
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label
from ui.widgets.move_lines import LeaverTicks, NewcomerLines

_WIDTH = 720
_EDGE = 170  # what heading and foot of the dialog take of the window's height
_AS_BEFORE = ""
_KINDS = (
    MoveKind.MOVE_OUT,
    MoveKind.MOVE_IN,
    MoveKind.LEASE,
    MoveKind.LEASE_END,
    MoveKind.TRANSFER,
    MoveKind.DELIVERY,
    MoveKind.INHERITANCE,
    MoveKind.RIGHT_OF_RESIDENCE,
)


class _Sheet(Dialog):
    """A dialog of rows in a scrolled field, no higher than the window; `print_wanted` is its end.

    `act` stores what was typed and returns the move.
    """

    def __init__(self, context: AppContext, parent: QWidget, title: str, save: str) -> None:
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self.context = context
        self.stored: Move | None = None
        self.rows = FormRows(context.theme)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.addWidget(self.rows)
        column.addStretch(1)
        self._scroll.setWidget(inner)
        self.body.addWidget(self._scroll)
        self.add_verb("", _("Cancel"))
        paper = Button(context.theme, _("Store and print"), icon="printer", shortcut="Ctrl+P")
        paper.clicked.connect(lambda: self.keep("print"))
        keep = Button(context.theme, save, kind=Kind.PRIMARY, icon="check", shortcut="Ctrl+S")
        keep.clicked.connect(lambda: self.keep("kept"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda: self.keep("kept"))
        self._foot.addWidget(paper)
        self._foot.addWidget(keep)

    def fit(self) -> None:
        """Take the height that the rows want, and at most the window's."""
        self.rows.adjustSize()
        most = (self.parentWidget() or self).window().height() - self.theme.px(_EDGE)
        self._scroll.setFixedHeight(max(min(self.rows.sizeHint().height() + Space.S, most), 120))
        if self.isVisible():
            self.adjustSize()

    def follow(self, widget: QWidget | None) -> None:
        """Keep what has the keyboard in sight."""
        if widget is not None and self._scroll.isAncestorOf(widget):
            self._scroll.ensureWidgetVisible(widget, 0, Space.L)

    def join_fees(self, settlement: SettlementFields, unit_id: int) -> None:
        """Let the settlement fill itself from the house's bills, and money be taken for them."""
        settlement.refill.clicked.connect(self.fill)
        settlement.take.clicked.connect(lambda: self._on_take(unit_id))

    def fill(self) -> None:
        """Take the settlement from the house's figures as they stand now."""
        raise NotImplementedError

    def _on_take(self, unit_id: int) -> None:
        """Take money for what is open; the settlement then says what was paid."""
        from ui.dialogs.till_dialog import open_till

        if open_till(self.context, self, unit_id) is not None:
            self.context.changes.fees_changed.emit()
            self.fill()

    def act(self) -> Move:
        """Store what was typed. Raises DraftError or RuleError."""
        raise NotImplementedError

    def show_refusal(self, refusal: DraftError) -> None:
        """Show what keeps it from being stored."""
        raise NotImplementedError

    def keep(self, end: str) -> None:
        """Store and close with this end; or say what is not right yet."""
        self.rows.show_problems(())
        try:
            self.stored = self.act()
        except DraftError as refusal:
            self.show_refusal(refusal)
            self.fit()
            self.follow(self.focusWidget())
        except RuleError as refusal:
            self.context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.choose(end)


# A house may be given away or promised while everybody stays where he is.
_NOBODY_MOVES = frozenset({MoveKind.DELIVERY, MoveKind.INHERITANCE, MoveKind.RIGHT_OF_RESIDENCE})


class MoveDialog(_Sheet):
    """Record a move of a house; `stored` is what was recorded."""

    def __init__(
        self, context: AppContext, parent: QWidget, unit: Unit, kind: MoveKind = _KINDS[0]
    ) -> None:
        title = _("Move in or out: {house}").format(house=unit.short)
        super().__init__(context, parent, title, _("Record it"))
        theme = context.theme
        self._unit = unit
        self._today = context.now().date()
        self._present = list_staying(unit.id, self._today)
        self.kind = Chips(
            theme,
            _("Kind"),
            [
                Choice(each.value, str(MOVE_LABELS[each]), hotkey=str(number))
                for number, each in enumerate(_KINDS, start=1)
            ],
        )
        self.on_day = day_field(context, _("Day"))
        self.until_on = day_field(context, _("Until"))
        self.told_on = day_field(context, _("Told the office on"))
        self.leaving = LeaverTicks(theme, self._present)
        self.coming = NewcomerLines(theme, self._present)
        reasons = [Choice("", _("Please choose"))]
        reasons += [Choice(one.value, str(REASON_LABELS[one])) for one in LeaveReason]
        self.reason = PickField(theme, _("Reason"), reasons)
        self.reason_text = LineField(theme, _("In words"), placeholder=_("In words"))
        states = [Choice(_AS_BEFORE, _("as it was"))]
        states += [Choice(one.value, state_label(one, unit.kind)) for one in UnitState]
        self.state = PickField(theme, _("The house then is"), states)
        self.minors = LineField(theme, _("Children"), width=90, longest=10)
        self.minors.show_words("" if unit.minors is None else str(unit.minors))
        self._add_rows()
        self.settlement = SettlementFields(context, self.rows, unit.id)
        self.join_fees(self.settlement, unit.id)
        self._is_filled = False
        self.kind.chosen_changed.connect(self._on_kind)
        self.leaving.changed.connect(self._propose_state)
        for lines in (self.coming, self.settlement.lines):
            lines.changed.connect(self.fit)
        self.on_day.show_words(self._today.isoformat())
        self.kind.choose(kind.value)
        self._on_kind()
        self.kind.setFocus()

    def _add_rows(self) -> None:
        theme, add = self.context.theme, self.rows.add_row
        add("kind", _("Kind"), self.kind)
        add("on_day", _("Day"), self.on_day)
        add("until_on", _("Until"), self.until_on)
        source = Label(theme, str(NOTICE_SOURCE), ink=Ink.TEXT_3, elide=True)
        add("told_on", _("Told the office on"), self.told_on, note=source)
        add("leaving", _("Who leaves"), self.leaving)
        add("coming", _("Who comes"), self.coming)
        add("reason", _("Reason"), self.reason, self.reason_text)
        add("state", _("The house then is"), self.state)
        words = _("How many under 14 then live here; by name only with a guardian's consent")
        add("minors", _("Children"), self.minors, note=Label(theme, words, ink=Ink.TEXT_3))

    @property
    def chosen_kind(self) -> MoveKind:
        """The kind that is chosen."""
        return MoveKind(self.kind.chosen())

    def _on_kind(self) -> None:
        """Show the fields that this kind has, with what it usually does."""
        kind = self.chosen_kind
        rule = MOVE_RULES[kind]
        shown = {
            "until_on": rule.until,
            "told_on": rule.told,
            "leaving": bool(rule.may_leave) and bool(self._present),
            "coming": rule.comes is not None,
            "reason": rule.reason,
            "minors": self._unit.kind is UnitKind.HOME and kind not in _NOBODY_MOVES,
            "meters": rule.meters,
            **dict.fromkeys(SettlementFields.KEYS, rule.settles),
            "figures": rule.settles and self.settlement.sees_fees,
            "open_reason": False,
        }
        for key, is_shown in shown.items():
            self.rows.show_row(key, is_shown=is_shown)
        self.settlement.show_balance(is_asked=rule.settles)
        self.rows.show_problems(())
        self.leaving.show_kind(kind)
        self.coming.show_kind(kind)
        self._propose_state()
        if rule.settles and not self._is_filled:
            self._is_filled = True
            self.fill()
        self.fit()
        self.kind.setFocus()

    def fill(self) -> None:
        """Take the settlement from the bills up to the day of the move."""
        try:
            on_day = read_day_of(self.on_day, "on_day", self._today) or self._today
        except DraftError:
            on_day = self._today
        self.settlement.fill(on_day, min(on_day, self._today))
        self.fit()

    def _propose_state(self) -> None:
        state = usual_state(self.chosen_kind, self._present, self.leaving.chosen())
        self.state.choose(state.value if state else _AS_BEFORE)

    # -- storing

    def act(self) -> Move:
        """Record the move."""
        draft, context = self._draft(), self.context
        return record_move(self._unit.id, draft, by=context.staff.id, now=context.now())

    def _draft(self) -> MoveDraft:
        rule, today = MOVE_RULES[self.chosen_kind], self._today
        typed = self.settlement.draft()
        draft = MoveDraft(
            kind=self.chosen_kind,
            on_day=read_day_of(self.on_day, "on_day", today),
            leaving=self.leaving.chosen() if rule.may_leave else (),
            coming=self.coming.newcomers() if rule.comes else (),
            state=UnitState(self.state.value()) if self.state.value() else None,
            minors=self._minors(),
            note=typed.note,
            meters=typed.meters if rule.meters else {},
        )
        if rule.told:
            draft = replace(draft, told_on=read_day_of(self.told_on, "told_on", today))
        if rule.until:
            draft = replace(draft, until_on=read_day_of(self.until_on, "until_on", today))
        if rule.reason:
            reason = LeaveReason(self.reason.value()) if self.reason.value() else None
            draft = replace(draft, reason=reason, reason_text=self.reason_text.words())
        if rule.settles:
            draft = replace(
                draft,
                settlement=typed.settlement,
                settled_on=typed.settled_on,
                new_address=typed.new_address,
                new_phone=typed.new_phone,
                open_reason=typed.open_reason,
            )
        return draft

    def _minors(self) -> int | None:
        try:
            return read_minors(self.minors.words())
        except CellError as refusal:
            raise DraftError((Problem("minors", str(refusal)),)) from refusal

    def show_refusal(self, refusal: DraftError) -> None:
        """Show problems under their fields; the reason's words stand beside the reason."""
        self.settlement.show_problems(
            tuple(
                replace(one, field="reason") if one.field == "reason_text" else one
                for one in refusal.problems
            )
        )


class SettleDialog(_Sheet):
    """Settle a move that was recorded before."""

    def __init__(self, context: AppContext, parent: QWidget, move: Move) -> None:
        title = _("Settle {number}: {house}").format(number=move.number, house=move.where)
        super().__init__(context, parent, title, _("Save"))
        self._move = move
        self.rows.add_row("name", _("Who"), Label(context.theme, move.name, bold=True, wrap=True))
        self.settlement = SettlementFields(context, self.rows, move.unit_id)
        self.join_fees(self.settlement, move.unit_id)
        self.settlement.show_move(move)
        if not move.settlement:
            self.fill()
        self.rows.show_row("meters", is_shown=MOVE_RULES[move.kind].meters)
        self.settlement.lines.changed.connect(self.fit)
        self.fit()
        self.settlement.lines.setFocus()

    def fill(self) -> None:
        """Take the settlement from the bills; what was paid since the move counts as paid at it."""
        move = self._move
        self.settlement.fill(move.on_day, min(move.on_day, move.entered_at.date()))
        self.fit()

    def act(self) -> Move:
        """Store the settlement."""
        context, draft = self.context, self.settlement.draft()
        return settle_move(
            self._move.id,
            draft,
            version=self._move.version,
            by=context.staff.id,
            now=context.now(),
        )

    def show_refusal(self, refusal: DraftError) -> None:
        """Show problems under their fields."""
        self.settlement.show_problems(refusal.problems)
