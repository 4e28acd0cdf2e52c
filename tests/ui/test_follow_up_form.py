"""Follow-ups and breaches as a clerk does them: by keys alone, in the detail of the ticket."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QAbstractButton

from propdesk.domain.sampling import find_row
from propdesk.domain.scores import DIMENSION_LABELS, Dimension
from propdesk.domain.tickets import EventKind, Kind, Satisfaction, Status, TicketDraft
from propdesk.domain.violations import STEPS, StepDraft
from propdesk.services import tickets, violations
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.settings import get_settings
from ui.dialogs.settings_dialog import SettingsDialog
from ui.forms.follow_up_form import FollowUpForm
from ui.pages.ticket_acts import LOOKS, Act, can_act, next_act
from ui.pages.tickets import TicketsPage
from ui.pages.today import TodayPage
from ui.pages.violation_notice import ViolationNotice
from ui.widgets.labels import Label
from ui.widgets.stepper import Stepper


@pytest.fixture
def take_in(house, now):
    """Register a ticket two hours ago."""

    def register(kind=Kind.REPAIR, text="厨房灯不亮"):
        draft = TicketDraft(kind, text, unit_id=house.home.id, reporter_name="张先生")
        then = now - timedelta(hours=2)
        return tickets.register_ticket(draft, by=house.desk.id, now=then)

    return register


@pytest.fixture
def sampled(house, now, take_in):
    """A repair that closed an hour ago and was drawn."""
    ticket, then = take_in(), now - timedelta(hours=1)
    tickets.complete_ticket(ticket.id, text="已换灯管", by=house.desk.id, now=then)
    return tickets.reply_ticket(
        ticket.id, text="已告知", by=house.desk.id, now=then, chance=lambda: 1
    )


@pytest.fixture
def page(office_context, house, showing):
    """The page on the open office; the keyboard stands on the next step of the first ticket."""

    def open_page():
        shown = TicketsPage(office_context)
        office_context.changes.tickets_changed.connect(shown.mark_stale)
        showing(shown, 1366, 692)
        shown.catch_up()
        shown.enter()
        return shown

    return open_page


def test_d28_one_key_answers_a_sampled_follow_up(page, press, sampled):
    page()
    press("F7", "1")
    asked = get_ticket(sampled.id)
    assert (asked.status, asked.satisfaction) == (Status.CLOSED, Satisfaction.SATISFIED)
    assert asked.follow_up_due_on is None
    assert next_act(asked) is None
    assert not can_act(asked, Act.FOLLOW_UP)


def test_r40_a_dissatisfied_sampled_caller_needs_words_and_reopens(
    page, press, type_words, sampled
):
    shown = page()
    press("F7", "3")
    assert get_ticket(sampled.id).status is Status.CLOSED
    type_words("还在闪")
    press("Ctrl+Return")
    again = get_ticket(sampled.id)
    assert (again.status, again.round) == (Status.RECEIVED, 2)
    assert "2" in shown.toast.words()


def test_r66_scores_and_checklist_wait_behind_the_fold(page, press, type_words, focus, sampled):
    shown = page()
    press("F7")
    form = shown.detail.form
    assert isinstance(form, FollowUpForm)
    assert not form.checks.isVisible()
    press("Alt+M")
    assert form.checks.isVisible()
    # Solved, and not in time; five digits; the answer.
    press("1", "2", "2")
    press(*["Tab"] * 5)
    assert focus() is form.scores
    type_words("54532")
    assert "4.13" in form.scores.hint.text()
    press("Tab", "1")
    detail = get_ticket(sampled.id).events[-1].detail
    assert detail["scores"] == "5,4,5,3,2"
    assert (detail["solved"], detail["in-time"], detail["score"]) == ("yes", "no", "4.13")
    assert "manners" not in detail


def test_r66_four_scores_are_marked_where_they_stand(page, press, type_words, focus, sampled):
    shown = page()
    press("F7", "Alt+M")
    press(*["Tab"] * 5)
    type_words("5453")
    press("Tab", "1")
    form = shown.detail.form
    assert form.rows.problem("scores")
    assert focus() is form.scores
    assert get_ticket(sampled.id).satisfaction is None


def test_r40_after_three_calls_a_sampled_ticket_may_be_asked_no_more(
    page, press, type_words, house, now, sampled
):
    shown = page()
    for _try in range(2):
        press("F7", "4")
    press("F7", "5")
    assert shown.detail.form is not None
    press("4")
    press("F7", "5")
    type_words("三次未接通")
    press("Ctrl+Return")
    ended = get_ticket(sampled.id)
    assert (ended.status, ended.follow_up_due_on) == (Status.CLOSED, None)
    kinds = [event.kind for event in ended.events]
    assert kinds.count(EventKind.FOLLOWED_UP) == 4


def test_d28_the_detail_says_what_was_drawn_and_the_archive_number(page, sampled):
    shown = page()
    facts = " ".join(label.text() for label in shown.findChildren(Label) if label.isVisible())
    assert "30 %" in facts
    assert sampled.archive_number in facts


# -- breaches of rules


@pytest.fixture
def breach(house, now, take_in):
    """A complaint about works on a wall, marked as a breach of the rules of decoration."""
    ticket = take_in(Kind.COMPLAINT, "二楼拆承重墙")
    then = now - timedelta(hours=1)
    return violations.mark_violation(ticket.id, "decoration", by=house.desk.id, now=then)


@pytest.fixture
def walk_to(press, focus):
    """Walk with Tab to what bears a word."""

    def walk(word):
        for _stop in range(40):
            if isinstance(focus(), QAbstractButton) and focus().text() == word:
                return
            press("Tab")
        pytest.fail(f"Tab does not lead to {word}")

    return walk


def test_l942_the_three_steps_by_keys_from_the_banner(
    page, press, type_words, focus, walk_to, breach
):
    shown = page()
    assert shown.findChild(Stepper).isVisible()
    for act, words in ((Act.DISSUADE, "已劝阻"), (Act.STOP, "已制止")):
        walk_to(str(LOOKS[act].word))
        press("Return")
        type_words(words)
        press("Ctrl+Return")
    walk_to(str(LOOKS[Act.REPORT_OUT].word))
    press("Return")
    type_words("已报告")
    press("Ctrl+Return")
    form = shown.detail.form
    assert form.rows.problem("authority")
    assert focus() is form.authority
    type_words("城管")
    press("Return")
    type_words("CG-0231")
    press("Ctrl+Return")
    done = get_ticket(breach.id)
    assert [event.kind for event in done.events[-3:]] == list(STEPS)
    assert done.events[-1].detail["receipt"] == "CG-0231"
    assert done.events[-1].detail["authority"] == "城管"


def test_l942_a_breach_is_marked_from_the_menu_by_digits(page, press, take_in):
    ticket = take_in(Kind.COMPLAINT, "楼道堆放电动车")
    shown = page()
    shown.detail.take_focus()
    shown.detail.open_form(Act.VIOLATION)
    press("3", "Ctrl+Return")
    assert get_ticket(ticket.id).violation == "fire"


def test_l942_today_tells_what_is_to_be_reported(office_context, showing, house, now, breach):
    early = now - timedelta(minutes=30)
    violations.take_step(
        breach.id, EventKind.DISSUADED, StepDraft("不听"), by=house.desk.id, now=early
    )
    wanted = []
    office_context.navigation.tickets_wanted.connect(wanted.append)
    page = TodayPage(office_context)
    showing(page, 1366, 692)
    page.catch_up()
    (notice,) = page.findChildren(ViolationNotice)
    assert notice.isVisible()
    assert "1" in notice.sentence()
    notice.followed.emit()
    assert wanted == ["violations"]


# -- settings


def test_d28_the_office_sets_shares_and_weights_by_keys(
    office_context, house, in_dialog, press, type_words, focus
):
    def typed(name, words):
        for _stop in range(40):
            if focus().accessibleName() == name:
                break
            press("Tab")
        press("Ctrl+A")
        type_words(words)

    def change(dialog):
        typed(str(find_row("repair").label), "45")
        typed(str(DIMENSION_LABELS[Dimension.SKILL]), "31")
        press("Ctrl+S")
        assert get_settings().follow_up_percents["repair"] == 30
        assert dialog.isVisible()
        typed(str(DIMENSION_LABELS[Dimension.SKILL]), "32")
        press("Ctrl+S")

    in_dialog(SettingsDialog, change)
    SettingsDialog(office_context, None, "follow-up").ask()
    assert get_settings().follow_up_percents["repair"] == 45
