"""The shares of a house's owners, all at once, with what is missing said below them."""

from fractions import Fraction

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.persons import ResidentRole
from propdesk.domain.shares import read_share, share_words, shares_hint
from propdesk.domain.texts import elide
from propdesk.i18n import _
from propdesk.services.persons import share_house
from propdesk.services.queries.residents import Resident, list_residents
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.widgets.buttons import Kind
from ui.widgets.fields import LineField
from ui.widgets.forms import FormRows

_SHARE_WIDTH = 130
_LONGEST = 16  # of a name beside its field; the field itself says the whole


def owners_of(unit: Unit, context: AppContext) -> tuple[Resident, ...]:
    """Return who owns the house now."""
    people = list_residents(unit.id, context.now().date())
    return tuple(one for one in people if one.present and one.role is ResidentRole.OWNER)


class SharesDialog(Dialog):
    """A field for each owner: 1/2, 50 %; empty where they own together without shares."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Owners' shares of {house}").format(house=unit.short)
        super().__init__(context.theme, parent, title)
        self._context, self._unit = context, unit
        self.add_sentence(_("Owners who own together without shares have none."), is_quiet=True)
        self.rows = FormRows(context.theme)
        self._fields: dict[int, LineField] = {}
        for owner in owners_of(unit, context):
            name = context.shown_names(owner.name)
            field = LineField(
                context.theme, name, placeholder="1/2, 33.3%", width=_SHARE_WIDTH, longest=20
            )
            field.show_words(share_words(owner.share))
            field.textChanged.connect(lambda _words="": self._on_changed())
            self._fields[owner.residency_id] = field
            self.rows.add_row(f"share-{owner.residency_id}", elide(name, _LONGEST), field)
        self.body.addWidget(self.rows)
        self._hint = self.add_sentence("", is_quiet=True)
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("save", _("Save shares"), kind=Kind.PRIMARY).set_shortcut("Ctrl+S")
        self._on_changed()
        first = next(iter(self._fields.values()), None)
        if first is not None:
            first.setFocus()

    def _typed(self) -> dict[int, Fraction | None]:
        shares, problems = {}, []
        for id_, field in self._fields.items():
            try:
                shares[id_] = read_share(field.words())
            except ValueError as error:
                problems.append(Problem(f"share-{id_}", str(error)))
        if problems:
            raise DraftError(tuple(problems))
        return shares

    def _on_changed(self) -> None:
        """Say what the shares make, as far as they can be read."""
        try:
            shares = list(self._typed().values())
        except DraftError:
            self._hint.show_text("")
            return
        above = sum((share for share in shares if share), Fraction(0)) > 1
        too_much = _("Together they are more than the whole house.")
        self._hint.show_text(too_much if above else shares_hint(shares))

    def choose(self, key: str) -> None:
        """Store before the dialog closes; what is not right yet is said under its field."""
        if key == "save" and not self._is_stored():
            return
        super().choose(key)

    def _is_stored(self) -> bool:
        context = self._context
        try:
            share_house(self._unit.id, self._typed(), by=context.staff.id, now=context.now())
        except DraftError as refusal:
            last = f"share-{list(self._fields)[-1]}"
            self.rows.show_problems(
                Problem(last if one.field == "share" else one.field, one.text)
                for one in refusal.problems
            )
            return False
        except RuleError as refusal:
            self.rows.show_problems((Problem("", str(refusal)),))
            return False
        return True
