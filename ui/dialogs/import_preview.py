"""The preview of an import: what comes of the file, row by row, and which column says what."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.import_kinds import FIELDS, PLACED_KINDS
from propdesk.domain.imports import (
    ColumnMapping,
    ColumnsMissingError,
    ImportKind,
    ImportPreview,
    Outcome,
)
from propdesk.domain.texts import elide
from propdesk.i18n import _, ngettext, run_on
from ui.context import AppContext
from ui.dialogs.import_columns import ColumnPickers
from ui.dialogs.import_rows import PreviewRows
from ui.theme import Ink, Space
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, PickField
from ui.widgets.labels import Label, LinkButton

_MADE: Mapping[str, Callable[[int], str]] = {
    "suggested": lambda _n: _("{count} with a suggested class"),
    "duplicates": lambda n: ngettext("{count} likely duplicate", "{count} likely duplicates", n),
    "communities": lambda n: ngettext("{count} community", "{count} communities", n),
    "buildings": lambda n: ngettext("{count} building", "{count} buildings", n),
    "entrances": lambda n: ngettext("{count} entrance", "{count} entrances", n),
    "units": lambda n: ngettext("{count} new house", "{count} new houses", n),
    "persons": lambda n: ngettext("{count} new person", "{count} new people", n),
    "phones": lambda n: ngettext("{count} phone number", "{count} phone numbers", n),
    "plates": lambda n: ngettext("{count} plate", "{count} plates", n),
    "changed": lambda n: ngettext("{count} house completed", "{count} houses completed", n),
}


_LONGEST_TOLD = 400


class PreviewPane(QWidget):
    """Counts, rows and columns of a file. `changed` asks to read it again with other choices."""

    changed = Signal()
    left = Signal()

    def __init__(self, context: AppContext, kind: ImportKind, communities: Sequence[str]) -> None:
        super().__init__()
        theme = context.theme
        self._mapping: ColumnMapping | None = None
        self._sheet = ""
        # Who walks through a picker with the arrow keys finds himself there again.
        self._picking: QWidget | None = None
        self._counts = Label(theme, bold=True, elide=True)
        self._made = Label(theme, ink=Ink.TEXT_2, elide=True)
        self._sheets = PickField(theme, _("Sheet"))
        self._sheets.picked.connect(self._on_sheet)
        self._community = PickField(theme, _("Community"))
        self._community.set_choices(
            [
                Choice("", _("Community as the file says")),
                *(Choice(name, name) for name in communities),
            ]
        )
        self._community.picked.connect(self._on_community)
        # A row that names no community is doubtful only where there are several.
        self._has_communities = kind in PLACED_KINDS and len(communities) > 1
        self._community.setVisible(self._has_communities)
        self._hidden = CheckField(theme, _("Hidden rows too"))
        self._hidden.clicked.connect(self._on_hidden)
        self._told = Label(theme, ink=Ink.TEXT_2, wrap=True, selectable=True)
        self._link = LinkButton(theme, _("Change the columns"))
        self._link.followed.connect(self._toggle)
        self._rows = PreviewRows(theme, kind, context.now)
        self._rows.table.left.connect(self.left)
        self._pickers = ColumnPickers(theme, FIELDS[kind])
        self._pickers.chosen.connect(self._on_columns)
        self._parts = QStackedWidget()
        self._parts.addWidget(self._rows)
        self._parts.addWidget(self._pickers)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self._counts, 1)
        for picker in (self._sheets, self._community):
            picker.setMaximumWidth(theme.px(200))
            head.addWidget(picker)
        head.addWidget(self._hidden)
        head.addWidget(self._link)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(head)
        column.addWidget(self._made)
        column.addWidget(self._told)
        column.addWidget(self._parts, 1)

    def forget(self) -> None:
        """Go back to what is recognised: another file is read."""
        self._mapping, self._sheet = None, ""
        self._hidden.setChecked(False)

    def mapping(self) -> ColumnMapping | None:
        """Return the columns that were chosen by hand, None where they are recognised."""
        return self._mapping

    def sheet(self) -> str | None:
        """Return the sheet that was chosen by hand."""
        return self._sheet or None

    def community(self) -> str:
        """Return the community of rows that name none."""
        return self._community.value() if self._has_communities else ""

    def take_hidden(self) -> bool:
        """Tell whether hidden rows are taken too."""
        return self._hidden.isChecked()

    def show_preview(self, preview: ImportPreview) -> None:
        """Show what comes of a file."""
        self._counts.show_text(
            ngettext(
                "{rows} row: {added} new, {unchanged} known already, {rejected} rejected",
                "{rows} rows: {added} new, {unchanged} known already, {rejected} rejected",
                len(preview.rows),
            ).format(
                rows=len(preview.rows),
                added=preview.count(Outcome.ADDED),
                unchanged=preview.count(Outcome.UNCHANGED),
                rejected=preview.count(Outcome.REJECTED),
            )
        )
        self._made.show_text(_made_words(preview))
        self._told.show_text(elide(run_on(*preview.told), _LONGEST_TOLD))
        self._told.setVisible(bool(preview.told))
        has_hidden = any(one.why == "hidden" for one in preview.left_out)
        self._hidden.setVisible(has_hidden or self._hidden.isChecked())
        self._rows.show_preview(preview)
        self._pickers.show_mapping(preview.header, preview.mapping)
        self._sheets.set_choices([Choice(name, name) for name in preview.sheet_names])
        if preview.sheet_name in preview.sheet_names:
            self._sheets.choose(preview.sheet_name)
        self._sheets.setVisible(len(preview.sheet_names) > 1)
        self._show_part(self._rows)

    def show_missing(self, error: ColumnsMissingError) -> None:
        """Show the pickers over a file whose needed columns were not recognised."""
        known = {
            name: columns
            for name, columns in (self._mapping or {}).items()
            if columns and all(column in error.header for column in columns)
        }
        self._pickers.show_mapping(error.header, known)
        self._counts.show_text(_("Say which column is which"))
        self._made.show_text("")
        self._told.hide()
        self._hidden.hide()
        self._sheets.hide()
        self._show_part(self._pickers)
        self._link.hide()

    def _show_part(self, part: QWidget) -> None:
        self._parts.setCurrentWidget(part)
        has_rows = part is self._rows
        self._link.show_text(_("Change the columns") if has_rows else _("Show the rows"))
        if not has_rows:
            self._pickers.enter()
        else:
            (self._picking or self._rows.table).setFocus()
        self._picking = None

    def _toggle(self) -> None:
        has_rows = self._parts.currentWidget() is self._rows
        self._show_part(self._pickers if has_rows else self._rows)

    def _on_columns(self) -> None:
        self._mapping = self._pickers.mapping()
        self.changed.emit()

    def _on_hidden(self) -> None:
        self._picking = self._hidden
        self.changed.emit()

    def _on_sheet(self, sheet: str) -> None:
        self._sheet, self._mapping = sheet, None
        self._picking = self._sheets
        self.changed.emit()

    def _on_community(self) -> None:
        self._picking = self._community
        self.changed.emit()


def _made_words(preview: ImportPreview) -> str:
    parts = [
        _MADE[name](count).format(count=count)
        for name, count in preview.made.items()
        if count and name in _MADE
    ]
    needing = len(preview.needing_person)
    if needing:
        words = ngettext("{count} needs a person", "{count} need a person", needing)
        parts.append(words.format(count=needing))
    unused = _(", ").join(preview.unused)
    if unused:
        parts.append(_("not used: {columns}").format(columns=unused))
    return _("; ").join(parts)
