"""Write a notice to rectify (整改通知单), about findings or free: to whom, what, until when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.findings import Rectification, RectificationDraft
from propdesk.domain.moments import parse_day
from propdesk.i18n import _
from propdesk.services.queries.rectification_proposals import propose_rectification
from propdesk.services.queries.units import find_unit, get_unit
from propdesk.services.queries.vendors import list_vendors
from propdesk.services.rectifications import write_rectification
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, TextField

_WIDTH, _DAY = 640, 130
_LINES = 4


def write_notice(
    context: AppContext, parent: QWidget, finding_ids: Sequence[int]
) -> Rectification | None:
    """Have a notice written and show its paper; None where it was given up or refused."""
    try:
        dialog = RectificationDialog(context, parent, finding_ids)
    except RuleError as refusal:
        context.messages.tell(parent, _("This was not done"), str(refusal))
        return None
    dialog.ask()
    made: Rectification | None = dialog.stored
    return made


class RectificationDialog(SmallForm):
    """What the findings say is proposed; the clerk reads it over. `stored` is the notice."""

    def __init__(
        self, context: AppContext, parent: QWidget, finding_ids: Sequence[int] = ()
    ) -> None:
        draft = propose_rectification(finding_ids, context.now().date())
        super().__init__(
            context, parent, _("Notice to rectify"), _("Write the notice"), width=_WIDTH
        )
        self._finding_ids = tuple(finding_ids)
        self._draft = draft
        self._make_fields(context, draft)
        (self.demand if draft.addressee else self.addressee).setFocus()

    def _make_fields(self, context: AppContext, draft: RectificationDraft) -> None:
        theme, add = context.theme, self.rows.add_row
        self.addressee = LineField(theme, _("Who is to rectify"), longest=100)
        self.addressee.show_words(draft.addressee)
        vendors = [Choice(str(one.id), one.draft.name) for one in list_vendors()]
        self.vendor = PickField(
            theme, _("Company"), [Choice("", _("no company of the list")), *vendors]
        )
        self.vendor.choose(str(draft.vendor_id or ""))
        self.vendor.picked.connect(self._on_vendor)
        self.house = LineField(theme, _("House"), width=_DAY, longest=40)
        self.house.show_words(get_unit(draft.unit_id).short if draft.unit_id else "")
        self.place = LineField(theme, _("Place"), longest=100)
        self.place.show_words(draft.place)
        self.problem = TextField(theme, _("Problem"), lines=_LINES, longest=2000)
        self.problem.show_words(draft.problem)
        self.basis = LineField(theme, _("Basis of the demand"), longest=200)
        self.basis.show_words(draft.basis)
        self.demand = TextField(theme, _("What is demanded"), lines=2, longest=2000)
        self.demand.show_words(draft.demand)
        self.until = LineField(theme, _("Put right by"), width=_DAY, longest=20)
        self.until.show_words(str(draft.deadline_on))
        add("addressee", _("Who is to rectify"), self.addressee, self.vendor)
        add("unit_id", _("House"), self.house)
        add("place", _("Place"), self.place)
        add("problem", _("Problem"), self.problem)
        add("basis", _("Basis of the demand"), self.basis)
        add("demand", _("What is demanded"), self.demand)
        add("deadline_on", _("Put right by"), self.until)

    def _on_vendor(self, key: str) -> None:
        """Make the company the addressee."""
        if key:
            self.addressee.show_words(self.vendor.currentText())

    def _deadline(self) -> date:
        try:
            return parse_day(self.until.words(), self.context.now().date())
        except RuleError as refusal:
            raise DraftError((Problem("deadline_on", str(refusal)),)) from refusal

    def _unit_id(self) -> int | None:
        if not self.house.words():
            return None
        try:
            return find_unit(self.house.words()).id
        except RuleError as refusal:
            raise DraftError((Problem("unit_id", str(refusal)),)) from refusal

    def act(self) -> Rectification:
        """Write it."""
        context = self.context
        vendor = self.vendor.value()
        draft = replace(
            self._draft,
            addressee=self.addressee.words(),
            vendor_id=int(vendor) if vendor else None,
            unit_id=self._unit_id(),
            place=self.place.words(),
            problem=self.problem.words(),
            basis=self.basis.words(),
            demand=self.demand.words(),
            deadline_on=self._deadline(),
        )
        return write_rectification(draft, self._finding_ids, by=context.staff.id, now=context.now())
