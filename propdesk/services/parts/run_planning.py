"""What a bill run would write: reckoned for all houses at once, compared with what stands.

The same reckoning serves the preview and the run, which does it anew inside its transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from propdesk.domain.bill_runs import (
    Billed,
    BilledOtherwise,
    GoneBill,
    PlannedBill,
    RunOrder,
    RunPreview,
    RunProblem,
    ahead_warning,
    billed_span,
    check_order,
    is_outlier,
)
from propdesk.domain.bills import BillKind
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_amounts import Chargeable, ChargeLine, Share, Usage
from propdesk.domain.fee_charges import ItemCharges
from propdesk.domain.fee_items import Charges, FeeItem, Formula, UnitFeeKind
from propdesk.domain.fee_periods import add_months, day_before, next_day
from propdesk.domain.fee_rules import Rule, source_words
from propdesk.domain.fee_tiers import TierBase
from propdesk.domain.tariffs import Tariff
from propdesk.i18n import _
from propdesk.services.parts.bulk import Course
from propdesk.services.parts.chargeables import PLACE, Scope, load_chargeables
from propdesk.services.parts.cost_shares import share_among
from propdesk.services.parts.cost_tables import load_costs_ending
from propdesk.services.parts.fee_rules import get_rule, rule_value
from propdesk.services.parts.fee_tables import load_tariffs
from propdesk.services.parts.meter_usage import MeterUsage, usage_between
from propdesk.services.parts.prepaid import prepaid_for
from propdesk.services.parts.price_rules import place_vacancy
from propdesk.storage.database import rows

Standing = Mapping[tuple[int, int], Sequence[Billed]]
_NOTHING: tuple[Billed, ...] = ()


@dataclass(slots=True)
class _Found:
    """What came of the houses of a run so far."""

    bills: list[PlannedBill] = field(default_factory=list)
    unchanged: int = 0
    otherwise: list[BilledOtherwise] = field(default_factory=list)
    problems: list[RunProblem] = field(default_factory=list)
    gone: list[GoneBill] = field(default_factory=list)

    def really_gone(self) -> tuple[GoneBill, ...]:
        """Leave out the houses of which it is told already why they are not billed."""
        told = {(one.unit_id, one.item.id) for one in self.problems}
        return tuple(
            one for one in self.gone if not told & {(one.unit_id, one.item.id), (None, one.item.id)}
        )


def plan_run(order: RunOrder, items: Sequence[FeeItem], today: date, course: Course) -> RunPreview:
    """Return what a run of these items would write; nothing is written.

    Raises RuleError and Cancelled.
    """
    ahead = get_rule(Rule.PREPAY_MONTHS, today)
    check_order(order, ahead.number)
    spans = {item.id: billed_span(item, order) for item in items}
    turns = [(item, span) for item in items if (span := spans[item.id]) is not None]
    houses = load_chargeables(Scope(order.community_id, order.building_id))
    found = _Found()
    if turns:
        first = min(span[0] for _item, span in turns)
        last = max(span[1] for _item, span in turns)
        tariffs = load_tariffs([item.id for item, _span in turns])
        standing = load_billed(Scope(order.community_id, order.building_id), first, last)
        step = course.stage(0, Course.WHOLE)
        for place, (item, span) in enumerate(turns):
            step(place, len(turns))
            plan_item(item, span, tariffs, houses, standing, found, course)
        step(1, 1)
    percent = rule_value(Rule.OUTLIER_PERCENT, today)
    prepaid = prepaid_for(_billed_fen(found.bills))
    return RunPreview(
        order=order,
        bills=tuple(found.bills),
        unchanged=found.unchanged,
        otherwise=tuple(found.otherwise),
        problems=tuple(found.problems),
        outliers=tuple(one for one in found.bills if is_outlier(one, percent)),
        gone=found.really_gone(),
        not_due=tuple(item for item in items if spans[item.id] is None),
        units=len(houses),
        prepaid_fen=sum(prepaid.values()),
        prepaid_units=len(prepaid),
        warning=ahead_warning(order, today, ahead.number, source_words(ahead)),
    )


def _billed_fen(bills: Sequence[PlannedBill]) -> dict[int, int]:
    """Return what is billed by house."""
    found: dict[int, int] = {}
    for one in bills:
        found[one.unit_id] = found.get(one.unit_id, 0) + one.line.amount_fen
    return found


def plan_item(
    item: FeeItem,
    span: tuple[date, date],
    tariffs: Sequence[Tariff],
    houses: Sequence[Chargeable],
    standing: Standing,
    found: _Found,
    course: Course,
) -> None:
    """Reckon one item for all houses of a run."""
    charges = ItemCharges(item, tariffs, *span, vacancy=place_vacancy(span[0]))
    usages: Mapping[int, tuple[Usage, ...]] = {}
    shares: Mapping[int, tuple[Share, ...]] = {}
    if item.formula is Formula.METER:
        usages = _usages(item, span, houses, tariffs, found)
    elif item.formula is Formula.SHARED:
        shares = _shares(item, span, houses, found)
    priceless: list[Chargeable] = []
    needs_price = item.formula in (Formula.AREA, Formula.FIXED, Formula.METER)
    for place, house in enumerate(houses):
        if not place % 500:
            course.check()
        try:
            lines = charges.of(
                house,
                usages=usages.get(house.unit_id, ()),
                shares=shares.get(house.unit_id, ()),
            )
        except RuleError as refusal:
            found.problems.append(_problem(house, item, refusal.code, str(refusal)))
            continue
        stands = standing.get((house.unit_id, item.id), _NOTHING)
        if lines:
            _compare(house, item, lines, stands, found)
            continue
        if stands and item.formula is not Formula.ONE_OFF:
            _note_gone(house, item, span, stands, found)
        if needs_price and _lacks_price(charges, house, span, usages):
            priceless.append(house)
    asked = sum(item.takes(house.kind) for house in houses)
    _tell_priceless(item, span, priceless, asked, found)


def _compare(
    house: Chargeable,
    item: FeeItem,
    lines: Sequence[ChargeLine],
    standing: Sequence[Billed],
    found: _Found,
) -> None:
    """Put a house's lines beside what was billed before: new, the same, or billed otherwise."""
    if not standing:
        unit_id, short, building_id = house.unit_id, house.short, house.building_id
        found.bills += [PlannedBill(unit_id, short, building_id, item, line) for line in lines]
        return
    for line in lines:
        covering = next((one for one in standing if one.covers(line)), None)
        if covering is None:
            before = [one for one in standing if one.until_on < line.from_on]
            last = max(before, key=lambda one: one.until_on, default=None)
            last_fen = None if last is None else last.amount_fen
            found.bills.append(
                PlannedBill(house.unit_id, house.short, house.building_id, item, line, last_fen)
            )
        elif covering.is_same(line):
            found.unchanged += 1
        else:
            found.otherwise.append(
                BilledOtherwise(
                    house.unit_id, house.short, item, line, covering.bill_id, covering.amount_fen
                )
            )


