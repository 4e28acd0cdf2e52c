"""Moves, keys and gate passes by the keyboard alone: the kind first, then only its fields."""

from datetime import date

import pytest

from propdesk.domain.bills import BillDraft
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula
from propdesk.domain.leave_reasons import LeaveReason
from propdesk.domain.moves import Meter, MoveDraft, MoveKind, Newcomer
from propdesk.domain.persons import ResidentRole
from propdesk.domain.settlements import SettlementLine
from propdesk.domain.staff import Role
from propdesk.domain.unit_keys import KeyDraft, KeyKind, KeyOutcome
from propdesk.domain.units import UnitKind
from propdesk.services import bills, fee_items, moves, staff, unit_keys
from propdesk.services.queries.gate_passes import list_gate_passes
from propdesk.services.queries.moves import get_move, list_moves, list_staying
from propdesk.services.queries.staff import find_department
from propdesk.services.queries.unit_keys import list_keys
from ui.dialogs.gate_pass_dialog import GatePassDialog
from ui.dialogs.keys_dialog import EndKeyDialog, GiveKeyDialog
from ui.dialogs.move_dialog import MoveDialog, SettleDialog
from ui.dialogs.till_dialog import TillDialog
from ui.printing import PaperWindow

TODAY = date(2026, 11, 21)
# The hotkeys of the kinds, and the rows that each shows beside kind, day, state and note.
SEEN = {
    "1": {"leaving", "reason", "settlement", "settled_on", "new_address", "meters"},
    "2": {"coming", "meters"},
    "3": {"until_on", "told_on", "coming", "meters"},
    "4": {"told_on", "leaving", "reason", "settlement", "settled_on", "new_address", "meters"},
    "5": {"told_on", "leaving", "coming", "settlement", "settled_on", "new_address", "meters"},
    "6": {"coming", "meters"},
    "7": {"told_on", "leaving", "coming"},
    "8": {"until_on", "told_on", "coming"},
}
ALWAYS = {"kind", "on_day", "state", "note"}
ROWS = ALWAYS | set().union(*SEEN.values()) | {"open_reason"}


@pytest.fixture
def tenant(house, now):
    """A tenant with a card."""
    draft = MoveDraft(
        MoveKind.LEASE, date(2026, 1, 1), coming=(Newcomer("王建", phones=("13900005678",)),)
    )
    moves.record_move(house.home.id, draft, by=house.desk.id, now=now)
    found = next(one for one in list_staying(house.home.id, TODAY) if one.name == "王建")
    card = KeyDraft(KeyKind.DOOR_CARD, 2, person_id=found.person_id, deposit_fen=5_000)
    unit_keys.give_key(house.home.id, card, by=house.desk.id, now=now)
    return found


def test_r83_each_kind_has_only_its_own_fields(show, house, press):
    dialog = show(MoveDialog, house.home)
    for key, fields in SEEN.items():
        press(key)
        seen = {row for row in ROWS if dialog.rows.field(row).isVisibleTo(dialog)}
        assert seen == ALWAYS | fields, key


def test_r83_a_lease_is_recorded_by_keys(show, house, press, type_words, go_to):
    dialog = show(MoveDialog, house.home)
    press("3")
    go_to(dialog.until_on.accessibleName())
    type_words("2027-10-31")
    go_to(dialog.told_on.accessibleName())
    type_words("2026-11-20")
    go_to(dialog.coming.rows[0].name.accessibleName())
    type_words("王建")
    go_to(dialog.coming.rows[0].phones.accessibleName())
    type_words("13900005678")
    go_to(dialog.settlement.meters.fields[Meter.WATER].accessibleName())
    type_words("120.5")
    press("Ctrl+S")
    (move,) = list_moves()
    assert dialog.stored == move
    assert (move.kind, move.name, move.told_on) == (MoveKind.LEASE, "王建", date(2026, 11, 20))
    assert (move.until_on, move.meters) == (date(2027, 10, 31), {Meter.WATER: "120.5"})
    assert move.effects["state"] == "let"
    assert {one.role for one in list_staying(house.home.id, TODAY)} == {
        ResidentRole.OWNER, ResidentRole.TENANT,
    }  # fmt: skip


def test_r83_r84_what_is_open_is_asked_at_once_and_a_reason_lets_them_go(
    show, house, tenant, press, type_words, go_to, focus
):
    dialog = show(MoveDialog, house.home)
    press("4")
    press("Ctrl+S")
    assert dialog.rows.problem("reason")
    assert "×2" in dialog.rows.problem("open_reason")
    assert not list_moves(kind=MoveKind.LEASE_END)
    go_to(dialog.reason.accessibleName())
    press("Down", "Down")
    go_to(dialog.settlement.lines.rows[0].name.accessibleName())
    type_words("物业服务费")
    go_to(dialog.settlement.lines.rows[0].due.accessibleName())
    type_words("300")
    press("Tab")
    type_words("200")
    go_to(dialog.settlement.open_reason.accessibleName())
    type_words("下周补交")
    press("Ctrl+Return")
    (move,) = list_moves(kind=MoveKind.LEASE_END)
    assert move.reason is LeaveReason.MOVED_AWAY
    assert move.settlement[0].difference_fen == 10_000
    assert move.open_reason == "下周补交"
    assert move.effects["ended"] == [tenant.residency_id]
    assert dialog.stored == move


