"""A plan of rounds: its route at the left, when and by whom at the right (R99, law.md 1.9)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.check_items import INSPECTION_LABELS, InspectionKind
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fields import Problems
from propdesk.domain.inspection_plans import Plan, PlanDraft, check_plan, next_days
from propdesk.domain.recurrence import check_recurrence
from propdesk.domain.rounds import (
    ANCHOR_LABELS,
    PLAN_SCOPE_LABELS,
    SHIFT_LABELS,
    Anchor,
    PlanScope,
    Shift,
)
from propdesk.domain.texts import fold
from propdesk.i18n import _
from propdesk.services.inspection_plans import add_plan, change_plan
from propdesk.services.queries.assets import get_point
from propdesk.services.queries.check_templates import get_template, list_templates
from propdesk.services.queries.rounds import open_days
from propdesk.services.queries.staff import list_departments, list_staff
from propdesk.services.queries.vendors import list_vendors
from ui.context import AppContext
from ui.dialogs.inspection_plan_cycle import CycleFields
from ui.dialogs.inspection_plan_route import RouteList
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.theme import Ink, Size, Space
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_WIDTH, _LEFT, _SHORT, _ROWS = 1140, 500, 64, 9
_NOBODY = ""
_SHOWN_DAYS = 10
_BETWEEN = re.compile(r"[^0-9:]+")
_LEFT_ROWS = frozenset({"name", "code", "kind", "scope", "template", "stops"})
# Which row says what is wrong with a field that has none of its own.
_OF_ROW = {
    "code": "name",
    "starts_on": "days",
    "ends_on": "days",
    "one_sheet": "times",
    "before_days": "tolerance_minutes",
    "asset": "stops",
}


class InspectionPlanDialog(SmallForm):
    """Write a plan or change one; `stored` is the plan."""

    def __init__(self, context: AppContext, parent: QWidget, plan: Plan | None = None) -> None:
        title = _("Add a plan") if plan is None else _("Change a plan")
        super().__init__(context, parent, title, _("Save"), width=_WIDTH)
        self._plan = plan
        self._today = context.now().date()
        self._right = FormRows(context.theme)
        self._lay_out()
        self._make_left()
        self._make_right()
        kind = InspectionKind.EQUIPMENT
        self._draft = PlanDraft("", kind, "FREQ=DAILY", self._today) if plan is None else plan.draft
        self._show(self._draft)
        self.name.setFocus()

    # -- building

    def _lay_out(self) -> None:
        """Stand the two halves side by side; the small form has one."""
        self.body.removeWidget(self.rows)
        halves = QHBoxLayout()
        halves.setSpacing(Space.XL)
        for half, stretch in ((self.rows, 0), (self._right, 1)):
            column = QVBoxLayout()
            column.addWidget(half)
            column.addStretch(1)
            halves.addLayout(column, stretch)
        self.rows.setFixedWidth(self.theme.px(_LEFT))
        self.body.addLayout(halves)

    def _make_left(self) -> None:
        theme, add = self.theme, self.rows.add_row
        self.name = LineField(theme, _("Plan"), longest=60)
        self.code = LineField(theme, _("Number"), placeholder=_("plan no."), width=90, longest=20)
        self.kind = PickField(
            theme, _("Kind"), [Choice(one.value, str(w)) for one, w in INSPECTION_LABELS.items()]
        )
        self.scope = PickField(
            theme, _("Where"), [Choice(one.value, str(w)) for one, w in PLAN_SCOPE_LABELS.items()]
        )
        self.scope.picked.connect(lambda _key: self._on_scope())
        templates = list_templates()
        self.template = PickField(
            theme,
            _("Template"),
            [Choice(str(one.id), f"{one.code} {one.name}") for one in templates],
        )
        self.route = RouteList(self.context, templates, rows=_ROWS)
        self.route.left.connect(self.reject)
        add("name", _("Plan"), self.name, self.code)
        add("kind", _("Kind"), self.kind)
        add("scope", _("Where"), self.scope)
        add("template", _("Template"), self.template)
        add("stops", _("Route"), self.route, is_tall=True)

    def _make_right(self) -> None:
        theme, add = self.theme, self._right.add_row
        self.cycle = CycleFields(theme, self._right, self._on_cycle)
        self.cycle.words.setMinimumHeight(2 * theme.line())
        add("next", "", self.cycle.words)
        self.starts = day_field(self.context, _("Starts on"))
        self.ends = day_field(self.context, _("Last day"))
        self.ends.setPlaceholderText(_("no end"))
        self.starts.textEdited.connect(lambda _words: self._on_cycle())
        add(
            "days", _("Starts on"), self.starts, Label(theme, _("until"), ink=Ink.TEXT_3), self.ends
        )
        self.times = LineField(theme, _("Times of day"), placeholder=_("any time of the day"))
        self.one_sheet = CheckField(theme, _("on one sheet"))
        add("times", _("Times of day"), self.times, self.one_sheet)
        self.shift = PickField(
            theme, _("Shift"), [Choice(one.value, str(w)) for one, w in SHIFT_LABELS.items()]
        )
        add("shift", _("Shift"), self.shift)
        self.tolerance = LineField(theme, _("Tolerance"), width=_SHORT, longest=6)
        self.early = LineField(theme, _("Days early"), width=_SHORT, longest=3)
        add(
            "tolerance_minutes", _("Tolerance"), self.tolerance,
            Label(theme, _("minutes after its time"), ink=Ink.TEXT_3), self.early,
            Label(theme, _("days early"), ink=Ink.TEXT_3),
        )  # fmt: skip
        self.anchor = PickField(
            theme, _("Counted"), [Choice(one.value, str(w)) for one, w in ANCHOR_LABELS.items()]
        )
        self.anchor.picked.connect(lambda _key: self._on_anchor())
        self.latest = LineField(theme, _("Latest by law"), width=_SHORT, longest=4)
        self._latest_word = Label(theme, _("days at the latest (law)"), ink=Ink.TEXT_3)
        add("latest_days", _("Counted"), self.anchor, self.latest, self._latest_word)
        staff = [(one.id, one.name) for one in list_staff()]
        self.walker = self._picked(_("Who walks"), _("nobody in particular"), staff)
        departments = [(one.id, one.name) for one in list_departments()]
        self.department = self._picked(_("Department"), _("no department"), departments)
        vendors = [(one.id, one.draft.name) for one in list_vendors()]
        self.vendor = self._picked(_("Company in charge"), _("no company"), vendors)
        add("walker", _("Who walks"), self.walker, self.department)
        add("vendor", _("Company in charge"), self.vendor)
        self.source = LineField(theme, _("Source"), longest=200)
        self.verified = CheckField(theme, _("verified"))
        add("source", _("Source"), self.source, self.verified)
        self.note = LineField(theme, _("Note"), longest=400)
        add("note", _("Note"), self.note)
        words = (
            _("It holds from tomorrow on; rounds up to today stay as they were asked for.")
            if self._plan
            else _("Rounds are asked for from today on.")
        )
        words += " " + _("Ctrl+N adds points to the route, Alt with the arrows moves them.")
        self.body.addWidget(Label(theme, words, ink=Ink.TEXT_3, size=Size.SMALL, wrap=True))

    def _picked(self, name: str, none: str, found: Sequence[tuple[int, str]]) -> PickField:
        choices = [Choice(str(one), word) for one, word in found]
        return PickField(self.theme, name, [Choice(_NOBODY, none), *choices])

    # -- filling

    def _show(self, draft: PlanDraft) -> None:
        self.name.show_words(draft.name)
        self.code.show_words(draft.code)
        self.kind.choose(draft.kind.value)
        self.scope.choose(draft.scope.value)
        if draft.template_id is not None and self.template.findData(str(draft.template_id)) >= 0:
            self.template.choose(str(draft.template_id))
        self.route.show_stops(
            [(get_point(one.point_id), get_template(one.template_id)) for one in draft.stops]
        )
        self.cycle.show_rule(draft.rule)
        self.starts.show_words(f"{draft.starts_on}")
        self.ends.show_words(f"{draft.ends_on}" if draft.ends_on else "")
        self.times.show_words(", ".join(draft.times))
        self.one_sheet.setChecked(draft.one_sheet)
        self.shift.choose(draft.shift.value)
        self.tolerance.show_words(str(draft.tolerance_minutes))
        self.early.show_words(str(draft.before_days))
        self.anchor.choose(draft.anchor.value)
        self.latest.show_words("" if draft.latest_days is None else str(draft.latest_days))
        for field, chosen in (
            (self.walker, draft.walker_id),
            (self.department, draft.department_id),
            (self.vendor, draft.vendor_id),
        ):
            if chosen is not None and field.findData(str(chosen)) >= 0:
                field.choose(str(chosen))
        self.source.show_words(draft.source)
        self.verified.setChecked(draft.verified)
        self.note.show_words(draft.note)
        self._on_scope()
        self._on_anchor()

    def _on_scope(self) -> None:
        is_route = self.scope.value() == PlanScope.ROUTE
        self.rows.show_row("template", is_shown=not is_route)
        self.rows.show_row("stops", is_shown=is_route)

    def _on_anchor(self) -> None:
        counts_from_done = self.anchor.value() == Anchor.COMPLETED
        self.latest.setVisible(counts_from_done)
        self._latest_word.setVisible(counts_from_done)
        self._on_cycle()

    def _on_cycle(self) -> None:
        """Show the next days with each key; what cannot be read yet says so."""
        try:
            draft = replace(
                self._draft,
                rule=self._checked_rule(),
                starts_on=self._starts_on(),
                anchor=Anchor(self.anchor.value()),
            )
        except DraftError as refusal:
            self.cycle.words.show_text(refusal.problems[0].text)
            return
        first = open_days().get(self._plan.id) if self._plan is not None else None
        days = next_days(draft, max(self._today, draft.starts_on), _SHOWN_DAYS, first=first)
        self.cycle.show_days(draft.rule, days)

    # -- storing

    def act(self) -> Plan:
        """Store the plan. Raises DraftError or RuleError."""
        draft, by, now = self._checked(), self.context.staff.id, self.context.now()
        if self._plan is None:
            return add_plan(draft, by=by, now=now)
        return change_plan(self._plan.id, draft, version=self._plan.version, by=by, now=now)

    def keep(self) -> None:
        """Store and close; or say what is not right, each half its own."""
        self._show_problems(())
        try:
            self.stored = self.act()
        except DraftError as refusal:
            self._show_problems(refusal.problems)
        except RuleError as refusal:
            self.context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.choose("kept")

    def _show_problems(self, problems: Problems) -> None:
        found = [Problem(_OF_ROW.get(one.field, one.field), one.text) for one in problems]
        # The left half is read first: it takes the keyboard last.
        self._right.show_problems([one for one in found if one.field not in _LEFT_ROWS])
        self.rows.show_problems([one for one in found if one.field in _LEFT_ROWS])

    def _checked(self) -> PlanDraft:
        """Return what was typed; a rule that is wrong is said together with the rest."""
        try:
            rule = self._checked_rule()
        except DraftError as refusal:
            rest = check_plan(self._typed(self._draft.rule))
            raise DraftError((*rest, *refusal.problems)) from refusal
        return self._typed(rule)

    def _typed(self, rule: str) -> PlanDraft:
        is_route = self.scope.value() == PlanScope.ROUTE
        counts_from_done = self.anchor.value() == Anchor.COMPLETED
        template = self.template.value()
        return replace(
            self._draft,
            name=self.name.words(),
            code=self.code.words(),
            kind=InspectionKind(self.kind.value()),
            scope=PlanScope(self.scope.value()),
            stops=self.route.stops() if is_route else (),
            template_id=int(template) if template and not is_route else None,
            rule=rule,
            starts_on=self._starts_on(),
            ends_on=read_day_of(self.ends, "days", self._today),
            times=tuple(filter(None, _BETWEEN.split(fold(self.times.words())))),
            one_sheet=self.one_sheet.isChecked(),
            shift=Shift(self.shift.value()),
            anchor=Anchor(self.anchor.value()),
            latest_days=_count(self.latest, "latest_days") if counts_from_done else None,
            before_days=_count(self.early, "tolerance_minutes") or 0,
            tolerance_minutes=_count(self.tolerance, "tolerance_minutes") or 0,
            walker_id=_chosen(self.walker),
            department_id=_chosen(self.department),
            vendor_id=_chosen(self.vendor),
            source=self.source.words(),
            verified=self.verified.isChecked(),
            note=self.note.words(),
        )

    def _starts_on(self) -> date:
        return read_day_of(self.starts, "days", self._today) or self._today

    def _checked_rule(self) -> str:
        starts_on = self._starts_on()
        try:
            return check_recurrence(self.cycle.rule(starts_on), starts_on).text
        except DraftError:
            raise
        except RuleError as refusal:
            raise DraftError((Problem("rule", str(refusal)),)) from refusal


def _count(field: LineField, key: str) -> int | None:
    words = field.words()
    if not words:
        return None
    if not (words.isascii() and words.isdecimal()):
        raise DraftError((Problem(key, _("Write a whole number.")),))
    return int(words)


def _chosen(field: PickField) -> int | None:
    return int(field.value()) if field.value() else None
