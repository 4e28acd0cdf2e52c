"""Pictures of prices: items, the prices of one, contracts, exceptions, rules; filled and empty.

What the demo office does not have is written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import FeeItem, Formula, UnitFeeKind
from propdesk.domain.fee_tiers import Tier
from propdesk.domain.tariff_drafts import TariffDraft
from propdesk.domain.tariffs import FloorFactor
from propdesk.domain.unit_fees import UnitFeeDraft
from propdesk.services.fee_items import propose_items
from propdesk.services.queries.fee_bases import list_bases
from propdesk.services.queries.fee_items import list_items
from propdesk.services.queries.tariffs import list_tariffs
from propdesk.services.queries.unit_fees import list_unit_fees
from propdesk.services.queries.units import Unit, get_unit, list_buildings, list_units
from propdesk.services.tariffs import add_tariff
from propdesk.services.unit_fees import add_unit_fee
from ui.context import AppContext
from ui.dialogs.fee_bases_dialog import FeeBasesDialog
from ui.dialogs.fee_basis_dialog import FeeBasisDialog
from ui.dialogs.fee_item_dialog import FeeItemDialog
from ui.dialogs.fee_items_dialog import FeeItemsDialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.dialogs.settings_fees_rules import FeeRuleDialog, FeeRulesDialog
from ui.dialogs.tariff_dialog import TariffDialog
from ui.dialogs.tariffs_dialog import TariffsDialog
from ui.dialogs.unit_fee_dialog import UnitFeeDialog
from ui.dialogs.unit_fees_dialog import UnitFeesDialog

if TYPE_CHECKING:
    from ui.screenshots import Stage

_YEAR = timedelta(days=365)


def _item(context: AppContext, formula: Formula = Formula.AREA) -> FeeItem:
    """Return an item that has prices of several places and years."""
    by, now = context.staff.id, context.now()
    propose_items(by=by, now=now)
    items = [one for one in list_items(active_only=True) if one.formula is formula]
    item = items[0]
    contract = next(iter(list_bases()), None)
    basis = contract.id if contract else None
    words = contract.label if contract else item.name
    today = now.date()
    building = list_buildings()[0][0]
    drafts = [
        TariffDraft(item.id, 24_000, today.replace(month=1, day=1) + _YEAR, basis_id=basis,
                    basis_note=contract.fee_clause if contract else "", cap_e4=22_000,
                    cap_source=words, late_rate_e6=500, late_clause=words, closes_open=True),
        TariffDraft(item.id, 16_000, today - _YEAR, building_id=building, basis_id=basis,
                    floor_factors=(FloorFactor(1, 2, 80), FloorFactor(3, None, 100)),
                    vacancy_percent=60, vacancy_after_months=6),
    ]  # fmt: skip
    if formula is Formula.METER:
        steps = (Tier(180_000, 35_000), Tier(260_000, 50_000), Tier(None, 80_000))
        drafts = [TariffDraft(item.id, 0, today - _YEAR, tiers=steps, closes_open=True)]
    if len(list_tariffs(item.id)) < len(drafts) + 1:
        for draft in drafts:
            try:
                add_tariff(draft, by=by, now=now)
            except RuleError:
                continue  # the demo says this one already
    return item


def _unit(context: AppContext) -> Unit:
    """Return a house with an exception of each kind that costs the office money."""
    by, now, item = context.staff.id, context.now(), _item(context)
    unit = get_unit(list_units(today=now.date(), limit=5)[-1].id)
    if not list_unit_fees(unit.id):
        today = now.date()
        for draft in (
            UnitFeeDraft(item.id, UnitFeeKind.VACANT, today - _YEAR, today, percent=60,
                         evidence=item.note or item.name),
            UnitFeeDraft(item.id, UnitFeeKind.REDUCED, today + timedelta(days=1), percent=90,
                         reason=item.note or item.name),
        ):  # fmt: skip
            add_unit_fee(unit.id, draft, by=by, now=now)
    return unit


def _items(stage: "Stage") -> None:
    _item(stage.context)
    FeeItemsDialog(stage.context, stage.window).open()


def _item_problems(stage: "Stage") -> None:
    dialog = FeeItemDialog(stage.context, stage.window, None)
    dialog.open()
    dialog.keep()


def _tariffs(formula: Formula) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        TariffsDialog(stage.context, stage.window, _item(stage.context, formula)).open()

    return show


def _tariff(part: str, formula: Formula = Formula.AREA, *, is_kept: bool = False) -> Callable[
    ["Stage"], None
]:  # fmt: skip
    def show(stage: "Stage") -> None:
        item = _item(stage.context, formula)
        before = list_tariffs(item.id)[0]
        dialog = TariffDialog(stage.context, stage.window, item, before)
        dialog.show_part(part)
        dialog.open()
        if is_kept:
            dialog.cap.show_words("")
            dialog.closes.setChecked(False)
            dialog.from_on.show_words(str(before.from_on))
            dialog.keep()

    return show


def _bases(stage: "Stage") -> None:
    FeeBasesDialog(stage.context, stage.window).open()


def _basis(stage: "Stage") -> None:
    FeeBasisDialog(stage.context, stage.window, next(iter(list_bases()), None)).open()


def _exceptions(stage: "Stage") -> None:
    UnitFeesDialog(stage.context, stage.window, unit=_unit(stage.context)).open()


def _exceptions_none(stage: "Stage") -> None:
    item = _item(stage.context, Formula.METER)
    UnitFeesDialog(stage.context, stage.window, item=item).open()


def _exception(stage: "Stage") -> None:
    dialog = UnitFeeDialog(stage.context, stage.window, unit=None, item=_item(stage.context))
    dialog.open()


def _settings(stage: "Stage") -> None:
    SettingsDialog(stage.context, stage.window, "fees").open()


def _rules(stage: "Stage") -> None:
    FeeRulesDialog(stage.context, stage.window).open()


def _rule(stage: "Stage") -> None:
    rules = FeeRulesDialog(stage.context, stage.window)
    row = rules.current()
    if row is not None:
        FeeRuleDialog(stage.context, stage.window, row).open()


DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("fee-items", _items),
    ("fee-item-problems", _item_problems),
    ("tariffs", _tariffs(Formula.AREA)),
    ("tariffs-steps", _tariffs(Formula.METER)),
    ("tariff", _tariff("price")),
    ("tariff-overlap", _tariff("price", is_kept=True)),
    ("tariff-steps", _tariff("steps", Formula.METER)),
    ("tariff-floors", _tariff("steps")),
    ("tariff-late", _tariff("late")),
    ("fee-bases", _bases),
    ("fee-basis", _basis),
    ("unit-fees", _exceptions),
    ("unit-fees-none", _exceptions_none),
    ("unit-fee", _exception),
    ("settings-fees", _settings),
    ("fee-rules", _rules),
    ("fee-rule", _rule),
)


def _empty(dialog: type[FeeItemsDialog] | type[FeeBasesDialog]) -> Callable[["Stage"], None]:
    return lambda stage: dialog(stage.context, stage.window).open()


NONE: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("fee-items-none", _empty(FeeItemsDialog)),
    ("fee-bases-none", _empty(FeeBasesDialog)),
)
