"""Pictures of what belongs to the program: settings, lists of the office, first start, about."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from ui.shot_looks import Act

if TYPE_CHECKING:
    from ui.screenshots import Stage


def open_import(kind: str) -> Act:
    """Return the act that opens an import."""

    def act(stage: "Stage") -> None:
        from propdesk.domain.imports import ImportKind
        from ui.dialogs.import_dialog import ImportDialog

        ImportDialog(stage.context, stage.window, ImportKind(kind)).ask()

    return act


def settings(part: str) -> Act:
    """Return the act that opens a part of the settings."""

    def act(stage: "Stage") -> None:
        from ui.dialogs.settings_dialog import SettingsDialog

        SettingsDialog(stage.context, stage.window, part).ask()

    return act


def limits(stage: "Stage") -> None:
    """Show the rules of time limits."""
    from ui.dialogs.limits_dialog import LimitsDialog

    LimitsDialog(stage.context, stage.window).ask()


def limit(stage: "Stage") -> None:
    """Show one rule."""
    from propdesk.services.queries.limits import list_limits
    from ui.dialogs.limits_dialog import LimitDialog

    rules = list_limits()
    LimitDialog(stage.context, stage.window, rules[0], rules[1:]).ask()


def calendar(stage: "Stage") -> None:
    """Show the calendar of days off."""
    from ui.dialogs.calendar_dialog import CalendarDialog

    CalendarDialog(stage.context, stage.window).ask()


def add_staff(stage: "Stage") -> None:
    """Add somebody to the staff."""
    from ui.dialogs.staff_dialog import StaffDialog

    StaffDialog(stage.context, stage.window).ask()


def first_start(*keys: str, step: str = "") -> Act:
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


def phrases(stage: "Stage") -> None:
    """Show the phrases."""
    from ui.dialogs.phrases_dialog import PhrasesDialog

    PhrasesDialog(stage.context, stage.window).ask()


def refusal(stage: "Stage") -> None:
    """Show a refusal with marks of HTML in it."""
    from propdesk.domain.errors import RuleError
    from propdesk.domain.months import Month

    try:
        Month.parse('=HYPERLINK("A<B")')
    except RuleError as refusal:
        stage.context.messages.tell(stage.window, stage.window.windowTitle(), str(refusal))


def crash(stage: "Stage") -> None:
    """Show the report of a crash."""
    from propdesk.crashes import make_report, safe_trace

    try:
        _ = 1 // 0
    except ZeroDivisionError as error:
        trace = safe_trace(error)
    facts = {"Qt": "offscreen"}
    text = make_report(trace, now=stage.context.now(), facts=facts)
    file = stage.context.office.folder / "crash-20261121-101200.txt"
    stage.context.messages.crash(stage.window, text, file)


def about(part: str) -> Act:
    """Return the act that opens a part of About."""

    def act(stage: "Stage") -> None:
        from ui.dialogs.about import AboutDialog

        AboutDialog(stage.context, stage.window, stage.window.status.keeper, part).ask()

    return act


def licence(stage: "Stage") -> None:
    """Show the text of a licence."""
    from ui.about_facts import read_components
    from ui.dialogs.about_parts import LicenceDialog

    LicenceDialog(stage.context.theme, stage.window, read_components()[0]).ask()


def hand_over(stage: "Stage") -> None:
    """Hand a shift over."""
    from ui.dialogs.hand_over_dialog import HandOverDialog

    HandOverDialog(stage.context, stage.window).ask()


def notice(stage: "Stage") -> None:
    """Write a notice of an outage."""
    from ui.dialogs.notice_dialog import NoticeDialog

    NoticeDialog(stage.context, stage.window).ask()
