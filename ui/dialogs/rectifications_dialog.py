"""The notices to rectify: handed over or refused, looked at again with photos, taken back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from propdesk.domain.attachments import Attachment
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.findings import RECHECK_LABELS, Recheck, Rectification
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services import offices
from propdesk.services.attachments import Refused
from propdesk.services.queries.findings import list_rectifications
from propdesk.services.queries.rectification_proposals import list_rectification_files
from propdesk.services.rectification_files import (
    add_rectification_files,
    remove_rectification_file,
)
from propdesk.services.rectifications import (
    receive_rectification,
    recheck_rectification,
    void_rectification,
)
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.finding_words import notice_mark
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.picture_view import PictureView
from ui.dialogs.rectification_dialog import write_notice
from ui.dialogs.thing_dialog import ThingDialog
from ui.finding_acts import show_notice_paper
from ui.forms.file_strip import FileStrip
from ui.incoming_files import Drops, Incoming, sources
from ui.tables.columns import CellKind, Column
from ui.widgets.buttons import Kind
from ui.widgets.choices import Chips, Choice, Segments
from ui.widgets.fields import CheckField, TextField

_WIDTH, _ROWS = 1000, 8
_OPEN, _ALL = "open", "all"


class _Added(NamedTuple):
    """What came of a lot of files."""

    files: tuple[Attachment, ...]
    refused: tuple[Refused, ...]


class NoticeFiles(FileStrip):
    """Photos of the notice that is shown: what was wrong, what the look afterwards found."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._notice: Rectification | None = None
        self._kept: tuple[Attachment, ...] = ()

    def show_notice(self, notice: Rectification | None) -> None:
        """Show the photos of a notice."""
        self._notice = notice
        self._kept = () if notice is None else list_rectification_files(notice.id)
        self.show_files([(one.file, one.title, False) for one in self._kept])

    def can_take(self) -> bool:
        """Tell whether files may come now: a notice is shown."""
        return self._notice is not None and super().can_take()

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take files in for the notice that is shown now."""
        if self._notice is not None:
            self._for = (self._notice.number, self.context.staff.id, self.context.now())
            super().take(coming)

    def job(self, coming: Sequence[Incoming], progress: Progress) -> _Added:
        """Take files in and give them to their notice."""
        number, by, now = self._for
        with offices.working_connection():
            return _Added(
                *add_rectification_files(
                    self.context.office, number, sources(coming), by=by, now=now,
                    on_progress=progress,
                )
            )  # fmt: skip

    def arrived(self, result: _Added) -> None:
        """Show them, and say what was refused."""
        self.show_notice(self._notice)
        self.tell_refused(result.refused)

    def open_view(self, place: int) -> None:
        """Look at a photo, as large as the window."""
        PictureView(self.context, self, [one.file for one in self._kept], place).look()

    def remove(self, place: int) -> None:
        """Take a photo off the notice."""
        context = self.context
        file_id, by, now = self._kept[place].id, context.staff.id, context.now()
        title = _("This was not done")
        if context.attempt(self, title, lambda: remove_rectification_file(file_id, by=by, now=now)):
            self.show_notice(self._notice)


class RectificationsDialog(ListDialog[Rectification]):
    """The nearest deadline first. Enter notes the look afterwards, Ctrl+R who received it."""

    def __init__(self, context: AppContext, parent: QWidget, number: str = "") -> None:
        super().__init__(
            context,
            parent,
            _("Notices to rectify"),
            self._columns(context),
            lambda one: one.number,
            width=_WIDTH,
            rows=_ROWS,
            details=3,
        )
        self._chips = Chips(context.theme, _("Which notices"), _choices())
        self._chips.chosen_changed.connect(lambda _key: self.refill())
        self.body.insertWidget(1, self._chips)
        self._files = NoticeFiles(context)
        Drops(self, self._files.take, context.now)
        self.body.insertWidget(self.body.count() - 1, self._files)
        self._recheck = self.add_act(
            _("Re-check"), self._on_recheck, "Enter", icon="eye", kind=Kind.PRIMARY
        )
        self._receive = self.add_act(_("Note the receipt"), self._on_receive, "Ctrl+R")
        self._void = self.add_act(_("Take the notice back"), self._on_void, "Del")
        self.add_act(_("Print"), self._on_print, "Ctrl+P", icon="printer")
        self.add_act(_("New notice"), self._on_new, "Ctrl+N", icon="plus", needs_row=False)
        if number:
            is_open = any(one.number == number for one in list_rectifications(open_only=True))
            self._chips.choose(_OPEN if is_open else _ALL)
        self.refill(number or None)
        self.table.setFocus()

    def _columns(self, context: AppContext) -> tuple[Column, ...]:
        names = context.shown_names
        today = context.now().date()
        return (
            Column("number", _lazy("Number"), lambda one: one.number, width=112, least=106,
                   is_strong=True),
            # Companies and departments are no residents: only who stands for a house is masked.
            Column("to", _lazy("Who is to rectify"),
                   lambda one: names(one.draft.addressee) if one.draft.unit_id else
                   one.draft.addressee, width=150, least=100),
            Column("problem", _lazy("Problem"), lambda one: one.draft.problem.replace("\n", " "),
                   width=260, least=140, stretches=True),
            Column("received", _lazy("Received by"),
                   lambda one: names(one.receiver) if one.draft.unit_id else one.receiver,
                   width=90, least=60, rank=1),
            Column("until", _lazy("Put right by"), lambda one: str(one.draft.deadline_on), width=96,
                   least=90),
            Column("state", _lazy("State"), lambda one: notice_mark(one, today), CellKind.STATUS,
                   width=150, least=120),
        )  # fmt: skip

    # -- what is listed

    def listed(self) -> Sequence[Rectification]:
        """Return the notices, the nearest deadline first."""
        return list_rectifications(open_only=self._chips.chosen() == _OPEN)

    def hint_words(self, found: Sequence[Rectification]) -> str:
        """Say how many are late, or how one is written."""
        if not found:
            return _("No notice waits. Ctrl+N writes one; so does Ctrl+N in the list of findings.")
        today = self.context.now().date()
        late = sum(one.is_overdue(today) for one in found)
        words = ngettext(
            "The deadline of {count} notice is over: go and look.",
            "The deadline of {count} notices is over: go and look.",
            late,
        )
        return words.format(count=late) if late else _("The nearest deadline stands first.")

    def detail_words(self, row: Rectification) -> str:
        """Say what is demanded, on which basis, and what was found afterwards."""
        stands = row.voided_at is None
        self._recheck.setEnabled(stands and row.recheck is not Recheck.RECTIFIED)
        self._receive.setEnabled(stands)
        self._void.setEnabled(stands)
        received = ""
        if row.received_on is not None:
            words = _("refused on {day}") if row.refused else _("received on {day}")
            received = words.format(day=row.received_on)
        return "    ".join(
            filter(
                None,
                (
                    row.draft.place,
                    row.draft.demand.replace("\n", " "),
                    row.draft.basis,
                    _("by {name}").format(name=row.by),
                    received,
                    row.recheck_note.replace("\n", "; "),
                ),
            )
        )

    def _on_current(self) -> None:
        super()._on_current()
        row = self.current()
        if row is not None:
            self.detail_words(row)
        self._files.show_notice(row)
        self._files.setVisible(row is not None)

    # -- acts

    def _changed(self, number: str, words: str) -> None:
        self.context.changes.inspections_changed.emit()
        chosen = self._chips.chosen()
        self._chips.set_choices(_choices())
        self._chips.choose(chosen)
        self.refill(number)
        self.toast.show_message(words)
        self.table.setFocus()

    def _ask(self, row: Rectification, dialog: ThingDialog) -> None:
        if dialog.ask() == "kept":
            self._changed(row.number, dialog.told)

    def _on_recheck(self) -> None:
        row = self.current()
        if row is not None and self._recheck.isEnabled():
            self._ask(row, RecheckDialog(self.context, self, row))

    def _on_receive(self) -> None:
        row = self.current()
        if row is not None:
            self._ask(row, ReceiveDialog(self.context, self, row))

    def _on_void(self) -> None:
        row = self.current()
        if row is not None:
            self._ask(row, VoidDialog(self.context, self, row))

    def _on_new(self) -> None:
        made = write_notice(self.context, self, ())
        if made is not None:
            show_notice_paper(self.context, self, made.number)
            self._changed(made.number, _("Notice {number} is written").format(number=made.number))

    def _on_print(self) -> None:
        row = self.current()
        if row is not None:
            show_notice_paper(self.context, self, row.number)


def _choices() -> list[Choice]:
    return [
        Choice(_OPEN, _("To be put right"), len(list_rectifications(open_only=True))),
        Choice(_ALL, _("All"), len(list_rectifications())),
    ]


@contextmanager
def under_field(code: str, field: str) -> Iterator[None]:
    """Let a refusal with this code stand under its field."""
    try:
        yield
    except RuleError as refusal:
        if refusal.code != code:
            raise
        raise DraftError((Problem(field, str(refusal)),)) from refusal


class ReceiveDialog(ThingDialog):
    """Who received a notice on which day, or refused to."""

    def __init__(self, context: AppContext, parent: QWidget, notice: Rectification) -> None:
        title = _("Notice {number} handed over").format(number=notice.number)
        super().__init__(context, parent, title, save=_("Note it"), width=480)
        self._notice = notice
        self._receiver = self.line("text", _("Received by"), notice.receiver)
        self._on = self.day("on", _("Day"), notice.received_on or context.now().date())
        self._refused = CheckField(context.theme, _("did not take it"))
        self._refused.setChecked(notice.refused)
        self.rows.add_row("refused", "", self._refused)
        self._receiver.setFocus()

    def store(self) -> str:
        """Note it."""
        context = self.context
        with under_field("rectification-day", "on"):
            receive_rectification(
                self._notice.number,
                self._receiver.words(),
                self.day_of("on", self._on) or context.now().date(),
                refused=self._refused.isChecked(),
                by=context.staff.id,
                now=context.now(),
            )
        return _("It is noted who received {number}").format(number=self._notice.number)


class RecheckDialog(ThingDialog):
    """What the look afterwards found; what is not right yet gets a new deadline."""

    def __init__(self, context: AppContext, parent: QWidget, notice: Rectification) -> None:
        title = _("Re-check of {number}").format(number=notice.number)
        super().__init__(context, parent, title, save=_("Note it"))
        self._notice = notice
        theme = context.theme
        choices = [
            Choice(one.value, str(RECHECK_LABELS[one]), hotkey=str(place))
            for place, one in enumerate((Recheck.RECTIFIED, Recheck.PARTLY, Recheck.NOT), 1)
        ]
        self._result = Segments(theme, _("Result of the re-check"), choices)
        self._result.chosen_changed.connect(lambda _key: self._on_result())
        self._note = TextField(theme, _("What the re-check found"), lines=2, longest=500)
        self.rows.add_row("result", _("Result of the re-check"), self._result)
        self.rows.add_row("text", _("What the re-check found"), self._note)
        self._until = self.day("until", _("New deadline"), None)
        self._on_result()
        self._result.setFocus()

    def _on_result(self) -> None:
        is_right = self._result.chosen() == Recheck.RECTIFIED
        self.rows.show_row("until", is_shown=not is_right)
        self.fit()

    def store(self) -> str:
        """Note it."""
        context = self.context
        result = Recheck(self._result.chosen())
        until: date | None = None
        if result is not Recheck.RECTIFIED:
            until = self.day_of("until", self._until)
        with under_field("recheck-deadline", "until"):
            recheck_rectification(
                self._notice.number,
                result,
                self._note.words(),
                deadline_on=until,
                version=self._notice.version,
                by=context.staff.id,
                now=context.now(),
            )
        return f"{self._notice.number}: {RECHECK_LABELS[result]}"


class VoidDialog(ThingDialog):
    """Why a notice is taken back; its findings are open again."""

    def __init__(self, context: AppContext, parent: QWidget, notice: Rectification) -> None:
        title = _("Take {number} back").format(number=notice.number)
        super().__init__(context, parent, title, save=_("Take the notice back"), width=480)
        self._notice = notice
        self._reason = self.line("text", _("Reason"))
        self._reason.setFocus()

    def store(self) -> str:
        """Take it back."""
        context = self.context
        void_rectification(
            self._notice.number,
            self._reason.words(),
            version=self._notice.version,
            by=context.staff.id,
            now=context.now(),
        )
        return _("{number} is taken back; its findings are open again").format(
            number=self._notice.number
        )