def _note_gone(
    house: Chargeable,
    item: FeeItem,
    span: tuple[date, date],
    standing: Sequence[Billed],
    found: _Found,
) -> None:
    """Note a house that was billed for the months just before, and owes nothing now."""
    since = add_months(span[0], -max(item.billed_months, item.line_months))
    before = [one for one in standing if since <= one.until_on < span[0]]
    if before:
        last = max(before, key=lambda one: one.until_on)
        found.gone.append(GoneBill(house.unit_id, house.short, item, last.amount_fen))


def load_billed(scope: Scope, first: date, last: date) -> dict[tuple[int, int], list[Billed]]:
    """Return by house and item the bills that cover days of a period, and the ones before it.

    A bill covers a year at most; earlier arrears that were brought in may cover more.
    """
    where, values = scope.condition()
    standing: dict[tuple[int, int], list[Billed]] = {}
    for unit_id, item_id, *bill in rows(
        "SELECT l.unit_id, l.fee_item_id, l.id, l.from_on, l.until_on, l.amount_fen, "
        f"l.meter_id, l.shared_cost_id {PLACE} CROSS JOIN bill l ON l.unit_id = u.id "
        f"WHERE {where} AND l.voided_at IS NULL AND l.from_on <= ? AND (l.kind = ? "
        "AND l.from_on >= ? OR l.kind = ? AND l.until_on >= ?) ORDER BY l.id",
        *values,
        last.isoformat(),
        BillKind.CHARGE.value,
        add_months(first, -_LONGEST).isoformat(),
        BillKind.OPENING.value,
        first.isoformat(),
    ):
        bill_id, from_on, until_on, fen, meter_id, cost_id = bill
        standing.setdefault((unit_id, item_id), []).append(
            Billed(
                bill_id,
                date.fromisoformat(from_on),
                date.fromisoformat(until_on),
                fen,
                meter_id,
                cost_id,
            )
        )
    return standing


_LONGEST = 12
"""Months that a line of a bill covers at most (`fee_item.line_months`)."""


def _usages(
    item: FeeItem,
    span: tuple[date, date],
    houses: Sequence[Chargeable],
    tariffs: Sequence[Tariff],
    found: _Found,
) -> dict[int, tuple[Usage, ...]]:
    """Return what the meters of the houses counted; those without a reading are problems."""
    if item.meter_kind is None:
        return {}
    counted = usage_between(item.meter_kind.value, *span)
    before: Mapping[int, tuple[MeterUsage, ...]] = {}
    is_yearly = any(
        one.tiers and one.tier_base is TierBase.YEAR and one.fee_item_id == item.id
        for one in tariffs
    )
    year = date(span[0].year, 1, 1)
    if is_yearly and span[0] > year:
        before = usage_between(item.meter_kind.value, year, day_before(span[0]))
    usages: dict[int, tuple[Usage, ...]] = {}
    for house in houses:
        if not item.takes(house.kind):
            continue
        meters = counted.get(house.unit_id, ())
        is_charged = item.charges is Charges.ALL or _is_chosen(house, item, span)
        if not is_charged:
            continue
        if not meters and item.charges is Charges.CHOSEN:
            sentence = _("{unit} pays «{item}» but has no such meter. Enter the meter.")
            said = sentence.format(unit=house.short, item=item.name)
            found.problems.append(_problem(house, item, "meter-missing", said))
        used = sum(one.usage_milli or 0 for one in before.get(house.unit_id, ()))
        taken = []
        for meter in meters:
            if meter.usage_milli is None:
                found.problems.append(_unread(house, item, meter))
                continue
            taken.append(_usage(meter, meter.usage_milli, used))
            used += meter.usage_milli
        usages[house.unit_id] = tuple(taken)
    return usages


