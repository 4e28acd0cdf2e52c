"""The working calendar: office hours of the week, and the days of a year to look at and change."""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.calendar_days import DAY_KIND_LABELS, CalendarDay, DayKind, DaysFound
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.weekdays import WEEKDAY_LABELS
from propdesk.domain.work_calendar import Hours, missing_years_text, parse_hours, render_hours
from propdesk.i18n import _, ngettext
from propdesk.services.calendar import import_calendar, save_day
from propdesk.services.queries.calendar import CalendarYear, get_calendar_year
from propdesk.services.settings import save_settings
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.theme import Ink, Size, Space, Tone
from ui.widgets.badges import Badge, Banner
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice, Segments
from ui.widgets.fields import LineField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Hairline, Label
from ui.widgets.year_view import DayLook, YearView

_TONES = {DayKind.HOLIDAY: Tone.OK, DayKind.WORKDAY: Tone.WARN}
_USUAL = "usual"
_LEFT_WIDTH = 336


def take_holidays(context: AppContext, page: QWidget) -> DaysFound | None:
    """Ask for the file of a year's holidays and take it in; None where that did not come to be."""
    title = _("Holidays and make-up days of a year")
    pattern = _("Workbooks ({patterns})").format(patterns="*.xlsx *.xls *.csv")
    file = context.messages.pick_file(page, title, pattern)
    if file is None:
        return None
    try:
        return import_calendar(file, by=context.staff.id)
    except RuleError as refusal:
        context.messages.tell(page, _("This was not done"), str(refusal))
        return None


