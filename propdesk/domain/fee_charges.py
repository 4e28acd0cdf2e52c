"""What a house owes for an item in a period, line by line, each with its working (R96-R98).

A bill has one debtor, one payer and one price; where one of them changes, another bill begins. What
else changes (area, vacancy, quantity) is a part of the bill's working. An amount is exact until it
is rounded once, for the bill.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from propdesk.domain.fee_amounts import Chargeable, ChargeLine, Share, Usage
from propdesk.domain.fee_houses import House
from propdesk.domain.fee_items import FeeItem, Formula, Income
from propdesk.domain.fee_months import (
    MonthBill,
    month_lines,
    month_plan,
    one_off_lines,
    planned_lines,
)
from propdesk.domain.fee_periods import first_day, last_day, month_number
from propdesk.domain.fee_usages import share_lines, usage_lines
from propdesk.domain.tariffs import Tariff
from propdesk.domain.unit_fees import PlaceVacancy


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


class ItemCharges:
    """One item in one period for any number of houses; what equal houses share is reckoned once."""

    def __init__(
        self,
        item: FeeItem,
        tariffs: Iterable[Tariff],
        from_on: date,
        until_on: date,
        *,
        vacancy: PlaceVacancy | None = None,
    ) -> None:
        """Take the prices of any place; `vacancy` is the place's rule for the service fee."""
        self.item = item
        self._vacancy = vacancy if item.income is Income.SERVICE else None
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
        self._plans: dict[tuple[int, int | None], list[MonthBill]] = {}
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
        house = House(item, self.tariffs_of(chargeable), chargeable, self._vacancy)
        if item.formula is Formula.METER:
            return tuple(usage_lines(house, usages))
        if item.formula is Formula.SHARED:
            return tuple(line for share in shares for line in share_lines(house, share))
        if item.formula is Formula.ONE_OFF:
            return tuple(one_off_lines(house, self.from_on, self.until_on))
        debtor = house.single_debtor(*self._window)
        if debtor is None or not house.is_plain(*self._window):
            return month_lines(house, self.from_on, self.until_on)
        lines = self._plain_lines(house)
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

    def _plain_lines(self, house: House) -> tuple[ChargeLine, ...]:
        """Return the lines of a house of which only prices, floor and area matter, of nobody."""
        prices = id(house.tariffs), house.unit.floor
        area = house.unit.area_dm2
        lines = self._plain.get((*prices, area))
        if lines is not None:
            return lines
        nobody = replace(house.unit, debtors=(), delivered_on=None, states=())
        plain = House(self.item, house.tariffs, nobody)
        plan = self._plans.get(prices)
        if plan is None:
            plan = self._plans[prices] = month_plan(plain, self.from_on, self.until_on)
        by_area = (
            plain.area_on(self.from_on) if plan and self.item.formula is Formula.AREA else None
        )
        lines = self._plain[*prices, area] = planned_lines(plain, plan, by_area)
        return lines
