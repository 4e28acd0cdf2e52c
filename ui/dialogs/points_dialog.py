"""The points of routes in walking order: building after building, floor after floor."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.assets import Point
from propdesk.domain.staff import Right
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.assets import end_point
from propdesk.services.queries.assets import get_point, list_points, walking_order
from ui.context import AppContext
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.point_dialog import PointDialog
from ui.pages.inspection_words import may
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Space, Tone
from ui.widgets.buttons import Kind
from ui.widgets.fields import CheckField
from ui.widgets.place_field import PlaceField

_WIDTH, _ROWS = 900, 11


class PointsDialog(ListDialog[Point]):
    """Ctrl+N puts one in, Enter corrects, Ctrl+P prints labels, Del takes it out of use."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(
            context, parent, _("Points of routes"), _columns(), lambda one: one.id,
            width=_WIDTH, rows=_ROWS, details=0,
        )  # fmt: skip
        theme = context.theme
        self.place = PlaceField(theme, _("Place"), everywhere=_("All places"))
        self.ended = CheckField(theme, _("Those out of use too"))
        self.place.picked.connect(lambda _key: self.refill())
        self.ended.clicked.connect(lambda _on: self.refill())
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.place)
        row.addWidget(self.ended)
        row.addStretch(1)
        self.body.insertLayout(1, row)
        if may(context.staff, Right.PLAN_ROUNDS):
            self.add_act(_("New point"), self._on_new, "Ctrl+N", icon="plus", kind=Kind.TONAL,
                         needs_row=False)  # fmt: skip
            self._edit = self.add_act(_("Correct it"), self._on_edit, "Enter", icon="pencil")
        if may(context.staff, Right.DO_ROUNDS):
            self.add_act(_("Print labels"), self._on_labels, "Ctrl+P", icon="printer")
        if may(context.staff, Right.PLAN_ROUNDS):
            self._end = self.add_act(_("Take it out of use"), self._on_end, "Del")
        self.refill()
        self.table.setFocus()

    def listed(self) -> Sequence[Point]:
        """Return the points in walking order."""
        place = self.place.place()
        found = list_points(with_ended=self.ended.isChecked(), building_id=place.building_id)
        return sorted(
            (one for one in found if place.community_id in (None, one.draft.community_id)),
            key=walking_order,
        )

    def hint_words(self, found: Sequence[Point]) -> str:
        """Say how many there are; in an empty list what a point is for."""
        if not found:
            return _(
                "A point is a place that a round leads to: pump room, roof of building 3. "
                "Ctrl+N puts one in; plans lead along points."
            )
        words = ngettext("{count} point", "{count} points, in walking order", len(found))
        return words.format(count=len(found))

    def _on_current(self) -> None:
        super()._on_current()
        row = self.current()
        for button in (getattr(self, "_edit", None), getattr(self, "_end", None)):
            if button is not None:
                button.setEnabled(row is not None and row.ended_at is None)

    def _on_new(self) -> None:
        self._told(PointDialog(self.context, self))

    def _on_edit(self) -> None:
        row = self.current()
        if row is not None and row.ended_at is None:
            self._told(PointDialog(self.context, self, get_point(row.id)))

    def _told(self, dialog: PointDialog) -> None:
        if dialog.ask():
            point: Point = dialog.stored
            title = f"{point.draft.code} {point.draft.name}"
            self._on_changed(_("Stored: {title}").format(title=title), point.id)

    def _on_labels(self) -> None:
        from ui.asset_acts import show_labels

        show_labels(self.context, self, (), [row.id for row in self.table.selected_rows()])

    def _on_end(self) -> None:
        row, context = self.current(), self.context
        if row is None or row.ended_at is not None:
            return
        if context.attempt(
            self,
            _("This was not done"),
            lambda: end_point(row.id, version=row.version, by=context.staff.id, now=context.now()),
        ):
            words = _("{title} is out of use").format(title=f"{row.draft.code} {row.draft.name}")
            self._on_changed(words)

    def _on_changed(self, words: str, point_id: int | None = None) -> None:
        self.context.changes.inspections_changed.emit()
        self.refill(point_id)
        self.table.setFocus()
        self.toast.show_message(words)


def _columns() -> Sequence[Column]:
    return (
        Column("code", _lazy("Number"), lambda one: one.draft.code, width=90, least=76),
        Column("name", _lazy("Name of the point"), lambda one: one.draft.name, width=170, least=110,
               stretches=True, is_strong=True),
        Column("where", _lazy("Place"), lambda one: one.where, width=220, least=120),
        Column("asset", _lazy("Thing"), lambda one: one.asset, width=170, least=90),
        Column("state", _lazy("State"), _state, CellKind.STATUS, width=100, least=84),
    )  # fmt: skip


def _state(one: Point) -> Mark | None:
    return Mark(_("Out of use"), Tone.NEUTRAL) if one.ended_at is not None else None
