"""Items, prices, contracts, exceptions and rules of fees by keys alone (R96, law.md 1.2)."""

from datetime import date

import pytest
from PIL import Image

from propdesk.domain.fee_items import UnitFeeKind
from propdesk.domain.fee_rules import Rule
from propdesk.domain.fee_tiers import Tier
from propdesk.domain.staff import Role
from propdesk.domain.tariff_drafts import TariffDraft
from propdesk.services import staff
from propdesk.services.fee_items import propose_items
from propdesk.services.fee_settings import get_fee_settings
from propdesk.services.parts.fee_rules import get_rule
from propdesk.services.queries.fee_bases import list_bases, list_basis_files
from propdesk.services.queries.fee_items import find_item, list_items
from propdesk.services.queries.fee_rules import office_place
from propdesk.services.queries.places import find_place
from propdesk.services.queries.tariffs import list_tariffs
from propdesk.services.queries.unit_fees import list_unit_fees
from propdesk.services.tariffs import add_tariff
from ui.dialogs.fee_bases_dialog import FeeBasesDialog
from ui.dialogs.fee_basis_dialog import FeeBasisDialog
from ui.dialogs.fee_item_dialog import FeeItemDialog
from ui.dialogs.fee_items_dialog import FeeItemsDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.dialogs.settings_fees_rules import FeeRuleDialog, FeeRulesDialog
from ui.dialogs.tariff_dialog import TariffDialog
from ui.dialogs.tariffs_dialog import EndTariffDialog, TariffsDialog
from ui.dialogs.unit_fee_dialog import UnitFeeDialog
from ui.dialogs.unit_fees_dialog import UnitFeesDialog
from ui.pages.fees import FeesPage

FIRST = date(2026, 1, 1)


@pytest.fixture
def items(house, now):
    """The usual items of a new office."""
    propose_items(by=house.desk.id, now=now)


@pytest.fixture
def wy(items, house, now):
    """The service fee at 1.80 yuan since January."""
    item = find_item("wy")
    add_tariff(TariffDraft(item.id, 18_000, FIRST), by=house.desk.id, now=now)
    return item


@pytest.fixture
def write(go_to, press, type_words):
    """Write words into the field of a name."""

    def into(name, words):
        go_to(name)
        press("Ctrl+A")
        type_words(words)

    return into


def test_r96_a_new_office_takes_the_usual_items_and_says_the_first_price_by_keys(
    office_context, house, page, in_dialog, press, type_words, write, back_to
):
    def price(_dialog):
        type_words("2.1")
        write("开始日期", "2026-01-01")
        press("Ctrl+Return")

    def prices(dialog):
        in_dialog(TariffDialog, price)
        press("Ctrl+N")
        back_to(dialog)
        assert dialog.current().price_e4 == 21_000
        press("Escape")

    def work(dialog):
        assert dialog.table.is_empty()
        press("Ctrl+T")
        assert dialog.current().item.code == "wy"
        in_dialog(TariffsDialog, prices)
        press("Return")
        back_to(dialog)
        assert not dialog.current().lacks_price
        press("Delete")
        back_to(dialog)

    in_dialog(FeeItemsDialog, work)
    FeeItemsDialog(office_context, page).ask()
    (tariff,) = list_tariffs()
    assert (tariff.price_e4, tariff.from_on, tariff.basis_id) == (21_000, FIRST, None)
    assert not find_item("wy").is_active  # Del ended it; its price stays
    assert len(list_items()) > 5


def test_an_item_is_added_by_keys_and_what_is_wrong_stands_under_its_field(
    office_context, house, page, items, in_dialog, press, type_words, write
):
    said = []

    def fill(dialog):
        type_words("车位管理费")
        write("项目编码", "wy")
        press("Ctrl+S")
        said.append(dialog.rows.problem("code"))
        write("项目编码", "cw")
        write("应缴日期", "40")
        press("Ctrl+S")
        said.append(dialog.rows.problem("due"))
        write("应缴日期", "15")
        press("Ctrl+S")

    in_dialog(FeeItemDialog, fill)
    dialog = FeeItemDialog(office_context, page, None)
    dialog.ask()
    assert "物业服务费" in said[0]
    assert said[1]
    assert (dialog.stored.item.code, dialog.stored.item.due_day) == ("cw", 15)


