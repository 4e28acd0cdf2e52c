"""The next letter of one house: the paper as it will be, and one key that prints it.

What is seen is a draft that is stored nowhere. With the print it gets its number, is frozen and
archived, and the archived file is what the printer gets; printed again, it is that file again.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.demand_stages import FORMAL, WITH_LETTER
from propdesk.domain.dunning import LETTER_STATE_LABELS, STAGE_LABELS, LetterState, Stage
from propdesk.domain.errors import RuleError
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, run_on
from propdesk.services.fee_letter_copies import (
    LetterPreview,
    copy_fee_letters,
    note_fee_letter_prints,
    preview_fee_letter,
    print_fee_letter,
)
from propdesk.services.fee_letters import (
    LetterWish,
    approve_letters,
    make_letters,
    may_approve,
    withdraw_letter,
)
from propdesk.services.printing_fee_letters import print_fee_letters
from propdesk.services.queries.fee_letters import HELD_LABELS, FeeLetter, list_missing
from propdesk.services.queries.letters_due import NextLetter, is_stale, next_letter
from ui.background import Handle, Progress
from ui.context import AppContext
from ui.dialogs.base import Plate
from ui.dialogs.settings_parts import PAPER_LANGUAGE_WORDS
from ui.papers import DrawnPaper, drawing, forget_paper, new_paper, replaced_words
from ui.printer_row import PrinterRow
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label, Surface
from ui.widgets.paper_view import PaperTools, PaperView

_SIZE = (900, 730)
_STAGE_WIDTH, _LANGUAGE_WIDTH = 230, 150


@dataclass(frozen=True, slots=True)
class _Issue:
    """What is to be printed: plain values for the thread that does it."""

    unit_id: int
    stage: Stage
    letter: FeeLetter | None
    stale: str
    language: PaperLanguage
    reason: str


class FeeLetterWindow(Plate):
    """Look at the letter of a house and print it: Ctrl+Enter; `printed` are the letters' ids."""

    def __init__(self, context: AppContext, parent: QWidget, unit_id: int, short: str) -> None:
        super().__init__(context.theme, parent)
        self.context = context
        self.printed: tuple[int, ...] = ()
        self._page = parent
        self._unit_id = unit_id
        self._next: NextLetter = next_letter(unit_id, context.now().date())
        self._file: Path | None = None
        self._files: list[Path] = []
        self._job: Handle | None = None
        self._missing: tuple[str, ...] = ()
        self._is_sending = self._has_ended = False
        self._title = _("Letter to {house}").format(house=short)
        self.setWindowTitle(self._title)
        self.view = PaperView(context.theme, context.background, self._title)
        self._build(context.theme)
        self.take_size(*_SIZE)
        self._show_state()
        self._draw()

    # -- building

    def _build(self, theme: Theme) -> None:
        self.stage = PickField(theme, _("Stage"), self._stages())
        self.stage.choose(str(self._next.stage.value))
        self.stage.setFixedWidth(theme.px(_STAGE_WIDTH))
        languages = [Choice(one.value, str(word)) for one, word in PAPER_LANGUAGE_WORDS.items()]
        self.language = PickField(theme, _("Language of the paper"), languages)
        self.language.choose(self.context.settings.paper_language.value)
        self.language.setFixedWidth(theme.px(_LANGUAGE_WIDTH))
        for field in (self.stage, self.language):
            field.picked.connect(self._on_picked)
        self.reason = LineField(
            theme,
            _("Reason for urging all the same"),
            placeholder=_("Why this house is urged all the same"),
        )
        self.banner = Banner(theme, Tone.INFO, "info")
        self.lacks = Label(theme, ink=Ink.WARN, wrap=True)
        self.lacks.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        self.column.addWidget(self._head(theme))
        self.column.addWidget(self.banner)
        self.column.addWidget(self.lacks)
        self.column.addWidget(self._reason_row(theme))
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self._foot(theme))
        self.view.show_words(_("Drawing the paper…"))
        self.view.left.connect(self.reject)
        self.finished.connect(self._on_finished)

    def _stages(self) -> list[Choice]:
        return [
            Choice(str(stage.value), f"{stage.value}  {STAGE_LABELS[stage]}")
            for stage in sorted(WITH_LETTER)
        ]

    def _head(self, theme: Theme) -> Surface:
        head = Surface(theme, line_below=True)
        row = QHBoxLayout(head)
        row.setContentsMargins(Space.L, 0, Space.S, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(Label(theme, self._title, size=Size.TITLE, bold=True, elide=True), 1)
        row.addWidget(self.stage)
        row.addWidget(self.language)
        row.addWidget(PaperTools(theme, self.view))
        return head

    def _reason_row(self, theme: Theme) -> QWidget:
        self._reasons = Surface(theme)
        row = QHBoxLayout(self._reasons)
        row.setContentsMargins(Space.L, Space.XS, Space.L, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(Label(theme, _("Reason for urging all the same")))
        row.addWidget(self.reason, 1)
        return self._reasons

    def _foot(self, theme: Theme) -> Surface:
        foot = Surface(theme, "alt", line_above=True)
        row = QHBoxLayout(foot)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.XS)
        row.setSpacing(Space.S)
        self._printers = PrinterRow(self.context, self._page)
        self._printers.busy_changed.connect(self._on_busy)
        self._printers.sent.connect(self.accept)
        self.view.shown.connect(self._printers.show_paper)
        close = Button(theme, _("Close"), hint="Esc")
        close.clicked.connect(self.reject)
        self._print = Button(theme, _("Print"), kind=Kind.PRIMARY, icon="printer")
        self._print.set_shortcut("Ctrl+Enter")
        self._print.clicked.connect(self.keep)
        for keys in ("Ctrl+Return", "Ctrl+P"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.keep)
        row.addWidget(self._printers, 1)
        row.addSpacing(Space.XXL)
        row.addWidget(close)
        row.addWidget(self._print)
        return foot

    # -- what is shown

    def _chosen(self) -> Stage:
        return Stage(int(self.stage.value()))

    def _standing(self) -> FeeLetter | None:
        """Return the letter of the chosen stage that exists and did not go out."""
        waiting = self._next.waiting
        return waiting if waiting is not None and waiting.stage is self._chosen() else None

    def _stale(self) -> FeeLetter | None:
        """Return a standing letter that no longer says what is open: a new one takes its place."""
        letter = self._standing()
        return letter if letter and is_stale(letter, self.context.now().date()) else None

    def _letter(self) -> FeeLetter | None:
        return None if self._stale() else self._standing()

    def _is_held(self) -> bool:
        return self._next.house.held is not None and self._chosen() is not Stage.NOTICE

    def _show_state(self) -> None:
        """Say what stands in the way, what waits, or since when the stage is due."""
        letter, following = self._letter(), self._next
        held = following.house.held
        said: list[str] = []
        if self._is_held() and held is not None and letter is None:
            said.append(
                _("This house is left alone for now: {why} {ticket}").format(
                    why=HELD_LABELS[held], ticket=following.house.ticket
                ).rstrip()
            )  # fmt: skip
        if letter is not None:
            said.append(
                _("Letter {number} of {day} exists and did not go out: {state}.").format(
                    number=letter.number,
                    day=letter.dated_on,
                    state=LETTER_STATE_LABELS[letter.state],
                )
            )
        elif not following.is_ripe and self._chosen() is following.stage and following.ripe_on:
            said.append(_("By the stages it is due from {day} on.").format(day=following.ripe_on))
        asks = self._is_held() and letter is None
        self._reasons.setVisible(asks)
        tone, icon = (Tone.WARN, "circle-pause") if asks else (Tone.INFO, "info")
        self.banner.show_banner(tone, icon, run_on(*said))
        if asks:
            self.reason.setFocus()
        else:
            self.view.setFocus()

    def _on_picked(self, _key: str) -> None:
        self._show_state()
        self._draw()

    def _draw(self) -> None:
        """Have the letter drawn as it is chosen now."""
        if self._job is not None:
            self._job.cancel()
        self._missing = ()
        self._tell_lacks("")
        file = self._new_file()
        context, letter, stage = self.context, self._letter(), self._chosen()
        office, by, now = context.office, context.staff.id, context.now()
        language, unit_id = PaperLanguage(self.language.value()), self._unit_id

        def draw(_progress: Progress) -> tuple[DrawnPaper, tuple[str, ...]]:
            if letter is not None:
                drawn = print_fee_letter(office, letter, file, by=by, now=now, language=language)
                return drawn, tuple(one.sentence for one in list_missing(letter))
            preview: LetterPreview = preview_fee_letter(
                stage, unit_id, file, by=by, now=now, language=language
            )
            return preview, tuple(one.sentence for one in preview.missing)

        self._job = context.background.run(
            drawing(context, draw), lambda done: self._on_drawn(file, *done), self._on_undrawn
        )

    def _new_file(self) -> Path:
        file = new_paper(self.context)
        self._files.append(file)
        return file

    def is_settled(self) -> bool:
        """Tell whether the paper is in sight, sharp."""
        return self._job is None and self.view.is_settled()

    def _on_drawn(self, file: Path, drawn: DrawnPaper, missing: tuple[str, ...]) -> None:
        self._job, self._file, self._missing = None, file, missing
        self._tell_lacks(run_on(*missing) or replaced_words(drawn.replaced_characters))
        self.view.show_file(file)

    def _on_undrawn(self, error: BaseException) -> None:
        self._job = None
        if not isinstance(error, RuleError):
            raise error
        self.view.show_words(str(error))

    def _tell_lacks(self, words: str) -> None:
        self.lacks.show_text(words)
        self.lacks.setVisible(bool(words))

    # -- printing

    def keep(self) -> None:
        """Give the letter its number, archive it, and send the archived file to the printer."""
        if self._job is not None or self._is_sending:
            return
        if self.printed and self._file is not None:
            self._send_again()
            return
        issue = self._issue()
        if issue is None:
            return
        context, file = self.context, self._new_file()
        office, staff, now = context.office, context.staff, context.now()

        def make(_progress: Progress) -> tuple[int, ...]:
            letter = issue.letter
            ids: tuple[int, ...]
            if letter is not None and letter.printed_at is not None:
                copy_fee_letters(office, [letter.id], file, by=staff.id)
                note_fee_letter_prints([letter.id], by=staff.id)
                return (letter.id,)
            if issue.stale:
                withdraw_letter(issue.stale, _("Out of date"), by=staff.id, now=now)
            if letter is not None:
                ids, is_draft = (letter.id,), letter.state is LetterState.DRAFT
            else:
                wish = LetterWish(again=True, override_reason=issue.reason, language=issue.language)
                made = make_letters(issue.stage, [issue.unit_id], by=staff.id, now=now, wish=wish)
                ids, is_draft = made.letter_ids, issue.stage in FORMAL
            if is_draft:
                approve_letters(ids, by=staff.id, now=now)
            print_fee_letters(office, ids, file, by=staff.id, now=now, language=issue.language)
            return ids

        self._print.setEnabled(False)
        self._job = context.background.run(
            drawing(context, make), lambda ids: self._on_issued(file, ids), self._on_refused
        )

    def _issue(self) -> _Issue | None:
        """Return what is printed; say what keeps it from that."""
        stage, letter = self._chosen(), self._letter()
        title = _("This was not printed")
        if self._missing and stage in FORMAL and (letter is None or letter.printed_at is None):
            self.context.messages.tell(self, title, run_on(*self._missing))
            return None
        is_draft = letter.state is LetterState.DRAFT if letter else stage in FORMAL
        if is_draft and not may_approve(self.context.staff):
            self.context.messages.tell(
                self,
                title,
                _(
                    "A formal demand is read and approved before it is printed. Make it as a "
                    "draft under «Letters», and ask who approves letters."
                ),
            )
            return None
        if self._is_held() and letter is None and not self.reason.words():
            self.context.messages.tell(
                self, title, _("Give the reason if this house is urged all the same.")
            )
            self.reason.setFocus()
            return None
        stale = self._stale()
        if stale is not None and stale.printed_at is not None and not self._may_replace(stale):
            return None
        return _Issue(
            self._unit_id,
            stage,
            letter,
            stale.number if stale is not None else "",
            PaperLanguage(self.language.value()),
            self.reason.words() if self._is_held() else "",
        )

    def _may_replace(self, printed: FeeLetter) -> bool:
        """Ask before a letter on paper is taken back: somebody may have handed it over."""
        return self.context.messages.confirm(
            self,
            _("Was the printed letter handed over?"),
            _(
                "Letter {number} was printed on {day}; since then the bills have changed. If it "
                "was handed over, note that first: then it counts. If not, it is taken back and "
                "this one goes out instead."
            ).format(number=printed.number, day=printed.dated_on),
            act=_("Not handed over: take it back"),
            keep=_("Leave both as they are"),
            is_danger=False,
        )

    def _on_issued(self, file: Path, letter_ids: tuple[int, ...]) -> None:
        self._job, self._file, self.printed = None, file, letter_ids
        self._print.setEnabled(True)
        for field in (self.stage, self.language, self.reason):
            field.setEnabled(False)
        self.banner.show_banner(Tone.INFO, "info", "")
        self._tell_lacks("")
        self.view.show_file(file)
        self.context.changes.fees_changed.emit()
        self._printers.print_paper(file, self._title)

    def _send_again(self) -> None:
        """Give the archived file to the printer once more, where the first try failed."""
        ids, by = self.printed, self.context.staff.id
        title = _("The print was not noted")
        if self._file is not None and self.context.attempt(
            self, title, lambda: note_fee_letter_prints(ids, by=by)
        ):
            self._printers.print_paper(self._file, self._title)

    def _on_refused(self, error: BaseException) -> None:
        self._job = None
        self._print.setEnabled(True)
        self._next = next_letter(self._unit_id, self.context.now().date())
        self.context.explain(self, _("This was not printed"), error)
        self._show_state()

    def _on_busy(self, is_sending: bool) -> None:
        self._is_sending = is_sending
        self._print.setEnabled(not is_sending)
        self._leave()

    def _on_finished(self) -> None:
        self._has_ended = True
        if self._job is not None:
            self._job.cancel()
        self._printers.stop()
        self.view.stop()
        self._leave()

    def _leave(self) -> None:
        """Forget the papers once the window is closed and the printer has the last one."""
        if self._has_ended and not self._is_sending:
            for file in self._files:
                forget_paper(file)
            self.deleteLater()
