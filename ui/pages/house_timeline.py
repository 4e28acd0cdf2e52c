"""The time line of a house: what happened there, the newest first, the years as marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.house_events import (
    EVENT_GROUP_LABELS,
    EventGroup,
    HouseEvent,
    years_marked,
)
from propdesk.i18n import _, _lazy
from propdesk.services.queries.fee_access import may_see_fees
from propdesk.services.queries.house_events import (
    EventKey,
    count_house_events,
    list_house_events,
)
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.pages.house_part import inset
from ui.tables.columns import CellKind, Column, Fetch, Mark, Sort
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.widgets.choices import Choice
from ui.widgets.filters import Filter
from ui.widgets.labels import Label

_EVERY = "all"


@dataclass(frozen=True, slots=True)
class TimeRow:
    """An event, and its year where another one begins with it."""

    event: HouseEvent
    year: str


class HouseTimeLine(QWidget):
    """Title, filter and the lines. Enter on a line asks for the thing (`opened`)."""

    opened = Signal(object)
    left = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._unit: Unit | None = None
        theme = context.theme
        self._title = Label(theme, _("Time line"), bold=True)
        self._filter = Filter(theme, _("Show"), [Choice(_EVERY, _("Everything"))])
        self._filter.changed.connect(lambda _key: self._show_from_top())
        self.table = RecordTable(
            theme,
            _("Time line of the house"),
            _columns(),
            lambda row: (row.event.kind, row.event.target),
            memory=ScopedMemory(context.memory, "residents/events"),
            margin=Space.XL,
            now=context.now,
        )
        self.table.make_dense()
        self.table.horizontalHeader().hide()
        self.table.opened.connect(lambda row: self.opened.emit(row.event))
        self.table.left.connect(self.left)
        self._none = Label(theme, _("Nothing has happened here so far."), ink=Ink.TEXT_3)
        head = inset(self._title)
        head.addStretch(1)
        head.addWidget(self._filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(inset(self._none))
        column.addStretch(0)

    def show_unit(self, unit: Unit | None, *, is_new: bool) -> None:
        """Show what happened at a house; another house begins at the top, with everything."""
        self._unit = unit
        if unit is not None:
            counts = count_house_events(
                unit.id,
                today=self._context.now().date(),
                with_fees=may_see_fees(self._context.staff),
            )
            self._filter.set_choices(
                [
                    Choice(_EVERY, _("Everything"), sum(counts.values())),
                    *(
                        Choice(group.value, str(EVENT_GROUP_LABELS[group]), count)
                        for group, count in counts.items()
                        if count
                    ),
                ]
            )
        if is_new:
            self._filter.clear()
            self._show_from_top()
        else:
            self.table.refresh()
            self._show_what_there_is()

    def _show_from_top(self) -> None:
        if self._unit is None:
            self.table.show_rows(())
        else:
            self.table.show_fetch(self._fetch_of(self._unit.id, self._filter.value()))
        self._show_what_there_is()

    def _show_what_there_is(self) -> None:
        is_empty = self.table.is_empty()
        self.table.setVisible(not is_empty)
        self._none.setVisible(is_empty)
        self._filter.setVisible(not is_empty or self._filter.is_on())

    def _fetch_of(self, unit_id: int, group: str) -> Fetch:
        today = self._context.now().date()
        groups = () if group == _EVERY else (EventGroup(group),)
        sees = may_see_fees(self._context.staff)

        def fetch(after: Any, limit: int, _sort: Sort) -> tuple[Sequence[TimeRow], Any]:
            key: EventKey | None = after
            page = list_house_events(
                unit_id, today=today, groups=groups, after=key, limit=limit, with_fees=sees
            )
            before = int(key.at[:4]) if key else None
            marks = years_marked(page.events, before)
            return [TimeRow(*pair) for pair in zip(page.events, marks, strict=True)], page.after

        return fetch


def _columns() -> Sequence[Column]:
    return (
        Column("year", _lazy("Year"), lambda row: row.year or " ", width=74, least=72,
               is_strong=True),
        Column("day", _lazy("Day"), lambda row: row.event.at.strftime("%m-%d"), width=52,
               least=50, is_quiet=True),
        Column("word", _lazy("What"), _word_mark, CellKind.STATUS, width=104, least=88),
        Column("text", _lazy("Details"), lambda row: " ".join(row.event.text.split()) or " ",
               width=180, least=110, stretches=True),
        Column("outcome", _lazy("Outcome"), lambda row: row.event.outcome or " ", width=104,
               least=84, rank=1, is_quiet=True),
    )  # fmt: skip


def _word_mark(row: TimeRow) -> Mark:
    """Return what happened; what still waits has the tone of waiting."""
    return Mark(row.event.word, Tone.WARN if row.event.is_open else Tone.NEUTRAL)
