"""Paper comes back: print, scan, four keys, next; the list of papers out (decisions 26 and 27)."""

import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from propdesk.domain.numbers import PaperCode, office_mark, paper_digits
from propdesk.domain.paper_returns import OUTCOME_LABELS, Outcome, PaperReturn
from propdesk.domain.paper_trail import PAPER_LABELS, PaperKind
from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.receipt_codes import ReceiptCode, receipt_digits
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, Satisfaction, Status, TicketDraft
from propdesk.domain.till import Means
from propdesk.i18n import _
from propdesk.services import papers, returns, settings, staff, tickets
from propdesk.services.printing import print_work_order
from propdesk.services.queries.papers import count_papers_out, list_papers
from propdesk.services.queries.staff import find_department
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.till import take_payment
from propdesk.storage.database import rows
from ui.dialogs.papers_dialog import LostDialog, PapersDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.forms.return_form import ReturnForm
from ui.main_window import MainWindow
from ui.pages.paper_notice import PaperNotice
from ui.pages.ticket_words import event_words
from ui.printers import list_printers
from ui.printing import PaperWindow
from ui.widgets.badges import Toast


@pytest.fixture
def window(office_context, house, showing, qapp, monkeypatch):
    # Between two keys of a burst a busy machine may give others their turn.
    monkeypatch.setattr("ui.scanner.GAP_MS", 250)
    made = MainWindow(office_context.theme, office_context.memory)
    made.sit_down(office_context)
    made.take_scans(qapp)
    return showing(made, 1366, 768)


@pytest.fixture
def order(house, now):
    """A ticket that was sent to work and printed an hour ago."""

    def make(kind=Kind.REPAIR, *, minutes=60):
        then = {"by": house.desk.id, "now": now - timedelta(minutes=minutes)}
        draft = TicketDraft(kind, "厨房水管滴水", unit_id=house.home.id, reporter_name="张伟丰")
        ticket = tickets.register_ticket(draft, **then)
        tickets.dispatch_ticket(ticket.id, handler_id=house.worker.id, **then)
        return papers.note_print(ticket.id, PaperKind.WORK_ORDER, 1, **then)

    return make


def code_of(ticket, round_=1, *, other=False):
    mark = office_mark(rows("SELECT uid FROM office")[0][0])
    kind, month, sequence = rows(
        "SELECT series_kind, series_month, series_sequence FROM ticket WHERE id = ?", ticket.id
    )[0]
    mark = mark % 9 + 1 if other else mark
    return paper_digits(PaperCode(Kind(kind), month, sequence, round_, mark))


@pytest.fixture
def scan(qapp):
    """Type a code as a scanner does: into the window that has the keyboard, then Enter."""

    def type_burst(code):
        window = QApplication.focusWindow()
        for character in code:
            modifier = Qt.KeyboardModifier.NoModifier
            if character.isupper():
                modifier = Qt.KeyboardModifier.ShiftModifier
            QTest.keyClick(window, character, modifier, 0)
        QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, 0)

    return type_burst


@pytest.fixture
def form_of(window, qtbot):
    """Wait until the form of a ticket's order is open, and return it."""

    def wait(ticket) -> ReturnForm:
        def is_there():
            form = window.page("tickets").detail.form
            return isinstance(form, ReturnForm) and form.ticket.id == ticket.id

        qtbot.waitUntil(is_there)
        return window.page("tickets").detail.form

    return wait


@pytest.fixture
def said(window, qtbot):
    """Wait for what is said at the foot of a window after a scan."""

    def wait(host=None):
        def toasts():
            return [
                one.words()
                for one in (host or window).findChildren(Toast)
                if one.words() and one.objectName() == "scan"
            ]

        qtbot.waitUntil(lambda: bool(toasts()))
        return toasts()[-1]

    return wait


# -- a satisfied repair


