"""People of the houses: roles, phones, and the pinyin initials they are found by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.errors import Problem
from propdesk.domain.fields import check_line, check_text
from propdesk.domain.texts import fold
from propdesk.i18n import LazyText, _, _lazy


class ResidentRole(StrEnum):
    """What a person is to a house."""

    OWNER = "owner"
    TENANT = "tenant"
    FAMILY = "family"
    STAFF = "staff"
    EMERGENCY = "emergency"
    OTHER = "other"


ROLE_LABELS: Mapping[ResidentRole, LazyText] = {
    ResidentRole.OWNER: _lazy("Owner"),
    ResidentRole.TENANT: _lazy("Tenant"),
    ResidentRole.FAMILY: _lazy("Family"),
    ResidentRole.STAFF: _lazy("Company staff"),
    ResidentRole.EMERGENCY: _lazy("Emergency contact"),
    ResidentRole.OTHER: _lazy("Other person"),
}


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person as typed: name, salutation, phones, role in a house and since when.

    `special` is why the person is a special customer, `special_until` the last day of it (R42).
    """

    name: str
    role: ResidentRole = ResidentRole.OWNER
    salutation: str = ""
    phones: tuple[str, ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    note: str = ""
    special: str = ""
    special_until: date | None = None


def phone_digits(text: str) -> str:
    """Return the digits of a phone number as stored and searched (an extension stays after x)."""
    if text.isascii() and text.isdigit():
        return text
    return re.sub(r"\D", "", fold(text))


def split_phones(text: str) -> tuple[str, ...]:
    """Return the phone numbers in a cell: several are divided by blanks, commas or slashes."""
    parts = re.split(r"[,;/、，；\s]+(?=\+?[\d-]{5,})", fold(text).strip())
    return tuple(part.strip() for part in parts if phone_digits(part))


def is_phone(text: str) -> bool:
    """Tell whether a text may be a phone number: 5 to 16 digits, no precision lost to Excel."""
    return bool(re.fullmatch(r"\+?[\d\s()\-x]{5,24}", fold(text))) and (
        5 <= len(phone_digits(text)) <= 16
    )


def polite_name(name: str, salutation: str) -> str:
    """Return how the office speaks of a person: the salutation, else the name."""
    return salutation or name


def present_on(from_on: date | None, to_on: date | None, day: date) -> bool:
    """Tell whether a period holds on a day; an unknown first day is long ago, no last one is open.

    On the day that somebody leaves the house is already another's: a house that changes hands has
    one owner on that day, and a household that left at the end of a month is not counted in it.
    """
    return (from_on is None or from_on <= day) and (to_on is None or to_on > day)


def is_special(special: str, until: date | None, day: date) -> bool:
    """Tell whether somebody is a special customer on a day; the last day counts (R42)."""
    return bool(special) and (until is None or until >= day)


def special_words(reason: str) -> str:
    """Return what is said of a special customer wherever he calls or is shown (R42)."""
    return _("Special customer: {reason}").format(reason=reason)


def _special_missing(draft: PersonDraft) -> str:
    """Return what asks for the reason of a special customer who has only a last day."""
    return _("Say why this is a special customer.") if draft.special_until else ""


def check_person(draft: PersonDraft) -> tuple[Problem, ...]:
    """Return what keeps a person from being stored, a sentence for each field."""
    problems = [
        *check_line("name", draft.name, _("Write the person's name.")),
        *check_line("salutation", draft.salutation),
        *check_text("note", draft.note),
        *check_line("special", draft.special, _special_missing(draft)),
    ]
    problems.extend(
        Problem("phones", _("«{phone}» is no phone number.").format(phone=phone[:30]))
        for phone in draft.phones
        if not is_phone(phone)
    )
    if draft.from_on and draft.to_on and draft.to_on < draft.from_on:
        problems.append(Problem("to_on", _("The last day lies before the first.")))
    return tuple(problems)
