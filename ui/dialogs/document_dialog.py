"""What a document of a house is about, whom, and what can be seen on it."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.house_papers import TOPIC_LABELS, DocumentDraft, DocumentTopic, HouseDocument
from propdesk.i18n import _
from propdesk.services.documents import change_document
from ui.context import AppContext
from ui.dialogs.thing_dialog import ThingDialog
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import PickField


def topic_choices() -> list[Choice]:
    """Return the topics, each with the digit that chooses it."""
    return [
        Choice(topic.value, str(word), hotkey=str(place))
        for place, (topic, word) in enumerate(TOPIC_LABELS.items(), 1)
    ]


class DocumentDialog(ThingDialog):
    """Topic, person and caption of one document."""

    def __init__(self, context: AppContext, parent: QWidget, document: HouseDocument) -> None:
        super().__init__(context, parent, document.attachment.file.name, save=_("Save"), width=680)
        self._document = document
        theme = context.theme
        self.topic = Chips(theme, _("Sort of document"), topic_choices())
        self.topic.choose(document.topic.value)
        self.rows.add_row("topic", _("Sort of document"), self.topic)
        people = self.people_of(document.unit_id)
        self.person = PickField(theme, _("Person"), people)
        self.rows.add_row("person", _("Person"), self.person)
        chosen = str(document.person_id or "")
        if any(one.key == chosen for one in people):
            self.person.choose(chosen)
        self.caption = self.line("caption", _("Caption"), document.attachment.caption)
        self.topic.setFocus()

    def store(self) -> str:
        """Store what the document is about."""
        draft = DocumentDraft(
            DocumentTopic(self.topic.chosen()),
            int(self.person.value()) if self.person.value() else None,
            self.caption.words(),
        )
        changed = change_document(self._document.id, draft, by=self.context.staff.id)
        return _("Stored: {title}").format(title=changed.title)