def test_decision_26_closing_a_satisfied_repair_is_a_scan_and_four_keys(
    window, order, scan, form_of, press, type_words, focus
):
    ticket = order()
    window.show_page("reports")
    scan(code_of(ticket))
    form = form_of(ticket)
    assert focus() is form.arrived_at
    type_words("9:30")
    keys = ["Tab"]
    press(keys[-1])
    type_words("1005")
    for key in ("Tab", "1", "Ctrl+Return"):
        keys.append(key)
        press(key)
    assert len(keys) == 4
    closed = get_ticket(ticket.id)
    assert closed.status is Status.CLOSED
    assert closed.satisfaction is Satisfaction.SATISFIED
    times = {str(event.kind): f"{event.at:%H:%M}" for event in closed.events}
    assert (times["arrived"], times["completed"], times["closed"]) == ("09:30", "10:05", "10:12")
    assert list_papers(ticket.id)[0].signed
    # Ready for the next scan.
    assert window.page("tickets").detail.form is None
    following = order()
    scan(code_of(following))
    form_of(following)


def test_printed_rasterised_decoded_and_scanned_while_a_field_has_the_keyboard(
    window, order, scan, form_of, press, type_words, house, now, tmp_path, focus
):
    for tool in ("pdftoppm", "zbarimg"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed, so the codes cannot be read back")
    ticket = order()
    file = tmp_path / "order.pdf"
    print_work_order(ticket.id, file, by=house.desk, now=now)
    picture = tmp_path / "scan"
    subprocess.run(
        ["pdftoppm", "-r", "200", "-mono", "-l", "1", "-singlefile", file, picture], check=True
    )
    read = subprocess.run(
        ["zbarimg", "-q", f"{picture}.pbm"], check=True, capture_output=True, text=True
    ).stdout.split()
    codes = dict(line.split(":", 1) for line in read)
    assert set(codes) == {"CODE-128", "QR-Code"}
    assert codes["CODE-128"].isdigit()
    for code in codes.values():
        window.show_page("residents")
        press("Ctrl+K")
        type_words("张伟")
        field = focus()
        scan(code)
        form = form_of(ticket)
        assert field.text() == "张伟"
        assert form.paper.round == 1
        press("Esc")


def test_half_typed_words_stay_when_a_paper_comes_between(
    window, order, scan, form_of, press, type_words, focus
):
    ticket = order()
    window.show_page("tickets")
    press("Ctrl+N")
    type_words("1-2-501")
    press("Return")
    typed = window.page("tickets")._form.rows.fields()
    scan(code_of(ticket))
    form_of(ticket)
    press("Esc", "Ctrl+N")
    assert window.page("tickets")._form.rows.fields() == typed


# -- what else a paper may say


def enter(press, *keys):
    press(*keys, "Ctrl+Return")


@pytest.fixture
def opened(window, scan, form_of):
    """Scan the order of a ticket and return its form."""

    def scan_it(ticket, round_=1):
        scan(code_of(ticket, round_))
        return form_of(ticket)

    return scan_it


def test_r40_a_dissatisfied_customer_is_asked_with_what(opened, order, press, type_words):
    ticket = order()
    form = opened(ticket)
    enter(press, "Tab", "Tab", "3")
    assert form.rows.problem("opinion")
    assert get_ticket(ticket.id).status is Status.DISPATCHED
    type_words("还在滴水")
    enter(press)
    again = get_ticket(ticket.id)
    assert (again.status, again.round) == (Status.RECEIVED, 2)


def test_not_done_asks_why_and_how_it_goes_on(opened, order, press, type_words, focus):
    ticket = order()
    form = opened(ticket)
    press("Tab", "Tab", "5", "Tab")
    assert focus() is form.reason
    type_words("缺配件")
    press("Tab", "3", "Tab")
    type_words("明天上午")
    enter(press)
    waits = get_ticket(ticket.id)
    assert (waits.status, waits.appointment) == (Status.SUSPENDED, "明天上午")


def test_a_time_before_the_dispatch_is_said_beside_its_field(opened, order, press, type_words):
    ticket = order()
    form = opened(ticket)
    type_words("8:00")
    enter(press)
    assert form.rows.problem("arrived_at")
    assert list_papers(ticket.id)[0].returned_at is None
    type_words("x")
    enter(press)
    assert "8:00x" in form.rows.problem("arrived_at")


def test_the_wrong_way_round_and_the_future_are_seen_while_typing(opened, order, press, type_words):
    form = opened(order())
    type_words("11:30")
    assert "11:30" in form.arrived_at.hint.text()
    enter(press)
    assert form.rows.problem("arrived_at")


def test_a_rating_is_a_signature_until_somebody_says_otherwise(opened, order, press):
    ticket = order()
    form = opened(ticket)
    press("Tab", "Tab", "1")
    assert form.signed.isChecked()
    press("Tab", "Space")
    enter(press)
    assert get_ticket(ticket.id).status is Status.COMPLETED


def test_decision_28_a_complaint_waits_for_its_reply(opened, order, press):
    ticket = order(Kind.COMPLAINT)
    opened(ticket)
    enter(press, "Tab", "Tab", "1")
    assert get_ticket(ticket.id).status is Status.COMPLETED


def test_what_was_completed_by_telephone_asks_only_the_customer(
    window, opened, order, press, focus, house, now
):
    ticket = order()
    tickets.complete_ticket(ticket.id, text="换垫片", by=house.desk.id, now=now)
    form = opened(get_ticket(ticket.id))
    assert not form.finished_at.isVisible()
    assert window.isAncestorOf(focus())
    enter(press, "1")
    assert get_ticket(ticket.id).status is Status.CLOSED


# -- what a scan must not do


def test_another_office_an_unknown_number_and_a_misread_code_are_said(window, order, scan, said):
    ticket = order()
    window.show_page("today")
    scan(code_of(ticket, other=True))
    assert ticket.number in said()
    missing = code_of(ticket)
    missing = paper_digits(PaperCode(Kind.COMPLAINT, "202611", 999, 1, int(missing[-2])))
    scan(missing)
    assert "TS-202611-0999" in said()
    right = code_of(ticket)
    scan(right[:-1] + str((int(right[-1]) + 1) % 10))
    assert said() == _("The code was not read right. Scan the paper again, or type its number.")
    assert window.page("tickets").detail.form is None


def test_the_second_copy_of_a_paper_that_was_entered_is_said(window, order, scan, said, house, now):
    ticket = order()
    draft = PaperReturn(Outcome.SATISFIED, work="换垫片", signed=True)
    returns.return_paper(ticket.id, 1, draft, by=house.desk.id, now=now)
    scan(code_of(ticket))
    assert "10:12" in said()
    assert window.page("tickets").detail.form is None


def test_an_older_paper_and_a_void_ticket_are_only_filed(opened, order, press, house, now):
    ticket = order()
    send = {"handler_id": house.worker.id, "by": house.desk.id, "now": now}
    tickets.dispatch_ticket(ticket.id, **send)
    papers.note_print(ticket.id, PaperKind.WORK_ORDER, 2, by=house.desk.id, now=now)
    form = opened(ticket)
    assert not form.arrived_at.isVisible()
    enter(press)
    assert get_ticket(ticket.id).status is Status.DISPATCHED
    tickets.void_ticket(ticket.id, reason="重复", by=house.desk.id, now=now)
    opened(ticket, 2)
    enter(press)
    assert [one.returned_at is not None for one in list_papers(ticket.id)] == [True, True]
    assert get_ticket(ticket.id).status is Status.VOID


def test_a_form_that_was_begun_is_not_taken_away(
    window, opened, order, scan, said, press, type_words
):
    first, second = order(), order()
    form = opened(first)
    type_words("9:30")
    scan(code_of(second))
    assert first.number in said()
    assert window.page("tickets").detail.form is form
    assert form.arrived_at.text() == "9:30"
    scan(code_of(first))
    assert window.page("tickets").detail.form is form


def test_a_question_stays_and_a_look_at_a_paper_gives_way(
    window, order, scan, form_of, said, office_context, in_dialog, qtbot
):
    ticket = order()

    def answer(dialog):
        scan(code_of(ticket))
        assert ticket.number in said(dialog)

    in_dialog(SettingsDialog, answer)
    SettingsDialog(office_context, window).ask()
    assert window.page("tickets").detail.form is None
    office_context.navigation.ticket_wanted.emit(ticket.id)
    preview = PaperWindow(office_context, window.page("tickets"), "派工单")
    preview.open()
    qtbot.waitUntil(preview.isActiveWindow)
    scan(code_of(ticket))
    form_of(ticket)


# -- printing makes a paper go out


@pytest.fixture
def no_printer(monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", "/nowhere/cups.sock")
    if list_printers().names:
        pytest.skip("this system's printers cannot be hidden, and no test may print on them")


@pytest.fixture
def preview(window, house, now, press, no_printer, qtbot, office_context):
    """The order of a new ticket, looked at before it is printed."""
    draft = TicketDraft(Kind.REPAIR, "灯不亮", unit_id=house.home.id)
    ticket = tickets.register_ticket(draft, by=house.desk.id, now=now)
    office_context.navigation.ticket_wanted.emit(ticket.id)
    press("Ctrl+P")
    (shown,) = window.findChildren(PaperWindow)
    qtbot.waitUntil(lambda: shown.is_settled() and shown.view.file() is not None)
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def test_a_look_at_a_paper_is_no_print(window, preview, now, press, qtbot):
    press("Esc")
    qtbot.waitUntil(lambda: not window.findChildren(PaperWindow))
    assert count_papers_out(now=now) == 0


def test_a_saved_paper_is_out(window, preview, now, press, messages, qtbot, tmp_path):
    messages.expect(tmp_path / "order.pdf")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: count_papers_out(now=now) == 1)
    assert (tmp_path / "order.pdf").exists()
    qtbot.waitUntil(lambda: window.status._papers.text().endswith("1"))


# -- the list


def test_the_status_bar_counts_and_leads_to_the_list(window, order, press, in_dialog, now):
    order()
    late = order(minutes=5 * 24 * 60)
    window.context.changes.tickets_changed.emit()
    assert window.status._papers.text().endswith("2")
    assert "3" in window.status._papers.toolTip()
    seen = []

    def look(dialog):
        seen.extend([dialog.table.current_row().number, dialog.table.records.rowCount()])

    in_dialog(PapersDialog, look)
    press("Ctrl+B")
    assert seen == [late.number, 1]


def test_nobody_who_wants_no_reminder_has_one(window, order, house):
    order()
    wanted = replace(settings.get_settings(), papers_out_days=0)
    settings.save_settings(wanted, by=house.desk.id)
    window.context.changes.settings_changed.emit()
    assert not window.status._papers.isVisible()


def test_enter_in_the_list_opens_the_form(window, order, press, in_dialog, form_of):
    ticket = order(minutes=5 * 24 * 60)
    in_dialog(PapersDialog, lambda _dialog: press("Return"))
    press("Ctrl+B")
    form_of(ticket)


def test_a_lost_paper_leaves_the_list_with_its_reason(
    window, order, press, in_dialog, type_words, now
):
    ticket = order(minutes=5 * 24 * 60)
    problems = []

    def declare(dialog):
        press("Ctrl+Return")
        problems.append(dialog.rows.problem("text"))
        type_words("师傅弄湿了")
        press("Ctrl+Return")

    def lose(_dialog):
        in_dialog(LostDialog, declare)
        press("Del")

    in_dialog(PapersDialog, lose)
    press("Ctrl+B")
    assert problems[0]
    assert list_papers(ticket.id)[0].lost_reason == "师傅弄湿了"
    assert count_papers_out(now=now) == 0


def test_without_a_scanner_the_menu_leads_to_the_form(window, order, press, form_of):
    ticket = order()
    window.context.navigation.ticket_wanted.emit(ticket.id)
    detail = window.page("tickets").detail
    detail.act_wanted.emit("return")
    form_of(ticket)


def test_r41_the_time_line_tells_what_the_paper_said(order, house, now):
    ticket = order()
    draft = PaperReturn(Outcome.SATISFIED, work="换垫片", cause="老化", signed=True)
    closed = returns.return_paper(ticket.id, 1, draft, by=house.desk.id, now=now)
    said = {event.kind.value: event_words(event) for event in closed.events}
    assert "老化" in said["completed"]
    assert str(OUTCOME_LABELS[Outcome.SATISFIED]) in said["paper-returned"]
    assert _("signed") in said["paper-returned"]
    assert str(PAPER_LABELS[PaperKind.WORK_ORDER]) in said["printed"]


def test_an_arrival_that_was_noted_is_shown_and_costs_no_other_keys(
    opened, order, press, house, now
):
    ticket = order()
    arrived = now - timedelta(minutes=30)
    tickets.arrive_ticket(ticket.id, by=house.desk.id, now=now, at=arrived)
    form = opened(ticket)
    assert form.arrived_at.text() == "11-21 09:42"
    enter(press, "Tab", "Tab", "1")
    closed = get_ticket(ticket.id)
    assert closed.status is Status.CLOSED
    assert [event.kind.value for event in closed.events].count("arrived") == 1


def test_r02_an_arrival_can_be_typed_though_the_work_had_waited(
    opened, order, press, type_words, house, now
):
    ticket = order()
    by = {"by": house.desk.id, "now": now}
    sent = now - timedelta(minutes=50)
    tickets.suspend_ticket(ticket.id, "material", text="等配件", at=sent, **by)
    tickets.resume_ticket(ticket.id, at=sent, **by)
    opened(ticket)
    type_words("9:40")
    enter(press, "Tab", "Tab", "1")
    closed = get_ticket(ticket.id)
    assert closed.status is Status.CLOSED
    assert [f"{one.at:%H:%M}" for one in closed.events if one.kind.value == "arrived"] == ["09:40"]


def test_today_tells_of_papers_that_are_out_for_too_long(window, order, in_dialog, press, focus):
    late = order(minutes=5 * 24 * 60)
    window.context.changes.tickets_changed.emit()
    window.show_page("today")
    (notice,) = window.page("today").findChildren(PaperNotice)
    assert notice.sentence()
    seen = []
    in_dialog(PapersDialog, lambda dialog: seen.append(dialog.table.current_row().number))
    while focus() is not notice:
        press("Tab")
    press("Space")
    assert seen == [late.number]


def test_today_says_nothing_of_papers_that_went_out_today(window, order):
    order()
    window.context.changes.tickets_changed.emit()
    window.show_page("today")
    (notice,) = window.page("today").findChildren(PaperNotice)
    assert notice.sentence() == ""


def test_the_list_is_printed_as_it_is_seen(window, order, press, in_dialog, pages_of, no_printer):
    late = order(minutes=5 * 24 * 60)
    today = order()
    seen = []

    def look(dialog):
        press("Ctrl+Shift+P")
        seen.append(pages_of(dialog))

    in_dialog(PapersDialog, look)
    press("Ctrl+B")
    assert late.number in seen[0]
    assert today.number not in seen[0]


def test_d27_a_scanned_receipt_opens_the_account_and_the_receipt(window, house, now, scan, qtbot):
    draft = PaymentDraft(house.home.id, (MeansPart(Means.CASH, 10_000),), overpay_to_prepaid=True)
    payment = take_payment(draft, by=house.desk.id, now=now)
    mark = office_mark(rows("SELECT uid FROM office")[0][0])
    scan(receipt_digits(ReceiptCode(now.year, 1, mark)))
    qtbot.waitUntil(lambda: bool(window.findChildren(PaperWindow)))
    fees = window.page("fees")
    assert fees.isVisible()
    assert fees.account.unit.id == house.home.id
    assert payment.number in window.findChildren(PaperWindow)[0].windowTitle()


def test_l16_a_guard_who_scans_a_receipt_is_told_why_not(
    window, house, now, scan, said, office_context
):
    draft = PaymentDraft(house.home.id, (MeansPart(Means.CASH, 10_000),), overpay_to_prepaid=True)
    take_payment(draft, by=house.desk.id, now=now)
    order = find_department("安管部").id
    office_context.staff = staff.add_staff(
        "赵队长", by=house.desk.id, department_id=order, role=Role.SUPERVISOR
    )
    mark = office_mark(rows("SELECT uid FROM office")[0][0])
    scan(receipt_digits(ReceiptCode(now.year, 1, mark)))
    assert "26、30" in said() or "26, 30" in said()
