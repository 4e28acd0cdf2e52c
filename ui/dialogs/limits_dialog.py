"""How long each thing may take: the table of limits, a form for one, and what a change moves."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from propdesk.domain.classes import CLASS_NUMBERS, class_path
from propdesk.domain.clock_rules import (
    CLOCK_LABELS,
    UNIT_LABELS,
    Clock,
    ClockRule,
    Unit,
    check_rules,
    limit_text,
    table_order,
    warning_text,
    whom_text,
)
from propdesk.domain.clock_table import DEFAULT_RULES, PRESETS, SOURCES, source_text, with_preset
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.tickets import (
    CHANNEL_LABELS,
    KIND_LABELS,
    URGENCY_LABELS,
    Channel,
    Urgency,
)
from propdesk.domain.tickets import Kind as TicketKind
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.limits import preview_rules, save_rules
from propdesk.services.offices import working_connection
from propdesk.services.queries.limits import list_limits
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import CellKind, Column
from ui.tables.view import RecordTable
from ui.theme import Ink, Space
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_ROWS = 11
_PERCENT, _MINUTES, _NONE = "percent", "minutes", "none"


def _columns() -> tuple[Column, ...]:
    text = CellKind.TEXT
    return (
        Column("clock", _lazy("What"), lambda rule: str(CLOCK_LABELS[rule.clock]), text, 130, 110),
        Column("whom", _lazy("For"), whom_text, text, 190, 120),
        Column("limit", _lazy("Limit"), limit_text, text, 130, 90, is_strong=True),
        Column("warning", _lazy("Warning"), warning_text, text, 110, 80, rank=1),
        Column("source", _lazy("Who says so"), lambda rule: source_text(rule.source), text,
               260, 140, stretches=True, is_quiet=True),
        Column("own", _lazy("Own"), _own, text, 76, 60),
    )  # fmt: skip


def _own(rule: ClockRule) -> str:
    return "" if rule in DEFAULT_RULES else _("own entry")


class LimitsDialog(Dialog):
    """The table is changed here and stored with Ctrl+S; until then it is only looked at."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Time limits"), width=960)
        self._context = context
        self._rules = list_limits()
        theme = context.theme
        self.add_sentence(
            _("Of the rows that fit a ticket, the one that names it most closely holds."),
            is_quiet=True,
        )
        self.table = RecordTable(
            theme, _("Time limits"), _columns(), lambda rule: rule.place, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(lambda _rule: self._edit())
        self.body.addWidget(self.table)
        self.body.addLayout(self._build_acts())
        self.preview = Label(theme, ink=Ink.TEXT_2)
        self.body.addWidget(self.preview)
        self.add_verb("close", _("Close"))
        save = Button(theme, _("Save"), kind=Kind.PRIMARY, shortcut="Ctrl+S")
        save.clicked.connect(self._save)
        self._foot.addWidget(save)
        self.table.show_rows(self._rules)
        self._look_ahead()
        self.table.setFocus()

    def _build_acts(self) -> QHBoxLayout:
        theme = self._context.theme
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        add = Button(theme, _("Add a limit"), icon="plus", shortcut="Ctrl+N")
        edit = Button(theme, _("Edit"), icon="pencil", hint="Enter")
        remove = Button(theme, _("Remove"), icon="x", hint="Del")
        self._presets = Button(theme, _("What others use"), icon="list-checks")
        usual = Button(theme, _("The program's limits"))
        add.clicked.connect(self._add)
        edit.clicked.connect(self._edit)
        remove.clicked.connect(self._remove)
        QShortcut(QKeySequence("Del"), self.table).activated.connect(self._remove)
        self._presets.clicked.connect(self._offer_presets)
        usual.clicked.connect(lambda: self._take(DEFAULT_RULES))
        for button in (add, edit, remove):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._presets)
        row.addWidget(usual)
        return row

    # -- the table

    def _take(self, rules: Sequence[ClockRule], chosen: ClockRule | None = None) -> None:
        self._rules = tuple(sorted(rules, key=table_order))
        self.table.show_rows(self._rules)
        if chosen is not None:
            self.table.select_key(chosen.place)
        self.table.setFocus()
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Say in the background what would move: hundreds of open tickets take a while."""
        rules = self._rules
        self.preview.show_text("")

        def job(_progress: Progress) -> int:
            with working_connection():
                return preview_rules(rules)

        def show(moved: int) -> None:
            if rules == self._rules:
                self.preview.show_text(_moved_words(moved))

        self._context.background.run(job, show, partial(_raise_later, self._context, self))

    def _current(self) -> ClockRule | None:
        row = self.table.current_row()
        return row if isinstance(row, ClockRule) else None

    def _add(self) -> None:
        self._ask(None)

    def _edit(self) -> None:
        if self._current() is not None:
            self._ask(self._current())

    def _ask(self, rule: ClockRule | None) -> None:
        others = [one for one in self._rules if one is not rule]
        dialog = LimitDialog(self._context, self, rule, others)
        dialog.ask()
        if dialog.taken is not None:
            self._take([*others, dialog.taken], dialog.taken)

    def _remove(self) -> None:
        rule = self._current()
        if rule is None:
            return
        if rule.unit is Unit.PROMISED:
            sentence = _("A promise is always held to; its warning can be changed.")
            self._context.messages.tell(self, _("This limit stays"), sentence)
            return
        # What the program would bring back stays in sight, as «no limit».
        is_ours = any(one.place == rule.place for one in DEFAULT_RULES)
        kept = [one for one in self._rules if one is not rule]
        self._take([*kept, replace(rule, target=0)] if is_ours else kept, rule)

    def _offer_presets(self) -> None:
        menu = QMenu(self)
        for preset in PRESETS:
            action = menu.addAction(str(preset.label))
            action.triggered.connect(
                lambda _on=False, one=preset: self._take(with_preset(self._rules, one))
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._presets.mapToGlobal(QPoint(0, self._presets.height())))

    def _save(self) -> None:
        try:
            save_rules(self._rules, by=self._context.staff.id)
        except RuleError as refusal:
            self._context.messages.tell(self, _("This was not done"), str(refusal))
            return
        self._context.changes.tickets_changed.emit()
        self.choose("save")


def _moved_words(moved: int) -> str:
    if not moved:
        return _("No open ticket is due at another time by this.")
    words = ngettext(
        "{count} open ticket is due at another time by this.",
        "{count} open tickets are due at another time by this.",
        moved,
    )
    return words.format(count=moved)


def _raise_later(context: AppContext, parent: QWidget, error: BaseException) -> None:
    if isinstance(error, DraftError | RuleError):
        context.messages.tell(parent, _("This was not done"), str(error))
    else:
        raise error


class LimitDialog(Dialog):
    """One limit; `taken` is the row as typed, None when the clerk left."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        rule: ClockRule | None,
        others: Sequence[ClockRule],
    ) -> None:
        title = _("Add a limit") if rule is None else _("Edit a limit")
        super().__init__(context.theme, parent, title, width=560)
        self._context = context
        self._others = tuple(others)
        self.taken: ClockRule | None = None
        self._build()
        self._fill(rule or ClockRule(Clock.REPLY, 1, Unit.WORKING_DAYS, ""))
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("save", _("Take over"), kind=Kind.PRIMARY, is_default=True).set_shortcut(
            "Ctrl+S"
        )
        self.clock.setFocus()

    def _build(self) -> None:
        theme = self._context.theme
        self.clock = PickField(
            theme, _("What"), [Choice(one.value, str(word)) for one, word in CLOCK_LABELS.items()]
        )
        self.kind = PickField(
            theme,
            _("Kind"),
            [
                Choice("", _("any kind")),
                *(Choice(one.value, str(word)) for one, word in KIND_LABELS.items()),
            ],
        )
        self.class_code = PickField(
            theme,
            _("Class"),
            [
                Choice("", _("any class")),
                *(Choice(code, class_path(code)) for code in CLASS_NUMBERS),
            ],
        )
        self.urgency = PickField(
            theme,
            _("Urgency"),
            [
                Choice("", _("any urgency")),
                *(Choice(one.value, str(word)) for one, word in URGENCY_LABELS.items()),
            ],
        )
        self.channel = PickField(
            theme,
            _("Channel"),
            [
                Choice("", _("any channel")),
                *(Choice(one.value, str(word)) for one, word in CHANNEL_LABELS.items()),
            ],
        )
        self.visit = CheckField(theme, _("only if somebody is to come"))
        self.target = LineField(theme, _("Limit"), width=70, longest=6)
        self.unit = PickField(
            theme, _("Unit"), [Choice(one.value, str(word)) for one, word in UNIT_LABELS.items()]
        )
        self.warning = LineField(theme, _("Warning"), width=70, longest=5)
        self.warning_kind = PickField(
            theme,
            _("Warning"),
            [
                Choice(_PERCENT, _("percent of the time used")),
                Choice(_MINUTES, _("minutes ahead")),
                Choice(_NONE, _("no warning")),
            ],
        )
        self.source = LineField(theme, _("Who says so"), is_last=True)
        self.rows = FormRows(theme)
        nothing = Label(theme, _("0: no limit"), ink=Ink.TEXT_3)
        self.rows.add_row("clock", _("What"), self.clock)
        self.rows.add_row("kind", _("Kind"), self.kind, self.class_code)
        self.rows.add_row("urgency", _("Urgency"), self.urgency, self.channel)
        self.rows.add_row("visit_only", "", self.visit)
        self.rows.add_row("target", _("Limit"), self.target, self.unit, nothing)
        self.rows.add_row("warn_percent", _("Warning"), self.warning, self.warning_kind)
        self.rows.add_row("source", _("Who says so"), self.source)
        self.body.addWidget(self.rows)

    def _fill(self, rule: ClockRule) -> None:
        self._known_source = rule.source if rule.source in SOURCES else ""
        self.clock.choose(rule.clock.value)
        self.kind.choose(rule.kind.value if rule.kind else "")
        self.class_code.choose(rule.class_prefix)
        self.urgency.choose(rule.urgency.value if rule.urgency else "")
        self.channel.choose(rule.channel.value if rule.channel else "")
        self.visit.setChecked(rule.visit_only)
        self.target.show_words(str(rule.target))
        self.unit.choose(rule.unit.value)
        if rule.warn_percent is not None:
            self.warning_kind.choose(_PERCENT)
            self.warning.show_words(str(rule.warn_percent))
        elif rule.warn_minutes is not None:
            self.warning_kind.choose(_MINUTES)
            self.warning.show_words(str(rule.warn_minutes))
        else:
            self.warning_kind.choose(_NONE)
        self.source.show_words(source_text(rule.source))

    def choose(self, key: str) -> None:
        """Check the row before the dialog closes; a refusal stays under its field."""
        if key == "save":
            try:
                self.taken = self._rule()
            except DraftError as refusal:
                self.rows.show_problems(refusal.problems)
                return
        super().choose(key)

    def _rule(self) -> ClockRule:
        """Return what was typed; raises DraftError with a sentence for each field."""
        problems: list[Problem] = []
        warn_kind = self.warning_kind.value()
        target = _number("target", self.target.words(), problems)
        warning = None
        if warn_kind != _NONE:
            warning = _number("warn_percent", self.warning.words(), problems)
        words = self.source.words()
        known = self._known_source
        rule = ClockRule(
            clock=Clock(self.clock.value()),
            target=target,
            unit=Unit(self.unit.value()),
            source=known if known and words == source_text(known) else words,
            kind=TicketKind(self.kind.value()) if self.kind.value() else None,
            class_prefix=self.class_code.value(),
            urgency=Urgency(self.urgency.value()) if self.urgency.value() else None,
            channel=Channel(self.channel.value()) if self.channel.value() else None,
            visit_only=self.visit.isChecked(),
            warn_percent=warning if warn_kind == _PERCENT else None,
            warn_minutes=warning if warn_kind == _MINUTES else None,
        )
        found = [Problem(one.field.split(".")[1], one.text) for one in check_rules((rule,))]
        problems += [one for one in found if one.field not in {old.field for old in problems}]
        if any(one.place == rule.place for one in self._others):
            sentence = _("There is a row for the same tickets already; edit that one.")
            problems.append(Problem("clock", sentence))
        if problems:
            raise DraftError(tuple(problems))
        return rule


def _number(field: str, words: str, problems: list[Problem]) -> int:
    if words.isascii() and words.isdigit():
        return int(words)
    problems.append(Problem(field, _("Write a number.")))
    return 0
