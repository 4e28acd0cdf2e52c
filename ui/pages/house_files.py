"""The documents of a house (文件): by topic, added by drop, paste or file, looked at, taken out."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from propdesk.domain.house_events import HouseEvent
from propdesk.domain.house_papers import (
    TOPIC_LABELS,
    DocumentDraft,
    DocumentTopic,
    HouseDocument,
)
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services import offices
from propdesk.services.documents import add_documents, note_document_opened, remove_document
from propdesk.services.parts.files_in import Refused
from propdesk.services.queries.documents import count_documents, list_documents
from propdesk.services.queries.units import Unit
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.document_dialog import DocumentDialog
from ui.dialogs.picture_view import PictureView
from ui.forms.file_strip import FileStrip
from ui.incoming_files import Drops, Incoming, sources
from ui.pages.house_part import HousePart, inset
from ui.theme import Ink
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.labels import Label

_EVERY = "all"


class _Added(NamedTuple):
    """What came of a lot of files."""

    house: str
    documents: tuple[HouseDocument, ...]
    refused: tuple[Refused, ...]


class _DocumentStrip(FileStrip):
    """The documents that are shown; new ones are about the topic that is chosen."""

    stored = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.unit: Unit | None = None
        self.topic = DocumentTopic.OTHER
        self.documents: tuple[HouseDocument, ...] = ()

    def show_documents(self, documents: Sequence[HouseDocument]) -> None:
        """Show these documents."""
        self.documents = tuple(documents)
        self.show_files([(one.attachment.file, one.title, False) for one in documents])

    def can_take(self) -> bool:
        """Tell whether files may come now: a house is shown, and no other lot is under way."""
        return self.unit is not None and super().can_take()

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take files in for the house that is shown now."""
        if self.unit is not None:
            self._for = (self.unit, self.topic, self.context.staff.id, self.context.now())
            super().take(coming)

    def job(self, coming: Sequence[Incoming], progress: Progress) -> _Added:
        """Take files in and give them to their house."""
        unit, topic, by, now = self._for
        with offices.working_connection():
            documents, refused = add_documents(
                self.context.office,
                unit.id,
                sources(coming),
                DocumentDraft(topic),
                by=by,
                now=now,
                on_progress=progress,
            )
        return _Added(unit.short, documents, refused)

    def arrived(self, result: _Added) -> None:
        """Tell of them, and say what was refused."""
        if result.documents:
            count = len(result.documents)
            words = ngettext("{house}: {count} document", "{house}: {count} documents", count)
            self.stored.emit(words.format(house=result.house, count=count))
        self.tell_refused(result.refused)

    def open_view(self, place: int) -> None:
        """Look at a document, as large as the window; that is noted (R85)."""
        one, context = self.documents[place], self.context
        note_document_opened(one.id, by=context.staff.id, now=context.now())
        PictureView(context, self, [one.attachment.file], 0).look()
        self.thumbnails.setFocus()

    def remove(self, place: int) -> None:
        """Take a document out of the file, after a question."""
        one, context = self.documents[place], self.context
        sentence = _("«{title}» is no longer in the file of the house. It stays in the backups.")
        if not context.messages.confirm(
            self,
            _("Take this document out?"),
            sentence.format(title=one.title),
            act=_("Take the document out"),
            keep=_("Keep it"),
        ):
            return
        if context.attempt(
            self,
            _("This was not done"),
            lambda: remove_document(one.id, by=context.staff.id, now=context.now()),
        ):
            self.stored.emit(_("{title} is taken out").format(title=one.title))


class HouseFiles(HousePart):
    """Chips with the topics and the documents of the chosen one."""

    title = _lazy("Documents")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        theme = context.theme
        self.topics = Chips(theme, _("Documents"), _choices({}))
        self.topics.chosen_changed.connect(self._on_topic)
        row = inset(self.topics)
        row.addStretch(1)
        self.strip = _DocumentStrip(context)
        self.strip.stored.connect(self.stored)
        self._about = Button(theme, _("What it is about"), kind=Kind.QUIET, icon="pencil")
        self._about.set_shortcut("Ctrl+E")
        self._about.clicked.connect(self._on_about)
        acts = QHBoxLayout()
        acts.addWidget(self._about)
        acts.addStretch(1)
        words = _("No documents here so far. Ctrl+I adds one.")
        self._none = Label(theme, words, ink=Ink.TEXT_3, wrap=True)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.strip)
        column.addWidget(self._none)
        column.addLayout(acts)
        column.addStretch(1)
        area.setWidget(inner)
        self.body.addLayout(row)
        self.body.addLayout(inset(area), 1)
        Drops(self, self.strip.take, context.now)

    def count(self) -> int | None:
        """Return how many documents the house has."""
        return None if self.unit is None else sum(count_documents(self.unit.id).values())

    def show_unit(self, unit: Unit | None) -> None:
        """Show the documents of a house; another house begins with all of them."""
        is_new = self.take(unit)
        self.strip.unit = unit
        self.topics.set_choices(_choices({} if unit is None else count_documents(unit.id)))
        if is_new:
            self.topics.choose(_EVERY)
        self._show()

    def open_event(self, event: HouseEvent) -> None:
        """Choose the document that a line of the time line is about."""
        self.topics.choose(_EVERY)
        self._show()
        for place, one in enumerate(self.strip.documents):
            if one.id == event.target:
                self.strip.thumbnails.choose(place)

    def enter(self) -> bool:
        """Put the keyboard on the documents, or where one is added."""
        if self.strip.documents:
            self.strip.thumbnails.setFocus()
        else:
            self.strip.add.setFocus()
        return True

    def _on_topic(self, _key: str) -> None:
        self._show()

    def _show(self) -> None:
        chosen = self.topics.chosen()
        topic = None if chosen == _EVERY else DocumentTopic(chosen)
        self.strip.topic = topic or DocumentTopic.OTHER
        documents = () if self.unit is None else list_documents(self.unit.id, topic)
        self.strip.show_documents(documents)
        self._none.setVisible(not documents)
        self._about.setVisible(bool(documents))

    def _on_about(self) -> None:
        """Say what the chosen document is about."""
        if not self.strip.documents:
            return
        document = self.strip.documents[self.strip.thumbnails.place()]
        dialog = DocumentDialog(self.context, self, document)
        dialog.ask()
        if dialog.told:
            self.stored.emit(dialog.told)
        self.enter()


def _choices(counts: dict[DocumentTopic, int]) -> list[Choice]:
    return [
        Choice(_EVERY, _("All"), sum(counts.values())),
        *(
            Choice(topic.value, str(word), counts.get(topic, 0))
            for topic, word in TOPIC_LABELS.items()
        ),
    ]
