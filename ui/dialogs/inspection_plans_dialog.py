"""The plans of rounds: what is walked, how often, by whom, and when it is due next (R99)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from propdesk.domain.check_items import INSPECTION_LABELS
from propdesk.domain.cycles import rule_words
from propdesk.domain.inspection_plans import MOST_TIMES_ON_A_SHEET, Plan, next_days
from propdesk.domain.rounds import ANCHOR_LABELS, Anchor
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.inspection_plans import end_plan
from propdesk.services.queries.inspection_plans import list_plans, list_walkers
from propdesk.services.queries.rounds import open_days
from ui.context import AppContext
from ui.dialogs.inspection_plan_adopt import AdoptPlansDialog
from ui.dialogs.inspection_plan_dialog import InspectionPlanDialog
from ui.dialogs.list_dialog import ListDialog
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Tone
from ui.widgets.buttons import Button, Kind

_WIDTH, _ROWS = 1140, 14


@dataclass(frozen=True, slots=True)
class _Line:
    """A plan, who walks it, and its next day."""

    plan: Plan
    walker: str
    next_on: date | None


class InspectionPlansDialog(ListDialog[_Line]):
    """Enter changes a plan, Del ends it; Ctrl+T takes schedules over."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(
            context,
            parent,
            _("Plans of inspections"),
            _columns(context.now().date()),
            lambda line: line.plan.id,
            width=_WIDTH,
            rows=_ROWS,
            details=2,
        )
        self._with_ended = False
        self.add_act(_("Edit"), self._on_change, "Enter", icon="pencil", kind=Kind.TONAL)
        self._end = self.add_act(_("End the plan"), self._on_end, "Del", icon="circle-pause")
        self.add_act(_("Add a plan"), self._on_add, "Ctrl+N", icon="plus", needs_row=False)
        self._usual = Button(
            context.theme, _("Take over schedules"), icon="list-checks", shortcut="Ctrl+T"
        )
        self._usual.clicked.connect(self._on_usual)
        self._foot.insertWidget(0, self._usual)
        self._ended = Button(
            context.theme, _("Show ended ones"), kind=Kind.QUIET, shortcut="Ctrl+H"
        )
        self._ended.clicked.connect(self._on_ended)
        self._foot.insertWidget(1, self._ended)
        self.refill()
        (self._usual if self.table.is_empty() else self.table).setFocus()

    def listed(self) -> Sequence[_Line]:
        """Return the plans; those that have ended last."""
        today = self.context.now().date()
        found = sorted(
            list_plans(with_ended=self._with_ended), key=lambda plan: plan.ended_at is not None
        )
        walkers, opened = list_walkers(), open_days()
        return [
            _Line(plan, walkers.get(plan.id, ""), _next_on(plan, today, opened.get(plan.id)))
            for plan in found
        ]

    def hint_words(self, found: Sequence[_Line]) -> str:
        """Say what to do next."""
        if not found:
            return _(
                "Nothing is planned yet. Take over what the law and the trade ask for (Ctrl+T), or "
                "write a plan of your own (Ctrl+N)."
            )
        idle = sum(line.next_on is None and line.plan.ended_at is None for line in found)
        if idle:
            words = ngettext(
                "{count} plan has no day left: change its rule, or end it.",
                "{count} plans have no day left: change their rules, or end them.",
                idle,
            )
            return words.format(count=idle)
        return _("Who walks which route on which days. What was asked for stays for ever.")

    def detail_words(self, row: _Line) -> str:
        """Say the rest of the plan."""
        draft = row.plan.draft
        self._end.setEnabled(row.plan.ended_at is None)
        points = len({stop.point_id for stop in draft.stops})
        said = [
            ngettext("{count} point", "{count} points", points).format(count=points)
            if points
            else "",
            str(ANCHOR_LABELS[draft.anchor]) if draft.anchor is Anchor.COMPLETED else "",
            _("{count} days at the latest").format(count=draft.latest_days)
            if draft.latest_days
            else "",
            _("Source: {source}").format(source=draft.source) if draft.source else "",
            "" if draft.verified or not draft.source else _("to be verified"),
            draft.note,
        ]
        return " · ".join(filter(None, said))

    # -- acts

    def _on_add(self) -> None:
        self._edit(None)

    def _on_change(self) -> None:
        line = self.current()
        if line is not None and line.plan.ended_at is None:
            self._edit(line.plan)

    def _edit(self, plan: Plan | None) -> None:
        dialog = InspectionPlanDialog(self.context, self, plan)
        dialog.ask()
        if dialog.stored is not None:
            self._come_back(dialog.stored)

    def _on_end(self) -> None:
        line, context = self.current(), self.context
        if line is None or not context.messages.confirm(
            self,
            _("End this plan?"),
            _("Nothing more is asked for. What was asked for up to today stays, missed or done."),
            act=_("End the plan"),
            keep=_("Keep it"),
        ):
            return
        plan = line.plan
        if context.attempt(
            self,
            _("This was not done"),
            lambda: end_plan(plan.id, version=plan.version, by=context.staff.id, now=context.now()),
        ):
            self._come_back(plan)

    def _on_usual(self) -> None:
        dialog = AdoptPlansDialog(self.context, self)
        dialog.ask()
        if dialog.adopted:
            self.refill()
        self.table.setFocus()

    def _on_ended(self) -> None:
        self._with_ended = not self._with_ended
        self._ended.show_word(_("Hide ended ones") if self._with_ended else _("Show ended ones"))
        self.refill()

    def _come_back(self, plan: Plan) -> None:
        self.refill(plan.id)
        self.context.changes.inspections_changed.emit()
        self.table.setFocus()
        self.toast.show_message(_("Stored: {title}").format(title=plan.draft.name))


def _next_on(plan: Plan, today: date, opened: date | None) -> date | None:
    if plan.ended_at is not None:
        return None
    days = next_days(plan.draft, today, 1, first=opened)
    return days[0] if days else None


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column("code", _lazy("Number"), lambda line: line.plan.draft.code, width=76, is_quiet=True),
        Column("name", _lazy("Plan"), lambda line: line.plan.draft.name, width=200,
               is_strong=True),
        Column("kind", _lazy("Kind"), lambda line: str(INSPECTION_LABELS[line.plan.draft.kind]),
               width=110, rank=2),
        Column("rule", _lazy("Cycle"), _when, width=220,
               stretches=True),
        Column("walker", _lazy("Who walks"), lambda line: line.walker, width=120),
        Column("next", _lazy("Next due"), lambda line: f"{line.next_on or ''}", width=100),
        Column("state", _lazy("State"), lambda line: _state(line, today), CellKind.STATUS,
               width=110),
    )  # fmt: skip


def _when(line: _Line) -> str:
    draft = line.plan.draft
    times = (
        ", ".join(draft.times)
        if len(draft.times) <= MOST_TIMES_ON_A_SHEET
        else _("{count} times a day").format(count=len(draft.times))
    )
    return " ".join(filter(None, (rule_words(draft.rule), times)))


def _state(line: _Line, today: date) -> Mark:
    if line.plan.ended_at is not None:
        return Mark(_("Out of use"), Tone.NEUTRAL)
    if line.next_on is None:
        return Mark(_("No day left"), Tone.WARN)
    if line.next_on < today:
        return Mark(_("Overdue"), Tone.DANGER)
    return Mark(_("In use"), Tone.OK)
