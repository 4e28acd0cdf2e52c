"""What is said of one house and one item: charged, exempt, reduced, vacant, somebody else pays."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fee_items import UNIT_FEE_LABELS, FeeItem, Formula, UnitFeeKind
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.tariffs import span_text
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _

ONE = 1000
"""A quantity of one, in thousandths."""


@dataclass(frozen=True, slots=True)
class UnitFee:
    """A line of a house and an item, from the first to the last day (None: open).

    `percent` is what is still paid of the price, not what is taken off; `price_e4` stands in for
    the tariff's price; `quantity_milli` is how many are charged (two parking spaces).
    """

    id: int
    unit_id: int
    fee_item_id: int
    kind: UnitFeeKind
    from_on: date
    until_on: date | None = None
    quantity_milli: int = ONE
    percent: int | None = None
    price_e4: int | None = None
    payer_id: int | None = None
    reason: str = ""
    evidence: str = ""
    entered_at: datetime | None = None
    staff: str = ""
    voided_at: datetime | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the line holds on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, slots=True)
class PlaceVacancy:
    """What a vacant house pays where the place demands that it pays less (law.md 1.2).

    It stands in where neither the house's line nor the price says anything: what was agreed holds.
    """

    percent: int
    after_months: int


def held(lines: Iterable[UnitFee], kind: UnitFeeKind, day: date) -> UnitFee | None:
    """Return the line of a kind that holds on a day; there is one at most."""
    return next((line for line in lines if line.kind is kind and line.covers(day)), None)


@dataclass(frozen=True, slots=True)
class UnitFeeDraft:
    """A line as typed; `UnitFee` says what each field means."""

    fee_item_id: int
    kind: UnitFeeKind
    from_on: date
    until_on: date | None = None
    quantity_milli: int = ONE
    percent: int | None = None
    price_e4: int | None = None
    payer_id: int | None = None
    reason: str = ""
    evidence: str = ""


def clean_unit_fee(draft: UnitFeeDraft) -> UnitFeeDraft:
    """Return a draft with its texts made safe to store."""
    return replace(draft, reason=clean_line(draft.reason), evidence=clean_text(draft.evidence))


def check_unit_fee(draft: UnitFeeDraft, item: FeeItem) -> Problems:
    """Return what keeps a line from being stored."""
    kind = draft.kind
    problems: list[Problem] = []
    if kind in (UnitFeeKind.EXEMPT, UnitFeeKind.REDUCED):
        problems += check_line("reason", draft.reason, _("Say why this house pays less."))
    else:
        problems += check_line("reason", draft.reason)
    missing = ""
    if kind is UnitFeeKind.VACANT:
        missing = _("Say what shows it: the application, no water or power used.")
    problems += check_text("evidence", draft.evidence, missing)
    if draft.until_on and draft.until_on < draft.from_on:
        problems.append(Problem("until", _("The last day lies before the first one.")))
    if draft.percent is not None and not 0 <= draft.percent <= 100:
        problems.append(Problem("percent", _("Write what is paid: 0 to 100 percent.")))
    if kind is UnitFeeKind.REDUCED and draft.percent is None and draft.price_e4 is None:
        problems.append(Problem("percent", _("Say what is paid: percent, or a price.")))
    if kind is UnitFeeKind.PAYER and draft.payer_id is None:
        problems.append(Problem("payer", _("Name who agreed to pay.")))
    if kind is UnitFeeKind.CHARGED and not 0 < draft.quantity_milli <= 1_000_000_000:
        problems.append(Problem("quantity", _("Write how many are charged, for example 1 or 2.")))
    if item.formula is Formula.SHARED and kind in (UnitFeeKind.REDUCED, UnitFeeKind.VACANT):
        text = _("A shared cost is not reduced for one house: the others would pay it. Exempt it.")
        problems.append(Problem("kind", text))
    return tuple(problems)


def check_free(draft: UnitFeeDraft, lines: Iterable[UnitFee], unit: str, item: FeeItem) -> None:
    """Refuse a line that overlaps another of its house, item and kind; both are named."""
    for line in lines:
        if (
            line.voided_at is None
            and (line.fee_item_id, line.kind) == (draft.fee_item_id, draft.kind)
            and (draft.until_on is None or line.from_on <= draft.until_on)
            and (line.until_on is None or line.until_on >= draft.from_on)
            and (item.formula is not Formula.ONE_OFF or line.from_on == draft.from_on)
        ):
            raise RuleError(
                "unit-fee-overlap",
                _(
                    "«{item}» of {unit}: {kind} from {new} overlaps {kind} from {old}. End the "
                    "earlier line first, or choose other days."
                ).format(
                    item=item.name,
                    unit=unit,
                    kind=UNIT_FEE_LABELS[draft.kind],
                    new=span_text(draft.from_on, draft.until_on),
                    old=span_text(line.from_on, line.until_on),
                ),
            )
