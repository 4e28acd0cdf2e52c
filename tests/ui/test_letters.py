"""Letters, reports, phrases and their papers by keyboard (R04, R29, R30, R33, R46)."""

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from propdesk.domain.gaps import GAP
from propdesk.domain.letters import FIELD_LABELS, LetterDraft
from propdesk.domain.paper_trail import PAPER_LABELS, PaperKind
from propdesk.domain.phrases import PhraseDraft, Step
from propdesk.domain.tickets import Channel, EventKind, Kind, TicketDraft
from propdesk.i18n import _
from propdesk.services import tickets
from propdesk.services.letters import write_letter
from propdesk.services.phrases import save_phrase
from propdesk.services.queries.letters import list_letters
from propdesk.services.queries.phrases import PhraseFilter, list_phrases
from propdesk.services.queries.tickets import get_ticket
from ui.dialogs.phrases_dialog import PhraseDialog, PhrasesDialog
from ui.forms.letter_form import LetterDialog, ProblemReportDialog
from ui.pages.ticket_acts import LOOKS, Act
from ui.pages.tickets import TicketsPage
from ui.widgets.phrases import PhrasePane


@pytest.fixture
def complaint(house, now):
    """A complaint that came by letter, and was seen to."""
    draft = TicketDraft(
        Kind.COMPLAINT, "电梯常坏", unit_id=house.home.id, channel=Channel.LETTER,
        reporter_id=house.owner.person_id, reporter_name="张伟丰",
    )  # fmt: skip
    ticket = tickets.register_ticket(draft, by=house.desk.id, now=now)
    return tickets.complete_ticket(ticket.id, text="已更换触点。", by=house.desk.id, now=now)


@pytest.fixture
def page(office_context, house, showing):
    def open_page(width=1366, height=692):
        shown = TicketsPage(office_context)
        office_context.changes.tickets_changed.connect(shown.mark_stale)
        showing(shown, width, height)
        shown.catch_up()
        shown.enter()
        return shown

    return open_page


@pytest.fixture
def from_menu(press, choose_in_menu):
    """Choose an act in the menu of the detail: from the list it is the first stop."""

    def choose(words):
        press("Tab", "Return")
        assert isinstance(QApplication.activePopupWidget(), QMenu)
        choose_in_menu(str(words))

    return choose


# Letters


def test_r30_a_letter_is_written_by_keyboard_and_its_paper_follows(
    page, complaint, press, type_words, from_menu, in_dialog, pages_of, focus
):
    shown = page()

    def write(dialog):
        assert dialog.fields["care"].words().startswith("您好！您投诉的「电梯常坏」")
        assert dialog.fields["measures"].hasFocus()
        press("Ctrl+S")
        # What is still a gap is told under its field, and nothing is written.
        assert GAP in dialog.rows.problem("measures")
        assert list_letters() == ()
        press("Ctrl+A")
        type_words("已更换触点，每半月清洁一次。")
        press("Tab", "Ctrl+A")
        type_words("十一月底前完成。")
        press("Ctrl+S")

    in_dialog(LetterDialog, write)
    from_menu(LOOKS[Act.LETTER].word)
    (letter,) = list_letters()
    assert letter.text.measures == "已更换触点，每半月清洁一次。"
    seen = pages_of(shown)
    assert letter.number in seen
    assert "十一月底前完成。" in seen
    assert get_ticket(complaint.id).events[-1].kind is EventKind.LETTER_WRITTEN
    press("Esc")


def test_r29_a_digit_puts_a_phrase_into_the_paragraph_that_has_the_keyboard(
    page, complaint, press, from_menu, in_dialog
):
    page()
    phrases = list_phrases(PhraseFilter((Step.LETTER_THANKS,), Kind.COMPLAINT), speaking="zh_CN")

    def choose(dialog):
        press("Tab", "Tab", "Ctrl+End")  # measures, deadline, thanks
        thanks = dialog.fields["thanks"]
        assert thanks.hasFocus()
        before = thanks.words()
        press("Ctrl+J", "3")
        assert thanks.hasFocus()
        assert thanks.words() == before + phrases[2].text
        assert dialog.fields["measures"].words().count(phrases[2].text) == 0

    in_dialog(LetterDialog, choose)
    from_menu(LOOKS[Act.LETTER].word)


