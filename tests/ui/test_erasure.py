"""Requests, erasing and sealing by keyboard alone; Today's word on them (PIPL 44-50)."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from propdesk.domain.access import AccessAct
from propdesk.domain.data_requests import RequestKind, RequestResult
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.i18n import set_language
from propdesk.services import data_requests, residents, tickets
from propdesk.services.erasures import seal_person
from propdesk.services.queries.access import AccessFilter, list_access
from propdesk.services.queries.data_requests import list_requests
from propdesk.services.queries.erasures import list_erasures
from propdesk.storage.database import rows
from ui.dialogs.erasable_dialog import ErasableDialog, ask_erasure
from ui.dialogs.erasure_dialog import ErasureDialog
from ui.dialogs.requests_dialog import AnswerRequestDialog, NoteRequestDialog, RequestsDialog
from ui.pages.privacy_notice import PrivacyNotice
from ui.pages.residents import ResidentsPage

NAME = "欧阳修竹"


@pytest.fixture(autouse=True)
def in_english():
    set_language("en")


@pytest.fixture
def window(showing):
    return showing(QWidget(), 1280, 720)


@pytest.fixture
def gone(house, now):
    """Somebody who left two years ago, and owes and awaits nothing."""
    by = {"by": house.desk.id, "now": now}
    draft = PersonDraft(NAME, ResidentRole.TENANT, "", ("13955501234",), date(2020, 1, 1))
    stay = residents.add_resident(house.home.id, draft, **by)
    residents.end_residency(
        house.home.id, stay.residency_id, to_on=now.date() - timedelta(weeks=104), **by
    )
    return stay.person_id


@pytest.fixture
def kept(house, now, gone):
    """The same one, with a ticket that the law keeps."""
    by = {"by": house.desk.id, "now": now}
    draft = TicketDraft(
        Kind.REPAIR, "漏水", unit_id=house.home.id, reporter_id=gone, reporter_name=NAME
    )
    ticket = tickets.register_ticket(draft, **by)
    tickets.complete_ticket(ticket.id, text="已修", **by)
    tickets.reply_ticket(ticket.id, text="已答复", **by)
    return gone


@pytest.fixture
def request_of(house, now):
    def receive(person, kind, days_ago=0):
        at = now - timedelta(days=days_ago)
        return data_requests.receive_request(person, kind, "请办理", by=house.desk.id, now=at)

    return receive


@pytest.fixture
def walk_to(press, focus):
    def walk(word):
        for _stop in range(20):
            widget = focus()
            if word in (widget.accessibleName(), getattr(widget, "text", str)()):
                return
            press("Tab")
        pytest.fail(f"Tab never comes to {word}")

    return walk


def words_of(widget):
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def test_a_request_is_noted_and_answered_and_a_refusal_asks_for_its_reason(
    office_context, window, house, press, type_words, walk_to, in_dialog, back_to
):
    person = house.owner.person_id

    def note(_dialog):
        press("Down")
        walk_to("In their words")
        type_words("要一份复印件")
        press("Ctrl+S")

    def answer(dialog):
        press("Down", "Down", "Ctrl+S")
        assert dialog.rows.problem("reason")
        walk_to("Reason")
        type_words("不是本人")
        press("Ctrl+S")

    def manage(dialog):
        in_dialog(NoteRequestDialog, note)
        press("Ctrl+N")
        back_to(dialog)
        (one,) = list_requests()
        assert (one.kind, one.text) == (RequestKind.COPY, "要一份复印件")
        in_dialog(AnswerRequestDialog, answer)
        press("Return")
        back_to(dialog)

    in_dialog(RequestsDialog, manage)
    RequestsDialog(office_context, window, (person, "张伟丰")).ask()
    (one,) = list_requests()
    assert (one.result, one.reason) == (RequestResult.REFUSED, "不是本人")


def test_late_requests_are_marked(office_context, window, house, request_of, in_dialog):
    for days in (0, 13, 16):
        request_of(house.owner.person_id, RequestKind.ACCESS, days)
    seen = []

    def look(dialog):
        place = [column.key for column in dialog.table.records.columns].index("state")
        seen.extend(dialog.table.records.cell(n, place).words for n in range(3))

    in_dialog(RequestsDialog, look)
    RequestsDialog(office_context, window).ask()
    assert seen == ["Late", "Waiting", "Waiting"]


def test_what_is_kept_of_a_person_is_shown_and_that_is_noted(
    office_context, window, house, request_of, press, pages_of, in_dialog
):
    request_of(house.owner.person_id, RequestKind.COPY)
    papers = []

    def look(dialog):
        press("Ctrl+P")
        papers.append(pages_of(dialog))
        press("Esc")

    in_dialog(RequestsDialog, look)
    RequestsDialog(office_context, window).ask()
    assert "13800001234" in papers[0]
    (line,) = list_access(AccessFilter(person_id=house.owner.person_id))
    assert (line.act, line.what) == (AccessAct.REVEALED, "person-data")


def test_who_lives_here_is_not_erased_and_the_reason_stands_there(
    office_context, window, house, in_dialog
):
    seen = []
    in_dialog(ErasureDialog, lambda dialog: seen.append(words_of(dialog)))
    assert ask_erasure(office_context, window, house.owner.person_id) == ""
    assert "still belongs to a house" in seen[0]
    assert list_erasures() == ()


def test_erasing_asks_for_a_reason_and_once_more_then_offers_the_certificate(
    office_context, window, gone, messages, press, type_words, walk_to, request_of, in_dialog,
    pages_of,
):  # fmt: skip
    request = request_of(gone, RequestKind.DELETE)

    def erase(dialog):
        assert "can be erased" in words_of(dialog)
        walk_to("Erase")
        press("Space")
        assert dialog.rows.problem("reason")
        type_words("本人要求")
        messages.expect("keep")
        walk_to("Erase")
        press("Space")
        assert list_erasures() == ()
        messages.expect("act")
        press("Space")

    in_dialog(ErasureDialog, erase)
    assert ask_erasure(office_context, window, gone) == "The person is erased"
    assert "本人要求" in pages_of(window)
    press("Esc")
    (done,) = list_erasures()
    assert (done.kind, done.request_id) == ("erased", request.id)
    assert rows("SELECT count(*) FROM person WHERE name = ?", NAME) == [(0,)]
    (answered,) = list_requests()
    assert answered.result is RequestResult.DONE


def test_what_the_law_keeps_is_sealed_and_found_again_among_the_sealed(
    office_context, window, kept, press, type_words, walk_to, in_dialog, back_to, pages_of
):
    seen = []

    def seal(dialog):
        seen.append(words_of(dialog))
        type_words("三年未满")
        walk_to("Seal")
        press("Space")

    def unseal(dialog):
        type_words("法院调取")
        walk_to("Unseal")
        press("Space")

    def manage(dialog):
        in_dialog(ErasureDialog, seal)
        press("Return")
        assert "2031-11-21" in pages_of(dialog)
        press("Esc")
        back_to(dialog)
        assert [one.kind for one in list_erasures()] == ["sealed"]

    in_dialog(ErasableDialog, manage)
    ErasableDialog(office_context, window).ask()
    assert "Civil Code 188" in seen[0]
    in_dialog(ErasureDialog, unseal)
    assert ask_erasure(office_context, window, kept) == "The person is in use again"
    assert [one.kind for one in list_erasures()] == ["unsealed", "sealed"]


def test_the_sealed_are_listed(office_context, window, house, kept, now, press, in_dialog):
    seal_person(kept, "三年未满", by=house.desk.id, now=now)
    seen = []

    def look(dialog):
        press("Shift+Tab", "Right")
        seen.append([dialog.table.records.cell(0, n).words for n in range(2)])

    in_dialog(ErasableDialog, look)
    ErasableDialog(office_context, window).ask()
    assert seen == [[NAME, "Sealed"]]


def test_the_menu_of_personal_data_leads_to_requests_for_whoever_is_chosen(
    office_context, showing, house, press, focus, choose_in_menu, in_dialog, back_to
):
    page = ResidentsPage(office_context)
    page.catch_up()
    showing(page, 1366, 700)
    page.enter()
    noted = []

    def look(dialog):
        noted.append(dialog)
        press("Esc")

    for kind, words in (
        (RequestsDialog, "Requests about personal data"),
        (ErasableDialog, "Whose time is over"),
    ):
        back_to(page)
        for _stop in range(60):
            if focus() is page._more:
                break
            press("Shift+Tab")
        in_dialog(kind, look)
        press("Space")
        choose_in_menu(words)
    assert [type(one) for one in noted] == [RequestsDialog, ErasableDialog]


# -- today


def test_today_is_silent_while_nothing_is_due(office_context, showing, house, request_of):
    request_of(house.owner.person_id, RequestKind.ACCESS)
    notice = PrivacyNotice(office_context)
    showing(notice, 800, 40)
    notice.refill()
    assert notice.sentence() == ""


def test_today_tells_of_a_request_and_of_whose_time_is_over(
    office_context, showing, house, gone, now, request_of
):
    notice = PrivacyNotice(office_context)
    showing(notice, 800, 40)
    notice.refill()
    assert notice.sentence() == "1 person's time is over"
    request_of(house.owner.person_id, RequestKind.ACCESS, 12)
    notice.refill()
    assert "1 request about personal data to answer" in notice.sentence()
    request_of(house.owner.person_id, RequestKind.ACCESS, 16)
    notice.refill()
    assert "1 of them is late" in notice.sentence()


def test_who_is_sealed_until_the_law_lets_go_is_not_told_of_every_day(
    office_context, showing, house, kept, now
):
    seal_person(kept, "三年未满", by=house.desk.id, now=now)
    notice = PrivacyNotice(office_context)
    showing(notice, 800, 40)
    notice.refill()
    assert notice.sentence() == ""
