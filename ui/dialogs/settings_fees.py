"""The part of the settings about fees: who claims, where it is paid, how receipts are printed."""

from dataclasses import replace

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fee_settings import FeeSettings, ReceiptPaper
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.fee_settings import get_fee_settings, save_fee_settings
from propdesk.services.queries.fee_rules import office_place
from ui.context import AppContext
from ui.dialogs.settings_fees_rules import FeeRulesDialog
from ui.theme import Ink
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_PAPER_WORDS: dict[ReceiptPaper, LazyText] = {
    ReceiptPaper.A5: _lazy("A5"),
    ReceiptPaper.HALF: _lazy("241 mm, two parts"),
    ReceiptPaper.THIRD: _lazy("241 mm, three parts"),
    ReceiptPaper.SLIP: _lazy("80 mm slip"),
}
# Which row a refusal belongs to.
_FIELDS = {
    "credit-code": "credit_code",
    "account-number": "account",
    "setting-letters": "receipt_letters",
    "setting-copies": "receipt_copies",
    "letter-pattern": "letter_pattern",
}
_TEXTS = (
    "payee", "credit_code", "bank_payee", "bank", "account", "pay_place", "pay_hours", "contact",
    "contact_phone", "objections", "signer", "receipt_letters", "receipt_copies", "receipt_note",
    "letter_pattern",
)  # fmt: skip


class FeesPart(FormRows):
    """What stands on bills, letters and receipts; the rules of the place are behind a button."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self._shown = get_fee_settings()
        self._fields: dict[str, LineField] = {}
        theme = context.theme
        line = self._line
        paper = [Choice(one.value, str(word)) for one, word in _PAPER_WORDS.items()]
        self._paper = PickField(theme, _("Receipt paper"), paper)
        self._paper.choose(self._shown.receipt_paper.value)
        self._at_once = CheckField(theme, _("Print it at once, without showing it"))
        self._at_once.setChecked(self._shown.receipt_at_once)
        code = line("credit_code", _("Credit code"), width=180, longest=18)
        self.add_row("payee", _("Legal name"), line("payee", _("Legal name")))
        self.add_row("credit_code", _("Credit code"), code)
        bank = line("bank", _("Bank"), hint=_("bank and branch"))
        self.add_row(
            "bank_payee",
            _("Payee of the account"),
            line("bank_payee", _("Payee of the account")),
            bank,
        )
        self.add_row("account", _("Account"), line("account", _("Account"), longest=40))
        hours = line("pay_hours", _("Opening hours"), hint=_("opening hours"))
        self.add_row("pay_place", _("Paid where"), line("pay_place", _("Paid where")), hours)
        phone = line("contact_phone", _("Phone"), hint=_("phone"))
        self.add_row("contact", _("Contact"), line("contact", _("Contact")), phone)
        objections = line("objections", _("Objections to"))
        self.add_row("objections", _("Objections to"), objections)
        pattern = line("letter_pattern", _("Fee letter numbers"), longest=60)
        signer = line("signer", _("Signer"), hint=_("who signs letters"))
        signed = Label(theme, _("Signer"), ink=Ink.TEXT_3)
        self.add_row("letter_pattern", _("Letter number"), pattern, signed, signer)
        letters = line("receipt_letters", _("Receipt letters"), width=64, longest=4)
        self.add_row("receipt_letters", _("Receipts"), letters, self._paper)
        self.add_row("receipt_copies", _("Copies"), line("receipt_copies", _("Receipt copies")))
        self.add_row(
            "receipt_note", _("Note on receipts"), line("receipt_note", _("Note on receipts"))
        )
        self.add_row("receipt_at_once", "", self._at_once)
        self._place = Label(theme, ink=Ink.TEXT_3)
        rules = Button(theme, _("Rules of the place"), icon="scale")
        rules.clicked.connect(self._on_rules)
        self.add_row("rules", _("Rules"), rules, note=self._place)
        self._show_place()

    def _line(
        self, key: str, name: str, *, hint: str = "", width: int = 0, longest: int = 200
    ) -> LineField:
        field = LineField(self._context.theme, name, placeholder=hint, width=width, longest=longest)
        field.show_words(str(getattr(self._shown, key)))
        self._fields[key] = field
        return field

    def _show_place(self) -> None:
        place = office_place()
        words = _("of {place}").format(place=place.name) if place else _("of the whole country")
        self._place.show_text(words)

    def _on_rules(self) -> None:
        FeeRulesDialog(self._context, self).ask()
        self._show_place()

    def is_saved(self) -> bool:
        """Store what was changed here; tell whether nothing stands against it."""
        self.show_problems(())
        # The place is chosen with its rules, and stored there at once.
        before = get_fee_settings()
        typed = self._taken(before)
        if typed == before:
            return True
        try:
            save_fee_settings(typed, by=self._context.staff.id)
        except RuleError as refusal:
            self.show_problems((Problem(_FIELDS.get(refusal.code, ""), str(refusal)),))
            return False
        self._context.changes.fees_changed.emit()
        return True

    def _taken(self, settings: FeeSettings) -> FeeSettings:
        texts = {key: self._fields[key].words() for key in _TEXTS}
        taken: FeeSettings = replace(
            settings,
            **texts,
            receipt_paper=ReceiptPaper(self._paper.value()),
            receipt_at_once=self._at_once.isChecked(),
        )
        return taken
