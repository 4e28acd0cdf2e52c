"""Older and newer data at the start of the window: brought up to date beside it, or a way back."""

import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from propdesk import clock
from propdesk.domain.backups import SUFFIX
from propdesk.services import backups, offices
from propdesk.services.queries.tickets import TicketFilter, count_tickets
from ui.dialogs.work_dialog import WorkDialog
from ui.start import open_at_start
from ui.widgets.labels import Label


@pytest.fixture
def start(messages, theme):
    """Open an office as the window's start does; it is closed when the test ends."""
    opened = []

    def open_it(named):
        begun = open_at_start(named, messages, theme, is_kept=True)
        if begun is None:
            return None
        opened.append(begun.office)
        return begun.office

    yield open_it
    for office in opened:
        offices.close_office(office)


def content(folder: Path) -> bytes:
    return (folder / "office.db").read_bytes()


def tickets() -> int:
    return count_tickets(TicketFilter(), now=clock.now())


def backup_of(folder: Path) -> Path:
    (only,) = (folder / "backups").glob(f"*{SUFFIX}")
    return only


def test_older_data_is_brought_up_to_date_beside_the_window(start, old_office, frozen):
    seen = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        seen.append((type(dialog), [label.text() for label in dialog.findChildren(Label)]))

    QTimer.singleShot(0, look)
    office = start(old_office)
    assert tickets() == frozen.tickets
    assert seen[0][0] is WorkDialog
    assert "备份" in " ".join(seen[0][1]) or "backup" in " ".join(seen[0][1])
    assert backups.verify_backup(backup_of(old_office)).schema == frozen.version
    assert office.folder == old_office
    assert office.upgraded_after is None


@pytest.mark.oldest_and_newest
def test_a_backup_without_its_second_copy_is_said(
    start, old_office, messages, second_place, frozen
):
    messages.expect(None)
    assert start(old_office)
    assert tickets() == frozen.tickets
    ((_title, sentence),) = messages.asked
    assert str(second_place) in sentence


@pytest.mark.oldest_and_newest
def test_esc_too_late_leaves_what_is_done(start, old_office, press, monkeypatch, frozen):
    real = offices.upgrade_office

    def done_already(folder, *, now, on_progress):
        """An upgrade that ends while the button is pressed: it says so to nobody any more."""
        real(folder, now=now)
        QTimer.singleShot(0, QApplication.instance(), lambda: press("Esc"))
        threading.Event().wait(1)

    monkeypatch.setattr(offices, "upgrade_office", done_already)
    assert start(old_office)
    assert tickets() == frozen.tickets


def test_present_data_is_opened_without_a_dialog(start, old_office):
    offices.upgrade_office(old_office, now=clock.now())
    seen = []
    QTimer.singleShot(0, lambda: seen.append(QApplication.activeModalWidget()))
    start(old_office)
    QApplication.processEvents()
    assert seen == [None]


@pytest.mark.oldest_and_newest
def test_esc_stops_it_with_nothing_changed_and_it_can_be_tried_again(
    start, old_office, messages, press, monkeypatch, frozen
):
    before = content(old_office)
    real, tick = offices.upgrade_office, QTimer(interval=10)
    goes_on = threading.Event()

    def slowly(folder, *, now, on_progress):
        """The backup of a very large office: it ends when it is told to."""

        def progress(done, total):
            while not goes_on.wait(0.01):
                on_progress(done, total)

        real(folder, now=now, on_progress=progress)

    def stop() -> None:
        if QApplication.focusWidget() is not None:
            press("Esc")
            tick.stop()

    monkeypatch.setattr(offices, "upgrade_office", slowly)
    tick.timeout.connect(stop)
    tick.start()
    messages.expect("quit")
    assert start(old_office) is None
    assert content(old_office) == before
    assert not list((old_office / "backups").glob("*.p*"))
    goes_on.set()
    assert start(old_office)
    assert tickets() == frozen.tickets


@pytest.mark.oldest_and_newest
def test_without_a_backup_nothing_is_changed_and_it_can_be_tried_again(
    start, old_office, messages, monkeypatch
):
    in_the_way = old_office / "backups"
    in_the_way.write_text("a file")
    before = content(old_office)
    real = messages.choose

    def make_room(*asked):
        assert content(old_office) == before
        in_the_way.unlink()
        return real(*asked)

    monkeypatch.setattr(messages, "choose", make_room)
    messages.expect("again")
    assert start(old_office).folder == old_office
    assert str(in_the_way) in messages.asked[0][1]
    assert backup_of(old_office)


@pytest.mark.oldest_and_newest
def test_from_newer_data_one_key_leads_back_to_the_exact_backup(
    start, old_office, messages, future, frozen
):
    with future():
        offices.upgrade_office(old_office, now=clock.now())
    newer, backup = content(old_office), backup_of(old_office)
    messages.expect("restore")
    office = start(old_office)
    assert office.folder.parent == old_office.parent
    assert office.folder != old_office
    assert tickets() == frozen.tickets
    assert content(old_office) == newer
    assert offices.remembered_office() == office.folder
    assert backup.name in messages.asked[0][1]
    assert "9.9.0" in messages.asked[0][1]


@pytest.mark.oldest_and_newest
def test_newer_data_without_a_way_back_can_be_left(start, old_office, messages, future):
    with future():
        offices.upgrade_office(old_office, now=clock.now())
    backup_of(old_office).unlink()
    newer = content(old_office)
    messages.expect("restore", None, "quit")
    assert start(old_office) is None
    assert content(old_office) == newer


@pytest.mark.oldest_and_newest
def test_a_protected_office_can_be_tried_again_or_restored(
    start, old_office, messages, monkeypatch, frozen
):
    offices.upgrade_office(old_office, now=clock.now())
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: Path(path).parent != old_office and real(path, mode)
    )
    messages.expect("again", "restore")
    office = start(old_office)
    assert office.folder != old_office
    assert tickets() == frozen.tickets
