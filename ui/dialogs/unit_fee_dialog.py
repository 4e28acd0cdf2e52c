"""One exception of a house: its kind decides what is asked."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fee_items import UNIT_FEE_LABELS, FeeItem, UnitFeeKind
from propdesk.domain.fee_periods import first_day, month_number
from propdesk.domain.money import parse_price, parse_quantity
from propdesk.domain.unit_fees import ONE, UnitFeeDraft
from propdesk.i18n import _
from propdesk.services.queries.fee_items import list_items
from propdesk.services.queries.fee_rules import vacancy_words
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.units import Unit
from propdesk.services.unit_fees import StoredUnitFee, add_unit_fee
from ui.context import AppContext
from ui.dialogs.person_picker import PersonPicker
from ui.dialogs.small_form import SmallForm
from ui.forms.house_picker import HousePicker
from ui.forms.move_fields import day_field, read_day_of
from ui.theme import Ink
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.labels import Label

_WIDTH, _SHORT = 640, 110
_NOBODY = ""
# What each kind asks beside item, days and reason.
_ASKED = {
    UnitFeeKind.CHARGED: ("quantity", "price"),
    UnitFeeKind.REDUCED: ("percent", "price"),
    UnitFeeKind.VACANT: ("percent", "evidence", "place_says"),
    UnitFeeKind.EXEMPT: ("evidence",),
    UnitFeeKind.PAYER: ("payer",),
}
_ALL_ASKED = ("quantity", "price", "percent", "payer", "evidence", "place_says")


class UnitFeeDialog(SmallForm):
    """Of a house, or of an item whose house is asked; `stored` tells what is doubtful."""

    def __init__(
        self, context: AppContext, parent: QWidget, *, unit: Unit | None, item: FeeItem | None
    ) -> None:
        super().__init__(context, parent, _("Add an exception"), _("Save"), width=_WIDTH)
        self._unit = unit
        self._picker: HousePicker | None = None
        self._items = list_items(active_only=True)
        theme, today = context.theme, context.now().date()
        if unit is None:
            self._picker = HousePicker(theme, self)
            self._picker.unit_changed.connect(self._on_unit)
        self.item = PickField(
            theme, _("Fee item"), [Choice(str(one.id), one.name) for one in self._items]
        )
        if item is not None and item in self._items:
            self.item.choose(str(item.id))
        kinds = [Choice(one.value, str(word)) for one, word in UNIT_FEE_LABELS.items()]
        self.kind = PickField(theme, _("Kind"), kinds)
        self.kind.choose(UnitFeeKind.VACANT.value)
        self.kind.picked.connect(lambda _key: self._on_kind())
        self.from_on, self.until_on = (
            day_field(context, _("Holds from")), day_field(context, _("Holds until")),
        )  # fmt: skip
        self.from_on.show_words(str(first_day(month_number(today))))
        self.quantity = LineField(theme, _("How many"), width=_SHORT, longest=12)
        self.quantity.show_words("1")
        self.percent = LineField(theme, _("Pays, percent"), width=_SHORT, longest=4)
        self.price = LineField(theme, _("Own price"), width=_SHORT, longest=16)
        self.payer = PickField(theme, _("Who pays"))
        self._find = Button(theme, _("Find somebody"), icon="search")
        self._find.clicked.connect(self._on_find)
        self.reason = LineField(theme, _("Reason"))
        self.evidence = TextField(theme, _("What shows it"), lines=3)
        self._place_says = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self._place_says.show_text(vacancy_words(today))
        self._place_says.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._add_rows()
        self._on_unit()
        self._on_kind()
        (self._picker.line if self._picker is not None else self.item).setFocus()

    def _add_rows(self) -> None:
        theme, add = self.context.theme, self.rows.add_row
        if self._picker is not None:
            add("house", _("House"), self._picker.line, self._picker.community,
                note=self._picker.hint)  # fmt: skip
        add("item", _("Fee item"), self.item)
        add("kind", _("Kind"), self.kind)
        to = Label(theme, _("to"), ink=Ink.TEXT_3)
        hint = Label(theme, _("empty: it has no end"), ink=Ink.TEXT_3)
        add("until", _("Days in force"), self.from_on, to, self.until_on, note=hint)
        pieces = Label(theme, _("for example 2 parking spaces"), ink=Ink.TEXT_3)
        add("quantity", _("How many"), self.quantity, note=pieces)
        percent = Label(theme, _("% of the price are still paid"), ink=Ink.TEXT_3)
        add("percent", _("Pays"), self.percent, note=percent)
        price = Label(theme, _("yuan in place of the common price; empty: the same"),
                      ink=Ink.TEXT_3)  # fmt: skip
        add("price", _("Own price"), self.price, note=price)
        add("payer", _("Who pays"), self.payer, self._find)
        add("reason", _("Reason"), self.reason)
        add("evidence", _("What shows it"), self.evidence)
        add("place_says", "", self._place_says)

    def _on_kind(self) -> None:
        """Ask what this kind needs, and nothing else."""
        asked = _ASKED[UnitFeeKind(self.kind.value())]
        for key in _ALL_ASKED:
            self.rows.show_row(key, is_shown=key in asked)

    def _house(self) -> Unit | None:
        return self._unit if self._picker is None else self._picker.unit

    def _on_unit(self) -> None:
        """Offer the people of the house as payers."""
        unit = self._house()
        today = self.context.now().date()
        people = {} if unit is None else {
            str(one.person_id): self.context.shown_names(one.name)
            for one in list_residents(unit.id, today)
        }  # fmt: skip
        self.payer.set_choices([Choice(_NOBODY, _("nobody chosen")),
                                *(Choice(key, name) for key, name in people.items())])  # fmt: skip

    def _on_find(self) -> None:
        """Find a payer who does not live in the house."""
        person = PersonPicker(self.context, self, _("Who pays"), _("Take this person")).pick()
        if person is not None:
            present = [
                Choice(str(self.payer.itemData(place)), self.payer.itemText(place))
                for place in range(self.payer.count())
            ]
            chosen = Choice(str(person.id), self.context.shown_names(person.name))
            known = any(one.key == chosen.key for one in present)
            self.payer.set_choices(present if known else [*present, chosen])
            self.payer.choose(chosen.key)
        self.payer.setFocus()

    def act(self) -> StoredUnitFee:
        """Store the line. Raises DraftError with the field that is not right."""
        unit = self._house()
        if unit is None:
            raise DraftError((Problem("house", _("Say which house it is about.")),))
        if not self.item.value():
            text = _("There are no fee items yet; take over the proposed ones or add your own.")
            raise DraftError((Problem("item", text),))
        context = self.context
        try:
            return add_unit_fee(unit.id, self._draft(), by=context.staff.id, now=context.now())
        except DraftError:
            raise
        except RuleError as refusal:
            field = {"unit-fee-overlap": "until", "fee-item-kind": "item"}.get(refusal.code, "kind")
            raise DraftError((Problem(field, str(refusal)),)) from refusal

    def _draft(self) -> UnitFeeDraft:
        today = self.context.now().date()
        kind = UnitFeeKind(self.kind.value())
        asked = _ASKED[kind]
        from_on = read_day_of(self.from_on, "until", today)
        if from_on is None:
            raise DraftError((Problem("until", _("Say from which day.")),))
        percent = self.percent.words().removesuffix("%") if "percent" in asked else ""
        if percent and not (percent.isascii() and percent.isdecimal()):
            text = _("Write what is paid: 0 to 100 percent.")
            raise DraftError((Problem("percent", text),))
        price = self.price.words() if "price" in asked else ""
        try:
            price_e4 = parse_price(price) if price else None
        except RuleError as refusal:
            raise DraftError((Problem("price", str(refusal)),)) from refusal
        try:
            quantity = parse_quantity(self.quantity.words()) if "quantity" in asked else ONE
        except RuleError as refusal:
            raise DraftError((Problem("quantity", str(refusal)),)) from refusal
        return UnitFeeDraft(
            fee_item_id=int(self.item.value()),
            kind=kind,
            from_on=from_on,
            until_on=read_day_of(self.until_on, "until", today),
            quantity_milli=quantity,
            percent=int(percent) if percent else None,
            price_e4=price_e4,
            payer_id=int(self.payer.value()) if "payer" in asked and self.payer.value() else None,
            reason=self.reason.words(),
            evidence=self.evidence.words() if "evidence" in asked else "",
        )
