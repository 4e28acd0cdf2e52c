"""Today: what is due now, by verb; how busy the days are; which limits end today."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from propdesk.domain.classes import CLASSES, UNCLASSED, class_label
from propdesk.domain.urging import LEVEL_LABELS
from propdesk.domain.weekdays import WEEKDAY_LABELS
from propdesk.domain.work_calendar import missing_years_text
from propdesk.i18n import LazyText, _, _lazy, ngettext
from propdesk.last_office import remembered_office
from propdesk.services.queries.office import demo_moment
from propdesk.services.queries.tickets import TicketFilter, TicketRow, count_tickets
from propdesk.services.queries.today import TODAY_COLUMNS, Today, get_today
from propdesk.services.queries.units import has_units
from ui.context import AppContext
from ui.dialogs.backups_dialog import bring_over, open_other
from ui.first_start.done import first_errands
from ui.keyboard import first_stop
from ui.navigation import Intake
from ui.pages.asset_notice import DatesNotice
from ui.pages.cluster_banner import ClusterBanner
from ui.pages.contact_notice import ContactNotice
from ui.pages.fee_notice import FeeNotice
from ui.pages.house_notices import DecorationNotice, VaccinationNotice
from ui.pages.page import Page
from ui.pages.paper_notice import PaperNotice
from ui.pages.privacy_notice import PrivacyNotice
from ui.pages.ticket_words import clauses, due_mark
from ui.pages.today_rounds import RoundsNotice, RoundsOfToday
from ui.pages.violation_notice import ViolationNotice
from ui.tables.columns import Mark
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Hairline, Label, LinkButton, Surface
from ui.widgets.notices import NoticeRow
from ui.widgets.panes import Card
from ui.widgets.plots.classes import ClassBars, ClassCount
from ui.widgets.plots.daily import DailyBars, DayCount
from ui.widgets.plots.ruler import DayRuler, DueMoment
from ui.widgets.ways import Way, WayList
from ui.widgets.worklist import WorkItem, WorkList

# Icon and verb of each group; the lists stand in four cards, most urgent top left.
_VERBS: Mapping[str, tuple[str, LazyText]] = {
    "report-up": ("send", _lazy("To report up")),
    "overdue": ("alarm-clock", _lazy("Past due")),
    "to-dispatch": ("send", _lazy("To dispatch")),
    "in-work": ("wrench", _lazy("In work")),
    "to-reply": ("reply", _lazy("To reply")),
    "to-follow-up": ("phone-call", _lazy("To follow up")),
}
_CARDS = (("report-up", "overdue", "to-dispatch"), ("in-work",), ("to-reply",), ("to-follow-up",))

# What waits elsewhere, the most pressing first: a row of quiet words above the cards.
_NOTICES = (
    ViolationNotice,
    ContactNotice,
    FeeNotice,
    RoundsNotice,
    PrivacyNotice,
    DatesNotice,
    DecorationNotice,
    PaperNotice,
    VaccinationNotice,
)

_ALARMS = frozenset({"report-up", "overdue"})

_WORK_COLUMNS = 4
_STEPS_WIDTH = 560
_RIGHT_WIDTH = 326
_RIGHT_SHARE = 0.27
_MOST_ON_RULER = 14


class TodayPage(Page):
    """The first page: each line opens its ticket, "n more" the whole list."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._today: Today | None = None
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._desk = _Desk(context)
        # Large text on a small screen: the page scrolls rather than making the window higher.
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._desk)
        self._stack.addWidget(self._area)
        self._first: FirstSteps | None = None

    def refill(self) -> None:
        """Read what is due; an office without tickets is told what to do first."""
        now = self.context.now()
        if not count_tickets(TicketFilter(), now=now, most=1):
            first = self._first_steps()
            first.refill()
            self._stack.setCurrentWidget(first)
            return
        self._desk.show_today(get_today(now=now, staff_id=self.context.staff.id), now)
        self._stack.setCurrentWidget(self._area)

    def _first_steps(self) -> "FirstSteps":
        if self._first is None:
            self._first = FirstSteps(self.context)
            self._stack.addWidget(self._first)
        return self._first

    def run_errand(self, key: str) -> None:
        """Do what the clerk chose at the end of the guide; an empty key is nothing."""
        self._first_steps().run_errand(key)

    def enter(self) -> None:
        """Put the keyboard on the most urgent list."""
        stop = self._first if self._stack.currentWidget() is self._first else self._desk.first()
        if stop is not None:
            stop.setFocus()


