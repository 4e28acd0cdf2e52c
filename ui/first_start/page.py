"""The shape of a page of the first start: what it asks, and what the window's foot needs of it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.i18n import _
from ui.theme import Space, Theme


class StartPage(QWidget):
    """One thing at a time: a title, a sentence, and a few fields or ways.

    `went_on` asks the window to store the page and go on (Enter in its last field), `changed` tells
    that something was typed or that the word of the button is another one, `is_ready` that the
    button is what comes next.
    """

    went_on = Signal()
    changed = Signal()
    is_ready = Signal()

    next_hint = "Enter"

    def __init__(self, theme: Theme, title: str, sentence: str) -> None:
        super().__init__()
        self.theme = theme
        self.title = title
        self.sentence = sentence
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Space.M)

    def next_word(self) -> str:
        """Return what the button that goes on is called; without a word it is not there."""
        return _("Next")

    def enter(self) -> None:
        """Put the keyboard where one begins; called when the page is in sight."""
        raise NotImplementedError

    def store(self) -> bool:
        """Keep what was typed for good; False when something is to be mended first."""
        return True

    def typed(self) -> Mapping[str, str]:
        """Return what is typed so far, to be kept while the guide is left."""
        return {}

    def show_typed(self, fields: Mapping[str, str]) -> None:
        """Show again what was typed when the guide was left."""
