"""Clocks on a real file: what is stored beside a ticket follows each line, limit and holiday."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from propdesk.domain.calendar_days import CalendarDay, DayKind
from propdesk.domain.clock_journal import Waiting
from propdesk.domain.clock_rules import Clock, ClockRule, Unit
from propdesk.domain.clock_table import DEFAULT_RULES
from propdesk.domain.clocks import ClockState
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.imports import ImportKind
from propdesk.domain.tickets import Channel, EventKind, Kind, Status, TicketDraft, Urgency
from propdesk.domain.work_calendar import parse_hours
from propdesk.services import limits, offices, settings, tickets
from propdesk.services.calendar import import_calendar, save_day
from propdesk.services.checking import check_office
from propdesk.services.importing import import_file
from propdesk.services.queries.calendar import get_calendar_year, list_missing_years
from propdesk.services.queries.clocks import get_clocks, list_overdue
from propdesk.services.queries.tickets import TicketFilter, count_tickets, list_tickets
from propdesk.sheets.writing import SheetOut, write_workbook
from propdesk.storage.database import rows


def take(world, kind=Kind.COMPLAINT, **more):
    """Register a ticket at half past nine on Saturday, 21 November 2026."""
    at = more.pop("at", None)
    draft = TicketDraft(kind=kind, text="楼上深夜拖动家具", unit_id=world.home.id, **more)
    return tickets.register_ticket(draft, by=world.desk.id, now=world.now, at=at)


def act(world, minutes: int = 0) -> dict:
    return {"by": world.desk.id, "now": world.now + timedelta(minutes=minutes)}


def stored(ticket) -> tuple[str | None, str | None, str | None]:
    sql = "SELECT next_clock, next_due_at, warns_at FROM ticket WHERE id = ?"
    return rows(sql, ticket.id)[0]


def clock_of(ticket, clock, now):
    (found,) = (one for one in get_clocks(ticket.id, now=now).clocks if one.clock is clock)
    return found


def is_sound(world) -> bool:
    return check_office(world.office).ok


# What is due next


def test_a_new_complaint_has_its_answer_due_next_r03(world):
    assert stored(take(world))[:2] == ("reply", "2026-11-23T17:30:00")
    assert stored(take(world, channel=Channel.LETTER))[:2] == ("reply", "2026-11-25T17:30:00")


def test_somebody_who_is_to_come_has_three_minutes_r02(world):
    assert not take(world).visit_wanted
    coming = take(world, visit_wanted=True)
    assert coming.visit_wanted
    assert stored(coming)[:2] == ("on-site", "2026-11-21T09:33:00")
    tickets.arrive_ticket(
        tickets.dispatch_ticket(coming.id, handler_id=world.worker.id, **act(world, 1)).id,
        **act(world, 2),
    )
    assert stored(coming)[0] == "reply"


def test_a_repair_wants_somebody_unless_the_caller_says_otherwise(world):
    assert take(world, Kind.REPAIR).visit_wanted
    assert not take(world, Kind.REPAIR, visit_wanted=False).visit_wanted


def test_amending_keeps_whether_somebody_is_to_come_and_the_old_word(world):
    ticket = take(world, visit_wanted=True)
    words = TicketDraft(Kind.COMPLAINT, "换一句话", unit_id=world.home.id)
    kept = tickets.amend_ticket(ticket.id, words, version=ticket.version, **act(world, 1))
    assert kept.visit_wanted
    changed = tickets.amend_ticket(
        ticket.id, replace(words, visit_wanted=False), version=kept.version, **act(world, 2)
    )
    assert not changed.visit_wanted
    assert changed.events[-1].detail["visit_wanted"] == "True"
    assert stored(ticket)[0] == "reply"
    on_site = get_clocks(ticket.id, now=world.now).clocks
    assert Clock.ON_SITE not in {one.clock for one in on_site}


def test_what_ended_has_nothing_due(world):
    ticket = take(world, Kind.ENQUIRY)
    tickets.reply_ticket(ticket.id, text="已答复", **act(world, 5))
    assert stored(ticket) == (None, None, None)
    gone = take(world)
    tickets.void_ticket(gone.id, reason="重复", **act(world, 5))
    assert stored(gone) == (None, None, None)


def test_the_warning_comes_before_the_limit_and_the_list_says_so(world):
    ticket = take(world, Kind.REPAIR, urgency=Urgency.P1)
    assert stored(ticket) == ("on-site", "2026-11-21T10:00:00", "2026-11-21T09:52:30")

    def state(minutes, seconds=0):
        later = world.now + timedelta(minutes=minutes, seconds=seconds)
        return clock_of(ticket, Clock.ON_SITE, later).state

    assert state(22, 29) is ClockState.RUNNING
    assert state(22, 30) is ClockState.WARNED
    assert state(30) is ClockState.WARNED
    assert state(30, 1) is ClockState.BREACHED


def test_the_list_of_what_is_past_due_goes_by_the_clocks(world):
    take(world, Kind.REPAIR, urgency=Urgency.P1)
    take(world)
    wanted = TicketFilter(group="overdue")
    assert count_tickets(wanted, now=world.now) == 0
    half_an_hour = world.now + timedelta(minutes=31)
    (row,) = list_tickets(wanted, now=half_an_hour).rows
    assert (row.next_clock, row.next_due_at) == (Clock.ON_SITE, datetime(2026, 11, 21, 10, 0))
    assert count_tickets(TicketFilter(group="due-today"), now=world.now) == 1


# Promises


def test_each_change_of_a_promise_stands_in_the_journal_r07(world):
    ticket = take(world)
    first, second = datetime(2026, 11, 22, 12), datetime(2026, 11, 24, 12)

    def dispatch(promised_at, minutes):
        sent = tickets.dispatch_ticket(
            ticket.id, department_id=world.engineering, promised_at=promised_at,
            **act(world, minutes))  # fmt: skip
        return sent.events[-1].detail.get("promised_before")

    assert dispatch(first, 1) == ""
    assert stored(ticket)[:2] == ("promise", "2026-11-22T12:00:00")
    assert dispatch(first, 2) is None
    assert dispatch(second, 3) == first.isoformat()
    promises = [
        one for one in get_clocks(ticket.id, now=world.now).clocks if one.clock is Clock.PROMISE
    ]
    assert [one.state for one in promises] == [ClockState.CANCELLED, ClockState.RUNNING]


# Waiting


def test_waiting_with_a_reason_stops_the_clocks_and_resuming_lets_them_go_on(world):
    ticket = take(world, Kind.REPAIR)
    due = clock_of(ticket, Clock.SOLVE, world.now).due_at
    waits = tickets.suspend_ticket(ticket.id, "material", text="等配件", **act(world, 60))
    assert waits.status is Status.SUSPENDED
    assert waits.events[-1].detail == {"waiting": "material"}
    assert stored(ticket) == (None, None, None)
    assert list_overdue(now=world.now + timedelta(days=30)) == []
    assert is_sound(world)
    clocks = get_clocks(ticket.id, now=world.now + timedelta(minutes=120))
    assert clocks.pauses[0].waiting is Waiting.MATERIAL
    assert clocks.waited == timedelta(hours=1)
    tickets.resume_ticket(ticket.id, **act(world, 180))
    later = world.now + timedelta(minutes=180)
    assert clock_of(ticket, Clock.SOLVE, later).due_at == due + timedelta(hours=2)
    assert is_sound(world)


@pytest.mark.parametrize(("waiting", "text", "field"), [
    ("weather", "下雨", "waiting"), ("", "下雨", "waiting"), ("owner", " \t", "text"),
])  # fmt: skip
def test_waiting_without_a_reason_or_for_anything_else_is_refused(world, waiting, text, field):
    ticket = take(world)
    before = rows("SELECT count(*) FROM ticket_event")
    with pytest.raises(DraftError) as refusal:
        tickets.suspend_ticket(ticket.id, waiting, text=text, **act(world, 1))
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert rows("SELECT count(*) FROM ticket_event") == before


def test_what_does_not_wait_is_not_resumed(world):
    with pytest.raises(RuleError) as refusal:
        tickets.resume_ticket(take(world).id, **act(world, 1))
    assert refusal.value.code == "move-not-allowed"


def test_an_emergency_does_not_wait(world):
    ticket = take(world, Kind.REPAIR, urgency=Urgency.P1)
    tickets.suspend_ticket(ticket.id, "owner", text="业主不在家", **act(world, 5))
    assert stored(ticket)[:2] == ("on-site", "2026-11-21T10:00:00")


# What is overdue, now and at another time


def test_overdue_names_number_clock_time_and_source(world):
    ticket = take(world, Kind.REPAIR, urgency=Urgency.P1)
    (row,) = list_overdue(now=world.now + timedelta(hours=1))
    assert (row.number, row.clock, row.due_at) == (
        ticket.number, Clock.ON_SITE, datetime(2026, 11, 21, 10, 0))  # fmt: skip
    assert row.source_code == "P1"
    assert row.over == timedelta(minutes=30)


def test_a_past_time_is_answered_from_the_journal_as_it_stood_then(world):
    ticket = take(world, Kind.REPAIR, urgency=Urgency.P1)
    tickets.complete_ticket(ticket.id, text="已修好", **act(world, 90))
    tickets.reply_ticket(ticket.id, text="已告知", **act(world, 95))
    now = world.now + timedelta(minutes=100)
    assert list_overdue(now=now) == []
    late = list_overdue(now=now, at=world.now + timedelta(minutes=45))
    assert [row.clock for row in late] == [Clock.ON_SITE]
    assert list_overdue(now=now, at=world.now + timedelta(minutes=20)) == []
    assert list_overdue(now=now, at=world.now - timedelta(days=1)) == []


def test_imported_complaints_have_no_clock_before_they_are_sent_to_work(world, tmp_path):
    file = tmp_path / "留言.xlsx"
    rows_ = [("2019-07-01 09:00", "路灯不亮"), ("2019-07-02 09:00", "电梯停运")]
    write_workbook(file, [SheetOut("留言", ("留言时间", "留言内容"), rows_)])
    import_file(ImportKind.COMPLAINTS, file, by=world.desk.id, now=world.now)
    assert list_overdue(now=world.now) == []
    assert is_sound(world)
    first = list_tickets(TicketFilter(), now=world.now).rows[0]
    tickets.dispatch_ticket(first.id, department_id=world.engineering, **act(world))
    assert stored(first)[:2] == ("reply", "2026-11-23T17:30:00")
    assert clock_of(first, Clock.REPLY, world.now).started_at == datetime(2026, 11, 23, 8, 30)


# The working calendar


def days_file(tmp_path, text: str):
    file = tmp_path / "放假安排.csv"
    file.write_text(text, encoding="gb18030")
    return file


def test_the_shipped_years_are_there_and_the_next_one_is_missed_in_december(world):
    assert [year for year in range(2023, 2028) if get_calendar_year(year).is_known] == [
        2024, 2025, 2026]  # fmt: skip
    assert list_missing_years(world.now) == ()
    assert list_missing_years(world.now + timedelta(days=20)) == (2027,)
    year = get_calendar_year(2026)
    assert year.workdays == 248
    assert not year.own


def test_an_imported_holiday_moves_the_due_times_of_open_tickets(world, tmp_path):
    ticket = take(world)
    found = import_calendar(
        days_file(tmp_path, "日期,类型,名称\n2026-11-23,休,台风停工\n"), by=world.desk.id
    )
    assert [day.name for day in found.days] == ["台风停工"]
    assert stored(ticket)[1] == "2026-11-24T17:30:00"
    assert is_sound(world)
    year = get_calendar_year(2026)
    assert (year.is_known, year.workdays, len(year.own)) == (True, 247, 1)
    import_calendar(days_file(tmp_path, "日期,类型,名称\n2026-11-23,班,照常\n"), by=world.desk.id)
    assert stored(ticket)[1] == "2026-11-23T17:30:00"


@pytest.mark.parametrize(
    "text",
    [
        "date,kind,name\n2027-01-01,holiday,元旦\n2027-02-14,workday,春节\n",
        "日期,类型,名称\n2027/1/1,休,元旦\n2027/2/14,班,春节",
        "日期;类型;名称\r\n2027年1月1日;节假日;元旦\r\n\r\n2027年2月14日;补班;春节\r\n",
        "名称\t类别\t日期\n元旦\t放假\t2027.1.1\n春节\t上班\t20270214\n",
        "节日,性质,日期（公历）\n元旦,法定节假日,2027年1月1日\n春节,调休上班,2027-2-14\n",
        "2027-01-01,休,元旦\n2027-02-14,班,春节\n",
        "# published in November\n日期,类型,名称\n２０２７/１/１,休,元旦\n2027-02-14,班,春节\n,,\n",
        "日期,类型,名称\n2027-02-14,班,春节\n2027-01-01,休,元旦\n2027-01-01,休,元旦\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_of_days_is_read_as_it_comes(world, tmp_path, text, encoding):
    file = tmp_path / "days.csv"
    file.write_text(text, encoding=encoding, newline="")
    found = import_calendar(file, by=world.desk.id)
    assert found.days == (
        CalendarDay(date(2027, 1, 1), DayKind.HOLIDAY, "元旦"),
        CalendarDay(date(2027, 2, 14), DayKind.WORKDAY, "春节"),
    )
    assert found.problems == ()
    assert found.years == (2027,)


@pytest.mark.parametrize(("text", "code", "named"), [
    ("日期,类型\n2027-01-01,休\n2027-01-02,也许\n", "calendar-not-understood", "3"),
    ("日期,类型\n2027-01-01,休\n2027-01-01,班\n", "calendar-not-understood", "3"),
    ("日期,类型\n" + "2027-13-45,休\n" * 9, "calendar-not-understood", "4"),
    ("日期,类型\n2027-01-01,休\n\"2027-01-02,休\n2027-02-14,班\n", "quote-unclosed", "3"),
    ("日期,类型\n# 尚未公布,\n", "calendar-empty", "放假安排"),
    ("", "file-empty", "放假安排"),
])  # fmt: skip
def test_a_file_with_a_mistake_changes_nothing(world, tmp_path, text, code, named):
    with pytest.raises(RuleError) as refusal:
        import_calendar(days_file(tmp_path, text), by=world.desk.id)
    assert refusal.value.code == code
    assert named in str(refusal.value)
    assert rows("SELECT count(*) FROM calendar_day") == [(0,)]


# The limits


def test_only_what_an_office_says_otherwise_is_stored(world):
    ticket = take(world)
    own = replace(DEFAULT_RULES[1], target=2, source="合同")
    saved = limits.save_rules((*DEFAULT_RULES[2:], DEFAULT_RULES[0], own), by=world.desk.id)
    assert set(saved) == {*DEFAULT_RULES, own} - {DEFAULT_RULES[1]}
    assert rows("SELECT clock, kind, urgency, target, source FROM clock_rule") == [
        ("reply", "complaint", "", 2, "合同")
    ]
    assert stored(ticket)[1] == "2026-11-24T17:30:00"
    assert is_sound(world)
    limits.save_rules(DEFAULT_RULES, by=world.desk.id)
    assert rows("SELECT count(*) FROM clock_rule") == [(0,)]
    assert stored(ticket)[1] == "2026-11-23T17:30:00"


def test_a_default_that_is_left_out_is_no_limit(world):
    rules = [rule for rule in DEFAULT_RULES if rule.clock is Clock.PROMISE]
    limits.save_rules(rules, by=world.desk.id)
    assert stored(take(world)) == (None, None, None)


def test_a_wrong_table_is_refused_and_the_old_one_stands(world):
    twice = ClockRule(Clock.REPLY, 9, Unit.WORKING_DAYS, "合同", Kind.COMPLAINT)
    with pytest.raises(DraftError):
        limits.save_rules((*DEFAULT_RULES, twice), by=world.desk.id)
    assert rows("SELECT count(*) FROM clock_rule") == [(0,)]


def test_other_office_hours_move_the_due_times(world):
    ticket = take(world)
    week = (parse_hours("9:00-12:00, 14:00-18:00"),) * 6 + ((),)
    changed = replace(settings.get_settings(), week=week)
    settings.save_settings(changed, by=world.desk.id)
    assert settings.get_settings().week == week
    assert stored(ticket)[1] == "2026-11-23T18:00:00"
    assert is_sound(world)
    with pytest.raises(RuleError) as refusal:
        settings.save_settings(replace(changed, week=((),) * 7), by=world.desk.id)
    assert refusal.value.code == "week-not-worked"


def test_a_program_with_other_limits_reckons_anew_when_it_opens_the_office(
    world, tmp_path, monkeypatch
):
    from propdesk.services.parts import limits as loaded

    ticket = take(world)
    folder = world.office.folder
    offices.close_office(world.office)
    later = tuple(
        replace(rule, target=2) if rule.source == "R03" else rule for rule in DEFAULT_RULES
    )
    monkeypatch.setattr(loaded, "DEFAULT_RULES", later)
    again = offices.open_office(folder, now=world.now)
    assert stored(ticket)[1] == "2026-11-24T17:30:00"
    assert check_office(again).ok
    assert EventKind(rows("SELECT kind FROM ticket_event")[0][0]) is EventKind.REGISTERED
    offices.close_office(again)
    monkeypatch.undo()
    offices.open_office(folder, now=world.now)


def test_a_single_day_is_changed_and_given_back(world):
    ticket = take(world)
    monday = date(2026, 11, 23)
    assert stored(ticket)[1] == "2026-11-23T17:30:00"
    save_day(monday, DayKind.HOLIDAY, "小区停电", by=world.desk.id)
    assert stored(ticket)[1] == "2026-11-24T17:30:00"
    assert get_calendar_year(2026).own == {monday}
    save_day(date(2026, 11, 22), DayKind.WORKDAY, by=world.desk.id)
    assert stored(ticket)[1] == "2026-11-22T17:30:00"
    for day in (monday, date(2026, 11, 22)):
        save_day(day, None, by=world.desk.id)
    assert stored(ticket)[1] == "2026-11-23T17:30:00"
    assert get_calendar_year(2026).own == set()
    assert is_sound(world)


def test_a_day_as_the_program_has_it_is_not_stored(world):
    save_day(date(2026, 10, 1), DayKind.WORKDAY, by=world.desk.id)
    assert get_calendar_year(2026).own == {date(2026, 10, 1)}
    save_day(date(2026, 10, 1), DayKind.HOLIDAY, "国庆节", by=world.desk.id)
    assert get_calendar_year(2026).own == set()


@pytest.mark.parametrize(("day", "name", "field"), [
    (date(1999, 12, 31), "", "on"), (date(2026, 3, 2), "长" * 201, "name")])  # fmt: skip
def test_a_day_that_cannot_be_meant_is_refused(world, day, name, field):
    with pytest.raises(DraftError) as refusal:
        save_day(day, DayKind.HOLIDAY, name, by=world.desk.id)
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert rows("SELECT count(*) FROM calendar_day") == [(0,)]


def test_what_other_limits_would_move_is_counted_and_nothing_changes(world):
    ticket = take(world)
    take(world, Kind.REPAIR)
    before = stored(ticket)
    slower = [replace(rule, target=2) if rule.source == "R03" else rule for rule in DEFAULT_RULES]
    assert limits.preview_rules(DEFAULT_RULES) == 0
    assert limits.preview_rules(slower) == 1
    assert stored(ticket) == before
    limits.save_rules(slower, by=world.desk.id)
    assert stored(ticket) != before
    assert limits.preview_rules(slower) == 0


# F31: the computer's clock was set


def test_f31_after_a_clock_that_had_jumped_what_is_overdue_is_doubtful_and_never_negative(world):
    take(world, Kind.REPAIR, urgency=Urgency.P1)
    jumped = take(world, Kind.REPAIR, urgency=Urgency.P1)
    tickets.note_ticket(jumped.id, text="钟表快了两天", **act(world, 2 * 24 * 60))
    late = list_overdue(now=world.now + timedelta(hours=1))
    assert {row.number: row.doubtful for row in late}[jumped.number]
    assert len([row for row in late if not row.doubtful]) == 1
    assert all(row.over > timedelta() for row in late)


def test_f31_a_clock_that_was_set_back_before_the_receipt_breaks_nothing(world):
    ticket = take(world, Kind.REPAIR, urgency=Urgency.P1)
    before = world.now - timedelta(days=40)
    assert list_overdue(now=before) == []
    clocks = get_clocks(ticket.id, now=before)
    assert clocks.doubtful
    assert all(one.over == timedelta() and one.left >= timedelta() for one in clocks.clocks)
    with pytest.raises(RuleError) as refusal:
        tickets.note_ticket(ticket.id, text="备注", by=world.desk.id, now=before)
    assert refusal.value.code == "time-before-last"
