"""Contacts (客户沟通): every talk with somebody outside, ticket or not.

Words of R47 (stages), R86 (types), R89 (ways) and R91 (counterparties); the reasons of R52 are the
office's own list, these here its beginning. Labels are beside the stored codes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.persons import ResidentRole, is_phone
from propdesk.domain.texts import clean_line, fold
from propdesk.domain.tickets import Channel, Kind, Status, is_open
from propdesk.i18n import LazyText, _, _lazy


class Counterparty(StrEnum):
    """With whom it was (对象类别, R91)."""

    OWNER = "owner"
    TENANT = "tenant"
    COLLEAGUE = "colleague"
    DEVELOPER = "developer"
    AUTHORITY = "authority"
    SOCIAL = "social"
    OWNERS_COMMITTEE = "owners-committee"
    SUPPLIER = "supplier"
    OTHER = "other"


class Way(StrEnum):
    """How it went (沟通方式, R89)."""

    PHONE = "phone"
    VISIT = "visit"
    HOME_VISIT = "home-visit"
    LETTER = "letter"
    MEETING = "meeting"
    ONLINE = "online"
    NOTICE = "notice"
    EVENT = "event"
    OTHER = "other"


class Stage(StrEnum):
    """Before, during or after a service (服务前中后, R47)."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class ContactType(StrEnum):
    """What the talk was for (R86)."""

    FEEDBACK = "feedback"
    ROUTINE = "routine"
    SURVEY = "survey"
    PROACTIVE = "proactive"
    FORUM = "forum"
    SATISFACTION = "satisfaction"
    NOTICE = "notice"
    RECEPTION_DAY = "reception-day"


COUNTERPARTY_LABELS: Mapping[Counterparty, LazyText] = {
    Counterparty.OWNER: _lazy("Owner"),
    Counterparty.TENANT: _lazy("Tenant"),
    Counterparty.COLLEAGUE: _lazy("Colleague"),
    Counterparty.DEVELOPER: _lazy("Developer"),
    Counterparty.AUTHORITY: _lazy("Authority"),
    Counterparty.SOCIAL: _lazy("Social body"),
    Counterparty.OWNERS_COMMITTEE: _lazy("Owners' committee"),
    Counterparty.SUPPLIER: _lazy("Supplier"),
    Counterparty.OTHER: _lazy("Somebody else"),
}
WAY_LABELS: Mapping[Way, LazyText] = {
    Way.PHONE: _lazy("Phone call"),
    Way.VISIT: _lazy("At the desk"),
    Way.HOME_VISIT: _lazy("At their home"),
    Way.LETTER: _lazy("Letter"),
    Way.MEETING: _lazy("Meeting"),
    Way.ONLINE: _lazy("Online"),
    Way.NOTICE: _lazy("By notice"),
    Way.EVENT: _lazy("At an event"),
    Way.OTHER: _lazy("Another way"),
}
STAGE_LABELS: Mapping[Stage, LazyText] = {
    Stage.BEFORE: _lazy("Before the service"),
    Stage.DURING: _lazy("During the service"),
    Stage.AFTER: _lazy("After the service"),
}
TYPE_LABELS: Mapping[ContactType, LazyText] = {
    ContactType.FEEDBACK: _lazy("What a customer brings up"),
    ContactType.ROUTINE: _lazy("Routine visit"),
    ContactType.SURVEY: _lazy("Enquiry into a matter"),
    ContactType.PROACTIVE: _lazy("Told by us beforehand"),
    ContactType.FORUM: _lazy("Residents' forum"),
    ContactType.SATISFACTION: _lazy("Satisfaction survey"),
    ContactType.NOTICE: _lazy("Notice given"),
    ContactType.RECEPTION_DAY: _lazy("Reception day"),
}