def test_f46_an_amount_that_is_none_is_said_with_its_line(show, house, tenant, press, type_words,
                                                          go_to):  # fmt: skip
    dialog = show(MoveDialog, house.home)
    press("4")
    go_to(dialog.settlement.lines.rows[0].name.accessibleName())
    type_words("水费")
    go_to(dialog.settlement.lines.rows[0].due.accessibleName())
    type_words("1e308")
    press("Ctrl+S")
    assert "1" in dialog.rows.problem("settlement")
    assert dialog.stored is None


def test_r83_an_announced_move_is_settled_later_by_keys(
    show, house, tenant, now, press, type_words, go_to
):
    end = MoveDraft(
        MoveKind.LEASE_END, TODAY, reason=LeaveReason.TASTE, leaving=(tenant.residency_id,),
        open_reason="先搬后结",
    )  # fmt: skip
    move = moves.record_move(house.home.id, end, by=house.desk.id, now=now)
    dialog = show(SettleDialog, move)
    type_words("水费")
    go_to(dialog.settlement.settled_on.accessibleName())
    type_words("2026-11-21")
    press("Ctrl+S")
    assert get_move(move.id).settled_on == TODAY
    assert dialog.stored.settlement[0].item == "水费"


def test_r83_keys_are_handed_out_and_come_back_by_keys(show, house, press, type_words, go_to):
    dialog = show(GiveKeyDialog, house.home)
    go_to(dialog.count.accessibleName())
    press("Ctrl+A")
    type_words("3")
    go_to(dialog.deposit.accessibleName())
    type_words("60")
    press("Ctrl+S")
    (given,) = list_keys(house.home.id)
    assert (given.count, given.holder, given.deposit_fen) == (3, "张伟丰", 6_000)
    assert given.person_id == house.owner.person_id
    back = show(EndKeyDialog, given, KeyOutcome.RETURNED)
    type_words("4")
    press("Ctrl+S")
    assert back.rows.problem("count")
    press("Ctrl+A")
    type_words("2")
    go_to(back.back.accessibleName())
    press("Ctrl+A")
    type_words("40")
    press("Ctrl+S")
    assert [(key.count, key.outcome) for key in list_keys(house.home.id)] == [
        (1, None), (2, KeyOutcome.RETURNED),
    ]  # fmt: skip
    assert back.stored.deposit_back_fen == 4_000


def test_r83_a_tenants_pass_asks_for_the_owners_word(show, house, tenant, press, type_words, go_to):
    dialog = show(GatePassDialog, house.home)
    press("Ctrl+A")
    type_words("王建")
    go_to(dialog.items.accessibleName())
    type_words("沙发 1 件")
    press("Ctrl+S")
    assert dialog.rows.problem("confirmed_by")
    go_to(dialog.agreed.accessibleName())
    type_words("张先生 电话同意")
    press("Ctrl+S")
    (written,) = list_gate_passes()
    assert (written.carrier, written.confirmed_by) == ("王建", "张先生 电话同意")


@pytest.fixture
def owing(house, now):
    """Two months of 217.00, overdue."""
    item = ItemDraft("WY", "物业服务费", Formula.AREA, unit_kinds=(UnitKind.HOME,))
    fee_items.add_item(item, by=house.desk.id)
    for month in (9, 10):
        draft = BillDraft(21_700, "按手工", date(2026, month, 1), None, date(2026, month, 28))
        bills.add_bill(house.home.id, "WY", draft, by=house.desk.id, now=now)


def test_r83_the_settlement_comes_from_the_bills_and_the_till_settles_it(
    show,
    house,
    owing,
    press,
    in_dialog,
    go_to,
    type_words,
    back_to,
    pages_of,
    qtbot,
):
    dialog = show(MoveDialog, house.home)
    press("1")
    assert dialog.settlement.lines.lines() == (
        SettlementLine("物业服务费", 43_400, 0, 0, date(2026, 10, 1)),
    )
    lines = dialog.settlement.lines.rows
    go_to(lines[1].name.accessibleName())
    while not lines[1].name.hasFocus():
        press("Tab")
    type_words("垃圾清运")

    in_dialog(TillDialog, lambda _till: press("Ctrl+Return"))
    press("Ctrl+T")
    assert "SJ-2026-000001" in pages_of(dialog)
    press("Esc")
    qtbot.waitUntil(lambda: not dialog.findChildren(PaperWindow))
    back_to(dialog)
    # 2 x 217.00 came in; what the clerk typed of waste is still there.
    assert dialog.settlement.lines.lines() == (
        SettlementLine("物业服务费", 43_400, 43_400, 0, date(2026, 10, 1)),
        SettlementLine("垃圾清运"),
    )
    assert dialog.settlement.settled_on.words() == "2026-11-21", "nothing is open any more"
    assert not dialog.settlement.take.isEnabled()
    go_to(dialog.reason.accessibleName())
    press("Down", "Ctrl+S")
    (move,) = list_moves()
    assert not move.is_open
    assert move.settlement[0].paid_fen == 43_400


def test_l16_a_guard_types_the_settlement_and_sees_no_bills(
    show, house, owing, press, office_context
):
    order = find_department("安管部").id
    office_context.staff = staff.add_staff(
        "赵队长", by=house.desk.id, department_id=order, role=Role.SUPERVISOR
    )
    dialog = show(MoveDialog, house.home)
    press("1", "Ctrl+B")
    assert dialog.settlement.lines.lines() == ()
    assert not dialog.rows.field("figures").isVisibleTo(dialog)
