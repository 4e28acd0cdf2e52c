"""The parts of the settings: the office, its papers and numbers, the staff, this workstation."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.papers import PaperLanguage, PaperSize
from propdesk.domain.settings import MOST_COPIES, OfficeSettings
from propdesk.domain.staff import Staff
from propdesk.domain.tickets import KIND_LABELS
from propdesk.domain.tickets import Kind as TicketKind
from propdesk.i18n import LANGUAGES, _, _lazy
from propdesk.services.queries.letters import letter_pattern
from propdesk.services.queries.staff import list_staff
from ui.context import AppContext
from ui.dialogs.calendar_dialog import CalendarDialog
from ui.dialogs.limits_dialog import LimitsDialog
from ui.dialogs.staff_dialog import StaffDialog
from ui.dialogs.staff_picker import STAFF_COLUMNS
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Mode, Space, Tone
from ui.theme.tokens import TEXT_SIZES
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Segments
from ui.widgets.fields import LineField, PickField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

# Each language is named in itself.
_STAFF_ROWS = 8
LANGUAGE_WORDS = {"zh_CN": _lazy("Chinese"), "en": _lazy("English")}
_MODE_WORDS = {
    Mode.SYSTEM: _lazy("As the system"),
    Mode.LIGHT: _lazy("Light"),
    Mode.DARK: _lazy("Dark"),
}
PAPER_LANGUAGE_WORDS = {
    PaperLanguage.ZH: _lazy("Chinese"),
    PaperLanguage.ZH_EN: _lazy("Chinese with English below"),
    PaperLanguage.EN: _lazy("English only"),
}
_PAPER_WORDS = {
    PaperSize.A5: _lazy("A5, one copy on a sheet"),
    PaperSize.A4: _lazy("A4, two copies on a sheet"),
}


class OfficePart(FormRows):
    """The office itself: names, phone, repeat span, second backup folder."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        theme, shown = context.theme, context.settings
        self._context = context
        self._name = LineField(theme, _("Office name"))
        self._name_en = LineField(theme, _("English name"))
        self._company = LineField(theme, _("Company"))
        self._phone = LineField(theme, _("Phone"), width=200)
        self._days = LineField(theme, _("Repeat days"), width=60, longest=3)
        self._cluster = LineField(theme, _("Tickets of an incident"), width=60, longest=3)
        self._cluster_hours = LineField(theme, _("Hours of an incident"), width=60, longest=3)
        self._patrols = LineField(theme, _("Days between patrols"), width=60, longest=3)
        self._deposit = LineField(theme, _("Days until the deposit"), width=60, longest=3)
        self._vaccination = LineField(theme, _("Days before a vaccination"), width=60, longest=3)
        self._folder = LineField(theme, _("Second backup"), placeholder=_("none"), longest=400)
        choose = Button(theme, _("Choose"))
        choose.clicked.connect(self._choose_folder)
        days_note = Label(theme, _("days in which the same matter counts as a repeat"),
                          ink=Ink.TEXT_3)  # fmt: skip
        self.add_row("office_name", _("Office name"), self._name)
        self.add_row("office_name_en", _("English name"), self._name_en)
        self.add_row("company", _("Company"), self._company)
        self.add_row("phone", _("Phone"), self._phone)
        self.add_row("repeat_days", _("Repeat span"), self._days, note=days_note)
        cluster_note = Label(
            theme, _("tickets of a class in a building, in so many hours"), ink=Ink.TEXT_3
        )
        self.add_row(
            "cluster",
            _("Incident from"),
            self._cluster,
            self._cluster_hours,
            note=cluster_note,
        )
        works_note = Label(
            theme, _("days between patrols, until the deposit goes back"), ink=Ink.TEXT_3
        )
        works = (self._patrols, self._deposit)
        self.add_row("works", _("Decorations"), *works, note=works_note)
        pets_note = Label(theme, _("days before a vaccination ends"), ink=Ink.TEXT_3)
        self.add_row("vaccination", _("Pets"), self._vaccination, note=pets_note)
        limits = Button(theme, _("Time limits"), icon="alarm-clock")
        hours = Button(theme, _("Office hours and working days"), icon="calendar-plus")
        limits.clicked.connect(lambda: LimitsDialog(context, self).ask())
        hours.clicked.connect(lambda: CalendarDialog(context, self).ask())
        self.add_row("limits", _("Limits"), limits, hours)
        self.add_row("second_backup_folder", _("Second backup"), self._folder, choose)
        for field, words in (
            (self._name, shown.office_name),
            (self._name_en, shown.office_name_en),
            (self._company, shown.company),
            (self._phone, shown.phone),
            (self._days, str(shown.repeat_days)),
            (self._cluster, str(shown.cluster_tickets)),
            (self._cluster_hours, str(shown.cluster_hours)),
            (self._patrols, str(shown.decoration_patrol_days)),
            (self._deposit, str(shown.decoration_deposit_days)),
            (self._vaccination, str(shown.vaccination_days)),
            (self._folder, shown.second_backup_folder),
        ):
            field.show_words(words)

    def _choose_folder(self) -> None:
        title = _("Where shall backups be copied to?")
        folder = self._context.messages.pick_folder(self, title)
        if folder is not None:
            self._folder.show_words(str(folder))

    def taken(self, settings: OfficeSettings) -> OfficeSettings:
        """Return the settings with what was typed here."""
        return replace(
            settings,
            office_name=self._name.words(),
            office_name_en=self._name_en.words(),
            company=self._company.words(),
            phone=self._phone.words(),
            repeat_days=_number(self._days),
            cluster_tickets=_number(self._cluster),
            cluster_hours=_number(self._cluster_hours),
            decoration_patrol_days=_number(self._patrols),
            decoration_deposit_days=_number(self._deposit),
            vaccination_days=_number(self._vaccination),
            second_backup_folder=self._folder.words(),
        )


