"""The decoration file on a real office: told, permitted, looked at, accepted, the deposit back."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from propdesk.domain.decorations import DecorationDraft, Finding, FindingKind, PatrolDraft, Stage
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.unit_changes import NewChange, UnitField
from propdesk.domain.units import UnitState
from propdesk.domain.violations import Violation
from propdesk.i18n import speaking
from propdesk.services import decoration_patrols, decorations, settings
from propdesk.services.parts.held_values import held_values
from propdesk.services.parts.unit_changes import write_change
from propdesk.services.parts.writing import writing
from propdesk.services.queries.decorations import (
    DecorationGroup,
    count_due,
    find_decoration,
    get_decoration_row,
    list_decorations,
    list_patrols,
    list_told,
    list_works,
)
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.queries.violations import list_violations
from propdesk.storage.database import rows

TODAY = date(2026, 11, 21)
NOISE = Finding(FindingKind.NOISE, "午休时间使用电锤", date(2026, 11, 23))


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.fixture
def desk(world):
    def later(days=0, by=None):
        return {"by": (by or world.desk).id, "now": world.now + timedelta(days=days)}

    return later


@pytest.fixture
def draft():
    return DecorationDraft(
        applicant="张伟丰", scope="厨卫改造,铺砖", from_on=TODAY, until_on=day(60),
        company="宏图装饰", foreman="刘师傅", phone="13900005678", workers=6,
        told=frozenset(list_told()), deposit_fen=200_000, deposit_note="收据 0012",
    )  # fmt: skip


@pytest.fixture
def apply(world, desk, draft):
    def how(unit=None, **fields):
        unit = unit or world.home
        return decorations.apply_decoration(unit.id, replace(draft, **fields), **desk())

    return how


@pytest.fixture
def permitted(apply, desk):
    return decorations.permit_decoration(apply().id, **desk())


def refused(code, act):
    before = rows("SELECT * FROM decoration"), rows("SELECT * FROM decoration_patrol")
    with pytest.raises(RuleError) as refusal:
        act()
    assert refusal.value.code == code
    assert (rows("SELECT * FROM decoration"), rows("SELECT * FROM decoration_patrol")) == before
    return refusal.value


def test_r101_applications_are_numbered_by_year_without_gaps(world, apply, desk, draft):
    first = apply()
    refused("decoration-open", apply)
    second = apply(world.villa)
    decorations.cancel_decoration(first.id, reason="业主改期", **desk())
    third = decorations.apply_decoration(world.home.id, draft, **desk(60))
    assert [one.number for one in (first, second, third)] == [
        "ZX-2026-0001", "ZX-2026-0002", "ZX-2027-0001",
    ]  # fmt: skip
    assert find_decoration("zx2026-2") == second
    assert (first.applicant, first.house, first.taken_by) == ("张伟丰", "3-2-501", "前台")
    refused("decoration-unknown", lambda: find_decoration("ZX-2026-0009"))


def test_l945_a_permit_names_everything_that_it_waits_for(apply, desk):
    made = apply(
        until_on=None, company="", foreman="", told=frozenset({"gas"}), touches_structure=True
    )
    refusal = refused("draft-incomplete", lambda: decorations.permit_decoration(made.id, **desk()))
    fields = [one.field for one in refusal.problems]
    assert fields == ["until_on", "company", "told", "structure_consent"]


def test_l945_structure_is_never_permitted_silently(apply, desk, draft):
    made = apply(touches_structure=True)
    refused("draft-incomplete", lambda: decorations.permit_decoration(made.id, **desk()))
    scheme = replace(draft, touches_structure=True, structure_consent="市设计院 2026-118 号")
    decorations.change_decoration(made.id, scheme, version=made.version, **desk())
    permitted = decorations.permit_decoration(made.id, **desk())
    assert permitted.structure_consent == "市设计院 2026-118 号"
    assert (permitted.permitted_on, permitted.permitted_by) == (TODAY, "前台")


def test_what_the_permit_says_is_not_changed_under_it(permitted, desk, draft):
    def change(**fields):
        return decorations.change_decoration(
            permitted.id, replace(draft, **fields), version=permitted.version, **desk()
        )

    refused("decoration-permitted", lambda: change(scope="敲掉隔墙"))
    refused("decoration-permitted", lambda: change(from_on=day(3)))
    refused("draft-incomplete", lambda: change(until_on=None))
    refused("decoration-permitted", lambda: decorations.permit_decoration(permitted.id, **desk()))
    extended = change(until_on=day(90), workers=8)
    assert (extended.until_on, extended.workers) == (day(90), 8)
    refused("changed-meanwhile", lambda: change(until_on=day(95)))


def test_r101_a_look_is_due_every_so_many_days_while_the_works_go_on(permitted, desk):
    def due(after):
        return [row.patrol_due_on for row in list_works(today=day(after)) if row.is_patrol_due]

    assert due(-1) == []
    assert due(0) == [TODAY]
    decoration_patrols.note_patrol(permitted.id, PatrolDraft(), **desk(1))
    assert due(2) == []
    assert due(3) == [day(3)]
    settings.save_settings(
        replace(settings.get_settings(), decoration_patrol_days=7), by=desk()["by"]
    )
    assert (due(7), due(8)) == ([], [day(8)])


def test_a_patrol_keeps_each_finding_by_itself_and_who_looked(world, permitted, desk):
    draft = PatrolDraft(findings=(NOISE, Finding(FindingKind.WASTE, "垃圾堆在楼道")))
    at = datetime(2026, 11, 21, 8, 30)
    made = decoration_patrols.note_patrol(permitted.id, draft, **desk(by=world.worker), at=at)
    assert [(one.at, one.kind, one.due_on, one.patrolled_by) for one in made] == [
        (at, FindingKind.NOISE, day(2), "王建国"),
        (at, FindingKind.WASTE, None, "王建国"),
    ]
    assert list_patrols(permitted.id) == made
    row = get_decoration_row(permitted.id, today=TODAY)
    assert (row.findings, row.rectify_by, row.is_rectifying_late) == (2, day(2), False)
    assert get_decoration_row(permitted.id, today=day(3)).is_rectifying_late


def test_a_look_that_has_not_happened_is_refused(permitted, desk):
    late = desk()["now"] + timedelta(hours=1)
    refused(
        "time-in-future",
        lambda: decoration_patrols.note_patrol(permitted.id, PatrolDraft(), **desk(), at=late),
    )
    bad = PatrolDraft(findings=(replace(NOISE, text=" \u200b"),))
    refused("draft-incomplete", lambda: decoration_patrols.note_patrol(permitted.id, bad, **desk()))


def test_r101_nothing_is_accepted_while_a_finding_is_open(permitted, desk):
    (found,) = decoration_patrols.note_patrol(
        permitted.id, PatrolDraft(findings=(NOISE,)), **desk()
    )
    refused("decoration-findings", lambda: decorations.accept_decoration(permitted.id, **desk(70)))
    done = decoration_patrols.rectify_finding(found.id, **desk(1))
    assert done.rectified_on == day(1)
    refused("finding-rectified", lambda: decoration_patrols.rectify_finding(found.id, **desk(2)))
    accepted = decorations.accept_decoration(permitted.id, outcome="闭水试验合格", **desk(70))
    assert (accepted.accepted_on, accepted.outcome) == (day(70), "闭水试验合格")
    for act in (
        lambda: decorations.accept_decoration(permitted.id, **desk(71)),
        lambda: decorations.cancel_decoration(permitted.id, reason="错", **desk(71)),
        lambda: decoration_patrols.note_patrol(permitted.id, PatrolDraft(), **desk(71)),
    ):
        refused("decoration-ended", act)


def test_rectifying_has_its_order(permitted, desk):
    (found,) = decoration_patrols.note_patrol(
        permitted.id, PatrolDraft(findings=(NOISE,)), **desk()
    )
    for on in (day(-1), day(1)):
        refused(
            "draft-incomplete",
            lambda on=on: decoration_patrols.rectify_finding(found.id, on=on, **desk()),
        )
    (clean,) = decoration_patrols.note_patrol(permitted.id, PatrolDraft(), **desk())
    refused("finding-none", lambda: decoration_patrols.rectify_finding(clean.id, **desk()))
    refused("patrol-unknown", lambda: decoration_patrols.rectify_finding(99, **desk()))


def test_acceptance_needs_a_permit_and_a_day_of_the_works(apply, permitted, desk, world):
    waiting = apply(world.villa)
    refused("decoration-not-permitted", lambda: decorations.accept_decoration(waiting.id, **desk()))
    for on in (day(-1), day(1)):
        refused(
            "draft-incomplete",
            lambda on=on: decorations.accept_decoration(permitted.id, on=on, **desk()),
        )


def test_r101_what_is_past_its_last_day_stays_listed_until_it_is_accepted(permitted, desk):
    assert [row.stage for row in list_works(today=day(60))] == [Stage.UNDER_WAY]
    (row,) = list_works(DecorationGroup.DUE, today=day(61))
    assert row.stage is Stage.OVERDUE
    assert count_due(today=day(61)).overdue == 1
    decorations.accept_decoration(permitted.id, **desk(61))
    assert list_works(today=day(61)) == ()


def test_a_deposit_is_a_debt_until_it_went_back(permitted, desk):
    def back(fen, reason="", days=70):
        return decorations.return_deposit(
            permitted.id, returned_fen=fen, reason=reason, **desk(days)
        )

    refused("deposit-early", lambda: back(200_000))
    decorations.accept_decoration(permitted.id, **desk(61))
    assert list_works(DecorationGroup.DUE, today=day(91)) == ()
    (row,) = list_works(DecorationGroup.DUE, today=day(92))
    assert (row.is_deposit_late, row.deposit_due_on) == (True, day(91))
    assert len(list_works(DecorationGroup.DEPOSITS, today=day(62))) == 1
    refused("draft-incomplete", lambda: back(150_000))
    refused("draft-incomplete", lambda: back(200_001))
    done = back(150_000, "修电梯轿厢")
    assert (done.deposit_returned_fen, done.deposit_returned_on, done.deduction_reason) == (
        150_000, day(70), "修电梯轿厢",
    )  # fmt: skip
    refused("deposit-none", lambda: back(50_000))
    assert list_works(DecorationGroup.DEPOSITS, today=day(100)) == ()


def test_l942_a_finding_becomes_a_breach_with_its_three_steps(permitted, desk):
    found = Finding(FindingKind.STRUCTURE, "正在拆承重墙")
    (patrol,) = decoration_patrols.note_patrol(
        permitted.id, PatrolDraft(findings=(found,)), **desk()
    )
    linked = decoration_patrols.make_ticket(patrol.id, **desk())
    ticket = get_ticket(linked.ticket_id)
    assert linked.ticket == ticket.number
    assert (ticket.violation, ticket.unit_id) == (Violation.DECORATION, permitted.unit_id)
    assert ticket.text == "正在拆承重墙 (ZX-2026-0001)"
    assert [row.number for row in list_violations(now=desk()["now"])] == [ticket.number]
    refused("finding-has-ticket", lambda: decoration_patrols.make_ticket(patrol.id, **desk()))
    assert rows("SELECT count(*) FROM ticket") == [(1,)]


def test_r26_such_a_ticket_is_no_complaint_of_a_resident(permitted, desk):
    (patrol,) = decoration_patrols.note_patrol(
        permitted.id, PatrolDraft(findings=(NOISE,)), **desk()
    )
    decoration_patrols.make_ticket(patrol.id, **desk())
    assert rows("SELECT reporter_kind, channel FROM ticket") == [("internal", "patrol")]


def test_the_list_is_in_walking_order_and_counts_what_is_due(world, apply, permitted, desk):
    villa = decorations.permit_decoration(apply(world.villa).id, **desk())
    assert [row.decoration.house for row in list_works(today=TODAY)] == ["3-2-501", "12#"]
    assert count_due(today=TODAY).patrols == 2
    late = replace(NOISE, due_on=day(1))
    decoration_patrols.note_patrol(villa.id, PatrolDraft(findings=(late,)), **desk())
    counts = count_due(today=day(1))
    assert (counts.patrols, counts.rectifying, counts.overdue, counts.deposits) == (1, 0, 0, 0)
    assert count_due(today=day(2)).rectifying == 1


def test_r101_a_house_keeps_all_its_decorations(permitted, apply, desk):
    decorations.accept_decoration(permitted.id, **desk())
    second = apply()
    kept = [row.decoration.id for row in list_decorations(permitted.unit_id, today=TODAY)]
    assert kept == [second.id, permitted.id]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_l945_the_owner_is_told_the_same_in_both_languages(language):
    with speaking(language):
        told = list_told()
    assert set(told) == set(list_told())
    assert len(told) >= 12
    assert all(told.values())


def test_only_what_the_program_knows_counts_as_told(apply):
    assert apply(told=frozenset({"gas", "whatever"})).told == {"gas"}


@pytest.mark.parametrize(
    "fields", [{"applicant": ""}, {"phone": "138"}, {"deposit_fen": -5}, {"scope": "长" * 200_000}]
)
def test_f44_f46_a_refused_application_takes_no_number(apply, fields):
    with pytest.raises(DraftError):
        apply(**fields)
    assert apply().number == "ZX-2026-0001"


# -- the state of the house


def state_on(unit, on=TODAY):
    return held_values(UnitField.STATE, on, unit.id)[unit.id]


@pytest.fixture
def said(world, desk):
    """Say what a house is from a day on."""

    def how(state, from_on):
        with writing():
            change = NewChange(UnitField.STATE, state.value, from_on)
            write_change(world.home.id, change, staff_id=world.desk.id, now=desk()["now"])

    return how


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (UnitState.OWNER_OCCUPIED, UnitState.OWNER_OCCUPIED),
        (UnitState.LET, UnitState.LET),
        (UnitState.UNDELIVERED, UnitState.VACANT),
    ],
)
def test_a_house_is_decorating_while_its_works_go_on(world, said, apply, desk, before, after):
    said(before, day(-400))
    made = decorations.permit_decoration(apply(from_on=day(3)).id, **desk())
    assert (state_on(world.home), state_on(world.home, day(3))) == (before, UnitState.DECORATING)
    decorations.accept_decoration(made.id, **desk(50))
    assert state_on(world.home, day(49)) == UnitState.DECORATING
    assert state_on(world.home, day(50)) == after
    assert rows("SELECT state FROM unit WHERE id = ?", world.home.id) == [(after.value,)]


def test_works_that_never_begin_leave_the_house_as_it_was(world, said, apply, desk):
    said(UnitState.LET, day(-400))
    made = decorations.permit_decoration(apply(from_on=day(10)).id, **desk())
    decorations.cancel_decoration(made.id, reason="业主改期", **desk(1))
    states = {state_on(world.home, day(number)) for number in (0, 9, 10, 100)}
    assert states == {UnitState.LET}


def test_what_the_clerk_said_meanwhile_stands(world, said, permitted, desk):
    said(UnitState.LET, day(20))
    decorations.accept_decoration(permitted.id, **desk(50))
    assert state_on(world.home, day(60)) == UnitState.LET


def test_an_application_alone_changes_no_house(world, apply, desk):
    made = apply()
    decorations.cancel_decoration(made.id, reason="不装了", **desk())
    assert state_on(world.home, day(10)) == ""
