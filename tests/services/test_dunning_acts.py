"""Acts of urging with their proof: a real office, real bills, real photos (law.md 1.3, 1.6)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PIL import Image

from propdesk.domain.arrears_cases import NoteKind
from propdesk.domain.dunning import LetterState, Relation, Result, Stage, Way
from propdesk.domain.dunning_acts import ActDraft
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import staff, tickets
from propdesk.services.dunning_acts import add_proof, list_doubts, note_act, void_act
from propdesk.services.parts.contact_limits import count_contacts
from propdesk.services.parts.ledger import post
from propdesk.services.queries.arrears_cases import get_case
from propdesk.services.queries.dunning_acts import (
    get_act,
    list_acts,
    list_period_acts,
    list_proofs,
)
from propdesk.services.queries.staff import find_department
from propdesk.storage.charging import BillRecord, FeeItemRecord
from propdesk.storage.database import database, rows
from propdesk.storage.dunning import (
    DemandLineRecord,
    DunningActRecord,
    FeeLetterRecord,
)

# Tuesday, and the office's clock stands on Saturday the 21st.
VISIT = datetime(2026, 11, 17, 15, 0)
CALL = ActDraft(
    Stage.REMINDER, Way.PHONE, Result.SPOKEN, VISIT, relation=Relation.SELF, address="13800001234"
)
SLIP = ActDraft(
    Stage.SLIP, Way.IN_PERSON, Result.SIGNED, VISIT, receiver="张伟丰", relation=Relation.SELF
)


def bill(world, due_on, amount_fen=12_000, unit=None):
    item, _made = FeeItemRecord.get_or_create(
        code="test-fee",
        defaults={
            "name": "物业费", "formula": "area", "income": "service", "charges": "all",
            "line_months": 1, "billed_months": 3, "due_month": 0, "due_day": 1,
            "partial": "by-day", "rounding": "fen-half-up", "position": 1,
        },
    )  # fmt: skip
    return BillRecord.create(
        unit=(unit or world.home).id, fee_item=item.id, kind="charge",
        from_on=due_on.replace(day=1), until_on=due_on.replace(day=28), due_on=due_on,
        amount_fen=amount_fen, entered_at=datetime(2026, 1, 1), staff=world.desk.id,
    )  # fmt: skip


def letter(world, state=LetterState.PRINTED, bills=()):
    printed = state not in (LetterState.DRAFT, LetterState.APPROVED)
    record = FeeLetterRecord.create(
        number=f"催〔2026〕{FeeLetterRecord.select().count() + 1}号", unit=world.home.id,
        stage=Stage.LETTER.value, times=1, state=state.value, dated_on=date(2026, 11, 10),
        total_fen=12_000, content={}, content_sha256="a" * 64, written_at=datetime(2026, 11, 10),
        staff=world.desk.id, printed_at=datetime(2026, 11, 10) if printed else None,
        pdf_sha256="b" * 64 if printed else None,
    )  # fmt: skip
    for one in bills:
        DemandLineRecord.create(bill=one.id, letter=record.id, open_fen=one.amount_fen)
    return record


def state_of(record):
    return LetterState(FeeLetterRecord.get_by_id(record.id).state)


@pytest.fixture
def photo(tmp_path):
    def write(name):
        file = tmp_path / name
        Image.new("RGB", (320, 240), "grey").save(file)
        return file

    return write


@pytest.fixture
def owed(world):
    return bill(world, date(2026, 9, 30))


def test_r8_195_an_act_is_about_what_was_due_and_open_on_its_day(world, act, owed):
    """Civil Code 195, Provisions 9: what was not due yet on that day was not demanded."""
    bill(world, date(2026, 12, 31))  # due after the visit
    bill(world, date(2026, 9, 30), unit=world.villa)  # another house's
    paid = bill(world, date(2026, 8, 31), 5_000)
    with database.atomic():
        settle(world, paid, 2_000, date(2026, 11, 20))  # after the visit: open on that day
    found = note_act(world.home.id, SLIP, **act())
    assert found.bill_ids == (owed.id, paid.id) or found.bill_ids == (paid.id, owed.id)
    assert found.open_fen == 12_000 + 5_000
    assert found.done_by == world.desk.name
    later = note_act(world.home.id, replace(SLIP, at=datetime(2026, 11, 20, 15, 0)), **act())
    assert later.open_fen == 12_000 + 3_000


def settle(world, record, fen, day):
    post(
        Act.OPENING,
        [LedgerLine(Account.OPENING, fen), LedgerLine(Account.BILL, -fen, bill_id=record.id)],
        unit_id=record.unit_id,
        on_day=day,
        staff_id=world.desk.id,
        now=world.now,
    )


def test_a_back_dated_act_keeps_when_it_was_entered(world, act, owed):
    found = note_act(world.home.id, SLIP, **act())
    assert found.at == VISIT
    assert found.entered_at.date() == date(2026, 11, 21)
    assert found.is_late_entry


def test_the_future_is_refused(world, act, owed):
    with pytest.raises(DraftError) as refusal:
        note_act(world.home.id, replace(SLIP, at=datetime(2026, 11, 22, 9, 0)), **act())
    assert [one.field for one in refusal.value.problems] == ["at"]


def test_nothing_open_is_nothing_to_urge(world, act):
    with pytest.raises(RuleError) as refusal:
        note_act(world.home.id, SLIP, **act())
    assert refusal.value.code == "act-nothing-open"
    assert not DunningActRecord.select().exists()


@pytest.mark.parametrize("draft", [
    replace(CALL, relation=Relation.OTHER),
    replace(SLIP, relation=Relation.OTHER, receiver="邻居"),
], ids=["by phone", "in person"])  # fmt: skip
def test_law_1_6_nobody_else_is_told_what_is_owed(world, act, owed, draft):
    with pytest.raises(DraftError) as refusal:
        note_act(world.home.id, draft, **act())
    assert [one.field for one in refusal.value.problems] == ["relation"]
    assert list_acts(world.home.id) == []


@pytest.mark.parametrize(("draft", "field"), [
    (replace(SLIP, receiver=""), "receiver"),
    (replace(SLIP, relation=None), "relation"),
    (replace(CALL, address=""), "address"),
    (replace(CALL, result=Result.RETURNED), "result"),
    (replace(CALL, result=Result.RECORDED), "note"),
    (replace(SLIP, way=Way.EMS, address="3-2-501"), "express_number"),
    (replace(SLIP, arrived_on=VISIT.date()), "arrived_on"),
    (replace(SLIP, way=Way.SUIT, result=Result.FILED), "note"),
])  # fmt: skip
def test_each_way_asks_for_what_proves_it(world, act, owed, draft, field):
    with pytest.raises(DraftError) as refusal:
        note_act(world.home.id, draft, **act())
    assert field in [one.field for one in refusal.value.problems]


def test_f46_an_express_letter_arrives_after_it_was_sent(world, act, owed):
    ems = replace(
        SLIP, way=Way.EMS, result=Result.ARRIVED, address="云澜花园3-2-501",
        express_number="ey 123 456 789 cn", arrived_on=date(2026, 11, 16),
    )  # fmt: skip
    with pytest.raises(DraftError):
        note_act(world.home.id, ems, **act())
    found = note_act(world.home.id, replace(ems, arrived_on=date(2026, 11, 19)), **act())
    assert found.express_number == "EY123456789CN"
    assert found.on_day == date(2026, 11, 19)
    assert found.has_proof


def test_c1033_night_calls_and_a_second_one_need_a_reason(world, act, owed):
    """Civil Code 1033; 08:00-20:00, once a day and three times a week by the rule table."""
    night = replace(CALL, at=VISIT.replace(hour=20, minute=1))
    assert [one.code for one in list_doubts(world.home.id, night)] == ["quiet-hours"]
    assert list_doubts(world.home.id, replace(CALL, at=VISIT.replace(hour=20, minute=0))) == ()
    assert list_doubts(world.home.id, replace(CALL, at=VISIT.replace(hour=8, minute=0))) == ()
    with pytest.raises(RuleError) as refusal:
        note_act(world.home.id, night, **act())
    assert refusal.value.code == "act-doubtful"
    found = note_act(world.home.id, replace(night, override_reason="业主约的时间"), **act())
    assert found.override_reason == "业主约的时间"
    assert [one.code for one in list_doubts(world.home.id, CALL)] == ["often-day"]
    for day in (18, 19):
        note_act(world.home.id, replace(CALL, at=VISIT.replace(day=day)), **act())
    friday, monday = VISIT.replace(day=20), VISIT.replace(day=16)
    for other in (friday, monday):
        codes = [one.code for one in list_doubts(world.home.id, replace(CALL, at=other))]
        assert codes == ["often-week"]
    assert list_doubts(world.home.id, replace(CALL, at=VISIT.replace(day=15))) == ()
    assert count_contacts(world.home.id, date(2026, 11, 17), date(2026, 11, 18)) == 2


def test_letters_by_post_are_no_contacts(world, act, owed):
    """A letter that arrives disturbs nobody: the hours of 1033 are for calls and visits."""
    ems = ActDraft(
        Stage.LETTER, Way.EMS, Result.SENT, VISIT.replace(hour=22), address="云澜花园3-2-501",
        express_number="EY1",
    )  # fmt: skip
    assert list_doubts(world.home.id, ems) == ()


def test_law_1_6_a_visit_is_made_by_two(world, act, owed):
    alone = replace(SLIP, stage=Stage.VISIT)
    assert [one.code for one in list_doubts(world.home.id, alone)] == ["visit-alone"]
    assert list_doubts(world.home.id, replace(alone, witness="王建国")) == ()


def test_regulations_26_30_guards_take_no_part(world, act, owed):
    """保安服务管理条例 26, 30(4): neither as who types, nor as who did it, nor as witness."""
    guard = staff.add_staff("李保安", by=world.desk.id, department_id=find_department("安管部").id)
    for draft in (replace(SLIP, done_by="李保安"), replace(SLIP, witness="李保安")):
        with pytest.raises(RuleError) as refusal:
            note_act(world.home.id, draft, **act())
        assert refusal.value.code == "guards-no-dunning"
    with pytest.raises(RuleError):
        note_act(world.home.id, SLIP, **act(guard))
    assert list_acts(world.home.id) == []


def test_i6_a_complaint_holds_the_case_until_somebody_says_why(world, act, owed):
    """Idea 6: while a complaint of the house is open it is not urged, with the override logged."""
    draft = TicketDraft(Kind.COMPLAINT, "楼道灯不亮", unit_id=world.home.id)
    ticket = tickets.register_ticket(draft, by=world.desk.id, now=world.now - timedelta(hours=2))
    call = replace(CALL, at=datetime(2026, 11, 21, 9, 0))
    with pytest.raises(RuleError, match=ticket.number):
        note_act(world.home.id, call, **act())
    # What was done before the complaint is written down all the same.
    note_act(world.home.id, CALL, **act())
    # So is what the post brings back of a letter that had gone out.
    returned = ActDraft(
        Stage.LETTER, Way.EMS, Result.RETURNED, call.at, address="云澜花园3-2-501",
        express_number="EY1",
    )  # fmt: skip
    note_act(world.home.id, returned, **act())
    note_act(world.home.id, replace(call, override_reason="时效将至"), **act())
    note_act(world.home.id, replace(call, override_reason="再约"), **act())
    (note,) = get_case(world.home.id, date(2026, 11, 21)).notes
    assert (note.kind, note.text, note.ticket) == (NoteKind.OVERRIDE, "时效将至", ticket.number)


def test_a_letter_goes_as_far_as_its_acts(world, act, owed):
    paper = letter(world, bills=[owed])
    post = {"address": "云澜花园", "express_number": "EY1", "letter_id": paper.id}
    sent = ActDraft(Stage.LETTER, Way.EMS, Result.SENT, VISIT, **post)
    note_act(world.home.id, sent, **act())
    assert state_of(paper) is LetterState.SENT
    assert FeeLetterRecord.get_by_id(paper.id).sent_at == VISIT
    arrived = replace(sent, result=Result.SIGNED, arrived_on=date(2026, 11, 19))
    done = note_act(world.home.id, arrived, **act())
    assert state_of(paper) is LetterState.DELIVERED
    assert done.bill_ids == (owed.id,)
    # A later note that it was left at the door takes nothing back.
    left = ActDraft(Stage.LETTER, Way.POSTED_AT_DOOR, Result.LEFT, VISIT, letter_id=paper.id)
    note_act(world.home.id, left, **act())
    assert state_of(paper) is LetterState.DELIVERED
    void_act(done.id, "录错房号", **act())
    assert state_of(paper) is LetterState.SENT


@pytest.mark.parametrize("state", [LetterState.DRAFT, LetterState.APPROVED, LetterState.VOIDED])
def test_a_letter_that_never_went_out_was_never_delivered(world, act, owed, state):
    paper = letter(world, state, [owed])
    with pytest.raises(RuleError) as refusal:
        note_act(world.home.id, replace(SLIP, letter_id=paper.id), **act())
    assert refusal.value.code in ("act-letter-unprinted", "act-letter-void")


def test_a_letter_of_another_house_is_refused(world, act, owed):
    paper = letter(world, bills=[owed])
    with pytest.raises(RuleError) as refusal:
        note_act(world.villa.id, replace(SLIP, letter_id=paper.id), **act())
    assert refusal.value.code == "act-letter"


def test_a_wrong_act_is_voided_and_stays(world, act, owed):
    made = note_act(world.home.id, SLIP, **act())
    with pytest.raises(DraftError):
        void_act(made.id, " ", **act())
    assert void_act(made.id, "录错房号", **act()).void_reason == "录错房号"
    assert list_acts(world.home.id) == []
    assert [one.id for one in list_acts(world.home.id, with_void=True)] == [made.id]
    with pytest.raises(RuleError) as refusal:
        void_act(made.id, "再来一次", **act())
    assert refusal.value.code == "act-void"


def test_photos_prove_an_act(world, act, owed, photo):
    """Provisions 8(1): refused with a photo and a witness; the photo lies under its own hash."""
    refused = replace(SLIP, result=Result.REFUSED, receiver="", witness="王建国")
    made = note_act(world.home.id, refused, **act())
    assert not made.has_proof
    kept, left_out = add_proof(world.office, made.id, [photo("门口.jpg")], caption="门口", **act())
    assert left_out == ()
    assert [one.caption for one in kept] == ["门口"]
    assert get_act(made.id).has_proof
    assert get_act(made.id).proofs == len(list_proofs(made.id)) == 1
    assert add_proof(world.office, made.id, [photo("门口.jpg")], **act())[0] == ()


def test_the_delivery_register_reads_a_period(world, act, owed):
    note_act(world.home.id, SLIP, **act())
    void_act(note_act(world.home.id, replace(CALL, at=VISIT.replace(day=19)), **act()).id,
             "录错", **act())  # fmt: skip
    found = list_period_acts(date(2026, 11, 17), date(2026, 11, 17))
    assert [one.way for one in found] == [Way.IN_PERSON]
    assert list_period_acts(date(2026, 11, 18), date(2026, 11, 21)) == []
    assert list_period_acts(date(2026, 11, 1), date(2026, 11, 30), community="别处") == []
    assert rows("SELECT count(*) FROM demand_line WHERE act_id IS NOT NULL")[0][0] == 2
