"""The parts of 关于: data and backups, the program and this PC, components and licences."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk import crashes, paths
from propdesk.domain.backups import HEALTH_LABELS
from propdesk.i18n import _, _lazy
from propdesk.services.backups import BackupState
from ui import about_facts
from ui.about_facts import Component, OfficeLook, ProgramLook, read_components
from ui.backup_keeper import BackupKeeper
from ui.context import AppContext
from ui.dialogs.backups_dialog import size_words
from ui.dialogs.base import Dialog
from ui.tables.columns import Column, moment_words
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Theme
from ui.widgets.buttons import Button, CopyButton, FolderButton, Kind
from ui.widgets.facts import Fact, Facts
from ui.widgets.fields import TextField
from ui.widgets.labels import Label

_ROWS = 9
_LICENCE_LINES = 17
_SHORT_UID = 8
_WAITING = _lazy("being looked at ...")


class _Section(QWidget):
    """A heading, facts, and what can be done with them."""

    def __init__(self, theme: Theme, heading: str, *buttons: Button) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(Label(theme, heading, bold=True))
        self.facts = Facts(theme)
        column.addWidget(self.facts)
        row = QHBoxLayout()
        row.setContentsMargins(0, Space.XS, 0, 0)
        row.setSpacing(Space.S)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)


def _column(part: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(part)
    column.setContentsMargins(0, Space.XS, 0, 0)
    column.setSpacing(Space.L)
    return column


def _line(label: str, words: object) -> str:
    """Return a fact as a line of text."""
    return f"{label}: {words}"


class DataPart(QWidget):
    """Where the office's data is, how much it is, and where its backups are."""

    def __init__(self, context: AppContext, keeper: BackupKeeper) -> None:
        super().__init__()
        self._context = context
        self._keeper = keeper
        self._look: OfficeLook | None = None
        self._is_backup_known = False
        theme = context.theme
        folder = context.office.folder
        show = FolderButton(theme, _("Open folder"), folder, shortcut="Ctrl+O")
        copy = CopyButton(theme, _("Copy place"), lambda: str(folder))
        backups = Button(theme, _("Backups"), icon="shield-check", shortcut="Ctrl+B")
        backups.clicked.connect(self._on_backups)
        self._data = _Section(theme, _("Where the data is"), show, copy)
        self._backup = _Section(theme, _("Where the backup is"), backups)
        column = _column(self)
        column.addWidget(self._data)
        column.addWidget(self._backup)
        column.addStretch(1)
        office = context.office
        self._handle = context.background.run(
            lambda _progress: about_facts.look_at_office(office), self._on_looked, self._on_failed
        )
        keeper.state_changed.connect(self._on_backup_known)
        keeper.look()
        self._show()

    def stop(self) -> None:
        """Hear of nothing more: the dialog closes."""
        self._handle.cancel()

    def is_settled(self) -> bool:
        """Tell whether all is known."""
        return self._look is not None and self._is_backup_known

    def _on_looked(self, look: OfficeLook) -> None:
        self._look = look
        self._show()

    def _on_failed(self, error: BaseException) -> None:
        self._context.explain(self, _("Where the data is"), error)

    def _on_backup_known(self) -> None:
        self._is_backup_known = True
        self._show()

    def _on_backups(self) -> None:
        from ui.dialogs.backups_dialog import BackupsDialog

        BackupsDialog(self._context, self, self._keeper).ask()

    def _show(self) -> None:
        context, look = self._context, self._look
        office = context.settings.office_name
        if look is not None:
            office = f"{office}  {look.facts.uid[:_SHORT_UID]}"
        self._data.facts.show_facts(
            (
                Fact(_("Folder"), str(context.office.folder), is_strong=True),
                Fact(_("Office"), office),
                Fact(_("Holds"), self._holds()),
            )
        )
        self._backup.facts.show_facts(self._backup_facts())

    def _holds(self) -> str:
        if self._look is None:
            return str(_WAITING)
        facts = self._look.facts
        return _("Tickets {tickets}, houses {houses}, {size}, data version {version}").format(
            tickets=facts.tickets,
            houses=facts.units,
            size=size_words(self._look.size),
            version=facts.data_version,
        )

    def _backup_facts(self) -> tuple[Fact, ...]:
        state, keeper = self._keeper.state, self._keeper
        if state is None:
            return (Fact(_("Newest"), keeper.problem or str(_WAITING)),)
        facts = [Fact(_("Newest"), self._newest_words(state), is_strong=True)]
        if state.file is not None:
            facts.append(Fact(_("File"), str(state.file)))
        second = keeper.second_place()
        if second is None:
            facts.append(Fact(_("Also in"), _("no second place; another disk makes it safer")))
        else:
            facts.append(Fact(_("Also in"), f"{second}\n{self._second_words(state)}"))
        if keeper.problem:
            facts.append(Fact(_("Problem"), keeper.problem))
        return tuple(facts)

    def _newest_words(self, state: BackupState) -> str:
        if state.last is None:
            return _("none yet")
        return _("{time}, verified; {state}").format(
            time=moment_words(state.last, self._context.now()),
            state=_("nothing has changed since")
            if not state.changed
            else HEALTH_LABELS[state.health],
        )

    def _second_words(self, state: BackupState) -> str:
        if state.second_last is None:
            return _("none yet")
        return moment_words(state.second_last, self._context.now())

    def support_lines(self) -> list[str]:
        """Return what of this may go to support: no name of a person, office or folder."""
        lines = [_line(_("Folder"), about_facts.place_words(self._context.office.folder))]
        if self._look is not None:
            lines.append(_line(_("Office"), self._look.facts.uid[:_SHORT_UID]))
            lines.append(_line(_("Holds"), self._holds()))
        state = self._keeper.state
        if state is not None:
            lines.append(_line(_("Newest backup"), self._newest_words(state)))
            second = self._keeper.second_place()
            words = _("none") if second is None else self._second_words(state)
            lines.append(_line(_("Second place"), words))
        return lines


