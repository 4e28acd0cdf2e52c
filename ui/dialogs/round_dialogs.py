"""Small forms about rounds: moved, called off, made up for; a finding settled; a sheet found."""

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.findings import Finding, FindingState
from propdesk.domain.inspection_results import Sheet
from propdesk.domain.rounds import Round
from propdesk.i18n import _, _lazy
from propdesk.services.findings import close_finding
from propdesk.services.inspection_sheets import void_sheet
from propdesk.services.queries.inspection_sheets import SheetLine, get_sheet, list_sheets_out
from propdesk.services.rounds import cancel_round, make_up_round, postpone_round
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Tone
from ui.widgets.choices import Choice, Segments
from ui.widgets.fields import LineField, TextField
from ui.widgets.labels import Label

_WIDTH, _ROWS = 620, 7


class _RoundForm(SmallForm):
    """A form about one round: a day where one is asked for, and the reason."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        round_: Round,
        title: str,
        save: str,
        *,
        reason: str = "",
    ) -> None:
        super().__init__(context, parent, title, save)
        self.round = round_
        self.today = context.now().date()
        self.day = day_field(context, _("New day"))
        self.reason = LineField(context.theme, reason or _("Reason"), is_last=True)

    def new_day(self) -> date:
        """Return the day that was typed. Raises DraftError without one."""
        day = read_day_of(self.day, "day", self.today)
        if day is None:
            raise DraftError((Problem("day", _("Say on which day.")),))
        return day

    def why(self) -> str:
        """Return the reason. Raises DraftError without one."""
        if not self.reason.words():
            raise DraftError((Problem("reason", _("Say why.")),))
        return self.reason.words()


class PostponeDialog(_RoundForm):
    """Move an open round to a later day; `stored` is the round."""

    def __init__(self, context: AppContext, parent: QWidget, round_: Round) -> None:
        title = _("Postpone: {name}").format(name=round_.name)
        super().__init__(context, parent, round_, title, _("Postpone it"))
        if round_.latest_on is not None:
            words = _("The last lawful day is {day}.").format(day=round_.latest_on)
            self.body.insertWidget(1, Label(self.theme, words, ink=Ink.WARN, wrap=True))
        self.day.show_words((max(round_.day, self.today) + timedelta(1)).isoformat())
        self.rows.add_row("day", _("New day"), self.day)
        self.rows.add_row("reason", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> Round:
        """Move it."""
        context = self.context
        return postpone_round(
            self.round.id, self.new_day(), self.why(), version=self.round.version,
            by=context.staff.id, now=context.now(),
        )  # fmt: skip


class MakeUpDialog(_RoundForm):
    """Plan a round that makes up for a missed one; `stored` is the new round."""

    def __init__(self, context: AppContext, parent: QWidget, round_: Round) -> None:
        title = _("Make up for: {name}").format(name=round_.name)
        super().__init__(context, parent, round_, title, _("Plan it"))
        words = _("The round of {day} stays missed; this one makes up for it.")
        label = Label(self.theme, words.format(day=round_.day), ink=Ink.TEXT_2, wrap=True)
        self.body.insertWidget(1, label)
        self.day.show_words(self.today.isoformat())
        self.rows.add_row("day", _("Day"), self.day)
        self.day.setFocus()
        self.day.selectAll()

    def act(self) -> Round:
        """Plan it."""
        context = self.context
        return make_up_round(self.round.id, self.new_day(), by=context.staff.id, now=context.now())


class CancelRoundDialog(_RoundForm):
    """Call an open round off; `stored` is the round."""

    def __init__(self, context: AppContext, parent: QWidget, round_: Round) -> None:
        title = _("Call off: {name}").format(name=round_.name)
        super().__init__(context, parent, round_, title, _("Call it off"))
        self.rows.add_row("reason", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> Round:
        """Call it off."""
        context = self.context
        return cancel_round(
            self.round.id, self.why(), version=self.round.version,
            by=context.staff.id, now=context.now(),
        )  # fmt: skip


class TakeBackDialog(SmallForm):
    """Take a sheet back that nothing was entered from; `stored` is the sheet."""

    def __init__(self, context: AppContext, parent: QWidget, sheet: Sheet) -> None:
        title = _("Take back {number}").format(number=sheet.number)
        super().__init__(context, parent, title, _("Take it back"))
        self._number = sheet.number
        self.reason = LineField(context.theme, _("Reason"), is_last=True)
        self.rows.add_row("reason", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> Sheet:
        """Take it back."""
        context = self.context
        if not self.reason.words():
            raise DraftError((Problem("reason", _("Say why.")),))
        return void_sheet(self._number, self.reason.words(), by=context.staff.id, now=context.now())


class CorrectionDialog(SmallForm):
    """Ask why results are corrected; `stored` is the reason, the old ones stay as they were."""

    def __init__(self, context: AppContext, parent: QWidget, items: str) -> None:
        super().__init__(context, parent, _("Why is it corrected?"), _("Correct it"))
        words = _("Entered already: {items}. The old result stays on record with the new one.")
        label = Label(self.theme, words.format(items=items), ink=Ink.TEXT_2, wrap=True)
        self.body.insertWidget(1, label)
        self.reason = LineField(context.theme, _("Reason"), is_last=True)
        self.reason.finished.connect(self.keep)
        self.rows.add_row("reason", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> str:
        """Return the reason."""
        if not self.reason.words():
            raise DraftError((Problem("reason", _("Say why.")),))
        return self.reason.words()


class SettleFindingDialog(SmallForm):
    """Say that a finding was put right without a ticket, or that it is none."""

    def __init__(self, context: AppContext, parent: QWidget, finding: Finding) -> None:
        super().__init__(context, parent, _("Settle the finding"), _("Store it"))
        self._finding = finding
        where = " ".join(filter(None, (finding.point, finding.where)))
        words = "\n".join(filter(None, (finding.text, where)))
        self.body.insertWidget(1, Label(self.theme, words, wrap=True))
        self.state = Segments(
            context.theme,
            _("What became of it"),
            [
                Choice(FindingState.FIXED_ON_SITE.value, _("Put right on the spot"), hotkey="1"),
                Choice(FindingState.RECTIFIED.value, _("Rectified since"), hotkey="2"),
                Choice(FindingState.DROPPED.value, _("No fault"), hotkey="3"),
            ],
        )
        self.note = TextField(context.theme, _("What was done"), lines=2, longest=500)
        self.rows.add_row("state", _("What became of it"), self.state)
        self.rows.add_row("note", _("What was done"), self.note)
        self.note.setFocus()

    def act(self) -> Finding:
        """Settle it."""
        context = self.context
        if not self.note.words():
            raise DraftError((Problem("note", _("Say what was done.")),))
        return close_finding(
            self._finding.id, FindingState(self.state.chosen()), self.note.words(),
            version=self._finding.version, by=context.staff.id, now=context.now(),
        )  # fmt: skip


class SheetPicker(SmallForm):
    """Enter a sheet: scan its bars, type its number, or choose one that is out.

    `stored` is the sheet. The last digits of a number are enough.
    """

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, _("Enter a sheet"), _("Open it"), width=_WIDTH)
        theme = context.theme
        self.number = LineField(
            theme, _("Number"), placeholder=_("Scan the bars, or type the last digits"),
            longest=60, is_last=True,
        )  # fmt: skip
        self.number.finished.connect(self.keep)
        self.number.textEdited.connect(self._on_typed)
        self.rows.add_row("number", _("Number"), self.number)
        self._out = list_sheets_out()
        self.table = RecordTable(
            theme,
            _("Sheets that are not entered yet"),
            (
                Column("number", _lazy("Number"), lambda one: one.number, width=116, least=104),
                Column("task", _lazy("Task"), lambda one: one.title, width=180, stretches=True),
                Column("day", _lazy("Day"), lambda one: f"{one.day:%m-%d}", width=60,
                       is_quiet=True),
                Column("walker", _lazy("Walked by"), lambda one: one.walker, width=90,
                       is_quiet=True),
                Column("filled", _lazy("Progress"), _filled, CellKind.STATUS, 84, 76),
            ),
            lambda one: one.number,
            now=context.now,
        )  # fmt: skip
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(lambda _one: self._open_chosen())
        self.table.left.connect(self.reject)
        self.table.show_rows(self._out)
        self.body.addWidget(self.table)
        self.none = Label(
            theme, _("No sheet is out: Ctrl+P on the page prints those of the day."),
            ink=Ink.TEXT_2, wrap=True,
        )  # fmt: skip
        self.none.setVisible(not self._out)
        self.table.setVisible(bool(self._out))
        self.body.addWidget(self.none)
        self.number.setFocus()

    def _on_typed(self, typed: str) -> None:
        words = typed.strip().upper()
        self.table.show_rows(
            [one for one in self._out if words in one.number or words in one.title.upper()]
        )

    def _open_chosen(self) -> None:
        line: SheetLine | None = self.table.current_row()
        if line is not None:
            self.stored = get_sheet(line.number)
            self.choose("kept")

    def act(self) -> Sheet:
        """Return the sheet of the number, else the only or chosen one that the words fit."""
        line: SheetLine | None = self.table.current_row()
        words = self.number.words()
        try:
            return get_sheet(words or (line.number if line else ""))
        except RuleError as refusal:
            if line is not None:
                return get_sheet(line.number)
            raise DraftError((Problem("number", str(refusal)),)) from refusal


def _filled(line: SheetLine) -> Mark:
    tone = Tone.INFO if line.filled else Tone.NEUTRAL
    return Mark(f"{line.filled}/{line.items}", tone)
