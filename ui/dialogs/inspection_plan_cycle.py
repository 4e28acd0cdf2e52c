"""How often: a cycle built from a few choices, in words and with the next days beside it (R99)."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.cycles import LAST, PLACE_LABELS, Cycle, Often, cycle_of, rule_of, rule_words
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.weekdays import WEEKDAY_LABELS
from propdesk.i18n import LazyText, _, _lazy
from ui.theme import Ink, Theme
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_NUMBER = 56
# The lines of a rule stand in one field.
_LINES = re.compile(r"\s+(?=RRULE|RDATE|EXDATE)")
_AS_BEGUN, _ON_DAY, _LAST_DAY = "begun", "day", "last"


class _Form(NamedTuple):
    """A choice of the first field: its form, its count, None where the count is typed."""

    word: LazyText
    often: Often
    every: int | None = None


_FORMS: dict[str, _Form] = {
    "day": _Form(_lazy("every day"), Often.DAYS, 1),
    "days": _Form(_lazy("every so many days"), Often.DAYS),
    "weeks": _Form(_lazy("on days of the week"), Often.WEEKS),
    "month": _Form(_lazy("monthly"), Often.MONTHS, 1),
    "quarter": _Form(_lazy("quarterly"), Often.MONTHS, 3),
    "half": _Form(_lazy("half-yearly"), Often.MONTHS, 6),
    "year": _Form(_lazy("yearly"), Often.MONTHS, 12),
    "months": _Form(_lazy("every so many months"), Often.MONTHS),
    "lift": _Form(_lazy("inspection years of a lift"), Often.LIFT_YEARS, 1),
    "lift-tests": _Form(_lazy("testing years of a lift"), Often.LIFT_TEST_YEARS, 1),
    "own": _Form(_lazy("a rule of its own (RFC 5545)"), Often.OWN, 1),
}


class CycleFields:
    """The rows of a cycle in a form; `on_change` is called with each change of the clerk."""

    def __init__(self, theme: Theme, rows: FormRows, on_change: Callable[[], None]) -> None:
        self._rows = rows
        self._on_change = on_change
        self.form = PickField(
            theme, _("Cycle"), [Choice(key, str(one.word)) for key, one in _FORMS.items()]
        )
        self.every = LineField(theme, _("Every"), width=_NUMBER, longest=3)
        self._unit = Label(theme, ink=Ink.TEXT_3)
        places = [
            Choice(_AS_BEGUN, _("on the day of the month of the first day")),
            Choice(_ON_DAY, _("on a day of the month")),
            Choice(_LAST_DAY, _("on the last day of the month")),
            *(
                Choice(str(place), _("on the {place} …").format(place=word))
                for place, word in PLACE_LABELS.items()
            ),
        ]
        self.place = PickField(theme, _("Which day of the month"), places)
        self.day = LineField(theme, _("Day of the month"), width=_NUMBER, longest=2)
        names = [Choice(str(n), str(word)) for n, word in enumerate(WEEKDAY_LABELS)]
        self.weekday = PickField(theme, _("Weekday"), names)
        self.weekdays = [CheckField(theme, str(word)) for word in WEEKDAY_LABELS]
        self.text = LineField(theme, _("Rule"), placeholder="FREQ=MONTHLY;BYDAY=1MO", longest=1000)
        ticks = QWidget()
        box = QHBoxLayout(ticks)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for tick in self.weekdays:
            box.addWidget(tick)
        box.addStretch(1)
        ticks.setFocusProxy(self.weekdays[0])
        rows.add_row("rule", _("Cycle"), self.form, self.every, self._unit)
        rows.add_row("weekdays", "", ticks)
        rows.add_row("month", "", self.place, self.day, self.weekday)
        rows.add_row("text", "", self.text)
        self.words = Label(theme, ink=Ink.TEXT_2, wrap=True)
        for pick in (self.form, self.place, self.weekday):
            pick.picked.connect(lambda _key: self._on_picked())
        for line in (self.every, self.day, self.text):
            line.textEdited.connect(lambda _words: on_change())
        for tick in self.weekdays:
            tick.toggled.connect(lambda _on: on_change())
        self._show_rows()

    def show_rule(self, rule: str) -> None:
        """Show a rule in the fields that build it."""
        cycle = cycle_of(rule)
        key = next(
            (
                key
                for key, one in _FORMS.items()
                if one.often is cycle.often and one.every in (cycle.every, None)
            ),
            "own",
        )
        self.form.choose(key)
        self.every.show_words(str(cycle.every))
        for n, tick in enumerate(self.weekdays):
            tick.setChecked(n in cycle.weekdays)
        if cycle.place is not None:
            self.place.choose(str(cycle.place))
            self.weekday.choose(str(cycle.weekdays[0]))
        elif cycle.day is not None:
            self.place.choose(_LAST_DAY if cycle.day == LAST else _ON_DAY)
            self.day.show_words("" if cycle.day == LAST else str(cycle.day))
        self.text.show_words(cycle.text.replace("\n", " "))
        self._show_rows()
        self._on_change()

    def rule(self, starts_on: date) -> str:
        """Return the rule that the fields say. Raises DraftError for `rule`."""
        form = _FORMS[self.form.value()]
        text = _LINES.sub("\n", self.text.words().upper())
        cycle = Cycle(form.often, form.every or _number(self.every), text=text)
        if form.often is Often.WEEKS:
            chosen = tuple(n for n, tick in enumerate(self.weekdays) if tick.isChecked())
            cycle = Cycle(Often.WEEKS, _number(self.every), chosen)
        elif form.often is Often.MONTHS:
            cycle = self._of_month(cycle.every)
        try:
            return rule_of(cycle, starts_on)
        except RuleError as refusal:
            raise DraftError((Problem("rule", str(refusal)),)) from refusal

    def show_days(self, rule: str, days: list[date]) -> None:
        """Say the rule and its next days."""
        coming = _("  ").join(f"{day}" for day in days)
        words = _("{rule}. Next: {days}") if days else _("{rule}. No day is left.")
        self.words.show_text(words.format(rule=rule_words(rule), days=coming))

    def _of_month(self, every: int) -> Cycle:
        place = self.place.value()
        if place == _AS_BEGUN:
            return Cycle(Often.MONTHS, every)
        if place == _LAST_DAY:
            return Cycle(Often.MONTHS, every, day=LAST)
        if place == _ON_DAY:
            return Cycle(Often.MONTHS, every, day=_number(self.day))
        return Cycle(Often.MONTHS, every, (int(self.weekday.value()),), place=int(place))

    def _on_picked(self) -> None:
        if self.form.value() == "weeks" and not self.every.words():
            self.every.show_words("1")
        self._show_rows()
        self._on_change()

    def _show_rows(self) -> None:
        form = _FORMS[self.form.value()]
        is_typed = form.every is None
        self.every.setVisible(is_typed)
        self._unit.setVisible(is_typed)
        units = {Often.DAYS: _("days"), Often.WEEKS: _("weeks"), Often.MONTHS: _("months")}
        self._unit.show_text(units.get(form.often, ""))
        self._rows.show_row("weekdays", is_shown=form.often is Often.WEEKS)
        self._rows.show_row("month", is_shown=form.often is Often.MONTHS)
        self._rows.show_row("text", is_shown=form.often is Often.OWN)
        if form.often is Often.MONTHS:
            place = self.place.value()
            self.day.setVisible(place == _ON_DAY)
            self.weekday.setVisible(place not in (_AS_BEGUN, _ON_DAY, _LAST_DAY))


def _number(field: LineField) -> int:
    """Return a whole number; what is none is out of every range."""
    words = field.words()
    return int(words) if words.isascii() and words.isdecimal() else 0
