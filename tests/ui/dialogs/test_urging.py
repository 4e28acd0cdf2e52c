"""Urging by the keyboard alone: calls, visits, rounds, packs, publications, obstacles."""

from datetime import date, datetime

import pytest
from PIL import Image

from propdesk.domain.delivery_rounds import Carrier
from propdesk.domain.dunning import LetterState, Relation, Result, Stage, Way
from propdesk.domain.dunning_acts import ActDraft
from propdesk.domain.publications import PublicationKind
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import staff, tickets
from propdesk.services.dunning_acts import note_act
from propdesk.services.evidence import verify_evidence
from propdesk.services.queries.arrears_cases import get_case
from propdesk.services.queries.dunning_acts import list_acts
from propdesk.services.queries.publications import list_publications
from propdesk.services.queries.suspensions import list_suspensions
from propdesk.services.queries.units import get_unit
from propdesk.storage.charging import BillRecord, FeeItemRecord, TariffRecord
from propdesk.storage.dunning import DemandLineRecord, FeeLetterRecord
from ui.dialogs import evidence_dialog
from ui.dialogs.delivery_round_dialog import DeliveryRoundDialog
from ui.dialogs.dunning_act_dialog import DunningActDialog
from ui.dialogs.dunning_acts_dialog import DunningActsDialog, VoidActDialog
from ui.dialogs.evidence_dialog import EvidenceDialog
from ui.dialogs.publication_forms import PostForm, PublishForm
from ui.dialogs.suspension_dialog import SuspensionForm

TODAY = date(2026, 11, 21)


@pytest.fixture
def act(house, now):
    return {"by": house.desk.id, "now": now}


@pytest.fixture
def manager(house, office_context):
    """The manager sits at the desk."""
    by = house.desk.id
    office_context.staff = staff.add_staff("周经理", by=by, role=Role.MANAGER)
    return office_context.staff