def _number(field: LineField) -> int:
    """Return a typed number; what is none is 0, which no setting takes."""
    words = field.words()
    return int(words) if words.isdecimal() else 0


class PapersPart(FormRows):
    """The papers: language, size, copies, the note below, and the numbers of tickets."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        theme, shown = context.theme, context.settings
        self._language = PickField(
            theme,
            _("Language"),
            [Choice(each.value, str(words)) for each, words in PAPER_LANGUAGE_WORDS.items()],
        )
        self._paper = PickField(
            theme,
            _("Work order"),
            [Choice(each.value, str(words)) for each, words in _PAPER_WORDS.items()],
        )
        self._copies = [
            LineField(theme, _("Copy {number}").format(number=n + 1), width=96, longest=20)
            for n in range(MOST_COPIES)
        ]
        self._worker = PickField(theme, _("Worker's copy"))
        self._note = LineField(theme, _("Note below"))
        self._out_days = LineField(theme, _("Papers out"), width=60, longest=3)
        self._pattern = LineField(theme, _("Ticket numbers"), width=260)
        self._letters = {
            kind: LineField(theme, str(KIND_LABELS[kind]), width=52, longest=4)
            for kind in TicketKind
        }
        self.add_row("paper_language", _("Language"), self._language)
        self.add_row("work_order_paper", _("Work order"), self._paper)
        self.add_row("copy_names", _("Copies"), *self._copies)
        worker_note = Label(theme, _("carries the whole phone number"), ink=Ink.TEXT_3)
        self.add_row("worker_copy", _("Worker's copy"), self._worker, note=worker_note)
        self.add_row("work_order_note", _("Note below"), self._note)
        out_note = Label(theme, _("days until an order that is out is reminded of; 0 = never"),
                         ink=Ink.TEXT_3)  # fmt: skip
        self.add_row("papers_out_days", _("Papers out"), self._out_days, note=out_note)
        self.add_row("number_pattern", _("Ticket numbers"), self._pattern)
        self._letter_pattern = LineField(
            theme, _("Letter numbers"), width=260, placeholder=letter_pattern()
        )
        self.add_row("letter_pattern", _("Letter numbers"), self._letter_pattern)
        self._add_letters()
        self._fill(shown)
        for field in self._copies:
            field.editingFinished.connect(self._offer_copies)

    def _add_letters(self) -> None:
        theme = self._theme
        kinds = list(TicketKind)
        for place, part in enumerate((kinds[:3], kinds[3:])):
            widgets: list[QWidget] = []
            for kind in part:
                widgets += [
                    self._letters[kind],
                    Label(theme, str(KIND_LABELS[kind]), ink=Ink.TEXT_3),
                ]
            label = _("Letters") if place == 0 else ""
            self.add_row("letters" if place == 0 else "letters-2", label, widgets[0], *widgets[1:])

    def _fill(self, shown: OfficeSettings) -> None:
        self._language.choose(shown.paper_language.value)
        self._paper.choose(shown.work_order_paper.value)
        for field, name in zip(self._copies, shown.copy_names, strict=False):
            field.show_words(name)
        self._offer_copies()
        if shown.worker_copy in shown.copy_names:
            self._worker.choose(shown.worker_copy)
        self._note.show_words(shown.work_order_note)
        self._out_days.show_words(str(shown.papers_out_days))
        self._pattern.show_words(shown.number_pattern)
        self._letter_pattern.show_words(shown.letter_pattern)
        for kind, field in self._letters.items():
            field.show_words(shown.number_letters[kind])

    def _copy_names(self) -> tuple[str, ...]:
        return tuple(name for field in self._copies if (name := field.words()))

    def _offer_copies(self) -> None:
        names = dict.fromkeys(self._copy_names())
        self._worker.set_choices([Choice(name, name) for name in names])

    def taken(self, settings: OfficeSettings) -> OfficeSettings:
        """Return the settings with what was typed here."""
        self._offer_copies()
        return replace(
            settings,
            paper_language=PaperLanguage(self._language.value()),
            work_order_paper=PaperSize(self._paper.value()),
            copy_names=self._copy_names(),
            worker_copy=self._worker.value(),
            work_order_note=self._note.words(),
            papers_out_days=int(days) if (days := self._out_days.words()).isdecimal() else -1,
            number_pattern=self._pattern.words(),
            letter_pattern=self._letter_pattern.words(),
            number_letters={kind: field.words() for kind, field in self._letters.items()},
        )


class StaffPart(QWidget):
    """Who works here and who has left."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        self._table = RecordTable(
            theme,
            _("Staff"),
            (*STAFF_COLUMNS, Column("here", _lazy("At work"), _here, CellKind.STATUS, width=120)),
            lambda one: one.id,
            now=context.now,
        )
        self._table.make_dense()
        self._table.opened.connect(lambda _row: self._change())
        self._table.setFixedHeight(self._table.height_of(_STAFF_ROWS))
        column.addWidget(self._table)
        column.addStretch(1)
        add = Button(theme, _("Add staff"), icon="user-plus", shortcut="Ctrl+N")
        change = Button(theme, _("Edit"), icon="pencil", hint="Enter")
        add.clicked.connect(self._add)
        change.clicked.connect(self._change)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(add)
        row.addWidget(change)
        row.addStretch(1)
        column.addLayout(row)
        self._table.show_rows(list_staff(everybody=True))

    def _add(self) -> None:
        self._edit(None)

    def _change(self) -> None:
        row = self._table.current_row()
        if isinstance(row, Staff):
            self._edit(row)

    def _edit(self, member: Staff | None) -> None:
        dialog = StaffDialog(self._context, self, member)
        dialog.ask()
        if dialog.stored is not None:
            self._table.show_rows(list_staff(everybody=True))
            self._table.select_key(dialog.stored.id)


