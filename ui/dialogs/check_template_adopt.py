"""Take over templates that the program ships, several at once."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.check_items import INSPECTION_LABELS
from propdesk.domain.check_templates import Template, TemplateDraft
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.check_templates import adopt_templates
from propdesk.services.queries.check_templates import list_templates, shipped_templates
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Tone
from ui.widgets.buttons import Kind
from ui.widgets.labels import Label

_WIDTH, _ROWS = 940, 14


class AdoptTemplatesDialog(Dialog):
    """What the office does not use yet; `added` are those taken over."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Take over templates"), width=_WIDTH)
        self.added: list[Template] = []
        self._context = context
        used = {one.shipped for one in list_templates()}
        found = [draft for draft in shipped_templates() if draft.shipped not in used]
        words = (
            _("Shift and the arrows choose several, Ctrl+A all that are listed. Limits and items "
              "are changed afterwards.")
            if found
            else _("The office uses all templates of the program.")
        )  # fmt: skip
        self.body.addWidget(Label(context.theme, words, ink=Ink.TEXT_2, wrap=True))
        self.table = RecordTable(
            context.theme, _("Templates"), _columns(), lambda one: one.shipped, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.show_rows(found)
        self.table.opened.connect(lambda _row: self.choose("take"))
        self.table.left.connect(self.reject)
        self.table.selection_changed.connect(self._on_selection)
        self.body.addWidget(self.table)
        self.add_verb("", _("Cancel"))
        self._take = self.add_verb("take", "", kind=Kind.PRIMARY, is_default=True)
        self._on_selection()
        self.table.setFocus()

    def choose(self, key: str) -> None:
        """Take over what is chosen; a refusal leaves the list open."""
        if key and not self._context.attempt(self, _("This was not done"), self._adopt):
            return
        super().choose(key)

    def _adopt(self) -> None:
        keys = tuple(draft.shipped for draft in self._chosen())
        self.added = adopt_templates(keys, by=self._context.staff.id, now=self._context.now())

    def _chosen(self) -> list[TemplateDraft]:
        return self.table.selected_rows()

    def _on_selection(self) -> None:
        count = len(self._chosen())
        words = ngettext("Take over {count} template", "Take over {count} templates", count)
        self._take.show_word(words.format(count=count))
        self._take.setEnabled(count > 0)


def _columns() -> tuple[Column, ...]:
    return (
        Column("code", _lazy("Number"), lambda one: one.code, width=76, is_quiet=True),
        Column("name", _lazy("Template"), lambda one: one.name, width=260, is_strong=True),
        Column("kind", _lazy("Kind"), lambda one: str(INSPECTION_LABELS[one.kind]), width=110),
        Column("items", _lazy("Items"), lambda one: len(one.items), CellKind.COUNT, width=70),
        Column("source", _lazy("Source"), lambda one: one.items[0].source, width=180,
               stretches=True, is_quiet=True),
        Column("verified", _lazy("Verified"), _verified, CellKind.STATUS, width=96),
    )  # fmt: skip


def _verified(draft: TemplateDraft) -> Mark:
    if all(item.verified for item in draft.items):
        return Mark(_("verified"), Tone.OK)
    return Mark(_("to be verified"), Tone.WARN)
