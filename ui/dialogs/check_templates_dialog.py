"""The templates of inspections: what is looked at in which kind of place (R99)."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from propdesk.domain.check_items import INSPECTION_LABELS
from propdesk.domain.check_templates import Template
from propdesk.i18n import _, _lazy
from propdesk.services.check_templates import end_template
from propdesk.services.queries.check_templates import list_templates
from ui.context import AppContext
from ui.dialogs.check_template_adopt import AdoptTemplatesDialog
from ui.dialogs.check_template_dialog import CheckTemplateDialog
from ui.dialogs.check_template_limits import PointLimitsDialog
from ui.dialogs.check_template_versions import VersionsDialog
from ui.dialogs.list_dialog import ListDialog
from ui.tables.columns import CellKind, Column
from ui.widgets.buttons import Button, Kind

_WIDTH, _ROWS = 940, 14


class CheckTemplatesDialog(ListDialog[Template]):
    """Enter changes a template, Del takes it out of use; Ctrl+T takes shipped ones over."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(
            context,
            parent,
            _("Templates of inspections"),
            _columns(),
            lambda one: one.id,
            width=_WIDTH,
            rows=_ROWS,
            details=2,
        )
        self.add_act(_("Edit"), self._on_change, "Enter", icon="pencil", kind=Kind.TONAL)
        self.add_act(_("Versions"), self._on_versions, "Ctrl+H", icon="file-clock")
        self.add_act(_("Limits of a point"), self._on_limits, "Ctrl+L", icon="scale")
        self.add_act(_("End the template"), self._on_end, "Del", icon="circle-pause")
        self.add_act(_("Add a template"), self._on_add, "Ctrl+N", icon="plus", needs_row=False)
        self._usual = Button(
            context.theme, _("Take over templates"), icon="list-checks", shortcut="Ctrl+T"
        )
        self._usual.clicked.connect(self._on_usual)
        self._foot.insertWidget(0, self._usual)
        self.refill()
        (self._usual if self.table.is_empty() else self.table).setFocus()

    def listed(self) -> Sequence[Template]:
        """Return the templates that are used."""
        return list_templates()

    def hint_words(self, found: Sequence[Template]) -> str:
        """Say what to do next."""
        if not found:
            return _(
                "No template yet. Take over those that the program brings (Ctrl+T) and change what "
                "is different here, or write your own (Ctrl+N)."
            )
        return _("A change is a new version: sheets that are out keep theirs.")

    def detail_words(self, row: Template) -> str:
        """Say the sections and the source."""
        sections = dict.fromkeys(item.section for item in row.items if item.section)
        sources = dict.fromkeys(item.source for item in row.items if item.source)
        verified = bool(row.items) and all(item.verified for item in row.items)
        said = [
            _(", ").join(sections),
            _("Source: {source}").format(source=_(", ").join(sources)) if sources else "",
            _("to be verified") if sources and not verified else "",
        ]
        return " · ".join(filter(None, said))

    # -- acts

    def _on_add(self) -> None:
        self._edit(None)

    def _on_change(self) -> None:
        template = self.current()
        if template is not None:
            self._edit(template)

    def _edit(self, template: Template | None) -> None:
        dialog = CheckTemplateDialog(self.context, self, template)
        dialog.ask()
        if dialog.stored is not None:
            self._come_back(dialog.stored)

    def _on_versions(self) -> None:
        template = self.current()
        if template is not None:
            VersionsDialog(self.context, self, template).ask()

    def _on_limits(self) -> None:
        template = self.current()
        if template is not None:
            dialog = PointLimitsDialog(self.context, self, template)
            dialog.ask()
            if dialog.stored is not None:
                self._come_back(template)

    def _on_end(self) -> None:
        template, context = self.current(), self.context
        if template is None or not context.messages.confirm(
            self,
            _("Use this template no more?"),
            _("What was entered with it stays. A plan that needs it is named first."),
            act=_("End the template"),
            keep=_("Keep it"),
        ):
            return
        if context.attempt(
            self,
            _("This was not done"),
            lambda: end_template(
                template.id, version=template.version, by=context.staff.id, now=context.now()
            ),
        ):
            self._come_back(template)

    def _on_usual(self) -> None:
        dialog = AdoptTemplatesDialog(self.context, self)
        dialog.ask()
        if dialog.added:
            self._come_back(dialog.added[0])
        self.table.setFocus()

    def _come_back(self, template: Template) -> None:
        self.refill(template.id)
        self.context.changes.inspections_changed.emit()
        self.table.setFocus()
        self.toast.show_message(_("Stored: {title}").format(title=template.name))


def _columns() -> tuple[Column, ...]:
    return (
        Column("code", _lazy("Number"), lambda one: one.code, width=76, is_quiet=True),
        Column("name", _lazy("Template"), lambda one: one.name, width=220, is_strong=True,
               stretches=True),
        Column("kind", _lazy("Kind"), lambda one: str(INSPECTION_LABELS[one.kind]), width=120),
        Column("items", _lazy("Items"), lambda one: len(one.items), CellKind.COUNT, width=70),
        Column("score", _lazy("Full score"), lambda one: one.full_score or None, CellKind.COUNT,
               width=80),
        Column("version", _lazy("Version"), lambda one: one.number, CellKind.COUNT, width=70),
        Column("day", _lazy("Changed on"), lambda one: f"{one.written_at.date()}", width=100,
               is_quiet=True),
    )  # fmt: skip
