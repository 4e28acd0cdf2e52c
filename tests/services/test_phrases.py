"""The office's own words over the program's (R29): stored only where they differ."""

import pytest

from propdesk import i18n
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.phrases import SPOKEN, WRITTEN, Field, PhraseDraft, Step, fill_phrase
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import phrases, tickets
from propdesk.services.queries.phrases import (
    PhraseFilter,
    first_phrases,
    list_phrases,
    ticket_values,
)
from propdesk.storage.database import rows


def texts(**wanted):
    return {one.code: one.text for one in list_phrases(PhraseFilter(**wanted))}


def test_r29_a_new_office_has_the_programs_phrases_and_stores_none(world):
    assert len(texts()) > 90
    assert rows("SELECT count(*) FROM phrase") == [(0,)]


def test_r29_the_phrases_of_the_very_kind_come_first(world):
    found = list_phrases(PhraseFilter(SPOKEN, Kind.BILL_QUERY))
    assert {one.kind for one in found} == {None, Kind.BILL_QUERY}
    for step in SPOKEN:
        assert next(one for one in found if one.step is step).kind is Kind.BILL_QUERY
    assert [one.step for one in found] == sorted((one.step for one in found), key=SPOKEN.index)


def test_r29_a_changed_phrase_stands_in_its_place_until_it_is_reset(world):
    before = texts()
    draft = PhraseDraft(Step.THANK, "多谢{称谓}！", "多谢", code="thank.patience")
    changed = phrases.save_phrase(draft, by=world.desk.id)
    assert changed.is_changed
    assert not changed.is_own
    assert list(texts()) == list(before)
    assert texts()["thank.patience"] == "多谢{称谓}！"
    back = phrases.reset_phrase("thank.patience", by=world.desk.id)
    assert back is not None
    assert texts() == before
    assert rows("SELECT count(*) FROM phrase") == [(0,)]


def test_r29_own_phrases_come_behind_the_programs_and_their_codes_never_again(world):
    first = phrases.save_phrase(PhraseDraft(Step.THANK, "谢谢，再见"), by=world.desk.id)
    assert first.is_own
    assert list(texts(steps=(Step.THANK,)))[-1] == first.code
    assert phrases.reset_phrase(first.code, by=world.desk.id) is None
    assert first.code not in texts(hidden=True)
    second = phrases.save_phrase(PhraseDraft(Step.THANK, "再见"), by=world.desk.id)
    assert second.code != first.code


def test_r29_a_hidden_phrase_is_not_offered_and_comes_back_with_its_words(world):
    before = texts()
    phrases.hide_phrase("thank.patience", by=world.desk.id)
    assert "thank.patience" not in texts()
    assert texts(hidden=True) == before
    phrases.hide_phrase("thank.patience", by=world.desk.id, hidden=False)
    assert texts() == before
    assert rows("SELECT count(*) FROM phrase") == [(0,)]


def test_r29_a_changed_phrase_that_was_hidden_keeps_the_offices_words(world):
    draft = PhraseDraft(Step.THANK, "多谢", code="thank.patience")
    phrases.save_phrase(draft, by=world.desk.id)
    phrases.hide_phrase("thank.patience", by=world.desk.id)
    phrases.hide_phrase("thank.patience", by=world.desk.id, hidden=False)
    assert texts()["thank.patience"] == "多谢"


def test_r29_a_phrase_the_next_program_does_not_have_any_more_breaks_nothing(world):
    phrases.hide_phrase("thank.patience", by=world.desk.id)
    rows("UPDATE phrase SET code = 'thank.of-old'")
    assert "thank.of-old" not in texts(hidden=True)


@pytest.mark.parametrize("text", ["", "\u200b\u200b", "请{姓名}来", "长" * 100_001])
def test_bad_words_are_refused_and_nothing_is_stored(world, text):
    with pytest.raises(DraftError) as refusal:
        phrases.save_phrase(PhraseDraft(Step.THANK, text), by=world.desk.id)
    assert [one.field for one in refusal.value.problems] == ["text"]
    assert rows("SELECT count(*) FROM phrase") == [(0,)]


@pytest.mark.parametrize("act", [phrases.hide_phrase, phrases.reset_phrase])
def test_an_unknown_phrase_is_told(world, act):
    with pytest.raises(RuleError, match="nonsense") as refusal:
        act("nonsense", by=world.desk.id)
    assert refusal.value.code == "phrase-unknown"


# What a ticket fills in


def test_r29_a_ticket_fills_every_field_that_it_knows(world):
    draft = TicketDraft(
        Kind.COMPLAINT,
        "电梯{期限}坏了",
        unit_id=world.home.id,
        reporter_name="张伟丰",
        reporter_id=1,
    )
    ticket = tickets.register_ticket(draft, by=world.desk.id, now=world.now)
    ticket = tickets.dispatch_ticket(
        ticket.id,
        department_id=world.engineering,
        handler_id=world.worker.id,
        by=world.desk.id,
        now=world.now,
    )
    ticket = tickets.complete_ticket(
        ticket.id, text="已更换触点。", by=world.desk.id, now=world.now
    )
    values = ticket_values(ticket, now=world.now)
    assert {one for one in Field if not values[one]} == {Field.PHONE}
    assert values[Field.SALUTATION] == "张先生"
    assert values[Field.HOUSE] == world.home.long
    assert values[Field.RESULT] == "已更换触点"
    assert values[Field.NUMBER] == ticket.number
    assert values[Field.TODAY] == "2026年11月21日"
    assert values[Field.DEADLINE] == "11月23日 17:30"  # Saturday's complaint: Monday evening (R03)
    assert fill_phrase("{事项}", values) == "电梯{期限}坏了"


def test_r29_the_promised_time_comes_before_the_offices_limits(world):
    draft = TicketDraft(
        Kind.REPAIR, "漏水", place="大堂", promised_at=world.now.replace(year=2027, tzinfo=None)
    )
    ticket = tickets.register_ticket(draft, by=world.desk.id, now=world.now)
    assert ticket_values(ticket, now=world.now)[Field.DEADLINE] == "2027年11月21日 09:30"


def test_r30_a_letters_skeleton_has_all_its_paragraphs_in_the_papers_language(world):
    for language in i18n.LANGUAGES:
        found = list_phrases(PhraseFilter(WRITTEN, Kind.COMPLAINT), speaking=language)
        assert list(first_phrases(found)) == list(WRITTEN)
        chinese = [one for one in found if not one.text.replace("'", "").isascii()]
        assert bool(chinese) is (language == "zh_CN")
