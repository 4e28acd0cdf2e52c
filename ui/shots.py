"""What is pictured: every page, form and dialog, in which looks. A new page adds a line here."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ui import (
    shot_incidents,
    shot_menus,
    shots_assets,
    shots_bills,
    shots_board,
    shots_callers,
    shots_cases,
    shots_erasure,
    shots_fees_meters,
    shots_findings,
    shots_houses,
    shots_imports,
    shots_inspections,
    shots_joined,
    shots_letters,
    shots_moves,
    shots_people,
    shots_plans,
    shots_prices,
    shots_privacy,
    shots_program,
    shots_surveys,
    shots_tickets,
    shots_till,
    shots_units,
    shots_urging,
    shots_works,
)
from ui.registry import TABS
from ui.shot_looks import Act, Shot

if TYPE_CHECKING:
    from ui.screenshots import Stage


TAB_SHOTS: tuple[Shot, ...] = tuple(
    Shot(tab.key, partial(lambda key, stage: stage.page(key), tab.key)) for tab in TABS
)


def _keys(page: str, *keys: str) -> Act:
    """Return the act that opens a page and presses keys there."""

    def act(stage: "Stage") -> None:
        stage.page(page)
        stage.press(*keys)

    return act


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
    *(Shot(name, show, needs_data=True) for name, show in shots_joined.PAGES),
    *(Shot(name, _keys("residents"), show, needs_data=True) for name, show in shots_joined.DIALOGS),
    *(Shot(name, show, needs_data=True) for name, show in shots_moves.PARTS),
    *(Shot(name, _keys("residents"), show, needs_data=True) for name, show in shots_moves.DIALOGS),
    *(Shot(name, _keys("residents"), show, needs_data=True) for name, show in shots_till.DIALOGS),
    *(Shot(name, show, needs_data=True) for name, show in shots_bills.PAGES),
    *(Shot(name, _keys("fees"), show, needs_data=True) for name, show in shots_bills.DIALOGS),
    *(Shot(name, _keys("fees"), show) for name, show in shots_bills.NONE),
    *(Shot(name, _keys("residents"), show, needs_data=True) for name, show in shots_prices.DIALOGS),
    *(Shot(name, _keys("fees"), show) for name, show in shots_prices.NONE),
    *(Shot(name, _keys("fees"), show, needs_data=True) for name, show in shots_urging.DIALOGS),
    *(Shot(name, _keys("fees"), show, needs_data=True) for name, show in shots_letters.DIALOGS),
    *(Shot(name, show, needs_data=True) for name, show in shots_findings.PAGES),
    *(Shot(name, _keys("today"), show, needs_data=True) for name, show in shots_findings.DIALOGS),
    *(Shot(name, _keys("today"), show) for name, show in shots_findings.NONE),
    *(
        Shot(name, _keys("inspections"), show, needs_data=True)
        for name, show in shots_assets.DIALOGS
    ),
    *(Shot(name, _keys("inspections"), show) for name, show in shots_assets.NONE),
    *(Shot(name, show, needs_data=True) for name, show in shots_cases.PAGES),
    *(Shot(name, _keys("fees"), show, needs_data=True) for name, show in shots_cases.DIALOGS),
    *(Shot(name, show, needs_data=True) for name, show in shots_units.PAGES),
    *(Shot(name, _keys("residents"), show, needs_data=True) for name, show in shots_units.DIALOGS),
    Shot("ticket-form", _keys("tickets", "Ctrl+N")),
    Shot("ticket-form-problems", _keys("tickets", "Ctrl+N", "Ctrl+S")),
    Shot("ticket-form-more", _keys("tickets", "Ctrl+N", "Alt+2", "Alt+M")),
    Shot("ticket-dispatch", _keys("tickets", "F6"), needs_data=True),
    Shot("ticket-photos", shots_tickets.photos, needs_data=True),
    Shot("ticket-photo-view", shots_tickets.photos, shots_tickets.photo_view, needs_data=True),
    Shot("ticket-photo-missing", shots_tickets.photos, shots_tickets.missing_view, needs_data=True),
    Shot("ticket-promise", shots_tickets.act_form("promise"), needs_data=True),
    Shot("ticket-urge", shots_tickets.act_form("urge"), needs_data=True),
    Shot("ticket-report-up", shots_tickets.act_form("report-up"), needs_data=True),
    Shot("limits", _keys("today"), shots_program.limits),
    Shot("limit", _keys("today"), shots_program.limit),
    Shot("calendar", _keys("today"), shots_program.calendar),
    Shot("ticket-follow-up", shots_tickets.group("to-follow-up", "Return", "F7"), needs_data=True),
    Shot(
        "ticket-follow-up-scores",
        shots_tickets.group("to-follow-up", "Return", "F7", "Alt+M"),
        needs_data=True,
    ),
    Shot("ticket-breach", shots_tickets.group("violations", "Return"), needs_data=True),
    Shot("ticket-breach-step", shots_tickets.breach_step, needs_data=True),
    Shot("ticket-void", _keys("tickets"), shots_tickets.void, needs_data=True),
    Shot("charge", _keys("tickets"), shots_tickets.charge, needs_data=True),
    Shot("prices", _keys("tickets"), shots_tickets.prices),
    Shot("price-form", _keys("tickets"), shots_tickets.price_form),
    Shot("work-order", _keys("tickets"), lambda stage: stage.press("Ctrl+P"), needs_data=True),
    Shot("paper-back", shots_tickets.paper_back("Tab", "Tab", "1"), needs_data=True),
    Shot("paper-back-not-done", shots_tickets.paper_back("Tab", "Tab", "5"), needs_data=True),
    Shot(
        "paper-back-problems",
        shots_tickets.paper_back("Tab", "Tab", "3", "Ctrl+Return"),
        needs_data=True,
    ),
    Shot("papers-out", _keys("today"), lambda stage: stage.window.status.open_papers()),
    Shot("phrases-act", _keys("tickets", "F7", "Ctrl+J"), needs_data=True),
    Shot("phrases-intake", _keys("tickets", "Ctrl+N", "Ctrl+J")),
    Shot("phrases", _keys("tickets"), shots_program.phrases),
    Shot("letter", _keys("tickets"), shots_tickets.letter, needs_data=True),
    Shot("problem-report", _keys("tickets"), shots_tickets.problem_report, needs_data=True),
    Shot(
        "complaint-sheet", _keys("tickets"), shots_tickets.sheet("complaint-sheet"), needs_data=True
    ),
    Shot(
        "follow-up-sheet", _keys("tickets"), shots_tickets.sheet("follow-up-sheet"), needs_data=True
    ),
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
    Shot("contact", _keys("tickets"), shots_tickets.contact, needs_data=True),
    Shot("contacts", _keys("today"), shots_tickets.contacts),
    Shot("registry", _report("registry")),
    Shot("inspection-report", _report("inspections"), needs_data=True),
    Shot("day-list", _report("day-list")),
    Shot("hand-over", _report("hand-over"), shots_program.hand_over),
    Shot("notice", _report("notice"), shots_program.notice),
    Shot("search-nothing", _search(lambda _stage: "zzqx")),
    Shot("staff-picker", _keys("today"), lambda stage: stage.press("Ctrl+U")),
    Shot("staff-form", _keys("today"), shots_program.add_staff),
    Shot("settings", _keys("today"), lambda stage: stage.press("Ctrl+,")),
    Shot("settings-papers", _keys("today"), shots_program.settings("papers")),
    Shot("settings-follow-up", _keys("today"), shots_program.settings("follow-up")),
    Shot("settings-privacy", _keys("today"), shots_program.settings("privacy")),
    Shot("settings-staff", _keys("today"), shots_program.settings("staff")),
    Shot("settings-workstation", _keys("today"), shots_program.settings("workstation")),
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
    Shot("import-residents", _keys("residents"), shots_program.open_import("residents")),
    Shot("import-complaints", _keys("tickets"), shots_program.open_import("complaints")),
    *(
        Shot(name, _keys("residents"), show, needs_data=True)
        for name, show in shots_imports.DIALOGS
    ),
    Shot("surveys-none", _report("surveys")),
    Shot("meetings-none", _report("meetings")),
    *(Shot(name, show, needs_data=True) for name, show in shots_surveys.PAGES),
    *(Shot(name, _keys("reports"), show, needs_data=True) for name, show in shots_surveys.DIALOGS),
    Shot("first-start", _keys("today"), shots_program.first_start()),
    Shot("first-start-office", _keys("today"), shots_program.first_start("1")),
    Shot("first-start-community", _keys("today"), shots_program.first_start(step="community")),
    Shot("first-start-staff", _keys("today"), shots_program.first_start(step="staff")),
    Shot("first-start-backups", _keys("today"), shots_program.first_start(step="backups")),
    Shot("first-start-done", _keys("today"), shots_program.first_start("Return", step="backups")),
    Shot("first-start-over", _keys("today"), shots_program.first_start("2")),
    Shot("refusal", _keys("reports"), shots_program.refusal),
    Shot("crash", _keys("today"), shots_program.crash),
    Shot("about", _keys("today"), lambda stage: stage.press("F1")),
    Shot("about-program", _keys("today"), shots_program.about("program")),
    Shot("about-components", _keys("today"), shots_program.about("components")),
    Shot("licence", _keys("today"), shots_program.licence),
    Shot("tickets-chosen", _keys("tickets", "Ctrl+A"), needs_data=True),
    Shot("tickets-chosen-dispatch", _keys("tickets", "Ctrl+A", "F6"), needs_data=True),
    Shot("ticket-merge", shots_tickets.merge, needs_data=True),
    # These write into the copy that is pictured: they come last.
    *(
        Shot(name, _keys("inspections"), show, needs_data=True)
        for name, show in shots_plans.DIALOGS
    ),
    *(Shot(name, show, needs_data=True) for name, show in shots_inspections.PAGES),
    *(
        Shot(name, _keys("inspections"), show, needs_data=True)
        for name, show in shots_inspections.DIALOGS
    ),
    Shot("ticket-menu", shot_menus.open_ticket_menu, needs_data=True),
    Shot(
        "ticket-menu-below", lambda stage: shot_menus.open_ticket_menu(stage, "L"), needs_data=True
    ),
    Shot("ticket-care", shots_tickets.gates(), needs_data=True),
    Shot("ticket-close", shots_tickets.gates("F7"), needs_data=True),
    Shot("ticket-close-problems", shots_tickets.gates("F7", "Ctrl+Return"), needs_data=True),
    Shot("ticket-manager", shots_tickets.gates("F7", "3"), needs_data=True),
    Shot("ticket-judge", shots_tickets.gates(act="judge"), needs_data=True),
    Shot("ticket-hand-on", shots_tickets.gates(act="hand-on"), needs_data=True),
    Shot("incident-offered", shot_incidents.show_cluster, needs_data=True),
    Shot("incident-offered-today", shot_incidents.show_cluster_today, needs_data=True),
    Shot("incident-form", shot_incidents.offer_incident, needs_data=True),
    Shot("incident", shot_incidents.show_incident, needs_data=True),
    Shot("incident-answer", shot_incidents.answer_incident, needs_data=True),
    Shot("ticket-form-incident", shot_incidents.take_call_of_the_building, needs_data=True),
)
