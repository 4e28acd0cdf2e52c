"""Whose time is over, and who is sealed; Enter opens what erasing would do (PIPL 19, 47)."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.erasure import STOP_LABELS, ErasurePlan
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.queries.erasures import list_erasable, list_sealed
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.erasure_dialog import ErasureDialog
from ui.person_data_printing import show_certificate
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Tone
from ui.widgets.choices import Chips, Choice

_WIDTH, _ROWS = 720, 10
_OVER, _SEALED = "over", "sealed"


class ErasableDialog(Dialog):
    """Two lists: gone longer than the office keeps them, and sealed."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        title = _("Whose time is over")
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self._context = context
        choices = [Choice(_OVER, title), Choice(_SEALED, _("Sealed"))]
        self._chips = Chips(context.theme, _("Which persons"), choices)
        self._chips.chosen_changed.connect(lambda _key: self._refill())
        self.body.addWidget(self._chips)
        self.table = RecordTable(
            context.theme, title, self._columns(), lambda plan: plan.person_id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(self._on_opened)
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        months = context.settings.retention_months["moved-out"]
        words = ngettext(
            "Gone for more than {count} month. Enter shows what erasing would do.",
            "Gone for more than {count} months. Enter shows what erasing would do.",
            months,
        )
        self.add_sentence(words.format(count=months), is_quiet=True)
        self.add_verb("close", _("Close"))
        self._refill()
        self.table.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("name", _lazy("Name"), lambda one: self._context.shown_names(one.name),
                   width=130, is_strong=True, is_name=True),
            Column("state", _lazy("State"), _state, CellKind.STATUS, width=150),
            Column("why", _lazy("What it waits for"), _why, width=260, stretches=True),
        )  # fmt: skip

    def _refill(self) -> None:
        today = self._context.now().date()
        is_sealed = self._chips.chosen() == _SEALED
        self.table.show_rows(list_sealed(today) if is_sealed else list_erasable(today))

    def _on_opened(self, plan: object) -> None:
        if not isinstance(plan, ErasurePlan):
            return
        done = ask_erasure(self._context, self, plan.person_id)
        if done:
            self._refill()
        self.table.setFocus()


def ask_erasure(context: AppContext, parent: QWidget, person_id: int) -> str:
    """Ask what to do with a person; offer the certificate and return what was done in words."""
    dialog = ErasureDialog(context, parent, person_id)
    dialog.ask()
    done = dialog.done_with
    if done is None:
        return ""
    context.changes.residents_changed.emit()
    context.changes.tickets_changed.emit()
    if done.kind == "unsealed":
        return _("The person is in use again")
    show_certificate(context, parent, done.id)
    return _("The person is sealed") if done.kind == "sealed" else _("The person is erased")


def _state(plan: ErasurePlan) -> Mark:
    if plan.may_erase:
        return Mark(_("Can be erased"), Tone.OK)
    if plan.stops:
        return Mark(_("Matters open"), Tone.WARN)
    return Mark(_("Sealed"), Tone.NEUTRAL) if plan.is_sealed else Mark(_("To be sealed"), Tone.INFO)


def _why(plan: ErasurePlan) -> str:
    if plan.was_erased:
        return _("was erased, and came back with a backup: erase again")
    if plan.stops:
        return _("; ").join(str(STOP_LABELS[stop]) for stop in plan.stops)
    if plan.erasable_on is not None:
        return _("the law, until {day}").format(day=plan.erasable_on)
    return ""
