"""The paragraphs of a letter being worded: a heading and a text each, what is wrong below it.

The linter reads along with each key (F65). F2 offers the named fields; no other code is possible.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from propdesk.domain.errors import Problem
from propdesk.domain.fee_templates import (
    FIELDS,
    LONGEST_HEADING,
    LONGEST_PART,
    MOST_PARTS,
    TemplatePart,
)
from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.fields import LineField, TextField, mark_bad
from ui.widgets.labels import Label

_HEADING = 110
_LINES = 3
_PAUSE_MS = 250
_IN_SIGHT = 4

Check = Callable[[Sequence[TemplatePart]], Sequence[Problem]]


@dataclass(slots=True)
class _Row:
    heading: LineField
    text: TextField
    problem: Label
    whole: QWidget


class LetterParts(QWidget):
    """Paragraphs, an empty one always at the end. `changed` comes a moment after the last key.

    A problem's field is `parts.N`, as the check of a template names it.
    """

    changed = Signal()

    def __init__(self, theme: Theme, *, has_fields: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[_Row] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, Space.S, 0)
        self._column.setSpacing(Space.S)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        self._scroll = scroll
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll, 1)
        self._last_text: TextField | None = None
        if has_fields:
            QShortcut(QKeySequence("F2"), self).activated.connect(self.offer_fields)
        self._add_row()
        self.setMinimumHeight(_IN_SIGHT * self._rows[0].whole.sizeHint().height())

    # -- rows

    def _add_row(self) -> _Row:
        theme, place = self._theme, len(self._rows) + 1
        words = _("Heading of paragraph {place}").format(place=place)
        heading = LineField(theme, words, width=_HEADING, longest=LONGEST_HEADING,
                            placeholder=_("Heading"))  # fmt: skip
        words = _("Paragraph {place}").format(place=place)
        text = TextField(theme, words, lines=_LINES, longest=LONGEST_PART)
        problem = Label(theme, ink=Ink.DANGER, size=Size.SMALL, wrap=True)
        problem.hide()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        line.addWidget(heading, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
        column.addLayout(line)
        column.addWidget(problem)
        self._column.insertWidget(len(self._rows), whole)
        if self._rows:
            QWidget.setTabOrder(self._rows[-1].text, heading)
            QWidget.setTabOrder(heading, text)
        row = _Row(heading, text, problem, whole)
        self._rows.append(row)
        heading.textChanged.connect(self._on_typed)
        text.textChanged.connect(self._on_typed)
        text.cursorPositionChanged.connect(lambda: self._follow(row))
        whole.show()  # at once: the next key may go there
        return row

    def _on_typed(self) -> None:
        last = self._rows[-1]
        if (last.text.words() or last.heading.words()) and len(self._rows) < MOST_PARTS:
            self._add_row()
        self._pause.start()

    def _follow(self, row: _Row) -> None:
        self._last_text = row.text
        if row.text.hasFocus():
            self._scroll.ensureWidgetVisible(row.whole)

    # -- what is said

    def show_parts(self, parts: Sequence[TemplatePart]) -> None:
        """Show paragraphs, and one more to be typed."""
        while len(self._rows) < min(len(parts) + 1, MOST_PARTS):
            self._add_row()
        for place, row in enumerate(self._rows):
            part = parts[place] if place < len(parts) else TemplatePart("", "")
            row.heading.show_words(part.heading)
            row.text.show_words(part.text)
        self.show_problems(())

    def parts(self) -> tuple[TemplatePart, ...]:
        """Return the paragraphs in their places; empty ones are among them."""
        return tuple(TemplatePart(row.heading.words(), row.text.words()) for row in self._rows)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong under its paragraph; what names none stands under the first."""
        for place, row in enumerate(self._rows):
            fields = {f"parts.{place}", "parts", "content"} if not place else {f"parts.{place}"}
            words = "\n".join(one.text for one in problems if one.field in fields)
            row.problem.show_text(words)
            row.problem.setVisible(bool(words))
            row.text.setAccessibleDescription(words)
            mark_bad(row.text, is_bad=bool(words))

    def problem(self, place: int) -> str:
        """Return what is shown under a paragraph."""
        return self._rows[place].problem.text()

    def take_focus(self) -> None:
        """Put the keyboard into the first paragraph."""
        self._rows[0].text.setFocus()

    # -- named fields

    def offer_fields(self) -> None:
        """Offer the named fields; the chosen one is put in where the cursor stands."""
        target = self._last_text or self._rows[0].text
        menu = QMenu(self)
        for name, words in FIELDS.items():
            action = menu.addAction(f"{words}\t{{{name}}}".replace("&", "&&"))
            action.triggered.connect(
                lambda _on=False, name=name: target.insertPlainText("{" + name + "}")
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(target.mapToGlobal(QPoint(0, target.height())))
