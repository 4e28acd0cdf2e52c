"""What is pictured: every page, form and dialog, in which looks. A new page adds a line here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter, QKeySequence, QLinearGradient, QPainter
from PySide6.QtTest import QTest

from ui import (
    shot_incidents,
    shot_menus,
    shots_board,
    shots_callers,
    shots_erasure,
    shots_fees_meters,
    shots_houses,
    shots_imports,
    shots_moves,
    shots_people,
    shots_privacy,
    shots_surveys,
    shots_till,
    shots_units,
    shots_works,
)
from ui.registry import TABS

if TYPE_CHECKING:
    from ui.screenshots import Stage

Act = Callable[["Stage"], object]


@dataclass(frozen=True, slots=True)
class Look:
    """How things are pictured: language, appearance, room and density of the screen, the office.

    `office` is `demo` (the given data), `empty` (a new one) or `long` (the given data with names
    of 40 characters and texts of 2,000).
    """

    suffix: str
    language: str = "zh_CN"
    mode: str = "light"
    size: tuple[int, int] = (1366, 768)
    scale: float = 1.0
    office: str = "demo"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: `act` brings the window there; `opens` then opens a dialog over it.

    A shot that needs tickets or houses is left out of the empty office.
    """

    name: str
    act: Act
    opens: Act | None = None
    needs_data: bool = False


# 1280 x 720 at 150 % is a screen of 1920 x 1080: the smallest room that there is.
_SMALL = (1280, 720)

LOOKS: tuple[Look, ...] = (
    Look("light"),
    Look("dark", mode="dark"),
    Look("empty", office="empty"),
    Look("empty-dark", mode="dark", office="empty"),
    Look("long", office="long"),
    Look("long-dark", mode="dark", office="long"),
    Look("light-150", size=_SMALL, scale=1.5),
    Look("dark-150", mode="dark", size=_SMALL, scale=1.5),
    Look("empty-150", office="empty", size=_SMALL, scale=1.5),
    Look("long-150", office="long", size=_SMALL, scale=1.5),
    Look("en", language="en"),
    Look("en-dark", language="en", mode="dark"),
    Look("en-empty", language="en", office="empty"),
    Look("en-150", language="en", size=_SMALL, scale=1.5),
    Look("en-long-150", language="en", office="long", size=_SMALL, scale=1.5),
)

TAB_SHOTS: tuple[Shot, ...] = tuple(
    Shot(tab.key, partial(lambda key, stage: stage.page(key), tab.key)) for tab in TABS
)


def _keys(page: str, *keys: str) -> Act:
    """Return the act that opens a page and presses keys there."""

    def act(stage: "Stage") -> None:
        stage.page(page)
        stage.press(*keys)

    return act


def _group(group: str, *keys: str) -> Act:
    """Return the act that opens a group of the ticket list and presses keys there."""

    def act(stage: "Stage") -> None:
        stage.context.navigation.tickets_wanted.emit(group)
        stage.press(*keys)

    return act


def _breach_step(stage: "Stage") -> None:
    from ui.pages.ticket_acts import Act as TicketAct
    from ui.pages.ticket_detail import TicketDetail

    _group("violations")(stage)
    detail = stage.window.findChild(TicketDetail)
    if detail is not None:
        detail.open_form(TicketAct.STOP)


def _search(words: Callable[["Stage"], str]) -> Act:
    """Return the act that types into the desk search and waits for the answer."""

    def act(stage: "Stage") -> None:
        from ui.widgets.panes import SideSheet

        stage.page("tickets")
        stage.press("Ctrl+K")
        stage.type_words(words(stage))
        stage.until(
            lambda: any(sheet.isVisible() for sheet in stage.window.findChildren(SideSheet)),
            "the answer of the desk search",
        )

    return act


def _import(kind: str) -> Act:
    def act(stage: "Stage") -> None:
        from propdesk.domain.imports import ImportKind
        from ui.dialogs.import_dialog import ImportDialog

        ImportDialog(stage.context, stage.window, ImportKind(kind)).ask()

    return act


