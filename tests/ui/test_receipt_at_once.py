"""A receipt that goes to the printer as soon as the money is taken (forms.md 5.3)."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from propdesk.domain.bills import BillDraft
from propdesk.domain.errors import RuleError
from propdesk.services.bills import add_bill
from propdesk.services.fee_items import propose_items
from propdesk.services.fee_settings import get_fee_settings, save_fee_settings
from propdesk.services.queries.payments import get_payment
from ui import at_once_printing, printer_row, printers
from ui.dialogs.till_dialog import TillDialog, open_till
from ui.printing import PaperWindow
from ui.widgets.badges import Toast

DAY = date(2026, 11, 1)


@pytest.fixture
def page(house, showing):
    return showing(QWidget(), 1366, 768)


@pytest.fixture
def at_once(house, now):
    """An office that wants receipts at once, and a bill of 120.00."""
    save_fee_settings(replace(get_fee_settings(), receipt_at_once=True), by=house.desk.id)
    propose_items(by=house.desk.id, now=now)
    draft = BillDraft(12_000, "-", DAY, date(2026, 11, 30), DAY)
    add_bill(house.home.id, "wy", draft, by=house.desk.id, now=now)


@pytest.fixture
def take(office_context, house, page, press, in_dialog, at_once):
    """Take the money by one key."""

    def act():
        in_dialog(TillDialog, lambda _dialog: press("Ctrl+Return"))
        return open_till(office_context, page, house.home.id)

    return act


def windows(page):
    return page.findChildren(PaperWindow)


def test_p4_a_receipt_is_printed_at_once_on_the_printer_that_took_the_last(
    office_context, page, take, qtbot, monkeypatch
):
    sent = []
    known = printers.Printers(("Laser", "EPSON"))
    monkeypatch.setattr(at_once_printing, "list_printers", lambda: known)
    monkeypatch.setattr(office_context.memory, "recall", {"printer/A5": "EPSON"}.get)
    monkeypatch.setattr(
        at_once_printing,
        "print_file",
        lambda job, _progress: sent.append((job.printer, job.file.read_bytes()[:5])),
    )
    payment = take()
    qtbot.waitUntil(lambda: get_payment(payment.id).prints == 1)
    assert sent == [("EPSON", b"%PDF-")]
    assert windows(page) == []
    assert payment.number in page.findChild(Toast).words()
    assert not list(office_context.papers.glob("*.pdf"))


@pytest.mark.parametrize("fault", ["no printer", "paper jam"])
def test_p4_where_it_cannot_be_printed_at_once_it_is_shown(
    office_context, page, take, qtbot, monkeypatch, messages, press, fault
):
    def give_up(_job, _progress):
        raise RuleError("print-refused", "卡纸")

    known = printers.Printers(() if fault == "no printer" else ("EPSON",))
    monkeypatch.setattr(at_once_printing, "list_printers", lambda: known)
    monkeypatch.setattr(printer_row, "list_printers", lambda: known)
    monkeypatch.setattr(at_once_printing, "print_file", give_up)
    if fault == "paper jam":
        messages.expect(None)
    payment = take()
    qtbot.waitUntil(lambda: len(windows(page)) == 1 and windows(page)[0].isActiveWindow())
    qtbot.waitUntil(windows(page)[0].is_settled)
    # A part of it may have come out: then the next one says that it is a reprint.
    assert get_payment(payment.id).prints == (1 if fault == "paper jam" else 0)
    press("Escape")
    qtbot.waitUntil(lambda: not windows(page))
