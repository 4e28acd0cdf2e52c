"""What lies in the file of a house: documents by topic, and the papers printed of it (5.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.attachments import Attachment
from propdesk.domain.errors import RuleError
from propdesk.i18n import LazyText, _, _lazy


class DocumentTopic(StrEnum):
    """What a document of a house is about."""

    OWNERSHIP = "ownership"
    LEASE = "lease"
    IDENTITY = "identity"
    CONSENT = "consent"
    DECORATION = "decoration"
    MOVING = "moving"
    VEHICLE = "vehicle"
    OTHER = "other"


TOPIC_LABELS: Mapping[DocumentTopic, LazyText] = {
    DocumentTopic.OWNERSHIP: _lazy("Ownership"),
    DocumentTopic.LEASE: _lazy("Lease contract"),
    DocumentTopic.IDENTITY: _lazy("Proof of identity"),
    DocumentTopic.CONSENT: _lazy("Consent"),
    DocumentTopic.DECORATION: _lazy("Decoration"),
    DocumentTopic.MOVING: _lazy("Moving"),
    DocumentTopic.VEHICLE: _lazy("Vehicle"),
    DocumentTopic.OTHER: _lazy("Other document"),
}


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """What is said of a document: what it is about, whom of the house, what can be seen."""

    topic: DocumentTopic
    person_id: int | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class HouseDocument:
    """A document of a house: its file and caption, what it is about, and whom."""

    attachment: Attachment
    unit_id: int
    topic: DocumentTopic
    person_id: int | None
    person: str

    @property
    def id(self) -> int:
        """The document's own id."""
        return self.attachment.id

    @property
    def title(self) -> str:
        """What it is called: its topic, and its caption or the name of its file."""
        return f"{TOPIC_LABELS[self.topic]}  {self.attachment.title}"


class HousePaper(StrEnum):
    """A paper of a house, as the lines of access name it."""

    REGISTRATION = "registration"
    HOUSE_FILE = "house-file"
    NOTICE_OF_DATA = "notice-of-data"
    VISIT_RECORD = "visit-record"
    ACCOUNT_STATEMENT = "account-statement"


PAPER_LABELS: Mapping[HousePaper, LazyText] = {
    HousePaper.REGISTRATION: _lazy("Registration form"),
    HousePaper.HOUSE_FILE: _lazy("House file"),
    HousePaper.NOTICE_OF_DATA: _lazy("Notice on personal data"),
    HousePaper.VISIT_RECORD: _lazy("Record of a visit"),
    HousePaper.ACCOUNT_STATEMENT: _lazy("Account statement"),
}
FEE_PAPERS = (HousePaper.VISIT_RECORD, HousePaper.ACCOUNT_STATEMENT)
"""Papers about what a house owes: who may not see fees is not told of them."""


def paper_label(code: str) -> str:
    """Return what a printed paper is called; one that is not of the house file as it is coded."""
    known = HousePaper.__members__.values()
    return str(PAPER_LABELS[HousePaper(code)]) if code in known else code


def document_topic(code: str) -> DocumentTopic:
    """Return the topic of a document, or refuse with those that there are."""
    try:
        return DocumentTopic(code)
    except ValueError:
        raise RuleError(
            "document-topic-unknown",
            _("There is no topic «{code}»; choose one of {known}.").format(
                code=code[:40], known=", ".join(topic.value for topic in DocumentTopic)
            ),
        ) from None
