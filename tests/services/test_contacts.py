"""Contacts (R52, R82): each talk is kept once; nothing that was written is lost."""

import json
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pypdf
import pytest

from propdesk.domain.contacts import ContactDraft, Counterparty, Stage, read_reasons
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.months import Month
from propdesk.domain.tickets import (
    Channel,
    EventKind,
    Kind,
    ReporterKind,
    Satisfaction,
    TicketDraft,
)
from propdesk.services import contacts, follow_ups, tickets
from propdesk.services.printing_registers import export_registry, print_registry
from propdesk.services.queries.contacts import (
    ContactFilter,
    contact_about,
    contact_with,
    count_contacts,
    list_contacts,
    list_open_contacts,
)
from propdesk.services.queries.desk import get_caller_card
from propdesk.services.queries.registries import count_reasons, get_registry
from propdesk.services.queries.residents import list_residents
from propdesk.services.settings import get_settings, save_settings
from propdesk.storage.database import rows

DAY = date(2026, 11, 21)


@pytest.fixture
def log(world):
    def log_one(text, *, days=0, **more):
        at = world.now - timedelta(days=days)
        draft = ContactDraft(text, **more)
        return contacts.log_contact(draft, by=world.desk.id, now=world.now, at=at)

    return log_one


@pytest.fixture
def register(world):
    def register_one(kind=Kind.COMPLAINT, text="楼道灯不亮", **more):
        draft = TicketDraft(
            kind, text, unit_id=world.home.id, reporter_name="张先生",
            reporter_phone="13800001234", **more,
        )  # fmt: skip
        return tickets.register_ticket(draft, by=world.desk.id, now=world.now)

    return register_one


def code_of(act):
    with pytest.raises(RuleError) as refusal:
        act()
    return refusal.value.code


def test_r52_a_talk_is_kept_without_any_ticket(world, log):
    one = log("街道办通知消防检查", counterparty=Counterparty.AUTHORITY, name="刘科长")
    assert (one.counterparty, one.ticket, one.where, one.is_open) == ("authority", "", "", False)
    assert one.by == world.desk.name


def test_r52_a_talk_of_tomorrow_is_refused(world):
    act = lambda: contacts.log_contact(  # noqa: E731
        ContactDraft("明天的电话"), by=world.desk.id, now=world.now,
        at=world.now + timedelta(days=1),
    )  # fmt: skip
    assert code_of(act) == "time-in-future"
    assert rows("SELECT count(*) FROM contact") == [(0,)]


def test_r47_a_talk_about_a_ticket_knows_its_house_and_stage(world, register, log):
    ticket = register()
    draft = contact_about(ticket)
    assert (draft.unit_id, draft.stage, draft.name) == (world.home.id, Stage.DURING, "张先生")
    stored = log("来催进度", ticket_id=ticket.id)
    assert (stored.ticket, stored.where) == (ticket.number, world.home.short)


def test_r91_the_tenant_of_a_house_is_a_tenant_in_the_registry(world):
    owner = list_residents(world.home.id, world.now.date())[0]
    assert contact_with(world.home, owner).counterparty is Counterparty.OWNER
    assert contact_with(world.home, None).counterparty is Counterparty.OTHER


def test_r82_what_is_to_be_done_waits_until_it_is_cleared(world, log):
    one = log("请核对车位", opinion="查余位", department_id=world.engineering, due_on=DAY)
    assert one.is_open
    assert count_contacts(ContactFilter(due_by=DAY)) == 1
    assert count_contacts(ContactFilter(due_by=DAY - timedelta(days=1))) == 0
    with pytest.raises(DraftError):
        contacts.clear_contact(one.id, by=world.desk.id, now=world.now)
    done = contacts.clear_contact(one.id, result="余 3 个", by=world.desk.id, now=world.now)
    assert (done.is_open, done.cleared_by, done.result) == (False, world.desk.name, "余 3 个")
    again = lambda: contacts.clear_contact(  # noqa: E731
        one.id, result="再来", by=world.desk.id, now=world.now
    )
    assert code_of(again) == "contact-not-open"


def test_r82_what_was_open_then_is_still_told_later(world, log):
    one = log("请核对车位", days=2, opinion="查余位")
    later = world.now + timedelta(hours=1)
    contacts.clear_contact(one.id, result="好了", by=world.desk.id, now=later)
    here = world.now.replace(tzinfo=None)
    assert [each.id for each in list_open_contacts(here)] == [one.id]
    assert list_open_contacts(here + timedelta(hours=2)) == ()


