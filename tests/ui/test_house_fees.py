"""The fees of a house in its file, by keys: at a glance, to the account, to the till."""

from datetime import date

import pytest

from propdesk.domain.bills import BillDraft
from propdesk.domain.deposits import DepositDraft
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula
from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.staff import Role
from propdesk.domain.till import DepositKind, Means
from propdesk.domain.units import UnitKind
from propdesk.i18n import set_language
from propdesk.services import bills, fee_items, staff
from propdesk.services.queries.staff import find_department
from propdesk.services.till import take_payment
from ui.dialogs.till_dialog import TillDialog
from ui.pages.house_fees import HouseFees
from ui.pages.house_file import HouseFile
from ui.printing import PaperWindow


@pytest.fixture
def owing(house, now):
    """Two bills of 217.00, one overdue, 500.00 paid as deposit and 20.00 of the older bill."""
    item = ItemDraft("WY", "物业服务费", Formula.AREA, unit_kinds=(UnitKind.HOME,))
    fee_items.add_item(item, by=house.desk.id)
    for due_on in (date(2026, 10, 15), date(2026, 12, 15)):
        draft = BillDraft(21_700, "By hand", due_on.replace(day=1), None, due_on)
        bills.add_bill(house.home.id, "WY", draft, by=house.desk.id, now=now)
    deposit = DepositDraft(DepositKind.DECORATION, 50_000)
    money = PaymentDraft(house.home.id, (MeansPart(Means.CASH, 52_000),), deposits=(deposit,))
    return take_payment(money, by=house.desk.id, now=now)


@pytest.fixture
def open_file(office_context, house, showing):
    set_language("en")

    def show(width=560):
        file = HouseFile(office_context)
        file.stored.connect(lambda _words: file.refill())
        file.show_unit(house.home.id)
        showing(file, width, 640)
        return file

    return show


def said(part):
    records = part.table.records
    rows = [records.row_at(n) for n in range(records.rowCount())]
    return {row.key.split()[0]: (row.amount_fen, str(row.day or ""), row.text) for row in rows}


def show_fees(file, press):
    press("Alt+0", "Ctrl+Tab", "Ctrl+Tab")
    part = file._part()
    assert isinstance(part, HouseFees), "the last part: the keys of the others stay"
    return part


def test_r98_the_house_file_says_where_a_house_stands_and_opens_the_account(
    open_file, owing, press, qtbot, office_context, house
):
    file = open_file()
    assert next(c for c in file.tabs._cells if "Fees" in c.accessibleName()).accessibleName() == (
        "Fees 2"
    )
    part = show_fees(file, press)
    facts = said(part)
    # 217.00 + 217.00 - 20.00 = 414.00 open, of which 197.00 was to be paid by 2026-10-15.
    assert facts["open"] == (41_400, "2026-10-15", "2 open bills")
    assert facts["late"][0] == 19_700
    assert facts["deposit"][:2] == (50_000, "2026-11-21")
    assert facts["payment"][0] == 52_000
    assert owing.number in facts["payment"][2]
    # The friendly reminder comes first; 2026-10-15 is long enough ago.
    assert facts["next"][2] == "Friendly reminder"
    with qtbot.waitSignal(office_context.navigation.account_wanted, timeout=1000) as caught:
        press("Return")
    assert caught.args == [house.home.id]


def test_r98_money_is_taken_in_the_house_file(open_file, owing, press, in_dialog, pages_of, qtbot):
    part = show_fees(open_file(), press)

    in_dialog(TillDialog, lambda _till: press("Ctrl+Return"))
    press("Ins")
    assert "SJ-2026-000002" in pages_of(part)
    press("Esc")
    qtbot.waitUntil(lambda: not part.findChildren(PaperWindow))
    # The bill of December is not due yet and not ticked: 414.00 - 197.00.
    assert said(part)["open"][0] == 21_700
    assert said(part)["next"][2] == "nothing to do: nothing is overdue"


def test_l16_a_guard_neither_sees_nor_counts_fees(open_file, owing, office_context, house, press):
    order = find_department("安管部").id
    guard = staff.add_staff("赵刚", role=Role.CASHIER, department_id=order, by=house.desk.id)
    office_context.staff = guard
    file = open_file()
    assert "Fees" in [cell.accessibleName() for cell in file.tabs._cells]
    events = file.parts[0].events.table.records
    assert all(events.row_at(n).event.group != "fees" for n in range(events.rowCount()))
    part = show_fees(file, press)
    assert part.table.records.rowCount() == 0
    assert "26, 30" in part._none.text()
