"""Pictures of urging: an act being noted, a round, the acts of a house, its pack, publications.

What they need is written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from propdesk.domain.dunning import Relation, Result, Way
from propdesk.services.queries.arrears import ArrearsFilter, list_arrears
from ui.context import AppContext
from ui.dialogs.dunning_act_dialog import DunningActDialog

if TYPE_CHECKING:
    from ui.screenshots import Stage


def _owing(context: AppContext) -> int:
    """Return the house that is nearest to limitation."""
    return list_arrears(ArrearsFilter(), today=context.now().date(), limit=1)[0].unit_id


def _act(
    way: Way, result: Result | None = None, *, keeps: bool = False
) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        dialog = DunningActDialog(stage.context, stage.window, _owing(stage.context))
        dialog.way.choose(way.value)
        dialog.way.chosen_changed.emit(way.value)
        if result is not None:
            dialog.outcome.choose(result.value)
            dialog.outcome.chosen_changed.emit(result.value)
        dialog.relation.choose(Relation.SELF.value)
        dialog.open()
        if keeps:
            dialog.keep()

    return show


DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("urging-call", _act(Way.PHONE)),
    ("urging-refused", _act(Way.IN_PERSON, Result.REFUSED)),
    ("urging-ems", _act(Way.EMS, Result.ARRIVED, keeps=True)),
    ("urging-notice", _act(Way.PUBLIC_NOTICE, keeps=True)),
)
