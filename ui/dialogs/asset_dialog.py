"""A thing of the ledger: what it is, where it stands, its days, papers, company and state."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.assets import Asset, AssetDraft, AssetKind, AssetState
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.i18n import _
from propdesk.services.assets import add_asset, change_asset
from propdesk.services.queries.vendors import list_vendors
from ui.context import AppContext
from ui.dialogs.asset_words import kind_choices, state_choices
from ui.dialogs.place_choice import ThingPlaceField
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.labels import Label

_WIDTH, _HALF = 720, 190
_DAYS = ("installed_on", "inspected_on", "warranty_until", "licence_until", "state_on")


class AssetDialog(SmallForm):
    """Take a thing in or correct it; `stored` is what was written."""

    def __init__(self, context: AppContext, parent: QWidget, asset: Asset | None = None) -> None:
        title = _("Take a thing into the ledger") if asset is None else _("Correct: {name}").format(
            name=f"{asset.draft.code} {asset.draft.name}"
        )  # fmt: skip
        super().__init__(context, parent, title, _("Save"), width=_WIDTH)
        self._asset = asset
        self._make_fields()
        self._add_rows()
        self._fill(AssetDraft("", AssetKind.LIFT) if asset is None else asset.draft)
        self.name.setFocus()

    def _make_fields(self) -> None:
        theme = self.context.theme
        self.name = LineField(theme, _("Name of the thing"), placeholder=_("such as Lift 1"))
        self.kind = PickField(theme, _("Kind of thing"), kind_choices())
        self.code = LineField(
            theme, _("Number of the thing"), placeholder=_("the next one"), width=_HALF, longest=40
        )
        self.maker = LineField(theme, _("Maker"))
        self.model = LineField(theme, _("Model"))
        self.serial = LineField(theme, _("Serial number"), width=_HALF)
        self.where = ThingPlaceField(theme, _("Building"))
        self.place = LineField(theme, _("Place"), placeholder=_("such as pump room on B1"))
        self.days = {name: day_field(self.context, label) for name, label in _day_labels().items()}
        self.licence = LineField(theme, _("Registration certificate"))
        vendors = [Choice(str(one.id), one.draft.name) for one in list_vendors()]
        self.vendor = PickField(theme, _("Maintained by"), [Choice("", _("Not said")), *vendors])
        self.state = PickField(theme, _("State"), state_choices())
        self.note = TextField(theme, _("Note"), lines=2)

    def _add_rows(self) -> None:
        add = self.rows.add_row
        add("name", _("Name of the thing"), self.name, self.kind)
        add("code", _("Number"), self.code, *self._beside(_("serial number"), self.serial))
        add("maker", _("Maker"), self.maker, *self._beside(_("model"), self.model))
        add("building_id", _("Building"), self.where, self.place)
        first = self._beside(_("first inspection"), self.days["inspected_on"])
        add("installed_on", _("Installed on"), self.days["installed_on"], *first)
        add("licence_number", _("Registration certificate"), self.licence,
            *self._beside(_("valid until"), self.days["licence_until"]))  # fmt: skip
        add("warranty_until", _("Warranty until"), self.days["warranty_until"],
            *self._beside(_("maintained by"), self.vendor))  # fmt: skip
        add("state_on", _("State"), self.state, *self._beside(_("since"), self.days["state_on"]))
        add("note", _("Note"), self.note)

    def _beside(self, label: str, field: QWidget) -> tuple[QWidget, QWidget]:
        return Label(self.context.theme, label, ink=Ink.TEXT_3), field

    def _fill(self, draft: AssetDraft) -> None:
        for field, words in (
            (self.name, draft.name),
            (self.code, draft.code),
            (self.maker, draft.maker),
            (self.model, draft.model),
            (self.serial, draft.serial),
            (self.place, draft.place),
            (self.licence, draft.licence_number),
        ):
            field.show_words(words)
        for name, field in self.days.items():
            field.show_words(str(getattr(draft, name) or ""))
        self.kind.choose(draft.kind.value)
        self.state.choose(draft.state.value)
        self.where.choose_place(draft.community_id, draft.building_id)
        if draft.vendor_id is not None and any(
            str(draft.vendor_id) == str(one.id) for one in list_vendors()
        ):
            self.vendor.choose(str(draft.vendor_id))
        self.note.show_words(draft.note)

    def act(self) -> Asset:
        """Store it."""
        today, by, now = self.context.now().date(), self.context.staff.id, self.context.now()
        place = self.where.place()
        days = {name: read_day_of(field, _ROW_OF.get(name, name), today)
                for name, field in self.days.items()}  # fmt: skip
        draft = AssetDraft(
            name=self.name.words(),
            kind=AssetKind(self.kind.value()),
            code=self.code.words(),
            maker=self.maker.words(),
            model=self.model.words(),
            serial=self.serial.words(),
            community_id=place.community_id,
            building_id=place.building_id,
            place=self.place.words(),
            licence_number=self.licence.words(),
            vendor_id=int(self.vendor.value()) if self.vendor.value() else None,
            state=AssetState(self.state.value()),
            note=self.note.words(),
            **days,
        )
        try:
            if self._asset is None:
                return add_asset(draft, by=by, now=now)
            version = self._asset.version
            return change_asset(self._asset.id, draft, version=version, by=by, now=now)
        except DraftError as refusal:
            rows = (Problem(_ROW_OF.get(one.field, one.field), one.text)
                    for one in refusal.problems)  # fmt: skip
            raise DraftError(tuple(rows)) from refusal
        except RuleError as refusal:
            raise DraftError((Problem("", str(refusal)),)) from refusal


# Under which row the problem of a field that stands beside another one is said.
_ROW_OF = {
    "inspected_on": "installed_on",
    "licence_until": "licence_number",
    "serial": "code",
    "model": "maker",
    "place": "building_id",
}


def _day_labels() -> dict[str, str]:
    words = (
        _("Installed on"), _("First inspection"), _("Warranty until"), _("Valid until"),
        _("In this state since"),
    )  # fmt: skip
    return dict(zip(_DAYS, words, strict=True))
