"""The acts of urging of a house: what each is worth, its photos, void, and their papers."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.attachments import Attachment
from propdesk.domain.dunning import RELATION_LABELS, RESULT_LABELS, STAGE_LABELS, WAY_LABELS
from propdesk.domain.dunning_acts import PROOF_HINTS, DunningAct, act_words, proof_of
from propdesk.domain.limitation import STRENGTH_LABELS, Strength, Weight, weigh_act
from propdesk.domain.money import money_words
from propdesk.i18n import _, _lazy
from propdesk.services import offices
from propdesk.services.attachments import Refused
from propdesk.services.dunning_acts import add_proof, void_act
from propdesk.services.queries.bills import list_bills
from propdesk.services.queries.dunning_acts import list_acts, list_proofs
from propdesk.services.queries.limitation import limitation_rules
from propdesk.services.queries.units import Unit
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.picture_view import PictureView
from ui.dialogs.small_form import SmallForm
from ui.forms.file_strip import FileStrip
from ui.incoming_files import Drops, Incoming, sources
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Tone
from ui.widgets.buttons import Button
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

_WIDTH, _ROWS = 940, 8
WORTH_TONES = {
    Strength.PROVED: Tone.OK,
    Strength.ARGUABLE: Tone.WARN,
    Strength.WEAK: Tone.NEUTRAL,
}


class _Added(NamedTuple):
    """What came of a lot of files."""

    files: tuple[Attachment, ...]
    refused: tuple[Refused, ...]


class ActFiles(FileStrip):
    """What proves the act that is shown. `changed` comes when something was added."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._act: DunningAct | None = None
        self._proofs: tuple[Attachment, ...] = ()

    def show_act(self, act: DunningAct | None) -> None:
        """Show the files of an act."""
        self._act = act
        self._proofs = () if act is None else list_proofs(act.id)
        self.show_files([(one.file, one.title, False) for one in self._proofs])

    def can_take(self) -> bool:
        """Tell whether files may come now: an act that stands is shown."""
        return self._act is not None and self._act.voided_at is None and super().can_take()

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take files in for the act that is shown now."""
        if self._act is not None:
            self._for = (self._act.id, self.context.staff.id, self.context.now())
            super().take(coming)

    def job(self, coming: Sequence[Incoming], progress: Progress) -> _Added:
        """Take files in and give them to their act."""
        act_id, by, now = self._for
        with offices.working_connection():
            return _Added(
                *add_proof(
                    self.context.office, act_id, sources(coming), by=by, now=now,
                    on_progress=progress,
                )
            )  # fmt: skip

    def arrived(self, result: _Added) -> None:
        """Tell of them, and say what was refused."""
        if result.files:
            self.changed.emit()
        self.tell_refused(result.refused)

    def open_view(self, place: int) -> None:
        """Look at a proof, as large as the window."""
        PictureView(self.context, self, [one.file for one in self._proofs], place).look()

    def remove(self, _place: int) -> None:
        """Say that a proof stays: a wrong act is voided with it."""
        self.context.messages.tell(
            self,
            _("A proof stays with its act"),
            _("What was kept as proof is not taken away. Void the act where it is wrong."),
        )


class DunningActsDialog(Dialog):
    """The acts, the latest first. Enter shows the proof; `is_changed` tells what came of it."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Acts of urging: {house}").format(house=unit.short)
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self.context = context
        self.is_changed = False
        self._unit = unit
        today = context.now().date()
        self._rules = limitation_rules(today)
        self._is_joint = any(one.payer_id for one in list_bills(unit.id, open_only=True))
        theme = context.theme
        self.table = RecordTable(
            theme, _("Acts of urging"), self._columns(), lambda one: one.id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(self._on_show)
        self.table.left.connect(self.reject)
        self.table.current_changed.connect(lambda _act: self._show_act())
        self.body.addWidget(self.table)
        self.told = Label(theme, ink=Ink.TEXT_2, wrap=True, selectable=True)
        self.body.addWidget(self.told)
        self.files = ActFiles(context)
        self.files.changed.connect(self._on_added)
        Drops(self, self.files.take, context.now)
        self.body.addWidget(self.files)
        self._add_foot()
        self._fill()
        self.table.setFocus()

    def _add_foot(self) -> None:
        self.add_verb("", _("Close"))
        for word, key, act in (
            (_("Void it"), "Del", self._on_void),
            (_("Delivery register"), "Ctrl+P", self._on_register),
            (_("Note an act"), "Ctrl+N", self._on_note),
        ):
            button = Button(self.context.theme, word, hint=key)
            button.clicked.connect(act)
            within = self.table if key == "Del" else self
            QShortcut(QKeySequence(key), within).activated.connect(act)
            self._foot.addWidget(button)

    def _columns(self) -> Sequence[Column]:
        names = self.context.shown_names
        return (
            Column("at", _lazy("Time"), lambda act: f"{act.at:%Y-%m-%d %H:%M}", width=132,
                   least=120, is_strong=True),
            Column("stage", _lazy("Stage"), lambda act: str(STAGE_LABELS[act.stage]), width=96,
                   least=80, rank=2, is_quiet=True),
            Column("way", _lazy("Way"), lambda act: str(WAY_LABELS[act.way]), width=96, least=80),
            Column("result", _lazy("Result"), lambda act: str(RESULT_LABELS[act.result]), width=100,
                   least=80),
            Column("who", _lazy("Received by"), lambda act: names(act.receiver), width=90,
                   least=60, is_name=True),
            Column("letter", _lazy("Demand letter"), lambda act: act.letter, width=130, least=80,
                   rank=1, stretches=True),
            Column("files", _lazy("Photos"), lambda act: act.proofs or None, CellKind.COUNT,
                   width=56, least=50),
            Column("worth", _lazy("Worth"), self._mark, CellKind.STATUS, width=110, least=96),
        )  # fmt: skip

    # -- filling

    def _fill(self) -> None:
        acts = list(reversed(list_acts(self._unit.id, with_void=True)))
        self.table.show_rows(acts)
        self._show_act()

    def _act(self) -> DunningAct | None:
        act: DunningAct | None = self.table.current_row()
        return act

    def _weight(self, act: DunningAct) -> Weight:
        proof = proof_of(act, has_proof=act.has_proof)
        return weigh_act(proof, joint=self._is_joint, rules=self._rules)

    def _mark(self, act: DunningAct) -> Mark:
        if act.voided_at is not None:
            return Mark(_("void"), Tone.DANGER)
        strength = self._weight(act).strength
        return Mark(str(STRENGTH_LABELS[strength]), WORTH_TONES[strength])

    def _show_act(self) -> None:
        act = self._act()
        self.files.setVisible(act is not None)
        self.files.show_act(act)
        self.told.show_text(
            self._words(act) if act else _("Nobody urged this house yet. Ctrl+N notes an act.")
        )

    def _words(self, act: DunningAct) -> str:
        """Return what the row has no room for."""
        names = self.context.shown_names
        relation = str(RELATION_LABELS[act.relation]) if act.relation else ""
        weight = self._weight(act)
        said = [
            _("by {name}").format(name=act.done_by),
            _("with {name}").format(name=act.witness) if act.witness else "",
            names(act.receiver), relation, act.express_number,
            _("arrived {day}").format(day=act.arrived_on) if act.arrived_on else "",
            _("{amount} yuan demanded").format(amount=money_words(act.open_fen)),
            act.note,
            _("although: {reason}").format(reason=act.override_reason)
            if act.override_reason and act.override_reason != act.note else "",
            _("voided: {reason}").format(reason=act.void_reason) if act.voided_at else
            str(weight.lacks or weight.article),
        ]  # fmt: skip
        if not act.has_proof and act.result in PROOF_HINTS and not act.voided_at:
            said.append(str(PROOF_HINTS[act.result]))
        return " · ".join(filter(None, said))

    # -- acts

    def _on_show(self, act: DunningAct) -> None:
        """Look at what proves the act, or ask for it."""
        if act.proofs:
            self.files.open_view(0)
        else:
            self.files.pick()

    def _changed(self) -> None:
        self.is_changed = True
        self.context.changes.fees_changed.emit()
        act = self._act()
        self._fill()
        if act is not None:
            self.table.select_key(act.id)

    def _on_added(self) -> None:
        self._changed()

    def _on_void(self) -> None:
        act = self._act()
        if act is not None and VoidActDialog(self.context, self, act).ask():
            self._changed()

    def _on_note(self) -> None:
        from ui.urging_acts import note_act

        if note_act(self.context, self, self._unit.id) is not None:
            self._changed()

    def _on_register(self) -> None:
        from ui.urging_papers import show_register

        show_register(self.context, self)


class VoidActDialog(SmallForm):
    """Void an act that was written down by mistake; it stays, with the reason."""

    def __init__(self, context: AppContext, parent: QWidget, act: DunningAct) -> None:
        super().__init__(context, parent, _("Void the act of urging"), _("Void it"))
        self._act = act
        words = f"{act.at:%Y-%m-%d %H:%M}  {act_words(act)}"
        self.body.insertWidget(1, Label(context.theme, words, ink=Ink.TEXT_2, wrap=True))
        self.reason = LineField(context.theme, _("Reason"))
        self.rows.add_row("text", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> DunningAct:
        """Void it."""
        void = partial(void_act, self._act.id, self.reason.words())
        return void(by=self.context.staff.id, now=self.context.now())