class CalendarDialog(Dialog):
    """Days are stored as they are changed, the hours of the week with Ctrl+S."""

    def __init__(self, context: AppContext, parent: QWidget, day: date | None = None) -> None:
        super().__init__(context.theme, parent, _("Office hours and working days"), width=1060)
        self._context = context
        self._year: CalendarYear | None = None
        theme = context.theme
        self.view = YearView(
            theme, _("Days of the year"), _("Mo Tu We Th Fr Sa Su"), day or context.now().date()
        )
        self.view.day_changed.connect(self._on_day)
        self.body.addLayout(self._build_head())
        self._missing = Banner(theme, Tone.WARN, "calendar-plus")
        self._missing.followed.connect(self._import)
        self.body.addWidget(self._missing)
        halves = QHBoxLayout()
        halves.setSpacing(Space.XL)
        halves.addWidget(self.view, 1)
        halves.addWidget(self._build_side())
        self.view.opened.connect(self._kind.setFocus)
        self.body.addLayout(halves, 1)
        self.add_verb("close", _("Close"))
        save = Button(theme, _("Save the hours"), kind=Kind.PRIMARY, shortcut="Ctrl+S")
        save.clicked.connect(self._save_hours)
        self._foot.addWidget(save)
        self._fill()
        self.view.setFocus()

    def _build_head(self) -> QHBoxLayout:
        theme = self._context.theme
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        before = Button(theme, "", kind=Kind.QUIET, icon="chevron-left", name=_("Year before"))
        after = Button(theme, "", kind=Kind.QUIET, icon="chevron-right", name=_("Year after"))
        before.clicked.connect(lambda: self.view.walk_years(-1))
        after.clicked.connect(lambda: self.view.walk_years(1))
        self._name = Label(theme, size=Size.TITLE, bold=True)
        self._summary = Label(theme, ink=Ink.TEXT_2, elide=True)
        take_in = Button(theme, _("Import the days"), icon="calendar-plus", shortcut="Ctrl+O")
        take_in.clicked.connect(self._import)
        for widget in (before, self._name, after):
            row.addWidget(widget)
        row.addWidget(self._summary, 1)
        for kind, tone in _TONES.items():
            row.addWidget(Badge(theme, str(DAY_KIND_LABELS[kind]), tone))
        row.addWidget(take_in)
        return row

    def _build_side(self) -> QWidget:
        theme = self._context.theme
        side = QWidget()
        side.setFixedWidth(theme.px(_LEFT_WIDTH))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        self._day = Label(theme, bold=True, wrap=True)
        self.day_rows = FormRows(theme)
        self._kind = Segments(
            theme,
            _("What this day is"),
            [
                Choice(_USUAL, _("As usual")),
                *(Choice(kind.value, str(DAY_KIND_LABELS[kind])) for kind in DayKind),
            ],
        )
        self._festival = LineField(theme, _("Festival"), longest=40)
        self.day_rows.add_row("kind", _("This day"), self._kind)
        self.day_rows.add_row("name", _("Festival"), self._festival)
        change = Button(theme, _("Change this day"), shortcut="Ctrl+Enter")
        change.clicked.connect(self._save_day)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._save_day)
        column.addWidget(self._day)
        column.addWidget(self.day_rows)
        column.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Hairline(theme))
        column.addWidget(Label(theme, _("Office hours"), bold=True))
        self.hours = FormRows(theme)
        self._fields = [
            LineField(theme, str(day), placeholder=_("closed")) for day in WEEKDAY_LABELS
        ]
        for number, field in enumerate(self._fields):
            field.show_words(render_hours(self._context.settings.week[number]))
            self.hours.add_row(str(number), str(WEEKDAY_LABELS[number]), field)
            field.textChanged.connect(lambda _w, key=str(number): self.hours.drop_problem(key))
        column.addWidget(self.hours)
        column.addStretch(1)
        return side

    # -- filling

    def _fill(self) -> None:
        shown = self.view.chosen()
        if self._year is None or self._year.year != shown.year:
            self._year = get_calendar_year(shown.year)
        year = self._year
        known = {day.on: day for day in year.days}
        self.view.show_year({day: self._look(day, known.get(day), year) for day in _days(year)})
        self._name.show_text(str(year.year))
        count = ngettext("{count} working day", "{count} working days", year.workdays)
        own = ngettext("{count} own entry", "{count} own entries", len(year.own))
        words = [count.format(count=year.workdays)]
        words += [own.format(count=len(year.own))] if year.own else []
        self._summary.show_text(_(", ").join(words))
        missing = "" if year.is_known else missing_years_text((year.year,))
        self._missing.show_banner(Tone.WARN, "calendar-plus", missing)
        self._show_day()

    def _look(self, day: date, known: CalendarDay | None, year: CalendarYear) -> DayLook:
        if known is None:
            return DayLook(is_worked=bool(self._context.settings.week[day.weekday()]))
        is_worked = known.kind is DayKind.WORKDAY
        name = known.label or str(DAY_KIND_LABELS[known.kind])
        return DayLook(_TONES[known.kind], is_worked, day in year.own, name)

    def _show_day(self) -> None:
        day = self.view.chosen()
        known = (
            next((one for one in self._year.days if one.on == day), None) if self._year else None
        )
        name = known.label if known else ""
        weekday = str(WEEKDAY_LABELS[day.weekday()])
        self._day.show_text(f"{day}  {weekday}  {name}".rstrip())
        self._kind.choose(known.kind.value if known else _USUAL)
        self._festival.show_words(known.name if known else "")
        self.day_rows.show_problems(())

    def _on_day(self, day: date) -> None:
        if self._year is not None and day.year == self._year.year:
            self._show_day()
        else:
            self._fill()

    def _changed(self) -> None:
        self._year = None
        self._fill()
        self._context.changes.tickets_changed.emit()

    # -- acts

    def _save_day(self) -> None:
        kind = None if self._kind.chosen() == _USUAL else DayKind(self._kind.chosen())
        by = self._context.staff.id
        try:
            save_day(self.view.chosen(), kind, self._festival.words() if kind else "", by=by)
        except DraftError as refusal:
            self.day_rows.show_problems(refusal.problems)
        except RuleError as refusal:
            self.day_rows.show_problems((Problem("", str(refusal)),))
        else:
            self._changed()
            self.view.setFocus()

    def _import(self) -> None:
        found = take_holidays(self._context, self)
        if found is not None:
            self._changed()
            self.view.choose(date(found.years[0], 1, 1))

    def _save_hours(self) -> None:
        week: list[Hours] = []
        problems = []
        for number, field in enumerate(self._fields):
            try:
                week.append(parse_hours(field.words()))
            except RuleError as refusal:
                problems.append(Problem(str(number), str(refusal)))
        self.hours.show_problems(problems)
        if problems:
            return
        try:
            settings = replace(self._context.settings, week=tuple(week))
            save_settings(settings, by=self._context.staff.id)
        except RuleError as refusal:
            self.hours.show_problems((Problem("", str(refusal)),))
            return
        self._context.changes.settings_changed.emit()
        self._changed()
        self.choose("save")


def _days(year: CalendarYear) -> list[date]:
    first = date(year.year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year.year + 1, 1, 1) - first).days)]
