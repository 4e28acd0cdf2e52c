"""A ticket's papers filled from the register and the journal (R33, R44, R46, R66, R81)."""

from dataclasses import replace
from datetime import timedelta

import pypdf
import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.letters import LetterDraft
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.scores import Asked
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.tickets import Channel, Kind, Satisfaction, Status, TicketDraft
from propdesk.services import follow_ups, tickets
from propdesk.services.letters import write_letter
from propdesk.services.printing_sheets import (
    print_complaint_sheet,
    print_follow_up_sheets,
    print_problem_report,
    print_reply_letter,
)
from propdesk.services.problem_reports import report_problem
from propdesk.services.queries.letters import find_letter
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.settings import save_settings
from propdesk.services.urging import report_up, urge_ticket
from propdesk.storage.database import rows

LETTER = LetterDraft("张先生", "来函{称谓}收悉。", "我们道歉。", "已更换触点。", "办结。", "谢谢。")


@pytest.fixture
def read(world, tmp_path):
    """Print a paper and give the words of its pages without blanks."""

    def run(print_paper, ticket, **more):
        more.setdefault("now", world.now + timedelta(days=9))
        made = print_paper(ticket, tmp_path / "paper.pdf", by=world.desk, **more)
        assert made.pages == len(pypdf.PdfReader(made.file).pages)
        return "".join(
            "".join(page.extract_text().split()) for page in pypdf.PdfReader(made.file).pages
        )

    return run


@pytest.fixture
def complaint(world):
    """A complaint by letter, from Saturday on: sent to work, waited, done, in its second round."""
    desk, now = world.desk.id, world.now
    draft = TicketDraft(
        Kind.COMPLAINT, "电梯常坏，门打不开。", unit_id=world.home.id, class_code="incident.lift",
        channel=Channel.LETTER, reporter_id=1, reporter_name="张伟丰", reporter_phone="13800001234",
        wish="彻底修好", visit_wanted=True,
    )  # fmt: skip
    ticket = tickets.register_ticket(draft, by=desk, now=now)
    steps = [
        lambda at: tickets.dispatch_ticket(
            ticket.id, department_id=world.engineering, handler_id=world.worker.id, by=desk, now=at
        ),
        lambda at: tickets.arrive_ticket(ticket.id, by=world.worker.id, now=at, text="轿门卡住"),
        lambda at: tickets.suspend_ticket(
            ticket.id, "material", text="等门锁触点", by=desk, now=at
        ),
        lambda at: urge_ticket(ticket.id, by=desk, now=at, text="请尽快"),
        lambda at: tickets.resume_ticket(ticket.id, by=world.worker.id, now=at),
        lambda at: tickets.complete_ticket(ticket.id, text="清洁触点", by=desk, now=at),
        lambda at: write_letter(ticket.id, LETTER, by=desk, now=at),
        lambda at: tickets.reply_ticket(
            ticket.id, text="已寄回复函", way="letter", by=desk, now=at
        ),
        lambda at: follow_ups.follow_up_ticket(
            ticket.id, Satisfaction.DISSATISFIED, text="又坏了", by=desk, now=at
        ),
        lambda at: tickets.dispatch_ticket(
            ticket.id, department_id=world.engineering, handler_id=world.worker.id, by=desk, now=at
        ),
        lambda at: tickets.complete_ticket(ticket.id, text="更换触点", by=desk, now=at),
    ]
    for hours, step in enumerate(steps, 1):
        step(now + timedelta(hours=2 * hours))
    return ticket


def test_r44_the_sheet_tells_the_whole_story_with_its_pauses(read, complaint):
    seen = read(print_complaint_sheet, complaint.id)
    for words in (
        complaint.number, "电梯常坏，门打不开。", "彻底修好", "张伟丰（业主）", "138****1234",
        "4.3电梯困人", "来函", "工程部", "（第2次派工）", "王建国",
        "1次，共4小时", "等材料", "（等门锁触点）", "催办王建国，请尽快", "轿门卡住",
        "清洁触点", "更换触点", "函", "不满意", "又坏了", "已寄回复函", "重开",
    ):  # fmt: skip
        assert words in seen, words
    assert "13800001234" not in seen


def test_r44_a_limit_that_was_missed_stands_with_its_length(read, complaint):
    seen = read(print_complaint_sheet, complaint.id)
    assert "限30分钟" in seen or "限3分钟" in seen