def _here(member: Staff) -> Mark:
    return Mark(_("Works here"), Tone.OK) if member.active else Mark(_("Has left"), Tone.NEUTRAL)


class WorkstationPart(FormRows):
    """The choices of this PC: appearance, text size, language; taken at once."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        self._context = context
        theme, memory = context.theme, context.memory
        self._mode = Segments(
            theme, _("Colours"), [Choice(each.value, str(w)) for each, w in _MODE_WORDS.items()]
        )
        self._mode.choose(theme.mode.value)
        self._mode.chosen_changed.connect(self._on_mode)
        self._size = Segments(
            theme, _("Text size"), [Choice(str(each), f"{each:g}") for each in TEXT_SIZES]
        )
        self._size.choose(str(theme.text_size))
        self._size.chosen_changed.connect(self._on_size)
        languages = [Choice(code, LANGUAGE_WORDS[code].in_(code)) for code in LANGUAGES]
        self._language = Segments(
            theme, _("Language"), [Choice("", _("As the system")), *languages]
        )
        self._language.choose(memory.recall("language"))
        self._language.chosen_changed.connect(lambda code: memory.remember("language", code))
        self.language_before = memory.recall("language")
        points = Label(theme, _("points"), ink=Ink.TEXT_3)
        self.add_row("mode", _("Colours"), self._mode)
        self.add_row("text_size", _("Text size"), self._size, note=points)
        anew = Label(theme, _("the window opens anew"), ink=Ink.TEXT_3)
        self.add_row("language", _("Language"), self._language, note=anew)

    def _on_mode(self, mode: str) -> None:
        self._context.memory.remember("theme", mode)
        self._context.theme.switch(mode=mode)

    def _on_size(self, size: str) -> None:
        self._context.memory.remember("text_size", size)
        self._context.theme.switch(text_size=float(size))

    def is_language_changed(self) -> bool:
        """Tell whether the window must open anew to speak the chosen language."""
        return self._context.memory.recall("language") != self.language_before
