"""The papers of a move, read back out of their files (forms.md 5.7; R83, R84)."""

from dataclasses import replace
from datetime import date

import pypdf
import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.gate_passes import GatePassDraft
from propdesk.domain.leave_reasons import LeaveReason
from propdesk.domain.moves import Meter, MoveDraft, MoveKind, Newcomer
from propdesk.domain.papers import PaperLanguage, PaperSize
from propdesk.domain.settlements import SettlementLine
from propdesk.domain.unit_keys import KeyDraft, KeyKind, KeyOutcome
from propdesk.domain.units import UnitState
from propdesk.services import gate_passes, moves, unit_keys
from propdesk.services.printing_moves import (
    note_gate_pass_print,
    note_move_print,
    print_gate_pass,
    print_move,
    print_move_reasons,
)
from propdesk.services.queries.moves import list_staying
from propdesk.storage.database import rows

TODAY = date(2026, 11, 21)
FEES = (
    SettlementLine("物业服务费", 120_000, 100_000, until=date(2026, 11, 30)),
    SettlementLine("水费", 3_050, 3_050),
    SettlementLine("门禁卡押金", deposit_fen=5_000),
)


@pytest.fixture
def read(world, tmp_path):
    """Print a paper and give the words of each page without blanks."""

    def run(print_paper, what, **more):
        made = print_paper(what, tmp_path / "paper.pdf", by=world.desk, now=world.now, **more)
        assert not made.replaced_characters
        pages = ["".join(p.extract_text().split()) for p in pypdf.PdfReader(made.file).pages]
        assert made.pages == len(pages)
        return pages

    return run


@pytest.fixture
def act(world):
    return {"by": world.desk.id, "now": world.now}


@pytest.fixture
def lease(world, act):
    """A tenant with two cards."""
    draft = MoveDraft(
        MoveKind.LEASE,
        date(2026, 11, 1),
        until_on=date(2027, 10, 31),
        told_on=date(2026, 11, 2),
        coming=(Newcomer("王建", phones=("13900005678",)),),
        state=UnitState.LET,
        meters={Meter.WATER: "120.5", Meter.ELECTRICITY: "3411"},
        note="合租两人",
    )
    move = moves.record_move(world.home.id, draft, **act)
    tenant = list_staying(world.home.id, TODAY)[1]
    cards = KeyDraft(KeyKind.DOOR_CARD, 2, person_id=tenant.person_id, deposit_fen=5_000)
    unit_keys.give_key(world.home.id, replace(cards, from_on=date(2026, 11, 1)), **act)
    return move


@pytest.fixture
def end(world, act, lease):
    """The end of that lease; one card came back, the other did not."""
    (card,) = [row[0] for row in rows("SELECT id FROM unit_key")]
    unit_keys.end_key(card, KeyOutcome.RETURNED, version=1, count=1, back_fen=5_000, **act)
    draft = MoveDraft(
        MoveKind.LEASE_END,
        TODAY,
        reason=LeaveReason.BETTER_OFFER,
        leaving=(list_staying(world.home.id, TODAY)[1].residency_id,),
        settlement=FEES,
        settled_on=TODAY,
        new_address="翠湖路 8 号",
        new_phone="13900005678",
        open_reason="一张门禁卡下周送回",
        meters={Meter.WATER: "131.25"},
    )
    move = moves.record_move(world.home.id, draft, **act)
    things = GatePassDraft("顺达搬家公司", "沙发 1 件", confirmed_by="张伟丰 电话", move_id=move.id)
    gate_passes.write_gate_pass(world.home.id, things, **act)
    return move


def test_r83_the_move_in_record_names_who_comes_readings_and_keys(lease, read):
    (page,) = read(print_move, lease.id)
    for words in (
        "迁入登记",
        lease.number,
        "3栋2单元501",
        "王建",
        "租户",
        "139****5678",
        "合租两人",
    ):
        assert words in page
    for words in ("2026-11-01", "2027-10-31", "2026-11-02", "120.5", "3411", "门禁卡×2"):
        assert words in page
    assert "13900005678" not in page


def test_r83_r84_the_settlement_has_reason_sums_that_balance_and_the_balance_in_capitals(end, read):
    (page,) = read(print_move, end.id)
    for words in (
        "迁出结清单",
        "更优质",
        "翠湖路8号",
        "131.25",
        "一张门禁卡下周送回",
        "FX-2026-0001",
    ):
        assert words in page
    assert "合计1,230.501,030.50200.0050.00" in page
    assert "150.00" in page
    assert "壹佰伍拾元整" in page
    assert "未交回" in page
    assert "已交回2026-11-21" in page
    for sign in ("业主或住户", "财务", "服务中心"):
        assert sign in page