class _Desk(Surface):
    """The filled page: heading, four cards of work, the ruler, two plots."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, "window")
        self._context = context
        theme = context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.M)
        column.addLayout(self._heading(theme))
        if demo_moment() is not None:
            column.addWidget(self._way_out_of_the_demo(theme))
        self._calendar = Banner(theme, Tone.WARN, "calendar-plus")
        self._calendar.followed.connect(self._on_import_days)
        column.addWidget(self._calendar)
        self._cluster = ClusterBanner(context)
        self._cluster.taken.connect(context.navigation.cluster_wanted)
        column.addWidget(self._cluster)
        self._notices = tuple(kind(context) for kind in _NOTICES)
        self._notice_row = NoticeRow(theme, self._notices)
        column.addWidget(self._notice_row)
        grid = QGridLayout()
        grid.setSpacing(Space.M)
        grid.setRowStretch(0, 1)
        self._lists: dict[str, WorkList] = {}
        self._dividers: dict[str, Hairline] = {}
        for place, groups in enumerate(_CARDS):
            grid.addWidget(self._work_card(groups), 0, place)
            grid.setColumnStretch(place, 1)
        self._ruler = DayRuler(theme, _("Limits of today"))
        ruler = Card(theme, _("Limits of today"), _("A dot is when something is due"))
        ruler.body.addWidget(self._ruler)
        grid.addWidget(ruler, 1, 0, 1, _WORK_COLUMNS)
        self._right = QWidget()
        plots = QVBoxLayout(self._right)
        plots.setContentsMargins(0, 0, 0, 0)
        plots.setSpacing(Space.M)
        self._days = DailyBars(theme, _("Tickets per day"))
        self._days_card = Card(theme, _("Tickets per day"))
        self._days_card.body.addWidget(self._days)
        self._classes = ClassBars(theme, _("Complaints by class"))
        self._classes_card = Card(theme, _("Complaints by class"), _("outlined: last month"))
        self._classes_card.body.addWidget(self._classes)
        plots.addWidget(self._days_card, 4)
        plots.addWidget(self._classes_card, 3)
        grid.addWidget(self._right, 0, _WORK_COLUMNS, 2, 1)
        column.addLayout(grid, 1)
        theme.changed.connect(self._share_width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between work and plots."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Give the plots their width, but with large text not at the cost of the work."""
        most = round(self.width() * _RIGHT_SHARE)
        self._right.setFixedWidth(min(self._context.theme.px(_RIGHT_WIDTH), most))

    def _heading(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.L)
        self._day = Label(theme, size=Size.TITLE, bold=True)
        self._sentence = Label(theme, ink=Ink.TEXT_2, elide=True)
        new = Button(theme, _("New ticket"), icon="plus", shortcut="Ctrl+N", kind=Kind.TONAL)
        new.clicked.connect(lambda: self._context.navigation.intake_wanted.emit(Intake()))
        row.addWidget(self._day)
        row.addWidget(self._sentence, 1)
        row.addWidget(new)
        return row

    def _way_out_of_the_demo(self, theme: Theme) -> Banner:
        banner = Banner(
            theme,
            Tone.INFO,
            "eye",
            _("This is the demo: try whatever you like, nothing here is real."),
            _("Set up my own office") if remembered_office() is None else _("Back to my office"),
        )
        banner.followed.connect(self._context.navigation.own_office_wanted)
        return banner

    def _on_import_days(self) -> None:
        from ui.dialogs.calendar_dialog import take_holidays

        if take_holidays(self._context, self) is not None:
            self._context.changes.tickets_changed.emit()

    def _work_card(self, groups: tuple[str, ...]) -> Card:
        theme = self._context.theme
        card = Card(theme)
        for group in groups:
            icon, verb = _VERBS[group]
            work = WorkList(theme, icon, str(verb), is_alarm=group in _ALARMS)
            work.opened.connect(self._open_ticket)
            work.all_wanted.connect(lambda wanted=group: self._open_group(wanted))
            if self._lists and group != groups[0]:
                line = Hairline(theme)
                card.body.addWidget(line)
                self._dividers[group] = line
            card.body.addWidget(work)
            self._lists[group] = work
        if groups is _CARDS[-1]:
            self._add_rounds(card)
        card.body.addStretch(1)
        return card

    def _add_rounds(self, card: Card) -> None:
        """Put the rounds below the last list: an office without rounds does not see them."""
        self._rounds = RoundsOfToday(self._context)
        self._rounds_line = Hairline(self._context.theme)
        card.body.addWidget(self._rounds_line)
        card.body.addWidget(self._rounds)

    def first(self) -> QWidget | None:
        """Return where the keyboard begins: the most urgent list that has lines."""
        for work in (*self._lists.values(), self._rounds):
            stop = work.stop()
            if stop is not None:
                return stop
        return first_stop(self)

    def _open_ticket(self, key: str) -> None:
        self._context.navigation.ticket_wanted.emit(int(key))

    def _open_group(self, group: str) -> None:
        # What is to be reported up is reckoned, not listed: it stands among what is open.
        self._context.navigation.tickets_wanted.emit("open" if group == "report-up" else group)

    def show_today(self, today: Today, now: datetime) -> None:
        """Show the day as it stands."""
        self._day.show_text(day_words(now))
        self._cluster.refill()
        for notice in self._notices:
            notice.refill()
        self._notice_row.place()
        self._rounds.refill()
        self._rounds_line.setVisible(not self._rounds.isHidden())
        missing = missing_years_text(today.missing_years)
        self._calendar.show_banner(Tone.WARN, "calendar-plus", missing, _("Import the days"))
        self._sentence.show_text(sentence_of(today))
        self._show_reports(today)
        for group in TODAY_COLUMNS:
            items = [_item(line, now) for line in today.columns[group]]
            # What is overdue stands first of all, and not a second time under its verb.
            shown = [one for one in items if group == "overdue" or one.tone is not Tone.DANGER]
            left_out = len(items) - len(shown)
            self._lists[group].show_items(shown, today.counts[group] - left_out)
        self._show_ruler(today, now)
        self._days.show_days([DayCount(day, count) for day, count in today.per_day])
        self._days_card.show_note(
            _("last 30 days, {mean} a day").format(mean=f"{self._days.mean():.1f}")
        )
        self._show_classes(today)

    def _show_reports(self, today: Today) -> None:
        """Show what somebody above has to hear of; on most days there is no such list."""
        items = [
            WorkItem(
                str(ticket.id),
                f"{ticket.where} {ticket.matter}".strip(),
                clauses(str(LEVEL_LABELS[due.level]), due.source),
            )
            for ticket, due in today.to_report
        ]
        self._lists["report-up"].show_items(items)
        self._lists["report-up"].setVisible(bool(items))
        self._dividers["overdue"].setVisible(bool(items))

    def _show_ruler(self, today: Today, now: datetime) -> None:
        shown = today.due_today[:_MOST_ON_RULER]
        moments = [
            _moment(line, line.next_due_at, now) for line in shown if line.next_due_at is not None
        ]
        self._ruler.show_day(moments, now)

    def _show_classes(self, today: Today) -> None:
        codes = [*CLASSES]
        if today.classes_now.get(UNCLASSED) or today.classes_before.get(UNCLASSED):
            codes.append(UNCLASSED)
        self._classes.show_classes(
            [
                ClassCount(
                    str(class_label(code)),
                    today.classes_now.get(code, 0),
                    today.classes_before.get(code, 0),
                )
                for code in codes
            ]
        )


