"""People of the houses: what they are to a house, from when to when, and their phones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from propdesk.domain.consents import ConsentWay
from propdesk.domain.errors import Problem
from propdesk.domain.fields import check_line, check_text
from propdesk.domain.texts import clean_text, fold
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


COMPANY_ROLES = (ResidentRole.OWNER, ResidentRole.TENANT, ResidentRole.OTHER)


class PersonKind(StrEnum):
    """A human being, or a company that owns or rents; its people are its staff in the house."""

    PERSON = "person"
    COMPANY = "company"


PERSON_KIND_LABELS: Mapping[PersonKind, LazyText] = {
    PersonKind.PERSON: _lazy("Person"),
    PersonKind.COMPANY: _lazy("Company"),
}


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who agreed that a child under 14 is kept by name, in which way and when (PIPL 31)."""

    name: str
    way: ConsentWay
    given_on: date


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A person as typed: name, salutation, phones, role in a house and since when.

    `special` is why the person is a special customer, `special_until` the last day of it (R42).
    `relation` is what he is to the owner or does in the company, `share` an owner's part of the
    house. A child under 14 (`is_child`) needs the consent of its `guardian`.
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
    relation: str = ""
    share: Fraction | None = None
    kind: PersonKind = PersonKind.PERSON
    is_child: bool = False
    guardian: Guardian | None = None


_LEAST_PHONE = 5
_PHONE = re.compile(r"\+?[\d\s()\-]{5,24}")
_MOBILE = r"1[3-9]\d{9}"
_EXTENSION = re.compile(r"(?<=\d)\)?\s*(?:转|轉|分机|分機|ext\.?|x|#)\s*:?\s*(\d{1,6})")


def phone_digits(text: str) -> str:
    """Return the digits of a phone number as stored and searched; an extension stays after x.

    China's own code goes, so that `+86 138...`, `0086-138...` and `138...` are one phone.
    """
    if text.isascii() and text.isdigit() and not text.startswith(("86", "0086")):
        return text
    folded = fold(text)
    extension = _EXTENSION.search(folded)
    if extension:
        folded = folded[: extension.start()]
    digits = re.sub(r"\D", "", folded)
    if folded.startswith("+86") or digits.startswith("0086"):
        digits = digits.removeprefix("00").removeprefix("86")
        # Abroad an area code is said without its 0.
        if digits and digits[0] not in "01":
            digits = f"0{digits}"
    elif re.fullmatch(f"86{_MOBILE}", digits):
        digits = digits.removeprefix("86")
    return f"{digits}x{extension[1]}" if extension and digits else digits


def split_phones(text: str) -> tuple[str, ...]:
    """Return the phone numbers in a cell: several are divided by blanks, commas or slashes.

    A blank divides only what are whole numbers before and behind it (`138 0000 1234` is one).
    """
    parts = re.split(
        r"[,;/|、\n]+(?=\s*\(?\+?[\d-]{3,})", fold(clean_text(text).replace("\n", ";"))
    )
    phones = [phone for part in parts for phone in _by_blanks(part.strip(",;/|、 "))]
    return tuple(phone for phone in phones if phone_digits(phone))


def _by_blanks(part: str) -> list[str]:
    phones: list[str] = []
    for word in part.split():
        if phones and not _ends_before(phones[-1], word):
            phones[-1] += f" {word}"
        else:
            phones.append(word)
    return phones


def _ends_before(phone: str, word: str) -> bool:
    """Tell whether a phone is whole and the word behind its blank begins another one."""
    if not phone[-1].isdigit() or not re.match(r"\(?\+?\d", word):
        return False
    digits = phone_digits(phone)
    if re.fullmatch(_MOBILE, digits):
        return True
    return len(digits) >= _LEAST_PHONE and len(phone_digits(word)) >= _LEAST_PHONE


def is_phone(text: str) -> bool:
    """Tell whether a text may be a phone number: 5 to 16 digits, no precision lost to Excel."""
    folded = fold(text)
    extension = _EXTENSION.search(folded)
    if extension and extension.end() == len(folded):
        folded = folded[: extension.start()]
    digits = phone_digits(folded)
    return bool(_PHONE.fullmatch(folded)) and _LEAST_PHONE <= len(digits) <= 16


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
        *check_line("relation", draft.relation),
        *_check_guardian(draft),
    ]
    problems.extend(
        Problem("phones", _("«{phone}» is no phone number.").format(phone=phone[:30]))
        for phone in draft.phones
        if not is_phone(phone)
    )
    if draft.from_on and draft.to_on and draft.to_on < draft.from_on:
        problems.append(Problem("to_on", _("The last day lies before the first.")))
    if draft.share is not None and draft.role is not ResidentRole.OWNER:
        problems.append(Problem("share", _("Only an owner has a share of the house.")))
    if draft.kind is PersonKind.COMPANY and draft.role not in COMPANY_ROLES:
        words = _("A company is owner, tenant or another party; its people are its staff.")
        problems.append(Problem("role", words))
    return tuple(problems)


def _check_guardian(draft: PersonDraft) -> tuple[Problem, ...]:
    """Return what keeps a child under 14 from being kept by name (PIPL 28, 31)."""
    if not draft.is_child:
        return ()
    if draft.guardian is None:
        words = _(
            "Children under 14 are only counted in the house file, unless a guardian agreed: "
            "write the guardian, how and when, or add the child to the number of children."
        )
        return (Problem("guardian", words),)
    return check_line("guardian", draft.guardian.name, _("Say which guardian agreed."))
