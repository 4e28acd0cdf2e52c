"""Choose the office's place, and enter its own numbers over those of law and practice."""

from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.fee_rules import FeeRule, Place, Rule, find_place, find_rule, read_rule_value
from propdesk.domain.fields import check_line
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.fee_rules import get_rule, shipped_places
from propdesk.services.parts.fee_settings import load_fee_settings, store_fee_settings
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import local, writing
from propdesk.storage.charging import FeeRuleRecord


def set_rule(
    typed: str,
    value: str,
    *,
    by: int,
    now: datetime,
    from_on: date | None = None,
    source: str = "",
    is_verified: bool = False,
) -> FeeRule:
    """Enter the office's own value of a rule from a day on (today where none is said).

    Whoever compared it with the text of the law says so (`is_verified`) and names the text.
    """
    with writing():
        who = actor(by, Right.MANAGE_OFFICE)
        rule = find_rule(typed)
        stored = read_rule_value(rule, value)
        words = clean_line(source)
        refuse(check_line("source", words))
        if is_verified and not words:
            raise DraftError((Problem("source", _("Name the text that it was compared with.")),))
        today = local(now).date()
        on = from_on or today
        # A later entry for the same day stands in for the earlier one.
        _void(rule, now, on)
        FeeRuleRecord.create(
            code=rule.value,
            value=stored,
            source=words or "office",
            from_on=on,
            is_verified=is_verified,
            entered_at=local(now),
            staff=who.id,
        )
        return get_rule(rule, on)


def reset_rule(typed: str, *, by: int, now: datetime) -> FeeRule:
    """Take back all that the office entered of a rule: the program's value holds again."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        rule = find_rule(typed)
        _void(rule, now, None)
        return get_rule(rule, local(now).date())


def set_place(typed: str, *, by: int) -> Place | None:
    """Choose the place whose rules hold; '' is the whole country."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        place = find_place(typed, shipped_places().values())
        name = place.name if place else ""
        store_fee_settings(replace(load_fee_settings(), place=name))
        return place


def _void(rule: Rule, now: datetime, from_on: date | None) -> None:
    standing = (FeeRuleRecord.code == rule.value) & FeeRuleRecord.voided_at.is_null()
    if from_on is not None:
        standing &= FeeRuleRecord.from_on == from_on
    FeeRuleRecord.update(voided_at=local(now)).where(standing).execute()
