"""The price list of paid work (明码标价): looked at, changed, taken from a workbook, printed."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.money import money_words, parse_money
from propdesk.domain.prices import CHARGE_LABELS, ChargeKind, PriceDraft, PriceItem
from propdesk.i18n import _, _lazy
from propdesk.services.parts.printed import Printed
from propdesk.services.prices import add_price, change_price, import_prices
from propdesk.services.queries.prices import list_prices
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice, Segments
from ui.widgets.fields import CheckField, LineField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_ROWS = 12
_NARROW = 120


def _columns() -> tuple[Column, ...]:
    return (
        Column("code", _lazy("Number"), lambda one: one.code, width=70),
        Column("name", _lazy("Item"), lambda one: one.label, width=230, stretches=True),
        Column("kind", _lazy("Kind"), lambda one: str(CHARGE_LABELS[one.kind]), width=70),
        Column("unit", _lazy("Measure"), lambda one: one.unit, width=60),
        Column("price", _lazy("Unit price"), lambda one: one.price_fen, CellKind.MONEY, width=90),
        Column("state", _lazy("State"), _state, CellKind.STATUS, width=90),
    )


def _state(item: PriceItem) -> Mark:
    return Mark(_("In force"), Tone.OK) if item.active else Mark(_("Off the list"), Tone.NEUTRAL)


class PricesDialog(Dialog):
    """The list in a table: Enter changes a price, Ctrl+N adds one."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Price list"), width=700)
        self._context = context
        theme = context.theme
        self._hint = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self.body.addWidget(self._hint)
        self.table = RecordTable(
            theme, _("Price list"), _columns(), lambda one: one.id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(lambda _row: self._on_change())
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for button, act in (
            (Button(theme, _("Add a price"), icon="plus", shortcut="Ctrl+N"), self._on_add),
            (Button(theme, _("Edit"), icon="pencil", hint="Enter"), self._on_change),
            (Button(theme, _("From a workbook"), icon="file-spreadsheet"), self._on_import),
            (Button(theme, _("Print"), icon="printer", shortcut="Ctrl+P"), self._on_print),
        ):
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_verb("close", _("Close"))
        self._refill()
        self.table.setFocus()

    def _refill(self) -> None:
        items = list_prices(also_retired=True)
        self.table.show_rows(items)
        words = _("The customer agrees to these prices before the work; print them for the wall.")
        none = _("Add what you charge for, or take it from a workbook: name, measure, price.")
        self._hint.show_text(words if items else none)

    def _on_add(self) -> None:
        self._edit(None)

    def _on_change(self) -> None:
        row = self.table.current_row()
        if isinstance(row, PriceItem):
            self._edit(row)

    def _edit(self, item: PriceItem | None) -> None:
        dialog = PriceDialog(self._context, self, item)
        dialog.ask()
        if dialog.stored is not None:
            self._refill()
            self.table.select_key(dialog.stored.id)

    def _on_import(self) -> None:
        context = self._context
        file = context.messages.pick_file(self, _("Price list"), "*.xlsx *.xls *.csv")
        if file is None:
            return
        try:
            taken = import_prices(file, by=context.staff.id, now=context.now())
        except RuleError as refusal:
            context.messages.tell(self, _("This was not done"), str(refusal))
            return
        self._refill()
        self._hint.show_text(
            _("{added} added, {changed} changed, {unchanged} as before").format(
                added=taken.added, changed=taken.changed, unchanged=taken.unchanged
            )
        )

    def _on_print(self) -> None:
        from propdesk.services.printing_prices import print_price_list
        from ui.printing import show_paper

        by, now = self._context.staff, self._context.now()

        def draw(target: Path) -> Printed:
            return print_price_list(target, by=by, now=now)

        show_paper(self._context, self, _("Price list"), draw)


class PriceDialog(Dialog):
    """One price; `stored` is what was written, None when the clerk left."""

    def __init__(self, context: AppContext, parent: QWidget, item: PriceItem | None) -> None:
        title = _("Add a price") if item is None else _("Edit a price")
        super().__init__(context.theme, parent, title)
        self._context = context
        self._item = item
        self.stored: PriceItem | None = None
        theme = context.theme
        kinds = [Choice(kind.value, str(CHARGE_LABELS[kind])) for kind in ChargeKind]
        self._name = LineField(theme, _("Item"))
        self._kind = Segments(theme, _("Kind"), kinds)
        self._spec = LineField(theme, _("Specification"))
        self._unit = LineField(
            theme, _("Measure"), placeholder=_("piece, hour, visit"), width=_NARROW
        )
        self._price = LineField(theme, _("Unit price"), placeholder=_("yuan"), width=_NARROW)
        self._code = LineField(theme, _("Number"), placeholder=_("next free number"), width=_NARROW)
        self._note = LineField(theme, _("Note"))
        self._active = CheckField(theme, _("In the list"))
        self.rows = FormRows(theme)
        self.rows.add_row("name", _("Item"), self._name)
        self.rows.add_row("kind", _("Kind"), self._kind)
        self.rows.add_row("spec", _("Specification"), self._spec)
        self.rows.add_row("unit", _("Measure"), self._unit)
        self.rows.add_row("price", _("Unit price"), self._price)
        self.rows.add_row("code", _("Number"), self._code)
        self.rows.add_row("note", _("Note"), self._note)
        if item is not None:
            self.rows.add_row("active", "", self._active)
        self.body.addWidget(self.rows)
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("save", _("Save"), kind=Kind.PRIMARY, is_default=True).set_shortcut("Ctrl+S")
        self._fill(item)
        self._name.setFocus()

    def _fill(self, item: PriceItem | None) -> None:
        self._active.setChecked(item is None or item.active)
        self._kind.choose(ChargeKind.LABOUR if item is None else item.kind)
        if item is None:
            return
        self._name.show_words(item.name)
        self._spec.show_words(item.spec)
        self._unit.show_words(item.unit)
        self._price.show_words(money_words(item.price_fen))
        self._code.show_words(item.code)
        self._note.show_words(item.note)

    def choose(self, key: str) -> None:
        """Write before the dialog closes; a refusal stays under its field."""
        if key == "save" and not self._is_written():
            return
        super().choose(key)

    def _draft(self) -> PriceDraft:
        try:
            price = parse_money(self._price.words()) if self._price.words() else None
        except RuleError as refusal:
            raise DraftError((Problem("price", str(refusal)),)) from refusal
        return PriceDraft(
            kind=ChargeKind(self._kind.chosen()),
            name=self._name.words(),
            price_fen=price,
            code=self._code.words(),
            spec=self._spec.words(),
            unit=self._unit.words(),
            note=self._note.words(),
        )

    def _is_written(self) -> bool:
        by, now, item = self._context.staff.id, self._context.now(), self._item
        try:
            if item is None:
                self.stored = add_price(self._draft(), by=by, now=now)
            else:
                self.stored = change_price(
                    item.id,
                    self._draft(),
                    version=item.version,
                    active=self._active.isChecked(),
                    by=by,
                    now=now,
                )
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
            return False
        except RuleError as refusal:
            field = "code" if refusal.code == "price-exists" else ""
            self.rows.show_problems((Problem(field, str(refusal)),))
            return False
        return True
