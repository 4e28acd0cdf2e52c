"""When and how often somebody may be urged, from the rule table (Civil Code 1033)."""

from datetime import date, time

from propdesk.domain.dunning_acts import CONTACTS, ContactLimits
from propdesk.domain.fee_rules import Rule
from propdesk.services.parts.fee_rules import rule_value, rule_word
from propdesk.storage.database import rows


def load_contact_limits(day: date) -> ContactLimits:
    """Return the limits in force on a day."""
    return ContactLimits(
        from_time=time.fromisoformat(rule_word(Rule.CONTACT_FROM, day)),
        until_time=time.fromisoformat(rule_word(Rule.CONTACT_UNTIL, day)),
        per_day=rule_value(Rule.CONTACT_PER_DAY, day),
        per_week=rule_value(Rule.CONTACT_PER_WEEK, day),
        visit_staff=rule_value(Rule.VISIT_STAFF, day),
    )


def count_contacts(unit_id: int, first: date, last: date) -> int:
    """Return how often a house was called, written to or visited in a period."""
    ways = sorted(way.value for way in CONTACTS)
    found = rows(
        "SELECT count(*) FROM dunning_act a WHERE a.unit_id = ? AND a.at BETWEEN ? AND ? "  # noqa: S608 - our own words
        f"AND a.voided_at IS NULL AND a.way IN ({', '.join('?' * len(ways))})",
        unit_id,
        f"{first}T00:00:00",
        f"{last}T23:59:59",
        *ways,
    )
    return int(found[0][0])
