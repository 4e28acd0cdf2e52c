"""The ledger of equipment (设备台账): what there is, where, in which state, what is due next."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.assets import ASSET_KIND_LABELS, Asset, AssetState
from propdesk.domain.staff import Right
from propdesk.domain.statutory_dates import DATE_LABELS, StatutoryDate
from propdesk.domain.texts import fold
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.assets import void_asset
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.services.queries.assets import get_asset, list_assets, search_text
from propdesk.services.queries.statutory_dates import next_dates
from ui.context import AppContext
from ui.dialogs.asset_dialog import AssetDialog
from ui.dialogs.asset_sheet import AssetSheet
from ui.dialogs.asset_words import ALL, date_mark, kind_choices, kind_of, state_mark
from ui.dialogs.list_dialog import ListDialog
from ui.pages.inspection_words import may
from ui.tables.columns import CellKind, Column
from ui.theme import Space
from ui.widgets.buttons import Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import PickField
from ui.widgets.place_field import PlaceField
from ui.widgets.search import SearchField

_WIDTH, _ROWS = 1080, 11
_WORKING = "working"


@dataclass(frozen=True, slots=True)
class AssetRow:
    """A thing with its next day."""

    asset: Asset
    due: StatutoryDate | None


class AssetsDialog(ListDialog[AssetRow]):
    """Enter opens a thing, Ctrl+N takes one in, F2 corrects, Ctrl+P prints labels, Del voids."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        nearest = load_inspection_settings().warnings[-1]
        super().__init__(
            context, parent, _("Ledger of equipment"), _columns(nearest),
            lambda row: row.asset.id, width=_WIDTH, rows=_ROWS, details=1,
        )  # fmt: skip
        theme = context.theme
        self.search = SearchField(theme, _("Number, name, place, serial no."), "Ctrl+F", width=320)
        self.kind = PickField(theme, _("Kind of thing"), kind_choices(with_all=True))
        self.place = PlaceField(theme, _("Place"), everywhere=_("All places"))
        self.state = PickField(theme, _("State"), _states())
        self.state.choose(_WORKING)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.search)
        for field in (self.kind, self.place, self.state):
            row.addWidget(field)
            field.picked.connect(lambda _key: self.refill())
        row.addStretch(1)
        self.search.searched.connect(lambda _words: self.refill())
        self.search.left.connect(self.reject)
        self.body.insertLayout(1, row)
        may_plan = may(context.staff, Right.PLAN_ROUNDS)
        self.add_act(_("Open"), self._on_open, "Enter", kind=Kind.PRIMARY)
        if may_plan:
            self.add_act(_("New thing"), self._on_new, "Ctrl+N", icon="plus", needs_row=False)
            self.add_act(_("Correct it"), self._on_edit, "F2")
            self.add_act(_("Import"), self._on_import, "Ctrl+O", needs_row=False)
        if may(context.staff, Right.DO_ROUNDS):
            self.add_act(_("Print labels"), self._on_labels, "Ctrl+P", icon="printer")
        if may_plan:
            self.add_act(_("Take it out"), self._on_void, "Del")
        self.refill()
        self.table.setFocus()

    # -- what is listed

    def listed(self) -> Sequence[AssetRow]:
        """Return the things that the fields above ask for, by number."""
        place, state = self.place.place(), self.state.value()
        wanted = fold(self.search.words()).split()
        due = next_dates(self.context.now().date())
        found = list_assets(
            kind=kind_of(self.kind.value()),
            building_id=place.building_id,
            with_scrapped=state != _WORKING,
        )
        return [
            AssetRow(one, due.get(one.id))
            for one in found
            if place.community_id in (None, one.draft.community_id)
            and (state in (_WORKING, ALL) or one.draft.state.value == state)
            and all(word in search_text(one) for word in wanted)
        ]

    def hint_words(self, found: Sequence[AssetRow]) -> str:
        """Say how many there are; in an empty ledger what to do first."""
        if not found and not list_assets(with_scrapped=True):
            return _("The ledger is empty. Ctrl+N takes a thing in, Ctrl+O brings a workbook in.")
        if not found:
            return _("Nothing in the ledger is like this; widen the fields above.")
        return ngettext("{count} thing", "{count} things", len(found)).format(count=len(found))

    def detail_words(self, row: AssetRow) -> str:
        """Say what else is kept of a thing."""
        draft = row.asset.draft
        due = f"{row.due.day} {DATE_LABELS[row.due.kind]}" if row.due else ""
        facts = (draft.maker, draft.model, draft.serial, due, draft.note)
        return " · ".join(filter(None, facts))

    # -- acts

    def _on_open(self) -> None:
        row = self.current()
        if row is None:
            return
        dialog = AssetSheet(self.context, self, row.asset.id)
        left = dialog.ask() == "ticket"
        if left:
            self.reject()
        elif dialog.has_changed:
            self.refill(row.asset.id)

    def _on_new(self) -> None:
        self._told(AssetDialog(self.context, self))

    def _on_edit(self) -> None:
        row = self.current()
        if row is not None:
            self._told(AssetDialog(self.context, self, get_asset(row.asset.id)))

    def _told(self, dialog: AssetDialog) -> None:
        if dialog.ask():
            asset: Asset = dialog.stored
            title = f"{asset.draft.code} {asset.draft.name}"
            self._on_changed(_("Stored: {title}").format(title=title), asset.id)

    def _on_import(self) -> None:
        from ui.dialogs.import_dialog import open_import

        open_import(self.context, self, "assets")
        self.context.changes.inspections_changed.emit()
        self.refill()

    def _on_labels(self) -> None:
        from ui.asset_acts import show_labels

        show_labels(self.context, self, [row.asset.id for row in self.table.selected_rows()])

    def _on_void(self) -> None:
        row, context = self.current(), self.context
        if row is None:
            return
        one = row.asset
        title = f"{one.draft.code} {one.draft.name}"
        if not context.messages.confirm(
            self,
            _("Take this thing out of the ledger?"),
            _("«{title}» was entered by mistake and goes; its number is free again.").format(
                title=title
            ),
            act=_("Take it out"),
            keep=_("Keep it"),
        ):
            return
        if context.attempt(
            self,
            _("This was not done"),
            lambda: void_asset(one.id, version=one.version, by=context.staff.id, now=context.now()),
        ):
            self._on_changed(_("{title} is taken out").format(title=title))

    def _on_changed(self, words: str, asset_id: int | None = None) -> None:
        self.context.changes.inspections_changed.emit()
        self.refill(asset_id)
        self.table.setFocus()
        self.toast.show_message(words)


