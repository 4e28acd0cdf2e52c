"""Below the grid: what the chosen item asks for, its note and photos, and what became of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.check_items import CheckItem, ItemKind, Verdict
from propdesk.domain.findings import FINDING_LABELS, Finding, FindingState
from propdesk.domain.sheet_entry import CellKey, SheetEntry
from propdesk.i18n import _, ngettext
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.fields import CheckField, LineField
from ui.widgets.labels import Label, LinkButton

_PHOTOS = 92


class CellStrip(QWidget):
    """Two lines about the cell that the keyboard is at. `edited` comes with what is typed here.

    `done` comes with Enter: the keyboard goes back to the grid and on.
    """

    edited = Signal()
    done = Signal()
    left = Signal()
    ticket_wanted = Signal()
    settle_wanted = Signal()
    print_wanted = Signal()
    ticket_followed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._entry: SheetEntry | None = None
        self._key: CellKey | None = None
        self.finding: Finding | None = None
        self._told = Label(theme, ink=Ink.TEXT_2, size=Size.SMALL, elide=True)
        self._state = Label(theme, ink=Ink.WARN, size=Size.SMALL)
        self.ticket = LinkButton(theme, size=Size.SMALL)
        self.order = LinkButton(theme, size=Size.SMALL)
        self.settle = LinkButton(theme, size=Size.SMALL)
        self.note = LineField(
            theme, _("Note"), placeholder=_("Note (F2)"), longest=500, is_last=True
        )
        self.photos = LineField(
            theme, _("Photo numbers"), placeholder=_("Photos"), width=_PHOTOS, longest=100,
            is_last=True,
        )  # fmt: skip
        self.score = LineField(
            theme, _("Score"), placeholder=_("Score (F6)"), width=_PHOTOS, longest=5, is_last=True
        )
        self.fixed = CheckField(theme, _("Put right on the spot (F4)"))
        self._build()
        self.note.textEdited.connect(self._on_typed)
        self.photos.textEdited.connect(self._on_typed)
        self.score.textEdited.connect(self._on_typed)
        self.score.finished.connect(self.done)
        self.fixed.toggled.connect(self._on_fixed)
        self.note.finished.connect(self.done)
        self.photos.finished.connect(self.done)
        self.ticket.followed.connect(self._on_ticket)
        self.order.followed.connect(self.print_wanted)
        self.settle.followed.connect(self.settle_wanted)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.XS, Space.XL, Space.XS)
        column.setSpacing(Space.XS)
        for widgets in (
            (self._told, self._state, self.ticket, self.order, self.settle),
            (self.note, self.photos, self.score, self.fixed),
        ):
            row = QHBoxLayout()
            row.setSpacing(Space.S)
            for place, widget in enumerate(widgets):
                row.addWidget(widget, 1 if place == 0 else 0)
            column.addLayout(row)

    def show_cell(
        self, entry: SheetEntry, key: CellKey | None, finding: Finding | None, *, can_write: bool
    ) -> None:
        """Show what belongs to a cell."""
        self._entry, self._key, self.finding = entry, key, finding
        self.setVisible(key is not None)
        if key is None:
            return
        cell, item = entry.cell(key), entry.item(key)
        problem = entry.problems.get(key, "")
        self._told.show_text(problem or _asked(item), Ink.DANGER if problem else Ink.TEXT_2)
        self.score.setVisible(bool(item.score))
        for field, words in (
            (self.note, cell.note), (self.photos, cell.photos), (self.score, cell.score),
        ):  # fmt: skip
            if field.text() != words:
                field.show_words(words)
            field.setReadOnly(not can_write)
        self.fixed.blockSignals(True)
        self.fixed.setChecked(cell.fixed)
        self.fixed.blockSignals(False)
        is_new = entry.verdict(key) is Verdict.ABNORMAL and finding is None
        self.fixed.setVisible(is_new and can_write)
        self._show_finding(finding, can_write=can_write)

    def _show_finding(self, finding: Finding | None, *, can_write: bool) -> None:
        is_open = finding is not None and finding.standing is FindingState.OPEN
        words = str(FINDING_LABELS[finding.standing]) if finding is not None else ""
        if finding is not None and finding.times > 1:
            again = ngettext("found {count} time", "found {count} times", finding.times)
            words = f"{words}, {again.format(count=finding.times)}"
        self._state.show_text(words, Ink.WARN if is_open else Ink.TEXT_2)
        number = finding.ticket if finding is not None and not is_open else ""
        self.ticket.show_text((_("Ticket F9") if can_write else "") if is_open else number)
        self.order.show_text(_("Print the order") if number else "")
        self.settle.show_text(_("Settle F4") if is_open and can_write else "")

    def toggle_fixed(self) -> None:
        """Say that it was put right on the spot, or not."""
        if self.fixed.isVisibleTo(self):
            self.fixed.toggle()

    def take_note(self) -> None:
        """Put the keyboard into the note."""
        self.note.setFocus()
        self.note.selectAll()

    def take_photos(self) -> None:
        """Put the keyboard into the photos' numbers."""
        self.photos.setFocus()
        self.photos.selectAll()

    def take_score(self) -> None:
        """Put the keyboard into the points, where the item has some."""
        if self.score.isVisibleTo(self):
            self.score.setFocus()
            self.score.selectAll()

    def _on_typed(self, _words: str) -> None:
        if self._entry is not None and self._key is not None:
            cell = self._entry.edit(self._key)
            cell.note, cell.photos = self.note.text(), self.photos.text()
            cell.score = self.score.text()
            self.edited.emit()

    def _on_fixed(self, is_fixed: bool) -> None:
        if self._entry is not None and self._key is not None:
            self._entry.edit(self._key).fixed = is_fixed
            self.edited.emit()

    def _on_ticket(self) -> None:
        if self.finding is not None and self.finding.standing is FindingState.OPEN:
            self.ticket_wanted.emit()
        else:
            self.ticket_followed.emit()


def _asked(item: CheckItem) -> str:
    """Return what an item asks for in one line: its standard, and the choices by their digits."""
    parts = [item.standard]
    if item.kind is ItemKind.CHOICE:
        parts.append("  ".join(f"{n} {one}" for n, one in enumerate(item.choices, start=1)))
    elif item.kind is ItemKind.TICK:
        parts.append(_("1 in order  2 abnormal  3 n/a"))
    elif item.kind is ItemKind.NUMBER:
        parts.append(_("/ n/a  Alt+2 abnormal all the same"))
    if item.score:
        parts.append(_("{most} points").format(most=item.score))
    if item.photo:
        parts.append(_("a photo is required"))
    return "   ".join(filter(None, parts)) or item.name
