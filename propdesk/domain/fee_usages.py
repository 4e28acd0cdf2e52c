"""Amounts by meter, in steps too, and shares of common costs, split by days at new debtors."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Any

from propdesk.domain.cost_sharing import share_out
from propdesk.domain.fee_amounts import ChargeLine, Share, Usage, exact_words
from propdesk.domain.fee_houses import House, Owing, Stretch
from propdesk.domain.fee_periods import months_between
from propdesk.domain.fee_tiers import TierBase, tier_parts
from propdesk.domain.unit_fees import ONE

_Part = tuple[Stretch, int]
"""A part of a usage: days through which nothing changes, and what was used on them."""


def usage_lines(house: House, usages: Iterable[Usage]) -> Iterable[ChargeLine]:
    """Return the lines of usages; where debtor or price changes they are split by days.

    The limits of steps count over a change of the meter. Other limits than yearly ones are those
    of the debtor's own days: nobody pays a higher step because somebody else filled the lower one.
    """
    for chain in _chains(usages):
        parts = [(usage, part) for usage in chain for part in _parts(house, usage)]
        used = {usage.meter_id: usage.year_before_milli for usage in chain}
        for owing, group in groupby(parts, lambda one: one[1][0].owing):
            own = list(group)
            base = owing.tariff.tier_base if owing and owing.tariff else TierBase.READING
            scale = _scale(base, chain, sum(stretch.days for _usage, (stretch, _one) in own))
            counted = 0
            for usage, of_usage in groupby(own, lambda one: one[0]):
                run = [part for _usage, part in of_usage]
                before = used[usage.meter_id] if base is TierBase.YEAR else counted
                yield from _usage_line(house, usage, run, before, scale)
                quantity = sum(one for _stretch, one in run)
                used[usage.meter_id] += quantity
                counted += quantity


def _chains(usages: Iterable[Usage]) -> Iterable[Sequence[Usage]]:
    """Return each meter's usage together with that of the meters that came in its place."""
    chains: dict[int, list[Usage]] = {}
    for usage in usages:
        chain = chains.pop(usage.replaces_id, []) if usage.replaces_id is not None else []
        chains[usage.meter_id] = [*chain, usage]
    return chains.values()


def _parts(house: House, usage: Usage) -> Iterable[_Part]:
    stretches = house.stretches(usage.from_on, usage.until_on)
    quantities = share_out(usage.usage_milli, [one.days for one in stretches])
    return zip(stretches, quantities, strict=True)


def _scale(base: TierBase, chain: Sequence[Usage], days: int) -> Fraction:
    """Return how often the limits count for so many days of what a chain of meters counted."""
    if base is TierBase.YEAR:
        return Fraction(1)
    whole = sum(one.until_on.toordinal() - one.from_on.toordinal() + 1 for one in chain)
    scale = Fraction(days, whole)
    if base is TierBase.MONTH:
        scale *= months_between(chain[0].from_on, chain[-1].until_on)
    return scale


def _usage_line(
    house: House, usage: Usage, run: Sequence[_Part], before: int, scale: Fraction
) -> Iterable[ChargeLine]:
    """Return the bill of a part of a usage, none where it comes to nothing.

    `before` was used already of the limits that count, `scale` times what they say.
    """
    owing = run[0][0].owing
    if owing is None:
        return
    tiers = owing.tariff.tiers if owing.tariff else ()
    own = run[0][0].rate
    if owing.tariff and own and own.price_e4 != owing.tariff.price_e4:
        tiers = ()  # a price of the house's own stands in for the steps
    base = owing.tariff.tier_base if owing.tariff else TierBase.READING
    begin = before
    parts, exact = [], Fraction(0)
    for one, quantity in run:
        rate = one.rate
        if rate is None:
            continue
        paid = rate.paid
        steps = [
            (part.step, part.quantity_milli, part.price_e4)
            for part in tier_parts(tiers, quantity, before_milli=begin, scale=scale)
        ] or [(0, quantity, rate.price_e4)]
        begin += quantity
        for step, amount, price in steps:
            fen = Fraction(amount * price, ONE * 100) * paid
            exact += fen
            part = {"from": one.from_on.isoformat(), "until": one.until_on.isoformat()}
            part |= house.rate_working(rate._replace(quantity=amount, price_e4=price))
            parts.append(part | ({"step": step} if step else {}) | {"exact_fen": exact_words(fen)})
    working: dict[str, Any] = {"meter": _meter_working(usage), "parts": parts}
    if tiers:
        working["tiers"] = {
            "base": base.value,
            "scale": [scale.numerator, scale.denominator],
            "before_milli": before,
            "limits_milli": [tier.limit_milli for tier in tiers],
        }
    span = run[0][0].from_on, run[-1][0].until_on
    line = house.line(*span, owing, exact, working, known_on=usage.until_on)
    if line.amount_fen:
        yield replace(line, meter_id=usage.meter_id)


def _meter_working(usage: Usage) -> dict[str, Any]:
    """Return what explains a usage; an estimate that was trued up only where there was one."""
    working: dict[str, Any] = {
        "number": usage.number,
        "first_milli": usage.first_milli,
        "last_milli": usage.last_milli,
        "multiplier_milli": usage.multiplier_milli,
        "turned": usage.turned,
        "is_estimated": usage.is_estimated,
        "usage_milli": usage.usage_milli,
        "from": usage.from_on.isoformat(),
        "until": usage.until_on.isoformat(),
    }
    if usage.trued_milli:
        working["trued_milli"] = usage.trued_milli
    return working


def share_lines(house: House, share: Share) -> Iterable[ChargeLine]:
    """Return the lines of a share; where the debtor changes it is split by days, exactly."""
    spans = [
        (one.from_on, one.until_on, house.owing(one.from_on, None))
        for one in house.stretches_of_debtors(share.from_on, share.until_on)
    ]
    joined: list[tuple[date, date, Owing]] = []
    for start, stop, owing in spans:
        if joined and joined[-1][2] == owing:
            joined[-1] = (joined[-1][0], stop, owing)
        else:
            joined.append((start, stop, owing))
    days = [stop.toordinal() - start.toordinal() + 1 for start, stop, _owing in joined]
    amounts = share_out(share.amount_fen, days)
    for (start, stop, owing), amount, part in zip(joined, amounts, days, strict=True):
        if not amount:
            continue
        working = {
            "share": {
                "total_fen": share.total_fen,
                "by": share.share_by,
                "base": share.base,
                "base_total": share.base_total,
                "amount_fen": share.amount_fen,
                "from": share.from_on.isoformat(),
                "until": share.until_on.isoformat(),
                "days": part,
                "of": sum(days),
            }
        }
        line = house.line(start, stop, owing, Fraction(amount), working, known_on=share.until_on)
        yield replace(line, shared_cost_id=share.shared_cost_id)
