"""Letters by the keyboard alone: a stage made, approved, printed, sent; one house; their words."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from propdesk.domain.dunning import LetterState, Stage
from propdesk.domain.fee_letters import letter_digits
from propdesk.domain.fee_settings import FeeSettings
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.units import Address
from propdesk.i18n import set_language
from propdesk.services import tickets, units
from propdesk.services.fee_letters import make_letters
from propdesk.services.fee_settings import save_fee_settings
from propdesk.services.fee_templates import get_template
from propdesk.services.printing_fee_letters import print_fee_letters
from propdesk.services.queries.dunning_acts import list_acts
from propdesk.services.queries.fee_letters import list_fee_letters
from propdesk.services.queries.letter_rows import LetterScope, list_letter_rows
from propdesk.storage.charging import BillRecord, FeeItemRecord
from propdesk.storage.database import rows
from ui import printer_row, printers
from ui.dialogs.fee_letter_sent_dialog import FeeLetterSentDialog
from ui.dialogs.fee_letter_window import FeeLetterWindow
from ui.dialogs.fee_letters_dialog import FeeLettersDialog
from ui.dialogs.fee_template_dialog import FeeTemplateDialog


@pytest.fixture(autouse=True)
def english():
    set_language("en")


@pytest.fixture
def owing(house, now):
    """Two houses owe 300.00 each since 31 August; a complaint of the second is open."""
    save_fee_settings(FeeSettings(payee="和苑物业服务有限公司"), by=house.desk.id)
    other = units.add_unit(Address("2", "1", "101"), community="云澜花园", by=house.desk.id)
    item = FeeItemRecord.create(
        code="service", name="物业服务费", formula="area", income="service", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip
    for unit in (house.home, other):
        BillRecord.create(
            unit=unit.id, fee_item=item.id, kind="charge", from_on=date(2026, 8, 1),
            until_on=date(2026, 8, 31), due_on=date(2026, 8, 31), amount_fen=30_000,
            entered_at=now.replace(tzinfo=None), staff=house.desk.id,
            person=house.owner.person_id if unit is house.home else None,
        )  # fmt: skip
    draft = TicketDraft(Kind.COMPLAINT, "楼道没人打扫", unit_id=other.id)
    tickets.register_ticket(draft, by=house.desk.id, now=now)
    return house.home, other


@pytest.fixture
def paper(monkeypatch):
    """A printer that takes what it is given; the files that came."""
    sent = []
    monkeypatch.setattr(printer_row, "list_printers", lambda: printers.Printers(("HP LaserJet",)))
    monkeypatch.setattr(
        printer_row, "print_file", lambda job, _progress: sent.append(job.file.read_bytes())
    )
    return sent


def shown(qtbot, dialog):
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.open()
        dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.waitUntil(dialog.is_settled)
    return dialog


def test_a_stage_leaves_complaints_alone_until_a_reason_is_given(
    office_context, page, owing, qtbot, press, type_words
):
    home, other = owing
    dialog = shown(qtbot, FeeLettersDialog(office_context, page))
    assert dialog.stages.current_row().stage is Stage.REMINDER
    assert "1 house, 300.00 yuan" in dialog._told.text()
    assert "a complaint is open 1" in dialog._told.text()
    press("Return", "Down", "Space", "Ctrl+Return")
    assert "Give the reason" in dialog._problem.text()
    type_words("已答复")
    office_context.messages.expect(None)  # what the letters lack
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: dialog.made is not None)
    assert "The unified social credit code is missing" in office_context.messages.asked[-1][1]
    assert {letter.unit_id for letter in list_fee_letters()} == {home.id, other.id}
    assert rows("SELECT unit_id, text FROM arrears_note WHERE kind = 'override'") == [
        (other.id, "已答复")
    ]


def test_a_house_gets_its_next_letter_by_one_key_as_it_was_seen(
    office_context, page, owing, paper, qtbot, press
):
    window = FeeLetterWindow(office_context, page, owing[0].id, owing[0].short)
    shown(qtbot, window)
    assert window.stage.value() == "1"
    assert list_fee_letters() == ()
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: bool(paper))
    (letter,) = list_fee_letters()
    assert (letter.state, letter.prints, letter.unit_id) == (LetterState.PRINTED, 1, owing[0].id)
    kept = office_context.office.attachments / letter.pdf_sha256[:2] / f"{letter.pdf_sha256}.pdf"
    assert paper == [kept.read_bytes()]


def test_ems_numbers_are_scanned_with_the_bars_of_their_letters(
    office_context, page, owing, now, qtbot, press, type_words, tmp_path
):
    at = {"by": office_context.staff.id, "now": now}
    rows("UPDATE ticket SET is_open = 0")
    made = make_letters(Stage.REMINDER, **at)
    print_fee_letters(office_context.office, made.letter_ids, tmp_path / "a.pdf", **at)
    found = list_letter_rows(LetterScope(batch_id=made.batch_id))
    dialog = FeeLetterSentDialog(office_context, page, found)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.open()
        dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.field)
    last = found[-1]
    type_words("12")
    press("Return")
    assert "no EMS number" in dialog._problem.text()
    type_words(letter_digits(last.id, last.dated_on))
    press("Return")
    type_words("1234567890123")
    press("Return")
    (act,) = list_acts(last.unit_id)
    assert (act.express_number, act.letter_id) == ("1234567890123", last.id)
    assert dialog.table.current_row() == found[0]
    press("Ctrl+Return")
    assert {letter.state for letter in list_fee_letters()} == {LetterState.SENT}


def test_f65_the_linter_reads_along_and_the_words_are_stored(
    office_context, page, owing, qtbot, press, type_words
):
    dialog = shown(qtbot, FeeTemplateDialog(office_context, page, stage=Stage.SLIP))
    before = get_template(Stage.SLIP)
    press("Ctrl+End")
    type_words("停x水")
    qtbot.waitUntil(lambda: "停x水" in dialog.parts.problem(0))
    press("Ctrl+Return")
    assert get_template(Stage.SLIP) == before
    press("Backspace", "Backspace", "Backspace")
    type_words("{short}")
    qtbot.waitUntil(lambda: not dialog.parts.problem(0))
    qtbot.waitUntil(dialog.is_settled)
    press("Ctrl+Return")
    assert get_template(Stage.SLIP).parts[0].text == before.parts[0].text + "{short}"
