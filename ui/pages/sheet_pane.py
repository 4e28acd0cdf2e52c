"""The right half of the inspections page: the sheet as it was printed, entered by the keyboard.

F8 ticks what is in order, digits tick the exceptions, F7 stores and goes on to the next sheet, F9
writes the ticket of what is not in order. What was typed and not stored is here again after a
crash.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from propdesk.domain.errors import RuleError
from propdesk.domain.findings import Finding, FindingState
from propdesk.domain.inspection_results import Answer, Sheet, Walk
from propdesk.domain.sheet_entry import CellKey, SheetEntry
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.inspection_results import AnswersError, Entered, enter_results
from propdesk.services.queries.inspection_files import list_round_files
from propdesk.services.queries.inspection_sheets import get_sheet, list_answers
from propdesk.services.queries.rounds import get_round
from propdesk.services.queries.sheet_findings import list_sheet_findings
from ui.context import AppContext
from ui.dialogs.round_dialogs import CorrectionDialog
from ui.dialogs.round_files_dialog import RoundFilesDialog
from ui.finding_acts import write_ticket
from ui.incoming_files import Drops, Incoming
from ui.pages.house_part import inset
from ui.pages.inspection_words import may, missed_words, stored_words
from ui.pages.sheet_acts import ask_leave, follow_ticket, print_order, settle
from ui.pages.sheet_drafts import SheetDraft, Typed
from ui.pages.sheet_grid import SheetGrid
from ui.pages.sheet_head import SheetHead
from ui.pages.sheet_strip import CellStrip
from ui.pages.sheet_trend import SheetTrend
from ui.pages.sheet_walks import WalkFields
from ui.theme import Space, Tone
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Surface
from ui.widgets.panes import ActionBar

_NAMED = 3


class SheetPane(Surface):
    """One sheet. `stored` comes with what was done in words, `next_wanted` when it goes on.

    `left` comes with Esc, `menu_wanted` with the button of what is rare.
    """

    left = Signal()
    stored = Signal(str)
    next_wanted = Signal()
    menu_wanted = Signal()
    make_up_wanted = Signal()
    ticket_written = Signal(object)  # the Ticket

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self.sheet: Sheet | None = None
        self.entry: SheetEntry | None = None
        self._can_write = False
        self._draft = SheetDraft(self, context, self._typed)
        theme = context.theme
        self.head = SheetHead(theme)
        self.restored = Banner(theme)
        self.missed = Banner(theme)
        self._missed_of = 0
        self.walks = WalkFields(context)
        self.grid = SheetGrid(theme)
        self.strip = CellStrip(theme)
        self.trend = SheetTrend(context)
        self._build()
        self._connect()

    # -- building

    def _build(self) -> None:
        theme = self._context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self.head)
        column.addWidget(self.walks)
        column.addLayout(inset(self.missed))
        column.addLayout(inset(self.restored))
        column.addWidget(self.grid, 1)
        column.addWidget(self.strip)
        column.addWidget(self.trend)
        self.save = Button(
            theme, _("Save and next"), kind=Kind.PRIMARY, icon="check", shortcut="F7"
        )
        self.all_right = Button(theme, _("All in order"), shortcut="F8")
        self.ticket = Button(theme, _("To a ticket"), shortcut="F9")
        self.photos = Button(theme, _("Photos"), kind=Kind.QUIET, icon="camera", shortcut="Ctrl+I")
        column.addWidget(ActionBar(theme, [self.save, self.ticket, self.all_right], [self.photos]))

    def _connect(self) -> None:
        self.save.clicked.connect(self._on_save)
        self.all_right.clicked.connect(self._on_all_right)
        self.ticket.clicked.connect(self._on_ticket)
        self.photos.clicked.connect(self._on_photos)
        self.head.more.clicked.connect(self.menu_wanted)
        self.restored.followed.connect(self._start_afresh)
        self.missed.followed.connect(self.make_up_wanted)
        self.walks.edited.connect(self._draft.touch)
        self.walks.entered.connect(self.grid.take_focus)
        self.grid.edited.connect(self._on_edited)
        self.grid.cell_changed.connect(self._on_cell)
        self.grid.finished.connect(self.save.setFocus)
        self.grid.left.connect(self.left)
        self.grid.noted.connect(self.strip.take_note)
        self.strip.edited.connect(self._on_edited)
        self.strip.done.connect(self._on_noted)
        self.strip.ticket_wanted.connect(self._on_ticket)
        self.strip.settle_wanted.connect(self._on_settle)
        self.strip.ticket_followed.connect(self._on_follow)
        self.strip.print_wanted.connect(self._on_print_order)
        for keys, act in (
            ("F2", self.strip.take_note),
            ("F3", self.strip.take_photos),
            ("F4", self._on_settle),
            ("F5", self._on_walk),
            ("F6", self.strip.take_score),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        Drops(self, self._on_dropped, self._context.now)

    # -- filling

    def show_sheet(
        self, sheet: Sheet, weather: str, round_id: int | None = None, cell: CellKey | None = None
    ) -> None:
        """Show a sheet with what stands in it, and what was typed of it before."""
        is_other = self.sheet is None or self.sheet.id != sheet.id
        if is_other and self.is_typed():
            self._draft.keep()
        if is_other or not self.is_typed():
            self._load(sheet, weather)
        if is_other:
            self._restore()
        if cell is not None:
            self.grid.go_to_cell(cell)
        elif round_id is not None and is_other:
            self.grid.go_to_round(round_id)

    def _load(self, sheet: Sheet, weather: str) -> None:
        """Read a sheet as it is stored."""
        self.sheet = sheet
        self.entry = SheetEntry(sheet, [one.answer for one in list_answers(sheet.id)])
        is_void = sheet.voided_at is not None
        self._can_write = may(self._context.staff, Right.DO_ROUNDS) and not is_void
        self.walks.show_sheet(sheet, weather, can_write=self._can_write)
        self.trend.forget()
        self._missed_of = 0
        self.findings = list_sheet_findings(sheet.id)
        self.grid.show_entry(self.entry, self.findings, can_write=self._can_write)
        self._show_head()
        for button in (self.save, self.all_right, self.ticket):
            button.setVisible(self._can_write)

    def refill(self) -> None:
        """Read the sheet anew; what is half typed stays as it is."""
        if self.sheet is None or self.entry is None:
            return
        if self.is_typed():
            self.findings = list_sheet_findings(self.sheet.id)
            self.grid.show_findings(self.findings)
            self._on_cell()
        else:
            self._load(get_sheet(self.sheet.number), self.walks.weather.words())

    def enter(self) -> None:
        """Put the keyboard into the cell where the clerk goes on."""
        self.grid.take_focus()

    def _show_head(self) -> None:
        if self.entry is not None:
            self.head.show_entry(self.entry)
        self._count_photos()

    def _count_photos(self) -> None:
        round_id = self.grid.round_id
        count = len(list_round_files(round_id)) if round_id is not None else 0
        self.photos.show_word(_("Photos {count}").format(count=count) if count else _("Photos"))

    def _on_cell(self) -> None:
        """Follow the keyboard: the walk of its column, note, finding and course of its cell."""
        entry, key = self.entry, self.grid.current
        if entry is None or self.sheet is None:
            return
        if key is not None:
            self.walks.show_round(key[0])
            self._show_missed(key[0])
        finding = self.findings.get(key) if key is not None else None
        self.strip.show_cell(entry, key, finding, can_write=self._can_write)
        self.trend.show_cell(entry, key, self._context.now())

    def _show_missed(self, round_id: int) -> None:
        """Say over the sheet that the round of this column was missed, and offer to make up."""
        if round_id == self._missed_of:
            return
        self._missed_of = round_id
        context = self._context
        missed = missed_words(get_round(round_id, context.now()))
        link = _("Make up for it") if missed and may(context.staff, Right.PLAN_ROUNDS) else ""
        self.missed.show_banner(Tone.WARN, "triangle-alert", missed, link)

    def _on_edited(self) -> None:
        self._on_cell()
        self.grid.refresh()
        if self.entry is not None:
            self.head.show_entry(self.entry)
        self._draft.touch()

    # -- what is half typed

    def is_typed(self) -> bool:
        """Tell whether something was typed that is not stored."""
        return self.entry is not None and self.entry.is_changed()

    def keep(self) -> None:
        """Keep what is half typed: the window closes."""
        if self.is_typed():
            self._draft.keep()

    def may_leave(self) -> bool:
        """Ask what becomes of a half-typed sheet before another is shown; False stays here."""
        if not self.is_typed() or self.sheet is None:
            return True
        chosen = ask_leave(self._context, self, self.sheet.number)
        if chosen == "keep":
            self._draft.keep()
        elif chosen == "drop":
            self._forget()
        return chosen != "back"

    def _typed(self) -> Typed | None:
        if self.entry is None or not self.entry.is_changed():
            return None
        return {
            "cells": self.entry.typed(),
            "walks": self.walks.typed(),
            "weather": self.walks.weather.words(),
        }

    def _restore(self) -> None:
        self.restored.show_banner(Tone.INFO, "file-clock", "")
        found = self._draft.find(self.sheet.number) if self.sheet is not None else None
        if found is None or self.entry is None:
            return
        typed, at = found
        self.entry.retype(typed.get("cells", {}))
        self.walks.retype(typed.get("walks", {}), str(typed.get("weather", "")))
        if not self.entry.is_changed():
            self._draft.drop()
            return
        self.grid.show_entry(self.entry, self.findings, can_write=self._can_write)
        self._show_head()
        words = _("What was typed at {time} is here again").format(time=f"{at:%m-%d %H:%M}")
        self.restored.show_banner(Tone.INFO, "file-clock", words, _("Start afresh"))

    def _start_afresh(self) -> None:
        self._forget()
        self.enter()

    def _forget(self) -> None:
        """Forget what was typed, and show what is stored."""
        self._draft.drop()
        self.restored.show_banner(Tone.INFO, "file-clock", "")
        if self.sheet is not None:
            self._load(get_sheet(self.sheet.number), self.walks.weather.words())

    # -- typing

    def _on_all_right(self) -> None:
        """Tick what is still empty in this round as in order, and go to what is left to type."""
        if self.entry is None or self.grid.round_id is None:
            return
        self.entry.tick_in_order(self.grid.round_id)
        self._on_edited()
        if not self.grid.go_to_empty():
            self.save.setFocus()

    def _on_noted(self) -> None:
        self.grid.take_focus()
        self.grid.go_on()

    def _on_walk(self) -> None:
        self.walks.end.setFocus()
        self.walks.end.selectAll()

    # -- storing

    def _on_save(self) -> None:
        """Store, then go on: to a finding, to what is still empty, to the next sheet."""
        entry = self.entry
        if entry is None:
            return
        if not entry.is_changed():
            self.next_wanted.emit()
            return
        entered = self.store()
        if entered is None or self.entry is None:
            return
        number = entered.sheet.number
        self.stored.emit(stored_words(entered, len(self.entry.stored)))
        if self.sheet is None or self.sheet.number != number:
            return
        opened = [key for key, one in self.findings.items() if one.standing is FindingState.OPEN]
        if entered.findings and opened:
            self.grid.go_to(opened[0])
        elif not self.grid.go_to_empty():
            self.next_wanted.emit()

    def store(self) -> Entered | None:
        """Store what was typed; None where something is not right, which has the keyboard then."""
        entry, sheet, context = self.entry, self.sheet, self._context
        if entry is None or sheet is None or not self._answers_are_whole(entry):
            return None
        reason = self._reason(entry)
        if reason is None:
            return None
        keys = entry.changed()
        corrected = set(entry.corrected())
        answers = [entry.answer(key, reason if key in corrected else "") for key in keys]
        try:
            walks = self._walks(sheet, answers)
            entered = enter_results(
                sheet.number, answers, walks, weather=self.walks.weather.words(),
                by=context.staff.id, now=context.now(),
            )  # fmt: skip
        except AnswersError as refusal:
            self._show_problems(
                {(one.round_id, one.position, one.item_id): words
                 for one, words in reversed(refusal.problems)}
            )  # fmt: skip
            return None
        except RuleError as refusal:
            context.messages.tell(self, _("Nothing was stored yet"), str(refusal))
            if refusal.code.startswith("walk-"):
                self.walks.point_at_end()
            return None
        self._draft.drop()
        self.restored.show_banner(Tone.INFO, "file-clock", "")
        self._load(entered.sheet, self.walks.weather.words())
        context.changes.inspections_changed.emit()
        return entered

    def _answers_are_whole(self, entry: SheetEntry) -> bool:
        """Tell whether each cell can be read; the first that cannot gets the keyboard."""
        problems: dict[CellKey, str] = {}
        for key in entry.noted_only():
            problems[key] = _("There is a note; say as well what was seen.")
        for key in entry.emptied():
            problems[key] = _("What was entered stays; type what is right instead.")
            entry.restore(key)
        for key in entry.changed():
            try:
                entry.answer(key)
            except RuleError as refusal:
                problems[key] = str(refusal)
        self._show_problems(problems)
        return not problems

    def _show_problems(self, problems: dict[CellKey, str]) -> None:
        if self.entry is None or not problems:
            return
        self.entry.problems = dict(problems)
        order = [
            key
            for one in self.entry.sheet.rounds
            for key in self.entry.keys(one.round_id)
            if key in problems
        ]
        self.grid.go_to(order[0])
        self.grid.refresh()
        self._on_cell()
        if self.entry.item(order[0]).photo and not self.entry.cell(order[0]).photos.strip():
            self.strip.take_photos()

    def _reason(self, entry: SheetEntry) -> str | None:
        """Return why stored results are corrected, asked once; None where it is left."""
        corrected = entry.corrected()
        if not corrected:
            return ""
        names = [entry.item(key).name for key in corrected[:_NAMED]]
        more = " ..." if len(corrected) > _NAMED else ""
        dialog = CorrectionDialog(self._context, self, ", ".join(names) + more)
        dialog.ask()
        reason: str | None = dialog.stored
        return reason

    def _walks(self, sheet: Sheet, answers: list[Answer]) -> dict[int, Walk]:
        """Return the walks of the rounds that are entered now. Raises RuleError."""
        touched = {answer.round_id for answer in answers}
        return {
            one.round_id: self.walks.walk(one.round_id)
            for one in sheet.rounds
            if one.round_id in touched and not one.is_done
        }

    # -- findings

    def _finding(self) -> Finding | None:
        key = self.grid.current
        return self.findings.get(key) if key is not None and self.sheet is not None else None

    def _on_ticket(self) -> None:
        """Write the ticket of the finding at the keyboard; what is typed is stored before."""
        if self.is_typed():
            key = self.grid.current
            entered = self.store()
            if entered is None or key is None:
                return
            self.grid.go_to(key)
        finding, context = self._finding(), self._context
        if finding is None:
            self.stored.emit(_("Nothing is wrong here: choose what is not in order."))
            return
        if finding.standing is not FindingState.OPEN:
            self._on_follow()
            return
        ticket = write_ticket(context, self, finding.id)
        if ticket is not None:
            self.refill()
            self.enter()
            self.ticket_written.emit(ticket)

    def _on_settle(self) -> None:
        """Settle a stored finding; of one that is typed say that it was put right on the spot."""
        finding = self._finding()
        if finding is None:
            self.strip.toggle_fixed()
        elif self._can_write:
            if settle(self._context, self, finding):
                self.refill()
            self.enter()

    def _on_follow(self) -> None:
        finding = self._finding()
        if finding is not None:
            follow_ticket(self._context, finding)

    def _on_print_order(self) -> None:
        finding = self._finding()
        if finding is not None:
            print_order(self._context, self, finding)

    # -- photos

    def _on_photos(self) -> None:
        self._open_photos()

    def _open_photos(self, coming: list[Incoming] | None = None) -> None:
        round_id = self.grid.round_id
        if round_id is None or self.sheet is None:
            return
        dialog = RoundFilesDialog(self._context, self, round_id, self.sheet.title)
        if coming:
            dialog.take(coming)
        dialog.ask()
        self._count_photos()
        self.enter()

    def _on_dropped(self, coming: list[Incoming]) -> None:
        if self._can_write:
            self._open_photos(coming)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the cells with Esc, and from there to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.enter()
            return
        super().keyPressEvent(event)