@pytest.fixture
def bills(house, now):
    """Two months at 120.00, due on 31 August and 30 September."""
    item = FeeItemRecord.create(
        code="service", name="物业服务费", formula="area", income="service", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip
    return [
        BillRecord.create(
            unit=house.home.id, fee_item=item.id, kind="charge", from_on=due_on.replace(day=1),
            until_on=due_on, due_on=due_on, amount_fen=12_000, person=house.owner.person_id,
            entered_at=now.replace(tzinfo=None), staff=house.desk.id,
        ).id
        for due_on in (date(2026, 8, 31), date(2026, 9, 30))
    ]  # fmt: skip


@pytest.fixture
def letter(house, bills):
    """A printed slip about both bills."""
    made = FeeLetterRecord.create(
        number="催〔2026〕1号", unit=house.home.id, stage=Stage.SLIP.value, times=1,
        state="printed", dated_on=date(2026, 11, 10), total_fen=24_000,
        content={"owner": "张伟丰"}, content_sha256="a" * 64,
        written_at=datetime(2026, 11, 10), staff=house.desk.id,
        printed_at=datetime(2026, 11, 10), pdf_sha256="b" * 64,
    )  # fmt: skip
    for bill in bills:
        DemandLineRecord.create(bill=bill, letter=made.id, open_fen=12_000)
    return made


def acts(house):
    return list_acts(house.home.id)


def test_law_1_6_the_days_call_is_noted_with_one_key(show, house, bills, press):
    dialog = show(DunningActDialog, house.home.id)
    assert "弱证据" in dialog.worth.sentence()  # a call without a recording
    press("Ctrl+Return")
    (act,) = acts(house)
    assert (act.way, act.result, act.relation) == (Way.PHONE, Result.SPOKEN, Relation.SELF)
    assert (act.receiver, act.address) == (house.owner.name, house.owner.phones[0])
    assert (act.open_fen, act.done_by) == (24_000, house.desk.name)


def test_law_1_6_nobody_answered_is_one_digit_more(show, house, bills, press):
    show(DunningActDialog, house.home.id)
    press("2", "Ctrl+Return")
    assert [act.result for act in acts(house)] == [Result.UNREACHED]


def test_law_1_6_a_visit_that_is_refused_asks_for_the_second_one_and_says_what_it_counts(
    show, house, bills, press, type_words, go_to
):
    dialog = show(DunningActDialog, house.home.id)
    press("Shift+Tab", "2")  # in person
    go_to("已联系上 2")
    press("4")  # refused
    assert "既无照片" in dialog.worth.sentence()
    press("Ctrl+Return")
    assert acts(house) == []
    assert dialog.rows.problem("override_reason")
    go_to(dialog.witness.accessibleName())
    type_words("社区网格员")
    assert dialog.worth.sentence().startswith("有争议")  # arguable: refused with a witness
    press("Ctrl+Return")
    (act,) = acts(house)
    assert (act.stage, act.witness, act.result) == (Stage.VISIT, "社区网格员", Result.REFUSED)


def test_idea_6_an_open_complaint_is_overridden_with_a_reason_only(
    show, house, bills, act, press, type_words, focus
):
    complaint = TicketDraft(Kind.COMPLAINT, "保洁不到位", unit_id=house.home.id)
    tickets.register_ticket(complaint, **act)
    dialog = show(DunningActDialog, house.home.id)
    press("Ctrl+Return")
    assert acts(house) == []
    assert focus() is dialog.reason
    type_words("时效将至")
    press("Ctrl+Return")
    assert acts(house)[0].override_reason == "时效将至"
    assert [note.text for note in get_case(house.home.id, TODAY).notes] == ["时效将至"]


def test_c195_an_act_is_about_the_bills_that_are_left_chosen(show, house, bills, press, focus):
    dialog = show(DunningActDialog, house.home.id)
    press("Ctrl+B")
    assert focus() is dialog.ticks
    press("Space", "Ctrl+Return")
    assert acts(house)[0].bill_ids == (bills[1],)


def test_p8_1_4_a_newspaper_notice_counts_with_whereabouts_medium_and_clipping(
    show, house, bills, messages, press, type_words, go_to, tmp_path, qtbot
):
    clipping = tmp_path / "公告.jpg"
    Image.new("RGB", (320, 240), "white").save(clipping)
    dialog = show(DunningActDialog, house.home.id)
    press("Shift+Tab", "End")  # the last way is the notice
    go_to("号码、账号或地址")
    type_words("省法治报 2026-11-18 第 4 版")
    press("Tab", "Down", "Down")
    go_to(dialog.note.accessibleName())
    type_words("EMS 两次退回，派出所证明外出")
    messages.expect((clipping,))
    press("Ctrl+I")
    qtbot.waitUntil(lambda: bool(dialog.files.files()))
    assert dialog.worth.sentence().startswith("已证明")
    press("Ctrl+Return")
    (act,) = acts(house)
    assert (act.way, act.medium.value, act.proofs) == (Way.PUBLIC_NOTICE, "provincial", 1)


def test_law_1_6_a_round_is_scanned_and_the_rest_is_signed_with_one_key(
    show, house, letter, press, type_words
):
    dialog = show(DeliveryRoundDialog, Carrier.HAND)
    type_words("1")
    press("Return", "Ctrl+Return")
    assert dialog.stored == ()  # without a result nothing is stored
    press("Ctrl+G", "Ctrl+Return")
    (act,) = dialog.stored
    assert (act.result, act.relation, act.receiver) == (Result.SIGNED, Relation.SELF, "张伟丰")
    assert FeeLetterRecord.get_by_id(letter.id).state == LetterState.DELIVERED


def test_law_1_6_family_signs_with_its_name_and_a_wrong_number_is_told(
    show, house, letter, press, type_words, focus
):
    dialog = show(DeliveryRoundDialog, Carrier.HAND)
    type_words("99")
    press("Return")
    assert "99" in dialog.told.text()
    type_words(house.home.short)
    press("Return", "Ctrl+2")
    assert focus() is dialog.receiver
    type_words("李梅")
    press("Ctrl+Return")
    (act,) = dialog.stored
    assert (act.relation, act.receiver) == (Relation.ADULT_FAMILY, "李梅")


def test_p8_2_an_ems_receipt_is_found_by_its_express_number(
    show, house, letter, act, press, type_words, go_to
):
    sent = ActDraft(
        Stage.SLIP, Way.EMS, Result.SENT, datetime(2026, 11, 12, 10, 0), address="云澜花园3-2-501",
        express_number="EY1", letter_id=letter.id,
    )  # fmt: skip
    note_act(house.home.id, sent, **act)
    dialog = show(DeliveryRoundDialog, Carrier.POST)
    type_words("EY1")
    press("Return", "Ctrl+1")
    go_to(dialog.arrived.accessibleName())
    type_words("11-14")
    press("Ctrl+Return")
    (found,) = dialog.stored
    assert (found.arrived_on, found.express_number) == (date(2026, 11, 14), "EY1")


def test_a_wrong_act_is_voided_from_the_list(show, house, bills, act, press, type_words, in_dialog):
    call = ActDraft(
        Stage.REMINDER, Way.PHONE, Result.SPOKEN, datetime(2026, 11, 20, 10, 0),
        relation=Relation.SELF, address="13800001234",
    )  # fmt: skip
    note_act(house.home.id, call, **act)
    listed = show(DunningActsDialog, get_unit(house.home.id))
    assert "没有证据" in listed.told.text()

    def void(_form):
        type_words("打错电话")
        press("Ctrl+Return")

    in_dialog(VoidActDialog, void)
    press("Del")
    assert acts(house) == []
    assert "打错电话" in listed.told.text()


def test_law_1_5_a_pack_says_what_it_lacks_and_is_made_and_checked(
    show, house, bills, manager, messages, press, type_words, tmp_path, page, office_context
):
    dialog = show(EvidenceDialog, [house.home.id])
    assert "合同" in dialog.lacks.text()
    press("Ctrl+Return")
    assert dialog.rows.problem("receiver")
    type_words("某某律师事务所")
    messages.expect(tmp_path)
    press("Ctrl+Return")
    (pack,) = dialog.stored
    assert pack.folder.parent == tmp_path
    assert verify_evidence(pack.folder).is_sound
    (pack.folder / "bills.csv").write_text("改", "utf-8")
    messages.expect(pack.folder, None)
    evidence_dialog.check_pack(office_context, page)
    assert "bills.csv" in messages.asked[-1][-1]


def test_c194_an_obstacle_is_noted_by_keys(show, house, bills, press, type_words, go_to):
    dialog = show(SuspensionForm, get_unit(house.home.id))
    press("Ctrl+Return")
    assert dialog.rows.problem("from_on")
    type_words("2026-9-1")
    go_to(dialog.note.accessibleName())
    type_words("死亡证明")
    press("Ctrl+Return")
    (one,) = list_suspensions(house.home.id)
    assert (one.from_on, one.until_on, one.note) == (date(2026, 9, 1), None, "死亡证明")


def test_c943_prices_are_published_and_posted(show, house, bills, manager, now, press, type_words):
    TariffRecord.create(
        fee_item=1, from_on=date(2026, 1, 1), price_e4=28_000, basis_note="合同", late_clause="",
        entered_at=now.replace(tzinfo=None), staff=house.desk.id,
    )  # fmt: skip
    dialog = show(PublishForm)
    offered = [dialog.kind.itemData(place) for place in range(dialog.kind.count())]
    assert PublicationKind.ARREARS not in offered  # off: no rule of the place names it
    press("Ctrl+Return")
    (one,) = list_publications()
    assert one.kind is PublicationKind.FEE_ITEMS
    show(PostForm, one)
    type_words("一号楼大堂")
    press("Ctrl+Return")
    (one,) = list_publications()
    assert (one.posted_on, one.place) == (TODAY, "一号楼大堂")
