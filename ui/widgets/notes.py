"""A note on a soft ground: sentences that want to be read whole, with one link at most."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import Ink, Space, Theme, Tone
from ui.widgets.labels import Label, LinkButton
from ui.widgets.painting import ground
from ui.widgets.panes import Icon

_INKS = {Tone.INFO: Ink.INFO, Tone.WARN: Ink.WARN, Tone.DANGER: Ink.DANGER}


class NoteBox(QWidget):
    """What the clerk should know or say now. Without words it is not there."""

    followed = Signal()

    def __init__(self, theme: Theme, tone: Tone = Tone.INFO, icon: str = "lightbulb") -> None:
        super().__init__()
        self._theme = theme
        self._tone = tone
        ink = _INKS[tone]
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 7, 6)
        row.setSpacing(Space.S)
        row.addWidget(Icon(theme, icon, ink=ink), 0, Qt.AlignmentFlag.AlignTop)
        self._words = Label(theme, ink=ink, wrap=True)
        row.addWidget(self._words, 1)
        self._link = LinkButton(theme)
        self._link.followed.connect(self.followed)
        row.addWidget(self._link, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_note(self, words: str, link: str = "") -> None:
        """Show other words; empty ones hide the note."""
        self._words.show_text(words)
        self._link.show_text(link)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """Return what is shown."""
        return self._words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        ground(QPainter(self), self.rect(), self._theme.tone(self._tone).ground)
