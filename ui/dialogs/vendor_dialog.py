"""A company that maintains equipment, and one contract with it."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.assets import AssetKind
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.vendors import Contract, ContractDraft, Vendor, VendorDraft
from propdesk.i18n import _
from propdesk.services.vendors import add_contract, add_vendor, change_contract, change_vendor
from ui.context import AppContext
from ui.dialogs.asset_words import kind_choices
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.theme import Ink
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.labels import Label

_WIDTH = 640


class VendorDialog(SmallForm):
    """Enter a company or correct it; `stored` is what was written."""

    def __init__(self, context: AppContext, parent: QWidget, vendor: Vendor | None = None) -> None:
        title = _("New company") if vendor is None else _("Correct: {name}").format(
            name=vendor.draft.name
        )  # fmt: skip
        super().__init__(context, parent, title, _("Save"), width=_WIDTH)
        self._vendor = vendor
        theme, draft = context.theme, vendor.draft if vendor else VendorDraft("")
        add = self.rows.add_row
        self.lines: dict[str, LineField] = {}
        for key, label, hint in (
            ("name", _("Name of the company"), _("as on its licence")),
            ("work", _("What it does"), _("such as lift maintenance")),
            ("licence_number", _("Licence no."), ""),
        ):
            self.lines[key] = LineField(theme, label, placeholder=hint)
            if key != "licence_number":
                add(key, label, self.lines[key])
        self.until = day_field(context, _("Valid until"))
        add("licence_number", _("Licence no."), self.lines["licence_number"],
            Label(theme, _("valid until"), ink=Ink.TEXT_3), self.until)  # fmt: skip
        for key, label in (("contact", _("Contact")), ("phone", _("Phone"))):
            self.lines[key] = LineField(theme, label)
            add(key, label, self.lines[key])
        self.lines["emergency_phone"] = LineField(
            theme, _("Emergency phone"), placeholder=_("answers day and night")
        )
        add("emergency_phone", _("Emergency phone"), self.lines["emergency_phone"])
        self.note = TextField(theme, _("Note"), lines=2)
        add("note", _("Note"), self.note)
        for key, field in self.lines.items():
            field.show_words(getattr(draft, key))
        self.until.show_words(str(draft.licence_until or ""))
        self.note.show_words(draft.note)
        self.lines["name"].setFocus()

    def act(self) -> Vendor:
        """Store it."""
        today, by = self.context.now().date(), self.context.staff.id
        said = {key: field.words() for key, field in self.lines.items()}
        until = read_day_of(self.until, "licence_number", today)
        draft = VendorDraft(**said, licence_until=until, note=self.note.words())
        try:
            if self._vendor is None:
                return add_vendor(draft, by=by)
            return change_vendor(self._vendor.id, draft, version=self._vendor.version, by=by)
        except DraftError:
            raise
        except RuleError as refusal:
            raise DraftError((Problem("", str(refusal)),)) from refusal


class ContractDialog(SmallForm):
    """Enter a contract with a company or correct it; `stored` is what was written."""

    def __init__(
        self, context: AppContext, parent: QWidget, vendor: Vendor, contract: Contract | None = None
    ) -> None:
        title = _("Contract with {name}").format(name=vendor.draft.name)
        super().__init__(context, parent, title, _("Save"), width=_WIDTH)
        self._vendor, self._contract = vendor, contract
        theme, add = context.theme, self.rows.add_row
        self.subject = LineField(
            theme,
            _("Subject of the contract"),
            placeholder=_("such as full maintenance of 12 lifts"),
        )
        self.kind = PickField(theme, _("Kind of thing"), kind_choices())
        self.number = LineField(theme, _("Contract no."))
        self.from_on = day_field(context, _("First day"))
        self.until_on = day_field(context, _("Last day"))
        self.note = TextField(theme, _("Note"), lines=2)
        add("subject", _("Subject of the contract"), self.subject)
        add("kind", _("Kind"), self.kind)
        add("number", _("Contract no."), self.number)
        add("until_on", _("Days in force"), self.from_on, Label(theme, _("to"), ink=Ink.TEXT_3),
            self.until_on)  # fmt: skip
        add("note", _("Note"), self.note)
        if contract is not None:
            draft = contract.draft
            self.subject.show_words(draft.subject)
            self.kind.choose(draft.kind.value)
            self.number.show_words(draft.number)
            self.from_on.show_words(str(draft.from_on))
            self.until_on.show_words(str(draft.until_on))
            self.note.show_words(draft.note)
        self.subject.setFocus()

    def act(self) -> Contract:
        """Store it."""
        today, by, now = self.context.now().date(), self.context.staff.id, self.context.now()
        from_on = read_day_of(self.from_on, "until_on", today)
        until_on = read_day_of(self.until_on, "until_on", today)
        if from_on is None or until_on is None:
            raise DraftError((Problem("until_on", _("Write the first and the last day.")),))
        draft = ContractDraft(
            kind=AssetKind(self.kind.value()),
            subject=self.subject.words(),
            from_on=from_on,
            until_on=until_on,
            number=self.number.words(),
            note=self.note.words(),
        )
        try:
            if self._contract is None:
                return add_contract(self._vendor.id, draft, by=by, now=now)
            version = self._contract.version
            return change_contract(self._contract.id, draft, version=version, by=by)
        except DraftError:
            raise
        except RuleError as refusal:
            raise DraftError((Problem("", str(refusal)),)) from refusal
