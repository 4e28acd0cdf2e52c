"""Below the sheet: the readings of the chosen item over time, and one line that says what they do.

What is typed and not stored yet is the last point already: the hand sees it before it goes on.
"""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.check_items import CheckItem, ItemKind
from propdesk.domain.inspection_results import reading_words
from propdesk.domain.reading_trends import Course, course_of
from propdesk.domain.sheet_entry import CellKey, SheetEntry
from propdesk.i18n import _, ngettext
from propdesk.services.queries.reading_trends import Reading, list_readings
from ui.context import AppContext
from ui.theme import Ink, Space
from ui.widgets.labels import Label
from ui.widgets.plots.readings import LimitBand, ReadingPlot, ReadingPoint

_MILLI = 1000
_SHOWN = 31
_PLOT = 118


class SheetTrend(QWidget):
    """The plot of one reading with its title and the line of words."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self._of: tuple[int, int, str] | None = None
        self._readings: list[Reading] = []
        self.title = Label(theme, bold=True, elide=True)
        self.words = Label(theme, ink=Ink.TEXT_2)
        self.plot = ReadingPlot(theme, _("Readings over time"))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XS, Space.XL, Space.XS)
        column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.words)
        column.addLayout(head)
        column.addWidget(self.plot)
        theme.changed.connect(self._resize)
        self._resize()
        self.hide()

    def _resize(self) -> None:
        self.plot.setFixedHeight(self._context.theme.px(_PLOT))

    def forget(self) -> None:
        """Read anew next time: something was stored."""
        self._of = None

    def show_cell(self, entry: SheetEntry, key: CellKey | None, now: datetime) -> None:
        """Show the course of a cell's readings; nothing for what is not measured at a point."""
        item = entry.item(key) if key is not None else None
        if key is None or item is None or item.kind is not ItemKind.NUMBER:
            self.hide()
            return
        place = entry.place(key)
        if place.point_id is None:
            self.hide()
            return
        wanted = (place.point_id, place.template_id, item.key)
        if wanted != self._of:
            self._of = wanted
            self._readings = list(list_readings(*wanted, limit=_SHOWN))
        readings = self._with_typed(entry, key, now)
        self.setVisible(len(readings) > 1)
        if len(readings) > 1:
            self._show(item, readings)

    def show_item(self, point_id: int, template_id: int, item: CheckItem) -> None:
        """Show what is stored of an item at a point: the sheet of a thing asks for it."""
        self.forget()
        readings = list(list_readings(point_id, template_id, item.key, limit=_SHOWN))
        self.setVisible(bool(readings))
        if readings:
            self._show(item, readings)

    def _with_typed(self, entry: SheetEntry, key: CellKey, now: datetime) -> list[Reading]:
        """Return the stored readings with the typed one, which takes the place of its round's."""
        value, item = entry.value_milli(key), entry.item(key)
        if value is None:
            return self._readings
        typed = Reading(now.replace(tzinfo=None), value, item.lower_milli, item.upper_milli, key[0])
        if any(one.round_id == key[0] for one in self._readings):
            return [
                Reading(one.at, value, item.lower_milli, item.upper_milli, one.round_id)
                if one.round_id == key[0]
                else one
                for one in self._readings
            ]
        return [*self._readings, typed]

    def _show(self, item: CheckItem, readings: list[Reading]) -> None:
        self.title.show_text(f"{item.name}, {item.unit}" if item.unit else item.name)
        course = course_of([(one.value_milli, one.side) for one in readings])
        words = course_words(course, (readings[-1].at.date() - readings[0].at.date()).days)
        self.words.show_text(words, Ink.WARN if course.in_a_row else Ink.TEXT_2)
        self.plot.show_readings(
            [
                ReadingPoint(
                    one.at.date(),
                    one.value_milli / _MILLI,
                    reading_words(item, one.value_milli),
                    bool(one.side),
                )
                for one in readings
            ],
            _band(item),
        )


def _band(item: CheckItem) -> LimitBand:
    lower, upper = item.lower_milli, item.upper_milli
    return LimitBand(
        None if lower is None else lower / _MILLI,
        None if upper is None else upper / _MILLI,
        "" if lower is None else reading_words(item, lower),
        "" if upper is None else reading_words(item, upper),
    )


def course_words(course: Course, days: int) -> str:
    """Return one line of words: which way the readings go, how often in a row they are wrong."""
    parts = []
    if course.slope and days:
        falling = ngettext("falling for {days} day", "falling for {days} days", days)
        rising = ngettext("rising for {days} day", "rising for {days} days", days)
        parts.append((falling if course.slope < 0 else rising).format(days=days))
    count = abs(course.in_a_row)
    if count:
        below = ngettext("below the limit", "{count} in a row below the limit", count)
        above = ngettext("above the limit", "{count} in a row above the limit", count)
        parts.append((below if course.in_a_row < 0 else above).format(count=count))
    if len(parts) > 1:
        return _("{course}, {limits}").format(course=parts[0], limits=parts[1])
    return parts[0] if parts else _("within the limits")
