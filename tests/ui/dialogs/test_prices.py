"""The price list and paid work by keyboard (R97)."""

import pytest

from propdesk.domain.prices import ChargeKind, PriceDraft
from propdesk.domain.tickets import EventKind, Kind, TicketDraft
from propdesk.services import tickets
from propdesk.services.prices import add_price
from propdesk.services.queries.prices import get_charge, list_prices
from propdesk.services.queries.tickets import get_ticket
from ui.dialogs.charge_dialog import ChargeDialog, charge_words
from ui.dialogs.prices_dialog import PriceDialog, PricesDialog


@pytest.fixture
def prices(house, now):
    """A list of three prices."""
    for draft in (
        PriceDraft(ChargeKind.LABOUR, "更换水龙头", 3_000, code="S01", unit="个"),
        PriceDraft(ChargeKind.LABOUR, "疏通下水", 8_000, code="S02", unit="次"),
        PriceDraft(ChargeKind.MATERIAL, "密封圈", 250, code="C01", spec="DN15", unit="个"),
    ):
        add_price(draft, by=house.desk.id, now=now)


@pytest.fixture
def repair(house, now):
    """A repair of the known house."""
    draft = TicketDraft(Kind.REPAIR, "水龙头漏水", unit_id=house.home.id, reporter_name="张先生")
    return tickets.register_ticket(draft, by=house.desk.id, now=now)


@pytest.fixture
def charge(office_context, repair, in_dialog, showing):
    """Open the dialog on the repair, act in it, and return how it was left."""

    def open_and(act):
        dialog = ChargeDialog(office_context, None, get_ticket(repair.id))
        in_dialog(ChargeDialog, act)
        return dialog.ask()

    return open_and


def test_r97_a_job_from_the_list_is_agreed_to_and_charged_by_keys(
    charge, prices, repair, type_words, press
):
    def act(_dialog):
        type_words("s01")
        press("Return", "Return", "Return")  # item, quantity, price; the kind is the list's
        type_words("封")
        press("Down", "Return")  # the only proposal
        type_words("2")
        press("Return", "Return", "Tab", "Tab", "Tab", "Tab")  # over the empty line
        type_words("50")
        press("Ctrl+S")

    assert charge(act) == "save"
    stored = get_charge(repair.id)
    assert [(line.name, line.quantity_milli) for line in stored.lines] == [
        ("更换水龙头", 1000),
        ("密封圈", 2000),
    ]
    assert (stored.total_fen, stored.agreed_fen, stored.agreed_by) == (3_500, 5_000, "张先生")
    ticket = get_ticket(repair.id)
    kinds = [event.kind for event in ticket.events]
    assert kinds[-2:] == [EventKind.PRICE_AGREED, EventKind.CHARGED]
    assert "35.00" in charge_words(ticket)
    assert "50.00" in charge_words(ticket)


def test_r97_without_an_agreement_nothing_is_stored_and_the_field_says_so(
    charge, prices, repair, type_words, press
):
    said = []

    def act(dialog):
        type_words("S02")
        press("Return", "Ctrl+S")
        said.append(dialog.rows.problem("agreed_fen"))

    assert charge(act) == ""
    assert said[0]
    assert get_charge(repair.id).lines == ()


def test_a_line_that_is_not_in_the_list_is_typed_in_full(charge, prices, repair, type_words, press):
    def act(_dialog):
        type_words("生料带")
        press("Return")
        type_words("0.5")
        press("Return")
        type_words("0")
        press("Ctrl+S")

    assert charge(act) == "save"
    (line,) = get_charge(repair.id).lines
    assert (line.name, line.kind, line.quantity_milli, line.price_fen) == (
        "生料带",
        ChargeKind.MATERIAL,
        500,
        0,
    )


def test_an_unreadable_amount_stays_in_its_line_and_is_told(
    charge, prices, repair, type_words, press
):
    said = []

    def act(dialog):
        type_words("换锁")
        press("Return", "Return")
        type_words("面议")
        press("Ctrl+S")
        said.append(dialog.rows.problem("lines"))

    assert charge(act) == ""
    assert "面议" in said[0]


def test_a_price_is_added_by_keys_and_a_taken_number_is_told(
    office_context, house, prices, in_dialog, press, type_words
):
    said = []

    def fill(dialog):
        type_words("换锁")
        press("Tab", "Tab", "Tab")
        type_words("次")
        press("Tab")
        type_words("60")
        press("Tab")
        type_words("s01")
        press("Ctrl+S")
        said.append(dialog.rows.problem("code"))
        press("Backspace", "Backspace", "Backspace")
        type_words("S09")
        press("Ctrl+S")

    def act(_dialog):
        in_dialog(PriceDialog, fill)
        press("Ctrl+N")

    in_dialog(PricesDialog, act)
    PricesDialog(office_context, None).ask()
    assert said[0]
    assert {item.code: item.price_fen for item in list_prices()}["S09"] == 6_000


def test_the_list_is_printed_for_the_wall(
    office_context, house, prices, in_dialog, press, pages_of
):
    shown = []

    def act(dialog):
        press("Ctrl+P")
        shown.append(pages_of(dialog))
        press("Esc")

    in_dialog(PricesDialog, act)
    PricesDialog(office_context, None).ask()
    for word in ("有偿服务价目表", "更换水龙头", "密封圈DN15", "2.50", "80.00"):
        assert word in shown[0]
