"""The readings of one meter: what it showed, how it was read, its photos; a wrong one is voided."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from propdesk.domain.attachments import Attachment
from propdesk.domain.meters import READING_LABELS, Meter, ReadingKind, figure_words
from propdesk.domain.money import quantity_words
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services import offices
from propdesk.services.attachments import Refused
from propdesk.services.meter_readings import add_reading_photos, remove_reading_photo
from propdesk.services.queries.meter_readings import (
    ReadingLine,
    list_meter_readings,
    list_reading_photos,
)
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.meter_dialogs import VoidReadingDialog
from ui.dialogs.picture_view import PictureView
from ui.forms.file_strip import FileStrip
from ui.incoming_files import Drops, Incoming, sources
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Tone

_WIDTH, _ROWS = 860, 8


def used_words(line: ReadingLine) -> str:
    """Return what was used up to a reading, '' where nobody can say."""
    return "" if line.used_milli is None else quantity_words(line.used_milli)


def state_mark(line: ReadingLine) -> Mark | None:
    """Return what is to be said of a reading: voided, estimated, runs backwards."""
    if line.voided_at is not None:
        return Mark(_("Voided"), Tone.NEUTRAL)
    if line.reading.kind is ReadingKind.READ:
        return None
    tone = Tone.WARN if line.reading.kind is ReadingKind.REVERSED else Tone.INFO
    return Mark(str(READING_LABELS[line.reading.kind]), tone)


class _Photos(FileStrip):
    """The photos of the chosen reading."""

    stored = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._line: ReadingLine | None = None
        self._photos: tuple[Attachment, ...] = ()

    def show_line(self, line: ReadingLine | None) -> None:
        """Show the photos of a reading."""
        self._line = line
        self._photos = list_reading_photos(line.id) if line is not None else ()
        self.show_files([(one.file, one.file.name, False) for one in self._photos])

    def can_take(self) -> bool:
        """Tell whether photos may come: a reading is chosen, and no other lot is under way."""
        return self._line is not None and super().can_take()

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take photos in for the reading that is chosen now."""
        if self._line is not None:
            self._for = (self._line.id, self.context.staff.id, self.context.now())
            super().take(coming)

    def job(
        self, coming: Sequence[Incoming], progress: Progress
    ) -> tuple[tuple[Attachment, ...], tuple[Refused, ...]]:
        """Take photos in."""
        reading_id, by, now = self._for
        with offices.working_connection():
            return add_reading_photos(
                self.context.office, reading_id, sources(coming), by=by, now=now,
                on_progress=progress,
            )  # fmt: skip

    def arrived(self, result: tuple[tuple[Attachment, ...], tuple[Refused, ...]]) -> None:
        """Tell of them, and say what was refused."""
        added, refused = result
        if added:
            words = ngettext("{count} photo was added", "{count} photos were added", len(added))
            self.stored.emit(words.format(count=len(added)))
        self.tell_refused(refused)

    def open_view(self, place: int) -> None:
        """Look at a photo, as large as the window."""
        PictureView(self.context, self, [one.file for one in self._photos], place).look()
        self.thumbnails.setFocus()

    def remove(self, place: int) -> None:
        """Take a photo off its reading, after a question."""
        photo, context = self._photos[place], self.context
        if not context.messages.confirm(
            self,
            _("Take this photo off?"),
            _(
                "«{title}» is no longer shown with the reading. The file stays in the backups."
            ).format(title=photo.file.name),
            act=_("Take off"),
            keep=_("Keep it"),
        ):
            return
        if context.attempt(
            self,
            _("This was not done"),
            lambda: remove_reading_photo(photo.id, by=context.staff.id, now=context.now()),
        ):
            self.stored.emit(_("{title} is taken off").format(title=photo.file.name))


class MeterReadingsDialog(ListDialog[ReadingLine]):
    """Enter looks at the photos, Ctrl+I adds one, Del voids the reading; Esc leaves."""

    def __init__(
        self, context: AppContext, parent: QWidget, meter: Meter, reading_id: int | None = None
    ) -> None:
        title = _("Readings: {meter}").format(meter=meter.title)
        super().__init__(
            context, parent, title, _columns(), lambda line: line.id,
            width=_WIDTH, rows=_ROWS, details=1,
        )  # fmt: skip
        self._meter = meter
        self.has_changed = False
        self.photos = _Photos(context)
        self.photos.stored.connect(self._on_stored)
        Drops(self, self.photos.take, context.now)
        self.body.addWidget(self.photos)
        self._look = self.add_act(_("Look at the photo"), self._on_look, "Enter")
        self._void = self.add_act(_("Void it"), self._on_void, "Del")
        self.refill(reading_id)
        self.table.setFocus()

    def listed(self) -> Sequence[ReadingLine]:
        """Return all readings, voided ones too."""
        return list_meter_readings(self._meter.id, with_voided=True)

    def hint_words(self, found: Sequence[ReadingLine]) -> str:
        """Say what is kept of the meter."""
        meter = self._meter
        facts = [
            _("since {day}").format(day=meter.installed_on),
            _("{count} digits").format(count=meter.digits),
        ]
        if meter.multiplier_milli != 1000:
            facts.append(_("multiplier {value}").format(value=figure_words(meter.multiplier_milli)))
        if meter.removed_on is not None:
            facts.append(_("taken out on {day}").format(day=meter.removed_on))
        if not found:
            facts.append(_("No reading so far."))
        return " · ".join(facts)

    def detail_words(self, line: ReadingLine) -> str:
        """Say the note, and why it was voided."""
        why = _("voided: {reason}").format(reason=line.void_reason) if line.voided_at else ""
        return _("; ").join(filter(None, (line.note, why)))

    def _on_current(self) -> None:
        super()._on_current()
        line = self.current()
        self.photos.show_line(line)
        self._look.setEnabled(line is not None and line.photos > 0)
        self._void.setEnabled(line is not None and line.voided_at is None)

    def _on_look(self) -> None:
        if self._look.isEnabled():
            self.photos.open_view(0)
            self.table.setFocus()

    def _on_void(self) -> None:
        line = self.current()
        if line is not None and VoidReadingDialog(self.context, self, line).ask():
            self._on_stored(_("The reading of {day} is voided.").format(day=line.reading.on_day))

    def _on_stored(self, words: str) -> None:
        self.has_changed = True
        self.refill()
        self.table.setFocus()
        self.toast.show_message(words)


def _columns() -> Sequence[Column]:
    return (
        Column("on", _lazy("Read on"), lambda line: f"{line.reading.on_day:%Y-%m-%d}",
               width=110, least=100),
        Column("value", _lazy("Figure"), lambda line: figure_words(line.reading.value_milli),
               width=100, least=80, is_strong=True, is_figure=True),
        Column("used", _lazy("Usage"), used_words, width=96, least=70, is_figure=True),
        Column("days", _lazy("Days"), lambda line: line.days or None, CellKind.COUNT,
               width=64, least=48),
        Column("state", _lazy("State"), state_mark, CellKind.STATUS, width=120, least=96),
        Column("photos", _lazy("Photos"), lambda line: line.photos or None, CellKind.COUNT,
               width=64, least=48),
        Column("note", _lazy("Note"), lambda line: line.note or line.void_reason,
               width=120, least=60, stretches=True, rank=1),
        Column("by", _lazy("Entered by"), lambda line: line.by, width=90, least=60, rank=2),
    )  # fmt: skip
