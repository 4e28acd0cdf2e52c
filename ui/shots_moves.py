"""Pictures of moves, keys and gate passes of a house with a tenant who leaves.

They are written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from propdesk.domain.leave_reasons import LeaveReason
from propdesk.domain.moves import MoveDraft, MoveKind, Newcomer
from propdesk.domain.settlements import ITEMS, SettlementLine
from propdesk.domain.unit_keys import KeyDraft, KeyKind, KeyOutcome
from propdesk.services.moves import record_move
from propdesk.services.queries.moves import list_moves, list_staying
from propdesk.services.queries.unit_keys import list_keys
from propdesk.services.queries.units import Unit, get_unit, list_units
from propdesk.services.unit_keys import give_key
from ui.context import AppContext
from ui.dialogs.all_keys_dialog import AllKeysDialog
from ui.dialogs.gate_pass_dialog import GatePassDialog
from ui.dialogs.keys_dialog import EndKeyDialog, GiveKeyDialog
from ui.dialogs.move_dialog import MoveDialog, SettleDialog
from ui.pages.house_keys import HouseKeys
from ui.pages.house_moves import HouseMoves
from ui.pages.residents import ResidentsPage

if TYPE_CHECKING:
    from ui.screenshots import Stage


def _fill(context: AppContext) -> Unit:
    """Let the first house to a tenant with two cards; the office keeps a key of it."""
    by, now = context.staff.id, context.now()
    unit = get_unit(list_units(today=now.date(), limit=1)[0].id)
    if list_moves(unit_id=unit.id):
        return unit
    lease = MoveDraft(
        MoveKind.LEASE, now.date(), coming=(Newcomer("Wang Jian", phones=("13900005678",)),)
    )
    record_move(unit.id, lease, by=by, now=now)
    tenant = next(one for one in list_staying(unit.id, now.date()) if one.name == "Wang Jian")
    card = KeyDraft(KeyKind.DOOR_CARD, 2, person_id=tenant.person_id, deposit_fen=5_000)
    give_key(unit.id, card, by=by, now=now)
    give_key(unit.id, KeyDraft(KeyKind.HOUSE_KEY, with_office=True), by=by, now=now)
    return unit


def _move(kind: str, *, is_kept: bool = False) -> Callable[["Stage"], None]:
    """Return what opens the form of a kind of move, and tries to store it as it is."""

    def show(stage: "Stage") -> None:
        unit = _fill(stage.context)
        dialog = MoveDialog(stage.context, stage.window, unit, MoveKind(kind))
        dialog.open()
        if is_kept:
            dialog.keep("kept")

    return show


def _settle(stage: "Stage") -> None:
    """Open the settlement of a move that was recorded before, with two lines of it."""
    unit = _fill(stage.context)
    by, now = stage.context.staff.id, stage.context.now()
    out = next((one for one in list_moves(unit_id=unit.id) if one.is_open), None)
    if out is None:
        last = list_staying(unit.id, now.date())[-1]
        draft = MoveDraft(
            MoveKind.MOVE_OUT, now.date(), leaving=(last.residency_id,),
            reason=LeaveReason.MOVED_AWAY, open_reason="-",
        )  # fmt: skip
        out = record_move(unit.id, draft, by=by, now=now)
    dialog = SettleDialog(stage.context, stage.window, out)
    service, water = map(str, ITEMS[:2])
    dialog.settlement.lines.show_lines(
        [
            SettlementLine(service, due_fen=36_540, paid_fen=20_000),
            SettlementLine(water, due_fen=4_210, deposit_fen=5_000),
        ]
    )
    dialog.fit()
    dialog.open()


def _give(stage: "Stage") -> None:
    GiveKeyDialog(stage.context, stage.window, _fill(stage.context)).open()


def _lost(stage: "Stage") -> None:
    key = list_keys(_fill(stage.context).id)[0]
    EndKeyDialog(stage.context, stage.window, key, KeyOutcome.LOST).open()


def _pass(stage: "Stage") -> None:
    dialog = GatePassDialog(stage.context, stage.window, _fill(stage.context))
    dialog.open()
    dialog.keep()


def _all_keys(stage: "Stage") -> None:
    _fill(stage.context)
    AllKeysDialog(stage.context, stage.window).open()


def _part(wanted: type[HouseKeys] | type[HouseMoves]) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        unit = _fill(stage.context)
        stage.context.changes.residents_changed.emit()
        page = cast(ResidentsPage, stage.page("residents"))
        page.show_unit(unit.id)
        file = page._side.file  # noqa: SLF001 - pictures look inside
        file.show_part([isinstance(part, wanted) for part in file.parts].index(True))

    return show


DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("move-out", _move("lease-end")),
    ("move-out-problems", _move("lease-end", is_kept=True)),
    ("move-in", _move("move-in")),
    ("move-heirs", _move("inheritance")),
    ("move-settle", _settle),
    ("move-transfer", _move("transfer")),
    ("move-lease", _move("lease")),
    ("key-give", _give),
    ("key-lost", _lost),
    ("gate-pass", _pass),
    ("all-keys", _all_keys),
)

PARTS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("house-keys", _part(HouseKeys)),
    ("house-moves", _part(HouseMoves)),
)
