"""Take over a schedule that the program ships: read its source, say the route and the first day."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from propdesk.domain.assets import ASSET_KIND_LABELS
from propdesk.domain.check_items import INSPECTION_LABELS
from propdesk.domain.cycles import counts_from_inspection, rule_words
from propdesk.domain.rounds import PLAN_SCOPE_LABELS, PlanScope
from propdesk.domain.shipped_plans import ShippedPlan
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.inspection_plans import AdoptedPlans, adopt_plan
from propdesk.services.queries.assets import list_assets, list_points
from propdesk.services.queries.check_templates import shipped_templates
from propdesk.services.queries.inspection_plans import list_plans, shipped_plans
from propdesk.services.queries.vendors import list_vendors
from ui.context import AppContext
from ui.dialogs.inspection_plan_points import PointsDialog
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Ink, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField
from ui.widgets.labels import Label

_WIDTH, _ROWS, _FORM = 1120, 14, 600
_NOBODY = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """A schedule and how many plans the office made of it."""

    shipped: ShippedPlan
    plans: int


class AdoptPlansDialog(ListDialog[_Line]):
    """Every schedule with its source; Enter takes one over. `adopted` tells whether any was."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(
            context,
            parent,
            _("Schedules that the law and the trade ask for"),
            _columns(),
            lambda line: line.shipped.key,
            width=_WIDTH,
            rows=_ROWS,
            details=3,
        )
        self.adopted = False
        self.add_act(_("Take it over"), self._on_adopt, "Enter", icon="check", kind=Kind.TONAL)
        self.refill()
        self.table.setFocus()

    def listed(self) -> Sequence[_Line]:
        """Return all schedules in the order of the file: by thing, then by cycle."""
        used = [plan.draft.shipped for plan in list_plans()]
        return [_Line(one, used.count(one.key)) for one in shipped_plans()]

    def hint_words(self, found: Sequence[_Line]) -> str:
        """Say how many are used already."""
        used = sum(line.plans > 0 for line in found)
        words = _("{used} of {all} are used. What is marked «to be verified» was not read in the "
                  "text of the law itself.")  # fmt: skip
        return words.format(used=used, all=len(found))

    def detail_words(self, row: _Line) -> str:
        """Say the source, the templates and where it leads."""
        shipped = row.shipped
        names = {draft.shipped: draft.name for draft in shipped_templates()}
        said = [
            _("Source: {source}").format(source=shipped.source),
            _("Filled in: {names}").format(
                names=_(", ").join(names[key] for key in shipped.templates)
            ),
            shipped.note,
        ]
        return " · ".join(filter(None, said))

    def _on_adopt(self) -> None:
        line = self.current()
        if line is None:
            return
        dialog = AdoptPlanDialog(self.context, self, line.shipped)
        dialog.ask()
        if dialog.stored is None:
            return
        self.adopted = True
        self.refill()
        self.context.changes.inspections_changed.emit()
        self.table.setFocus()
        adopted: AdoptedPlans = dialog.stored
        words = ngettext("{count} plan was added.", "{count} plans were added.", len(adopted.plans))
        said = words.format(count=len(adopted.plans))
        self.toast.show_message(" ".join((said, *adopted.left_out)))


class AdoptPlanDialog(SmallForm):
    """The route, the first day and the company of one schedule; `stored` are its plans."""

    def __init__(self, context: AppContext, parent: QWidget, shipped: ShippedPlan) -> None:
        super().__init__(context, parent, shipped.name, _("Take it over"), width=_FORM)
        self._shipped = shipped
        self._points: tuple[int, ...] = ()
        theme, add = context.theme, self.rows.add_row
        mark = _("verified") if shipped.verified else _("to be verified")
        words = _("Source: {source}").format(source=f"{shipped.source} ({mark})")
        self.body.insertWidget(
            1, Label(theme, f"{rule_words(shipped.rule)} · {words}", ink=Ink.TEXT_2, wrap=True)
        )
        self.pick = Button(theme, _("Choose points"), icon="list-checks", shortcut="Ctrl+N")
        self.pick.clicked.connect(self._on_pick)
        self._route = Label(theme, self._usual_route(), ink=Ink.TEXT_2, wrap=True)
        if shipped.scope is PlanScope.ROUTE:
            add("stops", _("Route"), self.pick)
            add("leads", "", self._route)
        else:
            add("stops", _("Where"), Label(theme, str(PLAN_SCOPE_LABELS[shipped.scope])))
        self.day = day_field(context, _("Starts on"))
        self.day.show_words(f"{context.now().date()}")
        if counts_from_inspection(shipped.rule):
            words = _("counted from the supervision inspection of each lift")
            add("starts_on", _("Starts on"), Label(theme, words, ink=Ink.TEXT_2))
        else:
            add("starts_on", _("Starts on"), self.day)
        vendors = [Choice(str(one.id), one.draft.name) for one in list_vendors()]
        self.vendor = PickField(
            theme, _("Company in charge"), [Choice(_NOBODY, _("no company")), *vendors]
        )
        if shipped.by_vendor:
            add("vendor", _("Company in charge"), self.vendor)
        self.day.setFocus()

    def _usual_route(self) -> str:
        """Say where it leads when nobody chooses points."""
        kind = self._shipped.asset_kind
        if kind is None:
            return _("Choose the points, in walking order.")
        things = {asset.id for asset in list_assets(kind=kind)}
        count = sum(point.draft.asset_id in things for point in list_points())
        words = ngettext(
            "Without a choice: the {count} point of a thing of the kind «{kind}».",
            "Without a choice: the {count} points of things of the kind «{kind}».",
            count,
        )
        return words.format(count=count, kind=ASSET_KIND_LABELS[kind])

    def _on_pick(self) -> None:
        dialog = PointsDialog(self.context, self)
        if dialog.ask():
            self._points = tuple(point.id for point in dialog.points)
            names = _(", ").join(point.draft.name for point in dialog.points)
            self._route.show_text(names)
            self.rows.drop_problem("stops")
            self.fit()

    def act(self) -> AdoptedPlans:
        """Write the plans."""
        today = self.context.now().date()
        return adopt_plan(
            self._shipped.key,
            starts_on=read_day_of(self.day, "starts_on", today) or today,
            point_ids=self._points,
            vendor_id=int(self.vendor.value()) if self.vendor.value() else None,
            by=self.context.staff.id,
            now=self.context.now(),
        )


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _lazy("Schedule"), lambda line: line.shipped.name, width=190,
               is_strong=True),
        Column("kind", _lazy("Kind"), lambda line: str(INSPECTION_LABELS[line.shipped.kind]),
               width=110, rank=2),
        Column("rule", _lazy("Cycle"), lambda line: rule_words(line.shipped.rule), width=170),
        Column("source", _lazy("Source"), lambda line: line.shipped.source, width=200,
               stretches=True, is_quiet=True),
        Column("verified", _lazy("Verified"), _verified, CellKind.STATUS, width=110),
        Column("used", _lazy("Used"), _used, CellKind.STATUS, width=90),
    )  # fmt: skip


def _verified(line: _Line) -> Mark:
    if line.shipped.verified:
        return Mark(_("verified"), Tone.OK)
    return Mark(_("to be verified"), Tone.WARN)


def _used(line: _Line) -> Mark | None:
    return Mark(_("used"), Tone.OK) if line.plans else None
