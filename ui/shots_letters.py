"""Pictures of the letters: one house's next one, those of a stage, their way, their words."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from propdesk.domain.dunning import LetterState
from propdesk.domain.dunning import Stage as Urging
from propdesk.domain.fee_templates import TemplatePart
from propdesk.services.fee_letters import LetterWish, approve_letters, make_letters
from propdesk.services.printing_fee_letters import print_fee_letters
from propdesk.services.queries.arrears import ArrearsFilter, list_arrears
from propdesk.services.queries.fee_letters import list_fee_letters, list_ripe
from propdesk.services.queries.letter_rows import LetterScope, list_letter_rows
from propdesk.services.queries.units import list_units
from ui.context import AppContext
from ui.dialogs.fee_letter_forms import RewordForm, WithdrawForm
from ui.dialogs.fee_letter_list_dialog import FeeLetterListDialog
from ui.dialogs.fee_letter_sent_dialog import FeeLetterSentDialog
from ui.dialogs.fee_letter_window import FeeLetterWindow
from ui.dialogs.fee_letters_dialog import FeeLettersDialog
from ui.dialogs.fee_template_dialog import FeeTemplateDialog
from ui.papers import new_paper

if TYPE_CHECKING:
    from ui.screenshots import Stage

_HOUSES = 14


def _owing(context: AppContext, *, held: bool = False) -> tuple[int, str]:
    """Return a house in arrears that nobody, or somebody, complains of."""
    today = context.now().date()
    found = [one for one in list_ripe(Urging.REMINDER, today, again=True) if bool(one.held) is held]
    if found:
        return found[-1].unit_id, found[-1].short
    row = list_arrears(ArrearsFilter(), today=today, limit=1)[0]
    return row.unit_id, row.unit


def _letter(*, held: bool = False) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        unit_id, short = _owing(stage.context, held=held)
        FeeLetterWindow(stage.context, stage.window, unit_id, short).open()

    return show


def _letters(stage: "Stage") -> None:
    dialog = FeeLettersDialog(stage.context, stage.window)

    def leave_out() -> None:
        for place in (1, 3):
            dialog.houses.selectRow(place)
            dialog.houses.toggled.emit()

    dialog.counted.connect(leave_out)
    dialog.open()


def _batch(context: AppContext) -> int:
    """Return a batch of formal demands, some drafts, some approved, some printed."""
    known = list_fee_letters(stage=Urging.LETTER, limit=_HOUSES + 1)
    for letter in known:
        if letter.batch_id is not None and len(known) > _HOUSES // 2:
            return letter.batch_id
    by, now = context.staff.id, context.now()
    ripe = list_ripe(Urging.LETTER, now.date(), again=True)
    units = frozenset(one.unit_id for one in ripe if not one.held)
    wish = LetterWish(again=True)
    made = make_letters(Urging.LETTER, frozenset(list(units)[:_HOUSES]), by=by, now=now, wish=wish)
    ids = list(made.letter_ids)
    approve_letters(ids[: len(ids) * 2 // 3], by=by, now=now)
    target = new_paper(context)
    target.parent.mkdir(parents=True, exist_ok=True)
    print_fee_letters(context.office, ids[: len(ids) // 3], target, by=by, now=now)
    return made.batch_id or 0


def _list(stage: "Stage") -> None:
    batch = _batch(stage.context)
    FeeLetterListDialog(stage.context, stage.window, batch_id=batch).open()


def _list_empty(stage: "Stage") -> None:
    paid = next(
        one for one in list_units(today=stage.context.now().date())
        if not list_letter_rows(LetterScope(unit_id=one.id))
    )  # fmt: skip
    FeeLetterListDialog(stage.context, stage.window, unit_id=paid.id).open()


def _sent(stage: "Stage") -> None:
    scope = LetterScope(batch_id=_batch(stage.context), states=(LetterState.PRINTED,))
    dialog = FeeLetterSentDialog(stage.context, stage.window, list_letter_rows(scope))
    dialog.open()
    for words in ("1234567890123", "12"):
        dialog.field.setText(words)
        dialog.field.finished.emit()


def _withdraw(stage: "Stage") -> None:
    scope = LetterScope(batch_id=_batch(stage.context))
    dialog = WithdrawForm(stage.context, stage.window, list_letter_rows(scope)[0].number)
    dialog.open()
    dialog.keep()


def _reword(stage: "Stage") -> None:
    _batch(stage.context)
    letter = list_fee_letters(stage=Urging.LETTER, limit=1)[0]
    RewordForm(stage.context, stage.window, letter).open()


def _template(stage: "Stage") -> None:
    FeeTemplateDialog(stage.context, stage.window, stage=Urging.LETTER).open()


class _Unasked(FeeTemplateDialog):
    """Words that may be given up without a question: nobody answers it here."""

    def is_changed(self) -> bool:
        return False


def _template_threat(stage: "Stage") -> None:
    dialog = _Unasked(stage.context, stage.window)
    dialog.open()
    first, *others = dialog.parts.parts()
    wrong = TemplatePart(first.heading, first.text + "{amount}")
    dialog.parts.show_parts((wrong, *(part for part in others if part.text)))
    dialog.parts.changed.emit()


DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("fee-letter", _letter()),
    ("fee-letter-held", _letter(held=True)),
    ("fee-letters", _letters),
    ("fee-letters-way", _list),
    ("fee-letters-none", _list_empty),
    ("fee-letters-sent", _sent),
    ("fee-letter-back", _withdraw),
    ("fee-letter-reword", _reword),
    ("fee-template", _template),
    ("fee-template-wrong", _template_threat),
)