def test_r96_the_next_price_closes_the_present_one_and_an_overlap_is_told_at_its_days(
    office_context, house, page, wy, in_dialog, press, type_words, write, go_to, back_to, messages
):
    said = []

    def price(dialog):
        type_words("2.4")  # the proposed one is marked
        write("政府指导价上限", "2.2")
        write("上限依据", "发改价 18 号")
        said.append(dialog._doubts.text())
        go_to("前一个未到期的单价到前一天为止")
        press("Space")
        messages.expect("act")
        press("Ctrl+S")
        said.append(dialog.rows.problem("from"))
        go_to("前一个未到期的单价到前一天为止")
        press("Space")
        messages.expect("keep")  # better not
        press("Ctrl+S")
        assert len(list_tariffs()) == 1
        messages.expect("act")
        press("Ctrl+S")

    def work(dialog):
        in_dialog(TariffDialog, price)
        press("Return")
        back_to(dialog)
        said.append(dialog.table.selection_as_lines())

    in_dialog(TariffsDialog, work)
    TariffsDialog(office_context, page, wy).ask()
    assert "2.40" in said[0]
    assert "发改价 18 号" in said[0]
    for word in ("2.40", "1.80", "物业服务费", "全部房屋"):
        assert word in said[1]
    assert all("2.20" in asked[1] for asked in messages.asked)
    assert "超过上限" in said[2]
    new, old = list_tariffs()
    assert (new.price_e4, new.from_on, new.cap_e4) == (24_000, date(2026, 12, 1), 22_000)
    assert old.until_on == date(2026, 11, 30)


def test_steps_are_typed_line_by_line_and_a_penalty_needs_its_clause(
    office_context, house, page, items, in_dialog, press, type_words, write
):
    said = []

    def price(dialog):
        press("Shift+Tab", "Right")  # the parts stand before the fields
        write("用量至", "180")
        press("Tab")
        type_words("3.5")
        press("Tab", "Tab")
        type_words("5")
        press("Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab", "Right")
        write("每日费率", "0.5‰")
        press("Ctrl+S")
        said.append(dialog._late.problem("late_clause"))
        write("合同条款原文", "逾期按日万分之五")
        press("Ctrl+S")

    in_dialog(TariffDialog, price)
    TariffDialog(office_context, page, find_item("water"), None).ask()
    assert said[0]
    (tariff,) = list_tariffs()
    assert tariff.tiers == (Tier(180_000, 35_000), Tier(None, 50_000))
    assert (tariff.late_rate_e6, tariff.late_clause) == (500, "逾期按日万分之五")


def test_a_price_ends_and_a_slip_is_void_by_keys(
    office_context, house, page, wy, in_dialog, press, type_words, back_to
):
    def end(dialog):
        type_words("2025-12-31")
        press("Ctrl+S")
        assert dialog.rows.problem("until")
        press("Ctrl+A")
        type_words("2026-12-31")
        press("Ctrl+S")

    def work(dialog):
        in_dialog(EndTariffDialog, end)
        press("Ctrl+E")
        back_to(dialog)

    in_dialog(TariffsDialog, work)
    TariffsDialog(office_context, page, wy).ask()
    assert list_tariffs()[0].until_on == date(2026, 12, 31)


def test_l944_a_contract_gets_its_clauses_and_its_pages_by_keys(
    office_context, house, page, in_dialog, press, type_words, write, back_to, messages, tmp_path,
    qtbot,
):  # fmt: skip
    scan = tmp_path / "page-1.png"
    Image.new("RGB", (60, 80), "white").save(scan)

    def basis(dialog):
        press("Ctrl+S")
        assert dialog.rows.problem("name")
        type_words("物业服务合同")
        write("逾期条款", "按日万分之五")
        press("Ctrl+Return")

    def work(dialog):
        in_dialog(FeeBasisDialog, basis)
        press("Ctrl+N")
        back_to(dialog)
        messages.expect((scan,))
        press("Ctrl+I")
        qtbot.waitUntil(lambda: dialog.pages.is_settled() and dialog.current().pages == 1)
        messages.expect((scan,))  # the same page a second time changes nothing
        press("Ctrl+I")
        qtbot.waitUntil(dialog.pages.is_settled)

    in_dialog(FeeBasesDialog, work)
    FeeBasesDialog(office_context, page).ask()
    (basis_,) = list_bases()
    assert basis_.late_clause == "按日万分之五"
    assert [one.file.name for one in list_basis_files(basis_.id)] == ["page-1.png"]


def test_law_1_2_an_exception_asks_what_its_kind_needs_and_ends_by_keys(
    office_context, house, page, wy, in_dialog, press, type_words, write, go_to, back_to
):
    said = []

    def fill(dialog):
        go_to("交百分之")  # vacancy is what is entered most
        type_words("60")
        press("Ctrl+S")
        said.append(dialog.rows.problem("evidence"))
        write("证明材料", "空置申请,水表无用量")
        press("Ctrl+S")

    def work(dialog):
        in_dialog(UnitFeeDialog, fill)
        press("Ctrl+N")
        back_to(dialog)
        said.append(dialog.table.selection_as_lines())

    in_dialog(UnitFeesDialog, work)
    UnitFeesDialog(office_context, page, unit=house.home).ask()
    assert said[0]
    assert "60 %" in said[1]
    (line,) = list_unit_fees(house.home.id)
    assert (line.kind, line.percent, line.from_on) == (
        UnitFeeKind.VACANT,
        60,
        date(2026, 11, 1),
    )