def test_a_half_written_letter_is_here_again(
    office_context, complaint, showing, press, type_words, in_dialog
):
    parent = showing(QWidget(), 1280, 720)

    def begin(_dialog):
        press("Ctrl+A")
        type_words("写到一半")
        press("Esc")

    in_dialog(LetterDialog, begin)
    LetterDialog(office_context, parent, complaint).ask()
    again = LetterDialog(office_context, parent, complaint)
    assert again.fields["measures"].words() == "写到一半"
    assert list_letters() == ()


def test_r04_a_reply_after_a_letter_proposes_the_letter_as_its_way(
    page, complaint, house, now, press
):
    text = LetterDraft("张先生", "来函收悉。", "抱歉。", "已修。")
    letter = write_letter(complaint.id, text, by=house.desk.id, now=now)
    page()
    press("F7", "Ctrl+Return")
    replied = get_ticket(complaint.id).events[-1]
    assert replied.detail == {"way": "letter", "letter": letter.number}


# Reports to a department


def test_r33_a_report_is_written_by_keyboard_and_its_paper_follows(
    page, complaint, press, type_words, from_menu, in_dialog, pages_of
):
    shown = page()

    def report(dialog):
        press("Ctrl+S")
        assert dialog.rows.problem("text")
        type_words("请查明同批电梯")
        press("Ctrl+S")

    in_dialog(ProblemReportDialog, report)
    from_menu(LOOKS[Act.PROBLEM_REPORT].word)
    last = get_ticket(complaint.id).events[-1]
    assert (last.kind, last.text) == (EventKind.PROBLEM_REPORTED, "请查明同批电梯")
    assert "请查明同批电梯" in pages_of(shown)
    press("Esc")


def test_r44_the_complaint_sheet_is_printed_from_the_menu(
    page, complaint, press, from_menu, choose_in_menu, pages_of
):
    shown = page()
    from_menu(_("Print"))
    choose_in_menu(str(PAPER_LABELS[PaperKind.COMPLAINT_SHEET]))
    seen = pages_of(shown)
    assert "投诉处理单" in seen
    assert "已更换触点" in seen
    press("Esc")


def test_only_papers_that_can_be_printed_are_offered(
    page, complaint, press, from_menu, offered_in_menu
):
    page()
    from_menu(_("Print"))
    assert offered_in_menu() == [
        str(PAPER_LABELS[PaperKind.COMPLAINT_SHEET]),
        str(PAPER_LABELS[PaperKind.FOLLOW_UP_SHEET]),
    ]
    press("Esc", "Esc")


# Phrases beside the forms


def test_r29_phrases_stand_beside_the_reply_and_cost_nothing_until_asked_for(
    page, house, now, press, type_words, focus
):
    draft = TicketDraft(Kind.ENQUIRY, "停车费怎么收", unit_id=house.home.id, reporter_name="张先生")
    ticket = tickets.register_ticket(draft, by=house.desk.id, now=now)
    shown = page()
    press("F7")
    assert shown.findChildren(PhrasePane) == []
    type_words("您好，")
    press("Ctrl+J")
    (pane,) = shown.findChildren(PhrasePane)
    assert pane.isVisible()
    press("Right", "Right", "2")  # the third step: what will be done
    form = shown.detail.form
    assert form.text.hasFocus()
    assert form.text.words().startswith("您好，我已登记")
    assert ticket.number in form.text.words()
    assert pane.steps.chosen() == Step.THANK  # the talk goes on
    press("Ctrl+J", "Esc")
    assert form.text.hasFocus()
    assert not pane.isVisible()
    press("Ctrl+Return")
    assert get_ticket(ticket.id).events[-2].text.startswith("您好，我已登记")


