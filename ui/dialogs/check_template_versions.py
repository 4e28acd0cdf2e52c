"""The versions of a template, and what each changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from propdesk.domain.check_templates import Template
from propdesk.domain.template_differences import CHANGE_LABELS, Change, Difference, list_differences
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.queries.check_templates import list_versions
from ui.context import AppContext
from ui.dialogs.list_dialog import ListDialog
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Tone

_WIDTH, _ROWS, _CHANGES = 940, 5, 9
_TONES = {Change.ADDED: Tone.OK, Change.REMOVED: Tone.DANGER, Change.CHANGED: Tone.WARN}


@dataclass(frozen=True, slots=True)
class _Line:
    """A version and what it changed; the first one changed nothing."""

    version: Template
    changes: tuple[Difference, ...]


class VersionsDialog(ListDialog[_Line]):
    """The versions above, the changes of the chosen one below."""

    def __init__(self, context: AppContext, parent: QWidget, template: Template) -> None:
        self._template = template
        super().__init__(
            context,
            parent,
            _("Versions of «{name}»").format(name=template.name),
            _columns(),
            lambda line: line.version.number,
            width=_WIDTH,
            rows=_ROWS,
            details=0,
        )
        self.changes = RecordTable(
            context.theme, _("What it changed"), _change_columns(), lambda row: row, now=context.now
        )
        self.changes.make_dense()
        self.changes.setFixedHeight(self.changes.height_of(_CHANGES))
        self.changes.left.connect(self.reject)
        self.body.insertWidget(self.body.indexOf(self.table) + 1, self.changes)
        self.refill()
        self.table.setFocus()

    def listed(self) -> Sequence[_Line]:
        """Return the versions, the latest first."""
        versions = list_versions(self._template.id)
        before = [*versions[1:], None]
        return [
            _Line(one, () if was is None else list_differences(was.items, one.items))
            for one, was in zip(versions, before, strict=True)
        ]

    def hint_words(self, found: Sequence[_Line]) -> str:
        """Say what the lower list shows."""
        if len(found) == 1:
            return _("There is one version so far; a change of the items writes the next.")
        return _("Below stands what the chosen version changed.")

    def detail_words(self, row: _Line) -> str:
        """Show the changes of the chosen version."""
        self.changes.show_rows(row.changes)
        return ""


def _columns() -> tuple[Column, ...]:
    return (
        Column("number", _lazy("Version"), lambda line: line.version.number, CellKind.COUNT,
               width=80),
        Column("day", _lazy("Written on"), lambda line: line.version.written_at, CellKind.TIME,
               width=140),
        Column("items", _lazy("Items"), lambda line: len(line.version.items), CellKind.COUNT,
               width=80),
        Column("changes", _lazy("Changes"), _count_words, width=200, stretches=True),
    )  # fmt: skip


def _count_words(line: _Line) -> str:
    count = len(line.changes)
    return ngettext("{count} item", "{count} items", count).format(count=count) if count else ""


def _change_columns() -> tuple[Column, ...]:
    return (
        Column("change", _lazy("Change"),
               lambda row: Mark(str(CHANGE_LABELS[row.change]), _TONES[row.change]),
               CellKind.STATUS, width=140),
        Column("name", _lazy("Item"), lambda row: row.name, width=160, is_strong=True),
        Column("before", _lazy("Said before"), lambda row: row.before, width=240, is_quiet=True),
        Column("after", _lazy("After"), lambda row: row.after, width=240, stretches=True),
    )  # fmt: skip
