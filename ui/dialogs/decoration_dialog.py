"""What an owner tells before he decorates (Civil Code 945), and what he is told in turn."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from propdesk.domain.decorations import (
    DEPOSIT_SOURCE,
    Decoration,
    DecorationDraft,
    structure_warning,
)
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.money import money_words, parse_money
from propdesk.i18n import _
from propdesk.services.decorations import apply_decoration, change_decoration
from propdesk.services.queries.decorations import list_told
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.thing_dialog import DAY_WIDTH, ThingDialog
from ui.theme import Ink, Size, Space, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import CheckField, LineField, TextField
from ui.widgets.labels import Label
from ui.widgets.notes import NoteBox


def draft_of(one: Decoration) -> DecorationDraft:
    """Return what a file says, as it would be typed."""
    return DecorationDraft(
        applicant=one.applicant,
        scope=one.scope,
        from_on=one.from_on,
        until_on=one.until_on,
        company=one.company,
        foreman=one.foreman,
        phone=one.phone,
        workers=one.workers,
        touches_structure=one.touches_structure,
        structure_consent=one.structure_consent,
        told=one.told,
        deposit_fen=one.deposit_fen,
        deposit_note=one.deposit_note,
        note=one.note,
    )


class DecorationDialog(ThingDialog):
    """A new application, or a file that is corrected."""

    def __init__(
        self, context: AppContext, parent: QWidget, unit: Unit, present: Decoration | None = None
    ) -> None:
        title = _("Decoration of {house}").format(house=unit.short)
        super().__init__(context, parent, title, save=_("Save"), width=760)
        self._unit = unit
        self._present = present
        theme = context.theme
        shown = draft_of(present) if present else DecorationDraft(self._first_owner(), "")
        self.applicant = self.line("applicant", _("Applicant"), shown.applicant)
        self.scope = TextField(theme, _("Works"), lines=3)
        self.scope.show_words(shown.scope)
        self.rows.add_row("scope", _("Works"), self.scope)
        self.from_on = self._day_field(_("First day"), shown.from_on or None)
        self.until_on = self._day_field(_("Last day"), shown.until_on)
        self.rows.add_row("until_on", _("When"), self.from_on, self._to(), self.until_on)
        self.company = self.line("company", _("Company"), shown.company)
        self.foreman = LineField(theme, _("Foreman"), placeholder=_("Foreman"), width=150)
        self.foreman.show_words(shown.foreman)
        self.phone = LineField(theme, _("Phone"), placeholder=_("Phone"), width=160)
        self.phone.show_words(shown.phone)
        self.workers = LineField(theme, _("Workers"), placeholder=_("Workers"), width=90)
        self.workers.show_words("" if shown.workers is None else str(shown.workers))
        self.rows.add_row("phone", _("Foreman"), self.foreman, self.phone, self.workers)
        self.structure = CheckField(theme, _("touches the load-bearing structure"))
        self.structure.setChecked(shown.touches_structure)
        self.rows.add_row("structure", _("Structure"), self.structure)
        self.scheme = self.line("structure_consent", _("Design scheme"), shown.structure_consent)
        self.deposit = LineField(theme, _("Deposit"), width=120)
        self.deposit.show_words(money_words(shown.deposit_fen) if shown.deposit_fen else "")
        self.receipt = LineField(theme, _("Receipt"), placeholder=_("Receipt"))
        self.receipt.show_words(shown.deposit_note)
        self.deposit.setToolTip(str(DEPOSIT_SOURCE))
        self.rows.add_row("deposit_fen", _("Deposit"), self.deposit, self.receipt)
        self.note = self.line("note", _("Note"), shown.note)
        self._warning = NoteBox(theme, Tone.WARN, "triangle-alert")
        self.body.addWidget(self._warning)
        self.structure.toggled.connect(self._warn)
        self._warn()
        first = self.applicant if not self.applicant.words() else self.scope
        first.setFocus()

    def _first_owner(self) -> str:
        people = list_residents(self._unit.id, self.context.now().date())
        return next((one.name for one in people if one.present), "")

    def _day_field(self, name: str, day: object) -> LineField:
        field = LineField(self.context.theme, name, width=DAY_WIDTH)
        field.show_words(str(day or ""))
        return field

    def _to(self) -> Label:
        return Label(self.context.theme, _("To"), ink=Ink.TEXT_3)

    def _warn(self) -> None:
        """Say what the structure asks for, as long as it is touched."""
        touches = self.structure.isChecked()
        self.rows.show_row("structure_consent", is_shown=touches)
        self._warning.show_note(structure_warning() if touches else "")

    def _count(self) -> int | None:
        words = self.workers.words()
        if words and not words.isdecimal():
            raise DraftError((Problem("phone", _("Write the number of workers in digits.")),))
        return int(words) if words else None

    def _deposit(self) -> int:
        try:
            return parse_money(self.deposit.words()) if self.deposit.words() else 0
        except RuleError as refusal:
            raise DraftError((Problem("deposit_fen", str(refusal)),)) from refusal

    def store(self) -> str:
        """Store the file; its number is given now."""
        draft = DecorationDraft(
            applicant=self.applicant.words(),
            scope=self.scope.words(),
            from_on=self.day_of("until_on", self.from_on),
            until_on=self.day_of("until_on", self.until_on),
            company=self.company.words(),
            foreman=self.foreman.words(),
            phone=self.phone.words(),
            workers=self._count(),
            touches_structure=self.structure.isChecked(),
            structure_consent=self.scheme.words(),
            told=self._present.told if self._present else frozenset(),
            deposit_fen=self._deposit(),
            deposit_note=self.receipt.words(),
            note=self.note.words(),
        )
        by, now, present = self.context.staff.id, self.context.now(), self._present
        if present is None:
            made = apply_decoration(self._unit.id, draft, by=by, now=now)
            words = _("{number} is applied for, for {house}.")
        else:
            made = change_decoration(present.id, draft, version=present.version, by=by, now=now)
            words = _("{number} of {house} is changed.")
        return words.format(number=made.number, house=made.house)


class ToldDialog(ThingDialog):
    """What the owner was told; each point has its box, Ctrl+A ticks them all."""

    def __init__(self, context: AppContext, parent: QWidget, present: Decoration) -> None:
        title = _("What the owner of {house} was told").format(house=present.house)
        super().__init__(context, parent, title, save=_("Told and signed for"), width=860)
        self._present = present
        theme = context.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        self.boxes: dict[str, CheckField] = {}
        for place, (code, words) in enumerate(list_told().items()):
            box = CheckField(theme, str(place + 1))
            box.setAccessibleName(words)
            box.setChecked(code in present.told)
            self.boxes[code] = box
            grid.addWidget(box, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(theme, words, size=Size.SMALL, wrap=True), place, 1)
        self.body.addLayout(grid)
        tick = Button(theme, _("Tick all"), kind=Kind.QUIET, shortcut="Ctrl+A")
        tick.clicked.connect(self._tick_all)
        self._foot.insertWidget(0, tick)
        next(iter(self.boxes.values())).setFocus()

    def _tick_all(self) -> None:
        for box in self.boxes.values():
            box.setChecked(True)

    def store(self) -> str:
        """Store what was told."""
        told = frozenset(code for code, box in self.boxes.items() if box.isChecked())
        made = change_decoration(
            self._present.id,
            replace(draft_of(self._present), told=told),
            version=self._present.version,
            by=self.context.staff.id,
            now=self.context.now(),
        )
        words = _("{number}: told {count} of {all} points")
        return words.format(number=made.number, count=len(made.told), all=len(self.boxes))
