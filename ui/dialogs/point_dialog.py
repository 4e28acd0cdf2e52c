"""A point of routes: its name and place, and the thing that stands there."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.assets import Point, PointDraft
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.i18n import _
from propdesk.services.assets import add_point, change_point
from propdesk.services.queries.assets import list_assets
from ui.context import AppContext
from ui.dialogs.place_choice import ThingPlaceField
from ui.dialogs.small_form import SmallForm
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label


class PointDialog(SmallForm):
    """Put a point in or correct it; `stored` is what was written."""

    def __init__(self, context: AppContext, parent: QWidget, point: Point | None = None) -> None:
        title = _("New point") if point is None else _("Correct: {name}").format(
            name=f"{point.draft.code} {point.draft.name}"
        )  # fmt: skip
        super().__init__(context, parent, title, _("Save"), width=620)
        self._point = point
        theme, draft = context.theme, point.draft if point else PointDraft("")
        self.name = LineField(theme, _("Name of the point"), placeholder=_("such as pump room"))
        self.code = LineField(theme, _("Number"), placeholder=_("the next one"), width=140,
                              longest=40)  # fmt: skip
        self.where = ThingPlaceField(theme, _("Building"))
        self.floor = LineField(theme, _("Floor"), width=100)
        self.area = LineField(theme, _("Area"), placeholder=_("such as east end"))
        things = [
            Choice(str(one.id), f"{one.draft.code} {one.draft.name} {one.where}".strip())
            for one in list_assets()
        ]
        self.thing = PickField(theme, _("Thing"), [Choice("", _("Nothing of the ledger")), *things])
        label = Label(theme, _("Number"), ink=Ink.TEXT_3)
        self.rows.add_row("name", _("Name of the point"), self.name, label, self.code)
        self.rows.add_row("building_id", _("Building"), self.where)
        self.rows.add_row(
            "floor", _("Floor"), self.floor, Label(theme, _("area"), ink=Ink.TEXT_3), self.area
        )
        self.rows.add_row("asset_id", _("Thing"), self.thing)
        for field, words in (
            (self.name, draft.name),
            (self.code, draft.code),
            (self.floor, draft.floor),
            (self.area, draft.area),
        ):
            field.show_words(words)
        self.where.choose_place(draft.community_id, draft.building_id)
        if any(one.key == str(draft.asset_id) for one in things):
            self.thing.choose(str(draft.asset_id))
        self.name.setFocus()

    def act(self) -> Point:
        """Store it."""
        place, by = self.where.place(), self.context.staff.id
        draft = PointDraft(
            name=self.name.words(),
            code=self.code.words(),
            community_id=place.community_id,
            building_id=place.building_id,
            floor=self.floor.words(),
            area=self.area.words(),
            asset_id=int(self.thing.value()) if self.thing.value() else None,
        )
        try:
            if self._point is None:
                return add_point(draft, by=by)
            return change_point(self._point.id, draft, version=self._point.version, by=by)
        except DraftError as refusal:
            rows = {"code": "name", "area": "floor"}
            raise DraftError(
                tuple(Problem(rows.get(one.field, one.field), one.text) for one in refusal.problems)
            ) from refusal
        except RuleError as refusal:
            raise DraftError((Problem("", str(refusal)),)) from refusal