def _item(line: TicketRow, now: datetime) -> WorkItem:
    due = due_mark(line, now) or Mark("")
    title = f"{line.where} {line.matter}".strip()
    detail = clauses(line.reporter, line.department)
    return WorkItem(str(line.id), title, detail, due.words, due.tone)


def _moment(line: TicketRow, due_at: datetime, now: datetime) -> DueMoment:
    mark = due_mark(line, now)
    tone = mark.tone if mark is not None and mark.tone is not None else Tone.NEUTRAL
    return DueMoment(due_at.time(), line.where or line.number, tone)


def day_words(now: datetime) -> str:
    """Return the heading's day: `11 月 21 日 星期六`."""
    weekday = WEEKDAY_LABELS[now.weekday()]
    return _("{weekday}, {month}-{day}").format(weekday=weekday, month=now.month, day=now.day)


def sentence_of(today: Today) -> str:
    """Return the day in one sentence; an overdue ticket is counted once, not again by its verb."""
    waiting = sum(today.counts[group] for group in TODAY_COLUMNS if group != "overdue")
    late = today.counts["overdue"]
    if not waiting:
        return _("Nothing waits. A good moment to look at the reports.")
    words = ngettext("{count} ticket waits", "{count} tickets wait", waiting)
    if not late:
        return _("{open}, none of them past due.").format(open=words.format(count=waiting))
    return _("{open}, {late} of them past due.").format(open=words.format(count=waiting), late=late)


