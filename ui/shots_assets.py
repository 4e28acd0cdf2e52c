"""Pictures of equipment: the ledger, the sheet of a thing, points, companies, days, labels.

Things, companies and days are written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from propdesk.domain.assets import (
    ASSET_KIND_LABELS,
    Asset,
    AssetDraft,
    AssetKind,
    AssetState,
    PointDraft,
)
from propdesk.domain.vendors import ContractDraft, VendorDraft
from propdesk.i18n import _
from propdesk.services.asset_files import add_asset_files
from propdesk.services.assets import add_asset, add_point, change_asset
from propdesk.services.attachments import PastedFile
from propdesk.services.queries.assets import list_assets, list_points
from propdesk.services.queries.tickets import TicketFilter, list_tickets
from propdesk.services.queries.units import list_buildings
from propdesk.services.queries.vendors import get_vendor, list_vendors
from propdesk.services.ticket_things import name_asset_of_ticket
from propdesk.services.vendors import add_contract, add_vendor
from ui.asset_acts import show_labels
from ui.context import AppContext
from ui.dialogs.asset_dialog import AssetDialog
from ui.dialogs.asset_picker import AssetPicker
from ui.dialogs.asset_sheet import AssetSheet
from ui.dialogs.assets_dialog import AssetsDialog
from ui.dialogs.point_dialog import PointDialog
from ui.dialogs.points_dialog import PointsDialog
from ui.dialogs.statutory_dates_dialog import StatutoryDatesDialog
from ui.dialogs.vendor_dialog import ContractDialog, VendorDialog
from ui.dialogs.vendors_dialog import VendorsDialog
from ui.shots_tickets import a_photo

if TYPE_CHECKING:
    from ui.screenshots import Stage

_LONG = 40


def _day(context: AppContext, days: int) -> date:
    return context.now().date() + timedelta(days)


def _fill(context: AppContext) -> list[Asset]:
    """Give the copy a ledger: lifts and pumps in every state, near their days and far from them."""
    by, now = context.staff.id, context.now()
    if list_assets():
        return list_assets()
    lift, pump, fire = (
        str(ASSET_KIND_LABELS[kind]) for kind in (AssetKind.LIFT, AssetKind.WATER, AssetKind.FIRE)
    )
    for name, days, left in ((lift, 200, 25), (fire, -40, -9), (pump, 800, 85)):
        draft = VendorDraft(
            f"{context.settings.office_name} {name}", name, "TS-3310", _day(context, days),
            phone="025-84120001", emergency_phone="025-84120110",
        )  # fmt: skip
        vendor = add_vendor(draft, by=by)
        contract = ContractDraft(AssetKind.LIFT, name, date(2024, 1, 1), _day(context, left),
                                 "HT-2024-11")  # fmt: skip
        add_contract(vendor.id, contract, by=by, now=now)
    vendor_id = list_vendors()[0].id
    buildings = [one[0] for one in list_buildings()][:4]
    for place, building in enumerate(buildings):
        thing = AssetDraft(
            f"{place + 1}# {lift}", AssetKind.LIFT, maker="Schindler", model="3300AP",
            serial=f"1122000{place}", building_id=building, installed_on=date(2020, 3, 1),
            inspected_on=date(2020, 3, 20), licence_number=f"11A0000{place}(20)",
            licence_until=_day(context, (-12, 21, 55, 300)[place]), vendor_id=vendor_id,
        )  # fmt: skip
        asset = add_asset(thing, by=by, now=now)
        add_point(PointDraft(f"{lift} {place + 1}", building_id=building, floor="RF",
                             asset_id=asset.id), by=by)  # fmt: skip
    add_asset(AssetDraft(f"1# {pump}", AssetKind.WATER, place="B1",
                         warranty_until=_day(context, 80)), by=by, now=now)  # fmt: skip
    stopped = add_asset(AssetDraft(f"9# {lift}", AssetKind.LIFT, state=AssetState.STOPPED,
                                   state_on=_day(context, -400)), by=by, now=now)  # fmt: skip
    long = replace(stopped.draft, name=f"{lift} " * (_LONG // 3), note=f"{lift}, " * _LONG)
    change_asset(stopped.id, long, version=stopped.version, by=by, now=now)
    first = list_assets()[0]
    tickets = list_tickets(TicketFilter(), now=now).rows[:3]
    for ticket in tickets:
        name_asset_of_ticket(ticket.id, first.id, by=by, now=now)
    photo = PastedFile("nameplate.png", a_photo(200))
    add_asset_files(context.office, first.id, [photo], by=by, now=now)
    return list_assets()


def _ledger(stage: "Stage") -> None:
    _fill(stage.context)
    AssetsDialog(stage.context, stage.window).ask()


def _none(stage: "Stage") -> None:
    AssetsDialog(stage.context, stage.window).ask()


def _sheet(part: str, place: int = 0) -> Callable[["Stage"], None]:
    """Return the act that shows a part of the sheet of a thing."""

    def act(stage: "Stage") -> None:
        dialog = AssetSheet(stage.context, stage.window, _fill(stage.context)[place].id)
        dialog.parts.choose(part)
        dialog.parts.chosen_changed.emit(part)
        dialog.ask()

    return act


def _form(stage: "Stage") -> None:
    """Show the form of a thing with days that cannot be."""
    dialog = AssetDialog(stage.context, stage.window, _fill(stage.context)[0])
    dialog.name.show_words("")
    dialog.days["inspected_on"].show_words("2019-01-01")
    dialog.keep()
    dialog.ask()


def _points(stage: "Stage") -> None:
    _fill(stage.context)
    PointsDialog(stage.context, stage.window).ask()


def _point(stage: "Stage") -> None:
    _fill(stage.context)
    PointDialog(stage.context, stage.window, list_points()[0]).ask()


def _vendors(stage: "Stage") -> None:
    _fill(stage.context)
    VendorsDialog(stage.context, stage.window).ask()


def _vendor(stage: "Stage") -> None:
    _fill(stage.context)
    VendorDialog(stage.context, stage.window, list_vendors()[0]).ask()


def _contract(stage: "Stage") -> None:
    _fill(stage.context)
    dialog = ContractDialog(stage.context, stage.window, get_vendor(list_vendors()[0].id))
    dialog.keep()
    dialog.ask()


def _dates(stage: "Stage") -> None:
    _fill(stage.context)
    StatutoryDatesDialog(stage.context, stage.window).ask()


def _labels(stage: "Stage") -> None:
    show_labels(stage.context, stage.window, [one.id for one in _fill(stage.context)])


def _picker(stage: "Stage") -> None:
    _fill(stage.context)
    title = _("Which thing is {number} about?").format(number="BX-202611-0031")
    AssetPicker(stage.context, stage.window, title, present=list_assets()[0]).ask()


NONE: Sequence[tuple[str, Callable[["Stage"], None]]] = (("assets-none", _none),)
DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("assets", _ledger),
    ("asset-form", _form),
    ("asset-sheet", _sheet("days")),
    ("asset-sheet-past", _sheet("past")),
    ("asset-sheet-files", _sheet("files")),
    ("asset-sheet-long", _sheet("routes", -1)),
    ("points", _points),
    ("point-form", _point),
    ("vendors", _vendors),
    ("vendor-form", _vendor),
    ("contract-form", _contract),
    ("statutory-dates", _dates),
    ("asset-labels", _labels),
    ("asset-picker", _picker),
)
