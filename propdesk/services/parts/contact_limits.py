"""When and how often somebody may be urged, from the rule table (Civil Code 1033)."""

from datetime import date, time

from propdesk.domain.dunning_acts import ContactLimits
from propdesk.domain.fee_rules import Rule
from propdesk.services.parts.fee_rules import rule_value, rule_word


def load_contact_limits(day: date) -> ContactLimits:
    """Return the limits in force on a day."""
    return ContactLimits(
        from_time=time.fromisoformat(rule_word(Rule.CONTACT_FROM, day)),
        until_time=time.fromisoformat(rule_word(Rule.CONTACT_UNTIL, day)),
        per_day=rule_value(Rule.CONTACT_PER_DAY, day),
        per_week=rule_value(Rule.CONTACT_PER_WEEK, day),
        visit_staff=rule_value(Rule.VISIT_STAFF, day),
    )
