"""Pictures of urging: an act being noted, a round, the acts of a house, its pack, publications.

What they need is written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from propdesk.domain.delivery_rounds import Carrier, Outcome
from propdesk.domain.dunning import Relation, Result, Way
from propdesk.domain.suspensions import Obstacle, SuspensionDraft
from propdesk.services.queries.arrears import ArrearsFilter, list_arrears
from propdesk.services.queries.fee_letters import list_fee_letters
from propdesk.services.queries.suspensions import list_suspensions
from propdesk.services.queries.units import Unit, get_unit
from propdesk.services.suspensions import note_suspension
from ui.context import AppContext
from ui.dialogs.delivery_round_dialog import DeliveryRoundDialog
from ui.dialogs.dunning_act_dialog import DunningActDialog
from ui.dialogs.dunning_acts_dialog import DunningActsDialog
from ui.dialogs.evidence_dialog import EvidenceDialog
from ui.dialogs.publication_forms import PublishForm
from ui.dialogs.publications_dialog import PublicationsDialog
from ui.dialogs.suspension_dialog import SuspensionForm, SuspensionsDialog

if TYPE_CHECKING:
    from ui.screenshots import Stage


def _owing(context: AppContext, count: int = 1) -> list[int]:
    """Return the houses that are nearest to limitation."""
    found = list_arrears(ArrearsFilter(), today=context.now().date(), limit=count)
    return [row.unit_id for row in found]


def _house(context: AppContext) -> Unit:
    return get_unit(_owing(context)[0])


def _act(
    way: Way, outcome: Result | None = None, *, keeps: bool = False
) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        dialog = DunningActDialog(stage.context, stage.window, _owing(stage.context)[0])
        dialog.way.choose(way.value)
        dialog.way.chosen_changed.emit(way.value)
        if outcome is not None:
            dialog.outcome.choose(outcome.value)
            dialog.outcome.chosen_changed.emit(outcome.value)
        dialog.relation.choose(Relation.SELF.value)
        dialog.open()
        if keeps:
            dialog.keep()

    return show


def _round(carrier: Carrier, *, is_empty: bool = False) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        dialog = DeliveryRoundDialog(stage.context, stage.window, carrier)
        # Nobody is asked whether the picture's letters are given up.
        dialog._gives_up = lambda: True  # type: ignore[method-assign]  # noqa: SLF001
        if not is_empty:
            for letter in list_fee_letters(limit=9):
                dialog.scan.show_words(letter.number)
                dialog.scan.taken.emit()
            for outcome in (Outcome.REFUSED, Outcome.LEFT, Outcome.RETURNED, Outcome.DECLINED):
                if dialog.outcome.findData(outcome.value) >= 0:
                    dialog.outcome.picked.emit(outcome.value)
                    dialog.scan.walked.emit(-1)
        dialog.open()
        dialog.fit()
        if not is_empty and carrier is Carrier.POST:
            dialog.keep()

    return show


def _acts(stage: "Stage") -> None:
    DunningActsDialog(stage.context, stage.window, _house(stage.context)).open()


def _suspensions(*, is_form: bool = False) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        context, unit = stage.context, _house(stage.context)
        today = context.now().date()
        if not list_suspensions(unit.id):
            draft = SuspensionDraft(Obstacle.NO_HEIR, today, None, "-")
            note_suspension(unit.id, draft, by=context.staff.id, now=context.now())
        if is_form:
            form = SuspensionForm(context, stage.window, unit)
            form.open()
            form.keep()
        else:
            SuspensionsDialog(context, stage.window, unit).open()

    return show


def _pack(count: int) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        houses = _owing(stage.context, count)
        dialog = EvidenceDialog(stage.context, stage.window, houses)
        dialog.open()
        dialog.fit()

    return show


def _publications(stage: "Stage") -> None:
    PublicationsDialog(stage.context, stage.window).open()


def _publish(stage: "Stage") -> None:
    PublishForm(stage.context, stage.window).open()


DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("urging-call", _act(Way.PHONE)),
    ("urging-refused", _act(Way.IN_PERSON, Result.REFUSED)),
    ("urging-ems", _act(Way.EMS, Result.ARRIVED, keeps=True)),
    ("urging-notice", _act(Way.PUBLIC_NOTICE, keeps=True)),
    ("urging-acts", _acts),
    ("urging-round", _round(Carrier.HAND)),
    ("urging-round-none", _round(Carrier.HAND, is_empty=True)),
    ("urging-receipts", _round(Carrier.POST)),
    ("urging-pack", _pack(1)),
    ("urging-packs", _pack(5)),
    ("suspensions", _suspensions()),
    ("suspension", _suspensions(is_form=True)),
    ("publications", _publications),
    ("publish", _publish),
)
