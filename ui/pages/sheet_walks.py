"""Who walked a round, from when to when, in what weather: proposed, and typed in four digits."""

from dataclasses import dataclass
from datetime import datetime, time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_results import Sheet, SheetRound, Walk
from propdesk.domain.moments import parse_past
from propdesk.i18n import _
from propdesk.services.queries.inspection_counts import find_walker
from propdesk.services.queries.staff import list_staff
from ui.context import AppContext
from ui.theme import Ink, Size, Space
from ui.widgets.fields import LineField, mark_bad
from ui.widgets.labels import Label
from ui.widgets.proposals import Proposals

_CLOCK, _WALKER, _WEATHER = 58, 92, 108


@dataclass(slots=True)
class TypedWalk:
    """What was typed of a round's walk."""

    walker: str = ""
    start: str = ""
    end: str = ""


class WalkFields(QWidget):
    """The fields of the round whose column the keyboard is in; each round keeps its own words.

    What is proposed is the planned time as the start and, on the day itself, the present as the
    end: both stand there to be changed, and the end of an older sheet is left to be typed.
    """

    edited = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self._sheet: Sheet | None = None
        self._round_id = 0
        self._typed: dict[int, TypedWalk] = {}
        self.walker = LineField(theme, _("Walked by"), width=_WALKER, longest=60)
        self.start = LineField(theme, _("Began at"), width=_CLOCK, longest=20)
        self.end = LineField(theme, _("Ended at"), width=_CLOCK, longest=20)
        self.weather = LineField(
            theme, _("Weather"), width=_WEATHER, longest=60, placeholder=_("Weather"), is_last=True
        )
        self.walker.setCompleter(Proposals([one.name for one in list_staff()], self.walker))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, 0, Space.XL, 0)
        row.setSpacing(Space.S)
        for widget in (
            Label(theme, _("Walked by"), ink=Ink.TEXT_3, size=Size.SMALL),
            self.walker,
            self.start,
            Label(theme, "–", ink=Ink.TEXT_3),
            self.end,
            self.weather,
        ):
            row.addWidget(widget)
        row.addStretch(1)
        for field in self.fields():
            field.textEdited.connect(lambda _words: self._on_edited())
        self.weather.finished.connect(self.entered)

    def fields(self) -> tuple[LineField, ...]:
        """Return the fields in their order."""
        return self.walker, self.start, self.end, self.weather

    # -- filling

    def show_sheet(self, sheet: Sheet, weather: str, *, can_write: bool) -> None:
        """Propose what is known of each round of a sheet."""
        is_same = self._sheet is not None and self._sheet.id == sheet.id
        kept = self._typed if is_same else {}
        self._sheet = sheet
        self._typed = {
            one.round_id: self._proposed(sheet, one)
            if one.is_done or one.round_id not in kept
            else kept[one.round_id]
            for one in sheet.rounds
        }
        if not is_same or not self.weather.words():
            self.weather.show_words(sheet.weather or weather)
        for field in self.fields():
            field.setReadOnly(not can_write)
        self.show_round(sheet.rounds[0].round_id if not is_same else self._round_id)

    def _proposed(self, sheet: Sheet, one: SheetRound) -> TypedWalk:
        now = self._context.now().replace(tzinfo=None, second=0, microsecond=0)
        walker = one.walker or sheet.walker or find_walker(sheet.plan_id)
        if one.done_at is not None:
            start = self._words(one.started_at) if one.started_at else ""
            return TypedWalk(walker, start, self._words(one.done_at))
        is_still_to_come = False
        start = self._words(one.started_at) if one.started_at is not None else ""
        if one.clock and not start:
            is_still_to_come = datetime.combine(sheet.day, _clock(one.clock)) > now
            start = "" if is_still_to_come else one.clock
        ends_now = sheet.day == now.date() and not is_still_to_come
        return TypedWalk(walker, start, f"{now:%H:%M}" if ends_now else "")

    def _words(self, at: datetime) -> str:
        is_of_day = self._sheet is not None and at.date() == self._sheet.day
        return f"{at:%H:%M}" if is_of_day else f"{at:%m-%d %H:%M}"

    def show_round(self, round_id: int) -> None:
        """Show the words of another round; a done one cannot be changed any more."""
        if self._sheet is None or round_id not in self._typed:
            return
        self._round_id = round_id
        typed = self._typed[round_id]
        for field, words in (
            (self.walker, typed.walker), (self.start, typed.start), (self.end, typed.end),
        ):  # fmt: skip
            if field.text() != words:
                field.show_words(words)
            mark_bad(field, is_bad=False)
        is_done = any(one.is_done for one in self._sheet.rounds if one.round_id == round_id)
        for field in (self.walker, self.start, self.end):
            field.setEnabled(not is_done)

    # -- reading

    def walk(self, round_id: int) -> Walk:
        """Return who walked a round when. Raises RuleError for what cannot be read or is missing.

        The field that is wrong is marked and gets the keyboard.
        """
        assert self._sheet is not None  # noqa: S101 - asked for shown sheets only
        self.show_round(round_id)
        typed, now = self._typed[round_id], self._context.now()
        day = datetime.combine(self._sheet.day, time())
        start = self._read(self.start, typed.start, day, now) if typed.start else None
        if not typed.end:
            self.point_at_end()
            raise RuleError("walk-missing", _("Say when the round ended."))
        end = self._read(self.end, typed.end, start or day, now)
        return Walk(typed.walker, start, end)

    def _read(self, field: LineField, words: str, since: datetime, now: datetime) -> datetime:
        try:
            return parse_past(words, since, now)
        except RuleError:
            self._point_at(field)
            raise

    def point_at_end(self) -> None:
        """Give the end of the round the keyboard: it is missing or cannot be."""
        self._point_at(self.end)

    def _point_at(self, field: LineField) -> None:
        mark_bad(field, is_bad=True)
        field.setFocus()
        field.selectAll()

    def _on_edited(self) -> None:
        typed = TypedWalk(self.walker.words(), self.start.words(), self.end.words())
        self._typed[self._round_id] = typed
        for field in (self.start, self.end):
            mark_bad(field, is_bad=False)
        self.edited.emit()

    # -- drafts

    def typed(self) -> dict[str, list[str]]:
        """Return what stands there, for a draft."""
        return {
            str(round_id): [one.walker, one.start, one.end] for round_id, one in self._typed.items()
        }

    def retype(self, typed: dict[str, list[str]], weather: str) -> None:
        """Put back what a draft kept."""
        for round_id in self._typed:
            said = typed.get(str(round_id))
            if said is not None and len(said) == len(("walker", "start", "end")):
                self._typed[round_id] = TypedWalk(*said)
        self.weather.show_words(weather)
        self.show_round(self._round_id)


def _clock(words: str) -> time:
    return time.fromisoformat(words)
