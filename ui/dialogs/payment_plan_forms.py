"""Promises to pay and instalment plans as they are typed while somebody is at the phone.

A promise is a day: all else stands there already and Ctrl+Enter stores it. One that still runs
gives way to the new one, with the reason.
"""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from propdesk.domain.dunning import PROMISE_LABELS, RELATION_LABELS, PromiseWay, Relation
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.moments import parse_day
from propdesk.domain.money import money_words, parse_money
from propdesk.domain.payment_plans import (
    MOST_PARTS,
    Part,
    PlanDraft,
    PlanState,
    equal_parts,
    part_days,
)
from propdesk.i18n import _
from propdesk.services.payment_plans import record_plan
from propdesk.services.queries.accounts import UnitAccount, get_account
from propdesk.services.queries.payment_plans import PaymentPlan, list_open_plans
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.theme import Ink, Theme
from ui.widgets.choices import Choice, Segments
from ui.widgets.fields import LineField, PickField
from ui.widgets.growing_lines import GrowingLines
from ui.widgets.labels import Label
from ui.widgets.proposals import Proposals

_WIDTH, _AMOUNT, _COUNT = 660, 120, 60
_USUAL_PARTS = 3
_RUNS = (PlanState.RUNNING, PlanState.DUE)


class _Agreement(SmallForm):
    """What a promise and a plan share: who, how, the note, and what it takes the place of."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit, title: str) -> None:
        super().__init__(context, parent, title, _("Store it"), width=_WIDTH)
        self._unit = unit
        self._today = context.now().date()
        self.account: UnitAccount = get_account(unit.id, self._today)
        self._running = _running(unit.id, self._today)
        theme = context.theme
        self.amount = LineField(theme, _("Amount (yuan)"), width=_AMOUNT, longest=20)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.amount.show_words(money_words(self.account.open_fen))
        self.way = Segments(
            theme,
            _("How it was given"),
            [
                Choice(one.value, str(PROMISE_LABELS[one]), hotkey=str(place))
                for place, one in enumerate(PromiseWay, start=1)
            ],
        )
        people = [one for one in list_residents(unit.id, self._today) if one.present]
        self.who = LineField(theme, _("Who promises"), longest=60)
        self.who.setCompleter(Proposals([one.name for one in people], self.who))
        if people:
            self.who.show_words(people[0].name)
        relations = [Choice(one.value, str(RELATION_LABELS[one])) for one in Relation]
        self.relation = PickField(theme, _("As what"), relations)
        self.note = LineField(theme, _("Note"))
        self.instead = LineField(theme, _("Why anew"))

    def add_common_rows(self) -> None:
        """Add the rows below the days and amounts."""
        self.rows.add_row("way", _("How it was given"), self.way)
        self.rows.add_row("promised_by", _("Who promises"), self.who, self.relation)
        self.rows.add_row("note", _("Note"), self.note)
        if self._running is not None:
            words = _("{number} still runs until {day}; it is withdrawn then.").format(
                number=self._running.number, day=self._running.parts[-1].due_on
            )
            self.rows.add_row("instead", _("Why anew"), self.instead)
            self.body.insertWidget(1, Label(self.theme, words, ink=Ink.WARN, wrap=True))

    def open_words(self) -> str:
        """Return what is open in all, for a word beside the amount."""
        return _("open {amount}").format(amount=money_words(self.account.open_fen))

    def fen(self) -> int:
        """Return what is agreed in all. Raises DraftError."""
        try:
            return parse_money(self.amount.words())
        except RuleError as refusal:
            raise DraftError((Problem("total_fen", str(refusal)),)) from refusal

    def parts(self) -> tuple[Part, ...]:
        """Return the days and their amounts. Raises DraftError."""
        raise NotImplementedError

    def act(self) -> PaymentPlan:
        """Store it."""
        draft = PlanDraft(
            parts=self.parts(),
            total_fen=self.fen(),
            promised_by=self.who.words(),
            relation=Relation(self.relation.value()),
            way=PromiseWay(self.way.chosen()),
            note=self.note.words(),
        )
        if self._running is not None and not self.instead.words():
            text = _("Write why it takes the place of {number}.")
            words = text.format(number=self._running.number)
            raise DraftError((Problem("instead", words),))
        return record_plan(
            self._unit.id,
            draft,
            instead_reason=self.instead.words(),
            by=self.context.staff.id,
            now=self.context.now(),
        )


class PromiseDialog(_Agreement):
    """A sum on a day; `stored` is the promise."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Promise to pay: {house}").format(house=unit.short)
        super().__init__(context, parent, title=title, unit=unit)
        self.day = day_field(context, _("Pays until"))
        hint = Label(context.theme, _("12-05, tomorrow, 7d"), ink=Ink.TEXT_3)
        self.rows.add_row("parts", _("Pays until"), self.day, note=hint)
        amount = Label(context.theme, self.open_words(), ink=Ink.TEXT_3)
        self.rows.add_row("total_fen", _("Amount (yuan)"), self.amount, note=amount)
        self.add_common_rows()
        self.day.setFocus()

    def parts(self) -> tuple[Part, ...]:
        """Return the one part."""
        due_on = read_day_of(self.day, "parts", self._today)
        if due_on is None:
            raise DraftError((Problem("parts", _("Write until when it is paid.")),))
        return (Part(due_on, self.fen()),)


