"""What fees ask for now: promises and parts of plans that are due, claims that come near their end.

Enter leads to the account; Today's notice opens this list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from propdesk.domain.payment_plans import PLAN_LABELS
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.queries.arrears import list_debtors
from propdesk.services.queries.limitation import LimitationRow, list_limitation, near_days
from propdesk.services.queries.payment_plans import PaymentPlan, list_parts_until
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.pages.fee_words import left_tone
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Tone
from ui.widgets.choices import Chips, Choice
from ui.widgets.labels import Label

_WIDTH, _ROWS = 720, 11
_OVERDUE, _TODAY, _WEEK, _SOON, _LATER = "overdue", "today", "week", "soon", "later"


@dataclass(frozen=True, slots=True)
class DueRow:
    """A house that waits for somebody: what it is about, its day, how much."""

    unit_id: int
    house: str
    who: str
    what: str
    day: date
    amount_fen: int
    mark: Mark


def week_end(today: date) -> date:
    """Return the Sunday of a day's week."""
    return date.fromordinal(today.toordinal() + 6 - today.weekday())


def due_groups(today: date) -> dict[str, list[PaymentPlan]]:
    """Return the open plans with a part not met: overdue, today, in the rest of this week."""
    groups: dict[str, list[PaymentPlan]] = {_OVERDUE: [], _TODAY: [], _WEEK: []}
    for plan in list_parts_until(today, week_end(today)):
        day = plan.standing.due_on or today
        key = _OVERDUE if day < today else _TODAY if day == today else _WEEK
        groups[key].append(plan)
    return groups


class DueDialog(Dialog):
    """Chips by urgency over one list; `unit_id` is the account that the clerk wants to see."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Fees: due now"), width=_WIDTH)
        self._context = context
        self.unit_id: int | None = None
        theme = context.theme
        self._rows = self._read(context.now().date())
        soon, later = near_days(context.now().date())
        limit = _("Limitation {days} d")
        words = {
            _OVERDUE: _("Overdue"),
            _TODAY: _("Today"),
            _WEEK: _("This week"),
            _SOON: limit.format(days=soon),
            _LATER: limit.format(days=later),
        }
        self.chips = Chips(
            theme,
            _("Which of them"),
            [
                Choice(key, word, len(self._rows[key]), is_bad=key == _OVERDUE)
                for key, word in words.items()
            ],
        )
        self.chips.chosen_changed.connect(lambda _key: self._show())
        self.body.addWidget(self.chips)
        self.table = RecordTable(
            theme,
            _("Fees: due now"),
            (
                Column("house", _lazy("House"), lambda row: row.house, width=100, is_strong=True),
                Column("who", _lazy("Who"), lambda row: context.shown_names(row.who), width=100,
                       is_name=True),
                Column("what", _lazy("What"), lambda row: row.what, width=150, stretches=True),
                Column("day", _lazy("Day"), lambda row: row.day.isoformat(), width=92),
                Column("amount", _lazy("Missing"), lambda row: row.amount_fen, CellKind.MONEY, 100),
                Column("state", _lazy("State"), lambda row: row.mark, CellKind.STATUS, 104),
            ),
            lambda row: (row.unit_id, row.what, row.day),
            now=context.now,
        )  # fmt: skip
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.left.connect(self.reject)
        self.table.opened.connect(self._on_opened)
        self.body.addWidget(self.table)
        self._words = Label(theme, ink=Ink.TEXT_3)
        self.body.addWidget(self._words)
        self.add_verb("", _("Close"))
        first = next((key for key, rows in self._rows.items() if rows), _TODAY)
        self.chips.choose(first)
        self._show()
        if self.table.is_empty():
            self.chips.setFocus()
        else:
            self.table.setFocus()

    def _read(self, today: date) -> dict[str, Sequence[DueRow]]:
        soon, later = near_days(today)
        near = list_limitation(today, later)
        groups = due_groups(today)
        who = list_debtors({plan.unit_id for plans in groups.values() for plan in plans})
        found: dict[str, Sequence[DueRow]] = {
            key: [_plan_row(plan, who.get(plan.unit_id, ""), today) for plan in plans]
            for key, plans in groups.items()
        }
        found[_SOON] = [_limit_row(one, today) for one in near if one.days_left(today) <= soon]
        found[_LATER] = [_limit_row(one, today) for one in near]
        return found

    def _show(self) -> None:
        rows = self._rows[self.chips.chosen()]
        self.table.show_rows(rows)
        some = _("Enter opens the account")
        self._words.show_text(some if rows else _("Nothing of this is due."))

    def _on_opened(self, row: DueRow) -> None:
        self.unit_id = row.unit_id
        self.accept()


def show_due(context: AppContext, parent: QWidget) -> None:
    """Show the list, and go to the account that was chosen there."""
    dialog = DueDialog(context, parent)
    dialog.ask()
    if dialog.unit_id is not None:
        context.navigation.account_wanted.emit(dialog.unit_id)


def _plan_row(plan: PaymentPlan, debtor: str, today: date) -> DueRow:
    day = plan.standing.due_on or today
    late = today.toordinal() - day.toordinal()
    if late > 0:
        words = ngettext("{days} day late", "{days} days late", late).format(days=late)
        mark = Mark(words, Tone.DANGER)
    elif not late:
        mark = Mark(_("Due today"), Tone.WARN)
    else:
        words = ngettext("in {days} day", "in {days} days", -late).format(days=-late)
        mark = Mark(words, Tone.INFO)
    what = str(PLAN_LABELS[plan.kind])
    if len(plan.parts) > 1:
        what = f"{what} {plan.standing.position}/{len(plan.parts)}"
    who = plan.promised_by or debtor
    return DueRow(plan.unit_id, plan.unit, who, what, day, plan.standing.missing_fen, mark)


def _limit_row(row: LimitationRow, today: date) -> DueRow:
    days = row.days_left(today)
    words = ngettext("{count} bill", "{count} bills", len(row.bills)).format(count=len(row.bills))
    mark = Mark(_("{days} d").format(days=days), left_tone(days) or Tone.NEUTRAL)
    return DueRow(row.unit_id, row.unit, row.debtor, words, row.last_on, row.open_fen, mark)
