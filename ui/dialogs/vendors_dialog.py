"""Companies that maintain equipment, the contracts of the chosen one, and their pages."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.assets import ASSET_KIND_LABELS
from propdesk.domain.staff import Right
from propdesk.domain.statutory_dates import DateKind, StatutoryDate, reached
from propdesk.domain.tariffs import span_text
from propdesk.domain.vendors import Contract, Vendor
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.services.queries.vendors import (
    get_vendor,
    list_contract_files,
    list_contracts,
    list_vendors,
)
from propdesk.services.vendors import (
    add_contract_files,
    end_vendor,
    remove_contract_file,
    void_contract,
)
from ui.context import AppContext
from ui.dialogs.asset_words import date_mark
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.vendor_dialog import ContractDialog, VendorDialog
from ui.forms.kept_files import FileActs, KeptFiles
from ui.incoming_files import Drops
from ui.pages.inspection_words import may
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Space
from ui.widgets.buttons import Button, Kind

_WIDTH, _ROWS, _CONTRACTS = 1000, 4, 3


class VendorsDialog(ListDialog[Vendor]):
    """Ctrl+N a company, Enter corrects, Ctrl+K a contract; Ctrl+I adds its pages."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        self._warnings = load_inspection_settings().warnings
        super().__init__(
            context, parent, _("Companies and contracts"), self._columns(),
            lambda one: one.id, width=_WIDTH, rows=_ROWS, details=1,
        )  # fmt: skip
        theme = context.theme
        self.contracts = RecordTable(
            theme, _("Contracts"), self._contract_columns(), lambda one: one.id,
            now=context.now,
        )  # fmt: skip
        self.contracts.make_dense()
        self.contracts.setFixedHeight(self.contracts.height_of(_CONTRACTS))
        self.contracts.left.connect(self.reject)
        self.files = KeptFiles(
            context, FileActs(list_contract_files, add_contract_files, remove_contract_file)
        )
        self.files.stored.connect(self._on_files)
        self.files.reserve_room(110)
        may_plan = may(context.staff, Right.PLAN_ROUNDS)
        self._verbs = QHBoxLayout()
        self._verbs.setSpacing(Space.S)
        self._of_contract: list[Button] = []
        # Below the verbs of the companies: the contracts of the chosen one, with theirs.
        self.body.addWidget(self.contracts)
        if may_plan:
            self.add_act(_("New company"), self._on_new, "Ctrl+N", icon="plus", kind=Kind.TONAL,
                         needs_row=False)  # fmt: skip
            self.add_act(_("Correct it"), self._on_edit, "Enter", icon="pencil")
            self.add_act(_("New contract"), self._on_contract, "Ctrl+K", icon="plus")
            self.add_act(_("No longer with it"), self._on_end, "Del")
            self._contract_verb(_("Correct the contract"), self._on_edit_contract, "F2")
            self._contract_verb(_("Void the contract"), self._on_void_contract, "Ctrl+D")
            self.contracts.opened.connect(lambda _row: self._on_edit_contract())
        self._verbs.addStretch(1)
        self.body.addLayout(self._verbs)
        self.body.addWidget(self.files)
        self.contracts.current_changed.connect(lambda _row: self._show_files())
        Drops(self, self.files.take, context.now)
        self.refill()
        self.table.setFocus()

    def _contract_verb(self, word: str, act: Callable[[], object], keys: str) -> None:
        button = Button(self.theme, word, hint=keys)
        button.clicked.connect(act)
        QShortcut(QKeySequence(keys), self).activated.connect(
            lambda: button.click() if button.isEnabled() else None
        )
        self._verbs.addWidget(button)
        self._of_contract.append(button)

    # -- what is listed

    def listed(self) -> Sequence[Vendor]:
        """Return the companies by name."""
        return list_vendors()

    def hint_words(self, found: Sequence[Vendor]) -> str:
        """Say what they are for, or how to begin."""
        if not found:
            return _(
                "Enter who maintains lifts, fire protection and pumps (Ctrl+N): you are told "
                "before licence or contract end, and whom to call at night."
            )
        return ngettext("{count} company", "{count} companies", len(found)).format(count=len(found))

    def detail_words(self, row: Vendor) -> str:
        """Say what else is kept of a company."""
        draft = row.draft
        licence = _("licence {number}").format(number=draft.licence_number)
        things = ngettext("{count} thing", "{count} things", row.assets).format(count=row.assets)
        facts = (draft.contact, licence if draft.licence_number else "", things, draft.note)
        return " · ".join(filter(None, facts))

    def _on_current(self) -> None:
        super()._on_current()
        row = self.current()
        self.contracts.show_rows(list_contracts(vendor_id=row.id) if row else ())
        self._show_files()

    def _show_files(self) -> None:
        one: Contract | None = self.contracts.current_row()
        self.files.show_owner(one.id if one else None)
        self.files.setVisible(one is not None)
        for button in self._of_contract:
            button.setEnabled(one is not None)

    # -- acts

    def _on_new(self) -> None:
        self._told(VendorDialog(self.context, self))

    def _on_edit(self) -> None:
        row = self.current()
        if row is not None:
            self._told(VendorDialog(self.context, self, get_vendor(row.id)))

    def _told(self, dialog: VendorDialog) -> None:
        if dialog.ask():
            one: Vendor = dialog.stored
            self._on_changed(_("Stored: {title}").format(title=one.draft.name), one.id)

    def _on_contract(self) -> None:
        self._with_contract(None)

    def _on_edit_contract(self) -> None:
        one = self.contracts.current_row()
        if one is not None:
            self._with_contract(one)

    def _with_contract(self, contract: Contract | None) -> None:
        row = self.current()
        if row is None:
            return
        dialog = ContractDialog(self.context, self, row, contract)
        if dialog.ask():
            made: Contract = dialog.stored
            self._on_changed(_("Stored: {title}").format(title=made.draft.subject), row.id)
            self.contracts.select_key(made.id)
            self._show_files()

    def _on_void_contract(self) -> None:
        one, row, context = self.contracts.current_row(), self.current(), self.context
        if one is None or row is None:
            return
        if not context.messages.confirm(
            self,
            _("Void this contract?"),
            _("«{title}» was entered by mistake; it no longer counts.").format(
                title=one.draft.subject
            ),
            act=_("Void it"),
            keep=_("Keep it"),
        ):
            return
        if context.attempt(
            self,
            _("This was not done"),
            lambda: void_contract(
                one.id, version=one.version, by=context.staff.id, now=context.now()
            ),
        ):
            self._on_changed(_("The contract is void"), row.id)

    def _on_end(self) -> None:
        row, context = self.current(), self.context
        if row is not None and context.attempt(
            self,
            _("This was not done"),
            lambda: end_vendor(row.id, version=row.version, by=context.staff.id, now=context.now()),
        ):
            self._on_changed(_("{name} works for you no longer").format(name=row.draft.name))

    def _on_files(self, words: str) -> None:
        self.context.changes.inspections_changed.emit()
        self.toast.show_message(words)

    def _on_changed(self, words: str, vendor_id: int | None = None) -> None:
        self.context.changes.inspections_changed.emit()
        self.refill(vendor_id)
        self.table.setFocus()
        self.toast.show_message(words)

    # -- columns

    def _mark(self, kind: DateKind, day: date | None) -> Mark | None:
        """Return how long a licence or contract still holds."""
        if day is None:
            return None
        left = (day - self.context.now().date()).days
        one = StatutoryDate(kind, "", day, left, reached(left, self._warnings))
        return date_mark(one, self._warnings[-1])

    def _columns(self) -> Sequence[Column]:
        return (
            Column("name", _lazy("Name of the company"), lambda one: one.draft.name,
                   width=200, least=120, stretches=True, is_strong=True),
            Column("work", _lazy("What it does"), lambda one: one.draft.work, width=130, rank=2),
            Column("phone", _lazy("Phone"), lambda one: one.draft.phone, width=120, rank=1),
            Column("emergency", _lazy("Emergency phone"), lambda one: one.draft.emergency_phone,
                   width=120),
            Column("licence", _lazy("Licence"),
                   lambda one: self._mark(DateKind.VENDOR_LICENCE, one.draft.licence_until),
                   CellKind.STATUS, width=120, least=100),
            Column("contract", _lazy("Contract"),
                   lambda one: self._mark(DateKind.CONTRACT, one.contract_until),
                   CellKind.STATUS, width=120, least=100),
        )  # fmt: skip

    def _contract_columns(self) -> Sequence[Column]:
        return (
            Column("number", _lazy("Contract no."), lambda one: one.draft.number, width=130),
            Column("subject", _lazy("Subject of the contract"), lambda one: one.draft.subject,
                   width=220, stretches=True, is_strong=True),
            Column("kind", _lazy("Kind"), lambda one: str(ASSET_KIND_LABELS[one.draft.kind]),
                   width=100, rank=1),
            Column("days", _lazy("Days in force"),
                   lambda one: span_text(one.draft.from_on, one.draft.until_on), width=190,
                   least=170),
            Column("left", _lazy("Still"),
                   lambda one: self._mark(DateKind.CONTRACT, one.draft.until_on),
                   CellKind.STATUS, width=120, least=100),
            Column("pages", _lazy("Number of pages"), lambda one: one.files, CellKind.COUNT,
                   width=60),
        )  # fmt: skip
