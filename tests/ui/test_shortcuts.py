"""No key is taken twice where both would answer, and each entry of a menu has a letter of its own.

Qt does nothing at all when a key that two shortcuts claim is pressed: it calls that ambiguous.
"""

from collections import Counter
from collections.abc import Callable, Iterable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.i18n import set_language
from propdesk.services import tickets
from ui.forms.delay_forms import ReportUpForm
from ui.main_window import MainWindow
from ui.pages.ticket_acts import ON_BAR, Act
from ui.pages.ticket_detail import TicketDetail
from ui.pages.ticket_menu import (
    FIRST_ACTS,
    GROUPS,
    LAST_ACTS,
    PHOTOS_LETTER,
    PRINT_LETTER,
    SHEET_LETTERS,
)
from ui.registry import TABS
from ui.sheet_printing import SHEETS


def live_keys(window: QWidget) -> dict[str, list[QWidget]]:
    """Return each key with the widgets where it works now: those in sight."""
    found: dict[str, list[QWidget]] = {}
    for shortcut in window.findChildren(QShortcut):
        home = shortcut.parent()
        if isinstance(home, QWidget) and home.isVisible() and shortcut.isEnabled():
            reach = window if shortcut.context() is Qt.ShortcutContext.WindowShortcut else home
            for keys in QShortcut.keys(shortcut):
                found.setdefault(QKeySequence(keys).toString(), []).append(reach)
    return found


def clashes(window: QWidget) -> dict[str, int]:
    """Return the keys that two things answer where one of them has the focus."""
    return {
        keys: len(homes)
        for keys, homes in live_keys(window).items()
        if any(
            one is other or one.isAncestorOf(other)
            for n, one in enumerate(homes)
            for m, other in enumerate(homes)
            if n != m
        )
    }


@pytest.fixture
def window(office_context, house, now, showing) -> MainWindow:
    for kind in (Kind.REPAIR, Kind.COMPLAINT):
        draft = TicketDraft(kind, "卫生间漏水", unit_id=house.home.id, reporter_name="张先生")
        ticket = tickets.register_ticket(draft, by=house.desk.id, now=now)
    tickets.dispatch_ticket(ticket.id, by=house.desk.id, now=now, handler_id=house.worker.id)
    made = MainWindow(office_context.theme, office_context.memory)
    made.sit_down(office_context)
    showing(made, 1366, 768)
    return made


def test_a_key_taken_twice_is_found(showing):
    home = QWidget()
    for _n in range(2):
        QShortcut(QKeySequence("F6"), home)
    showing(home)
    assert clashes(home) == {"F6": 2}


@pytest.mark.parametrize("tab", [tab.key for tab in TABS])
def test_no_key_is_taken_twice_on_a_page(window, tab):
    window.show_page(tab)
    assert len(live_keys(window)) > 5
    assert clashes(window) == {}


@pytest.mark.parametrize(
    "way",
    [
        ("Ctrl+N",),
        ("Ctrl+N", "Alt+2", "Alt+M"),
        ("F6",),
        ("F7",),
        ("Ctrl+A",),
        ("Ctrl+A", "F6"),
        ("Ctrl+K",),
    ],
    ids="-".join,
)
def test_no_key_is_taken_twice_in_a_form_of_the_tickets_page(window, press, way):
    window.show_page("tickets")
    press(*way)
    assert clashes(window) == {}


@pytest.mark.parametrize(
    "act",
    [Act.URGE, Act.PROMISE, Act.REPORT_UP, Act.JUDGE, Act.NOTE, Act.SUSPEND, Act.VIOLATION,
     Act.INCIDENT, Act.MERGE, Act.LINK, Act.FOLLOW_UP, Act.CLOSE, Act.COMPLETE],
)  # fmt: skip
def test_no_key_is_taken_twice_in_the_small_forms(window, act):
    window.show_page("tickets")
    detail = window.findChild(TicketDetail)
    detail.open_form(act)
    assert detail.form is not None
    assert clashes(window) == {}


# -- letters of the menus


def letters(actions: Iterable[QAction]) -> list[str]:
    """Return the letter of each entry as Qt reads it."""
    return [
        QKeySequence.mnemonic(action.text()).toString()
        for action in actions
        if not action.isSeparator()
    ]


def test_every_act_stands_on_the_bar_or_in_the_menu_and_only_once():
    in_menu = [*FIRST_ACTS, *(act for group in GROUPS for act in group.acts), *LAST_ACTS]
    assert max(Counter(in_menu).values()) == 1
    assert set(in_menu) | set(ON_BAR) == set(Act)
    assert set(SHEET_LETTERS) == set(SHEETS)


def test_each_entry_has_a_letter_of_its_own_whatever_the_ticket_allows():
    top = [*FIRST_ACTS.values(), *LAST_ACTS.values(), PHOTOS_LETTER, PRINT_LETTER]
    top += [group.letter for group in GROUPS]
    for menu in (top, SHEET_LETTERS.values(), *(group.acts.values() for group in GROUPS)):
        assert max(Counter(menu).values()) == 1


@pytest.fixture(params=["zh_CN", "en"])
def language(request) -> Iterable[str]:
    set_language(request.param)
    yield request.param
    set_language("zh_CN")


@pytest.fixture
def open_more(window, press, focus) -> Callable[[QWidget], QMenu]:
    def open_menu(button: QWidget) -> QMenu:
        for _n in range(60):
            if focus() is button:
                break
            press("Shift+Tab")
        press("Space")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    return open_menu


def test_the_menus_show_those_letters_in_both_languages(language, window, open_more, press):
    window.show_page("tickets")
    page = window.page("tickets")
    for button in (page.more, page.detail.more):
        menu = open_more(button)
        shown = letters(menu.actions())
        assert all(shown)
        assert max(Counter(shown).values()) == 1
        press("Esc")


def test_two_letters_open_the_form_of_a_rare_act(window, open_more, press):
    window.show_page("tickets")
    detail = window.page("tickets").detail
    open_more(detail.more)
    press("U", "R")
    assert isinstance(detail.form, ReportUpForm)


def test_what_ends_the_ticket_stands_last(window, open_more, press):
    window.show_page("tickets")
    menu = open_more(window.page("tickets").detail.more)
    assert letters(menu.actions())[-1] == "Alt+" + LAST_ACTS[Act.VOID]
    press("Esc")
