"""Letters of a stage: which houses are due for which, who is left alone and why, then the drafts.

Above stand the seven stages with what each would be, below the houses of the chosen one. Space
leaves a house out or takes it in; one that is held (a complaint is open) asks for the reason.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.demand_stages import WITH_LETTER
from propdesk.domain.dunning import STAGE_LABELS, Stage
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.money import money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.units import building_name
from propdesk.i18n import _, _lazy, ngettext, run_on
from propdesk.services import offices
from propdesk.services.fee_letters import LetterWish, MadeLetters, make_letters
from propdesk.services.queries.fee_letters import HELD_LABELS, RipeHouse, list_ripe
from propdesk.services.queries.letters_due import StageDue, list_stages_due
from propdesk.services.queries.units import list_buildings
from ui.background import Handle, Progress
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.settings_parts import PAPER_LANGUAGE_WORDS
from ui.letter_printing import look_at_letter
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Theme, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label

_WIDTH, _HOUSES, _FEWER = 900, 8, 5
_LOW = 39  # lines of text that a window of 768 pixels holds at least
_BUILDING, _LANGUAGE = 210, 150
_MOST_SAID = 4


@dataclass(slots=True)
class Line:
    """A house of the list, and whether it gets a letter."""

    house: RipeHouse
    is_in: bool

    @property
    def mark(self) -> Mark:
        """What becomes of it."""
        held = self.house.held
        if self.is_in:
            return Mark(_("Gets one all the same"), Tone.WARN) if held else Mark(
                _("Gets a letter"), Tone.OK)  # fmt: skip
        if held is None:
            return Mark(_("Taken off the list"), Tone.NEUTRAL)
        words = f"{HELD_LABELS[held]} {self.house.ticket}".rstrip()
        return Mark(words, Tone.WARN)


def _house_columns() -> Sequence[Column]:
    return (
        Column("house", _lazy("House"), lambda line: line.house.short, width=110, is_strong=True),
        Column("since", _lazy("Oldest day of payment"), lambda line: str(line.house.oldest_due_on),
               width=130),
        Column("bills", _lazy("Bills"), lambda line: line.house.bills, CellKind.COUNT, width=70),
        Column("open", _lazy("Owed"), lambda line: line.house.open_fen, CellKind.MONEY, width=110),
        Column("reached", _lazy("Urged so far"), _reached, width=130, is_quiet=True),
        Column("mark", _lazy("What becomes of it"), lambda line: line.mark, CellKind.STATUS,
               width=220, stretches=True),
    )  # fmt: skip


def _reached(line: Line) -> str:
    return str(STAGE_LABELS[line.house.reached]) if line.house.reached is not None else ""


def _stage_columns() -> Sequence[Column]:
    return (
        Column("stage", _lazy("Stage"), lambda one: f"{one.stage.value}  {STAGE_LABELS[one.stage]}",
               width=200, stretches=True, is_strong=True),
        Column("after", _lazy("Days after the day of payment"), _after, width=190, is_quiet=True,
               is_figure=True),
        Column("houses", _lazy("Houses due"), lambda one: one.houses or None, CellKind.COUNT,
               width=100),
        Column("total", _lazy("Owed"), lambda one: one.total_fen or None, CellKind.MONEY,
               width=130),
        Column("held", _lazy("Left alone"), lambda one: one.held or None, CellKind.COUNT,
               width=100),
    )  # fmt: skip


def _after(due: StageDue) -> str:
    return "" if due.stage is Stage.NOTICE else str(due.after_days)


class HouseTable(RecordTable):
    """The houses: Space leaves the chosen ones out or takes them in."""

    toggled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space toggles; everything else is the table's."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggled.emit()
        else:
            super().keyPressEvent(event)


class FeeLettersDialog(Dialog):
    """Make the letters of a stage as drafts; `made` is what came of it.

    With `unit_ids` it is about chosen houses, whatever stage they are ripe for; `stage` is the one
    to begin with. `counted` tells that the stages stand there.
    """

    counted = Signal()

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        *,
        unit_ids: Sequence[int] | None = None,
        stage: Stage | None = None,
    ) -> None:
        super().__init__(context.theme, parent, _("Write letters"), width=_WIDTH)
        self.context = context
        self.made: MadeLetters | None = None
        self._unit_ids = frozenset(unit_ids) if unit_ids is not None else None
        self._lines: list[Line] = []
        self._is_busy = False
        self._room = parent.window().height()
        self._counting: Handle | None = None
        self._add_choices(context.theme)
        self._add_tables(context.theme)
        self._add_foot(context.theme)
        self._fill_stages(stage)

    # -- building

    def _add_choices(self, theme: Theme) -> None:
        buildings = list_buildings()
        several = len({community for _id, community, _name in buildings}) > 1
        choices = [
            Choice(str(id_), f"{community} {building_name(name)}" if several
                   else building_name(name))
            for id_, community, name in buildings
        ]  # fmt: skip
        self.building = PickField(theme, _("Building"), [Choice("", _("All buildings")), *choices])
        self.building.setFixedWidth(theme.px(_BUILDING))
        self.building.picked.connect(lambda _key: self._fill_stages(self._stage()))
        self.building.setVisible(self._unit_ids is None)
        languages = [Choice(one.value, str(word)) for one, word in PAPER_LANGUAGE_WORDS.items()]
        self.language = PickField(theme, _("Language of the paper"), languages)
        self.language.choose(self.context.settings.paper_language.value)
        self.language.setFixedWidth(theme.px(_LANGUAGE))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.building)
        if self._unit_ids is not None:
            count = len(self._unit_ids)
            words = ngettext("{count} chosen house", "{count} chosen houses", count)
            row.addWidget(Label(theme, words.format(count=count)))
        row.addStretch(1)
        row.addWidget(Label(theme, _("Language of the paper"), ink=Ink.TEXT_3))
        row.addWidget(self.language)
        self.body.addLayout(row)

    def _add_tables(self, theme: Theme) -> None:
        self.stages = RecordTable(
            theme, _("Stages"), _stage_columns(), lambda one: one.stage.value, now=self.context.now
        )
        self.stages.make_dense()
        self.stages.setFixedHeight(self.stages.height_of(len(Stage)))
        self.stages.current_changed.connect(lambda _row: self._fill_houses())
        self.stages.left.connect(self.reject)
        self.houses = HouseTable(
            theme, _("Houses of this stage"), _house_columns(), lambda line: line.house.unit_id,
            now=self.context.now,
        )  # fmt: skip
        self.houses.make_dense()
        room = self._room / theme.line()
        self.houses.setFixedHeight(self.houses.height_of(_HOUSES if room > _LOW else _FEWER))
        self.houses.left.connect(self.stages.setFocus)
        self.houses.toggled.connect(self._on_toggle)
        self.houses.opened.connect(self._on_look)
        self.stages.opened.connect(lambda _row: self.houses.setFocus())
        self.body.addWidget(self.stages)
        self.body.addWidget(self.houses)
        self._reasons = QWidget()
        row = QHBoxLayout(self._reasons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self.reason = LineField(
            theme,
            _("Reason for urging all the same"),
            placeholder=_("Why this house is urged all the same"),
        )
        row.addWidget(Label(theme, _("Reason for urging all the same")))
        row.addWidget(self.reason, 1)
        self.body.addWidget(self._reasons)
        self._told = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self._problem = Label(theme, ink=Ink.DANGER, wrap=True)
        self._problem.hide()
        self.body.addWidget(self._told)
        self.body.addWidget(self._problem)

    def _add_foot(self, theme: Theme) -> None:
        self.add_verb("", _("Cancel"))
        look = Button(theme, _("Look at the letter"), hint="Enter")
        look.clicked.connect(lambda: self._on_look(self.houses.current_row()))
        leave = Button(theme, _("Leave out or take in"), hint="Space")
        leave.clicked.connect(self._on_toggle)
        self._make = Button(theme, _("Make drafts"), kind=Kind.PRIMARY, icon="check")
        self._make.set_shortcut("Ctrl+Enter")
        self._make.clicked.connect(self.keep)
        for keys in ("Ctrl+Return", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.keep)
        for button in (leave, look, self._make):
            self._foot.addWidget(button)

    # -- filling

    def _today(self) -> date:
        return self.context.now().date()

    def _building(self) -> int | None:
        return int(self.building.value()) if self.building.value() else None

    def _stage(self) -> Stage | None:
        due: StageDue | None = self.stages.current_row()
        return due.stage if due is not None else None

    def _fill_stages(self, stage: Stage | None) -> None:
        """Count the stages anew, in the background; begin with the furthest that has houses."""
        if self._counting is not None:
            self._counting.cancel()
        self._told.show_text(_("Counting the houses…"))
        self._make.setEnabled(False)
        today, building, units = self._today(), self._building(), self._unit_ids

        def count(_progress: Progress) -> tuple[StageDue, ...]:
            with offices.working_connection():
                return list_stages_due(
                    today, building_id=building, unit_ids=units, again=units is not None
                )

        self._counting = self.context.background.run(
            count, lambda found: self._show_stages(found, stage), self._on_uncounted
        )

    def _show_stages(self, found: Sequence[StageDue], stage: Stage | None) -> None:
        self._counting = None
        self.stages.show_rows(found)
        ripe = [one.stage for one in found if one.houses and one.stage in WITH_LETTER]
        first = stage if stage is not None else max(ripe, default=found[0].stage)
        self.stages.select_key(first.value)
        self._fill_houses()
        self.stages.setFocus()
        self.counted.emit()

    def _on_uncounted(self, error: BaseException) -> None:
        self._counting = None
        raise error

    def is_settled(self) -> bool:
        """Tell whether the stages are counted."""
        return self._counting is None

    def _fill_houses(self) -> None:
        stage = self._stage()
        if stage is None:
            return
        ripe = list_ripe(
            stage,
            self._today(),
            building_id=self._building(),
            unit_ids=self._unit_ids,
            again=self._unit_ids is not None,
        )
        self._lines = [Line(house, is_in=house.held is None) for house in ripe]
        self.houses.show_rows(self._lines)
        self._tell()

    def _tell(self) -> None:
        """Say what will be written, and whom it leaves alone and why."""
        wanted = self._wanted()
        asks = any(line.house.held for line in wanted)
        self._reasons.setVisible(asks)
        self._problem.hide()
        stage = self._stage()
        has_letter = stage in WITH_LETTER
        self._make.setEnabled(bool(wanted) and has_letter and not self._is_busy)
        if not has_letter:
            self._told.show_text(
                _("There is no letter for the court: use the evidence pack of a house.")
            )
            return
        if not self._lines:
            self._told.show_text(_("No house is due for this stage today."))
            return
        count, total = len(wanted), sum(line.house.open_fen for line in wanted)
        words = ngettext("{count} house, {total} yuan.", "{count} houses, {total} yuan.", count)
        self._told.show_text(
            run_on(words.format(count=count, total=money_words(total)), self._left_words())
        )

    def _left_words(self) -> str:
        left = Counter(line.house.held for line in self._lines if not line.is_in)
        if not left:
            return ""
        by_hand = _("taken out by hand")
        said = [
            f"{HELD_LABELS[why] if why else by_hand} {count}"
            for why, count in sorted(left.items(), key=lambda one: (one[0] is None, one[0] or ""))
        ]
        return _("Left out: {whom}.").format(whom=_(", ").join(said))

    def _wanted(self) -> list[Line]:
        return [line for line in self._lines if line.is_in]

    # -- acts

    def _on_toggle(self) -> None:
        """Leave the chosen houses out, or take them in where the first of them is out."""
        chosen: list[Line] = self.houses.selected_rows()
        if not chosen:
            return
        to = not chosen[0].is_in
        for line in chosen:
            line.is_in = to
        self.houses.refresh()
        self._tell()

    def _on_look(self, line: Line | None) -> None:
        """Show what a house would be written; nothing is stored."""
        stage = self._stage()
        if line is None or stage not in WITH_LETTER:
            return
        look_at_letter(
            self.context, self, stage, line.house.unit_id, PaperLanguage(self.language.value())
        )

    def keep(self) -> None:
        """Make the letters, in the background: five thousand take a few seconds."""
        stage, wanted = self._stage(), self._wanted()
        if stage is None or stage not in WITH_LETTER or not wanted or self._is_busy:
            return
        is_held = any(line.house.held for line in wanted)
        if is_held and not self.reason.words():
            self._say(_("Give the reason if these houses are urged all the same."))
            self.reason.setFocus()
            return
        units = frozenset(line.house.unit_id for line in wanted)
        wish = LetterWish(
            again=self._unit_ids is not None,
            override_reason=self.reason.words() if is_held else "",
            language=PaperLanguage(self.language.value()),
        )
        by, now = self.context.staff.id, self.context.now()

        def make(_progress: Progress) -> MadeLetters:
            with offices.working_connection():
                return make_letters(stage, units, by=by, now=now, wish=wish)

        self._busy(is_busy=True)
        self.context.background.run(make, self._on_made, self._on_refused)

    def _busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        for widget in (self.stages, self.houses, self._make, self.building, self.language):
            widget.setEnabled(not is_busy)
        if is_busy:
            self._told.show_text(_("The letters are being made…"))

    def _on_made(self, made: MadeLetters) -> None:
        self._busy(is_busy=False)
        self.made = made
        self.context.changes.fees_changed.emit()
        words = _made_words(made)
        if words:
            self.context.messages.tell(self, _("What the letters lack"), words)
        if made.batch_id is None:
            self._fill_stages(self._stage())
        else:
            self.choose("made")

    def _on_refused(self, error: BaseException) -> None:
        self._busy(is_busy=False)
        self._tell()
        if isinstance(error, DraftError):
            self._say("\n".join(problem.text for problem in error.problems))
        elif isinstance(error, RuleError):
            self._say(str(error))
        else:
            raise error

    def _say(self, sentence: str) -> None:
        self._problem.show_text(sentence)
        self._problem.show()

    def reject(self) -> None:
        """Leave, but not while letters are being made."""
        if not self._is_busy:
            if self._counting is not None:
                self._counting.cancel()
            super().reject()


def _made_words(made: MadeLetters) -> str:
    """Return what was not made for want of something, and what the others lack."""
    refused = Counter(one.sentence for letter in made.refused for one in letter.missing)
    warned = Counter(one.sentence for letter in made.warned for one in letter.missing)
    said = []
    if made.refused:
        count = len(made.refused)
        words = ngettext("{count} letter was not made:", "{count} letters were not made:", count)
        said.append(words.format(count=count))
        said += [sentence for sentence, _times in refused.most_common(_MOST_SAID)]
    if warned:
        said.append(_("Made, but better with:"))
        said += [sentence for sentence, _times in warned.most_common(_MOST_SAID)]
    return "\n".join(said)
