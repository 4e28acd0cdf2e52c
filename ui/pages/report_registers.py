"""The office's registers on the reports page: registry, day list, hand-over, notices."""

from collections.abc import Hashable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, ngettext
from propdesk.services.notices import void_notice
from propdesk.services.printing_notices import print_notice
from propdesk.services.printing_registers import export_registry, print_registry
from propdesk.services.printing_shifts import print_day_list, print_hand_over
from propdesk.services.queries.contacts import ContactFilter, count_contacts
from propdesk.services.queries.hand_overs import list_hand_overs
from propdesk.services.queries.notices import list_notices
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.hand_over_dialog import HandOverDialog
from ui.dialogs.notice_dialog import NoticeDialog
from ui.pages.report_panel import Draw, ReportPanel
from ui.papers import DrawnPaper
from ui.theme import Ink, Space
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.days_field import DaysField, period_names
from ui.widgets.fields import CheckField, PickField
from ui.widgets.labels import Hairline, Label, LinkButton


class RegistryPanel(ReportPanel):
    """The communication registry of a period, by default of this month until today."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Communication registry"))

    def parameters(self) -> QWidget:
        """Return the period."""
        today = self.context.now().date()
        first = Month.of(today).start.date()
        self.days = DaysField(self.context.theme, period_names(), (first, today), today)
        self.days.days_changed.connect(self.on_asked)
        self.days.entered.connect(self.view.setFocus)
        return self.days

    def more_acts(self) -> list[QWidget]:
        """Return the ways to take the lines out."""
        excel, csv = Button(self.context.theme, "Excel"), Button(self.context.theme, "CSV")
        excel.clicked.connect(lambda: self._on_export(".xlsx", _("Excel files (*.xlsx)")))
        csv.clicked.connect(lambda: self._on_export(".csv", _("CSV files (*.csv)")))
        return [excel, csv]

    def fill_side(self, body: QVBoxLayout) -> None:
        """Show how many contacts wait to be cleared, and lead to them."""
        theme = self.context.theme
        self._open = Label(theme, wrap=True)
        contacts = LinkButton(theme, _("Show the contacts"))
        contacts.followed.connect(self.context.navigation.contacts_wanted)
        body.addWidget(Label(theme, _("To be cleared"), ink=Ink.TEXT_2, bold=True))
        body.addWidget(self._open)
        row = QHBoxLayout()
        row.addWidget(contacts)
        row.addStretch(1)
        body.addLayout(row)
        body.addWidget(Hairline(theme))

    def values(self) -> Hashable:
        """Return the period."""
        return self.days.days()

    def title(self) -> str:
        """Return the registry's name with its period."""
        first, last = self.days.days()
        return f"{self.word} {first} {last}"

    def drawer(self, language: PaperLanguage) -> Draw:
        """Draw the period's registry."""
        first, last = self.days.days()
        now, by = self.context.now(), self.context.staff

        def draw(target: Path, _progress: Progress) -> DrawnPaper:
            return print_registry(first, last, target, by=by, now=now, paper_language=language)

        return draw

    def show_drawn(self, _drawn: object) -> None:
        """Count what waits now, whatever the period."""
        count = count_contacts(ContactFilter(open_only=True))
        words = ngettext(
            "{count} contact waits to be cleared.", "{count} contacts wait to be cleared.", count
        )
        self._open.show_text(words.format(count=count) if count else _("Nothing is to be cleared."))

    def _on_export(self, suffix: str, pattern: str) -> None:
        first, last = self.days.days()
        by = self.context.staff.id
        self.write_file(
            suffix, pattern, lambda target, _progress: export_registry(first, last, target, by=by)
        )


class DayListPanel(ReportPanel):
    """The open work for the morning meeting of a day."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Work list"))

    def parameters(self) -> QWidget:
        """Return the day."""
        today = self.context.now().date()
        self.days = DaysField(self.context.theme, (_("Day"),), (today,), today)
        self.days.days_changed.connect(self.on_asked)
        self.days.entered.connect(self.view.setFocus)
        return self.days

    def _day(self) -> date:
        return self.days.days()[0]

    def values(self) -> Hashable:
        """Return the day."""
        return self._day()

    def title(self) -> str:
        """Return the list's name with its day."""
        return f"{self.word} {self._day()}"

    def drawer(self, language: PaperLanguage) -> Draw:
        """Draw the day's list."""
        on, now, by = self._day(), self.context.now(), self.context.staff

        def draw(target: Path, _progress: Progress) -> DrawnPaper:
            return print_day_list(target, by=by, now=now, on=on, paper_language=language)

        return draw