def test_r66_the_score_stands_beside_the_answer_and_the_archive_number_below(
    world, read, complaint
):
    at = world.now + timedelta(days=2)
    write_letter(complaint.id, LETTER, by=world.desk.id, now=at)
    tickets.reply_ticket(complaint.id, text="已回", way="letter", by=world.desk.id, now=at)
    report_up(complaint.id, "manager", to="徐立平", text="知悉", by=world.desk.id, now=at)
    asked = Asked(scores=(5, 4, 5, 4, 5))
    follow_ups.follow_up_ticket(
        complaint.id, Satisfaction.SATISFIED, by=world.desk.id, now=at, asked=asked
    )
    if get_ticket(complaint.id).status is not Status.CLOSED:
        tickets.close_ticket(complaint.id, reason="六清楚已核", by=world.desk.id, now=at)
    seen = read(print_complaint_sheet, complaint.id)
    assert "满意，4.62分" in seen
    number = rows("SELECT archive_number FROM ticket")[0][0]
    assert number
    assert f"归档号{number}" in seen
    assert "函-2026-0002" in seen


def test_r46_the_letter_is_printed_as_it_was_written(read, complaint):
    seen = read(print_reply_letter, complaint.id)
    for words in ("函-2026-0001", "致：张先生", "来函{称谓}收悉。", "办结。", complaint.number):
        assert words in seen
    assert "已作废" not in seen


def test_r81_nothing_internal_stands_on_what_a_resident_receives(world, read, complaint):
    rows("UPDATE person SET special = '爱挑剔', note = '享受型'")
    rows("UPDATE ticket SET cause = '内部原因', severity = 'grave'")
    seen = read(print_reply_letter, complaint.id)
    for words in ("爱挑剔", "享受型", "内部原因", "13800001234", "又坏了", "催办"):
        assert words not in seen
    # The reason why somebody is special is not for the files either.
    assert "爱挑剔" not in read(print_complaint_sheet, complaint.id)


def test_r92_r93_name_telephone_and_company_are_settings(world, read, complaint):
    settings = OfficeSettings(
        office_name="云澜管理处", phone="0571-88006110", company="和苑物业有限公司"
    )
    save_settings(settings, by=world.desk.id)
    seen = read(print_reply_letter, complaint.id)
    assert "云澜管理处" in seen
    assert "0571-88006110" in seen
    assert "和苑物业有限公司（盖章）" in seen


def test_r46_an_old_letter_is_printed_with_its_mark(world, read, complaint):
    later = world.now + timedelta(days=2)
    write_letter(
        complaint.id, replace(LETTER, care="更正。"), by=world.desk.id, now=later,
        replaces="函-2026-0001",
    )  # fmt: skip
    old = find_letter("函-2026-0001")
    assert "已作废" in read(print_reply_letter, complaint.id, letter=old)
    assert "更正。" in read(print_reply_letter, complaint.id)


def test_r33_the_report_says_to_whom_what_and_until_when(world, read, complaint):
    with pytest.raises(RuleError) as refusal:
        read(print_problem_report, complaint.id)
    assert refusal.value.code == "report-missing"
    report_problem(
        complaint.id, department_id=world.engineering, text="请查同批电梯", by=world.desk.id,
        now=world.now + timedelta(days=1),
    )  # fmt: skip
    seen = read(print_problem_report, complaint.id)
    for words in ("发往部门工程部", "请查同批电梯", "2026-11-2209:30", "要求反馈2026-11-2"):
        assert words in seen


def test_r66_the_follow_up_sheet_asks_with_the_offices_weights(world, read, complaint):
    seen = read(print_follow_up_sheets, (complaint.id,))
    for words in (complaint.number, "138****1234", "更换触点", "32%", "22%", "19%", "16%", "11%"):
        assert words in seen
    assert "13800001234" not in seen
    both = read(print_follow_up_sheets, (complaint.id, complaint.id))
    assert "回访清单" in both


def test_an_empty_choice_is_refused(read):
    with pytest.raises(RuleError) as refusal:
        read(print_follow_up_sheets, ())
    assert refusal.value.code == "follow-ups-none"


@pytest.mark.parametrize("language", PaperLanguage)
def test_each_paper_speaks_the_language_that_is_asked_for(read, complaint, language):
    seen = read(print_complaint_sheet, complaint.id, language=language)
    assert ("Complaintsheet" in seen) is (language is PaperLanguage.EN)
    assert ("投诉处理单" in seen) is (language is not PaperLanguage.EN)


def test_drawing_a_paper_writes_nothing(world, read, complaint):
    before = rows("SELECT count(*) FROM ticket_event")
    read(print_complaint_sheet, complaint.id)
    read(print_reply_letter, complaint.id)
    assert rows("SELECT count(*) FROM ticket_event") == before
    assert find_letter("函-2026-0001").printed_at is None
