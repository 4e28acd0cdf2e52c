"""What can be done with equipment anywhere: ledger, points, days, companies, labels, import."""

from collections.abc import Collection
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.domain.asset_labels import LabelCode
from propdesk.domain.assets import Asset
from propdesk.domain.tickets import Ticket
from propdesk.i18n import _
from propdesk.services.parts.printed import Printed
from propdesk.services.queries.assets import (
    building_of_unit,
    find_asset_of_ticket,
    find_labelled,
    list_assets,
)
from propdesk.services.ticket_things import name_asset_of_ticket
from ui.context import AppContext
from ui.keyboard import add_entry, lettered


def add_inspection_acts(menu: QMenu, context: AppContext, page: QWidget) -> None:
    """Add the submenu of equipment to the page's menu."""
    below = menu.addMenu(lettered(_("Equipment and companies"), "A"))
    for word, letter, act in (
        (_("Ledger of equipment"), "L", show_assets),
        (_("Points of routes"), "P", show_points),
        (_("Statutory dates"), "S", show_dates),
        (_("Companies and contracts"), "C", show_vendors),
        (_("Import the ledger of equipment"), "I", import_ledger),
    ):
        add_entry(below, word, letter, partial(act, context, page))


def show_assets(context: AppContext, page: QWidget) -> None:
    """Look over the ledger, take a thing in, correct it."""
    from ui.dialogs.assets_dialog import AssetsDialog

    AssetsDialog(context, page).ask()


def show_points(context: AppContext, page: QWidget) -> None:
    """Look over the points of routes."""
    from ui.dialogs.points_dialog import PointsDialog

    PointsDialog(context, page).ask()


def show_dates(context: AppContext, page: QWidget) -> None:
    """Look over every day that law or contract sets."""
    from ui.dialogs.statutory_dates_dialog import StatutoryDatesDialog

    StatutoryDatesDialog(context, page).ask()


def show_vendors(context: AppContext, page: QWidget) -> None:
    """Look over companies and contracts."""
    from ui.dialogs.vendors_dialog import VendorsDialog

    VendorsDialog(context, page).ask()


def import_ledger(context: AppContext, page: QWidget) -> None:
    """Take in a workbook of the ledger."""
    from ui.dialogs.import_dialog import open_import

    open_import(context, page, "assets")


def show_labels(
    context: AppContext,
    page: QWidget,
    asset_ids: Collection[int],
    point_ids: Collection[int] = (),
) -> None:
    """Ask how much of the sheet is used, and show the labels ready to be printed."""
    from propdesk.services.printing_assets import print_labels
    from ui.dialogs.asset_labels_dialog import LabelsDialog
    from ui.printing import show_paper

    dialog = LabelsDialog(context, page, len(asset_ids) + len(point_ids))
    if not dialog.ask():
        return
    by, skip = context.staff.id, int(dialog.stored)

    def draw(target: Path) -> Printed:
        return print_labels(target, by=by, asset_ids=asset_ids, point_ids=point_ids, skip=skip)

    show_paper(context, page, _("Print labels"), draw)


def name_thing(context: AppContext, page: QWidget, ticket: Ticket) -> str:
    """Ask which thing a ticket is about; return the words for the toast, empty for no change."""
    from ui.dialogs.asset_picker import AssetPicker

    present = find_asset_of_ticket(ticket.id)
    near = list_assets(building_id=building_of_unit(ticket.unit_id)) if ticket.unit_id else ()
    title = _("Which thing is {number} about?").format(number=ticket.number)
    dialog = AssetPicker(context, page, title, first=near, present=present)
    answer = dialog.ask()
    chosen = dialog.asset() if answer == "choose" else None
    if not answer or (chosen is None and answer != "none"):
        return ""
    asset_id = None if chosen is None else chosen.id
    if not context.attempt(
        page,
        _("This was not done"),
        lambda: name_asset_of_ticket(ticket.id, asset_id, by=context.staff.id, now=context.now()),
    ):
        return ""
    context.changes.inspections_changed.emit()
    if chosen is None:
        return _("{number} is about no thing").format(number=ticket.number)
    return _("{number} is about {thing}").format(number=ticket.number, thing=chosen.draft.name)


def open_labelled(context: AppContext, page: QWidget, label: LabelCode) -> None:
    """Open what a scanned label hangs on: a thing, or the thing of a point, else the points.

    Raises RuleError for a label of nothing in the ledger.
    """
    from ui.dialogs.asset_sheet import AssetSheet
    from ui.dialogs.points_dialog import PointsDialog

    found = find_labelled(label)
    asset_id = found.id if isinstance(found, Asset) else found.draft.asset_id
    if asset_id is not None:
        AssetSheet(context, page, asset_id).ask()
        return
    dialog = PointsDialog(context, page)
    dialog.table.select_key(found.id)
    dialog.ask()
