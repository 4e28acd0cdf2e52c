"""Arrears on a real file: ageing, limitation, cases, promises, penalties, waivers (issue 6)."""

from datetime import date, datetime, timedelta
from itertools import count

import pytest

from propdesk.domain.ageing import AgeBucket, Ages
from propdesk.domain.arrears import ArrearsReason, LegalState
from propdesk.domain.arrears_cases import CaseDraft, CaseWish, NoteKind
from propdesk.domain.dunning import PromiseWay, Relation, Stage
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.payment_plans import Outcome, Part, PlanDraft, PlanState
from propdesk.domain.payments import BillPart, MeansPart, PaymentDraft, RefundDraft
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.till import Means
from propdesk.domain.units import Address
from propdesk.services import (
    arrears,
    late_fees,
    payment_plans,
    residents,
    staff,
    tickets,
    till,
    units,
    waivers,
)
from propdesk.services.parts.held_cases import require_free
from propdesk.services.queries.arrears import (
    ArrearsFilter,
    ArrearsGroup,
    ArrearsSort,
    count_arrears,
    list_ages_by_building,
    list_ages_by_house,
    list_ages_by_item,
    list_arrears,
    sum_arrears,
)
from propdesk.services.queries.arrears_cases import get_case
from propdesk.services.queries.bills import get_bill, list_bills
from propdesk.services.queries.late_fees import list_late_fees
from propdesk.services.queries.limitation import (
    get_limitations,
    limitation_days,
    list_bill_limitations,
    list_limitation,
    sound_today,
)
from propdesk.services.queries.payment_plans import find_plan, list_due_parts, list_plans
from propdesk.services.queries.waivers import list_waivers
from propdesk.storage.charging import BillRecord, FeeItemRecord, TariffRecord
from propdesk.storage.database import rows
from propdesk.storage.dunning import DemandLineRecord, DunningActRecord, FeeLetterRecord
from propdesk.storage.persons import PersonRecord

TODAY = date(2026, 11, 21)


@pytest.fixture
def manager(world):
    return staff.add_staff("周经理", by=world.desk.id, role=Role.MANAGER)


