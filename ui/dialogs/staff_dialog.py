"""Add a staff member, or change one: name, code, department, role, whether he still works here."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.staff import ROLE_LABELS, Role, Staff
from propdesk.i18n import _
from propdesk.services import staff as commands
from propdesk.services.queries.staff import list_departments
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.widgets.buttons import Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField
from ui.widgets.forms import FormRows


class StaffDialog(Dialog):
    """One staff member; `stored` is what was written, None when the clerk left."""

    def __init__(
        self, context: AppContext, parent: QWidget, member: Staff | None = None, name: str = ""
    ) -> None:
        title = _("Add a staff member") if member is None else _("Edit a staff member")
        super().__init__(context.theme, parent, title)
        self._context = context
        self._member = member
        self.stored: Staff | None = None
        theme = context.theme
        self._name = LineField(theme, _("Name"), longest=40)
        self._code = LineField(theme, _("Code"), placeholder=_("next free number"), longest=12)
        departments = [Choice(str(each.id), each.name) for each in list_departments()]
        self._department = PickField(theme, _("Department"), [Choice("", _("None")), *departments])
        roles = [Choice(role.value, str(ROLE_LABELS[role])) for role in Role]
        self._role = PickField(theme, _("Position"), roles)
        self._active = CheckField(theme, _("Works here"))
        self._rows = FormRows(theme)
        self._rows.add_row("name", _("Name"), self._name)
        self._rows.add_row("code", _("Code"), self._code)
        self._rows.add_row("department", _("Department"), self._department)
        self._rows.add_row("role", _("Position"), self._role)
        if member is not None:
            self._rows.add_row("active", "", self._active)
        self.body.addWidget(self._rows)
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("save", _("Save"), kind=Kind.PRIMARY, is_default=True).set_shortcut("Ctrl+S")
        self._fill(member, name)
        self._name.setFocus()

    def _fill(self, member: Staff | None, name: str) -> None:
        self._active.setChecked(member is None or member.active)
        self._name.show_words(name if member is None else member.name)
        if member is not None:
            self._code.show_words(member.code)
            self._department.choose(str(member.department_id or ""))
            self._role.choose(member.role.value)

    def choose(self, key: str) -> None:
        """Write before the dialog closes; a refusal stays under its field."""
        if key == "save" and not self._is_written():
            return
        super().choose(key)

    def _is_written(self) -> bool:
        by = self._context.staff.id
        department = int(self._department.value()) if self._department.value() else None
        role, name, code = Role(self._role.value()), self._name.words(), self._code.words()
        try:
            if self._member is None:
                self.stored = commands.add_staff(
                    name, by=by, department_id=department, role=role, code=code
                )
            else:
                changed = replace(
                    self._member, name=name, code=code, department_id=department, role=role,
                    active=self._active.isChecked(),
                )  # fmt: skip
                self.stored = commands.change_staff(changed, by=by)
        except DraftError as refusal:
            self._rows.show_problems(refusal.problems)
            return False
        except RuleError as refusal:
            self._rows.show_problems((Problem("", str(refusal)),))
            return False
        self._context.changes.staff_changed.emit()
        return True