# Why people get in touch (接触分析, R52): the list that an office starts with and edits.
REASON_LABELS: Mapping[str, LazyText] = {
    "complaint": _lazy("Complaint"),
    "repair": _lazy("Repair"),
    "fee": _lazy("Fees and bills"),
    "enquiry": _lazy("Enquiry"),
    "suggestion": _lazy("Suggestion"),
    "praise": _lazy("Praise"),
    "decoration": _lazy("Decoration work"),
    "parking": _lazy("Vehicles and parking"),
    "access": _lazy("Doors, keys and cards"),
    "moving": _lazy("Moving in or out"),
    "neighbours": _lazy("Neighbours"),
    "environment": _lazy("Cleanliness and greenery"),
    "security": _lazy("Safety"),
    "activity": _lazy("Community life"),
    "other": _lazy("Another reason"),
}
FIRST_REASONS = tuple(REASON_LABELS)
MOST_REASONS = 30

# A ticket's kind says why its reporter got in touch.
REASONS_OF_KINDS: Mapping[Kind, str] = {
    Kind.COMPLAINT: "complaint",
    Kind.REPAIR: "repair",
    Kind.ENQUIRY: "enquiry",
    Kind.SUGGESTION: "suggestion",
    Kind.PRAISE: "praise",
    Kind.BILL_QUERY: "fee",
}
# Taking a ticket in over these was a talk with somebody outside.
WAYS_OF_CHANNELS: Mapping[Channel, Way] = {
    Channel.PHONE: Way.PHONE,
    Channel.VISIT: Way.VISIT,
    Channel.LETTER: Way.LETTER,
    Channel.HOTLINE: Way.PHONE,
    Channel.ONLINE: Way.ONLINE,
    Channel.OTHER: Way.OTHER,
}


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A contact as typed. `text` alone is needed; everything else is proposed.

    `reason` is a code of the office's list, empty while nobody said. `is_open` says that something
    is still to be done about it; None asks `is_to_clear`.
    """

    text: str
    unit_id: int | None = None
    person_id: int | None = None
    name: str = ""
    phone: str = ""
    counterparty: Counterparty = Counterparty.OWNER
    way: Way = Way.PHONE
    stage: Stage = Stage.BEFORE
    type: ContactType = ContactType.FEEDBACK
    reason: str = ""
    wish: str = ""
    opinion: str = ""
    department_id: int | None = None
    due_on: date | None = None
    result: str = ""
    ticket_id: int | None = None
    is_open: bool | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A line of the registry as it is stored; `at` is when it was, without offset.

    `is_open` until it is cleared (消项). `where` is the house, empty for somebody from outside.
    """

    id: int
    at: datetime
    entered_at: datetime
    by: str
    unit_id: int | None
    where: str
    person_id: int | None
    name: str
    phone: str
    counterparty: Counterparty
    way: Way
    stage: Stage
    type: ContactType
    reason: str
    text: str
    wish: str
    opinion: str
    department_id: int | None
    department: str
    due_on: date | None
    result: str
    is_open: bool
    cleared_at: datetime | None
    cleared_by: str
    ticket_id: int | None
    ticket: str
    ticket_kind: Kind | None
    voided_at: datetime | None
    void_reason: str
    version: int

    def draft(self) -> ContactDraft:
        """Return what it says, to be amended."""
        return ContactDraft(
            text=self.text,
            unit_id=self.unit_id,
            person_id=self.person_id,
            name=self.name,
            phone=self.phone,
            counterparty=self.counterparty,
            way=self.way,
            stage=self.stage,
            type=self.type,
            reason=self.reason,
            wish=self.wish,
            opinion=self.opinion,
            department_id=self.department_id,
            due_on=self.due_on,
            result=self.result,
            ticket_id=self.ticket_id,
            is_open=self.is_open,
        )


def is_to_clear(draft: ContactDraft) -> bool:
    """Tell whether a contact waits for its clearing (消项, R82).

    Unless somebody says it, it does as soon as something is to be done, by somebody or by a day,
    and no result is written yet.
    """
    if draft.is_open is not None:
        return draft.is_open
    wanted = draft.opinion or draft.department_id is not None or draft.due_on is not None
    return bool(wanted) and not draft.result


