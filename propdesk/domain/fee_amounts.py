"""What a house owes for an item in a period, line by line, each with its working (R96-R98).

A month is charged in parts that are not divided further: the whole month, its two halves (1st to
15th, 16th on: the 15-day rule), or its days. Each part belongs to who, and is priced as, its first
charged day says. So all parts of a month add up to the month, and two runs that meet add up to one.

A bill has one debtor, one payer and one price; where one of them changes, another bill begins. What
else changes (area, vacancy, quantity) is a part of the bill's working. An amount is exact until it
is rounded once, for the bill. Before delivery the developer owes (物业管理条例 41): such a bill is
marked.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any, Generic, NamedTuple, TypeVar

from propdesk.domain.cost_sharing import share_out
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import Charges, FeeItem, Formula, Partial, Rounding, UnitFeeKind
from propdesk.domain.fee_periods import (
    add_months,
    day_before,
    days_in,
    due_day,
    first_day,
    last_day,
    line_of,
    month_number,
    months_between,
    next_day,
)
from propdesk.domain.fee_tiers import TierBase, tier_parts
from propdesk.domain.money import MOST_FEN, money_words
from propdesk.domain.tariffs import Tariff, tariff_on
from propdesk.domain.unit_fees import ONE, UnitFee, held
from propdesk.domain.units import UnitKind, UnitState
from propdesk.i18n import _

T = TypeVar("T")

HALF = 15
"""The last day of the first half of a month, by the 15-day rule of the trade."""

_FULL = 100
_BEFORE_DELIVERY = frozenset({UnitState.UNSOLD, UnitState.UNDELIVERED})


@dataclass(frozen=True, slots=True)
class Since(Generic[T]):
    """A value and the day from which it holds; None is as long as is known."""

    from_on: date | None
    value: T


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who owes from the first to the last day (None: open); of several owners the first named."""

    person_id: int | None
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Chargeable:
    """A house as it is charged: what it is, since when, whose, and what is said of its items.

    `area_dm2` holds where `areas` is empty, else the line of `areas` that has begun. `fees` are the
    lines that are not void. `delivered_on` None is not known: then the states decide.
    """

    unit_id: int
    short: str
    kind: UnitKind
    community_id: int
    building_id: int
    floor: int | None = None
    area_dm2: int | None = None
    areas: tuple[Since[int | None], ...] = ()
    states: tuple[Since[UnitState | None], ...] = ()
    delivered_on: date | None = None
    debtors: tuple[Debtor, ...] = ()
    fees: tuple[UnitFee, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """What a meter counted from the first to the last day, multiplier and turns included.

    `year_before_milli` was used before it in the same calendar year, for yearly steps.
    """

    meter_id: int
    number: str
    from_on: date
    until_on: date
    first_milli: int
    last_milli: int
    usage_milli: int
    multiplier_milli: int = 1000
    turned: int = 0
    is_estimated: bool = False
    year_before_milli: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A house's share of a common cost, with the base that it was reckoned from.

    `base` and `base_total` are dm² by area, households by household, thousandths by usage.
    """

    shared_cost_id: int
    from_on: date
    until_on: date
    amount_fen: int
    total_fen: int
    share_by: str
    base: int
    base_total: int


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A line that becomes a bill: one item, one debtor, one period, and how the amount came.

    `person_id` owes by law, `payer_id` agreed to pay instead (条例 41).
    """

    from_on: date
    until_on: date
    due_on: date
    amount_fen: int
    person_id: int | None
    payer_id: int | None
    tariff_id: int | None
    meter_id: int | None
    shared_cost_id: int | None
    working: Mapping[str, Any]


def charges_for(
    item: FeeItem,
    tariffs: Iterable[Tariff],
    chargeable: Chargeable,
    from_on: date,
    until_on: date,
    *,
    usages: Sequence[Usage] = (),
    shares: Sequence[Share] = (),
) -> tuple[ChargeLine, ...]:
    """Return what a house owes for an item from the first to the last day.

    `tariffs` may be of any item and place; `usages` and `shares` are the house's own of this item.
    Days without a price are not charged. Raises RuleError where the house lacks what the price
    needs (its area, its floor) or the sum is absurd.
    """
    return ItemCharges(item, tariffs, from_on, until_on).of(
        chargeable, usages=usages, shares=shares
    )


def round_fen(exact: Fraction | int, rounding: Rounding) -> int:
    """Return an exact amount in fen, rounded once by the item's rule."""
    unit, _dash, manner = rounding.value.partition("-")
    step = {"fen": 1, "jiao": 10, "yuan": 100}[unit]
    steps = Fraction(exact) / step
    if manner == "up":
        return -int(-steps // 1) * step
    return int((steps + (Fraction(1, 2) if manner == "half-up" else 0)) // 1) * step


class _Owing(NamedTuple):
    """What must be one in one bill."""

    tariff: Tariff | None
    person_id: int | None
    payer_id: int | None
    is_developer: bool


class _Rate(NamedTuple):
    """What may change within a bill: quantity, price, floor factor, percent, and why less."""

    quantity: int
    price_e4: int
    factor: int
    percent: int
    why: str


class _Stretch(NamedTuple):
    """Days on which nothing changes; `owing` None is not charged."""

    from_on: date
    until_on: date
    owing: _Owing | None
    rate: _Rate | None


class _Piece(NamedTuple):
    """An undivided part of a month; `days` of `of`, all of them is the whole month."""

    from_on: date
    until_on: date
    days: int
    of: int
    owing: _Owing
    rate: _Rate


class ItemCharges:
    """One item in one period for any number of houses; what equal houses share is reckoned once."""

    def __init__(
        self, item: FeeItem, tariffs: Iterable[Tariff], from_on: date, until_on: date
    ) -> None:
        self.item = item
        self.from_on = from_on
        self.until_on = until_on
        self._tariffs = tuple(
            tariff
            for tariff in tariffs
            if tariff.fee_item_id == item.id and tariff.voided_at is None
        )
        self._window = first_day(month_number(from_on)), last_day(month_number(until_on))
        self._local: dict[tuple[int, int], tuple[Tariff, ...]] = {}
        self._same: dict[tuple[Tariff, ...], tuple[Tariff, ...]] = {}
        self._plain: dict[tuple[int, int | None, int | None], tuple[ChargeLine, ...]] = {}

    def tariffs_of(self, chargeable: Chargeable) -> tuple[Tariff, ...]:
        """Return the prices that a house's place has, of all days."""
        place = chargeable.building_id, chargeable.community_id
        found = self._local.get(place)
        if found is None:
            found = tuple(tariff for tariff in self._tariffs if tariff.is_for(*place))
            found = self._local[place] = self._same.setdefault(found, found)
        return found

    def of(
        self, chargeable: Chargeable, *, usages: Sequence[Usage] = (), shares: Sequence[Share] = ()
    ) -> tuple[ChargeLine, ...]:
        """Return the lines of a house; see `charges_for`."""
        item = self.item
        if not item.takes(chargeable.kind):
            return ()
        house = _House(item, self.tariffs_of(chargeable), chargeable)
        if item.formula is Formula.METER:
            return tuple(line for usage in usages for line in house.usage_lines(usage))
        if item.formula is Formula.SHARED:
            return tuple(line for share in shares for line in house.share_lines(share))
        if item.formula is Formula.ONE_OFF:
            return tuple(house.one_off_lines(self.from_on, self.until_on))
        debtor = house.single_debtor(*self._window)
        if debtor is None or not house.is_plain(*self._window):
            return house.month_lines(self.from_on, self.until_on)
        key = (id(house.tariffs), chargeable.floor, chargeable.area_dm2)
        lines = self._plain.get(key)
        if lines is None:
            lines = self._plain[key] = house.month_lines(self.from_on, self.until_on)
        begun = house.begun(debtor)
        return tuple(
            ChargeLine(
                line.from_on,
                line.until_on,
                max(line.due_on, begun),
                line.amount_fen,
                debtor.person_id,
                None,
                line.tariff_id,
                None,
                None,
                line.working,
            )
            for line in lines
        )


class _House:
    """One house and one item."""

    def __init__(self, item: FeeItem, tariffs: Sequence[Tariff], chargeable: Chargeable) -> None:
        self.item = item
        self.tariffs = tariffs
        self.unit = chargeable
        self.fees = [line for line in chargeable.fees if line.fee_item_id == item.id]

    def single_debtor(self, from_on: date, until_on: date) -> Debtor | None:
        """Return who owes on all days of a span, None where it is not one and the same."""
        for debtor in self.unit.debtors:
            if (debtor.from_on is None or debtor.from_on <= from_on) and (
                debtor.until_on is None or debtor.until_on >= until_on
            ):
                return debtor
        return None

    def begun(self, debtor: Debtor | None) -> date:
        """Return the day before which somebody owes nothing: the house was not his or not there."""
        since = debtor.from_on if debtor else None
        return max(since or date.min, self.unit.delivered_on or date.min)

    def is_plain(self, from_on: date, until_on: date) -> bool:
        """Tell whether only place, area and floor say what a house owes in a span."""
        unit = self.unit
        return (
            not self.fees
            and self.item.charges is Charges.ALL
            and not unit.areas
            and (unit.delivered_on is None or unit.delivered_on <= from_on)
            and all(
                line.value not in _BEFORE_DELIVERY
                for line in unit.states
                if unit.delivered_on is None and (line.from_on is None or line.from_on <= until_on)
            )
        )

    # What holds on a day.

    def breaks(self, from_on: date, until_on: date) -> list[date]:
        """Return the days in a span on which something may change, the first one included."""
        days: set[date | None] = {from_on, self.unit.delivered_on}
        for tariff in self.tariffs:
            days |= {tariff.from_on, tariff.until_on and next_day(tariff.until_on)}
        for debtor in self.unit.debtors:
            days |= {debtor.from_on, debtor.until_on and next_day(debtor.until_on)}
        for fee in self.fees:
            days |= {fee.from_on, fee.until_on and next_day(fee.until_on)}
            if fee.kind is UnitFeeKind.VACANT:
                days |= {
                    add_months(fee.from_on, tariff.vacancy_after_months) for tariff in self.tariffs
                }
        days |= {line.from_on for line in self.unit.areas}
        days |= {line.from_on for line in self.unit.states}
        return sorted(day for day in days if day is not None and from_on <= day <= until_on)

    def stretches(self, from_on: date, until_on: date) -> list[_Stretch]:
        """Return a span cut where something changes."""
        starts = self.breaks(from_on, until_on)
        ends = [day_before(day) for day in starts[1:]] + [until_on]
        found = []
        for start, end in zip(starts, ends, strict=True):
            owing, rate = self.on(start)
            found.append(_Stretch(start, end, owing, rate))
        return found

    def on(self, day: date) -> tuple[_Owing | None, _Rate | None]:
        """Return who owes at which rate on a day; nobody where the item is not charged."""
        tariff = tariff_on(self.tariffs, day)
        charged = held(self.fees, UnitFeeKind.CHARGED, day)
        if self.item.charges is Charges.CHOSEN and charged is None:
            return None, None
        price = charged.price_e4 if charged else None
        if tariff is None and price is None:
            return None, None
        owing = self.owing(day, tariff)
        percent, why, reduced_price = self.percent(day, tariff)
        if reduced_price is not None:
            price = reduced_price
        if price is None and tariff is not None:
            price = tariff.price_e4
        quantity = charged.quantity_milli if charged else ONE
        if self.item.formula is Formula.AREA:
            quantity = self.area_on(day)
        return owing, _Rate(quantity, price or 0, self.factor(tariff), percent, why)

    def owing(self, day: date, tariff: Tariff | None) -> _Owing:
        """Return whose debt a day is."""
        debtor = self.single_debtor(day, day)
        payer = held(self.fees, UnitFeeKind.PAYER, day)
        return _Owing(
            tariff,
            debtor.person_id if debtor else None,
            payer.payer_id if payer else None,
            self.is_developers(day),
        )

    def is_developers(self, day: date) -> bool:
        """Tell whether the developer owes: the house is not delivered yet (条例 41)."""
        if self.unit.delivered_on is not None:
            return day < self.unit.delivered_on
        return _since(self.unit.states, day, None) in _BEFORE_DELIVERY

    def percent(self, day: date, tariff: Tariff | None) -> tuple[int, str, int | None]:
        """Return what is paid in percent, why it is less, and a price of its own.

        Of a reduction and a vacancy the lower one holds.
        """
        if held(self.fees, UnitFeeKind.EXEMPT, day):
            return 0, UnitFeeKind.EXEMPT.value, None
        percent, why, price = _FULL, "", None
        reduced = held(self.fees, UnitFeeKind.REDUCED, day)
        if reduced:
            price = reduced.price_e4
            percent = _FULL if reduced.percent is None else reduced.percent
            why = UnitFeeKind.REDUCED.value
        vacant = held(self.fees, UnitFeeKind.VACANT, day)
        if vacant:
            after = tariff.vacancy_after_months if tariff else 0
            paid = vacant.percent
            if paid is None:
                paid = tariff.vacancy_percent if tariff else None
            begun = day >= add_months(vacant.from_on, after)
            if begun and paid is not None and paid < percent:
                percent, why = paid, UnitFeeKind.VACANT.value
        return percent, why, price

    def area_on(self, day: date) -> int:
        """Return the area on a day in hundredths of a m², or refuse where it is not known."""
        area = _since(self.unit.areas, day, self.unit.area_dm2)
        if not area or area < 0:
            raise RuleError(
                "area-missing",
                _("{unit} has no area, and «{item}» is charged by area. Enter the area.").format(
                    unit=self.unit.short, item=self.item.name
                ),
            )
        return area

    def factor(self, tariff: Tariff | None) -> int:
        """Return what the house's floor pays in percent, or refuse where it is not known."""
        if tariff is None or not tariff.floor_factors:
            return _FULL
        floor = self.unit.floor
        for factor in tariff.floor_factors:
            if floor is not None and factor.covers(floor):
                return factor.percent
        raise RuleError(
            "floor-missing",
            _(
                "«{item}» is charged by floor, and {unit} has none that the price names. "
                "Enter the floor of the house, or name all floors in the price."
            ).format(unit=self.unit.short, item=self.item.name),
        )

    # Months: by area or a fixed amount.

    def month_lines(self, from_on: date, until_on: date) -> tuple[ChargeLine, ...]:
        """Return the lines of an item that is charged by the month."""
        pieces = self.pieces(from_on, until_on)
        lines = []
        for (_line, owing), group in groupby(
            pieces, lambda piece: (line_of(self.item, month_number(piece.from_on)), piece.owing)
        ):
            line = self.month_line(owing, list(group))
            if line.amount_fen:
                lines.append(line)
        return tuple(lines)

    def pieces(self, from_on: date, until_on: date) -> list[_Piece]:
        """Return the undivided parts of the months whose first charged day lies in the span."""
        first, last = month_number(from_on), month_number(until_on)
        stretches = self.stretches(first_day(first), last_day(last))
        starts = [stretch.from_on for stretch in stretches]
        found: list[_Piece] = []
        for month in range(first, last + 1):
            begin, end, of = first_day(month), last_day(month), days_in(month)
            place = bisect_right(starts, begin) - 1
            here = [one for one in stretches[place:] if one.from_on <= end]
            if self.item.partial is Partial.BY_DAY:
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
            for start, stop, days, of in whole if self.item.partial is Partial.WHOLE else halves:
                charged = [
                    one
                    for one in here
                    if one.owing and one.from_on <= stop and one.until_on >= start
                ]
                if not charged:
                    continue
                begun = max(charged[0].from_on, start)
                owing, rate = charged[0].owing, charged[0].rate
                if owing and rate and from_on <= begun <= until_on:
                    ended = min(charged[-1].until_on, stop)
                    found.append(_Piece(begun, ended, days, of, owing, rate))
        return found

    def month_line(self, owing: _Owing, pieces: Sequence[_Piece]) -> ChargeLine:
        """Return one bill of one debtor at one price."""
        parts, exact = [], Fraction(0)
        for part in _joined(pieces):
            months = Fraction(part.days, part.of)
            amount = self.month_amount(part.rate, months)
            exact += amount
            parts.append(
                {
                    "from": part.from_on.isoformat(),
                    "until": part.until_on.isoformat(),
                    **self.rate_working(part.rate),
                    "days": part.days,
                    "of": part.of,
                    "exact_fen": _exact(amount),
                }
            )
        return self.line(pieces[0].from_on, pieces[-1].until_on, owing, exact, {"parts": parts})

    def month_amount(self, rate: _Rate, months: Fraction) -> Fraction:
        """Return the exact fen of a quantity at a price for so many months."""
        each = _FULL if self.item.formula is Formula.AREA else ONE
        return (
            Fraction(rate.quantity * rate.price_e4, each * 100)
            * months
            * Fraction(rate.factor * rate.percent, _FULL * _FULL)
        )

    def rate_working(self, rate: _Rate) -> dict[str, Any]:
        """Return what of a rate explains an amount; what is as usual is left out."""
        quantity = "area_dm2" if self.item.formula is Formula.AREA else "quantity_milli"
        said: dict[str, Any] = {quantity: rate.quantity, "price_e4": rate.price_e4}
        if rate.factor != _FULL:
            said["factor"] = rate.factor
        if rate.percent != _FULL:
            said["percent"] = rate.percent
        if rate.why:
            said["why"] = rate.why
        return said

    # Once.

    def one_off_lines(self, from_on: date, until_on: date) -> Iterable[ChargeLine]:
        """Return a line for each charge that was entered for a day in the span."""
        for fee in self.fees:
            if fee.kind is not UnitFeeKind.CHARGED or not from_on <= fee.from_on <= until_on:
                continue
            owing, rate = self.on(fee.from_on)
            if owing is None or rate is None:
                continue
            exact = Fraction(rate.quantity * rate.price_e4, ONE * 100) * Fraction(
                rate.factor * rate.percent, _FULL * _FULL
            )
            part = {"from": fee.from_on.isoformat(), "until": fee.from_on.isoformat()}
            part |= self.rate_working(rate) | {"exact_fen": _exact(exact)}
            line = self.line(fee.from_on, fee.from_on, owing, exact, {"parts": [part]})
            if line.amount_fen:
                yield line

    # By meter.

    def usage_lines(self, usage: Usage) -> Iterable[ChargeLine]:
        """Return the lines of a usage; where debtor or price changes it is split by days."""
        stretches = self.stretches(usage.from_on, usage.until_on)
        days = [one.until_on.toordinal() - one.from_on.toordinal() + 1 for one in stretches]
        quantities = share_out(usage.usage_milli, days)
        before = usage.year_before_milli
        used = 0
        run: list[tuple[_Stretch, int]] = []
        for one, quantity in zip(stretches, quantities, strict=True):
            if run and run[-1][0].owing != one.owing:
                yield from self.usage_line(usage, run, before, used)
                used += sum(part for _one, part in run)
                run = []
            run.append((one, quantity))
        yield from self.usage_line(usage, run, before, used)

    def usage_line(
        self, usage: Usage, run: Sequence[tuple[_Stretch, int]], before: int, used: int
    ) -> Iterable[ChargeLine]:
        """Return the bill of a part of a usage, none where it is not charged or comes to nothing.

        `before` was used earlier in the year, `used` earlier in this usage.
        """
        owing = run[0][0].owing
        if owing is None:
            return
        tiers = owing.tariff.tiers if owing.tariff else ()
        own = run[0][0].rate
        if owing.tariff and own and own.price_e4 != owing.tariff.price_e4:
            tiers = ()  # a price of the house's own stands in for the steps
        base = owing.tariff.tier_base if owing.tariff else TierBase.READING
        scale: Fraction | int = 1
        if base is TierBase.MONTH:
            scale = months_between(usage.from_on, usage.until_on)
        begin = used + (before if base is TierBase.YEAR else 0)
        parts, exact = [], Fraction(0)
        for one, quantity in run:
            rate = one.rate
            if rate is None:
                continue
            paid = Fraction(rate.factor * rate.percent, _FULL * _FULL)
            steps = [
                (part.step, part.quantity_milli, part.price_e4)
                for part in tier_parts(tiers, quantity, before_milli=begin, scale=scale)
            ] or [(0, quantity, rate.price_e4)]
            begin += quantity
            for step, amount, price in steps:
                fen = Fraction(amount * price, ONE * 100) * paid
                exact += fen
                part = {"from": one.from_on.isoformat(), "until": one.until_on.isoformat()}
                part |= self.rate_working(rate._replace(quantity=amount, price_e4=price))
                parts.append(part | ({"step": step} if step else {}) | {"exact_fen": _exact(fen)})
        working = {
            "meter": {
                "number": usage.number,
                "first_milli": usage.first_milli,
                "last_milli": usage.last_milli,
                "multiplier_milli": usage.multiplier_milli,
                "turned": usage.turned,
                "is_estimated": usage.is_estimated,
                "usage_milli": usage.usage_milli,
                "from": usage.from_on.isoformat(),
                "until": usage.until_on.isoformat(),
            },
            "parts": parts,
        }
        if tiers:
            working["tiers"] = {
                "base": base.value,
                "months": [Fraction(scale).numerator, Fraction(scale).denominator],
                "before_milli": begin - sum(quantity for _one, quantity in run),
                "limits_milli": [tier.limit_milli for tier in tiers],
            }
        line = self.line(run[0][0].from_on, run[-1][0].until_on, owing, exact, working)
        if line.amount_fen:
            yield replace(line, meter_id=usage.meter_id)

    # Shared.

    def share_lines(self, share: Share) -> Iterable[ChargeLine]:
        """Return the lines of a share; where the debtor changes it is split by days, exactly."""
        spans = [
            (one.from_on, one.until_on, self.owing(one.from_on, None))
            for one in self.stretches_of_debtors(share.from_on, share.until_on)
        ]
        joined: list[tuple[date, date, _Owing]] = []
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
            line = self.line(start, stop, owing, Fraction(amount), working, rounding=False)
            yield replace(line, shared_cost_id=share.shared_cost_id)

    def stretches_of_debtors(self, from_on: date, until_on: date) -> list[_Stretch]:
        """Return a span cut where something changes, whatever is charged on it."""
        starts = self.breaks(from_on, until_on)
        ends = [day_before(day) for day in starts[1:]] + [until_on]
        return [_Stretch(*span, None, None) for span in zip(starts, ends, strict=True)]

    def line(
        self,
        from_on: date,
        until_on: date,
        owing: _Owing,
        exact: Fraction,
        working: dict[str, Any],
        *,
        rounding: bool = True,
    ) -> ChargeLine:
        """Return a bill's line, rounded once; a share was made whole already."""
        amount = round_fen(exact, self.item.rounding) if rounding else int(exact)
        if amount > MOST_FEN:
            raise RuleError(
                "charge-too-large",
                _(
                    "«{item}» of {unit} would come to {amount} yuan. Check the area, the quantity "
                    "and the price."
                ).format(item=self.item.name, unit=self.unit.short, amount=money_words(amount)),
            )
        said: dict[str, Any] = {"formula": self.item.formula.value}
        if rounding:
            said["rounding"] = self.item.rounding.value
            said["exact_fen"] = _exact(exact)
        if owing.is_developer:
            said["developer"] = True
        due_on = due_day(self.item, from_on, until_on)
        if not owing.is_developer:
            due_on = max(due_on, self.begun(self.single_debtor(from_on, from_on)))
        return ChargeLine(
            from_on=from_on,
            until_on=until_on,
            due_on=due_on,
            amount_fen=amount,
            person_id=owing.person_id,
            payer_id=owing.payer_id,
            tariff_id=owing.tariff.id if owing.tariff else None,
            meter_id=None,
            shared_cost_id=None,
            working=said | working | {"amount_fen": amount},
        )


def _since(lines: Sequence[Since[T]], day: date, otherwise: T) -> T:
    begun = [line for line in lines if line.from_on is None or line.from_on <= day]
    if not begun:
        return otherwise
    return max(begun, key=lambda line: line.from_on or date.min).value


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


def _exact(fen: Fraction) -> str:
    """Return an exact amount of fen for the eye, to a thousandth of a fen."""
    rounded = Decimal(fen.numerator) / Decimal(fen.denominator)
    return f"{rounded:.3f}".rstrip("0").rstrip(".")
