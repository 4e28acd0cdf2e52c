"""The line over a sheet: what is looked at, how far it is entered, its number and day."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.sheet_entry import SheetEntry
from propdesk.i18n import _
from ui.pages.inspection_words import sheet_mark
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.badges import Badge
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label


class SheetHead(QWidget):
    """Title, badge, number, day and progress; at the right the button of what is rare."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = Label(theme, size=Size.TITLE, bold=True, elide=True)
        self._badge = Badge(theme)
        self._number = Label(theme, ink=Ink.TEXT_3, size=Size.SMALL, selectable=True)
        self._day = Label(theme, ink=Ink.TEXT_2)
        self._progress = Label(theme, ink=Ink.TEXT_2)
        self.more = Button(
            theme, "", kind=Kind.QUIET, icon="ellipsis", shortcut="Alt+M", name=_("More of this")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, 0, Space.XL, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._title, 1)
        for widget in (self._badge, self._number, self._day, self._progress, self.more):
            row.addWidget(widget)

    def show_entry(self, entry: SheetEntry) -> None:
        """Show whose sheet it is and how many of its cells are filled."""
        sheet = entry.sheet
        filled = sum(entry.filled(one.round_id) for one in sheet.rounds)
        mark = sheet_mark(sheet, filled)
        self._number.show_text(sheet.number)
        self._badge.show_badge(mark.words, mark.tone or Tone.NEUTRAL)
        self._title.show_text(sheet.title)
        self._day.show_text(f"{sheet.day:%Y-%m-%d}")
        self._progress.show_text(f"{filled}/{sheet.items * len(sheet.rounds)}")