def test_r83_what_the_office_gives_back_is_said_so(world, act, lease, read):
    draft = MoveDraft(
        MoveKind.LEASE_END,
        TODAY,
        reason=LeaveReason.MOVED_AWAY,
        leaving=(list_staying(world.home.id, TODAY)[1].residency_id,),
        settlement=(SettlementLine("装修押金", deposit_fen=200_005),),
        open_reason="押金月底退",
    )
    (page,) = read(print_move, moves.record_move(world.home.id, draft, **act).id)
    assert "2,000.05" in page
    assert "贰仟元零伍分" in page
    assert "由服务中心退还" in page


def test_r83_a_change_of_owner_has_both_papers(world, act, read):
    owner = list_staying(world.home.id, TODAY)[0]
    draft = MoveDraft(
        MoveKind.TRANSFER,
        TODAY,
        leaving=(owner.residency_id,),
        coming=(Newcomer("赵敏"), Newcomer("孙强")),
        settled_on=TODAY,
    )
    sale = moves.record_move(world.home.id, draft, **act)
    (out,) = read(print_move, sale.id)
    assert "迁出结清单" in out
    (record,) = read(print_move, sale.id, settlement=False)
    assert "迁入登记" in record
    assert "孙强" in record


def test_a_void_move_says_so_on_its_paper(lease, act, read):
    moves.void_move(lease.id, "录错房号", version=lease.version, **act)
    (page,) = read(print_move, lease.id)
    assert "作废:录错房号" in page.replace("：", ":")


def test_r83_the_signatures_of_a_long_settlement_never_stand_alone(world, act, end, read):
    for length in range(0, 4200, 350):
        rows_before = rows("SELECT version FROM move WHERE id = ?", end.id)[0][0]
        note = "经双方核对无误。" * (length // 8)
        from propdesk.domain.moves import SettleDraft

        draft = SettleDraft(FEES, TODAY, note=note, open_reason="下周")
        moves.settle_move(end.id, draft, version=rows_before, **act)
        last = read(print_move, end.id)[-1]
        assert "财务" in last
        assert "经办人" in last


def test_r83_a_name_of_forty_characters_is_whole_on_the_pass(world, read):
    name = "".join(chr(0x4E00 + place) for place in range(40))
    draft = GatePassDraft(name, "沙发 1 套")
    written = gate_passes.write_gate_pass(world.home.id, draft, by=world.desk.id, now=world.now)
    (text,) = read(print_gate_pass, written.id)
    assert name in "".join(text.split())


def test_r83_a_gate_pass_is_a5_or_two_copies_on_a4(end, read, tmp_path):
    (small,) = read(print_gate_pass, 1)
    box = pypdf.PdfReader(tmp_path / "paper.pdf").pages[0].mediabox
    assert (round(box.width * 25.4 / 72), round(box.height * 25.4 / 72)) == (210, 148)
    for words in ("放行条", "FX-2026-0001", "顺达搬家公司", "沙发1件", "张伟丰电话", "值班"):
        assert words in small
    (double,) = read(print_gate_pass, 1, size=PaperSize.A4)
    assert double.count("顺达搬家公司") == 2


def test_f45_a_long_list_of_things_goes_on_and_nothing_is_cut(world, act, read):
    things = "\n".join(f"纸箱{n}号书籍衣物" for n in range(1, 41))
    written = gate_passes.write_gate_pass(world.home.id, GatePassDraft("张伟丰", things), **act)
    pages = read(print_gate_pass, written.id)
    assert len(pages) > 1
    assert all(f"纸箱{n}号书籍衣物" in "".join(pages) for n in range(1, 41))
    assert all("值班" in page for page in pages)


def test_r84_the_years_chart_has_the_reference_marked_as_such(end, read):
    (page,) = read(print_move_reasons, 2026)
    for words in ("培训参考", "68%", "更优质", "100%", "9%"):
        assert words in page
    (empty,) = read(print_move_reasons, 2019)
    assert "没有" in empty
    (english,) = read(print_move_reasons, 2026, language=PaperLanguage.EN)
    assert "notameasurement" in english


def test_l17_printing_is_a_line_of_who_looked_at_the_house(world, act, end):
    note_move_print(end.id, **act)
    note_gate_pass_print(1, **act)
    found = rows("SELECT act, unit_id, what FROM access_line ORDER BY id")
    assert found == [
        ("printed", world.home.id, end.number),
        ("printed", world.home.id, "FX-2026-0001"),
    ]


def test_f54_a_worker_prints_no_papers_of_houses(world, lease, tmp_path):
    with pytest.raises(RuleError) as refused:
        print_move(lease.id, tmp_path / "x.pdf", by=world.worker, now=world.now)
    assert refused.value.code == "not-allowed"
    assert not (tmp_path / "x.pdf").exists()