def _settings(part: str) -> Act:
    def act(stage: "Stage") -> None:
        from ui.dialogs.settings_dialog import SettingsDialog

        SettingsDialog(stage.context, stage.window, part).ask()

    return act


def _limits(stage: "Stage") -> None:
    from ui.dialogs.limits_dialog import LimitsDialog

    LimitsDialog(stage.context, stage.window).ask()


def _limit(stage: "Stage") -> None:
    from propdesk.services.queries.limits import list_limits
    from ui.dialogs.limits_dialog import LimitDialog

    rules = list_limits()
    LimitDialog(stage.context, stage.window, rules[0], rules[1:]).ask()


def _calendar(stage: "Stage") -> None:
    from ui.dialogs.calendar_dialog import CalendarDialog

    CalendarDialog(stage.context, stage.window).ask()


def _act(word: str) -> Act:
    """Return the act that opens the small form of a ticket's act."""

    def act(stage: "Stage") -> None:
        from ui.pages.ticket_acts import Act as TicketAct
        from ui.pages.tickets import TicketsPage

        page = stage.page("tickets")
        if isinstance(page, TicketsPage):
            page.detail.act_wanted.emit(TicketAct(word))

    return act


def _add_staff(stage: "Stage") -> None:
    from ui.dialogs.staff_dialog import StaffDialog

    StaffDialog(stage.context, stage.window).ask()


def _void(stage: "Stage") -> None:
    from ui.forms.move_forms import VoidDialog

    VoidDialog(stage.context, stage.window, stage.first_ticket()).ask()


