"""The houses of present residents by name, pinyin or phone, as the desk search finds them."""

from datetime import date

from propdesk.domain.simplified import simplified
from propdesk.domain.texts import fold
from propdesk.services.parts.periods import present

_UNITS = (
    "SELECT r.unit_id FROM desk_key k JOIN residency r ON r.person_id = CASE k.kind "
    "WHEN 'person' THEN k.target WHEN 'phone' THEN "
    "(SELECT f.person_id FROM phone f WHERE f.id = k.target) END "
    "JOIN person s ON s.id = r.person_id AND s.sealed_at IS NULL AND s.erased_at IS NULL "
    "WHERE k.key >= ? AND k.key < ? AND k.kind IN ('person', 'phone') AND {present}"
)


def units_of_residents(words: str, today: date) -> tuple[str, list[str]]:
    """Return the SQL of the houses whose present residents are called or reached so; its values.

    A beginning of a name's ending, of its initials or pinyin will do, or four digits of a phone.
    """
    text = "".join(fold(words).split())
    forms = dict.fromkeys((text, simplified(text)))
    values = [bound for form in forms for bound in (form, form + "\U0010ffff")]
    found = _UNITS.format(present=present("r", today))
    return " UNION ".join(found for _form in forms), values