def test_r24_an_amended_contact_keeps_its_old_words(world, log):
    one = log("说错了")
    draft = replace(one.draft(), text="说对了", is_open=None)
    again = contacts.amend_contact(one.id, draft, version=1, by=world.desk.id, now=world.now)
    assert (again.text, again.version) == ("说对了", 2)
    ((kind, before),) = rows("SELECT kind, before FROM contact_change")
    assert kind == "amended"
    assert json.loads(before)["text"] == "说错了"
    stale = lambda: contacts.amend_contact(  # noqa: E731
        one.id, draft, version=1, by=world.desk.id, now=world.now
    )
    assert code_of(stale) == "changed-meanwhile"


def test_r82_amending_does_not_open_what_was_cleared(world, log):
    one = log("请核对车位", opinion="查余位")
    one = contacts.clear_contact(one.id, result="好了", by=world.desk.id, now=world.now)
    draft = replace(one.draft(), text="请核对地下车位", is_open=None)
    one = contacts.amend_contact(
        one.id, draft, version=one.version, by=world.desk.id, now=world.now
    )
    assert (one.text, one.is_open, one.cleared_by) == ("请核对地下车位", False, world.desk.name)


def test_r82_a_void_contact_stays_and_is_not_touched_again(world, log):
    one = log("登记重了")
    with pytest.raises(DraftError):
        contacts.void_contact(one.id, reason=" ", by=world.desk.id, now=world.now)
    gone = contacts.void_contact(one.id, reason="重复", by=world.desk.id, now=world.now)
    assert gone.void_reason == "重复"
    assert count_contacts(ContactFilter()) == 0
    assert count_contacts(ContactFilter(with_voided=True)) == 1
    again = lambda: contacts.void_contact(  # noqa: E731
        one.id, reason="再", by=world.desk.id, now=world.now
    )
    assert code_of(again) == "contact-voided"


def test_r52_a_reason_that_the_office_dropped_stays_where_it_was_said(world, log):
    one = log("问停车", reason="parking")
    settings = replace(get_settings(), contact_reasons=read_reasons(["投诉", "快递代收"]))
    save_settings(settings, by=world.desk.id)
    with pytest.raises(DraftError):
        log("又问停车", reason="parking")
    assert log("取快递", reason="快递代收").reason == "快递代收"
    draft = replace(one.draft(), text="问停车月卡", is_open=None)
    kept = contacts.amend_contact(one.id, draft, version=1, by=world.desk.id, now=world.now)
    assert kept.reason == "parking"


def test_r82_each_talk_stands_in_the_registry_once(world, register, log):
    ticket = register()
    by, now = world.desk.id, world.now
    tickets.complete_ticket(ticket.id, text="换了灯泡", by=by, now=now)
    tickets.reply_ticket(ticket.id, text="已告知住户", way="visit", by=by, now=now)
    follow_ups.follow_up_ticket(ticket.id, None, by=by, now=now)
    follow_ups.follow_up_ticket(ticket.id, Satisfaction.SATISFIED, by=by, now=now)
    register(channel=Channel.PATROL, text="巡检发现")
    register(reporter_kind=ReporterKind.INTERNAL, text="同事报的")
    log("来问进度", ticket_id=ticket.id)
    registry = get_registry(DAY, DAY)
    # The patrol, the colleague and the call that nobody answered are no talks with a customer.
    assert {(line.event, line.stage) for line in registry.lines} == {
        (None, Stage.BEFORE),
        (EventKind.REGISTERED, Stage.BEFORE),
        (EventKind.REPLIED, Stage.DURING),
        (EventKind.FOLLOWED_UP, Stage.AFTER),
    }
    assert len(registry.lines) == 4
    assert rows("SELECT count(*) FROM contact") == [(1,)]
    first = next(line for line in registry.lines if line.event is EventKind.REGISTERED)
    assert (first.is_open, first.cleared_on) == (False, DAY)