def test_law_1_6_the_settings_of_fees_are_kept_and_wrong_ones_told_at_their_row(
    office_context, house, page, in_dialog, press, write, go_to
):
    said = []

    def change(dialog):
        write("统一社会信用代码", "123")
        press("Ctrl+S")
        said.append(dialog._fees.problem("credit_code"))
        write("统一社会信用代码", "91330106MA2K0X0Y3T")
        write("缴费地点", "服务中心前台")
        go_to("收款后直接打印收据，不先预览")
        press("Space", "Ctrl+S")

    in_dialog(SettingsDialog, change)
    assert not get_fee_settings().receipt_at_once  # off until an office wants it
    SettingsDialog(office_context, page, "fees").ask()
    assert said[0]
    stored = get_fee_settings()
    assert (stored.credit_code, stored.pay_place) == ("91330106MA2K0X0Y3T", "服务中心前台")
    assert stored.receipt_at_once


def test_law_1_2_place_and_own_values_of_rules_by_keys(
    office_context, house, now, page, in_dialog, press, type_words, go_to, back_to
):
    said = []
    today = now.date()

    def own(dialog):
        type_words("14")
        press("Ctrl+S")
        said.append(dialog.rows.problem("source"))
        go_to("理由或出处")
        type_words("本市指引")
        press("Ctrl+S")

    def work(dialog):
        go_to("所在地区")
        while dialog.place.currentText() != "山东 滨州":
            press("Down")
        said.append(office_place())
        assert get_rule(Rule.VACANCY_PERCENT_MOST, today).value == "60"
        go_to("收费规则")
        press("Home")
        while dialog.current().row.rule is not Rule.REASONABLE_DAYS:
            press("Down")
        in_dialog(FeeRuleDialog, own)
        press("Return")
        back_to(dialog)
        row = get_rule(Rule.REASONABLE_DAYS, today)
        said.append((row.value, row.source, row.is_verified))
        press("Ctrl+R")

    in_dialog(FeeRulesDialog, work)
    FeeRulesDialog(office_context, page).ask()
    assert said[0].code == "binzhou"
    assert said[1]
    assert said[2] == ("14", "本市指引", False)
    assert get_rule(Rule.REASONABLE_DAYS, today).value == "15"


def test_the_menu_of_the_page_leads_to_items_and_to_the_exceptions_of_the_house(
    office_context, house, wy, showing, in_dialog, press, focus, choose_in_menu, qtbot
):
    fees = FeesPage(office_context)
    showing(fees, 1366, 692)
    fees.catch_up()
    fees.show_account(house.home.id)
    seen = []
    for words, kind in (("收费项目与单价", FeeItemsDialog), ("收费例外", UnitFeesDialog)):
        while focus() is not fees.more:
            press("Tab")
        in_dialog(kind, lambda dialog: seen.append(dialog.heading.text()))
        press("Space")
        choose_in_menu(words)
        fees.activateWindow()
        qtbot.waitUntil(fees.isActiveWindow)
    assert seen == ["收费项目", "收费例外：1-2-501"]


def test_who_sets_no_prices_is_told_before_he_types(
    office_context, house, page, wy, in_dialog, press, messages
):
    office_context.staff = staff.add_staff("陈静", by=house.desk.id, role=Role.CASHIER)
    messages.expect(None, None)
    in_dialog(TariffsDialog, lambda _dialog: press("Ctrl+N", "Delete"))
    TariffsDialog(office_context, page, wy).ask()
    assert all("陈静" in asked[1] for asked in messages.asked)
    assert [one.price_e4 for one in list_tariffs()] == [18_000]


def test_the_next_price_of_a_community_is_one_of_that_community(
    office_context, house, page, wy, now, in_dialog, press, back_to
):
    by = house.desk.id
    place = find_place("云澜花园")[0]
    add_tariff(TariffDraft(wy.id, 15_000, FIRST, community_id=place), by=by, now=now)

    def work(dialog):
        while dialog.current().community_id is None:
            press("Down")
        in_dialog(TariffDialog, lambda _price: press("Ctrl+S"))
        press("Return")

    in_dialog(TariffsDialog, work)
    TariffsDialog(office_context, page, wy).ask()
    found = [one for one in list_tariffs() if one.community_id == place]
    assert [(one.from_on, one.until_on) for one in found] == [
        (date(2026, 12, 1), None),
        (FIRST, date(2026, 11, 30)),
    ]
