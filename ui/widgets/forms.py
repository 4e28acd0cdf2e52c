"""The rows of a form: label left, field right, a problem in one line below its field."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from propdesk.domain.errors import Problem
from propdesk.i18n import _, ngettext
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.badges import Banner
from ui.widgets.fields import LineField, PickField, TextField, mark_bad
from ui.widgets.growing_lines import GrowingLines
from ui.widgets.labels import Label
from ui.widgets.panes import Icon

_LABEL_WIDTH = 84


class _Row:
    """The parts of one row."""

    def __init__(
        self, label: Label, field: QWidget, box: QHBoxLayout, line: QWidget, words: Label
    ) -> None:
        self.label = label
        self.field = field
        self.box = box
        self.line = line
        self.words = words
        self.parts: list[QWidget] = [label]
        self.asked = field
        """The field that its problem is about: one that shares the row, or the row's own."""


class FormRows(QWidget):
    """Rows of labelled fields. `show_problems` puts each sentence under its field.

    The rows stand in reading order, which is the tab order. F8 leads from problem to problem.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: dict[str, _Row] = {}
        self._sharing: dict[str, tuple[str, QWidget]] = {}
        self._bad: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self.banner = Banner(theme, Tone.DANGER, "circle-alert", wraps=True)
        column.addWidget(self.banner)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        self._key = QShortcut(QKeySequence("F8"), self)
        self._key.activated.connect(self.go_to_next_problem)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._grid.setColumnMinimumWidth(0, self._theme.px(_LABEL_WIDTH))

    def add_row(
        self,
        key: str,
        label: str,
        field: QWidget,
        *beside: QWidget,
        note: Label | None = None,
        is_tall: bool = False,
    ) -> None:
        """Add a row. `field` takes the focus and the problem; `beside` stand at its right.

        `note` is a quiet word behind them (the house that a number means). The label of a field
        that `is_tall` (a table) stands beside its top.
        """
        place = self._grid.rowCount()
        words = Label(self._theme, label, ink=Ink.TEXT_3)
        words.setBuddy(field)
        box = QHBoxLayout()
        box.setContentsMargins(0, Space.XS, 0, Space.XS)
        box.setSpacing(Space.S)
        for widget in (field, *beside):
            stretch = _stretch_of(widget)
            box.addWidget(widget, stretch)
        if note is not None:
            box.addWidget(note, 1)
        elif all(_stretch_of(widget) == 0 for widget in (field, *beside)):
            box.addStretch(1)
        line, sentence = self._problem_line()
        self._grid.addWidget(words, place, 0)
        self._grid.addLayout(box, place, 1)
        self._grid.addWidget(line, place + 1, 1)
        if is_tall or isinstance(field, (TextField, GrowingLines)):
            # Beside the first line that is typed into; lines of a grid have heads above them.
            heads = self._theme.line(Size.SMALL) if isinstance(field, GrowingLines) else 0
            self._grid.setAlignment(words, Qt.AlignmentFlag.AlignTop)
            words.setContentsMargins(0, 10 + heads, 0, 0)
        row = _Row(words, field, box, line, sentence)
        row.parts += [field, *beside]
        if note is not None:
            row.parts.append(note)
        self._rows[key] = row

    def share_row(self, key: str, row_key: str, field: QWidget) -> None:
        """Let a field that stands beside another take its own problems, said under their row."""
        self._sharing[key] = (row_key, field)

    def _problem_line(self) -> tuple[QWidget, Label]:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, Space.XS)
        row.setSpacing(5)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(Icon(self._theme, "circle-alert", ink=Ink.DANGER, size=14), 0, top)
        sentence = Label(self._theme, ink=Ink.DANGER, size=Size.SMALL, wrap=True)
        row.addWidget(sentence, 1)
        line.hide()
        return line, sentence

    def show_row(self, key: str, *, is_shown: bool) -> None:
        """Show or hide a row: what only a complaint needs."""
        row = self._rows[key]
        for part in row.parts:
            part.setVisible(is_shown)
        margin = Space.XS if is_shown else 0
        row.box.setContentsMargins(0, margin, 0, margin)
        row.line.setVisible(is_shown and key in self._bad)

    def field(self, key: str) -> QWidget:
        """Return the field of a row."""
        return self._rows[key].field

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show problems under their fields, count them above, and go to the first.

        Several for one field stand under it together; one for no known field stands above. With
        no problems everything is as before.
        """
        found: dict[str, list[str]] = {}
        elsewhere = []
        for row in self._rows.values():
            row.asked.setAccessibleDescription("")
            row.asked = row.field
        for problem in problems:
            key, sharing = self._sharing.get(problem.field, (problem.field, None))
            if key in self._rows:
                if sharing is not None and key not in found:
                    self._rows[key].asked = sharing
                found.setdefault(key, []).append(problem.text)
            else:
                elsewhere.append(problem.text)
        self._bad = [key for key in self._rows if key in found]
        for key, row in self._rows.items():
            row.words.show_text("\n".join(found.get(key, ())))
            row.line.setVisible(key in found)
            for part in row.parts[1:]:
                if isinstance(part, LineField | TextField | PickField):
                    mark_bad(part, is_bad=key in found and part is row.asked)
            row.asked.setAccessibleDescription(row.words.text())
        self.banner.show_banner(Tone.DANGER, "circle-alert", self._summary(elsewhere))
        if self._bad:
            self._go_to(self._bad[0])

    def drop_problem(self, key: str) -> None:
        """Take the problem of a field away, as it is being mended; the others stay."""
        if key not in self._bad:
            return
        self._bad.remove(key)
        row = self._rows[key]
        row.words.show_text("")
        row.line.hide()
        if isinstance(row.asked, LineField | TextField | PickField):
            mark_bad(row.asked, is_bad=False)
        row.asked.setAccessibleDescription("")
        self.banner.show_banner(Tone.DANGER, "circle-alert", self._summary(()))

    def _summary(self, elsewhere: Sequence[str]) -> str:
        if elsewhere:
            return " ".join(elsewhere)
        if not self._bad:
            return ""
        names = _(", ").join(self._row_name(self._rows[key]) for key in self._bad)
        return ngettext(
            "{count} thing is missing: {names}. Nothing you typed is lost.",
            "{count} things are missing: {names}. Nothing you typed is lost.",
            len(self._bad),
        ).format(count=len(self._bad), names=names)

    @staticmethod
    def _row_name(row: _Row) -> str:
        return row.label.text() if row.asked is row.field else row.asked.accessibleName()

    def problem(self, key: str) -> str:
        """Return the problem that is shown under a field, empty if there is none."""
        return self._rows[key].words.text() if key in self._bad else ""

    def go_to_next_problem(self) -> None:
        """Put the keyboard into the next field with a problem, round and round."""
        if not self._bad:
            return
        present = next(
            (n for n, key in enumerate(self._bad) if self._has_focus(self._rows[key].asked)), -1
        )
        self._go_to(self._bad[(present + 1) % len(self._bad)])

    @staticmethod
    def _has_focus(field: QWidget) -> bool:
        return field.hasFocus() or field.isAncestorOf(field.window().focusWidget() or field)

    def _go_to(self, key: str) -> None:
        field = self._rows[key].asked
        field.setFocus(Qt.FocusReason.OtherFocusReason)


def _stretch_of(widget: QWidget) -> int:
    """Return 1 for what takes the room there is: fields of no fixed width."""
    expanding = QSizePolicy.Policy.Expanding
    return int(widget.sizePolicy().horizontalPolicy() == expanding)