def _usage(meter: MeterUsage, usage_milli: int, before_milli: int) -> Usage:
    return Usage(
        meter_id=meter.meter_id,
        number=meter.number,
        from_on=next_day(meter.from_on),
        until_on=meter.until_on,
        first_milli=meter.from_milli,
        last_milli=meter.until_milli,
        usage_milli=usage_milli,
        multiplier_milli=meter.multiplier_milli,
        turned=meter.turned,
        is_estimated=meter.is_estimated,
        year_before_milli=before_milli,
        trued_milli=meter.trued_milli,
        replaces_id=meter.replaces_id,
    )


def _unread(house: Chargeable, item: FeeItem, meter: MeterUsage) -> RunProblem:
    if meter.from_on == meter.until_on:
        sentence = _("{unit}: meter {number} has no reading in this period. Enter the reading.")
        code = "reading-missing"
    else:
        sentence = _(
            "{unit}: meter {number} shows less than before. Put the reading right, or mark that "
            "it passed zero or runs backwards."
        )
        code = "reading-lower"
    return _problem(house, item, code, sentence.format(unit=house.short, number=meter.number))


def _shares(
    item: FeeItem, span: tuple[date, date], houses: Sequence[Chargeable], found: _Found
) -> dict[int, tuple[Share, ...]]:
    """Return the shares of the common costs that end in the period.

    A cost of a place is shared among all its houses, also where the run bills only some of them.
    """
    shares: dict[int, list[Share]] = {}
    wanted = {house.unit_id for house in houses}
    for cost in load_costs_ending(item.id, *span):
        place = load_chargeables(Scope(cost.community_id, cost.building_id))
        if not any(house.unit_id in wanted for house in place):
            continue
        shared = share_among(cost, item, place)
        found.problems += [
            _problem(house, item, code, text) for house, code, text in shared.missing
        ]
        if not shared.shares and not shared.missing:
            sentence = _("«{item}» {first} to {last} has nobody who bears it: no house takes part.")
            said = sentence.format(item=item.name, first=cost.from_on, last=cost.until_on)
            found.problems.append(RunProblem(None, "", item, "nobody-shares", said))
        for unit_id, share in shared.shares.items():
            if unit_id in wanted:
                shares.setdefault(unit_id, []).append(share)
    return {unit_id: tuple(several) for unit_id, several in shares.items()}


def _is_chosen(house: Chargeable, item: FeeItem, span: tuple[date, date]) -> bool:
    return any(
        fee.fee_item_id == item.id
        and fee.kind is UnitFeeKind.CHARGED
        and fee.from_on <= span[1]
        and (fee.until_on is None or fee.until_on >= span[0])
        for fee in house.fees
    )


def _lacks_price(
    charges: ItemCharges,
    house: Chargeable,
    span: tuple[date, date],
    usages: Mapping[int, tuple[Usage, ...]],
) -> bool:
    """Tell whether a house that pays an item gets no bill because nothing has a price."""
    item = charges.item
    if not item.takes(house.kind):
        return False
    if item.formula is Formula.METER and not usages.get(house.unit_id):
        return False
    if item.charges is Charges.CHOSEN and not _is_chosen(house, item, span):
        return False
    return not any(
        one.from_on <= span[1] and (one.until_on is None or one.until_on >= span[0])
        for one in charges.tariffs_of(house)
    )


def _tell_priceless(
    item: FeeItem,
    span: tuple[date, date],
    houses: Sequence[Chargeable],
    asked: int,
    found: _Found,
) -> None:
    """Name the houses without a price; where it is all of them, the price itself is missing."""
    if not houses:
        return
    if len(houses) == asked:
        sentence = _("«{item}» has no price from {first} to {last}. Enter the price.")
        said = sentence.format(item=item.name, first=span[0], last=span[1])
        found.problems.append(RunProblem(None, "", item, "price-missing", said))
        return
    sentence = _("{unit} has no price of «{item}» from {first} to {last}. Enter the price.")
    for house in houses:
        said = sentence.format(unit=house.short, item=item.name, first=span[0], last=span[1])
        found.problems.append(_problem(house, item, "price-missing", said))


def _problem(house: Chargeable, item: FeeItem, code: str, text: str) -> RunProblem:
    return RunProblem(house.unit_id, house.short, item, code, text)
