"""The list of tickets: filters, page search, the table, what it says when it is empty."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.classes import CLASS_NUMBERS, UNCLASSED, class_path
from propdesk.domain.months import Month
from propdesk.domain.tickets import KIND_LABELS, STATUS_LABELS, Kind
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.queries.tickets import (
    MOST_COUNTED,
    TicketFilter,
    TicketRow,
    count_tickets,
    list_tickets,
)
from propdesk.services.queries.units import list_buildings
from ui.context import AppContext
from ui.keyboard import first_stop
from ui.pages.cluster_banner import ClusterBanner
from ui.pages.ticket_words import STATUS_TONES, clauses, due_mark
from ui.pages.work_page import FilterLine
from ui.tables.columns import CellKind, Column, Fetch, Mark, Sort
from ui.tables.memory import ScopedMemory
from ui.tables.view import FootLine, RecordTable, TablePane
from ui.theme import Space, Tone
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button
from ui.widgets.buttons import Kind as Loudness
from ui.widgets.choices import Choice
from ui.widgets.filters import Filter
from ui.widgets.labels import Surface
from ui.widgets.panes import EmptyState
from ui.widgets.search import SearchField

_DAYS = 30
_STATUS_MARGIN = 34  # dot, gap and the padding of the cell
ALL = "all"


class TicketList(Surface):
    """The left pane. `current_changed` comes with the row that is now current, or None."""

    current_changed = Signal(object)
    opened = Signal()
    new_wanted = Signal()
    changed = Signal()
    selection_changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self._group = ALL
        theme = context.theme
        self.kind = Filter(theme, _("Kind"))
        self.class_code = Filter(theme, _("Class"))
        self.building = Filter(theme, _("Building"))
        self.period = Filter(theme, _("Date"))
        self.search = SearchField(theme, _("Find here"), "Ctrl+F")
        self.table = RecordTable(
            theme,
            _("Tickets"),
            self._columns(),
            lambda row: row.id,
            sort=Sort("received_at", is_descending=True),
            memory=ScopedMemory(context.memory, "tickets"),
            now=context.now,
        )
        self.foot = FootLine(theme, _("Enter opens  Esc back to the list"))
        self.pane = TablePane(theme, self.table, self.foot)
        self.draft = Banner(theme, Tone.INFO, "file-clock")
        self.cluster = ClusterBanner(context)
        self._build()
        self._connect()
        self._offer()

    def _columns(self) -> Sequence[Column]:
        def due(row: TicketRow) -> Mark | None:
            return due_mark(row, self._context.now())

        def status(row: TicketRow) -> Mark:
            return Mark(str(STATUS_LABELS[row.status]), STATUS_TONES[row.status])

        # As wide as the longest word of the language: `To follow up` is longer than 待回访.
        theme = self._context.theme
        words = (theme.metrics().horizontalAdvance(str(word)) for word in STATUS_LABELS.values())
        wide = round(max(words) * 100 / theme.px(100)) + _STATUS_MARGIN
        text, time = CellKind.TEXT, CellKind.TIME
        names = self._context.shown_names
        return (
            Column("number", _lazy("Ticket no."), lambda row: row.number, text, 126, 122,
                   sort_key="number", is_quiet=True),
            Column("time", _lazy("Time"), lambda row: row.received_at, time, 80, 76,
                   sort_key="received_at"),
            Column("house", _lazy("House"), lambda row: row.where, text, 104, 70),
            Column("reporter", _lazy("Reporter"), lambda row: names(row.reporter), text, 76,
                   62, rank=2, is_name=True),
            Column("matter", _lazy("Subject"), lambda row: row.matter, text, 200, 120,
                   stretches=True),
            Column("status", _lazy("Status"), status, CellKind.STATUS, wide, wide),
            Column("due", _lazy("Due"), due, CellKind.BADGE, 100, 96),
        )  # fmt: skip

    def _build(self) -> None:
        theme = self._context.theme
        filters = (self.kind, self.class_code, self.building, self.period)
        line = FilterLine(theme, filters, self.search)
        # The margins go with the banner: without a draft the filters stand as on other pages.
        self._above = QWidget()
        above = QVBoxLayout(self._above)
        above.setContentsMargins(Space.L, Space.S, Space.M, 0)
        above.setSpacing(Space.XS)
        above.addWidget(self.draft)
        above.addWidget(self.cluster)
        self._above.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._above)
        column.addWidget(line)
        column.addWidget(self.pane, 1)
        new = Button(theme, _("New ticket"), kind=Loudness.TONAL, icon="plus", hint="Ctrl+N")
        new.clicked.connect(self.new_wanted)
        self._first = EmptyState(
            theme,
            "clipboard-list",
            _("No tickets yet"),
            _("What residents report is kept here: repairs, complaints, questions."),
            (new,),
        )
        another = Button(theme, _("New ticket"), kind=Loudness.TONAL, icon="plus", hint="Ctrl+N")
        another.clicked.connect(self.new_wanted)
        self._done = EmptyState(
            theme,
            "circle-check",
            _("Nothing here now"),
            _("No ticket waits for this."),
            (another,),
        )
        clear = Button(theme, _("Clear the filters"), kind=Loudness.TONAL)
        clear.clicked.connect(self._on_clear)
        always = Button(theme, _("All dates"))
        always.clicked.connect(self._on_all_dates)
        self._none = EmptyState(
            theme, "search-x", _("No ticket fits"), _("No ticket fits"), (clear, always)
        )

    def _connect(self) -> None:
        for one in (self.kind, self.class_code, self.building, self.period):
            one.changed.connect(self._on_filter)
        self.search.searched.connect(self._on_filter)
        self.search.left.connect(self.table.setFocus)
        self.table.current_changed.connect(self.current_changed)
        self.table.selection_changed.connect(self.selection_changed)
        self.table.opened.connect(lambda _row: self.opened.emit())

    def show_draft(self, words: str) -> None:
        """Offer a half-typed ticket above the list; nothing for empty words."""
        self.draft.show_banner(Tone.INFO, "file-clock", words, _("Go on") if words else "")
        self._show_above()

    def _show_above(self) -> None:
        self._above.setVisible(bool(self.draft.sentence() or self.cluster.sentence()))

    # -- what is wanted

    def _offer(self) -> None:
        """Offer the filters' choices; what was chosen stays while it is there."""
        everything = Choice("", _("All"))
        self.kind.set_choices(
            [everything, *(Choice(kind.value, str(KIND_LABELS[kind])) for kind in Kind)]
        )
        classes = [*CLASS_NUMBERS, UNCLASSED]
        self.class_code.set_choices(
            [everything, *(Choice(code, class_path(code)) for code in classes)]
        )
        buildings = list_buildings()
        several = len({community for _id, community, _name in buildings}) > 1
        self.building.set_choices(
            [
                everything,
                *(
                    Choice(str(id_), f"{community} {name}" if several else name)
                    for id_, community, name in buildings
                ),
            ]
        )
        self._offer_periods()

    def _offer_periods(self) -> None:
        """Offer the dates; the daily questions reach back as far as anything is open."""
        days = Choice("days", _("Last {days} days").format(days=_DAYS))
        always = Choice("always", _("All"))
        month = [
            Choice("month", _("This month")),
            Choice("before", _("Last month")),
            Choice("year", _("This year")),
        ]
        first = [days, *month, always] if self._group == ALL else [always, days, *month]
        was_on = self.period.is_on()
        self.period.set_choices(first)
        if not was_on:
            self.period.clear()

    def wanted(self) -> TicketFilter:
        """Return which tickets are wanted now."""
        since, until = self._span()
        building = self.building.value()
        return TicketFilter(
            group=self._group,
            kind=Kind(self.kind.value()) if self.kind.value() else None,
            class_code=self.class_code.value(),
            building_id=int(building) if building else None,
            from_on=since,
            to_on=until,
            words=self.search.words(),
            staff_id=self._context.staff.id,
        )

    def _span(self) -> tuple[date | None, date | None]:
        today = self._context.now().date()
        month = Month.of(today)
        value = self.period.value()
        if value == "days":
            return date.fromordinal(today.toordinal() - _DAYS + 1), None
        if value == "month":
            return month.start.date(), None
        if value == "before":
            return month.previous.start.date(), month.previous.last_day
        if value == "year":
            return date(today.year, 1, 1), None
        return None, None

    def group(self) -> str:
        """Return the daily question that is asked now."""
        return self._group

    def show_group(self, group: str) -> None:
        """Ask another daily question, from the start of its list."""
        self._group = group
        self._offer_periods()
        self.reload()

    def count_of_all(self, now: datetime) -> int:
        """Return how many tickets the list would show without any daily question."""
        since, until = self._span() if self._group == ALL else self._usual_span()
        return count_tickets(TicketFilter(from_on=since, to_on=until), now=now)

    def _usual_span(self) -> tuple[date, None]:
        today = self._context.now().date()
        return date.fromordinal(today.toordinal() - _DAYS + 1), None

    def chosen(self) -> list[TicketRow]:
        """Return the chosen rows in the order of the list."""
        return self.table.selected_rows()

    # -- filling

    def reload(self) -> None:
        """Show the list from its start."""
        self.table.show_fetch(self._fetch)
        self._tell()

    def refresh(self) -> None:
        """Read the list again and stay on the same ticket."""
        self._offer()
        self.table.refresh()
        self._tell()

    def _fetch(self, after: Any, limit: int, sort: Sort) -> tuple[Sequence[TicketRow], Any]:
        return _page(self.wanted(), self._context.now(), after, limit, sort)

    def export(self) -> str:
        """Write the list as it is seen into a file; return what to tell the clerk."""
        from ui.pages.list_export import export_as_seen

        total = count_tickets(self.wanted(), now=self._context.now())
        fetch = self._fetch_apart()
        return export_as_seen(self._context, self, self.table, fetch, _("Tickets"), total)

    def print_out(self, group: str) -> None:
        """Show the list as it is seen as a paper; `group` are the words of the daily question."""
        from ui.pages.list_export import print_as_seen

        narrowed = clauses(group, *self._filter_words())
        fetch = self._fetch_apart()
        print_as_seen(self._context, self, self.table, fetch, _("Tickets"), narrowed)

    def _fetch_apart(self) -> Fetch:
        """Return how another thread reads what is wanted now, without asking the widgets."""
        wanted, now = self.wanted(), self._context.now()
        return lambda after, limit, sort: _page(wanted, now, after, limit, sort)

    def _tell(self) -> None:
        now = self._context.now()
        self.cluster.refill()
        self._show_above()
        wanted = self.wanted()
        count = count_tickets(wanted, now=now)
        words = ngettext("{count} ticket", "{count} tickets", count).format(
            count=count if count <= MOST_COUNTED else f"{MOST_COUNTED}+"
        )
        oldest = list_tickets(TicketFilter(group="open"), now=now, limit=1, descending=False).rows
        if count and oldest and self._group == ALL:
            words = _("{count}, the oldest open one of {day}").format(
                count=words, day=f"{oldest[0].received_at:%Y-%m-%d}"
            )
        self.foot.show_text(words)
        if not self.table.is_empty():
            self.pane.show_table()
        elif self._group != ALL and not self._is_narrowed():
            self.pane.show_instead(self._done)
        elif self._is_narrowed() or count_tickets(TicketFilter(), now=now, most=1):
            self._none.show_words(_("No ticket fits"), self._sentence(wanted, now))
            self.pane.show_instead(self._none)
        else:
            self.pane.show_instead(self._first)

    def _is_narrowed(self) -> bool:
        on = (self.kind, self.class_code, self.building, self.period)
        return any(one.is_on() for one in on) or bool(self.search.words())

    def _sentence(self, wanted: TicketFilter, now: datetime) -> str:
        parts = self._filter_words()
        count = count_tickets(replace(TicketFilter(), group=self._group, staff_id=wanted.staff_id),
                              now=now)  # fmt: skip
        return _("Looking for: {filters}. Without them there are {count}.").format(
            filters=clauses(*parts),
            count=count if count <= MOST_COUNTED else f"{MOST_COUNTED}+",
        )

    def _filter_words(self) -> list[str]:
        """Return what narrows the list besides the daily question: the search, the filters."""
        words = self.search.words()
        parts = [_("«{words}»").format(words=words)] if words else []
        filters = (self.kind, self.class_code, self.building, self.period)
        return parts + [
            one.accessibleName() for one in filters if one.is_on() or one is self.period
        ]

    # -- following the clerk

    def _on_filter(self) -> None:
        self.reload()
        self.changed.emit()

    def clear_filters(self) -> None:
        """Take all filters and the search away, without showing the list yet."""
        self.search.clear_silently()
        for one in (self.kind, self.class_code, self.building, self.period):
            one.clear()

    def _on_clear(self) -> None:
        self.clear_filters()
        self._on_filter()
        self.table.setFocus()

    def show_all_dates(self) -> None:
        """Let the list reach back to the first ticket."""
        self.period.choose("always")

    def _on_all_dates(self) -> None:
        self.show_all_dates()
        self._on_filter()
        self.table.setFocus()

    def take_focus(self) -> None:
        """Put the keyboard into the list, or on the act that its empty state offers."""
        act = None if self.table.isVisible() else first_stop(self.pane)
        (act or self.table).setFocus()


def _page(
    wanted: TicketFilter, now: datetime, after: Any, limit: int, sort: Sort
) -> tuple[Sequence[TicketRow], Any]:
    """Return a page of tickets, and the key of the next one."""
    page = list_tickets(
        wanted,
        now=now,
        after=after,
        limit=limit,
        sort=sort.key or "received_at",
        descending=sort.is_descending,
    )
    return page.rows, page.after