@pytest.fixture
def item():
    return FeeItemRecord.create(
        code="service", name="物业服务费", formula="area", income="service", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip


@pytest.fixture
def bill(world, item):
    """Write a bill: `bill(amount_fen, due_on, unit=..., tariff=...)` returns its id."""
    owner = PersonRecord.get(PersonRecord.name == "张伟丰").id
    apart = count(1)  # an item is charged once for a period

    def write(amount_fen, due_on=date(2026, 1, 31), unit=None, **more):
        record = BillRecord.create(
            unit=(unit or world.home).id, fee_item=item.id, kind="charge",
            from_on=due_on - timedelta(days=next(apart)), until_on=due_on, due_on=due_on,
            amount_fen=amount_fen, person=owner if unit is None else None,
            entered_at=world.now.replace(tzinfo=None), staff=world.desk.id, **more,
        )  # fmt: skip
        return record.id

    return write


@pytest.fixture
def demand(world):
    """Write an act of urging about bills: `demand([bill], way, result, on_day, ...)`."""

    def write(bills, way, result, on_day, **more):
        at = datetime.combine(on_day, datetime.min.time()).replace(hour=10)
        more.setdefault("entered_at", at)
        act = DunningActRecord.create(
            unit=get_bill(bills[0]).unit_id, stage=more.pop("stage", 2), way=way, result=result,
            at=at, staff=world.desk.id, **more,
        )  # fmt: skip
        for bill_id in bills:
            DemandLineRecord.create(bill=bill_id, act=act.id, open_fen=1)
        return act.id

    return write


def pay(world, act, fen, *bills):
    parts = tuple(BillPart(one, fen) for one in bills)
    draft = PaymentDraft(world.home.id, (MeansPart(Means.CASH, fen),), bills=parts)
    return till.take_payment(draft, **act())


def complain(world, act, unit=None):
    draft = TicketDraft(Kind.COMPLAINT, "电梯常坏", unit_id=(unit or world.home).id)
    return tickets.register_ticket(draft, **act())


def refused(code, command, *args, **more):
    with pytest.raises(RuleError) as error:
        command(*args, **more)
    assert error.value.code == code
    return str(error.value)


# --- ageing ----------------------------------------------------------------------------------


def test_ageing_by_house_building_and_item(world, bill):
    bill(100, date(2026, 11, 21))  # to be paid today: not yet due
    bill(200, date(2026, 11, 20))  # 1 day
    bill(300, date(2026, 9, 30))  # 52 days
    bill(400, date(2023, 11, 20))  # more than three years
    bill(1_000, date(2026, 6, 30), unit=world.villa)  # 144 days
    bill(5_000, date(2026, 12, 31), unit=world.villa)
    home, villa = list_arrears(ArrearsFilter(), today=TODAY, sort=ArrearsSort.PLACE)
    assert (home.unit, villa.unit) == ("3-2-501", "12#")
    assert home.ages == Ages((200, 300, 0, 0, 0, 0, 400), 100)
    assert (home.total_fen, home.debtor, home.oldest_due_on) == (900, "张伟丰", date(2023, 11, 20))
    assert villa.ages == Ages((0, 0, 1_000, 0, 0, 0, 0), 5_000)
    whole = Ages((200, 300, 1_000, 0, 0, 0, 400), 5_100)
    sums = sum_arrears(ArrearsFilter(), today=TODAY)
    assert (sums.units, sums.ages) == (2, whole)
    buildings = list_ages_by_building(TODAY)
    assert [(row.name, row.units, row.ages) for row in buildings] == [
        ("3", 1, home.ages), ("12", 1, villa.ages),
    ]  # fmt: skip
    assert [(row.name, row.units, row.ages) for row in list_ages_by_item(TODAY)] == [
        ("物业服务费", 2, whole)
    ]
    assert [row.ages for row in list_ages_by_house(TODAY)] == [villa.ages, home.ages]
    (item,) = list_ages_by_item(TODAY, building_id=villa.building_id)
    assert (item.units, item.ages) == (1, villa.ages)


def test_what_is_paid_void_or_not_yet_due_is_no_arrears(world, bill, act):
    paid = bill(500)
    pay(world, act, 500, paid)
    bill(600, date(2026, 12, 31))
    bill(700, voided_at=world.now.replace(tzinfo=None), void_reason="误开")
    assert list_arrears(ArrearsFilter(), today=TODAY) == []
    assert count_arrears(TODAY)[None] == 0
    assert sum_arrears(ArrearsFilter(), today=TODAY).ages.total_fen == 0


def test_filters_orders_and_pages(world, bill):
    bill(200, date(2026, 1, 31))
    bill(900, date(2026, 10, 31), unit=world.villa)

    def units(wanted=None, **more):
        wanted = wanted or ArrearsFilter()
        return [row.unit for row in list_arrears(wanted, today=TODAY, **more)]

    assert units() == ["12#", "3-2-501"]  # nothing near: who owes most first
    assert units(sort=ArrearsSort.OLDEST) == ["3-2-501", "12#"]
    assert units(sort=ArrearsSort.TOTAL, descending=True) == ["3-2-501", "12#"]
    assert units(ArrearsFilter(words="12#")) == ["12#"]
    assert units(ArrearsFilter(words="伟丰")) == ["3-2-501"]
    for typed in ("何志强", "hzq", "hezhi", "5678"):  # a tenant, who owes no bill himself
        assert units(ArrearsFilter(words=typed)) == []
    tenant = PersonDraft("何志强", ResidentRole.TENANT, phones=("13900005678",))
    residents.add_resident(world.home.id, tenant, by=world.desk.id, now=world.now)
    for typed in ("何志强", "hzq", "hezhi", "5678"):
        assert units(ArrearsFilter(words=typed)) == ["3-2-501"]
    assert units(ArrearsFilter(words="%")) == []
    assert units(ArrearsFilter(bucket=AgeBucket.DAYS_30)) == ["12#"]
    assert units(ArrearsFilter(unit_ids=frozenset({world.home.id}))) == ["3-2-501"]
    assert units(ArrearsFilter(item_id=99)) == []
    for sort in ArrearsSort:
        for descending in (False, True):
            how = {"sort": sort, "descending": descending}
            (first,) = list_arrears(ArrearsFilter(), today=TODAY, limit=1, **how)
            rest = units(after=first.sort_key, **how)
            assert [first.unit, *rest] == units(**how)
            assert len(rest) == 1


def letter(world, unit, stage, dated_on, times=1, state="printed"):
    FeeLetterRecord.create(
        number=f"L{stage}{dated_on}{state}", unit=unit.id, stage=stage, times=times, state=state,
        dated_on=dated_on, total_fen=1, content_sha256="0" * 64, staff=world.desk.id,
        pdf_sha256="0" * 64 if state != "draft" else None,
        printed_at=world.now.replace(tzinfo=None) if state != "draft" else None,
        written_at=world.now.replace(tzinfo=None),
    )  # fmt: skip


def groups(today=TODAY):
    return {group for group, count in count_arrears(today).items() if group and count}


def test_the_chips_follow_the_stages_of_law_md_1_6(world, bill):
    due = date(2026, 9, 1)
    bill(200, due)
    assert groups(date(2026, 9, 7)) == set()  # 6 days
    assert groups(date(2026, 9, 8)) == {ArrearsGroup.NOTIFY}  # due + 7: friendly reminder
    letter(world, world.home, Stage.REMINDER, date(2026, 9, 8))
    assert groups(date(2026, 9, 9)) == set()
    assert groups(date(2026, 10, 1)) == {ArrearsGroup.NOTIFY}  # due + 30: slip
    letter(world, world.home, Stage.SLIP, date(2026, 10, 1))
    letter(world, world.home, Stage.LETTER, date(2026, 10, 2), state="draft")
    assert groups(date(2026, 10, 30)) == set()
    assert groups(date(2026, 10, 31)) == {ArrearsGroup.LETTER}  # due + 60: formal letter
    letter(world, world.home, Stage.LETTER, date(2026, 10, 31), times=2)
    assert groups() == set()
    (row,) = list_arrears(ArrearsFilter(), today=TODAY)
    assert (row.stage, row.times, row.last_on) == (Stage.LETTER, 2, date(2026, 10, 31))


def test_idea_6_a_complaint_holds_the_case(world, bill, act):
    bill(200)
    ticket = complain(world, act)
    assert groups() == {ArrearsGroup.HELD}
    (row,) = list_arrears(ArrearsFilter(group=ArrearsGroup.HELD), today=TODAY)
    assert (row.held_by, row.is_held) == ((ticket.number,), True)
    assert list_arrears(ArrearsFilter(group=ArrearsGroup.NOTIFY), today=TODAY) == []
    who = {"staff_id": world.desk.id, "now": world.now}
    later = world.now + timedelta(hours=2)
    text = refused("case-held-complaint", require_free, world.home.id, later, "", **who)
    assert ticket.number in text
    assert get_case(world.home.id, TODAY).notes == ()
    assert require_free(world.home.id, later, "时效只剩十天", **who) is True
    (note,) = get_case(world.home.id, TODAY).notes
    assert (note.kind, note.text, note.ticket) == (
        NoteKind.OVERRIDE, "时效只剩十天", ticket.number,
    )  # fmt: skip
    tickets.void_ticket(ticket.id, reason="重复", **act())
    assert require_free(world.home.id, later, "", **who) is False


# --- limitation ------------------------------------------------------------------------------


def test_idea_2_the_radar_counts_each_bill_from_its_last_proved_interruption(
    world, bill, demand, act
):
    old = bill(100, date(2023, 12, 31))  # runs until 2026-12-31 (188)
    proved = bill(200, date(2023, 12, 31))
    posted = bill(400, date(2023, 12, 31))
    gone = bill(800, date(2022, 12, 31))  # ran out on 2025-12-31
    young = bill(1_600, date(2026, 1, 31))
    # Provisions 8(1): signed on 2025-03-10, so until 2028-03-10.
    demand([proved], "in-person", "signed", date(2025, 3, 10), relation="self")
    demand([posted], "posted-at-door", "left", date(2025, 3, 10), has_proof=True)
    found = list_bill_limitations(world.home.id, TODAY)
    assert {key: one.limitation.last_on for key, one in found.items()} == {
        old: date(2026, 12, 31),
        proved: date(2028, 3, 10),
        posted: date(2026, 12, 31),
        gone: date(2025, 12, 31),
        young: date(2029, 1, 31),
    }
    assert len(found[posted].limitation.weak) == 1
    of_unit = limitation_days([world.home.id], TODAY)[world.home.id]
    assert (of_unit.last_on, of_unit.near_fen, of_unit.expired_fen) == (
        date(2026, 12, 31), 500, 800,
    )  # fmt: skip
    (row,) = list_limitation(TODAY, 90)
    assert ({one.bill_id for one in row.bills}, row.open_fen) == ({old, posted}, 500)
    assert row.days_left(TODAY) == 40  # 9 + 31
    assert list_limitation(TODAY, 39) == []
    assert groups() >= {ArrearsGroup.NEAR}
    (listed,) = list_arrears(ArrearsFilter(group=ArrearsGroup.NEAR), today=TODAY)
    assert listed.days_left == 40
    assert sum_arrears(ArrearsFilter(), today=TODAY).near_fen == 500


def test_a_part_payment_interrupts_and_its_void_does_not(world, bill, act):
    one = bill(1_000, date(2024, 1, 31))
    receipt = pay(world, act, 300, one)  # 2026-11-21, in time: Provisions 14
    assert get_limitations([one], TODAY)[one].limitation.last_on == date(2029, 11, 21)
    till.void_payment(receipt.id, "错收", version=receipt.version, **act(world.cashier))
    assert get_limitations([one], TODAY)[one].limitation.last_on == date(2027, 1, 31)


def test_a_part_payment_that_was_wholly_given_back_interrupts_nothing(world, bill, act, manager):
    """A slip found after the close of the till can only be undone by a contra entry."""
    one = bill(1_000, date(2024, 1, 31))
    slip, paid = pay(world, act, 300, one), pay(world, act, 200, one)
    till.refund_payment(slip.id, RefundDraft("收错户"), **act(manager))
    # 200 of the debt were truly paid that day, so it counts from then on (Provisions 14) ...
    assert get_limitations([one], TODAY)[one].limitation.last_on == date(2029, 11, 21)
    till.refund_payment(paid.id, RefundDraft("收错户"), **act(manager))
    # ... and after both went back from the day of payment again: three years from 2024-01-31 (188).
    assert get_limitations([one], TODAY)[one].limitation.last_on == date(2027, 1, 31)


def test_a_letters_delivery_interrupts_for_the_letters_bills(world, bill, demand):
    one, other = bill(100, date(2024, 1, 31)), bill(100, date(2024, 2, 29))
    letter(world, world.home, Stage.LETTER, date(2026, 3, 1))
    letter_id = rows("SELECT max(id) FROM fee_letter")[0][0]
    DemandLineRecord.create(bill=one, letter=letter_id, open_fen=100)
    sent = demand([other], "ems", "sent", date(2026, 3, 2), letter=letter_id)
    assert get_limitations([one], TODAY)[one].limitation.last_on == date(2027, 1, 31)
    DunningActRecord.update(result="arrived", arrived_on=date(2026, 3, 5)).where(
        DunningActRecord.id == sent
    ).execute()
    found = get_limitations([one, other], TODAY)
    # Provisions 8(2), by the return receipt of 2026-03-05.
    assert {bill.limitation.last_on for bill in found.values()} == {date(2029, 3, 5)}
    DunningActRecord.update(voided_at=world.now.replace(tzinfo=None), void_reason="错").where(
        DunningActRecord.id == sent
    ).execute()
    found = get_limitations([one, other], TODAY)
    assert found[one].limitation.last_on == date(2027, 1, 31)
    assert found[other].limitation.last_on == date(2027, 2, 28)  # 202


def test_provisions_15_the_user_signs_for_both_where_both_owe(world, bill, demand):
    user = PersonRecord.create(name="李租").id
    joint, owners = bill(100, date(2024, 1, 31), payer=user), bill(100, date(2024, 1, 31))
    demand([joint, owners], "in-person", "signed", date(2026, 5, 4), relation="user")
    found = get_limitations([joint, owners], TODAY)
    assert found[joint].limitation.last_on == date(2029, 5, 4)
    assert found[owners].limitation.last_on == date(2027, 1, 31)


def test_f31_a_clock_that_was_set_back_shows_no_more_days_than_are_left(world, bill):
    bill(100, date(2023, 12, 31))  # entered on 2026-11-21
    before = date(2025, 1, 1)
    assert sound_today(before) == TODAY
    (row,) = list_limitation(before, 40)
    assert row.last_on == date(2026, 12, 31)
    (listed,) = list_arrears(ArrearsFilter(), today=before)
    assert listed.days_left == 40


def test_f31_an_act_of_the_future_moves_nothing(world, bill, demand):
    one = bill(100, date(2023, 12, 31))
    demand([one], "in-person", "signed", date(2027, 1, 1), relation="self",
           entered_at=world.now.replace(tzinfo=None))  # fmt: skip
    assert get_limitations([one], TODAY)[one].limitation.last_on == date(2026, 12, 31)


# --- cases -----------------------------------------------------------------------------------


def test_idea_6_several_houses_get_a_reason_and_are_held_at_once(world, act):
    other = units.add_unit(Address("9", "1", "101"), community="云澜花园", by=world.desk.id)
    own = CaseDraft(ArrearsReason.SERVICE, "电梯", legal_state=LegalState.MEDIATION)
    arrears.change_case(world.home.id, own, version=0, **act())
    wish = CaseWish(held_until=date(2026, 12, 1), held_reason="等维修")
    houses = (world.home.id, other.id, other.id)
    assert arrears.change_cases(houses, wish, **act()) == 2
    assert arrears.change_cases(houses, wish, **act()) == 0  # nothing is otherwise
    first, second = (get_case(one, TODAY) for one in houses[:2])
    assert (first.reason, first.reason_text, first.legal_state) == (
        ArrearsReason.SERVICE, "电梯", LegalState.MEDIATION,
    )  # fmt: skip
    assert first.held_until == second.held_until == date(2026, 12, 1)
    arrears.change_cases(houses, CaseWish(ArrearsReason.FORGOT, is_released=True), **act())
    first = get_case(world.home.id, TODAY)
    assert (first.reason, first.reason_text, first.is_held) == (ArrearsReason.FORGOT, "", False)
    with pytest.raises(DraftError):  # until when, and not why: none of them
        arrears.change_cases(houses, CaseWish(held_until=date(2026, 12, 1)), **act())


def test_a_case_keeps_reason_hold_and_legal_state_with_its_history(world, act):
    draft = CaseDraft(
        ArrearsReason.SERVICE, "电梯", date(2026, 12, 1), "等维修", LegalState.MEDIATION
    )
    case = arrears.change_case(world.home.id, draft, version=0, **act())
    assert (case.reason, case.held_until, case.legal_state, case.version) == (
        ArrearsReason.SERVICE, date(2026, 12, 1), LegalState.MEDIATION, 1,
    )  # fmt: skip
    assert {note.kind for note in case.notes} == {NoteKind.REASON, NoteKind.HELD, NoteKind.LEGAL}
    refused("changed-meanwhile", arrears.change_case, world.home.id, draft, version=0, **act())
    who = {"staff_id": world.desk.id, "now": world.now}
    refused("case-held", require_free, world.home.id, world.now, "", **who)
    # The day after it is held no more.
    assert not get_case(world.home.id, date(2026, 12, 2)).is_held
    case = arrears.change_case(world.home.id, CaseDraft(ArrearsReason.FORGOT), version=1, **act())
    assert case.notes[0].kind in {NoteKind.RELEASED, NoteKind.REASON, NoteKind.LEGAL}
    assert len(case.notes) == 6
    assert not case.is_held
    assert arrears.note_arrears(world.home.id, "电话约周六", **act()).notes[0].text == "电话约周六"


def test_a_hold_needs_a_day_to_come_and_a_reason(world, act):
    for draft, field in (
        (CaseDraft(held_until=date(2026, 11, 20), held_reason="等"), "held_until"),
        (CaseDraft(held_until=date(2026, 12, 1)), "held_reason"),
        (CaseDraft(reason_text="长" * 200_000), "reason_text"),
    ):
        with pytest.raises(DraftError) as error:
            arrears.change_case(world.home.id, draft, version=0, **act())
        assert [problem.field for problem in error.value.problems] == [field]
    assert rows("SELECT count(*) FROM arrears_note") == [(0,)]


# --- promises and plans ----------------------------------------------------------------------


def plan(world, act, *parts, **more):
    parts = tuple(Part(*part) for part in parts)
    total = sum(part.amount_fen for part in parts)
    draft = PlanDraft(parts, more.pop("total", total), **more)
    return payment_plans.record_plan(world.home.id, draft, **act())


def test_a_plan_is_kept_part_by_part(world, bill, act):
    bill(1_000)
    one = plan(world, act, (date(2026, 11, 21), 400), (date(2026, 12, 21), 600))
    assert (one.number, one.kind, one.standing.state) == ("FQ-2026-0001", "plan", PlanState.DUE)
    assert list_due_parts(TODAY) == [one]
    assert groups() >= {ArrearsGroup.PROMISE}
    assert ArrearsGroup.NOTIFY not in groups()  # a promise runs
    pay(world, act, 400)
    assert list_due_parts(TODAY) == []
    (row,) = list_arrears(ArrearsFilter(), today=TODAY)
    assert (row.plan.standing.position, row.plan.standing.due_on) == (2, date(2026, 12, 21))
    late = date(2026, 12, 22)
    (broken,) = list_due_parts(late)
    assert (broken.standing.state, broken.standing.missing_fen) == (PlanState.BROKEN, 600)
    assert groups(late) >= {ArrearsGroup.PROMISE}
    pay(world, act, 600)
    assert find_plan("fq-2026-0001", late).standing.state is PlanState.KEPT


def test_a_written_promise_interrupts_and_a_void_one_does_not(world, bill, act):
    one = bill(1_000, date(2024, 1, 31))
    spoken = plan(world, act, (date(2026, 12, 1), 500))
    assert get_limitations([one], TODAY)[one].limitation.last_on == date(2027, 1, 31)
    refused("plan-runs", plan, world, act, (date(2026, 12, 5), 500))
    payment_plans.end_plan(
        spoken.id, Outcome.WITHDRAWN, "改写书面", version=spoken.version, **act()
    )
    written = plan(
        world, act, (date(2026, 12, 5), 500), way=PromiseWay.WRITTEN, promised_on=date(2026, 11, 20)
    )
    # Provisions 14: promised on 2026-11-20.
    assert get_limitations([one], TODAY)[one].limitation.last_on == date(2029, 11, 20)
    refused("plan-unpaid", payment_plans.end_plan, written.id, Outcome.KEPT, "", version=1, **act())
    payment_plans.end_plan(written.id, Outcome.VOIDED, "写错户", version=1, **act())
    assert get_limitations([one], TODAY)[one].limitation.last_on == date(2027, 1, 31)
    refused(
        "plan-ended", payment_plans.end_plan, written.id, Outcome.VOIDED, "再", version=2, **act()
    )
    assert [one.outcome for one in list_plans(world.home.id, TODAY)] == [
        Outcome.VOIDED, Outcome.WITHDRAWN,
    ]  # fmt: skip


def test_a_broken_promise_ends_with_the_next_one(world, bill, act):
    bill(1_000)
    first = plan(world, act, (date(2026, 11, 21), 400))
    draft = PlanDraft((Part(date(2026, 12, 1), 400),), 400)
    later = {"by": world.desk.id, "now": world.now + timedelta(days=1)}
    second = payment_plans.record_plan(world.home.id, draft, **later)
    assert find_plan(first.number, TODAY).outcome is Outcome.BROKEN
    # One that still runs gives way with the reason, in the same act.
    payment_plans.record_plan(world.home.id, draft, instead_reason="改到月底", **later)
    ended = find_plan(second.number, TODAY)
    assert (ended.outcome, ended.note) == (Outcome.WITHDRAWN, "改到月底")


def test_f46_a_plan_that_does_not_add_up_writes_nothing(world, bill, act):
    refused("nothing-open", plan, world, act, (date(2026, 12, 1), 400))
    bill(1_000)
    for total, parts in ((401, 400), (2_000, 2_000)):
        with pytest.raises(DraftError):
            plan(world, act, (date(2026, 12, 1), parts), total=total)
    draft = PlanDraft((Part(date(2026, 12, 1), 400),), 400)
    refused("bill-not-open", payment_plans.record_plan, world.home.id, draft, [99], **act())
    assert rows(
        "SELECT (SELECT count(*) FROM payment_plan), (SELECT count(*) FROM demand_line), "
        "(SELECT count(*) FROM number_series WHERE kind = 'payment-plan')"
    ) == [(0, 0, 0)]


# --- penalties and waivers -------------------------------------------------------------------


@pytest.fixture
def clause(world, item):
    """A price whose clause allows 0.05 % a day."""
    return TariffRecord.create(
        fee_item=item.id, from_on=date(2020, 1, 1), price_e4=20_000, late_rate_e6=500,
        late_clause="第八条", entered_at=world.now.replace(tzinfo=None), staff=world.desk.id,
    ).id  # fmt: skip


def test_a_penalty_is_a_bill_of_its_own_and_never_compounds(world, bill, clause, act):
    one = bill(1_000_00, date(2026, 10, 22), tariff=clause)
    bill(1_000_00, date(2026, 10, 22))  # no clause, no penalty
    # 23 October to 21 November: 9 + 21 = 30 days, 1,000.00 x 0.0005 x 30 = 15.00
    (fee,) = list_late_fees(world.home.id, TODAY)
    assert (fee.bill_id, fee.to_charge_fen) == (one, 15_00)
    assert len(fee.warnings) == 1  # no LPR was typed
    (late,) = late_fees.charge_late_fees(world.home.id, **act())
    assert (late.kind, late.late_for_id, late.amount_fen) == ("late-fee", one, 15_00)
    assert (late.from_on, late.until_on, late.due_on) == (date(2026, 10, 23), TODAY, TODAY)
    assert late.working["late"]["clause"] == "第八条"
    refused("late-fee-none", late_fees.charge_late_fees, world.home.id, **act())
    # Ten days later 5.00 more, and nothing on the penalty: 1,000.00 x 0.0005 x 40 - 15.00
    later = {"by": world.desk.id, "now": world.now + timedelta(days=10)}
    (more,) = late_fees.charge_late_fees(world.home.id, **later)
    assert (more.amount_fen, more.from_on) == (5_00, date(2026, 11, 22))
    refused("late-fee-ahead", late_fees.charge_late_fees, world.home.id,
            until_on=date(2026, 12, 25), **act())  # fmt: skip


def test_l560_a_penalty_whose_debt_is_paid_grows_no_more_and_waits(world, bill, clause, act):
    one = bill(1_000_00, date(2026, 10, 22), tariff=clause)
    (late,) = late_fees.charge_late_fees(world.home.id, **act())  # 30 days: 15.00, due today
    pay(world, act, 1_000_00, one)
    other = bill(100_00, TODAY, tariff=clause)
    # Both are due today, but only the other one will grow: it burdens the debtor more (560).
    receipt = pay(world, act, 50_00)
    assert [(line.bill_id, line.amount_fen) for line in receipt.lines] == [(other, 50_00)]
    # What is left settles it first, then the penalty: 50.00 and 10.00 of 15.00.
    pay(world, act, 60_00)
    assert [get_bill(bill_id).open_fen for bill_id in (other, late.id)] == [0, 5_00]


def test_part_payments_lower_the_penalty(world, bill, clause, act):
    one = bill(1_000_00, date(2026, 11, 11), tariff=clause)
    pay(world, act, 400_00, one)  # on 2026-11-21, ten days late
    # 10 days of 1,000.00 and, until 1 December, 10 of 600.00: 10,000 + 6,000 = 16,000 x 0.0005
    (fee,) = list_late_fees(world.home.id, date(2026, 12, 1))
    assert fee.to_charge_fen == 8_00


def test_a_receipt_made_void_days_later_lowers_no_penalty(world, bill, clause, act):
    one = bill(1_000_00, date(2026, 11, 11), tariff=clause)
    receipt = pay(world, act, 400_00, one)
    later = {"by": world.cashier.id, "now": world.now + timedelta(days=5)}
    till.void_payment(receipt.id, "收错户", version=receipt.version, **later)
    # Nothing was paid on any day: 20 days of 1,000.00 until 1 December, 20,000 x 0.0005.
    (fee,) = list_late_fees(world.home.id, date(2026, 12, 1))
    assert fee.to_charge_fen == 10_00


def test_a_waiver_is_the_managers_and_is_taken_back_alike(world, bill, act, manager):
    one = bill(1_000)
    refused("not-allowed", waivers.waive_bill, one, 300, "空置", **act())
    with pytest.raises(DraftError):
        waivers.waive_bill(one, 300, " ", **act(manager))
    for fen in (0, -1, 1_001):
        refused("waiver-amount", waivers.waive_bill, one, fen, "空置", **act(manager))
    assert waivers.waive_bill(one, 300, "空置", **act(manager)).open_fen == 700
    assert waivers.waive_bill(one, None, "困难", **act(manager)).open_fen == 0
    assert rows("SELECT account, sum(amount_fen) FROM ledger_line GROUP BY account") == [
        ("bill", -1_000), ("waived", 1_000),
    ]  # fmt: skip
    assert waivers.take_back_waiver(one, "误", **act(manager)).open_fen == 1_000
    refused("waiver-none", waivers.take_back_waiver, one, "误", **act(manager))
    assert [(one.amount_fen, one.reason) for one in list_waivers(world.home.id)] == [
        (-1_000, "误"), (700, "困难"), (300, "空置"),
    ]  # fmt: skip
    # A waiver is no act of the debtor: it moves no limitation.
    assert get_limitations([one], TODAY)[one].limitation.since == date(2026, 1, 31)


def test_law_md_1_6_guards_take_no_part(world, bill, act):
    one = bill(1_000)
    security = rows("SELECT id FROM department WHERE code = 'security'")[0][0]
    guard = staff.add_staff("秦队长", by=world.desk.id, department_id=security, role=Role.MANAGER)
    draft = PlanDraft((Part(date(2026, 12, 1), 400),), 400, relation=Relation.SELF)
    for command, args in (
        (waivers.waive_bill, (one, 1, "x")),
        (payment_plans.record_plan, (world.home.id, draft)),
        (arrears.note_arrears, (world.home.id, "x")),
        (late_fees.charge_late_fees, (world.home.id,)),
    ):
        refused("guards-no-fees", command, *args, **act(guard))


def test_names_of_debtors_in_the_list(world, bill, act, now):
    other = PersonDraft("欧阳修远", ResidentRole.TENANT)
    residents.add_resident(world.home.id, other, by=world.desk.id, now=now)
    tenant = PersonRecord.get(PersonRecord.name == "欧阳修远")
    bill(100)
    BillRecord.update(person=tenant.id).where(BillRecord.id == bill(200)).execute()
    (row,) = list_arrears(ArrearsFilter(), today=TODAY)
    assert row.debtor == "张伟丰、欧阳修远"
    PersonRecord.update(sealed_at=now.replace(tzinfo=None)).where(
        PersonRecord.id == tenant.id
    ).execute()
    (row,) = list_arrears(ArrearsFilter(), today=TODAY)
    assert row.debtor == "张伟丰、—"
    assert len(list_bills(world.home.id)) == 2
