"""What is asked beside the answer of a follow-up: a checklist, and five scores (R66)."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from propdesk.domain.rates import rounded
from propdesk.domain.scores import (
    CHECK_LABELS,
    DIMENSION_LABELS,
    LEAST,
    MOST,
    Check,
    Dimension,
    weighted,
)
from propdesk.i18n import _
from ui.theme import Ink, Space, Theme
from ui.widgets.buttons import Button
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

# What a press makes of a question: not asked, yes, no, not asked again.
_NEXT: Mapping[bool | None, bool | None] = {None: True, True: False, False: None}
_IN_LINE = 3
_ICONS: Mapping[bool | None, str] = {None: "", True: "check", False: "x"}


class CheckRow(QWidget):
    """The questions in two lines; each press of a digit or button goes from nothing to yes, no."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.XS)
        self._said: dict[Check, bool | None] = dict.fromkeys(Check)
        self._buttons: dict[Check, Button] = {}
        for number, check in enumerate(Check, start=1):
            button = Button(theme, str(CHECK_LABELS[check]), hint=str(number))
            button.clicked.connect(lambda _on=False, check=check: self._turn(check))
            place = number - 1
            grid.addWidget(button, place // _IN_LINE, place % _IN_LINE, Qt.AlignmentFlag.AlignLeft)
            self._buttons[check] = button
        self.setFocusProxy(self._buttons[Check.SOLVED])

    def said(self) -> dict[Check, bool]:
        """Return what was asked, and whether it is so."""
        return {check: is_so for check, is_so in self._said.items() if is_so is not None}

    def _turn(self, check: Check) -> None:
        said = self._said[check] = _NEXT[self._said[check]]
        word = str(CHECK_LABELS[check])
        spoken = {None: word, True: _("{word}: yes"), False: _("{word}: no")}[said]
        self._buttons[check].show_word(word, icon=_ICONS[said], name=spoken.format(word=word))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn a question with its digit, walk with the arrow keys."""
        buttons = list(self._buttons.values())
        place = next((n for n, button in enumerate(buttons) if button.hasFocus()), 0)
        steps = {Qt.Key.Key_Right.value: 1, Qt.Key.Key_Left.value: -1}
        if event.text() in {str(n + 1) for n in range(len(buttons))}:
            self._turn(list(Check)[int(event.text()) - 1])
        elif event.key() in steps:
            buttons[min(max(place + steps[event.key()], 0), len(buttons) - 1)].setFocus()
        else:
            super().keyPressEvent(event)


class ScoreField(LineField):
    """Five digits, one a dimension: `54532`; what they mean stands beside them (`hint`)."""

    def __init__(self, theme: Theme, weights: Mapping[str, int]) -> None:
        super().__init__(theme, _("Scores"), width=84, longest=9)
        self._weights = weights
        self.hint = Label(theme, ink=Ink.TEXT_3, elide=True)
        self.textChanged.connect(self._tell)
        self._tell()

    def scores(self) -> tuple[int, ...]:
        """Return the digits that stand here, whatever stands between them."""
        return tuple(int(each) for each in self.words() if each.isdecimal() and each.isascii())

    def _tell(self) -> None:
        scores = self.scores()
        known = len(scores) == len(Dimension) and all(LEAST <= one <= MOST for one in scores)
        words = score_words(scores)
        if known:
            mean = rounded(weighted(scores, self._weights), 2)
            words = _("{mean} in all: {scores}").format(scores=words, mean=mean)
        elif not scores:
            words = _("{scores}, {least} to {most} each").format(
                scores=words, least=LEAST, most=MOST
            )
        self.hint.show_text(words)


def score_words(scores: Sequence[int]) -> str:
    """Return the dimensions with their scores, as far as they are given."""
    given = [str(score) for score in scores] + [""] * len(Dimension)
    pairs = zip(Dimension, given, strict=False)
    return "  ".join(f"{DIMENSION_LABELS[one]} {score}".strip() for one, score in pairs)
