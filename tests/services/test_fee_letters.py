"""Fee letters from the ripe house to the letter that never changes again (law.md 1.6, F65)."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pypdf
import pytest
from peewee import IntegrityError

from propdesk.domain.dunning import LetterState, Stage
from propdesk.domain.envelopes import Envelope
from propdesk.domain.errors import Cancelled, DraftError, RuleError
from propdesk.domain.fee_letters import content_sha256, read_letter_digits, short_hash, to_json
from propdesk.domain.fee_settings import FeeSettings
from propdesk.domain.fee_templates import FeeTemplate, TemplatePart
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.i18n import set_language
from propdesk.services import checking, residents, staff, tickets
from propdesk.services.fee_letter_copies import print_fee_letter
from propdesk.services.fee_letters import (
    LetterWish,
    approve_letters,
    correct_letter,
    make_letters,
    send_letters,
    withdraw_letter,
)
from propdesk.services.fee_settings import save_fee_settings
from propdesk.services.fee_templates import get_template, restore_template, save_template
from propdesk.services.printing_envelopes import print_envelopes, print_express_sheet
from propdesk.services.printing_fee_letters import print_delivery_list, print_fee_letters
from propdesk.services.queries.fee_letters import (
    Held,
    find_fee_letter,
    list_fee_letters,
    list_ripe,
)
from propdesk.storage.database import rows
from propdesk.storage.dunning import FeeLetterRecord

SETTINGS = FeeSettings(
    payee="和苑物业服务有限公司", credit_code="91330106MA2K0X0Y3T",
    bank_payee="和苑物业服务有限公司", bank="示例银行云澜支行", account="3301 0400 0012 3456 789",
    pay_place="服务中心前台", pay_hours="8:30至18:00，含周末", contact="赵敏",
    contact_phone="0571-8800 6110", signer="徐立平", letter_pattern="云澜催〔{year}〕{number}号",
)  # fmt: skip
QUARTERS = (("2026-01-01", "2026-03-31", "2026-01-25"), ("2026-04-01", "2026-06-30", "2026-04-25"),
            ("2026-07-01", "2026-09-30", "2026-07-25"))  # fmt: skip


def _fees(unit_id: int, person_id: int | None, payer_id: int | None = None) -> None:
    """Three quarters of 118.62 m² at 2.80 yuan, 500 yuan paid on the first, and two shares."""
    quarter = {
        "formula": "area", "rounding": "fen-half-up", "exact_fen": "99640.8", "amount_fen": 99641,
        "parts": [{"from": "2026-01-01", "until": "2026-03-31", "area_dm2": 11862,
                   "price_e4": 28000, "days": 3, "of": 1, "exact_fen": "99640.8"}],
    }  # fmt: skip
    share = {
        "formula": "shared", "amount_fen": 8630,
        "share": {"total_fen": 432000, "by": "area", "base": 11862, "base_total": 594000,
                  "amount_fen": 8630, "from": "2026-04-01", "until": "2026-06-30",
                  "days": 91, "of": 91},
    }  # fmt: skip
    bills = [
        (unit_id, 1, *days, 99641, 50000 if place == 0 else 0, person_id, payer_id, 1,
         json.dumps(quarter))
        for place, days in enumerate(QUARTERS)
    ]  # fmt: skip
    bills.append((unit_id, 2, "2026-04-01", "2026-06-30", "2026-07-25", 8630, 0, person_id,
                  payer_id, None, json.dumps(share)))  # fmt: skip
    for bill in bills:
        rows(
            "INSERT INTO bill (unit_id, fee_item_id, kind, from_on, until_on, due_on, amount_fen, "
            "settled_fen, person_id, payer_id, tariff_id, external, working, note, entered_at, "
            "staff_id, void_reason) VALUES (?, ?, 'charge', ?, ?, ?, ?, ?, ?, ?, ?, '', ?, '', "
            "'2026-01-01T08:00:00', 1, '')",
            *bill,
        )


@pytest.fixture
def items(world):
    """The two items of the bills, the price and the contract that it rests on."""
    for id_, code, name, formula in (
        (1, "WYF", "物业服务费", "area"),
        (2, "GT", "公共能耗分摊", "shared"),
    ):
        rows(
            "INSERT INTO fee_item (id, code, name, formula, income, charges, unit_kinds, "
            "meter_kind, line_months, billed_months, due_month, due_day, partial, rounding, "
            "position, is_active, note, version) VALUES (?, ?, ?, ?, 'service', 'all', '[]', '', "
            "3, 3, 0, 25, 'by-day', 'fen-half-up', ?, 1, '', 1)",
            id_, code, name, formula, id_,
        )  # fmt: skip
    rows(
        "INSERT INTO fee_basis (id, kind, name, number, signed_on, fee_clause, due_clause, "
        "late_clause, address_clause, note, staff_id, version) VALUES (1, 'contract', "
        "'云澜花园物业服务合同', 'YL-2023-1501', '2023-06-18', "
        "'第七条，物业服务费按建筑面积每月每平方米2.80元计收', '每季度首月25日前支付', "
        "'合同第十二条', '', '', 1, 1)"
    )
    columns = [row[1] for row in rows("PRAGMA table_info(tariff)")]
    extra = {"tier_base": "'reading'"}
    more = "".join(f", {name}" for name in extra if name in columns)
    values = "".join(f", {value}" for name, value in extra.items() if name in columns)
    rows(
        "INSERT INTO tariff (id, fee_item_id, from_on, price_e4, tiers, share_by, floor_factors, "
        "vacancy_after_months, basis_id, basis_note, cap_source, late_rate_e6, late_clause, "
        f"late_grace_days, note, entered_at, staff_id, void_reason{more}) VALUES (1, 1, "
        "'2023-07-01', 28000, '[]', '', '{}', 0, 1, '', '', 0, '', 0, '', '2023-06-18T08:00:00', "
        f"1, ''{values})"
    )
    save_fee_settings(SETTINGS, by=world.desk.id)


@pytest.fixture
def owing(world, items):
    """The home owes 2,575.53 yuan; its tenant agreed to pay."""
    tenant = PersonDraft("何雨晴", ResidentRole.TENANT, "何女士", ("13700004567",))
    residents.add_resident(world.home.id, tenant, by=world.desk.id, now=world.now)
    rows("UPDATE unit SET area_dm2 = 11862 WHERE id = ?", world.home.id)
    _fees(world.home.id, 1, 2)
    for account, bill, amount in (("money", None, 50000), ("bill", 1, -50000)):
        rows(
            "INSERT INTO ledger_line (act_no, act, account, unit_id, bill_id, amount_fen, on_day, "
            "entered_at, staff_id, reason) VALUES (1, 'payment', ?, ?, ?, ?, '2026-02-01', "
            "'2026-02-01T08:00:00', 1, '')",
            account, world.home.id, bill, amount,
        )  # fmt: skip
    return world


OPEN = 49641 + 99641 + 99641 + 8630


@pytest.fixture
def demanded(owing):
    """Give the drafts of the formal demand."""
    _sent(owing, Stage.SLIP)
    return make_letters(Stage.LETTER, by=owing.desk.id, now=owing.now)


def _sent(world, stage):
    """Say that a stage reached the home by an act."""
    rows(
        "INSERT INTO dunning_act (unit_id, stage, way, result, at, entered_at, staff_id, done_by, "
        "witness, receiver, relation, address, express_number, has_proof, open_fen, note, "
        "override_reason, void_reason) VALUES (?, ?, 'in-person', 'signed', "
        "'2026-10-01T10:00:00', '2026-10-01T10:00:00', 1, '', '', '', 'self', '', '', 1, 1, '', "
        "'', '')",
        world.home.id, stage.value,
    )  # fmt: skip
    act = rows("SELECT max(id) FROM dunning_act")[0][0]
    rows("INSERT INTO demand_line (bill_id, act_id, open_fen) SELECT id, ?, 1 FROM bill", act)


def _text(file):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


# Who is ripe.


def test_stages_come_one_after_the_other_by_the_days_of_law_1_6(owing):
    oldest = date(2026, 1, 25)

    def ripe(stage, days):
        return [one.short for one in list_ripe(stage, oldest + timedelta(days))]

    assert ripe(Stage.NOTICE, -20) == ["3-2-501"]
    assert (ripe(Stage.REMINDER, 6), ripe(Stage.REMINDER, 7)) == ([], ["3-2-501"])
    assert ripe(Stage.SLIP, 300) == []  # nobody reminded it yet
    _sent(owing, Stage.REMINDER)
    assert (ripe(Stage.SLIP, 29), ripe(Stage.SLIP, 30)) == ([], ["3-2-501"])
    assert ripe(Stage.REMINDER, 300) == []  # it had that
    assert ripe(Stage.LETTER, 300) == []
    _sent(owing, Stage.SLIP)
    assert (ripe(Stage.LETTER, 59), ripe(Stage.LETTER, 60)) == ([], ["3-2-501"])
    assert ripe(Stage.LAWYER, 300) == []


def test_a_changed_day_of_the_rule_table_moves_a_stage(owing):
    rows(
        "INSERT INTO fee_rule (code, value, place, source, from_on, is_verified, entered_at, "
        "staff_id) VALUES ('stage-1-days', '200', '', '', '2000-01-01', 0, "
        "'2026-01-01T08:00:00', 1)"
    )
    assert list_ripe(Stage.REMINDER, date(2026, 8, 12)) == ()
    assert len(list_ripe(Stage.REMINDER, date(2026, 8, 13))) == 1


def test_a_house_with_an_open_complaint_is_held_and_the_override_is_logged(owing):
    draft = TicketDraft(Kind.COMPLAINT, "电梯常坏。", unit_id=owing.home.id)
    ticket = tickets.register_ticket(draft, by=owing.desk.id, now=owing.now)
    made = make_letters(Stage.REMINDER, by=owing.desk.id, now=owing.now)
    assert made.letter_ids == ()
    assert [(one.held, one.ticket) for one in made.held] == [(Held.COMPLAINT, ticket.number)]
    wish = LetterWish(override_reason="投诉与收费无关，已口头说明")
    made = make_letters(Stage.REMINDER, by=owing.desk.id, now=owing.now, wish=wish)
    assert len(made.letter_ids) == 1
    assert rows("SELECT kind, text, ticket_id FROM arrears_note") == [
        ("override", "投诉与收费无关，已口头说明", ticket.id)
    ]


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("'2026-11-21', '商量', ''", Held.BY_HAND),
        ("NULL, '', 'suit'", Held.COURT),
    ],
)
def test_a_house_held_by_hand_or_before_the_court_is_left_alone(owing, sql, why):
    rows(
        f"INSERT INTO arrears_case VALUES ({owing.home.id}, '', '', {sql}, '2026-11-01T08:00:00', "
        "1, 1)"
    )
    assert [one.held for one in list_ripe(Stage.REMINDER, date(2026, 11, 21))] == [why]


def test_guards_and_workers_make_no_letters(owing):
    security = rows("SELECT id FROM department WHERE code = 'security'")[0][0]
    guard = staff.add_staff(
        "保安甲", by=owing.desk.id, role=Role.FRONT_DESK, department_id=security
    )
    with pytest.raises(RuleError) as refusal:
        make_letters(Stage.REMINDER, by=guard.id, now=owing.now)
    assert refusal.value.code == "guards-no-fees"
    with pytest.raises(RuleError):
        make_letters(Stage.REMINDER, by=owing.worker.id, now=owing.now)
    assert rows("SELECT count(*) FROM fee_letter") == [(0,)]


# What a letter says.


def test_a_letter_says_the_ten_things(owing, demanded):
    assert (len(demanded.letter_ids), demanded.refused, demanded.warned) == (1, (), ())
    letter = list_fee_letters()[0]
    said = letter.content
    assert letter.number == "云澜催〔2026〕1号"
    assert (letter.state, letter.times, letter.total_fen) == (LetterState.DRAFT, 1, OPEN)
    assert (said.owner, said.user) == ("张伟丰", "何雨晴")
    assert (said.pay_by, said.pay_days) == ("2026-12-06", 15)
    assert [(line.item, line.working, line.open_fen) for line in said.lines] == [
        ("物业服务费", "118.62 × 2.80 × 3", 49641),
        ("物业服务费", "118.62 × 2.80 × 3", 99641),
        ("物业服务费", "118.62 × 2.80 × 3", 99641),
        ("公共能耗分摊", "按面积分摊", 8630),
    ]
    assert "2023年6月18日签订的《云澜花园物业服务合同》" in said.parts[0].text
    assert letter.content_sha256 == content_sha256(to_json(said))
    lines = rows("SELECT bill_id, open_fen FROM demand_line WHERE letter_id = ?", letter.id)
    assert sum(open_fen for _bill, open_fen in lines) == OPEN


@pytest.mark.parametrize(
    ("lacking", "number"),
    [
        ({"credit_code": ""}, 1),
        ({"payee": ""}, 1),
        ({"bank": ""}, 6),
        ({"signer": ""}, 8),
    ],
)
def test_stage_4_refuses_what_lacks_one_of_the_ten_and_lower_stages_warn(owing, lacking, number):
    save_fee_settings(replace(SETTINGS, **lacking), by=owing.desk.id)
    _sent(owing, Stage.SLIP)
    made = make_letters(Stage.LETTER, by=owing.desk.id, now=owing.now)
    assert made.letter_ids == ()
    assert [missing.number for one in made.refused for missing in one.missing] == [number]
    again = LetterWish(again=True)
    made = make_letters(Stage.SLIP, [owing.home.id], by=owing.desk.id, now=owing.now, wish=again)
    assert len(made.letter_ids) == 1


def test_two_debtors_of_a_house_never_read_of_each_other(owing):
    rows("UPDATE bill SET person_id = NULL, payer_id = NULL WHERE due_on = '2026-01-25'")
    make_letters(Stage.REMINDER, by=owing.desk.id, now=owing.now)
    found = {letter.content.owner: letter for letter in list_fee_letters()}
    assert {name: letter.total_fen for name, letter in found.items()} == {
        "张伟丰": OPEN - 49641,
        "": 49641,
    }


def test_late_fees_stand_apart(owing):
    rows(
        "INSERT INTO bill (unit_id, fee_item_id, kind, from_on, until_on, due_on, amount_fen, "
        "settled_fen, person_id, payer_id, late_for_id, external, working, note, entered_at, "
        "staff_id, void_reason) VALUES (?, 1, 'late-fee', '2026-01-26', '2026-10-31', "
        "'2026-10-31', 1234, 0, 1, 2, 1, '', '{}', '', '2026-11-01T08:00:00', 1, '')",
        owing.home.id,
    )
    rows("UPDATE tariff SET late_rate_e6 = 500, late_clause = '合同第十二条'")
    _sent(owing, Stage.SLIP)
    make_letters(Stage.LETTER, by=owing.desk.id, now=owing.now)
    letter = list_fee_letters()[0]
    assert (letter.late_fen, letter.total_fen) == (1234, OPEN + 1234)
    assert letter.content.late_rate == "每日0.05%"
    assert [line.is_late_fee for line in letter.content.lines][-1]


# Templates.


def test_f65_a_template_with_a_threat_or_an_unknown_field_is_refused(owing):
    set_language("en")
    for text, words in (("逾期停 水。", "«停 水»"), ("欠{amount}元", "{amount} is no field")):
        wrong = FeeTemplate(Stage.SLIP, (TemplatePart("", text),))
        with pytest.raises(DraftError, match=words):
            save_template(wrong, by=owing.desk.id, now=owing.now)
    assert not get_template(Stage.SLIP).is_own
    own = FeeTemplate(Stage.SLIP, (TemplatePart("请", "请于{pay_by}前支付{total}元，{prepaid}。"),))
    assert save_template(own, by=owing.desk.id, now=owing.now).is_own
    make_letters(
        Stage.SLIP, [owing.home.id], by=owing.desk.id, now=owing.now, wish=LetterWish(again=True)
    )
    assert list_fee_letters()[0].content.parts == (
        TemplatePart("请", "请于2026年11月28日前支付2,575.53元。"),
    )
    assert not restore_template(Stage.SLIP, by=owing.desk.id, now=owing.now).is_own


def test_f65_a_threat_that_came_into_the_data_by_itself_stops_the_letters(owing):
    rows(
        "INSERT INTO fee_template (stage, paragraphs, entered_at, staff_id) VALUES (1, ?, "
        "'2026-01-01T08:00:00', 1)",
        json.dumps([{"heading": "", "text": "不缴费就断电，{pay_by}"}], ensure_ascii=False),
    )
    with pytest.raises(DraftError, match="断电"):
        make_letters(Stage.REMINDER, by=owing.desk.id, now=owing.now)
    assert list_fee_letters() == ()


@pytest.mark.parametrize("stage", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_programs_own_templates_pass_their_own_checks(owing, stage, language):
    from propdesk.domain.fee_templates import check_template
    from propdesk.services.parts.fee_template_stock import shipped_templates

    assert check_template(shipped_templates(language)[Stage(stage)]) == ()


# The letter's way.


def test_a_draft_is_approved_printed_sent_and_never_changes_again(owing, demanded, tmp_path):
    ids, at = demanded.letter_ids, {"by": owing.desk.id, "now": owing.now}
    with pytest.raises(RuleError) as refusal:
        print_fee_letters(owing.office, ids, tmp_path / "a.pdf", **at)
    assert refusal.value.code == "letter-state"
    with pytest.raises(RuleError):
        approve_letters(ids, by=owing.cashier.id, now=owing.now)
    assert approve_letters(ids, **at) == 1
    printed = print_fee_letters(owing.office, ids, tmp_path / "a.pdf", **at)
    letter = list_fee_letters()[0]
    assert (letter.state, letter.first_page, letter.pages) == (LetterState.PRINTED, 1, 2)
    assert letter.pdf_sha256 == printed.sha256
    kept = owing.office.attachments / printed.sha256[:2] / f"{printed.sha256}.pdf"
    assert kept.read_bytes() == (tmp_path / "a.pdf").read_bytes()
    for field, value in (("content", "{}"), ("total_fen", 1), ("number", "X"), ("pay_by", None)):
        with pytest.raises(IntegrityError, match="never changed"):
            FeeLetterRecord.update({field: value}).where(FeeLetterRecord.id == letter.id).execute()
    assert send_letters(ids, **at) == 1
    assert find_fee_letter("云澜催〔2026〕 1 号").state is LetterState.SENT
    with pytest.raises(RuleError) as refusal:
        send_letters(ids, **at)
    assert refusal.value.code == "letter-state"


def test_the_check_finds_an_archived_letter_that_was_touched(owing, demanded, tmp_path):
    at = {"by": owing.desk.id, "now": owing.now}
    approve_letters(demanded.letter_ids, **at)
    printed = print_fee_letters(owing.office, demanded.letter_ids, tmp_path / "a.pdf", **at)
    assert _wrong_files(owing.office) == []
    kept = owing.office.attachments / printed.sha256[:2] / f"{printed.sha256}.pdf"
    kept.write_bytes(kept.read_bytes() + b" ")
    (wrong,) = _wrong_files(owing.office)
    assert "云澜催〔2026〕1号" in wrong.text


def _wrong_files(office):
    lines = checking.check_office(office).lines
    return [line for line in lines if line.name in {"attachments", "strays"} and not line.ok]


def test_what_was_paid_meanwhile_is_not_demanded(owing, demanded, tmp_path):
    at = {"by": owing.desk.id, "now": owing.now}
    approve_letters(demanded.letter_ids, **at)
    rows("UPDATE bill SET settled_fen = amount_fen WHERE id = 1")
    with pytest.raises(RuleError) as refusal:
        print_fee_letters(owing.office, demanded.letter_ids, tmp_path / "a.pdf", **at)
    assert refusal.value.code == "letters-none"
    assert not (tmp_path / "a.pdf").exists()


def test_a_letter_that_lay_too_long_grants_too_few_days_and_is_not_printed(
    owing, demanded, tmp_path
):
    approve_letters(demanded.letter_ids, by=owing.desk.id, now=owing.now)
    later = owing.now + timedelta(days=1)
    with pytest.raises(RuleError, match=r"out of date|过时|过期"):
        print_fee_letters(
            owing.office, demanded.letter_ids, tmp_path / "a.pdf", by=owing.desk.id, now=later
        )


def test_a_correction_is_a_new_letter_that_names_the_old_one(owing, demanded, tmp_path):
    at = {"by": owing.desk.id, "now": owing.now}
    approve_letters(demanded.letter_ids, **at)
    print_fee_letters(owing.office, demanded.letter_ids, tmp_path / "a.pdf", **at)
    rows("UPDATE bill SET settled_fen = amount_fen WHERE id = 1")
    new = correct_letter("云澜催〔2026〕1号", **at)
    assert (new.number, new.corrects, new.total_fen) == (
        "云澜催〔2026〕2号", "云澜催〔2026〕1号", OPEN - 49641,
    )  # fmt: skip
    assert new.content.version == 2
    old = find_fee_letter("云澜催〔2026〕1号")
    assert (old.state, old.total_fen) == (LetterState.WITHDRAWN, OPEN)


def test_what_has_arrived_is_not_withdrawn(owing, demanded):
    rows("UPDATE fee_letter SET state = 'delivered'")
    with pytest.raises(RuleError) as refusal:
        withdraw_letter("云澜催〔2026〕1号", "写错", by=owing.desk.id, now=owing.now)
    assert refusal.value.code == "letter-state"
    rows("UPDATE fee_letter SET state = 'draft'")
    voided = withdraw_letter("云澜催〔2026〕1号", "写错", by=owing.desk.id, now=owing.now)
    assert (voided.state, voided.note) == (LetterState.VOIDED, "写错")
    made = make_letters(Stage.LETTER, by=owing.desk.id, now=owing.now)
    assert len(made.letter_ids) == 1  # the house is ripe again


def test_cancelled_printing_leaves_nothing(owing, demanded, tmp_path):
    approve_letters(demanded.letter_ids, by=owing.desk.id, now=owing.now)

    def cancel(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        print_fee_letters(
            owing.office, demanded.letter_ids, tmp_path / "a.pdf", by=owing.desk.id,
            now=owing.now, on_progress=cancel,
        )  # fmt: skip
    assert list(tmp_path.glob("a.pdf*")) == []
    assert list_fee_letters()[0].state is LetterState.APPROVED


# On paper.


def test_the_printed_letter_says_all_that_it_must_and_nothing_of_the_residents_phones(
    owing, demanded, tmp_path
):
    at = {"by": owing.desk.id, "now": owing.now}
    approve_letters(demanded.letter_ids, **at)
    printed = print_fee_letters(owing.office, demanded.letter_ids, tmp_path / "a.pdf", **at)
    letter = list_fee_letters()[0]
    text = _text(printed.file).replace(" ", "").replace("\n", "")
    for words in (
        "和苑物业服务有限公司", "91330106MA2K0X0Y3T", "业主张伟丰先生", "何雨晴女士", "118.62",
        "2,575.53", "人民币贰仟伍佰柒拾伍元伍角叁分", "暂不计收", "2026年12月6日", "送达回执",
        "同住成年家属", "云澜催〔2026〕1号", short_hash(letter.content_sha256).replace(" ", ""),
        "支付令", "水、电、气、暖的供应和您的通行不受任何影响", "4,320.00", "第1页／共2页",
    ):  # fmt: skip
        assert words in text, words
    for phone in ("13800001234", "13700004567"):
        assert phone not in text


@pytest.mark.parametrize("stage", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("language", list(PaperLanguage))
def test_every_stage_is_drawn_in_every_language(owing, tmp_path, stage, language):
    wish = LetterWish(again=True, language=language)
    made = make_letters(Stage(stage), [owing.home.id], by=owing.desk.id, now=owing.now, wish=wish)
    letter = list_fee_letters()[0]
    drawn = print_fee_letter(
        owing.office, letter, tmp_path / "p.pdf", by=owing.desk.id, now=owing.now, language=language
    )
    text = _text(tmp_path / "p.pdf")
    assert "2,575.53" in text
    assert "____" not in text
    assert letter.number in text
    # English words take more room: the tear-off then stands whole on a page of its own.
    assert drawn.pages == 2 or (drawn.pages == 3 and language is PaperLanguage.EN)
    assert made.total_fen == OPEN


def test_letters_lie_in_delivery_order_in_one_file(owing, tmp_path):
    _fees(owing.villa.id, None)
    make_letters(Stage.REMINDER, by=owing.desk.id, now=owing.now)
    ids = [letter.id for letter in list_fee_letters()]
    at = {"by": owing.desk.id, "now": owing.now}
    print_fee_letters(owing.office, ids, tmp_path / "a.pdf", duplex=True, **at)
    found = {letter.short: (letter.first_page, letter.pages) for letter in list_fee_letters()}
    assert found == {"3-2-501": (1, 2), "12#": (3, 2)}
    batch = rows("SELECT letters, pdf_pages, pdf_sha256 IS NOT NULL FROM letter_batch")
    assert batch == [(2, 4, 1)]
    print_delivery_list(ids, tmp_path / "list.pdf", **at)
    text = _text(tmp_path / "list.pdf")
    assert text.index("3-2-501") < text.index("12#")
    assert "承诺日期" in text  # forms.md 5.2


def test_the_express_label_names_the_demand_letter_and_the_house(owing, demanded, tmp_path):
    """What the label says is evidence of what was in the envelope (law.md 1.6, stage 4)."""
    file = tmp_path / "labels.pdf"
    print_express_sheet(demanded.letter_ids, file, by=owing.desk.id, now=owing.now)
    assert "物业费催缴函（3-2-501）" in _text(file)


def test_law_1_6_what_the_lawyer_gets_is_not_posted_to_the_owner(owing, demanded, tmp_path):
    at = {"by": owing.desk.id, "now": owing.now}
    wish = LetterWish(again=True)
    made = make_letters(Stage.LAWYER, [owing.home.id], **at, wish=wish).letter_ids
    file = tmp_path / "posted.pdf"
    print_express_sheet([*demanded.letter_ids, *made], file, **at)
    assert "委托资料" not in _text(file)
    envelopes = {"size": Envelope.DL, "by": owing.desk.id}
    assert print_envelopes([*demanded.letter_ids, *made], file, **envelopes).pages == 1
    with pytest.raises(RuleError) as refusal:
        print_envelopes(made, file, **envelopes)
    assert refusal.value.code == "letters-for-lawyer"
    print_delivery_list(made, file, **at)
    assert "律师事务所" in _text(file)


def test_the_bars_on_the_part_that_comes_back_name_the_letter():
    from propdesk.domain.fee_letters import letter_digits

    digits = letter_digits(815, date(2026, 11, 20))
    assert (len(digits), read_letter_digits(digits)) == (16, 815)
    assert read_letter_digits(digits[:-1] + str((int(digits[-1]) + 1) % 10)) is None
    assert read_letter_digits("1" + digits[1:]) is None
