"""The promises and instalment plans of a house: where each stands, its agreement, how it ends."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.attachments import Attachment
from propdesk.domain.dunning import PROMISE_LABELS
from propdesk.domain.money import money_words
from propdesk.domain.payment_plans import (
    OUTCOME_LABELS,
    PLAN_LABELS,
    PLAN_STATE_LABELS,
    Outcome,
    PlanState,
)
from propdesk.i18n import _, _lazy
from propdesk.services import offices
from propdesk.services.attachments import Refused
from propdesk.services.parts.printed import Printed
from propdesk.services.payment_plans import add_plan_files, end_plan
from propdesk.services.queries.payment_plans import PaymentPlan, list_plan_files, list_plans
from propdesk.services.queries.units import Unit
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.picture_view import PictureView
from ui.dialogs.small_form import SmallForm
from ui.forms.file_strip import FileStrip
from ui.incoming_files import Drops, Incoming, sources
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Tone
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Segments
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

_WIDTH, _ROWS, _LINES = 840, 6, 6
_TONES = {
    PlanState.RUNNING: Tone.INFO,
    PlanState.DUE: Tone.WARN,
    PlanState.BROKEN: Tone.DANGER,
    PlanState.KEPT: Tone.OK,
    PlanState.WITHDRAWN: Tone.NEUTRAL,
    PlanState.VOIDED: Tone.NEUTRAL,
}


class _Added(NamedTuple):
    """What came of a lot of files."""

    files: tuple[Attachment, ...]
    refused: tuple[Refused, ...]


class PlanFiles(FileStrip):
    """What the debtor signed of the promise or plan that is shown."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._plan: PaymentPlan | None = None
        self._kept: tuple[Attachment, ...] = ()

    def show_plan(self, plan: PaymentPlan | None) -> None:
        """Show the scans of a promise or plan."""
        self._plan = plan
        self._kept = () if plan is None else list_plan_files(plan.id)
        self.show_files([(one.file, one.title, False) for one in self._kept])

    def can_take(self) -> bool:
        """Tell whether files may come now: a promise or plan is shown."""
        return self._plan is not None and super().can_take()

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take files in for the promise or plan that is shown now."""
        if self._plan is not None:
            self._for = (self._plan.id, self.context.staff.id, self.context.now())
            super().take(coming)

    def job(self, coming: Sequence[Incoming], progress: Progress) -> _Added:
        """Take files in and give them to their plan."""
        plan_id, by, now = self._for
        with offices.working_connection():
            return _Added(
                *add_plan_files(
                    self.context.office, plan_id, sources(coming), by=by, now=now,
                    on_progress=progress,
                )
            )  # fmt: skip

    def arrived(self, result: _Added) -> None:
        """Show them, and say what was refused."""
        self.show_plan(self._plan)
        self.tell_refused(result.refused)

    def open_view(self, place: int) -> None:
        """Look at a scan, as large as the window."""
        PictureView(self.context, self, [one.file for one in self._kept], place).look()

    def remove(self, _place: int) -> None:
        """Say that what was signed stays: a wrong promise is voided with it."""
        self.context.messages.tell(
            self,
            _("What was signed stays"),
            _("What was kept as proof is not taken away. End the promise as void if it is wrong."),
        )


class PlansDialog(Dialog):
    """The latest first; below the list the parts of the chosen one."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Promises and plans: {house}").format(house=unit.short)
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self._context = context
        self._unit = unit
        theme = context.theme
        self.table = RecordTable(
            theme, title, self._columns(), lambda plan: plan.id, now=context.now
        )
        self.parts = RecordTable(
            theme,
            _("Parts"),
            (
                Column("number", _lazy("Instalment"), lambda row: row[0], CellKind.COUNT, 80),
                Column("due", _lazy("To be paid by"), lambda row: row[1], width=120,
                       stretches=True),
                Column("amount", _lazy("Amount (yuan)"), lambda row: row[2], CellKind.MONEY, 110),
                Column("met", _lazy("State"), lambda row: row[3], CellKind.STATUS, 120),
            ),
            lambda row: row[0],
            now=context.now,
        )  # fmt: skip
        for table in (self.table, self.parts):
            table.make_dense()
            table.left.connect(self.reject)
            self.body.addWidget(table)
        self._words = Label(theme, ink=Ink.TEXT_2, wrap=True, selectable=True)
        self.body.addWidget(self._words)
        self.files = PlanFiles(context)
        Drops(self, self.files.take, context.now)
        self.body.addWidget(self.files)
        self.table.current_changed.connect(self._show_parts)
        self.table.opened.connect(lambda _plan: self._on_print())
        self.add_verb("", _("Close"))
        for word, key, act in (
            (_("End the agreement"), "F4", self._on_end),
            (_("Print the agreement"), "Ctrl+P", self._on_print),
        ):
            button = Button(theme, word, hint=key)
            button.clicked.connect(act)
            QShortcut(QKeySequence(key), self).activated.connect(act)
            self._foot.addWidget(button)
        self._refill()
        self.table.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        names = self._context.shown_names
        money = CellKind.MONEY
        return (
            Column("number", _lazy("Number"), lambda plan: plan.number, width=116,
                   is_strong=True),
            Column("kind", _lazy("Kind"), lambda plan: str(PLAN_LABELS[plan.kind]), width=100),
            Column("on", _lazy("Promised on"), lambda plan: plan.promised_on.isoformat(),
                   width=92),
            Column("who", _lazy("Who promises"), lambda plan: names(plan.promised_by), width=76,
                   stretches=True, is_name=True),
            Column("way", _lazy("How"), lambda plan: str(PROMISE_LABELS[plan.way]), width=96,
                   rank=1, is_quiet=True),
            Column("total", _lazy("Amount (yuan)"), lambda plan: plan.total_fen, money, 92),
            Column("paid", _lazy("Paid since"),
                   lambda plan: min(plan.standing.paid_fen, plan.total_fen), money, 92),
            Column("state", _lazy("State"), plan_mark, CellKind.STATUS, 104),
        )  # fmt: skip

    def _refill(self) -> None:
        plans = list_plans(self._unit.id, self._context.now().date())
        longest = max((len(plan.parts) for plan in plans), default=1)
        self.table.setFixedHeight(self.table.height_of(min(max(len(plans), 1), _ROWS)))
        self.parts.setFixedHeight(self.parts.height_of(min(longest, _LINES)))
        self.table.show_rows(plans)
        for table in (self.table, self.parts):
            table.setVisible(bool(plans))
        self._show_parts(self.table.current_row())

    def _show_parts(self, plan: PaymentPlan | None) -> None:
        self.files.setVisible(plan is not None)
        self.files.show_plan(plan)
        if plan is None:
            self.parts.show_rows(())
            self._words.show_text(
                _("Nobody promised anything yet: a promise is noted with F8 of the account.")
            )
            return
        rows, before = [], 0
        for number, part in enumerate(plan.parts, start=1):
            before += part.amount_fen
            is_met = plan.standing.paid_fen >= before
            is_next = number == plan.standing.position
            mark = Mark(_("paid"), Tone.OK) if is_met else plan_mark(plan) if is_next else None
            rows.append((number, part.due_on.isoformat(), part.amount_fen, mark))
        self.parts.show_rows(rows)
        missing = plan.standing.missing_fen if plan.is_open else 0
        words = _("{amount} yuan are missing of the next part").format(amount=money_words(missing))
        self._words.show_text("\n".join(filter(None, (words if missing else "", plan.note))))

    def _on_print(self) -> None:
        plan: PaymentPlan | None = self.table.current_row()
        if plan is not None:
            show_agreement(self._context, self, plan)

    def _on_end(self) -> None:
        plan: PaymentPlan | None = self.table.current_row()
        if plan is None:
            return
        if not plan.is_open:
            words = _("{number} has ended.").format(number=plan.number)
            self._context.messages.tell(self, _("This was not done"), words)
            return
        dialog = EndPlanDialog(self._context, self, plan)
        dialog.ask()
        if dialog.stored is not None:
            self._context.changes.fees_changed.emit()
            self._refill()
        self.table.setFocus()