class ProgramPart(QWidget):
    """The program, what it is built with, this PC, and where logs and reports are."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        theme = context.theme
        self._look: ProgramLook | None = None
        logs = FolderButton(theme, _("Open logs"), paths.user_logs(), shortcut="Ctrl+L")
        self._program = _Section(theme, _("Program"))
        self._pc = _Section(theme, _("This PC"), logs)
        column = _column(self)
        column.addWidget(self._program)
        column.addWidget(self._pc)
        column.addStretch(1)
        self._show()

    def show_look(self, look: ProgramLook) -> None:
        """Show what took a moment to find out."""
        self._look = look
        self._show()

    def _show(self) -> None:
        look = self._look
        printer = _("No printer")
        if look is None:
            printer = str(_WAITING)
        elif look.printers:
            printer = "; ".join(look.printers[:3])
        self._program.facts.show_facts(
            (
                Fact(_("Files"), about_facts.files_words(look)),
                Fact(_("Built with"), about_facts.python_words()),
                Fact(_("Database"), about_facts.engine_words()),
            )
        )
        self._pc.facts.show_facts(
            (
                Fact(_("System"), about_facts.system_words()),
                Fact(_("Screen"), about_facts.screen_words()),
                Fact(_("Printer"), printer),
                Fact(_("Logs"), str(paths.user_logs())),
                Fact(_("Error reports"), about_facts.report_words(crashes.list_reports())),
            )
        )

    def support_lines(self) -> list[str]:
        """Return what of this may go to support; printers are counted, as they carry names."""
        look = self._look
        lines = [
            _line(_("Files"), about_facts.files_words(look)),
            _line(_("Built with"), about_facts.python_words()),
            _line(_("Database"), about_facts.engine_words()),
            _line(_("System"), about_facts.system_words()),
            _line(_("Screen"), about_facts.screen_words()),
        ]
        if look is not None:
            lines.append(_line(_("Printer"), len(look.printers)))
        lines.append(_line(_("Error reports"), about_facts.report_words(crashes.list_reports())))
        return lines


_COLUMNS = (
    Column("name", _lazy("Component"), lambda one: one.name, width=240, is_strong=True),
    Column("version", _lazy("Version"), lambda one: one.version, width=90),
    Column("licence", _lazy("Licence"), lambda one: one.licence, width=160, stretches=True),
)


class ComponentsPart(QWidget):
    """What others made: each with its version and its licence, which Enter opens."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        theme = context.theme
        self._theme = theme
        self._table = RecordTable(
            theme, _("Components"), _COLUMNS, lambda one: one.name, now=context.now
        )
        self._table.make_dense()
        self._table.setFixedHeight(self._table.height_of(_ROWS))
        self._table.opened.connect(self._read)
        self._table.left.connect(lambda: self.window().close())
        read = Button(theme, _("Read the licence"), icon="file-text", hint="Enter")
        read.clicked.connect(lambda: self._read(self._table.current_row()))
        column = _column(self)
        column.setSpacing(Space.S)
        column.addWidget(
            Label(
                theme,
                _(
                    "propdesk itself is under the Apache licence 2.0. Qt (LGPL 3) lies beside the "
                    "program as files of its own, which may be replaced."
                ),
                ink=Ink.TEXT_2,
                wrap=True,
            )
        )
        column.addWidget(self._table)
        row = QHBoxLayout()
        row.addWidget(read)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self._table.show_rows(read_components())

    def _read(self, component: object) -> None:
        if isinstance(component, Component):
            LicenceDialog(self._theme, self, component).ask()


class LicenceDialog(Dialog):
    """The whole text of a licence; the arrow keys scroll it, Esc closes it."""

    def __init__(self, theme: Theme, parent: QWidget, component: Component) -> None:
        super().__init__(theme, parent, f"{component.name} {component.version}", width=800)
        self.add_sentence(component.licence, is_quiet=True)
        text = TextField(theme, _("Licence"), lines=_LICENCE_LINES)
        text.show_words(component.licence_text)
        text.setReadOnly(True)
        self.body.addWidget(text)
        self.add_verb("close", _("Close"), kind=Kind.PRIMARY, is_default=True)
        text.setFocus()
