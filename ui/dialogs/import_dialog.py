"""Import a workbook: choose the file, look at what will come of it, take it in.

What fills the register (residents, houses, vehicles) is one dialog, and so is what brings in fees
(arrears, payments, readings, prices): which of them a file holds is told by its column names, and
may be said otherwise.

Nothing is written before the clerk says so; cancelling leaves nothing; the result can be undone.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.import_kinds import (
    FEE_KINDS,
    IMPORT_RIGHTS,
    KIND_LABELS,
    TEMPLATE_KINDS,
    kinds_beside,
    likely_kind,
)
from propdesk.domain.imports import (
    ColumnsMissingError,
    ImportKind,
    ImportPreview,
    ImportResult,
    Outcome,
    Undone,
)
from propdesk.domain.staff import RIGHTS
from propdesk.i18n import _, ngettext, run_on
from propdesk.services.import_templates import write_template
from propdesk.services.importing import import_file, preview_import
from propdesk.services.imports import check_may_import, undo_import, write_error_rows
from propdesk.services.queries.units import list_communities
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.import_history import ImportHistory
from ui.dialogs.import_preview import PreviewPane
from ui.dialogs.import_steps import ResultPane, Work, WorkPane
from ui.dialogs.import_words import NEEDED, TITLES, UNDO, undone_words
from ui.theme import Ink, Space
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label

_WIDTH = 960
_HEIGHT = 560
_EDGE = 40


def open_import(context: AppContext, parent: QWidget, kind: str) -> None:
    """Open the import of `complaints`, `residents`, `bills`, ... over a window."""
    wanted = ImportKind(kind)
    title = _("Nothing was imported")
    if context.attempt(parent, title, lambda: check_may_import(context.staff.id, wanted)):
        ImportDialog(context, parent, wanted).ask()


class ImportDialog(Dialog):
    """The steps of an import in one place: file, preview with columns and rows, result."""

    def __init__(self, context: AppContext, parent: QWidget | None, kind: ImportKind) -> None:
        super().__init__(context.theme, parent, str(TITLES[kind]), width=_WIDTH)
        self._context = context
        self._asked = self._kind = kind
        beside = kinds_beside(kind)
        rights = RIGHTS[context.staff.role]
        self._offered = [one for one in beside if rights.issuperset(IMPORT_RIGHTS[one])] or [kind]
        # Who said what a file holds is not overruled by its column names.
        self._is_said = False
        self._file = Path()
        self._preview: ImportPreview | None = None
        self._result: ImportResult | None = None
        self._undoing: ImportKind = kind
        self._make_file_row()
        self._problem = Label(context.theme, ink=Ink.DANGER, wrap=True, selectable=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self._steps = QStackedWidget()
        self._history = ImportHistory(context, beside, NEEDED[kind])
        self._history.undo_wanted.connect(lambda line: self._ask_undo(line.id, line.kind))
        self._history.left.connect(self.reject)
        self._steps.addWidget(self._history)
        self._work = WorkPane(context)
        self._steps.addWidget(self._work)
        self._pane = self._make_pane()
        self._steps.addWidget(self._pane)
        self._end = ResultPane(context.theme)
        self._end.undo_wanted.connect(self._on_undo)
        self._steps.addWidget(self._end)
        self.body.addWidget(self._steps, 1)
        self._make_foot()
        self._fit()
        self._path.setFocus()

    # -- building

    def _fit(self) -> None:
        width, height = self.theme.px(_WIDTH), self.theme.px(_HEIGHT)
        parent = self.parentWidget()
        if parent is not None:
            window = parent.window()
            width = min(width, max(window.width() - _EDGE, 640))
            height = min(height, max(window.height() - _EDGE, 420))
        self.setFixedSize(width, height)

    def _make_file_row(self) -> None:
        theme = self.theme
        self._path = LineField(
            theme, _("File"), placeholder=_("Path of an .xlsx, .xls or .csv file"), longest=1000
        )
        # Enter moves the keyboard on after this signal: reading begins behind it.
        self._path.finished.connect(self._on_read, Qt.ConnectionType.QueuedConnection)
        self._pick = Button(theme, _("Choose a file"), icon="file-spreadsheet", shortcut="Ctrl+O")
        self._pick.clicked.connect(self._on_pick)
        self._read = Button(theme, _("Read it"))
        self._read.clicked.connect(self._on_read)
        self._kinds = PickField(theme, _("Content"))
        self._kinds.set_choices([Choice(one.value, str(KIND_LABELS[one])) for one in self._offered])
        self._kinds.choose(self._kind.value)
        self._kinds.setVisible(len(self._offered) > 1)
        self._kinds.setMaximumWidth(theme.px(140))
        self._kinds.picked.connect(self._on_kind)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._path, 1)
        row.addWidget(self._kinds)
        row.addWidget(self._read)
        row.addWidget(self._pick)
        self.body.addLayout(row)

    def _make_pane(self) -> PreviewPane:
        pane = PreviewPane(self._context, self._kind, list_communities())
        pane.changed.connect(self._look)
        pane.left.connect(self.reject)
        return pane

    def _make_foot(self) -> None:
        theme = self.theme
        self._errors = Button(theme, _("Save the rows to look at"), kind=Kind.QUIET, icon="save")
        self._errors.clicked.connect(self._on_save_errors)
        self._foot.insertWidget(0, self._errors)
        self._template = Button(
            theme, _("Save a template to fill in"), kind=Kind.QUIET, icon="file-spreadsheet"
        )
        self._template.clicked.connect(self._on_template)
        self._template.setVisible(self._kind in TEMPLATE_KINDS)
        self._foot.insertWidget(1, self._template)
        self._close = Button(theme, _("Close"), hint="Esc")
        self._close.clicked.connect(self.reject)
        self._foot.addWidget(self._close)
        self._take = Button(
            theme, _("Import"), kind=Kind.PRIMARY, icon="check", shortcut="Ctrl+Return"
        )
        self._take.clicked.connect(self._on_import)
        self._foot.addWidget(self._take)
        self._errors.hide()
        self._take.hide()

    # -- choosing and reading

    def _on_pick(self) -> None:
        pattern = _("Workbooks ({patterns})").format(patterns="*.xlsx *.xls *.csv")
        path = self._context.messages.pick_file(self, self.windowTitle(), pattern)
        if path is not None:
            self._path.show_words(str(path))
            self._on_read()

    def _on_read(self) -> None:
        # A path copied from the file manager stands in quotation marks.
        words = self._path.words().strip('"')
        if not words:
            self._show_problem(_("Choose a file, or type where it is."))
            self._path.setFocus()
            return
        self._file = Path(words).expanduser()
        self._is_said = False
        self._show_kind(self._asked)
        self._pane.forget()
        self._look()

    # -- what the file holds

    def _on_kind(self, kind: str) -> None:
        self._is_said = True
        self._asked = ImportKind(kind)
        self._show_kind(self._asked)
        if self._file.name and self._steps.currentIndex() != 0:
            self._look()

    def _show_kind(self, kind: ImportKind) -> None:
        """Read the next file as this kind; columns that were chosen belong to the other one."""
        if kind is self._kind:
            return
        self._kind = kind
        self.setWindowTitle(str(TITLES[kind]))
        self.heading.show_text(str(TITLES[kind]))
        self._kinds.choose(kind.value)
        self._history.show_needed(NEEDED[kind])
        before, self._pane = self._pane, self._make_pane()
        self._steps.insertWidget(self._steps.indexOf(before), self._pane)
        self._steps.removeWidget(before)
        before.deleteLater()

    def _is_other_kind(self, header: Sequence[str]) -> bool:
        """Turn to what the column names speak of, where nobody said what the file holds."""
        likely = likely_kind(header, self._kind)
        if self._is_said or likely is self._kind or likely not in self._offered:
            return False
        self._is_said = True
        self._show_kind(likely)
        self._look()
        return True

    def _on_template(self) -> None:
        name = _("{kind} to fill in").format(kind=KIND_LABELS[self._kind])
        target = self._context.messages.pick_target(
            self, _("Save a template to fill in"), Path(f"{name}.xlsx"), "Excel (*.xlsx)"
        )
        if target is None:
            return
        try:
            write_template(self._kind, target)
        except RuleError as refusal:
            self._show_problem(str(refusal))
            return
        self._template.show_word(_("Saved"), icon="check")

    def _look(self) -> None:
        """Read the file in the background and show what would come of it."""
        self._preview = None
        kind, path, options, now = self._kind, self._file, self._options(), self._context.now()

        def job(progress: Progress, cancelled: Callable[[], bool]) -> ImportPreview:
            return preview_import(
                kind, path, now=now, on_progress=progress, cancelled=cancelled, **options
            )

        self._start(_("Reading {file}").format(file=path.name), job, self._show_preview)

    def _options(self) -> dict[str, Any]:
        pane = self._pane
        return {
            "mapping": pane.mapping(),
            "sheet": pane.sheet(),
            "community": pane.community(),
            "take_hidden": pane.take_hidden(),
        }

    # -- working in the background

    def _start(
        self, words: str, work: Work, on_done: Callable[[Any], None], *, can_stop: bool = True
    ) -> None:
        """Work behind the bar; what was cancelled leads back to the beginning."""

        def done(result: Any) -> None:
            self._set_busy(is_busy=False)
            if result is None:
                self._show_start(_("Cancelled: nothing was stored."))
            else:
                on_done(result)

        self._show_problem("")
        self._steps.setCurrentWidget(self._work)
        self._set_busy(is_busy=True)
        self._work.run(words, work, done, self._on_error, can_stop=can_stop)
        self._work.take_focus()

    def _set_busy(self, *, is_busy: bool) -> None:
        for widget in (self._path, self._kinds, self._pick, self._read, self._close):
            widget.setEnabled(not is_busy)
        self._take.hide()
        self._errors.hide()
        self._template.hide()

    def _on_error(self, error: BaseException) -> None:
        self._set_busy(is_busy=False)
        self._show_start("")
        if not isinstance(error, RuleError):
            raise error
        if isinstance(error, ColumnsMissingError) and self._is_other_kind(error.header):
            return
        self._show_problem(str(error))
        if isinstance(error, ColumnsMissingError):
            self._steps.setCurrentWidget(self._pane)
            self._pane.show_missing(error)

    def _show_start(self, words: str) -> None:
        self._history.refill()
        self._template.setVisible(self._kind in TEMPLATE_KINDS)
        self._steps.setCurrentIndex(0)
        self._show_problem(words)
        self._path.setFocus()
        self._path.selectAll()

    def _show_problem(self, words: str) -> None:
        self._problem.show_text(words)
        self._problem.setVisible(bool(words))

    # -- looking

    def _show_preview(self, preview: ImportPreview) -> None:
        if self._is_other_kind(preview.header):
            return
        self._preview = preview
        self._steps.setCurrentWidget(self._pane)
        self._pane.show_preview(preview)
        added = preview.count(Outcome.ADDED)
        words = ngettext("Import {count} row", "Import {count} rows", added)
        self._take.show_word(words.format(count=added))
        self._take.setVisible(added > 0)
        self._offer_errors(preview)

    def _offer_errors(self, preview: ImportPreview) -> None:
        self._errors.show_word(_("Save the rows to look at"), icon="save")
        self._errors.setVisible(bool(preview.rejected or preview.needing_person))

    def _on_save_errors(self) -> None:
        if self._preview is None:
            return
        preview = self._preview
        name = _("{file} to look at").format(file=Path(preview.file_name).stem)
        proposed = self._file.with_name(f"{name}.xlsx")
        target = self._context.messages.pick_target(
            self, _("Save the rows to look at"), proposed, "Excel (*.xlsx)"
        )
        if target is None:
            return
        try:
            write_error_rows(preview, target)
        except RuleError as refusal:
            self._show_problem(str(refusal))
            return
        self._errors.show_word(_("Saved"), icon="check")

    # -- taking it in

    def _on_import(self) -> None:
        if self._preview is None:
            return
        kind, path, options = self._kind, self._file, self._options()
        by, now = self._context.staff.id, self._context.now()

        def job(progress: Progress, cancelled: Callable[[], bool]) -> ImportResult:
            return import_file(
                kind, path, by=by, now=now, on_progress=progress, cancelled=cancelled, **options
            )

        self._start(_("Importing {file}").format(file=path.name), job, self._show_result)

    def _show_result(self, result: ImportResult) -> None:
        self._result = result
        added = result.preview.count(Outcome.ADDED)
        words = ngettext("{count} row was taken in.", "{count} rows were taken in.", added)
        said = [words.format(count=added)]
        rest = result.preview.count(Outcome.REJECTED)
        if rest:
            words = ngettext("{count} row was rejected.", "{count} rows were rejected.", rest)
            said.append(words.format(count=rest))
        self._end.show_done(run_on(*said), can_undo=result.import_id is not None)
        self._steps.setCurrentWidget(self._end)
        self._offer_errors(result.preview)
        self._preview = result.preview
        self._tell_changes(self._kind)
        self._close.setFocus()

    def _tell_changes(self, kind: ImportKind) -> None:
        changes = self._context.changes
        if kind is ImportKind.COMPLAINTS:
            changes.tickets_changed.emit()
        elif kind in FEE_KINDS:
            changes.fees_changed.emit()
        elif kind is ImportKind.ASSETS:
            changes.inspections_changed.emit()
        else:
            changes.residents_changed.emit()

    def _on_undo(self) -> None:
        if self._result is not None and self._result.import_id is not None:
            self._ask_undo(self._result.import_id, self._kind)

    def _ask_undo(self, import_id: int, kind: ImportKind) -> None:
        """Ask once, then undo an import as a whole."""
        if not self._context.messages.confirm(
            self, _("Undo this import?"), str(UNDO[kind]), act=_("Undo it"), keep=_("Keep it")
        ):
            return
        self._undoing = kind
        by, now = self._context.staff.id, self._context.now()

        def job(_progress: Progress, _cancelled: Callable[[], bool]) -> Undone:
            return undo_import(import_id, by=by, now=now)

        self._start(_("Undoing the import"), job, self._show_undone, can_stop=False)

    def _show_undone(self, undone: Undone) -> None:
        self._end.show_undone(undone_words(self._undoing, undone))
        self._result = None
        self._steps.setCurrentWidget(self._end)
        self._tell_changes(self._undoing)
        self._close.setFocus()

    # -- leaving

    def reject(self) -> None:
        """Close the dialog; while work is running, stop that first."""
        if self._work.is_running():
            self._work.stop()
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to what has the focus: a dialog without a default button does nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)
