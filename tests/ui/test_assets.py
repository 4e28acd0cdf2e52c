"""Equipment by keys alone: the ledger filled, a thing opened by its label, named by its ticket."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from propdesk.domain.asset_labels import label_text
from propdesk.domain.assets import AssetDraft, AssetKind, PointDraft
from propdesk.domain.numbers import office_mark
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.i18n import set_language
from propdesk.services import assets, tickets
from propdesk.services.queries.assets import find_asset_of_ticket, list_assets, list_points
from propdesk.services.queries.findings import count_faults
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.queries.vendors import list_contracts, list_vendors
from propdesk.storage.database import rows
from ui.dialogs.asset_picker import AssetPicker
from ui.dialogs.asset_sheet import AssetSheet
from ui.dialogs.assets_dialog import AssetsDialog
from ui.dialogs.point_dialog import PointDialog
from ui.dialogs.points_dialog import PointsDialog
from ui.dialogs.statutory_dates_dialog import StatutoryDatesDialog
from ui.dialogs.vendor_dialog import ContractDialog, VendorDialog
from ui.dialogs.vendors_dialog import VendorsDialog
from ui.main_window import MainWindow
from ui.pages.asset_notice import DatesNotice
from ui.pages.tickets import TicketsPage


@pytest.fixture(autouse=True)
def in_english():
    set_language("en")


@pytest.fixture
def lift(house, now):
    draft = AssetDraft("1# 客梯", AssetKind.LIFT, licence_until=date(2026, 12, 1))
    return assets.add_asset(draft, by=house.desk.id, now=now)


def test_r99_a_thing_is_written_down_and_found_again(shown, house, press, type_words, qtbot):
    from ui.dialogs.asset_dialog import AssetDialog

    ledger = shown(AssetsDialog)
    assert "Ctrl+N" in ledger._hint.text()
    form = shown(AssetDialog)
    press("Ctrl+Return")
    assert form.rows.problem("name")
    type_words("2# 客梯")
    press("Ctrl+Return")
    (made,) = list_assets()
    assert (made.draft.name, made.draft.kind, made.draft.code) == (
        "2# 客梯", AssetKind.LIFT, "SB001",
    )  # fmt: skip
    ledger.refill()
    ledger.activateWindow()
    qtbot.waitUntil(ledger.isActiveWindow)
    press("Ctrl+F")
    type_words("客梯 sb001")
    press("Return")
    assert [row.asset.id for row in ledger.listed()] == [made.id]
    type_words("x")
    press("Return")
    assert ledger.table.is_empty()


def test_points_stand_in_walking_order_and_go_out_of_use(shown, house, lift, press, type_words):
    for name, floor in (("十层", "10F"), ("九层", "9F"), ("泵房", "B1")):
        draft = PointDraft(name, building_id=rows("SELECT id FROM building")[0][0], floor=floor)
        assets.add_point(draft, by=house.desk.id)
    points = shown(PointsDialog)
    assert [one.draft.name for one in points.listed()] == ["泵房", "九层", "十层"]
    press("Del")
    assert [one.draft.name for one in list_points()] == ["十层", "九层"]
    form = shown(PointDialog)
    type_words("电梯机房")
    press("Ctrl+Return")
    assert form.stored.draft.code == "P-04"


def test_a_company_and_its_contract_are_entered(shown, house, press, type_words):
    companies = shown(VendorsDialog)
    assert "Ctrl+N" in companies._hint.text()
    shown(VendorDialog)
    type_words("江宁电梯维保")
    press("Ctrl+Return")
    (vendor,) = list_vendors()
    form = shown(ContractDialog, vendor)
    type_words("12 台电梯全包维保")
    press("Ctrl+Return")
    assert form.rows.problem("until_on")
    type_words("2026-01-01")
    press("Tab")
    type_words("2026-12-01")
    press("Ctrl+Return")
    (contract,) = list_contracts()
    assert contract.draft.until_on == date(2026, 12, 1)
    companies.refill()
    assert companies.contracts.current_row().id == contract.id


def test_law_1_9_today_tells_of_days_and_leads_to_their_list(
    shown, house, lift, office_context, now, press, showing, in_dialog, qtbot
):
    set_language("en")
    stopped = AssetDraft("2# 客梯", AssetKind.LIFT, licence_until=date(2026, 11, 1))
    assets.add_asset(stopped, by=house.desk.id, now=now)
    notice = DatesNotice(office_context)
    showing(notice, 500, 40)
    notice.refill()
    assert notice.sentence() == "1 statutory date is over, 1 comes near"
    seen = []

    def look(dialog):
        seen.extend(one.subject for one in dialog.listed())
        press("Down")
        in_dialog(AssetSheet, lambda sheet: seen.append(sheet.heading.text()))
        press("Return")

    in_dialog(StatutoryDatesDialog, look)
    press("Tab")
    press("Return")
    assert seen == ["SB002 2# 客梯", "SB001 1# 客梯", "SB001  1# 客梯"]


def test_a_scanned_label_opens_the_thing(
    office_context, house, lift, showing, qapp, monkeypatch, in_dialog, qtbot
):
    monkeypatch.setattr("ui.scanner.GAP_MS", 250)
    window = MainWindow(office_context.theme, office_context.memory)
    window.sit_down(office_context)
    window.take_scans(qapp)
    showing(window, 1366, 768)
    opened = []
    in_dialog(AssetSheet, lambda sheet: opened.append(sheet.heading.text()))
    mark = office_mark(rows("SELECT uid FROM office")[0][0])
    place = QApplication.focusWindow()
    for character in label_text("SB001", lift.id, mark, is_point=False):
        shift = Qt.KeyboardModifier.ShiftModifier
        plain = Qt.KeyboardModifier.NoModifier
        QTest.keyClick(place, character, shift if character.isupper() else plain, 0)
    QTest.keyClick(place, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, 0)
    qtbot.waitUntil(lambda: bool(opened))
    assert opened == ["SB001  1# 客梯"]


def test_r70_a_ticket_names_its_thing_and_the_ledger_counts_it(
    office_context,
    house,
    lift,
    showing,
    now,
    press,
    focus,
    choose_in_menu,
    in_dialog,
    type_words,
):
    set_language("en")
    draft = TicketDraft(Kind.REPAIR, "电梯困人", unit_id=house.home.id, reporter_name="张")
    ticket = tickets.register_ticket(draft, by=house.desk.id, now=now)
    page = TicketsPage(office_context)
    showing(page, 1366, 692)
    page.catch_up()
    page.enter()

    def pick(_dialog):
        type_words("sb001")
        press("Return")

    in_dialog(AssetPicker, pick)
    press("Return")
    for _n in range(60):
        if focus() is page.detail.more:
            break
        press("Tab")
    press("Space")
    choose_in_menu("Name the thing")
    assert find_asset_of_ticket(ticket.id).id == lift.id
    (count,) = count_faults(now.date(), now.date())
    assert (count.asset_id, count.tickets) == (lift.id, 1)
    assert get_ticket(ticket.id).events[-1].detail == {"asset": ""}
    sheet = AssetSheet(office_context, page, lift.id)
    assert "1 fault within a year" in sheet._faults.text()
