"""A menu that is walked by typing what an entry is called: `27` goes to building 27."""

from collections.abc import Iterable
from time import monotonic

from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu

_PAUSE = 1.2  # seconds after which typing begins anew


class TypeAheadMenu(QMenu):
    """Typed characters lead to the entry one of whose words begins with them."""

    _typed = ""
    _typed_at = 0.0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to what is typed; all other keys do what they do in any menu."""
        typed = event.text().strip()
        if not typed or not typed.isprintable():
            super().keyPressEvent(event)
            return
        now = monotonic()
        before = self._typed if now - self._typed_at < _PAUSE else ""
        self._typed_at = now
        for words in dict.fromkeys((before + typed, typed)):
            found = _named(words.casefold(), self.actions())
            if found is not None:
                self._typed = words
                self.setActiveAction(found)
                return


def _named(words: str, actions: Iterable[QAction]) -> QAction | None:
    """Return the first entry whose words begin so; the whole first, then any one of them."""
    named = [(action.text().split("\t")[0].replace("&&", "&").casefold(), action)
             for action in actions]  # fmt: skip
    for name, action in named:
        if name.startswith(words):
            return action
    for name, action in named:
        if any(part.startswith(words) for part in name.split()):
            return action
    return None
