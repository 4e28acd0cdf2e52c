"""送达登记: what came of the letters of a round, one after the other, the hand on the keys.

The keyboard stays in one field: a slip's bars are scanned, or its number is typed; Enter puts the
letter into the list, Ctrl with a digit says what came of it. One key gives the rest to the debtor.
Nothing is stored before Ctrl+S, then all of it in one transaction.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.attachments import StagedFile
from propdesk.domain.delivery_rounds import (
    CARRIER_LABELS,
    OUTCOME_LABELS,
    OUTCOMES,
    Carrier,
    Outcome,
)
from propdesk.domain.dunning import STAGE_LABELS
from propdesk.domain.dunning_acts import DunningAct
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.moments import parse_moment
from propdesk.i18n import _, ngettext
from propdesk.services.attachments import discard_files
from propdesk.services.delivery_rounds import RoundLine, note_round
from propdesk.services.queries.delivery_rounds import (
    find_round_letter,
    list_waiting_letters,
    posted_at,
)
from propdesk.services.queries.dunning_acts import list_urgers
from propdesk.services.queries.letter_rows import LetterRow, list_letter_batches
from propdesk.services.queries.units import get_unit
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.delivery_round_lines import Common, Line, RoundFiles, columns
from ui.incoming_files import Drops
from ui.tables.view import RecordTable
from ui.theme import Ink, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice, Segments
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label
from ui.widgets.proposals import Proposals
from ui.widgets.walk_field import WalkField

_WIDTH, _ROWS = 960, 6
_TIME, _NAME, _NUMBER, _DAY = 150, 150, 150, 112


class DeliveryRoundDialog(Dialog):
    """The letters of a round; `stored` are the acts that were written down."""

    def __init__(
        self, context: AppContext, parent: QWidget, carrier: Carrier = Carrier.HAND
    ) -> None:
        super().__init__(context.theme, parent, _("Delivery of letters"), width=_WIDTH)
        self.context = context
        self.stored: tuple[DunningAct, ...] = ()
        self._lines: list[Line] = []
        self._opened_at = context.now().replace(tzinfo=None, second=0, microsecond=0)
        self._add_head(context.theme)
        self._add_round(context.theme)
        self._add_list(context)
        self._add_line(context.theme)
        self._add_foot(context.theme)
        self.carrier.choose(carrier.value)
        self._on_carrier()
        self.scan.setFocus()

    # -- building

    def _add_head(self, theme: Theme) -> None:
        self.carrier = Segments(
            theme,
            _("Who brings them"),
            [Choice(one.value, str(CARRIER_LABELS[one])) for one in Carrier],
        )
        batches = [
            Choice(
                str(one.id),
                _("{day}  {stage}, {count} letters").format(
                    day=f"{one.written_at:%Y-%m-%d}",
                    stage=STAGE_LABELS[one.stage],
                    count=one.letters,
                ),
            )
            for one in list_letter_batches()
        ]
        self.batch = PickField(theme, _("Which letters"), [Choice("", _("One by one")), *batches])
        self.carrier.chosen_changed.connect(lambda _key: self._on_carrier())
        self.batch.picked.connect(self._on_batch)
        self.body.addLayout(_row(theme, self.carrier, _("Which letters"), self.batch))

    def _add_round(self, theme: Theme) -> None:
        self.at = LineField(theme, _("When"), width=_TIME, longest=30)
        self.at.show_words(f"{self._opened_at:%Y-%m-%d %H:%M}")
        names = list_urgers()
        self.done_by = LineField(theme, _("Carried out by"), longest=60)
        self.done_by.show_words(self.context.staff.name)
        self.witness = LineField(theme, _("Second person"), longest=60)
        for field in (self.done_by, self.witness):
            field.setCompleter(Proposals(names, field))
        self.body.addLayout(
            _row(
                theme, _("When"), self.at, _("Carried out by"), self.done_by, _("Second person"),
                self.witness,
            )
        )  # fmt: skip

    def _add_list(self, context: AppContext) -> None:
        theme = context.theme
        self.scan = WalkField(
            theme,
            _("Next letter"),
            page=_ROWS,
            placeholder=_("Scan the slip, or type number, express number or house; Enter"),
        )
        self.scan.taken.connect(self._on_scanned)
        self.scan.walked.connect(self._walk)
        self.body.addWidget(self.scan)
        self.told = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self.body.addWidget(self.told)
        self.table = RecordTable(
            theme, _("Letters of the round"), columns(context), lambda line: line.letter.id,
            now=context.now,
        )  # fmt: skip
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.current_changed.connect(lambda _line: self._show_line())
        self.table.opened.connect(lambda _line: self.receiver.setFocus())
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)

    def _add_line(self, theme: Theme) -> None:
        self.where = Label(theme, bold=True, elide=True)
        self.outcome = PickField(theme, _("Result"))
        self.receiver = LineField(theme, _("Received by"), placeholder=_("Received by"),
                                  width=_NAME)  # fmt: skip
        express = _("Express number")
        self.express = LineField(theme, express, placeholder=express, width=_NUMBER, longest=40)
        arrived = _("Arrived on")
        self.arrived = LineField(theme, arrived, placeholder=arrived, width=_DAY, longest=20)
        self.note = LineField(theme, _("Note"), placeholder=_("Note"))
        self.outcome.picked.connect(lambda key: self._say(Outcome(key)) if key else None)
        for field, name in (
            (self.receiver, "receiver"), (self.express, "express"), (self.arrived, "arrived"),
            (self.note, "note"),
        ):  # fmt: skip
            field.textEdited.connect(partial(self._on_typed, name))
        self.note.finished.connect(self.scan.setFocus)
        self.body.addLayout(
            _row(theme, self.outcome, self.receiver, self.express, self.arrived, self.note)
        )
        self.body.insertWidget(self.body.count() - 1, self.where)
        self.files = RoundFiles(self.context, self._line)
        self.files.added.connect(self._redraw)
        Drops(self, self.files.take, self.context.now).watch(self.scan, self.receiver, self.note)
        self.body.addWidget(self.files)
        reason = _("Reason all the same")
        self.reason = LineField(theme, reason, placeholder=reason)
        self.reason.hide()
        self.body.addWidget(self.reason)
        self.legend = Label(theme, ink=Ink.TEXT_3, wrap=True)
        self.body.addWidget(self.legend)

    def _add_foot(self, theme: Theme) -> None:
        for word, keys, act in (
            (_("The rest: as the first"), "Ctrl+G", self._on_rest),
            (_("Take off the list"), "Ctrl+D", self._on_drop),
        ):
            button = Button(theme, word, kind=Kind.QUIET, shortcut=keys)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(act)
            self._foot.insertWidget(self._foot.count() - 1, button)
            if keys == "Ctrl+G":
                self._rest = button
        for digit in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{digit}"), self)
            shortcut.activated.connect(partial(self._on_digit, digit))
        store = Button(theme, _("Store all"), kind=Kind.PRIMARY, icon="check", shortcut="Ctrl+S")
        store.clicked.connect(self.keep)
        for combination in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(combination), self).activated.connect(self.keep)
        self._foot.addWidget(store)

    # -- which letters

    def _outcomes(self) -> tuple[Outcome, ...]:
        return OUTCOMES[Carrier(self.carrier.chosen())]

    def _on_carrier(self) -> None:
        """Offer what may come of it, each with its digit."""
        offered = self._outcomes()
        self.outcome.set_choices(
            [Choice("", _("Nothing yet")), *(Choice(one.value, str(OUTCOME_LABELS[one]))
                                             for one in offered)]
        )  # fmt: skip
        words = [f"Ctrl+{n} {OUTCOME_LABELS[one]}" for n, one in enumerate(offered, 1)]
        self.legend.show_text("    ".join(words))
        self._rest.show_word(_("The rest: {outcome}").format(outcome=OUTCOME_LABELS[offered[0]]))
        is_post = self.carrier.chosen() == Carrier.POST
        self.express.setVisible(is_post)
        self.arrived.setVisible(is_post)
        self.receiver.setVisible(not is_post)
        for line in self._lines:
            if line.outcome not in offered:
                line.outcome = None
        self._redraw()

    def _on_batch(self, key: str) -> None:
        """Put all letters of a batch that still wait into the list."""
        if key:
            self._add(list_waiting_letters(int(key)))
        self.scan.setFocus()

    def _on_scanned(self) -> None:
        """Put a letter into the list, or go to it."""
        words = self.scan.words()
        if not words:
            self._walk(1)
            return
        try:
            letter = find_round_letter(words, self._opened_at.date())
        except RuleError as refusal:
            self.told.show_text(str(refusal), Ink.DANGER)
            self.scan.selectAll()
            return
        self.scan.clear()
        self._add([letter])

    def _add(self, letters: Sequence[LetterRow]) -> None:
        known = {line.letter.id for line in self._lines}
        posted = posted_at([letter.id for letter in letters])
        for letter in letters:
            if letter.id not in known:
                unit = get_unit(letter.unit_id)
                house = f"{unit.community} {unit.long}"
                line = Line(letter, house, posted.get(letter.id), express=letter.express_number)
                self._lines.append(line)
        self.table.show_rows(self._lines)
        if letters:
            self.table.select_key(letters[-1].id)
        self._show_line()

    def _line(self) -> Line | None:
        line: Line | None = self.table.current_row()
        return line

    def _walk(self, step: int) -> None:
        line = self._line()
        if line is None:
            return
        place = self._lines.index(line) + step
        self.table.select_key(self._lines[min(max(place, 0), len(self._lines) - 1)].letter.id)

    # -- what came of it

    def _show_line(self) -> None:
        """Show the letter that the keyboard is at."""
        line = self._line()
        for field in (self.outcome, self.receiver, self.express, self.arrived, self.note):
            field.setEnabled(line is not None)
        words = line.outcome.value if line and line.outcome else ""
        self.outcome.choose(words)
        self.receiver.show_words(line.receiver if line else "")
        self.express.show_words(line.express if line else "")
        self.arrived.show_words(line.arrived if line else "")
        self.note.show_words(line.note if line else "")
        self.files.show_line(line)
        self.files.setVisible(line is not None)
        name = self.context.shown_names(line.letter.addressee) if line else ""
        here = [line.letter.house, line.letter.number, name] if line else []
        self.where.show_text("  ".join(filter(None, here)))
        self._tell()
        self.fit()

    def _tell(self) -> None:
        """Say what is wrong with the letter, else how far the round is."""
        line = self._line()
        if line is not None and line.problem:
            self.told.show_text(line.problem, Ink.DANGER)
            return
        left = sum(one.outcome is None for one in self._lines)
        words = ngettext("{count} letter", "{count} letters", len(self._lines))
        said = words.format(count=len(self._lines))
        if left:
            said = _("{letters}, {left} without a result").format(letters=said, left=left)
        if not self._lines:
            said = _("No letter yet: scan the first slip.")
        self.told.show_text(said, Ink.TEXT_2)

    def _redraw(self) -> None:
        line = self._line()
        self.table.refresh()
        if line is not None:
            self.table.select_key(line.letter.id)
        self._show_line()

    def _on_digit(self, digit: int) -> None:
        offered = self._outcomes()
        if digit <= len(offered):
            self._say(offered[digit - 1])

    def _say(self, outcome: Outcome) -> None:
        """Say what came of the letter; a name that is missing is asked for at once."""
        line = self._line()
        if line is None:
            return
        line.outcome, line.problem = outcome, ""
        self._redraw()
        if line.needs_name and not line.receiver:
            self.receiver.setFocus()

    def _on_rest(self) -> None:
        """Give the first outcome to all letters that have none yet."""
        for line in self._lines:
            line.outcome = line.outcome or self._outcomes()[0]
        self._redraw()

    def _on_typed(self, name: str, words: str) -> None:
        line = self._line()
        if line is not None:
            setattr(line, name, words.strip())
            line.problem = ""
            self._tell()
            self.table.viewport().update()

    def _on_drop(self) -> None:
        """Take the letter off the list."""
        line = self._line()
        if line is not None:
            self._lines.remove(line)
            self._discard(line.files)
            self.table.show_rows(self._lines)
            self._show_line()
            self.scan.setFocus()

    # -- storing

    def keep(self) -> None:
        """Store all letters, or none; each that cannot be says why."""
        if not self._lines:
            self.told.show_text(_("No letter yet: scan the first slip."), Ink.DANGER)
            return
        for line in self._lines:
            line.problem = ""
        try:
            lines = self._round_lines()
            self.stored = note_round(
                self.context.office, lines, by=self.context.staff.id, now=self.context.now()
            )
        except DraftError as refusal:
            self._show_problems(refusal.problems)
        except RuleError as refusal:
            self.told.show_text(str(refusal), Ink.DANGER)
        else:
            self.choose("kept")

    def _round_lines(self) -> list[RoundLine]:
        today = self._opened_at.date()
        common = Common(
            parse_moment(self.at.words(), self.context.now()), self.done_by.words(),
            self.witness.words(), self.reason.words(), today,
        )  # fmt: skip
        lines, problems = [], []
        for place, line in enumerate(self._lines):
            if line.outcome is None:
                problems.append(Problem(str(place), _("Say what came of this letter.")))
                continue
            try:
                lines.append(line.round_line(common))
            except RuleError as refusal:
                problems.append(Problem(str(place), str(refusal)))
        if problems:
            raise DraftError(tuple(problems))
        return lines

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        for problem in problems:
            self._lines[int(problem.field)].problem = problem.text
        self.reason.setVisible(True)
        self.table.refresh()
        self.table.select_key(self._lines[int(problems[0].field)].letter.id)
        self._show_line()

    def reject(self) -> None:
        """Leave; what was typed and not stored is asked about."""
        if self._lines and not self._gives_up():
            return
        for line in self._lines:
            self._discard(line.files)
        super().reject()

    def _discard(self, files: tuple[StagedFile, ...]) -> None:
        if files:
            discard_files(self.context.office, files)

    def _gives_up(self) -> bool:
        count = len(self._lines)
        words = ngettext(
            "{count} letter is not stored yet.", "{count} letters are not stored yet.", count
        )
        return self.context.messages.confirm(
            self, _("Leave without saving?"), words.format(count=count),
            act=_("Leave the form"), keep=_("Go on typing"),
        )  # fmt: skip

    @property
    def stored_words(self) -> str:
        """What the toast says, '' where nothing was stored."""
        if not self.stored:
            return ""
        words = ngettext(
            "{count} letter has its result", "{count} letters have their results", len(self.stored)
        )
        return words.format(count=len(self.stored))


def _row(theme: Theme, *parts: QWidget | str) -> QHBoxLayout:
    row = QHBoxLayout()
    for part in parts:
        row.addWidget(Label(theme, part, ink=Ink.TEXT_3) if isinstance(part, str) else part)
    return row