class FirstSteps(Surface):
    """An office without tickets: what to do first, and the way back to an office of before."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        self._context = context
        theme = context.theme
        self._title = Label(theme, size=Size.TITLE, bold=True)
        self._sentence = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self._ways = WayList(theme, _("What comes next"))
        self._ways.setFixedWidth(theme.px(_STEPS_WIDTH))
        self._ways.taken.connect(self.run_errand)
        call = QShortcut(QKeySequence("Ctrl+N"), self)
        call.activated.connect(partial(self.run_errand, "ticket"))
        centre = Qt.AlignmentFlag.AlignHCenter
        for label in (self._title, self._sentence):
            label.setAlignment(centre)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addSpacing(Space.S)
        column.addWidget(self._ways, 0, centre)
        column.addStretch(3)
        column.addWidget(self._foot())
        self.setFocusProxy(self._ways)

    def _foot(self) -> Surface:
        context, theme = self._context, self._context.theme
        foot = Surface(theme, "alt", line_above=True)
        row = QHBoxLayout(foot)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.S)
        row.addStretch(1)
        row.addWidget(Label(theme, _("Used propdesk before?"), ink=Ink.TEXT_3))
        over = LinkButton(theme, _("Bring the office over from a backup"))
        over.followed.connect(lambda: bring_over(context, self))
        row.addWidget(over)
        here = LinkButton(theme, _("It is already on this PC"))
        here.followed.connect(lambda: open_other(context, self))
        row.addWidget(here)
        row.addStretch(1)
        return foot

    def run_errand(self, key: str) -> None:
        """Do what was chosen, here or at the end of the first start's guide."""
        from ui.dialogs.import_dialog import open_import

        navigation = self._context.navigation
        if key == "ticket":
            navigation.intake_wanted.emit(Intake())
        elif key == "settings":
            navigation.settings_wanted.emit()
        elif key == "residents":
            open_import(self._context, self, "residents")
        elif key == "complaints":
            open_import(self._context, self, "complaints")

    def refill(self) -> None:
        """Say what helps now: with houses in the register nobody is asked to bring them."""
        settings = self._context.settings
        has_houses = has_units()
        residents, complaints, ticket = first_errands()
        ticket = replace(ticket, hint="Ctrl+N")
        ways = [ticket, complaints] if has_houses else [residents, complaints, ticket]
        if not settings.second_backup_folder:
            ways.append(
                Way(
                    "settings",
                    "hard-drive",
                    _("Say where a second copy of the backups goes"),
                    _("An external disk saves the work when this PC breaks. In the settings."),
                )
            )
        self._ways.show_ways(ways)
        self._title.show_text(_("{office} is ready").format(office=settings.office_name))
        self._sentence.show_text(
            _("Register the first call with Ctrl+N, or press Ctrl+K and type a house.")
            if has_houses
            else _("This is what one does first. Choose with a digit, or the arrows and Enter.")
        )