class _PartLine:
    """Day and amount of a part."""

    def __init__(self, theme: Theme) -> None:
        self.day = LineField(theme, _("To be paid by"), longest=20)
        self.amount = LineField(theme, _("Amount (yuan)"), width=_AMOUNT, longest=20)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.fields = (self.day, self.amount)
        self.typed = (self.day, self.amount)


class PartLines(GrowingLines[_PartLine]):
    """The parts of a plan, typed or proposed; a line that is emptied is none."""

    shown_lines = 6
    most_lines = MOST_PARTS

    def words_above(self) -> tuple[str, str]:
        """Return the heads."""
        return _("To be paid by"), _("Amount (yuan)")

    def make_line(self) -> _PartLine:
        """Return an empty line."""
        return _PartLine(self._theme)

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Show these parts instead of what stands there."""
        while len(self.rows) < min(len(parts), self.most_lines):
            self.add_line()
        for place, line in enumerate(self.rows):
            part = parts[place] if place < len(parts) else None
            line.day.show_words(part.due_on.isoformat() if part else "")
            line.amount.show_words(money_words(part.amount_fen) if part else "")

    def sum_fen(self) -> int | None:
        """Return what the amounts come to, None while one of them is none."""
        try:
            return sum(parse_money(line.amount.words()) for line in self.filled())
        except RuleError:
            return None

    def parts(self, today: date) -> tuple[Part, ...]:
        """Return the parts. Raises DraftError, the line named."""
        found = []
        for number, line in enumerate(self.filled(), start=1):
            try:
                day = parse_day(line.day.words(), today)
                found.append(Part(day, parse_money(line.amount.words())))
            except RuleError as refusal:
                words = _("Line {line}: {problem}").format(line=number, problem=refusal)
                raise DraftError((Problem("parts", words),)) from refusal
        return tuple(found)


class PlanDialog(_Agreement):
    """Equal parts from a day on, month by month, the rest in the last; then edited as agreed."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Instalment plan: {house}").format(house=unit.short)
        super().__init__(context, parent, title=title, unit=unit)
        theme = context.theme
        self.count = LineField(theme, _("Number of parts"), width=_COUNT, longest=2)
        self.count.show_words(str(_USUAL_PARTS))
        self.first = day_field(context, _("First part on"))
        self.first.show_words(part_days(self._today, 2)[1].isoformat())
        self.lines = PartLines(theme)
        self._sum = Label(theme, ink=Ink.TEXT_2)
        amount = Label(theme, self.open_words(), ink=Ink.TEXT_3)
        self.rows.add_row("total_fen", _("Amount (yuan)"), self.amount, note=amount)
        from_on = Label(theme, _("First part on"), ink=Ink.TEXT_3)
        every = Label(theme, _("then every month"), ink=Ink.TEXT_3)
        self.rows.add_row(
            "count", _("Number of parts"), self.count, from_on, self.first, note=every
        )
        self.rows.add_row("parts", _("Instalments"), self.lines)
        self.rows.add_row("sum", "", self._sum)
        self.add_common_rows()
        self.way.choose(PromiseWay.WRITTEN.value)
        for field in (self.count, self.first, self.amount):
            field.textEdited.connect(lambda _words: self._propose())
        self.lines.changed.connect(self._tell_sum)
        self._propose()
        self.count.setFocus()
        self.count.selectAll()

    def parts(self) -> tuple[Part, ...]:
        """Return what the grid says; the command compares its sum with what was agreed."""
        return self.lines.parts(self._today)

    def _propose(self) -> None:
        """Share the amount anew; while something cannot be read, what stands there stays."""
        try:
            total, first = self.fen(), read_day_of(self.first, "count", self._today)
        except DraftError:
            return
        words = self.count.words()
        count = int(words) if words.isascii() and words.isdecimal() else 0
        if first is None or not 1 <= count <= MOST_PARTS:
            return
        self.lines.show_parts(equal_parts(total, part_days(first, count)))
        self._tell_sum()

    def _tell_sum(self) -> None:
        """Say with each key whether the parts come to what was agreed."""
        parts = self.lines.sum_fen()
        try:
            total: int | None = self.fen()
        except DraftError:
            total = None
        if parts is None or total is None:
            self._sum.show_text("")
        elif parts == total:
            words = _("The parts come to {sum} yuan.").format(sum=money_words(parts))
            self._sum.show_text(words, Ink.TEXT_2)
        else:
            text = _("{sum} of {total} yuan: {rest} are missing.")
            if parts > total:
                text = _("{sum} of {total} yuan: {rest} too much.")
            words = text.format(
                sum=money_words(parts),
                total=money_words(total),
                rest=money_words(abs(total - parts)),
            )
            self._sum.show_text(words, Ink.DANGER)


def _running(unit_id: int, today: date) -> PaymentPlan | None:
    """Return the promise or plan that neither was kept nor broken, None without."""
    found = list_open_plans(today, [unit_id])
    return next((plan for plan in found if plan.standing.state in _RUNS), None)
