"""Why a house does not pay, whether it is held, how far the matter went (idea 6, law.md 1.6)."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from propdesk.domain.arrears import (
    ARREARS_REASON_LABELS,
    LEGAL_LABELS,
    ArrearsReason,
    LegalState,
)
from propdesk.domain.arrears_cases import (
    NOTE_LABELS,
    ArrearsCase,
    ArrearsNote,
    CaseDraft,
    CaseWish,
    HoldingTicket,
)
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.arrears import change_case, change_cases
from propdesk.services.queries.arrears_cases import get_case
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Theme, Tone
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField, TextField
from ui.widgets.labels import Label

_WIDTH = 640
_MOST_TICKETS, _MOST_NOTES = 3, 5


def _reasons(theme: Theme, nothing: str) -> PickField:
    """Return a field for the eight reasons; a digit chooses one."""
    choices = [
        Choice(one.value, f"{place} {ARREARS_REASON_LABELS[one]}")
        for place, one in enumerate(ArrearsReason, start=1)
    ]
    return PickField(theme, _("Reason"), [Choice("", nothing), *choices])


class CaseDialog(SmallForm):
    """The case of a house: what is said of it, its open tickets, its history.

    Enter on a ticket leads to it: `ticket_id` is where the clerk wants to go.
    """

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Arrears of {house}").format(house=unit.short)
        super().__init__(context, parent, title, _("Store it"), width=_WIDTH)
        self.ticket_id: int | None = None
        theme = context.theme
        self._case: ArrearsCase = get_case(unit.id, context.now().date())
        case = self._case
        self.reason = _reasons(theme, _("Nobody asked yet"))
        self.reason.choose(case.reason.value if case.reason else "")
        self.words = TextField(theme, _("What they say"), lines=2, longest=2000)
        self.words.show_words(case.reason_text)
        self.held_until = day_field(context, _("Hold until"))
        self.held_until.show_words(str(case.held_until or ""))
        why = _("why it is held")
        self.held_reason = LineField(theme, why, placeholder=why)
        self.held_reason.show_words(case.held_reason)
        legal = [Choice(one.value, str(word)) for one, word in LEGAL_LABELS.items()]
        self.legal = PickField(theme, _("Legal state"), [Choice("", "—"), *legal])
        self.legal.choose(case.legal_state.value if case.legal_state else "")
        self.rows.add_row("reason", _("Reason"), self.reason)
        self.rows.add_row("reason_text", _("What they say"), self.words)
        self.rows.add_row("held_until", _("Hold until"), self.held_until, self.held_reason)
        self.rows.add_row("legal_state", _("Legal state"), self.legal)
        empty = _("While it is held no letter is written. An empty day releases it.")
        self.add_sentence(empty, is_quiet=True)
        self.tickets = self._add_tickets(theme)
        self.notes = self._add_notes(theme)
        self.reason.setFocus()

    def _add_tickets(self, theme: Theme) -> RecordTable:
        table = RecordTable(
            theme,
            _("Open tickets of the house"),
            (
                Column("number", _lazy("Number"), lambda one: one.number, width=140,
                       is_strong=True),
                Column("matter", _lazy("Matter"), lambda one: one.matter, width=200,
                       stretches=True),
                Column("kind", _lazy("Effect"), self._effect, CellKind.STATUS, width=130),
            ),
            lambda one: one.id,
            now=self.context.now,
        )  # fmt: skip
        self._show_below(table, _("Open tickets of the house"), self._case.tickets, _MOST_TICKETS)
        table.opened.connect(self._on_ticket)
        return table

    def _add_notes(self, theme: Theme) -> RecordTable:
        table = RecordTable(
            theme,
            _("History"),
            (
                Column("at", _lazy("Time"), lambda one: one.at, CellKind.TIME, width=84),
                Column("kind", _lazy("What"), lambda one: str(NOTE_LABELS[one.kind]), width=150),
                Column("text", _lazy("Words"), _note_words, width=220, stretches=True),
                Column("by", _lazy("By"), lambda one: one.by, width=80, is_quiet=True),
            ),
            id,
            now=self.context.now,
        )  # fmt: skip
        self._show_below(table, _("History"), self._case.notes, _MOST_NOTES)
        return table

    def _show_below(
        self, table: RecordTable, title: str, found: Sequence[object], most: int
    ) -> None:
        """Put a table under its title; without rows neither is there."""
        table.make_dense()
        table.left.connect(self.reject)
        table.show_rows(found)
        table.setFixedHeight(table.height_of(min(len(found), most)))
        head = Label(self.theme, title, bold=True)
        for widget in (head, table):
            self.body.addWidget(widget)
            widget.setVisible(bool(found))

    def _effect(self, ticket: HoldingTicket) -> Mark | None:
        if ticket in self._case.holding:
            return Mark(_("Holds the case"), Tone.WARN)
        return Mark(_("Is no complaint"), Tone.NEUTRAL)

    def _on_ticket(self, ticket: HoldingTicket) -> None:
        self.ticket_id = ticket.id
        self.reject()

    def act(self) -> ArrearsCase:
        """Store the case."""
        today = self.context.now().date()
        legal = self.legal.value()
        draft = CaseDraft(
            reason=ArrearsReason(self.reason.value()) if self.reason.value() else None,
            reason_text=self.words.words(),
            held_until=read_day_of(self.held_until, "held_until", today),
            held_reason=self.held_reason.words(),
            legal_state=LegalState(legal) if legal else None,
        )
        return change_case(
            self._case.unit_id,
            draft,
            version=self._case.version,
            by=self.context.staff.id,
            now=self.context.now(),
        )


class CasesDialog(SmallForm):
    """The same said of several houses; `stored` is how many are otherwise now."""

    def __init__(self, context: AppContext, parent: QWidget, unit_ids: Sequence[int]) -> None:
        count = len(unit_ids)
        words = ngettext("Arrears of {count} house", "Arrears of {count} houses", count)
        super().__init__(context, parent, words.format(count=count), _("Store it"))
        self._unit_ids = tuple(unit_ids)
        theme = context.theme
        self.reason = _reasons(theme, _("As it is"))
        self.held_until = day_field(context, _("Hold until"))
        why = _("why it is held")
        self.held_reason = LineField(theme, why, placeholder=why)
        self.release = CheckField(theme, _("Hold them no longer"))
        self.rows.add_row("reason", _("Reason"), self.reason)
        self.rows.add_row("held_until", _("Hold until"), self.held_until, self.held_reason)
        self.rows.add_row("release", "", self.release)
        self.reason.setFocus()

    def act(self) -> int:
        """Store it for all."""
        today = self.context.now().date()
        until: date | None = read_day_of(self.held_until, "held_until", today)
        wish = CaseWish(
            reason=ArrearsReason(self.reason.value()) if self.reason.value() else None,
            held_until=until,
            held_reason=self.held_reason.words(),
            is_released=self.release.isChecked(),
        )
        return change_cases(self._unit_ids, wish, by=self.context.staff.id, now=self.context.now())


def _note_words(note: ArrearsNote) -> str:
    return "  ".join(filter(None, (note.ticket, note.text)))