class KeptPanel(ReportPanel):
    """A paper that is one of several kept ones: which one, and the way to write a new one."""

    pick: PickField

    def parameters(self) -> QWidget:
        """Return the list of what is kept, and the button for a new one."""
        theme = self.context.theme
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        self.pick = PickField(theme, self.word, self.kept())
        self.pick.setMinimumContentsLength(26)
        self.pick.picked.connect(self.on_asked)
        row.addWidget(self.pick, 1)
        new = Button(theme, self.new_word(), kind=Kind.TONAL, icon="plus", shortcut="F6")
        new.clicked.connect(self.on_new)
        row.addWidget(new)
        box.setFocusProxy(self.pick)
        return box

    def kept(self) -> list[Choice]:
        """Return what may be chosen, the newest first."""
        raise NotImplementedError

    def new_word(self) -> str:
        """Return the word of the button."""
        raise NotImplementedError

    def on_new(self) -> None:
        """Open the form of a new one."""
        raise NotImplementedError

    def values(self) -> Hashable:
        """Return which one is chosen."""
        return self.pick.value()

    def chosen(self) -> int | None:
        """Return the id of the one that is chosen, None for a blank one."""
        return int(self.pick.value()) if self.pick.value() else None

    def refill(self) -> None:
        """Draw anew; another one may have been written meanwhile."""
        self.pick.set_choices(self.kept())
        super().refill()

    def show_new(self, kept_id: int) -> None:
        """Show what was written just now."""
        self.pick.set_choices(self.kept())
        self.pick.choose(str(kept_id))
        self.on_asked()
        self.pick.setFocus()


class HandOverPanel(KeptPanel):
    """The hand-overs of shifts; a blank sheet is filled with the pen."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Shift hand-over"))

    def kept(self) -> list[Choice]:
        """Return the last hand-overs, then the blank sheet."""
        found = [
            Choice(
                str(one.id),
                "  ".join(
                    word
                    for word in (f"{one.at:%Y-%m-%d %H:%M}", one.shift, one.from_name, one.to_name)
                    if word
                ),
            )
            for one in list_hand_overs()
        ]
        return [*found, Choice("", _("A blank sheet, as things stand now"))]

    def new_word(self) -> str:
        """Return the word of the button."""
        return _("New hand-over")

    def on_new(self) -> None:
        """Write a hand-over; its sheet is then in sight."""
        dialog = HandOverDialog(self.context, self)
        dialog.ask()
        if dialog.stored is not None:
            self.show_new(dialog.stored.id)

    def drawer(self, language: PaperLanguage) -> Draw:
        """Draw the sheet."""
        chosen, now, by = self.chosen(), self.context.now(), self.context.staff

        def draw(target: Path, _progress: Progress) -> DrawnPaper:
            return print_hand_over(
                target, by=by, now=now, hand_over_id=chosen, paper_language=language
            )

        return draw


class NoticePanel(KeptPanel):
    """The notices that were written; A4 for the board, A5 for doors and lifts."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Notices"))

    def fill_side(self, body: QVBoxLayout) -> None:
        """Offer the small size, and to void a notice that no longer holds."""
        theme = self.context.theme
        self._small = CheckField(theme, _("Small, on A5"))
        self._small.toggled.connect(self.on_asked)
        body.addWidget(Label(theme, _("Size"), ink=Ink.TEXT_2, bold=True))
        body.addWidget(self._small)
        self._void = LinkButton(theme, _("Void this notice"))
        self._void.followed.connect(self._on_void)
        row = QHBoxLayout()
        row.addWidget(self._void)
        row.addStretch(1)
        body.addLayout(row)
        body.addWidget(Hairline(theme))

    def kept(self) -> list[Choice]:
        """Return the last notices."""
        return [
            Choice(
                str(one.id),
                "  ".join(
                    word
                    for word in (
                        one.number,
                        one.title,
                        one.scope,
                        _("voided") if one.voided_at else "",
                    )
                    if word
                ),
            )
            for one in list_notices()
        ]

    def new_word(self) -> str:
        """Return the word of the button."""
        return _("Write a notice")

    def on_new(self) -> None:
        """Write a notice; it is then in sight."""
        dialog = NoticeDialog(self.context, self)
        dialog.ask()
        if dialog.stored is not None:
            self.show_new(dialog.stored.id)

    def values(self) -> Hashable:
        """Return which notice, and how large."""
        return (self.pick.value(), self._small.isChecked())

    def title(self) -> str:
        """Return the notice's number and title."""
        return self.pick.currentText() or self.word

    def drawer(self, language: PaperLanguage) -> Draw:
        """Draw the notice; without any there is a sentence in its place."""
        chosen, small = self.chosen(), self._small.isChecked()

        def draw(target: Path, _progress: Progress) -> DrawnPaper:
            if chosen is None:
                raise RuleError(
                    "notice-none", _("No notice was written yet. Press F6 to write one.")
                )
            return print_notice(chosen, target, small=small, paper_language=language)

        return draw

    def show_drawn(self, drawn: object) -> None:
        """Offer to void only what is in sight and holds."""
        holds = {one.id for one in list_notices() if one.voided_at is None}
        self._void.setVisible(drawn is not None and self.chosen() in holds)

    def _on_void(self) -> None:
        chosen, context = self.chosen(), self.context
        if chosen is None or not context.messages.confirm(
            self,
            _("Void this notice?"),
            _("The number stays in the books and is never given again. It cannot be undone."),
            act=_("Void it"),
            keep=_("Keep the notice"),
        ):
            return
        by, now = context.staff.id, context.now()
        if context.attempt(
            self, _("This was not done"), lambda: void_notice(chosen, by=by, now=now)
        ):
            self.refill()
            self.pick.setFocus()
