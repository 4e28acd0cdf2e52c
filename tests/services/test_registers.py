"""Day list, hand-over and notices on paper: read back out of the PDF (idea 4, R89)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

import pypdf
import pytest

from propdesk.domain.contacts import ContactDraft
from propdesk.domain.day_lists import DayJob, Pressure, group_jobs, pressure
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.gaps import GAP, field_names
from propdesk.domain.hand_overs import HandOverDraft, OpenTicket, Pile, pile_of
from propdesk.domain.notices import (
    FIELDS,
    NoticeDraft,
    NoticeKind,
    fill_template,
)
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.tickets import STATUS_LABELS, Kind, Status, TicketDraft
from propdesk.i18n import set_language, speaking
from propdesk.services import contacts, tickets
from propdesk.services.hand_overs import write_hand_over
from propdesk.services.notices import void_notice, write_notice
from propdesk.services.printing_notices import print_notice
from propdesk.services.printing_registers import print_registry
from propdesk.services.printing_shifts import print_day_list, print_hand_over
from propdesk.services.queries.hand_overs import get_still_open
from propdesk.services.queries.notices import get_template, list_notices

MONDAY_MORNING = datetime(2026, 11, 23, 8, 30)
EVENING = datetime(2026, 11, 23, 17, 0)


@pytest.fixture
def register(world):
    def register_one(text, *, kind=Kind.REPAIR, days=0, **more):
        draft = TicketDraft(kind, text, unit_id=world.home.id, **more)
        at = world.now - timedelta(days=days)
        return tickets.register_ticket(draft, by=world.desk.id, now=at)

    return register_one


@pytest.fixture
def read(tmp_path):
    def pages(target):
        return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(target).pages]

    return pages


def job(**more):
    facts = {
        "number": "BX-202611-0001", "received_at": datetime(2026, 11, 20, 9), "where": "1-1-101",
        "reporter": "", "matter": "漏水", "department": "工程部", "worker": "王建国",
        "status": Status.DISPATCHED, "urgency": "", "limit": None,
    }  # fmt: skip
    return DayJob(**{**facts, **more})


# -- the day list


def test_idea4_what_is_overdue_and_due_comes_first_with_each_worker():
    on, now = date(2026, 11, 21), datetime(2026, 11, 21, 8)
    late = job(number="1", limit=datetime(2026, 11, 20, 18))
    due = job(number="2", limit=datetime(2026, 11, 21, 18))
    later = job(number="3", limit=datetime(2026, 11, 22, 18))
    none = job(number="4", received_at=datetime(2026, 11, 1))
    other = job(number="5", worker="赵海生", limit=datetime(2026, 11, 19))
    new = job(number="6", status=Status.RECEIVED, worker="", department="工程部")
    cleaning = job(number="7", department="保洁部", worker="陈姐")
    found = [none, later, cleaning, due, other, new, late]
    groups = group_jobs(found, ["工程部", "保洁部"], on, now)
    assert [group.department for group in groups] == ["", "工程部", "保洁部"]
    assert [one.number for one in groups[1].jobs] == ["1", "2", "3", "4", "5"]
    assert [pressure(one, on, now) for one in (late, due, later, none)] == list(Pressure)


def test_idea4_the_day_list_names_work_worker_limit_and_papers_out(world, register, read, tmp_path):
    ticket = register("厨房水管漏水")
    tickets.dispatch_ticket(
        ticket.id, by=world.desk.id, now=world.now, handler_id=world.worker.id,
        promised_at=world.now + timedelta(hours=3),
    )  # fmt: skip
    register("卧室插座没电")
    target = tmp_path / "派工清单.pdf"
    print_day_list(target, by=world.desk, now=world.now)
    (text,) = read(target)
    for words in (
        "派工清单", "2026-11-21", "2未完成", "尚未派工", "卧室插座没电", "工程部", "王建国",
        "厨房水管漏水", ticket.number, "11-2112:30", "班前会记录",
    ):  # fmt: skip
        assert words in text, words
    # What nobody has yet stands first.
    assert text.index("卧室插座没电") < text.index("厨房水管漏水")
    tomorrow = world.now.date() + timedelta(days=1)
    print_day_list(target, by=world.desk, now=world.now, on=tomorrow)
    assert "2026-11-22" in read(target)[0]


def test_idea4_a_day_that_has_passed_has_no_list(world, tmp_path):
    yesterday = world.now.date() - timedelta(days=1)
    with pytest.raises(RuleError) as refusal:
        print_day_list(tmp_path / "l.pdf", by=world.desk, now=world.now, on=yesterday)
    assert refusal.value.code == "day-list-past"
    assert not (tmp_path / "l.pdf").exists()


# -- the hand-over


@pytest.mark.parametrize(
    ("more", "pile"),
    [
        ({"promised_at": datetime(2026, 11, 22, 18)}, Pile.PROMISED),
        ({"promised_at": datetime(2026, 11, 23, 0, 1)}, Pile.IN_WORK),
        ({"limit": datetime(2026, 11, 21, 8)}, Pile.OVERDUE),
        (
            {"limit": datetime(2026, 11, 21, 8), "promised_at": datetime(2026, 12, 1)},
            Pile.OVERDUE,
        ),
        ({"limit": datetime(2026, 11, 21, 18)}, Pile.IN_WORK),
        ({"status": Status.RECEIVED}, Pile.TO_DISPATCH),
        ({"status": Status.COMPLETED}, Pile.TO_REPLY),
        ({"status": Status.FOLLOWING_UP}, Pile.TO_FOLLOW_UP),
    ],
)
def test_idea4_each_open_ticket_stands_in_one_pile(more, pile):
    facts = {"status": Status.IN_PROGRESS, "limit": None, "promised_at": None}
    ticket = OpenTicket("1", datetime(2026, 11, 1), "", "", "", "", **{**facts, **more})
    assert pile_of(ticket, datetime(2026, 11, 21, 17)) is pile


def test_idea4_the_hand_over_lists_everything_open_and_what_was_typed(
    world, register, read, tmp_path
):
    tomorrow = (world.now + timedelta(days=1)).replace(tzinfo=None)
    promised = register("答应明天修好的门", promised_at=tomorrow)
    waiting = register("等派工的灯")
    done = register("已经关闭的", kind=Kind.ENQUIRY)
    tickets.reply_ticket(done.id, text="已答复", by=world.desk.id, now=world.now)
    draft = ContactDraft("请核对车位", opinion="查地下余位", unit_id=world.home.id)
    contacts.log_contact(draft, by=world.desk.id, now=world.now)
    over = write_hand_over(
        HandOverDraft("早班", world.worker.id, items="车库钥匙 2 把", matters="三栋顶楼漏水"),
        by=world.desk.id,
        now=world.now,
    )
    target = tmp_path / "交接班.pdf"
    print_hand_over(target, by=world.desk, now=world.now, hand_over_id=over.id)
    text = "".join(read(target))
    for words in (
        "交接班记录", "早班", world.desk.name, "王建国", "车库钥匙2把", "三栋顶楼漏水",
        "承诺到期", promised.number, waiting.number, "未消项沟通", "查地下余位", "未结事项共3项",
    ):  # fmt: skip
        assert words in text, words
    assert done.number not in text


def test_idea4_a_hand_over_printed_later_tells_what_was_open_then(world, register, read, tmp_path):
    ticket = register("当时还开着的单")
    over = write_hand_over(HandOverDraft("早班"), by=world.desk.id, now=world.now)
    later = world.now + timedelta(hours=2)
    tickets.void_ticket(ticket.id, reason="登记错了", by=world.desk.id, now=later)
    fresh = tickets.register_ticket(
        TicketDraft(Kind.REPAIR, "后来才登记的", unit_id=world.home.id),
        by=world.desk.id, now=later,
    )  # fmt: skip
    target = tmp_path / "交接班.pdf"
    print_hand_over(target, by=world.desk, now=later, hand_over_id=over.id)
    text = "".join(read(target))
    assert ticket.number in text
    assert fresh.number not in text
    now_open = get_still_open(later.replace(tzinfo=None))
    assert [one.number for one in now_open.tickets[Pile.TO_DISPATCH]] == [fresh.number]


def test_idea4_a_hand_over_needs_its_shift_and_another_person(world):
    draft = HandOverDraft(" ", world.desk.id)
    with pytest.raises(DraftError) as refusal:
        write_hand_over(draft, by=world.desk.id, now=world.now)
    assert {one.field for one in refusal.value.problems} == {"shift", "to_staff_id"}


# -- notices


def test_r52_the_registry_speaks_the_papers_language_in_every_column(
    world, register, read, tmp_path
):
    register("卧室插座没电")
    set_language("en")
    day, target = world.now.date(), tmp_path / "registry.pdf"
    print_registry(day, day, target, by=world.desk, now=world.now, paper_language=PaperLanguage.ZH)
    text = "".join(read(target))
    assert "卧室插座没电" in text
    for label in STATUS_LABELS.values():
        assert "".join(str(label).split()) not in text


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", NoticeKind)
def test_r89_templates_ask_for_known_fields_only(language, kind):
    with speaking(language):
        template = get_template(kind)
    assert set(field_names(template.text)) <= set(FIELDS)
    assert template.title
    assert template.addressee


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", NoticeKind)
def test_r89_a_filled_template_says_when_and_where_and_has_no_gap(language, kind):
    with speaking(language):
        draft = fill_template(
            get_template(kind), kind, on=date(2026, 11, 21), scope="3 栋", reason="抢修",
            from_at=MONDAY_MORNING, until_at=EVENING,
        )  # fmt: skip
    for words in ("3 栋", "08:30", "17:00"):
        assert words in draft.text, draft.text
    assert GAP not in draft.text
    assert "{" not in draft.text


def test_r89_an_unknown_reason_is_left_out_and_an_unknown_end_is_a_gap():
    template = get_template(NoticeKind.WATER)
    draft = fill_template(
        template, NoticeKind.WATER, on=date(2026, 11, 21), scope="3 栋", from_at=MONDAY_MORNING
    )
    first = draft.text.split("\n")[0]
    assert first.startswith("3 栋将于11月23日（星期一）08:30至")
    assert GAP in first
    assert first.endswith("停水。")
    assert "因" not in first


def test_r89_what_is_filled_in_is_never_read_as_a_field():
    template = get_template(NoticeKind.WATER)
    draft = fill_template(
        template, NoticeKind.WATER, on=date(2026, 11, 21), reason="{until}", scope="{from}",
        from_at=MONDAY_MORNING, until_at=EVENING,
    )  # fmt: skip
    assert "因{until}" in draft.text
    assert "{from}将于" in draft.text


def water(world, **more):
    draft = fill_template(
        get_template(NoticeKind.WATER), NoticeKind.WATER, on=world.now.date(), scope="3 栋全体",
        reason="主管道抢修", from_at=MONDAY_MORNING, until_at=EVENING,
    )  # fmt: skip
    return write_notice(replace(draft, **more), by=world.desk.id, now=world.now)


def test_r89_notices_are_numbered_by_year_without_gaps(world):
    assert water(world).number == "TZ-2026-0001"
    with pytest.raises(DraftError):
        water(world, title="")
    assert water(world).number == "TZ-2026-0002"
    assert water(world, dated_on=date(2027, 1, 2)).number == "TZ-2027-0001"
    gone = void_notice(list_notices()[0].id, by=world.desk.id, now=world.now)
    assert gone.voided_at is not None
    with pytest.raises(RuleError) as refusal:
        void_notice(gone.id, by=world.desk.id, now=world.now)
    assert refusal.value.code == "notice-voided"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": "停" * 31}, "title"),
        ({"text": "停" * 601}, "text"),
        ({"text": f"停到{GAP}"}, "text"),
        ({"until_at": datetime(2026, 11, 23, 8)}, "until_at"),
    ],
)
def test_r89_a_notice_that_cannot_be_read_is_refused(world, more, field):
    with pytest.raises(DraftError) as refusal:
        water(world, **more)
    assert [one.field for one in refusal.value.problems] == [field]


def sizes_of(target):
    found = []

    def note(text, _matrix, _place, _font, size):
        if text.strip():
            found.append((size, text))

    for page in pypdf.PdfReader(target).pages:
        page.extract_text(visitor_text=note)
    return found


def test_r89_a_notice_is_read_from_two_metres(world, read, tmp_path):
    notice = water(world)
    target = tmp_path / "通知.pdf"
    assert print_notice(notice.id, target).pages == 1
    (text,) = read(target)
    for words in (
        "停水通知", "TZ-2026-0001", "3栋全体", "11月23日（星期一）08:30至17:00", "8小时30分钟",
        "主管道抢修", "11月21日（星期六）",
    ):  # fmt: skip
        assert words in text, words
    body = [size for size, words in sizes_of(target) if "抢修" in words or "储水" in words]
    assert body
    assert min(body) >= 20


def test_r89_a_long_notice_goes_on_on_a_second_sheet(world, read, tmp_path):
    text = "停水期间请注意安全。" * 60
    notice = water(world, text=text)
    target = tmp_path / "通知.pdf"
    printed = print_notice(notice.id, target)
    pages = read(target)
    assert printed.pages == len(pages) == 2
    assert "".join(pages).count("请注意安全") == 60


def test_r89_the_small_notice_is_a5_and_a_void_one_says_so(world, read, tmp_path):
    notice = water(world)
    void_notice(notice.id, by=world.desk.id, now=world.now)
    target = tmp_path / "通知.pdf"
    print_notice(notice.id, target, small=True, paper_language=PaperLanguage.EN)
    box = pypdf.PdfReader(target).pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) == (148, 210)
    assert "Thisnoticenolongerholds" in read(target)[0]


def test_r89_a_notice_needs_a_text(world):
    with pytest.raises(DraftError) as refusal:
        write_notice(NoticeDraft(NoticeKind.OTHER, "通知", " "), by=world.desk.id, now=world.now)
    assert [one.field for one in refusal.value.problems] == ["text"]


@pytest.mark.parametrize(
    "refused",
    [
        partial(print_hand_over, hand_over_id=99),
        partial(print_day_list, on=date(2026, 11, 20)),
        partial(print_registry, date(2026, 11, 2), date(2026, 11, 1)),
    ],
)
def test_a_refusal_speaks_the_screens_language_whatever_the_paper_speaks(world, tmp_path, refused):
    set_language("en")
    with pytest.raises(RuleError) as refusal:
        refused(
            target=tmp_path / "paper.pdf", by=world.desk, now=world.now,
            paper_language=PaperLanguage.ZH,
        )  # fmt: skip
    assert str(refusal.value).isascii()
