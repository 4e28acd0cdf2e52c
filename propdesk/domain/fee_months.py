"""Amounts by the month: area x price x months, or a fixed amount; and what is charged once (R96).

A month is charged in parts that are not divided further: the whole month, its two halves (1st to
15th, 16th on: the 15-day rule), or its days. Each part belongs to who, and is priced as, its first
charged day says. So all parts of a month add up to the month, and two runs that meet add up to one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from propdesk.domain.fee_amounts import ChargeLine, exact_words
from propdesk.domain.fee_houses import FULL, House, Owing, Rate
from propdesk.domain.fee_items import Formula, Partial, UnitFeeKind
from propdesk.domain.fee_periods import (
    days_in,
    first_day,
    last_day,
    line_of,
    month_number,
    next_day,
)
from propdesk.domain.unit_fees import ONE

HALF = 15
"""The last day of the first half of a month, by the 15-day rule of the trade."""


class _Piece(NamedTuple):
    """An undivided part of a month; `days` of `of`, all of them is the whole month."""

    from_on: date
    until_on: date
    days: int
    of: int
    owing: Owing
    rate: Rate


MonthBill = tuple[Owing, list[_Piece]]
"""Who owes, and the parts of months of one bill."""


def month_lines(house: House, from_on: date, until_on: date) -> tuple[ChargeLine, ...]:
    """Return the lines of an item that is charged by the month."""
    return planned_lines(house, month_plan(house, from_on, until_on))


def month_plan(house: House, from_on: date, until_on: date) -> list[MonthBill]:
    """Return the bills of a span before they are reckoned: who owes which parts of months."""
    pieces = _pieces(house, from_on, until_on)
    groups = groupby(
        pieces, lambda piece: (line_of(house.item, month_number(piece.from_on)), piece.owing)
    )
    return [(owing, _joined(list(group))) for (_line, owing), group in groups]


def planned_lines(
    house: House, plan: Sequence[MonthBill], area_dm2: int | None = None
) -> tuple[ChargeLine, ...]:
    """Return the lines of planned bills; `area_dm2` stands in for the area of the plan's house."""
    lines = []
    for owing, pieces in plan:
        own = pieces
        if area_dm2 is not None:
            own = [one._replace(rate=one.rate._replace(quantity=area_dm2)) for one in pieces]
        line = _month_line(house, owing, own)
        if line.amount_fen:
            lines.append(line)
    return tuple(lines)


def _pieces(house: House, from_on: date, until_on: date) -> list[_Piece]:
    """Return the undivided parts of the months whose first charged day lies in the span."""
    first, last = month_number(from_on), month_number(until_on)
    stretches = house.stretches(first_day(first), last_day(last))
    starts = [stretch.from_on for stretch in stretches]
    found: list[_Piece] = []
    for month in range(first, last + 1):
        begin, end, of = first_day(month), last_day(month), days_in(month)
        place = bisect_right(starts, begin) - 1
        here = [one for one in stretches[place:] if one.from_on <= end]
        if house.item.partial is Partial.BY_DAY:
            for one in here:
                start = max(one.from_on, begin, from_on)
                stop = min(one.until_on, end, until_on)
                if one.owing and one.rate and start <= stop:
                    days = stop.toordinal() - start.toordinal() + 1
                    found.append(_Piece(start, stop, days, of, one.owing, one.rate))
            continue
        middle = begin.replace(day=HALF)
        halves = [(begin, middle, 1, 2), (next_day(middle), end, 1, 2)]
        whole = [(begin, end, 1, 1)]
        for start, stop, days, of in whole if house.item.partial is Partial.WHOLE else halves:
            charged = [
                one for one in here if one.owing and one.from_on <= stop and one.until_on >= start
            ]
            if not charged:
                continue
            begun = max(charged[0].from_on, start)
            owing, rate = charged[0].owing, charged[0].rate
            if owing and rate and from_on <= begun <= until_on:
                ended = min(charged[-1].until_on, stop)
                found.append(_Piece(begun, ended, days, of, owing, rate))
    return found


def _month_line(house: House, owing: Owing, pieces: Sequence[_Piece]) -> ChargeLine:
    """Return one bill of one debtor at one price."""
    parts, exact = [], Fraction(0)
    for part in pieces:
        months = Fraction(part.days, part.of)
        amount = _month_amount(house, part.rate, months)
        exact += amount
        parts.append(
            {
                "from": part.from_on.isoformat(),
                "until": part.until_on.isoformat(),
                **house.rate_working(part.rate),
                "days": part.days,
                "of": part.of,
                "exact_fen": exact_words(amount),
            }
        )
    return house.line(pieces[0].from_on, pieces[-1].until_on, owing, exact, {"parts": parts})


def _month_amount(house: House, rate: Rate, months: Fraction) -> Fraction:
    """Return the exact fen of a quantity at a price for so many months."""
    each = FULL if house.item.formula is Formula.AREA else ONE
    return Fraction(rate.quantity * rate.price_e4, each * 100) * months * rate.paid


def one_off_lines(house: House, from_on: date, until_on: date) -> Iterable[ChargeLine]:
    """Return a line for each charge that was entered for a day in the span."""
    for fee in house.fees:
        if fee.kind is not UnitFeeKind.CHARGED or not from_on <= fee.from_on <= until_on:
            continue
        owing, rate = house.on(fee.from_on)
        if owing is None or rate is None:
            continue
        exact = Fraction(rate.quantity * rate.price_e4, ONE * 100) * rate.paid
        part = {"from": fee.from_on.isoformat(), "until": fee.from_on.isoformat()}
        part |= house.rate_working(rate) | {"exact_fen": exact_words(exact)}
        line = house.line(fee.from_on, fee.from_on, owing, exact, {"parts": [part]})
        if line.amount_fen:
            yield line


def _joined(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return pieces with those of one month added up, and then whole months, where the rate is one.

    A whole month is one of one; so many whole months are so many of one.
    """
    joined: list[_Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else piece
        if (
            joined
            and before.rate == piece.rate
            and month_number(before.from_on) == month_number(piece.from_on)
        ):
            days = before.days + piece.days
            joined[-1] = before._replace(until_on=piece.until_on, days=days)
        else:
            joined.append(piece)
    found: list[_Piece] = []
    for piece in (one._replace(days=1, of=1) if one.days == one.of else one for one in joined):
        if found and found[-1].rate == piece.rate and found[-1].of == piece.of == 1:
            found[-1] = found[-1]._replace(until_on=piece.until_on, days=found[-1].days + 1)
        else:
            found.append(piece)
    return found
