"""Pictures of moves, keys and gate passes of a house with a tenant who leaves.

They are written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from propdesk.domain.moves import MoveDraft, MoveKind, Newcomer
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
from ui.dialogs.move_dialog import MoveDialog
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


def _move(kind: str, *keys: str) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        unit = _fill(stage.context)
        MoveDialog(stage.context, stage.window, unit, MoveKind(kind)).open()
        stage.press(*keys)

    return show


def _give(stage: "Stage") -> None:
    GiveKeyDialog(stage.context, stage.window, _fill(stage.context)).open()


def _lost(stage: "Stage") -> None:
    key = list_keys(_fill(stage.context).id)[0]
    EndKeyDialog(stage.context, stage.window, key, KeyOutcome.LOST).open()


def _pass(stage: "Stage") -> None:
    GatePassDialog(stage.context, stage.window, _fill(stage.context)).open()
    stage.press("Ctrl+S")


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
    ("move-out-problems", _move("lease-end", "Ctrl+S")),
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
