"""One contract or approval that prices rest on, with the words of its clauses (law.md 1.1)."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fee_bases import BasisDraft, FeeBasis
from propdesk.domain.fee_items import BASIS_LABELS, BasisKind
from propdesk.i18n import _
from propdesk.services.fee_bases import add_basis, change_basis
from propdesk.services.queries.units import list_communities
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.labels import Label

_WIDTH = 700


class FeeBasisDialog(SmallForm):
    """Add one or correct it; `stored` is what was written. Letters quote the clauses as typed."""

    def __init__(self, context: AppContext, parent: QWidget, basis: FeeBasis | None) -> None:
        title = _("Enter a contract or approval") if basis is None else _("Correct: {name}").format(
            name=basis.label
        )  # fmt: skip
        super().__init__(context, parent, title, _("Save"), width=_WIDTH)
        self._basis = basis
        self._make_fields()
        self._add_rows()
        if basis is not None:
            self._fill(basis)
        self.name.setFocus()

    def _make_fields(self) -> None:
        theme = self.context.theme
        kinds = [Choice(one.value, str(word)) for one, word in BASIS_LABELS.items()]
        self.kind = PickField(theme, _("Kind"), kinds)
        self.kind.choose(BasisKind.CONTRACT.value)
        self.name = LineField(theme, _("Name of the paper"), longest=100)
        self.number = LineField(theme, _("Number"), placeholder=_("its number, if any"), longest=60)
        communities = [Choice(name, name) for name in list_communities()]
        self.community = PickField(
            theme, _("Community"), [Choice("", _("all communities")), *communities]
        )
        self.signed_on = day_field(self.context, _("Signed on"))
        self.from_on = day_field(self.context, _("Holds from"))
        self.until_on = day_field(self.context, _("Holds until"))
        self.fee = TextField(theme, _("Clause on the fee"), lines=2)
        self.due = TextField(theme, _("Clause on the day of payment"), lines=2)
        self.late = TextField(theme, _("Clause on late payment"), lines=2)
        self.address = TextField(theme, _("Clause on the address for letters"), lines=2)
        self.note = LineField(theme, _("Note"))

    def _add_rows(self) -> None:
        theme, add = self.context.theme, self.rows.add_row
        add("name", _("Name of the paper"), self.name)
        add("number", _("Number"), self.number, self.kind)
        add("community", _("For"), self.community)
        add("signed_on", _("Signed on"), self.signed_on)
        to = Label(theme, _("to"), ink=Ink.TEXT_3)
        hint = Label(theme, _("empty: no fixed term"), ink=Ink.TEXT_3)
        add("until", _("Days in force"), self.from_on, to, self.until_on, note=hint)
        add("fee_clause", _("On the fee"), self.fee)
        add("due_clause", _("On the due day"), self.due)
        add("late_clause", _("On lateness"), self.late)
        add("address_clause", _("On letters"), self.address)
        add("note", _("Note"), self.note)

    def _fill(self, basis: FeeBasis) -> None:
        self.kind.choose(basis.kind.value)
        self.name.show_words(basis.name)
        self.number.show_words(basis.number)
        self.community.choose(basis.community)
        for field, day in (
            (self.signed_on, basis.signed_on),
            (self.from_on, basis.from_on),
            (self.until_on, basis.until_on),
        ):
            field.show_words(str(day or ""))
        self.fee.show_words(basis.fee_clause)
        self.due.show_words(basis.due_clause)
        self.late.show_words(basis.late_clause)
        self.address.show_words(basis.address_clause)
        self.note.show_words(basis.note)

    def act(self) -> FeeBasis:
        """Store it."""
        today, by, basis = self.context.now().date(), self.context.staff.id, self._basis
        draft = BasisDraft(
            kind=BasisKind(self.kind.value()),
            name=self.name.words(),
            number=self.number.words(),
            community=self.community.value(),
            signed_on=read_day_of(self.signed_on, "signed_on", today),
            from_on=read_day_of(self.from_on, "until", today),
            until_on=read_day_of(self.until_on, "until", today),
            fee_clause=self.fee.words(),
            due_clause=self.due.words(),
            late_clause=self.late.words(),
            address_clause=self.address.words(),
            note=self.note.words(),
        )
        try:
            if basis is None:
                return add_basis(draft, by=by)
            return change_basis(basis.id, draft, version=basis.version, by=by)
        except DraftError:
            raise
        except RuleError as refusal:
            raise DraftError((Problem("", str(refusal)),)) from refusal
