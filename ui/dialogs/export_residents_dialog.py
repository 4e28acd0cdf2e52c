"""Give the residents away as a file: masked, or in full with purpose and receiver (law.md 1.7)."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.data_exports import (
    MANNER_LABELS,
    DataExport,
    ExportOrder,
    Manner,
    check_order,
)
from propdesk.domain.errors import Cancelled, DraftError, Problem, RuleError
from propdesk.domain.staff import RIGHTS, Right
from propdesk.i18n import _, ngettext
from propdesk.services.exporting_residents import export_residents
from propdesk.services.offices import working_connection
from propdesk.services.queries.staff import list_staff
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.work_dialog import WorkDialog
from ui.widgets.buttons import Kind
from ui.widgets.choices import Choice, Segments
from ui.widgets.fields import LineField, PickField
from ui.widgets.forms import FormRows

_FIELDS = {"export-second": "second", "export-same-staff": "second", "export-public": "manner"}


class ExportResidentsDialog(Dialog):
    """What is to leave the office, and why; `told` is what to say when it was written."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Export residents"), width=600)
        self._context = context
        self.told = ""
        theme = context.theme
        self._how = Segments(
            theme,
            _("Names and phones"),
            [Choice("masked", _("Masked")), Choice("plain", _("In full"))],
        )
        self._how.choose("masked")
        self._purpose = LineField(theme, _("Purpose"), longest=120)
        manners = [Choice(one.value, str(word)) for one, word in MANNER_LABELS.items()]
        self._manner = PickField(theme, _("Manner"), manners)
        self._receiver = LineField(theme, _("Receiver"), longest=120)
        others = [
            Choice(str(one.id), one.name)
            for one in list_staff()
            if one.id != context.staff.id and Right.EXPORT_PLAIN in RIGHTS[one.role]
        ]
        self._second = PickField(theme, _("Second person"), [Choice("", _("Nobody")), *others])
        self.rows = FormRows(theme)
        for key, label, field in (
            ("plain", _("Content"), self._how),
            ("purpose", _("Purpose"), self._purpose),
            ("manner", _("Manner"), self._manner),
            ("receiver", _("Receiver"), self._receiver),
            ("second", _("Second person"), self._second),
        ):
            self.rows.add_row(key, label, field)
        self.body.addWidget(self.rows)
        most = context.settings.second_approver_rows
        words = ngettext(
            "In full needs a purpose; more than {count} row needs a second person who agrees. "
            "Each export is noted with its file's hash. Optional details are in none.",
            "In full needs a purpose; more than {count} rows need a second person who agrees. "
            "Each export is noted with its file's hash. Optional details are in none.",
            most,
        )
        self.add_sentence(words.format(count=most), is_quiet=True)
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("save", _("Export"), kind=Kind.PRIMARY).set_shortcut("Ctrl+S")
        self._how.setFocus()

    def choose(self, key: str) -> None:
        """Write the file before the dialog closes; what is wrong is said under its field."""
        if key == "save" and not self._is_written():
            return
        super().choose(key)

    def _order(self) -> ExportOrder:
        return ExportOrder(
            purpose=self._purpose.words(),
            is_plain=self._how.chosen() == "plain",
            manner=Manner(self._manner.value()),
            receiver=self._receiver.words(),
            second_staff_id=int(self._second.value()) if self._second.value() else None,
        )

    def _is_written(self) -> bool:
        context = self._context
        now, by, order = context.now(), context.staff.id, self._order()
        try:
            check_order(order, 0, context.settings.second_approver_rows)
        except RuleError as refusal:
            self._show_refusal(refusal)
            return False
        proposed = Path.home() / f"{_('Residents')} {now:%Y-%m-%d}.xlsx"
        target = context.messages.pick_target(
            self, _("Export residents"), proposed, "Excel (*.xlsx);;CSV (*.csv);;JSON (*.json)"
        )
        if target is None:
            return False

        def job(progress: Progress) -> DataExport:
            with working_connection():
                return export_residents(target, order, by=by, now=now, on_progress=progress)

        words = _("Exporting {file}").format(file=target.name)
        dialog = WorkDialog(context.theme, self, words)
        try:
            export = dialog.work(
                lambda done, failed, moved: context.background.run(job, done, failed, moved)
            )
        except Cancelled:
            return False
        except RuleError as refusal:
            self._show_refusal(refusal)
            return False
        told = ngettext("{count} row is in {file}", "{count} rows are in {file}", export.rows)
        self.told = told.format(count=export.rows, file=target.name)
        return True

    def _show_refusal(self, refusal: RuleError) -> None:
        if isinstance(refusal, DraftError):
            self.rows.show_problems(refusal.problems)
        else:
            field = _FIELDS.get(refusal.code, "")
            self.rows.show_problems((Problem(field, str(refusal)),))
