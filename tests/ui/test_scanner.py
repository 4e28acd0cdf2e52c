"""The scanner among the keys: a code is taken out wherever it goes, a hand is never taken for one.

Keys come in through the window, as the system hands them in, with the time between them.
"""

from datetime import date

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from propdesk.domain.fee_letters import letter_digits
from propdesk.domain.numbers import PaperCode, paper_digits, qr_text
from propdesk.domain.receipt_codes import ReceiptCode, receipt_digits
from propdesk.domain.tickets import Kind
from ui.forms.answer_row import AnswerRow
from ui.scanner import GAP_MS, Scanner, is_code, may_begin_code
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, TextField

DIGITS = paper_digits(PaperCode(Kind.REPAIR, "202611", 31, 1, 4))
RECEIPT = receipt_digits(ReceiptCode(2026, 31, 4))
QR = qr_text("BX-202611-0031", 1, 4)


class Desk(QWidget):
    """A field, a text and an answer row: the three things that digits mean something to."""

    def __init__(self, theme):
        super().__init__()
        self.line = LineField(theme, "行")
        self.text = TextField(theme, "文")
        self.answers = AnswerRow(theme, "回答", [Choice("yes", "是"), Choice("no", "否")])
        self.answered = []
        self.answers.answered.connect(self.answered.append)
        column = QVBoxLayout(self)
        for part in (self.line, self.text, self.answers):
            column.addWidget(part)


@pytest.fixture
def desk(theme, showing):
    return showing(Desk(theme))


@pytest.fixture
def scans(qapp, desk):
    """The codes that were taken out of the keys."""
    found = []
    scanner = Scanner(qapp, desk)
    scanner.scanned.connect(found.append)
    yield found
    scanner.stop()


@pytest.fixture
def burst(desk):
    """Type as a scanner does: into the window, with a few milliseconds between, then Enter."""

    def type_burst(code, *, gap=0, enter=True):
        window = desk.windowHandle()
        for character in code:
            shift = Qt.KeyboardModifier.ShiftModifier
            modifier = shift if character.isupper() else Qt.KeyboardModifier.NoModifier
            QTest.keyClick(window, character, modifier, gap)
        if enter:
            QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, gap)

    return type_burst


@pytest.mark.parametrize("code", [DIGITS, QR])
def test_a_burst_is_taken_out_and_the_field_is_unharmed(desk, scans, burst, press, qtbot, code):
    burst("12", enter=False)
    qtbot.waitUntil(lambda: desk.line.words() == "12")
    press("Home", "Shift+Right")
    changes = []
    desk.line.textEdited.connect(changes.append)
    desk.line.finished.connect(lambda: changes.append("enter"))
    burst(code)
    qtbot.waitUntil(lambda: scans == [code])
    assert desk.line.hasFocus()
    assert (desk.line.text(), desk.line.selectedText()) == ("12", "1")
    assert changes == []


def test_a_text_of_several_lines_gets_no_new_line(desk, scans, burst, press, qtbot):
    press("Tab")
    burst("abc", enter=False)
    burst(DIGITS, gap=5)
    qtbot.waitUntil(lambda: scans == [DIGITS])
    assert desk.text.toPlainText() == "abc"


def test_no_digit_of_a_code_is_an_answer(desk, scans, burst, press, qtbot):
    press("Tab", "Tab")
    burst(DIGITS)
    qtbot.waitUntil(lambda: scans == [DIGITS])
    assert desk.answered == []
    burst("2", enter=False)
    qtbot.waitUntil(lambda: desk.answered == ["no"])


def test_a_misread_code_is_taken_out_too(desk, scans, burst, qtbot):
    wrong = DIGITS[:-1] + str((int(DIGITS[-1]) + 1) % 10)
    burst(wrong)
    qtbot.waitUntil(lambda: scans == [wrong])
    assert desk.line.text() == ""


@pytest.mark.parametrize(
    "words", ["13800001234", "3-2-501", "BX-202611-0031", "6222021234567890", "2026", "120", "A"]
)
def test_what_is_no_code_goes_on_in_its_order_and_enter_behind_it(desk, scans, burst, qtbot, words):
    burst(words)
    qtbot.waitUntil(desk.text.hasFocus)
    assert desk.line.text() == words
    assert scans == []


def test_a_fast_hand_is_no_scanner(desk, scans, qtbot):
    # Nobody types sixteen digits so evenly, and yet it is left alone.
    for character in DIGITS:
        QTest.keyClick(desk.windowHandle(), character)
        qtbot.wait(GAP_MS + 15)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_Return)
    qtbot.waitUntil(desk.text.hasFocus)
    assert desk.line.text() == DIGITS
    assert scans == []


def test_a_stop_of_the_program_within_a_burst_does_not_break_it(desk, scans, burst, qtbot):
    burst(DIGITS[:9], enter=False)
    stop = QElapsedTimer()
    stop.start()
    while stop.elapsed() < 4 * GAP_MS:
        pass
    # What is due by the clock may come before the keys that wait.
    qtbot.wait(1)
    burst(DIGITS[9:])
    qtbot.waitUntil(lambda: scans == [DIGITS])
    assert desk.line.text() == ""


def test_a_held_key_is_no_scanner(desk, scans, qapp, qtbot):
    for is_repeat in (False, *[True] * 15):
        event = QKeyEvent(
            QKeyEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", is_repeat
        )
        qapp.sendEvent(desk.windowHandle(), event)
    assert desk.line.text() == "1" * 16
    assert scans == []


def test_a_single_digit_comes_without_another_key(desk, scans, burst, qtbot):
    burst("1", enter=False)
    qtbot.waitUntil(lambda: desk.line.text() == "1", timeout=500)


def test_two_codes_one_after_the_other_are_two(desk, scans, burst, qtbot):
    burst(DIGITS)
    burst(QR)
    qtbot.waitUntil(lambda: scans == [DIGITS, QR])
    assert desk.line.text() == ""


def test_a_code_behind_typed_digits_is_found(desk, scans, burst, qtbot):
    burst("12", enter=False)
    burst(DIGITS)
    qtbot.waitUntil(lambda: scans == [DIGITS])
    assert desk.line.text() == "12"


def test_keys_with_control_are_left_alone(desk, scans, burst, press, qtbot):
    burst("120", enter=False)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert desk.line.selectedText() == "120"


def test_a_scanner_that_is_stopped_keeps_no_key(qapp, desk, burst):
    scanner = Scanner(qapp, desk)
    burst("1", enter=False)
    scanner.stop()
    assert desk.line.text() == "1"
    burst("2", enter=False)
    assert desk.line.text() == "12"


@pytest.mark.parametrize("code", [DIGITS, QR, RECEIPT, letter_digits(34, date(2026, 11, 20))])
def test_every_beginning_of_a_code_is_held(code):
    assert all(may_begin_code(code[:length]) for length in range(1, len(code) + 1))
    assert is_code(code)
    assert not is_code(code[:-1])


def test_d27_a_dialog_gets_the_bars_of_a_receipt_itself(desk, scans, burst, showing, theme, qtbot):
    dialog = QDialog(desk)
    field = LineField(theme, "收据")
    QVBoxLayout(dialog).addWidget(field)
    dialog.open()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    qtbot.waitUntil(field.hasFocus)
    for character in RECEIPT:
        QTest.keyClick(dialog.windowHandle(), character, Qt.KeyboardModifier.NoModifier, 0)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, 0)
    qtbot.waitUntil(lambda: len(field.text()) == len(RECEIPT), timeout=2000)
    assert field.text() == RECEIPT
    assert scans == []
