"""How an item of fees is said in a line: how often, when due, who pays, how it is rounded."""

from collections.abc import Sequence

from propdesk.domain.fee_items import (
    CHARGES_LABELS,
    INCOME_LABELS,
    PARTIAL_LABELS,
    ROUNDING_LABELS,
    FeeItem,
    Formula,
)
from propdesk.domain.meters import METER_LABELS
from propdesk.domain.money import price_words
from propdesk.domain.tariffs import Tariff
from propdesk.domain.units import UNIT_KIND_LABELS
from propdesk.i18n import _, ngettext

LAST_DAY = 31


def period_words(item: FeeItem) -> str:
    """Return how many months are billed at once: `3 months at once`."""
    if item.formula is Formula.ONE_OFF:
        return _("once")
    count = item.billed_months
    words = _("every {months} months") if count > 1 else _("every month")
    return words.format(months=count)


def due_words(item: FeeItem) -> str:
    """Return when a bill falls due."""
    months = abs(item.due_month)
    if item.due_month > 0:
        when = ngettext("{count} month later", "{count} months later", months)
    elif item.due_month < 0:
        when = ngettext("{count} month before", "{count} months before", months)
    else:
        when = _("in the same month")
    day = _("last day") if item.due_day == LAST_DAY else _("day {day}").format(day=item.due_day)
    return _("due {when}, {day}").format(when=when.format(count=months), day=day)


def item_words(item: FeeItem) -> str:
    """Return everything else of an item in two lines."""
    kinds = _(", ").join(str(UNIT_KIND_LABELS[kind]) for kind in item.unit_kinds)
    said = [str(INCOME_LABELS[item.income]), str(CHARGES_LABELS[item.charges])]
    if kinds:
        said.append(kinds)
    if item.meter_kind is not None:
        said.append(str(METER_LABELS[item.meter_kind]))
    said += [
        due_words(item),
        str(PARTIAL_LABELS[item.partial]),
        str(ROUNDING_LABELS[item.rounding]),
    ]
    words = " · ".join(said)
    return f"{words}\n{item.note}" if item.note else words


def present_price(tariffs: Sequence[Tariff]) -> str:
    """Return a price, or the lowest and the highest of several and of their steps; '' is none."""
    if not tariffs:
        return ""
    prices: list[int] = []
    for one in tariffs:
        prices += [tier.price_e4 for tier in one.tiers] or [one.price_e4]
    prices.sort()
    low, high = price_words(prices[0]), price_words(prices[-1])
    return low if low == high else f"{low} – {high}"
