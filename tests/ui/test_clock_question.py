"""A clock that stands before the journal asks at the start (decision 34)."""

from datetime import timedelta

import pytest

from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import tickets
from ui.main_window import MainWindow
from ui.session import after_sitting_down


@pytest.fixture
def seated(office_context, house, now, showing):
    """The window of an office whose last entry was made `now`."""
    draft = TicketDraft(kind=Kind.REPAIR, text="灯不亮", unit_id=house.home.id)
    tickets.register_ticket(draft, by=house.desk.id, now=now)
    window = MainWindow(office_context.theme, office_context.memory)
    window.sit_down(office_context)
    showing(window, 1280, 720)
    return window


def test_a_clock_that_went_back_is_asked_about_and_the_window_closes(
    seated, office_context, messages, now
):
    office_context.now = lambda: now - timedelta(days=2)
    messages.expect("stop")
    after_sitting_down(seated, office_context)
    (asked,) = messages.asked
    assert f"{now:%Y-%m-%d %H:%M}" in asked[1]
    assert f"{now - timedelta(days=2):%Y-%m-%d %H:%M}" in asked[1]
    assert not seated.isVisible()


def test_the_clerk_may_say_that_the_time_is_right(
    seated, office_context, messages, now, monkeypatch
):
    office_context.now = lambda: now + timedelta(days=31)
    monkeypatch.setattr(seated.status, "ask_who", lambda: None)
    messages.expect("go")
    after_sitting_down(seated, office_context)
    assert len(messages.asked) == 1
    assert seated.isVisible()


def test_a_clock_that_is_right_asks_nothing(seated, office_context, messages, monkeypatch):
    asked = []
    monkeypatch.setattr(seated.status, "ask_who", lambda: asked.append("who"))
    after_sitting_down(seated, office_context)
    assert messages.asked == []
    assert asked == ["who"]
