"""What is kept of a person beyond name and phone goes when its ground goes (PIPL 15, 47)."""

from collections.abc import Iterable

from propdesk.storage.privacy import PersonDetailRecord


def drop_fields(codes: Iterable[str]) -> int:
    """Delete all values of fields that the office no longer keeps; return how many there were."""
    codes = list(codes)
    if not codes:
        return 0
    return int(PersonDetailRecord.delete().where(PersonDetailRecord.field.in_(codes)).execute())


def drop_consented(consent_id: int) -> tuple[str, ...]:
    """Delete what stood on a consent; return the codes of the fields."""
    stood = PersonDetailRecord.consent == consent_id
    codes = tuple(
        row.field for row in PersonDetailRecord.select(PersonDetailRecord.field).where(stood)
    )
    PersonDetailRecord.delete().where(stood).execute()
    return codes
