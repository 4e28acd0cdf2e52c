"""Who sits at the desk: typing narrows the list, Enter chooses (decision 24; no password yet)."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from propdesk.domain.staff import ROLE_LABELS, Staff
from propdesk.domain.texts import fold
from propdesk.i18n import _, _lazy
from propdesk.services.queries.staff import list_staff
from ui.context import AppContext
from ui.dialogs.record_picker import RecordPicker
from ui.dialogs.staff_dialog import StaffDialog
from ui.tables.columns import Column
from ui.widgets.buttons import Button

STAFF_COLUMNS = (
    Column("code", _lazy("Code"), lambda one: one.code, width=64, least=56, is_quiet=True),
    Column("name", _lazy("Name"), lambda one: one.name, width=120, is_strong=True),
    Column("department", _lazy("Department"), lambda one: one.department, width=90),
    Column(
        "role", _lazy("Position"), lambda one: str(ROLE_LABELS[one.role]), width=90, stretches=True
    ),
)


class StaffPicker(RecordPicker):
    """The staff who work here; Ctrl+N adds who is missing."""

    ROWS = 9

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(
            context,
            parent,
            _("Who sits at the desk?"),
            STAFF_COLUMNS,
            asked=_("Name or code"),
            listed=_("Staff"),
            verb=_("Sit here"),
        )
        add = Button(context.theme, _("Add staff"), icon="user-plus", shortcut="Ctrl+N")
        add.clicked.connect(self._add_staff)
        self._foot.insertWidget(0, add)
        self._list()
        self.table.select_key(context.staff.id)

    def pick(self) -> Staff | None:
        """Show the dialog; return who sits here now, None when nothing changes."""
        row = self.table.current_row() if self.ask() == "choose" else None
        return row if isinstance(row, Staff) else None

    def found(self, typed: str) -> Sequence[Staff]:
        """Return who is called so or has this code."""
        wanted = fold(typed)
        return [one for one in self._staff if wanted in fold(f"{one.code} {one.name}")]

    def missing(self, _typed: str) -> str:
        """Say nothing: the button below adds who is missing."""
        return ""

    def _list(self) -> None:
        self._staff = list_staff()
        self.narrow(self.field.words())

    def _add_staff(self) -> None:
        typed = self.field.words() if self.table.is_empty() else ""
        dialog = StaffDialog(self.context, self, name=typed)
        dialog.ask()
        if dialog.stored is not None:
            self.field.clear_silently()
            self._list()
            self.table.select_key(dialog.stored.id)