def test_r82_the_reply_to_what_a_patrol_found_is_a_talk(world, register):
    ticket = register(Kind.REPAIR, "巡检发现", channel=Channel.PATROL)
    tickets.complete_ticket(ticket.id, text="换了", by=world.desk.id, now=world.now)
    tickets.reply_ticket(ticket.id, text="告知住户", by=world.desk.id, now=world.now)
    assert [line.event for line in get_registry(DAY, DAY).lines] == [EventKind.REPLIED]


def test_r52_reasons_are_counted_by_month_recounted_by_hand(world, register, log):
    register()
    register(Kind.REPAIR, "水管漏")
    register(Kind.REPAIR, "巡检看到的", channel=Channel.PATROL)
    log("问停车", reason="parking")
    log("上月问停车", reason="parking", days=30)
    gone = log("重复", reason="parking")
    contacts.void_contact(gone.id, reason="重复", by=world.desk.id, now=world.now)
    november, october = Month(2026, 11), Month(2026, 10)
    assert count_reasons(october, november) == {
        ("complaint", november): 1,
        ("repair", november): 1,
        ("parking", november): 1,
        ("parking", october): 1,
    }
    registry = get_registry(DAY, DAY)
    assert registry.voided == 1
    shown = {one.reason: one.counts for one in registry.reasons}
    assert shown["parking"] == (0, 0, 0, 0, 1, 1)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2026, 11, 2), date(2026, 11, 1), "period-backwards"),
        (date(2024, 1, 1), date(2026, 1, 1), "period-too-long"),
    ],
)
def test_r82_a_period_that_is_none_is_refused(world, first, last, code):
    assert code_of(lambda: get_registry(first, last)) == code


def test_r82_the_printed_registry_holds_every_column_and_no_whole_phone(
    world, register, log, tmp_path
):
    register()
    log(
        "来问车位月卡", unit_id=world.home.id, name="张伟丰", phone="13800001234", reason="parking",
        wish="两个车位", opinion="查余位", department_id=world.engineering, due_on=DAY,
    )  # fmt: skip
    target = tmp_path / "登记表.pdf"
    printed = print_registry(DAY, DAY, target, by=world.desk, now=world.now)
    page = pypdf.PdfReader(target).pages[0]
    text = "".join(page.extract_text().split())
    assert float(page.mediabox.width) > float(page.mediabox.height)
    assert printed.replaced_characters == ()
    for words in (
        "与客户沟通登记表", "对象类别", "方式阶段", "事项类别", "沟通内容", "诉求", "要求完成",
        "处理结果", "是否消项", "是否投诉单号", "记录人", "复核", "张伟丰", "138****1234",
        "服务前", "车辆停车", "来问车位月卡", "两个车位", "查余位", "工程部", "11-21", "未消项",
        "TS-202611-0001",
    ):  # fmt: skip
        assert words in text, words
    assert "13800001234" not in text


def test_r82_the_registry_goes_into_a_workbook_with_masked_phones(world, log, tmp_path):
    log("来问车位月卡", name="张伟丰", phone="13800001234", reason="parking")
    target = tmp_path / "registry.xlsx"
    assert export_registry(DAY, DAY, target, by=world.desk.id) == 1
    header, line = openpyxl.load_workbook(target).active.iter_rows(values_only=True)
    row = dict(zip(header, line, strict=True))
    assert row["沟通内容"] == "来问车位月卡"
    assert row["电话"] == "138****1234"
    export_registry(DAY, DAY, tmp_path / "registry.csv", by=world.desk.id)
    assert "13800001234" not in (tmp_path / "registry.csv").read_text("utf-8-sig")


def test_r85_the_caller_card_brings_the_last_talks(world, log):
    for days in (9, 1, 5, 3):
        log(f"{days} 天前", days=days, unit_id=world.home.id)
    card = get_caller_card(world.home.id, None, now=world.now)
    assert [one.text for one in card.last_contacts] == ["1 天前", "3 天前", "5 天前"]


def test_r52_a_long_list_is_paged_by_key(world, log):
    for number in range(7):
        log(f"第 {number} 次", days=number)
    first = list_contacts(ContactFilter(), limit=3)
    second = list_contacts(ContactFilter(), after=first.after, limit=3)
    third = list_contacts(ContactFilter(), after=second.after, limit=3)
    shown = [one.text for page in (first, second, third) for one in page.rows]
    assert shown == [f"第 {number} 次" for number in range(7)]
    assert third.after is None
