"""公示: what was published of fees and accounts (Civil Code 943), and which is due.

A publication is written once and archived; then it is posted, photographed and taken down.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.attachments import Attachment
from propdesk.domain.publications import PUBLICATION_LABELS, Publication
from propdesk.i18n import _, _lazy
from propdesk.services import offices
from propdesk.services.attachments import Refused
from propdesk.services.publications import (
    add_publication_photos,
    print_publication,
    void_publication,
)
from propdesk.services.queries.publications import (
    list_due_publications,
    list_photos,
    list_publications,
)
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.picture_view import PictureView
from ui.dialogs.publication_forms import PostForm, PublishForm, TakeDownForm
from ui.dialogs.small_form import SmallForm
from ui.forms.file_strip import FileStrip
from ui.incoming_files import Drops, Incoming, sources
from ui.papers import DrawnPaper
from ui.printing import show_paper
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label

_WIDTH, _ROWS = 900, 6


class _Added(NamedTuple):
    """What came of a lot of photos."""

    files: tuple[Attachment, ...]
    refused: tuple[Refused, ...]


class _Photos(FileStrip):
    """The photos of the publication that is shown. `changed` comes when some were added."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._one: Publication | None = None
        self._photos: tuple[Attachment, ...] = ()

    def show_publication(self, one: Publication | None) -> None:
        """Show the photos of a publication."""
        self._one = one
        self._photos = () if one is None else list_photos(one.id)
        self.show_files([(photo.file, photo.title, False) for photo in self._photos])

    def can_take(self) -> bool:
        """Tell whether photos may come now: it hangs or hung."""
        is_posted = self._one is not None and self._one.posted_on is not None
        return is_posted and super().can_take()

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take photos in for the publication that is shown now."""
        if self._one is not None:
            self._for = (self._one.number, self.context.staff.id, self.context.now())
            super().take(coming)

    def job(self, coming: Sequence[Incoming], _progress: Progress) -> _Added:
        """Take photos in and give them to their publication."""
        number, by, now = self._for
        with offices.working_connection():
            return _Added(
                *add_publication_photos(
                    self.context.office, number, sources(coming), by=by, now=now
                )
            )

    def arrived(self, result: _Added) -> None:
        """Tell of them, and say what was refused."""
        if result.files:
            self.changed.emit()
        self.tell_refused(result.refused)

    def open_view(self, place: int) -> None:
        """Look at a photo, as large as the window."""
        PictureView(self.context, self, [one.file for one in self._photos], place).look()

    def remove(self, _place: int) -> None:
        """Say that a photo stays: it proves that the sheet hung."""
        self.context.messages.tell(
            self,
            _("The photo stays"),
            _("It proves that this publication hung. Void the publication where it is wrong."),
        )


class PublicationsDialog(Dialog):
    """The publications, the latest first, below what is due."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Publications"), width=_WIDTH)
        self.context = context
        theme = context.theme
        self.due = Label(theme, ink=Ink.WARN, wrap=True, selectable=True)
        self.body.addWidget(self.due)
        self.table = RecordTable(
            theme, _("Publications"), _columns(), lambda one: one.id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(lambda _one: self._on_print())
        self.table.left.connect(self.reject)
        self.table.current_changed.connect(lambda _one: self._show_one())
        self.body.addWidget(self.table)
        self.told = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self.body.addWidget(self.told)
        self.photos = _Photos(context)
        self.photos.changed.connect(self._fill)
        Drops(self, self.photos.take, context.now)
        self.body.addWidget(self.photos)
        self._add_foot()
        self._fill()
        self.table.setFocus()

    def _add_foot(self) -> None:
        self.add_verb("", _("Close"))
        for word, key, act, kind in (
            (_("Void it"), "Del", self._on_void, Kind.PLAIN),
            (_("Print"), "Ctrl+P", self._on_print, Kind.PLAIN),
            (_("Taken down"), "Ctrl+D", partial(self._on_form, TakeDownForm), Kind.PLAIN),
            (_("Put up"), "Ctrl+T", partial(self._on_form, PostForm), Kind.PLAIN),
            (_("Publish"), "Ctrl+N", self._on_publish, Kind.PRIMARY),
        ):
            button = Button(self.context.theme, word, hint=key, kind=kind)
            button.clicked.connect(lambda _on=False, act=act: act())
            within = self.table if key == "Del" else self
            QShortcut(QKeySequence(key), within).activated.connect(act)
            self._foot.addWidget(button)

    # -- filling

    def _fill(self) -> None:
        kept = self._one()
        due = [
            _("{what} {first} to {last} ({source})").format(
                what=PUBLICATION_LABELS[one.kind], first=one.from_on, last=one.until_on,
                source=one.source,
            )
            for one in list_due_publications(self.context.now().date())
        ]  # fmt: skip
        self.due.show_text(_("Due: {things}.").format(things=_("; ").join(due)) if due else "")
        self.due.setVisible(bool(due))
        self.table.show_rows(list_publications())
        if kept is not None:
            self.table.select_key(kept.id)
        self._show_one()

    def _one(self) -> Publication | None:
        one: Publication | None = self.table.current_row()
        return one

    def _show_one(self) -> None:
        one = self._one()
        self.photos.setVisible(one is not None and one.posted_on is not None)
        self.photos.show_publication(one)
        self.told.show_text(_next_words(one))

    # -- acts

    def _on_publish(self) -> None:
        dialog = PublishForm(self.context, self)
        if dialog.ask():
            self._fill()
            self.table.select_key(dialog.stored.id)
            self._on_print()

    def _on_form(self, form: type[PostForm] | type[TakeDownForm]) -> None:
        one = self._one()
        if one is None or one.voided_at is not None:
            return
        dialog: SmallForm = form(self.context, self, one)
        if dialog.ask():
            self._fill()

    def _on_print(self) -> None:
        """Show it as it was archived, ready to be printed."""
        one = self._one()
        if one is None:
            return
        office, by = self.context.office, self.context.staff.id

        def draw(target: Path) -> DrawnPaper:
            return print_publication(office, one.number, target, by=by)

        show_paper(self.context, self, f"{one.title} {one.number}", draw)

    def _on_void(self) -> None:
        one, context = self._one(), self.context
        if one is None or one.voided_at is not None:
            return
        sure = context.messages.confirm(
            self,
            _("Void {number}?").format(number=one.number),
            _("Its number and its paper stay, and it no longer counts as published."),
            act=_("Void it"),
            keep=_("Keep it"),
        )
        by, now = context.staff.id, context.now()
        if sure and context.attempt(
            self,
            _("This was not done"),
            lambda: void_publication(one.number, by=by, now=now),
        ):
            self._fill()


def _columns() -> Sequence[Column]:
    return (
        Column("number", _lazy("Number"), lambda one: one.number, width=120, is_strong=True),
        Column("title", _lazy("What"), lambda one: one.title, width=200, stretches=True),
        Column("from", _lazy("Since"), lambda one: str(one.from_on or ""), width=96),
        Column("until", _lazy("Until"), lambda one: str(one.until_on or ""), width=96),
        Column("place", _lazy("Place"), lambda one: one.place, width=130, least=80, rank=1),
        Column("photos", _lazy("Photos"), lambda one: one.photos or None, CellKind.COUNT, width=56),
        Column("state", _lazy("State"), _state, CellKind.STATUS, width=140),
    )  # fmt: skip


def _state(one: Publication) -> Mark:
    if one.voided_at is not None:
        return Mark(_("void"), Tone.DANGER)
    if one.taken_down_on is not None:
        return Mark(_("taken down {day}").format(day=f"{one.taken_down_on:%m-%d}"), Tone.NEUTRAL)
    if one.posted_on is not None:
        return Mark(_("posted {day}").format(day=f"{one.posted_on:%m-%d}"), Tone.OK)
    return Mark(_("written"), Tone.WARN)


def _next_words(one: Publication | None) -> str:
    """Return what is to be done next with a publication."""
    if one is None:
        return _("Nothing was published yet. Ctrl+N writes the first.")
    if one.voided_at is not None:
        return _("Void: its number and its paper stay.")
    if one.posted_on is None:
        return _("Print it (Ctrl+P), post it, and note where it hangs (Ctrl+T).")
    if not one.photos:
        return _("Keep a photo of it where it hangs (Ctrl+I).")
    return ""
