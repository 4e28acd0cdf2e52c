"""Reply letters kept as written, numbered by the year; a correction is a new letter (R04, R46)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.gaps import GAP
from propdesk.domain.letters import LetterDraft
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.tickets import Channel, EventKind, Kind, Status, TicketDraft
from propdesk.services import tickets
from propdesk.services.letters import note_letter_printed, write_letter
from propdesk.services.queries.letters import (
    find_letter,
    list_letters,
    propose_letter,
    standing_letter,
)
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.settings import save_settings
from propdesk.storage.database import rows

WHOLE = LetterDraft(
    "3栋2单元501室 张先生", "来函{称谓}收悉。", "我们道歉。", "已更换触点。", "下周完成。",
    "谢谢。", "王建国 0571-88006110", "徐立平",
)  # fmt: skip


@pytest.fixture
def letter_ticket(world):
    """A complaint that came by letter."""
    draft = TicketDraft(
        Kind.COMPLAINT, "电梯常坏。", unit_id=world.home.id, channel=Channel.LETTER,
        reporter_id=1, reporter_name="张伟丰",
    )  # fmt: skip
    return tickets.register_ticket(draft, by=world.desk.id, now=world.now)


@pytest.fixture
def write(world, letter_ticket):
    def go(draft=WHOLE, **more):
        return write_letter(letter_ticket.id, draft, by=world.desk.id, now=world.now, **more)

    return go


def test_r46_a_letter_is_kept_as_it_was_written_with_its_number_in_the_journal(
    write, letter_ticket
):
    letter = write()
    assert letter.number == "函-2026-0001"
    assert letter.text == WHOLE
    assert find_letter("函-2026-0001") == letter
    assert standing_letter(letter_ticket) == letter
    last = get_ticket(letter_ticket.id).events[-1]
    assert (last.kind, last.detail) == (EventKind.LETTER_WRITTEN, {"number": letter.number})
    assert get_ticket(letter_ticket.id).status is Status.RECEIVED


def test_r46_numbers_run_through_the_year_and_begin_anew(world, letter_ticket):
    later = world.now + timedelta(days=60)
    at_times = (world.now, world.now, later)
    numbers = [
        write_letter(letter_ticket.id, WHOLE, by=world.desk.id, now=now).number for now in at_times
    ]
    assert numbers == ["函-2026-0001", "函-2026-0002", "函-2027-0001"]


def test_r46_the_offices_own_pattern_numbers_on_and_never_twice(world, write):
    write()
    settings = OfficeSettings(letter_pattern="云澜函〔{year}〕{sequence}号")
    save_settings(settings, by=world.desk.id)
    assert write().number == "云澜函〔2026〕0002号"
    rows("UPDATE letter SET number = '云澜函〔2026〕0003号' WHERE number = '函-2026-0001'")
    assert write().number == "云澜函〔2026〕0004号"


def test_r46_a_correction_is_a_new_letter_and_the_old_one_is_void(write, letter_ticket):
    first = write()
    second = write(replace(WHOLE, care="来函收悉，更正如下。"), replaces=first.number)
    assert second.number == "函-2026-0002"
    assert [one.stands for one in list_letters(letter_ticket.id)] == [True, False]
    assert find_letter(first.number).text == WHOLE
    assert get_ticket(letter_ticket.id).events[-1].detail == {
        "number": second.number,
        "replaces": first.number,
    }
    with pytest.raises(RuleError) as refusal:
        write(replaces=first.number)
    assert refusal.value.code == "letter-void"


def test_a_letter_of_another_ticket_is_not_corrected_here(world, write):
    first = write()
    other = tickets.register_ticket(
        TicketDraft(Kind.ENQUIRY, "问", place="大堂"), by=world.desk.id, now=world.now
    )
    with pytest.raises(RuleError) as refusal:
        write_letter(other.id, WHOLE, by=world.desk.id, now=world.now, replaces=first.number)
    assert refusal.value.code == "letter-elsewhere"
    assert find_letter(first.number).stands
    with pytest.raises(RuleError, match="0001") as refusal:
        write(replaces="函-1")
    assert refusal.value.code == "letter-unknown"


@pytest.mark.parametrize(
    "draft",
    [replace(WHOLE, apology=""), replace(WHOLE, measures=f"原因是{GAP}")],
    ids=["missing", "gap"],
)
def test_r30_a_letter_that_is_not_whole_takes_no_number(write, letter_ticket, draft):
    with pytest.raises(DraftError):
        write(draft)
    assert list_letters() == ()
    assert get_ticket(letter_ticket.id).events == letter_ticket.events
    assert rows("SELECT count(*) FROM number_series WHERE kind = 'letter'") == [(0,)]


def test_r44_an_ended_ticket_is_read_only(world, write, letter_ticket):
    tickets.void_ticket(letter_ticket.id, reason="重复", by=world.desk.id, now=world.now)
    with pytest.raises(RuleError) as refusal:
        write()
    assert refusal.value.code == "ticket-ended"


def test_r46_the_proposal_is_the_skeleton_in_the_language_of_the_papers(world, letter_ticket):
    draft = propose_letter(letter_ticket, now=world.now)
    assert draft.addressee.endswith("张先生")
    assert letter_ticket.number in draft.care
    assert "电梯常坏" in draft.care
    assert GAP in draft.measures
    # A template admits nothing: whose fault it was is for the clerk to say.
    assert draft.apology == "对此事给您造成的不便，物业服务中心向您诚恳道歉。"
    assert draft.thanks
    assert "2026" not in draft.deadline
    settings = OfficeSettings(paper_language=PaperLanguage.EN)
    save_settings(settings, by=world.desk.id)
    english = propose_letter(letter_ticket, now=world.now)
    assert english.care.startswith("Somebody has been put in charge of your complaint")
    assert english.apology.isascii()


def test_r04_when_it_was_first_printed_stays(world, write):
    letter = write()
    assert letter.printed_at is None
    note_letter_printed(letter.id, now=world.now)
    note_letter_printed(letter.id, now=world.now + timedelta(days=1))
    assert find_letter(letter.number).printed_at == world.now.replace(tzinfo=None)


def test_r04_a_reply_by_letter_refers_to_the_letter(world, write, letter_ticket):
    write()
    second = write(replaces="函-2026-0001")
    replied = tickets.reply_ticket(
        letter_ticket.id, text="已寄出", way="letter", by=world.desk.id, now=world.now
    )
    assert replied.events[-1].detail == {"way": "letter", "letter": second.number}


def test_r04_a_reply_by_telephone_does_not(world, write, letter_ticket):
    write()
    replied = tickets.reply_ticket(
        letter_ticket.id, text="已告知", way="phone", by=world.desk.id, now=world.now
    )
    assert replied.events[-1].detail == {"way": "phone"}