def _states() -> list[Choice]:
    return [
        Choice(_WORKING, _("In use and stopped")),
        Choice(AssetState.STOPPED.value, _("Stopped only")),
        Choice(AssetState.SCRAPPED.value, _("Scrapped only")),
        Choice(ALL, _("All states")),
    ]


def _columns(nearest: int) -> Sequence[Column]:
    return (
        Column("code", _lazy("Number"), lambda row: row.asset.draft.code, width=92, least=76),
        Column("name", _lazy("Name of the thing"), lambda row: row.asset.draft.name,
               width=150, least=110, stretches=True, is_strong=True),
        Column("kind", _lazy("Kind"), lambda row: str(ASSET_KIND_LABELS[row.asset.draft.kind]),
               width=96, least=70, rank=2),
        Column("where", _lazy("Place"), lambda row: row.asset.where, width=170, least=100),
        Column("vendor", _lazy("Maintained by"), lambda row: row.asset.vendor, width=130,
               least=80, rank=1),
        Column("state", _lazy("State"), lambda row: state_mark(row.asset.draft.state),
               CellKind.STATUS, width=84, least=76),
        Column("day", _lazy("Next day"), lambda row: f"{row.due.day}" if row.due else "",
               width=100, least=96),
        Column("left", _lazy("Still"), lambda row: date_mark(row.due, nearest), CellKind.STATUS,
               width=124, least=100),
    )  # fmt: skip