def _photo(hue: int) -> bytes:
    """Return a picture that could be one of a wet wall."""
    image = QImage(1200, 900, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    light = QLinearGradient(0, 0, 1200, 900)
    light.setColorAt(0, QColor.fromHsv(hue, 40, 235))
    light.setColorAt(1, QColor.fromHsv(hue, 90, 120))
    painter.fillRect(image.rect(), light)
    painter.setBrush(QColor.fromHsv(hue, 120, 70))
    for drop in range(9):
        painter.drawEllipse(150 + 110 * drop, 200 + (drop * 171) % 420, 60, 90 + 12 * drop)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def _photos(stage: "Stage") -> None:
    """Show a ticket with photos, one of them missing, one printed on the order."""
    from propdesk.services import attachments
    from propdesk.services.queries.attachments import attachment_path, list_attachments

    office, by, now = stage.context.office, stage.context.staff.id, stage.context.now()
    ticket = stage.first_ticket()
    if not list_attachments(ticket.id):
        sources = [
            attachments.PastedFile(f"IMG_{hue}.jpg", _photo(hue)) for hue in (30, 200, 110, 300)
        ]
        added, _refused = attachments.add_attachments(office, ticket.id, sources, by=by, now=now)
        words = ticket.matter[:20]
        attachments.change_attachment(added[0].id, by=by, now=now, caption=words, on_paper=True)
        attachment_path(office, added[2].file).unlink()
    stage.page("tickets")
    stage.context.changes.tickets_changed.emit()


def _photo_view(stage: "Stage") -> None:
    from propdesk.services.queries.attachments import list_attachments
    from ui.dialogs.picture_view import PictureView

    shown = list_attachments(stage.first_ticket().id)
    PictureView(stage.context, stage.window, shown, 0).look()


def _missing_view(stage: "Stage") -> None:
    from propdesk.services.queries.attachments import list_attachments
    from ui.dialogs.picture_view import PictureView

    shown = list_attachments(stage.first_ticket().id)
    PictureView(stage.context, stage.window, shown, 2).look()


def _gates(*keys: str, act: str = "") -> Act:
    """Return the act that shows a complaint whose gates are all unmet, and presses keys there.

    `act` opens the form of an act from the menu instead.
    """

    def show(stage: "Stage") -> None:
        from ui.pages.ticket_acts import Act as TicketAct
        from ui.pages.tickets import TicketsPage
        from ui.shots_complaint import gated_complaint

        page = cast(TicketsPage, stage.page("tickets"))
        ticket = gated_complaint(stage.context)
        stage.context.changes.tickets_changed.emit()
        page.show_ticket(ticket.id)
        stage.press(*keys)
        if act:
            page.detail.act_wanted.emit(TicketAct(act))

    return show


def _first_start(*keys: str, step: str = "") -> Act:
    """Return the act that opens the first start, at a step of its guide where one is named."""

    def act(stage: "Stage") -> None:
        from propdesk.domain.first_start import Step
        from ui.first_start.drives import Drive
        from ui.first_start.window import FirstStart

        context = stage.context
        window = FirstStart(
            context.theme,
            context.messages,
            stage.window,
            office=context.office if step else None,
            step=Step(step) if step else None,
            drives=lambda: (Drive(context.office.folder, "KINGSTON (E:)", 28_400_000_000),),
        )
        # Before it is shown, as the picture is taken as soon as it is.
        for key in keys:
            QTest.keySequence(window.focusWidget() or window, QKeySequence(key))
        window.ask()

    return act


def _letter(stage: "Stage") -> None:
    from ui.forms.letter_form import LetterDialog

    LetterDialog(stage.context, stage.window, stage.first_ticket()).ask()


def _problem_report(stage: "Stage") -> None:
    from ui.forms.letter_form import ProblemReportDialog

    ProblemReportDialog(stage.context, stage.window, stage.first_ticket()).ask()


def _phrases(stage: "Stage") -> None:
    from ui.dialogs.phrases_dialog import PhrasesDialog

    PhrasesDialog(stage.context, stage.window).ask()


def _sheet(kind: str) -> Act:
    """Return the act that shows a paper of the newest complaint."""

    def act(stage: "Stage") -> None:
        from propdesk.domain.paper_trail import PaperKind
        from propdesk.domain.tickets import Kind
        from ui.sheet_printing import show_sheet

        show_sheet(stage.context, stage.window, stage.first_ticket(Kind.COMPLAINT), PaperKind(kind))

    return act


def _refusal(stage: "Stage") -> None:
    from propdesk.domain.errors import RuleError
    from propdesk.domain.months import Month

    try:
        Month.parse('=HYPERLINK("A<B")')
    except RuleError as refusal:
        stage.context.messages.tell(stage.window, stage.window.windowTitle(), str(refusal))


def _crash(stage: "Stage") -> None:
    from propdesk.crashes import make_report, safe_trace

    try:
        _ = 1 // 0
    except ZeroDivisionError as error:
        trace = safe_trace(error)
    facts = {"Qt": "offscreen"}
    text = make_report(trace, now=stage.context.now(), facts=facts)
    file = stage.context.office.folder / "crash-20261121-101200.txt"
    stage.context.messages.crash(stage.window, text, file)


def _about(part: str) -> Act:
    def act(stage: "Stage") -> None:
        from ui.dialogs.about import AboutDialog

        AboutDialog(stage.context, stage.window, stage.window.status.keeper, part).ask()

    return act


def _licence(stage: "Stage") -> None:
    from ui.about_facts import read_components
    from ui.dialogs.about_parts import LicenceDialog

    LicenceDialog(stage.context.theme, stage.window, read_components()[0]).ask()


def _charge(stage: "Stage") -> None:
    from ui.dialogs.charge_dialog import ChargeDialog

    ChargeDialog(stage.context, stage.window, stage.first_ticket()).ask()


def _prices(stage: "Stage") -> None:
    from ui.dialogs.prices_dialog import PricesDialog

    PricesDialog(stage.context, stage.window).ask()


def _add_price(stage: "Stage") -> None:
    from ui.dialogs.prices_dialog import PriceDialog

    PriceDialog(stage.context, stage.window, None).ask()


def _report(key: str) -> Act:
    """Return the act that chooses a report and waits for its paper."""

    def act(stage: "Stage") -> None:
        from ui.pages.reports import ReportsPage

        stage.page("reports")
        page = stage.window.page("reports")
        if isinstance(page, ReportsPage):
            page.show_report(key)
            stage.until(page.is_settled, "the paper of the report")

    return act


def _hand_over(stage: "Stage") -> None:
    from ui.dialogs.hand_over_dialog import HandOverDialog

    HandOverDialog(stage.context, stage.window).ask()


def _notice(stage: "Stage") -> None:
    from ui.dialogs.notice_dialog import NoticeDialog

    NoticeDialog(stage.context, stage.window).ask()


def _contacts(stage: "Stage") -> None:
    from ui.dialogs.contacts_dialog import ContactsDialog

    ContactsDialog(stage.context, stage.window).ask()


def _contact(stage: "Stage") -> None:
    from propdesk.services.queries.contacts import contact_about
    from ui.dialogs.contact_dialog import log_contact

    log_contact(stage.context, stage.window, contact_about(stage.first_ticket()))


def _paper_back(*keys: str) -> Act:
    """Return the act that opens the form of an order that came back, and presses keys there."""

    def act(stage: "Stage") -> None:
        from propdesk.services.queries.papers import work_order_of

        paper = work_order_of(stage.sent_ticket())
        stage.context.navigation.paper_wanted.emit(paper)
        stage.press(*keys)

    return act


def _merge(stage: "Stage") -> None:
    from ui.pages.ticket_acts import Act as TicketAct
    from ui.pages.tickets import TicketsPage

    page = stage.page("tickets")
    if isinstance(page, TicketsPage):
        page.detail.act_wanted.emit(TicketAct.MERGE)


SHOTS: tuple[Shot, ...] = (
    *TAB_SHOTS,
    Shot("tickets-more", shot_menus.open_page_menu),
    *(Shot(name, show, needs_data=True) for name, show in shots_houses.PAGES),
    *(Shot(name, _keys("residents"), show, needs_data=True) for name, show in shots_houses.DIALOGS),
    *(Shot(name, show, needs_data=True) for name, show in shots_works.PAGES),
    *(Shot(name, _keys("residents"), show, needs_data=True) for name, show in shots_works.DIALOGS),
    *(Shot(name, show, needs_data=True) for name, show in shots_fees_meters.PAGES),
    *(
        Shot(name, _keys("residents"), show, needs_data=True)
        for name, show in shots_fees_meters.DIALOGS
    ),
    *(Shot(name, show, needs_data=True) for name, show in shots_moves.PARTS),
    *(Shot(name, _keys("residents"), show, needs_data=True) for name, show in shots_moves.DIALOGS),
    *(Shot(name, _keys("residents"), show, needs_data=True) for name, show in shots_till.DIALOGS),
    *(Shot(name, show, needs_data=True) for name, show in shots_units.PAGES),
    *(Shot(name, _keys("residents"), show, needs_data=True) for name, show in shots_units.DIALOGS),
    Shot("ticket-form", _keys("tickets", "Ctrl+N")),
    Shot("ticket-form-problems", _keys("tickets", "Ctrl+N", "Ctrl+S")),
    Shot("ticket-form-more", _keys("tickets", "Ctrl+N", "Alt+2", "Alt+M")),
    Shot("ticket-dispatch", _keys("tickets", "F6"), needs_data=True),
    Shot("ticket-photos", _photos, needs_data=True),
    Shot("ticket-photo-view", _photos, _photo_view, needs_data=True),
    Shot("ticket-photo-missing", _photos, _missing_view, needs_data=True),
    Shot("ticket-promise", _act("promise"), needs_data=True),
    Shot("ticket-urge", _act("urge"), needs_data=True),
    Shot("ticket-report-up", _act("report-up"), needs_data=True),
    Shot("limits", _keys("today"), _limits),
    Shot("limit", _keys("today"), _limit),
    Shot("calendar", _keys("today"), _calendar),
    Shot("ticket-follow-up", _group("to-follow-up", "Return", "F7"), needs_data=True),
    Shot(
        "ticket-follow-up-scores", _group("to-follow-up", "Return", "F7", "Alt+M"), needs_data=True
    ),
    Shot("ticket-breach", _group("violations", "Return"), needs_data=True),
    Shot("ticket-breach-step", _breach_step, needs_data=True),
    Shot("ticket-void", _keys("tickets"), _void, needs_data=True),
    Shot("charge", _keys("tickets"), _charge, needs_data=True),
    Shot("prices", _keys("tickets"), _prices),
    Shot("price-form", _keys("tickets"), _add_price),
    Shot("work-order", _keys("tickets"), lambda stage: stage.press("Ctrl+P"), needs_data=True),
    Shot("paper-back", _paper_back("Tab", "Tab", "1"), needs_data=True),
    Shot("paper-back-not-done", _paper_back("Tab", "Tab", "5"), needs_data=True),
    Shot("paper-back-problems", _paper_back("Tab", "Tab", "3", "Ctrl+Return"), needs_data=True),
    Shot("papers-out", _keys("today"), lambda stage: stage.window.status.open_papers()),
    Shot("phrases-act", _keys("tickets", "F7", "Ctrl+J"), needs_data=True),
    Shot("phrases-intake", _keys("tickets", "Ctrl+N", "Ctrl+J")),
    Shot("phrases", _keys("tickets"), _phrases),
    Shot("letter", _keys("tickets"), _letter, needs_data=True),
    Shot("problem-report", _keys("tickets"), _problem_report, needs_data=True),
    Shot("complaint-sheet", _keys("tickets"), _sheet("complaint-sheet"), needs_data=True),
    Shot("follow-up-sheet", _keys("tickets"), _sheet("follow-up-sheet"), needs_data=True),
    Shot("board", shots_board.show_board, needs_data=True),
    Shot("board-building", shots_board.show_building, needs_data=True),
    Shot("board-tickets", shots_board.show_tickets, needs_data=True),
    Shot("board-narrowed", shots_board.show_narrowed, needs_data=True),
    Shot("board-odd", shots_board.show_odd_building, needs_data=True),
    Shot("board-paper", shots_board.show_board, shots_board.print_board, needs_data=True),
    Shot("board-table", shots_board.show_table, needs_data=True),
    Shot("house-form", _keys("residents", "Ctrl+N")),
    Shot("resident-form", _keys("residents", "Return", "Ins"), needs_data=True),
    Shot("resident-form-more", _keys("residents", "Return", "Ins", "Alt+M"), needs_data=True),
    Shot("caller-card", _search(lambda stage: stage.first_house()), needs_data=True),
    Shot("contact", _keys("tickets"), _contact, needs_data=True),
    Shot("contacts", _keys("today"), _contacts),
    Shot("registry", _report("registry")),
    Shot("day-list", _report("day-list")),
    Shot("hand-over", _report("hand-over"), _hand_over),
    Shot("notice", _report("notice"), _notice),
    Shot("search-nothing", _search(lambda _stage: "zzqx")),
    Shot("staff-picker", _keys("today"), lambda stage: stage.press("Ctrl+U")),
    Shot("staff-form", _keys("today"), _add_staff),
    Shot("settings", _keys("today"), lambda stage: stage.press("Ctrl+,")),
    Shot("settings-papers", _keys("today"), _settings("papers")),
    Shot("settings-follow-up", _keys("today"), _settings("follow-up")),
    Shot("settings-privacy", _keys("today"), _settings("privacy")),
    Shot("settings-staff", _keys("today"), _settings("staff")),
    Shot("settings-workstation", _keys("today"), _settings("workstation")),
    Shot("backups", _keys("today"), lambda stage: stage.window.status.open_backups()),
    Shot("person-details", _keys("residents"), shots_privacy.details, needs_data=True),
    Shot("owner-shares", _keys("residents"), shots_people.shares, needs_data=True),
    Shot("person-link", _keys("residents"), shots_people.link, needs_data=True),
    Shot("person-link-found", _keys("residents"), shots_people.link_found, needs_data=True),
    Shot("caller-guide", _search(shots_callers.guided_house), needs_data=True),
    Shot("segments", _keys("residents"), shots_callers.segments),
    Shot("segment", _keys("residents"), shots_callers.segment),
    Shot("person-death", _keys("residents"), shots_people.death, needs_data=True),
    Shot("person-merge", _keys("residents"), shots_people.merge, needs_data=True),
    Shot("consents", _keys("residents"), shots_privacy.consents, needs_data=True),
    Shot("consent", _keys("residents"), shots_privacy.consent, needs_data=True),
    Shot("access-log", _keys("residents"), shots_privacy.looks, needs_data=True),
    Shot("export-residents", _keys("residents"), shots_privacy.export),
    Shot("data-requests", _keys("residents"), shots_erasure.requests, needs_data=True),
    Shot("data-request", _keys("residents"), shots_erasure.note_request, needs_data=True),
    Shot("data-request-answer", _keys("residents"), shots_erasure.answer, needs_data=True),
    Shot("erasable", _keys("residents"), shots_erasure.erasable, needs_data=True),
    Shot("erasure", _keys("residents"), shots_erasure.may_erase, needs_data=True),
    Shot("erasure-stopped", _keys("residents"), shots_erasure.may_not, needs_data=True),
    Shot("person-data", _keys("residents"), shots_erasure.own_data, needs_data=True),
    Shot("import-residents", _keys("residents"), _import("residents")),
    Shot("import-complaints", _keys("tickets"), _import("complaints")),
    *(
        Shot(name, _keys("residents"), show, needs_data=True)
        for name, show in shots_imports.DIALOGS
    ),
    Shot("surveys-none", _report("surveys")),
    Shot("meetings-none", _report("meetings")),
    *(Shot(name, show, needs_data=True) for name, show in shots_surveys.PAGES),
    *(Shot(name, _keys("reports"), show, needs_data=True) for name, show in shots_surveys.DIALOGS),
    Shot("first-start", _keys("today"), _first_start()),
    Shot("first-start-office", _keys("today"), _first_start("1")),
    Shot("first-start-community", _keys("today"), _first_start(step="community")),
    Shot("first-start-staff", _keys("today"), _first_start(step="staff")),
    Shot("first-start-backups", _keys("today"), _first_start(step="backups")),
    Shot("first-start-done", _keys("today"), _first_start("Return", step="backups")),
    Shot("first-start-over", _keys("today"), _first_start("2")),
    Shot("refusal", _keys("reports"), _refusal),
    Shot("crash", _keys("today"), _crash),
    Shot("about", _keys("today"), lambda stage: stage.press("F1")),
    Shot("about-program", _keys("today"), _about("program")),
    Shot("about-components", _keys("today"), _about("components")),
    Shot("licence", _keys("today"), _licence),
    Shot("tickets-chosen", _keys("tickets", "Ctrl+A"), needs_data=True),
    Shot("tickets-chosen-dispatch", _keys("tickets", "Ctrl+A", "F6"), needs_data=True),
    Shot("ticket-merge", _merge, needs_data=True),
    # These write into the copy that is pictured: they come last.
    Shot("ticket-menu", shot_menus.open_ticket_menu, needs_data=True),
    Shot(
        "ticket-menu-below", lambda stage: shot_menus.open_ticket_menu(stage, "L"), needs_data=True
    ),
    Shot("ticket-care", _gates(), needs_data=True),
    Shot("ticket-close", _gates("F7"), needs_data=True),
    Shot("ticket-close-problems", _gates("F7", "Ctrl+Return"), needs_data=True),
    Shot("ticket-manager", _gates("F7", "3"), needs_data=True),
    Shot("ticket-judge", _gates(act="judge"), needs_data=True),
    Shot("ticket-hand-on", _gates(act="hand-on"), needs_data=True),
    Shot("incident-offered", shot_incidents.show_cluster, needs_data=True),
    Shot("incident-offered-today", shot_incidents.show_cluster_today, needs_data=True),
    Shot("incident-form", shot_incidents.offer_incident, needs_data=True),
    Shot("incident", shot_incidents.show_incident, needs_data=True),
    Shot("incident-answer", shot_incidents.answer_incident, needs_data=True),
    Shot("ticket-form-incident", shot_incidents.take_call_of_the_building, needs_data=True),
)