def is_overdue(contact: Contact, today: date) -> bool:
    """Tell whether the day by which it was to be cleared has passed."""
    return contact.is_open and contact.due_on is not None and contact.due_on < today


def stage_of(status: Status | None) -> Stage:
    """Return the stage that a talk is in (R47): about no ticket, an open one, or one that ended."""
    if status is None:
        return Stage.BEFORE
    return Stage.DURING if is_open(status) else Stage.AFTER


def counterparty_of(role: ResidentRole | None) -> Counterparty:
    """Return whom the office talks with, by what the person is to the house."""
    if role in {ResidentRole.OWNER, ResidentRole.FAMILY}:
        return Counterparty.OWNER
    if role in {ResidentRole.TENANT, ResidentRole.STAFF}:
        return Counterparty.TENANT
    return Counterparty.OTHER


def suggested_reason(text: str, words: Mapping[str, Sequence[str]], reasons: Sequence[str]) -> str:
    """Return the reason whose words stand most often in a text, empty where none does.

    `words` are the program's words by reason (data, not code); only `reasons` are proposed. Of
    equal ones the reason that stands first in the list is taken.
    """
    said = fold(text)
    hits = {code: sum(said.count(word) for word in words.get(code, ())) for code in reasons}
    best = max(hits, key=lambda code: hits[code], default="")
    return best if best and hits[best] else ""


def reason_label(code: str) -> str:
    """Return a reason in words: an office's own is its own word, none is said to be none."""
    if not code:
        return _("Not said")
    label = REASON_LABELS.get(code)
    return code if label is None else str(label)


def read_reasons(words: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of a list of reasons as an office types it, a reason a line.

    The program's own are known by their word in either language, so that they stay the same reason
    in the counts of earlier months. Raises RuleError for none, too many or too long ones.
    """
    known = {
        fold(word): code
        for code, label in REASON_LABELS.items()
        for word in (code, label.in_("en"), label.in_("zh_CN"))
    }
    typed = [clean_line(word) for word in words if word.strip()]
    codes = tuple(dict.fromkeys(known.get(fold(word), word) for word in typed))
    check_reasons(codes)
    return codes


def check_reasons(codes: Sequence[str]) -> None:
    """Refuse a list of reasons that cannot be chosen from."""
    longest = 20
    if not 1 <= len(codes) <= MOST_REASONS or any(
        not code or len(code) > longest or code != clean_line(code)
        for code in codes
        if code not in REASON_LABELS
    ):
        raise RuleError(
            "contact-reasons",
            _("Write 1 to {most} reasons, one a line, of at most {longest} characters.").format(
                most=MOST_REASONS, longest=longest
            ),
        )


def check_contact(draft: ContactDraft, reasons: Sequence[str], at: datetime) -> Problems:
    """Return what keeps a contact from being stored, a sentence for each field.

    `reasons` are the codes that may be chosen, `at` is when the talk was.
    """
    problems = [
        *check_text("text", draft.text, _("Write down what was said.")),
        *check_line("name", draft.name),
        *check_line("phone", draft.phone),
        *check_text("wish", draft.wish),
        *check_text("opinion", draft.opinion),
        *check_text("result", draft.result),
    ]
    if draft.phone and not is_phone(draft.phone):
        words = _("«{phone}» is no phone number.").format(phone=draft.phone[:30])
        problems.append(Problem("phone", words))
    if draft.reason and draft.reason not in reasons:
        words = _("Choose one of the reasons: {words}.").format(
            words=", ".join(map(reason_label, reasons))
        )
        problems.append(Problem("reason", words))
    if draft.due_on is not None and draft.due_on < at.date():
        problems.append(Problem("due_on", _("This day lies before the talk.")))
    if draft.is_open and draft.result:
        sentence = _("With a result nothing is left to do: clear it, or leave the result empty.")
        problems.append(Problem("result", sentence))
    return tuple(problems)