def test_r29_enter_takes_the_card_and_a_gap_is_typed_over(page, house, now, press, type_words):
    draft = TicketDraft(Kind.REPAIR, "漏水", place="大堂")
    tickets.register_ticket(draft, by=house.desk.id, now=now)
    shown = page()
    press("F6", "1", "Ctrl+Return", "F7", "Ctrl+J")
    cards = list_phrases(PhraseFilter((Step.HANDLE,), Kind.REPAIR))
    place = next(n for n, one in enumerate(cards) if GAP in one.text)
    press("Right", "Right", *["Down"] * place, "Return")
    text = shown.detail.form.text
    assert text.textCursor().selectedText() == GAP
    type_words("先关水")
    assert "现在就能做的是先关水；" in text.words()


def test_r29_phrases_beside_the_intake_know_who_calls_from_where(page, house, press, type_words):
    shown = page()
    press("Ctrl+N")
    type_words("1-2-501")
    press("Ctrl+J")
    (pane,) = shown.findChildren(PhrasePane)
    texts = [card.text for card in pane._cards]
    assert any(house.home.long in words for words in texts)
    assert any("张先生" in words for words in texts)
    press("Esc")


# The office's own phrases


def phrase_of(code):
    found = list_phrases(PhraseFilter(hidden=True))
    return next((one for one in found if one.code == code), None)


def test_r29_a_phrase_is_changed_by_keyboard_and_a_wrong_field_is_told(
    office_context, showing, press, type_words, in_dialog
):
    parent = showing(QWidget(), 1280, 720)
    phrase = phrase_of("thank.patience")
    told = []

    def change(dialog):
        press("Ctrl+A")
        type_words("请{姓名}来")
        press("Ctrl+S")
        told.append(dialog.rows.problem("text"))
        press("Ctrl+A")
        type_words("多谢{称谓}")
        press("Ctrl+S")

    in_dialog(PhraseDialog, change)
    PhraseDialog(office_context, parent, phrase, phrase.step).ask()
    assert "姓名" in told[0]
    assert "称谓" in told[0]
    assert phrase_of("thank.patience").text == "多谢{称谓}"


def test_r29_a_phrase_is_hidden_shown_and_brought_back_by_keyboard(
    office_context, showing, press, in_dialog, house
):
    parent = showing(QWidget(), 1280, 720)
    first = list_phrases(PhraseFilter((Step.THANK,)))[0]
    changed = PhraseDraft(Step.THANK, "多谢", code=first.code)
    save_phrase(changed, by=house.desk.id)
    seen = []

    def manage(_dialog):
        press("Del")
        seen.append(phrase_of(first.code).is_hidden)
        press("Del")
        seen.append(phrase_of(first.code).is_hidden)
        press("Ctrl+R")
        seen.append(phrase_of(first.code))

    in_dialog(PhrasesDialog, manage)
    PhrasesDialog(office_context, parent, Step.THANK).ask()
    assert seen == [True, False, first]


def test_r29_a_phrase_of_ones_own_is_added_by_keyboard(
    office_context, showing, press, type_words, in_dialog
):
    parent = showing(QWidget(), 1280, 720)

    def add(_dialog):
        type_words("改天再聊")
        press("Ctrl+S")

    def manage(_dialog):
        in_dialog(PhraseDialog, add)
        press("Ctrl+N")

    in_dialog(PhrasesDialog, manage)
    PhrasesDialog(office_context, parent, Step.THANK).ask()
    own = list_phrases(PhraseFilter((Step.THANK,)))[-1]
    assert (own.text, own.is_own) == ("改天再聊", True)


def test_every_part_of_a_letter_has_a_field(office_context, showing, complaint):
    dialog = LetterDialog(office_context, showing(QWidget()), complaint)
    assert list(dialog.fields) == list(FIELD_LABELS)
    assert dialog.sizeHint().height() <= 720
