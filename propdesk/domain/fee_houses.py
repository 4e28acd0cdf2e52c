"""One house and one item: who owes at which rate on a day, and where that changes.

Before delivery the developer owes (物业管理条例 41): such a bill is marked.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, TypeVar

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_amounts import (
    Chargeable,
    ChargeLine,
    Debtor,
    Since,
    exact_words,
    round_fen,
)
from propdesk.domain.fee_items import Charges, FeeItem, Formula, UnitFeeKind
from propdesk.domain.fee_periods import add_months, day_before, due_day, next_day
from propdesk.domain.money import MOST_FEN, money_words
from propdesk.domain.tariffs import Tariff, tariff_on
from propdesk.domain.unit_fees import ONE, PlaceVacancy, held
from propdesk.domain.units import UnitState
from propdesk.i18n import _

T = TypeVar("T")

FULL = 100
_BEFORE_DELIVERY = frozenset({UnitState.UNSOLD, UnitState.UNDELIVERED})


class Owing(NamedTuple):
    """What must be one in one bill."""

    tariff: Tariff | None
    person_id: int | None
    payer_id: int | None
    is_developer: bool


class Rate(NamedTuple):
    """What may change within a bill: quantity, price, floor factor, percent, and why less."""

    quantity: int
    price_e4: int
    factor: int
    percent: int
    why: str

    @property
    def paid(self) -> Fraction:
        """What is paid of quantity times price."""
        return Fraction(self.factor * self.percent, FULL * FULL)


class Stretch(NamedTuple):
    """Days on which nothing changes; `owing` None is not charged."""

    from_on: date
    until_on: date
    owing: Owing | None
    rate: Rate | None

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.until_on.toordinal() - self.from_on.toordinal() + 1


class House:
    """One house and one item."""

    def __init__(
        self,
        item: FeeItem,
        tariffs: Sequence[Tariff],
        chargeable: Chargeable,
        vacancy: PlaceVacancy | None = None,
    ) -> None:
        self.item = item
        self.tariffs = tariffs
        self.vacancy = vacancy
        self.unit = chargeable
        self.fees = [line for line in chargeable.fees if line.fee_item_id == item.id]

    def single_debtor(self, from_on: date, until_on: date) -> Debtor | None:
        """Return who owes on all days of a span, None where it is not one and the same."""
        if not self.unit.debtors:
            return Debtor(None)
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
                if self.vacancy is not None:
                    days.add(add_months(fee.from_on, self.vacancy.after_months))
        days |= {line.from_on for line in self.unit.areas}
        days |= {line.from_on for line in self.unit.states}
        return sorted(day for day in days if day is not None and from_on <= day <= until_on)

    def stretches(self, from_on: date, until_on: date) -> list[Stretch]:
        """Return a span cut where something changes."""
        starts = self.breaks(from_on, until_on)
        ends = [day_before(day) for day in starts[1:]] + [until_on]
        found = []
        for start, end in zip(starts, ends, strict=True):
            owing, rate = self.on(start)
            found.append(Stretch(start, end, owing, rate))
        return found

    def on(self, day: date) -> tuple[Owing | None, Rate | None]:
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
        return owing, Rate(quantity, price or 0, self.factor(tariff), percent, why)

    def owing(self, day: date, tariff: Tariff | None) -> Owing:
        """Return whose debt a day is."""
        debtor = self.single_debtor(day, day)
        payer = held(self.fees, UnitFeeKind.PAYER, day)
        return Owing(
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
        percent, why, price = FULL, "", None
        reduced = held(self.fees, UnitFeeKind.REDUCED, day)
        if reduced:
            price = reduced.price_e4
            percent = FULL if reduced.percent is None else reduced.percent
            why = UnitFeeKind.REDUCED.value
        vacant = held(self.fees, UnitFeeKind.VACANT, day)
        if vacant:
            after = tariff.vacancy_after_months if tariff else 0
            paid = vacant.percent
            if paid is None:
                paid = tariff.vacancy_percent if tariff else None
            if paid is None and self.vacancy is not None:
                paid, after = self.vacancy.percent, self.vacancy.after_months
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
            return FULL
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

    def stretches_of_debtors(self, from_on: date, until_on: date) -> list[Stretch]:
        """Return a span cut where something changes, whatever is charged on it."""
        starts = self.breaks(from_on, until_on)
        ends = [day_before(day) for day in starts[1:]] + [until_on]
        return [Stretch(*span, None, None) for span in zip(starts, ends, strict=True)]

    # A line.

    def rate_working(self, rate: Rate) -> dict[str, Any]:
        """Return what of a rate explains an amount; what is as usual is left out."""
        quantity = "area_dm2" if self.item.formula is Formula.AREA else "quantity_milli"
        said: dict[str, Any] = {quantity: rate.quantity, "price_e4": rate.price_e4}
        if rate.factor != FULL:
            said["factor"] = rate.factor
        if rate.percent != FULL:
            said["percent"] = rate.percent
        if rate.why:
            said["why"] = rate.why
        return said

    def line(
        self,
        from_on: date,
        until_on: date,
        owing: Owing,
        exact: Fraction,
        working: dict[str, Any],
        *,
        known_on: date | None = None,
    ) -> ChargeLine:
        """Return a bill's line, rounded once; a share was made whole already.

        `known_on` is the end of the usage or shared cost that the line is a part of.
        """
        is_share = self.item.formula is Formula.SHARED
        amount = int(exact) if is_share else round_fen(exact, self.item.rounding)
        if amount > MOST_FEN:
            raise RuleError(
                "charge-too-large",
                _(
                    "«{item}» of {unit} would come to {amount} yuan. Check the area, the quantity "
                    "and the price."
                ).format(item=self.item.name, unit=self.unit.short, amount=money_words(amount)),
            )
        said: dict[str, Any] = {"formula": self.item.formula.value}
        if not is_share:
            said["rounding"] = self.item.rounding.value
            said["exact_fen"] = exact_words(exact)
        if owing.is_developer:
            said["developer"] = True
        due_on = due_day(self.item, from_on, known_on or until_on)
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
