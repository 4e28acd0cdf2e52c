"""What people are to a house from one day to another; the caller holds the transaction.

A stay is a row of `residency`. It is ended and never deleted: the history of all who were in a
house is kept (R83). Whoever begins stays or sets shares asks `check_shares` at the end, when all
rows of his command stand: a share passes from one owner to another within one command.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.persons import COMPANY_ROLES, PersonKind, ResidentRole
from propdesk.domain.shares import OwnerStay, most_shared, share_words
from propdesk.domain.texts import clean_line
from propdesk.i18n import _
from propdesk.services.parts.known_persons import known_person
from propdesk.storage.persons import ResidencyRecord


def load_stay(unit_id: int, residency_id: int) -> ResidencyRecord:
    """Return a stay in this house, or refuse."""
    found: ResidencyRecord | None = ResidencyRecord.get_or_none(id=residency_id, unit=unit_id)
    if found is None:
        raise RuleError("resident-unknown", _("This person is not in this house."))
    return found


def begin_stay(
    unit_id: int,
    person_id: int,
    role: ResidentRole,
    *,
    from_on: date | None,
    to_on: date | None = None,
    relation: str = "",
    share: Fraction | None = None,
) -> ResidencyRecord:
    """Let a person be something to a house from a day on.

    Refuses a person who is gone from the register, and one who is the same there at that time.
    """
    person = known_person(person_id)
    if person.kind == PersonKind.COMPANY and role not in COMPANY_ROLES:
        words = _("A company is owner, tenant or another party; its people are its staff.")
        raise DraftError((Problem("role", words),))
    stay = ResidencyRecord(unit=unit_id, person=person_id, relation=clean_line(relation))
    place_stay(stay, role, from_on, to_on)
    put_share(stay, share)
    stay.save()
    return stay


def end_stay(stay: ResidencyRecord, to_on: date) -> None:
    """Write the day on which somebody leaves a house."""
    place_stay(stay, ResidentRole(stay.role), stay.from_on, to_on)
    stay.save()


def place_stay(
    stay: ResidencyRecord, role: ResidentRole, from_on: date | None, to_on: date | None
) -> None:
    """Put role and days into a stay; the caller saves it.

    Refuses them where the person is then the same in this house at one time by another stay, and
    was not yet: what stands twice already can still be ended.
    """
    check_period(from_on, to_on)
    for other in _same(stay.unit_id, stay.person_id, role):
        met = stay.role == role.value and _overlap(stay.from_on, stay.to_on, other)
        if other.id != stay.id and _overlap(from_on, to_on, other) and not met:
            raise RuleError(
                "already-there",
                _("{name} is entered in this house in the same role already.").format(
                    name=other.person.name
                ),
            )
    stay.role, stay.from_on, stay.to_on = role.value, from_on, to_on


def check_period(from_on: date | None, to_on: date | None) -> None:
    """Refuse a last day before the first."""
    if from_on is not None and to_on is not None and to_on < from_on:
        raise DraftError((Problem("to_on", _("The last day lies before the first.")),))


def put_share(stay: ResidencyRecord, share: Fraction | None) -> None:
    """Put a share into an owner's stay, None for none; the caller saves it."""
    if share is not None and stay.role != ResidentRole.OWNER:
        raise DraftError((Problem("share", _("Only an owner has a share of the house.")),))
    stay.share_part = None if share is None else share.numerator
    stay.share_whole = None if share is None else share.denominator


def share_of(stay: ResidencyRecord) -> Fraction | None:
    """Return the share that stands in a stay."""
    return None if stay.share_part is None else Fraction(stay.share_part, stay.share_whole)


def set_shares(unit_id: int, shares: Mapping[int, Fraction | None]) -> None:
    """Give owners of a house their shares, by the ids of their stays."""
    for residency_id, share in shares.items():
        stay = load_stay(unit_id, residency_id)
        put_share(stay, share)
        stay.save()
    check_shares(unit_id)


def check_shares(unit_id: int) -> None:
    """Refuse shares that make more than the whole house on any day."""
    owners = ResidencyRecord.select().where(
        ResidencyRecord.unit == unit_id, ResidencyRecord.role == ResidentRole.OWNER.value
    )
    most = most_shared(OwnerStay(one.from_on, one.to_on, share_of(one)) for one in owners)
    if most > 1:
        words = _("The owners' shares make {sum}; together they are at most the whole house.")
        raise DraftError((Problem("share", words.format(sum=share_words(most))),))


def _same(unit_id: int, person_id: int, role: ResidentRole) -> list[ResidencyRecord]:
    return list(
        ResidencyRecord.select().where(
            ResidencyRecord.unit == unit_id,
            ResidencyRecord.person == person_id,
            ResidencyRecord.role == role.value,
        )
    )


def _overlap(from_on: date | None, to_on: date | None, other: ResidencyRecord) -> bool:
    """Tell whether two periods have a day in common; the last day is in neither."""
    first, last = from_on or date.min, to_on or date.max
    return first < (other.to_on or date.max) and (other.from_on or date.min) < last
