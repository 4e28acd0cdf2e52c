"""Pictures of the letters: one house's next one, those of a stage, their way, their words."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from propdesk.domain.dunning import Stage as Urging
from propdesk.services.queries.arrears import ArrearsFilter, list_arrears
from propdesk.services.queries.fee_letters import list_ripe
from ui.context import AppContext
from ui.dialogs.fee_letter_window import FeeLetterWindow

if TYPE_CHECKING:
    from ui.screenshots import Stage


def _owing(context: AppContext) -> tuple[int, str]:
    """Return a house in arrears that nobody complains of."""
    today = context.now().date()
    free = [one for one in list_ripe(Urging.REMINDER, today, again=True) if not one.held]
    if free:
        return free[0].unit_id, free[0].short
    row = list_arrears(ArrearsFilter(), today=today, limit=1)[0]
    return row.unit_id, row.unit


def _letter(stage: "Stage") -> None:
    unit_id, short = _owing(stage.context)
    FeeLetterWindow(stage.context, stage.window, unit_id, short).open()


DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (("letter", _letter),)