class EndPlanDialog(SmallForm):
    """How a promise or plan ends; `stored` is the plan.

    What it says of the bills stays: only a void one interrupts no limitation.
    """

    def __init__(self, context: AppContext, parent: QWidget, plan: PaymentPlan) -> None:
        title = _("End {number}").format(number=plan.number)
        super().__init__(context, parent, title, _("End the agreement"))
        self._plan = plan
        choices = [
            Choice(one.value, str(word), hotkey=str(place))
            for place, (one, word) in enumerate(OUTCOME_LABELS.items(), start=1)
        ]
        self.outcome = Segments(context.theme, _("How it ends"), choices)
        broken = plan.standing.state is PlanState.BROKEN
        kept = plan.standing.state is PlanState.KEPT
        self.outcome.choose(
            (Outcome.KEPT if kept else Outcome.BROKEN if broken else Outcome.WITHDRAWN).value
        )
        self.reason = LineField(context.theme, _("Reason"), longest=200)
        self.rows.add_row("outcome", _("How it ends"), self.outcome)
        self.rows.add_row("text", _("Reason"), self.reason)
        hint = _("Void is for what was written down by mistake: it then interrupts nothing.")
        self.add_sentence(hint, is_quiet=True)
        self.reason.setFocus()

    def act(self) -> PaymentPlan:
        """End it."""
        return end_plan(
            self._plan.id,
            Outcome(self.outcome.chosen()),
            self.reason.words(),
            version=self._plan.version,
            by=self.context.staff.id,
            now=self.context.now(),
        )


def plan_mark(plan: PaymentPlan) -> Mark:
    """Return where a promise or plan stands."""
    state = plan.standing.state
    return Mark(str(PLAN_STATE_LABELS[state]), _TONES[state])


def show_agreement(context: AppContext, page: QWidget, plan: PaymentPlan) -> None:
    """Show the agreement over `page`, ready to be printed and signed by both sides."""
    from propdesk.services.printing_arrears import agreement_title, print_agreement
    from ui.printing import show_paper

    by, now, plan_id = context.staff, context.now(), plan.id

    def draw(target: Path) -> Printed:
        return print_agreement(plan_id, target, by=by, now=now)

    show_paper(context, page, f"{agreement_title()} {plan.number}", draw)
