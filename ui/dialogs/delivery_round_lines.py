"""A letter of a round, what came of it as far as it is typed, and how the list shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Signal

from propdesk.domain.attachments import StagedFile
from propdesk.domain.delivery_rounds import MEANT, OUTCOME_LABELS, Outcome
from propdesk.domain.dunning import LETTER_STATE_LABELS, Result
from propdesk.domain.dunning_acts import ActDraft
from propdesk.domain.moments import parse_day
from propdesk.i18n import _, _lazy
from propdesk.services.attachments import Staged
from propdesk.services.delivery_rounds import RoundLine
from propdesk.services.queries.letter_rows import LetterRow
from ui.context import AppContext
from ui.dialogs.dunning_act_fields import ProofFiles
from ui.incoming_files import Incoming
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Tone

_SIGNED = frozenset({Outcome.SELF, Outcome.FAMILY, Outcome.AUTHORISED, Outcome.USER})
_TONES = {
    **dict.fromkeys((*_SIGNED, Outcome.ARRIVED), Tone.OK),
    **dict.fromkeys((Outcome.REFUSED, Outcome.DECLINED, Outcome.RETURNED), Tone.WARN),
}


@dataclass(frozen=True, slots=True)
class Common:
    """What all letters of a round share."""

    at: datetime
    done_by: str
    witness: str
    reason: str
    today: date


@dataclass(slots=True)
class Line:
    """A letter of the round."""

    letter: LetterRow
    house: str
    posted_at: datetime | None = None
    outcome: Outcome | None = None
    receiver: str = ""
    express: str = ""
    arrived: str = ""
    note: str = ""
    files: tuple[StagedFile, ...] = ()
    problem: str = ""

    @property
    def needs_name(self) -> bool:
        """Whether somebody else than the debtor signed: his name is asked for."""
        return self.outcome in _SIGNED and self.outcome is not Outcome.SELF

    @property
    def mark(self) -> Mark:
        """What came of it, as a status."""
        if self.problem:
            return Mark(_("Not stored"), Tone.DANGER)
        if self.outcome is None:
            return Mark(_("Nothing yet"), Tone.NEUTRAL)
        return Mark(str(OUTCOME_LABELS[self.outcome]), _TONES.get(self.outcome, Tone.INFO))

    def round_line(self, common: Common) -> RoundLine:
        """Return what is written down of it. Raises RuleError for a day that cannot be read."""
        assert self.outcome is not None  # noqa: S101 - asked for before
        meant, is_signed = MEANT[self.outcome], self.outcome in _SIGNED
        receiver = self.receiver or (self.letter.addressee if is_signed else "")
        if self.needs_name:
            receiver = self.receiver
        is_posted = self.is_posted
        is_back = is_posted and meant.result is not Result.SENT
        arrived = parse_day(self.arrived, common.today) if is_back and self.arrived else None
        at = common.at
        if is_back:  # a receipt is about what was posted, not about the day on which it is typed
            day = arrived or common.today
            at = self.posted_at or datetime.combine(day, common.at.time())
            at = min(at, common.at)
        draft = ActDraft(
            stage=self.letter.stage,
            way=meant.way,
            result=meant.result,
            at=at,
            done_by=common.done_by,
            witness=common.witness,
            receiver=receiver,
            relation=meant.relation,
            address=self.house if is_posted else "",
            express_number=self.express if is_posted else "",
            arrived_on=arrived,
            letter_id=self.letter.id,
            note=self.note,
            override_reason=common.reason,
        )
        return RoundLine(self.letter.unit_id, draft, self.files)

    @property
    def is_posted(self) -> bool:
        """Whether the post brought it."""
        return self.outcome is not None and MEANT[self.outcome].way.value == "ems"


def columns(context: AppContext) -> Sequence[Column]:
    """Return the columns of the list."""
    return (
        Column("house", _lazy("House"), lambda line: line.letter.house, width=96, least=80,
               is_strong=True),
        Column("name", _lazy("Owner"), lambda line: context.shown_names(line.letter.addressee),
               width=90, least=60, rank=1, is_name=True),
        Column("number", _lazy("Demand letter"), lambda line: line.letter.number, width=150,
               least=120, stretches=True),
        Column("state", _lazy("So far"),
               lambda line: str(LETTER_STATE_LABELS[line.letter.state]), width=80, least=70,
               rank=2, is_quiet=True),
        Column("receiver", _lazy("Received by"), lambda line: context.shown_names(line.receiver),
               width=100, least=80, is_name=True),
        Column("express", _lazy("Express number"), lambda line: line.express, width=130, least=90,
               rank=3),
        Column("files", _lazy("Photos"), lambda line: len(line.files) or None, CellKind.COUNT,
               width=56, least=50),
        Column("mark", _lazy("Result"), lambda line: line.mark, CellKind.STATUS, width=160,
               least=130),
    )  # fmt: skip


class RoundFiles(ProofFiles):
    """The photos of the letter that the keyboard is at; those under way go to whose they were.

    `added` comes when a letter has got some.
    """

    added = Signal()

    def __init__(self, context: AppContext, line: Callable[[], Line | None]) -> None:
        super().__init__(context)
        self._line = line
        self._target: Line | None = None

    def show_line(self, line: Line | None) -> None:
        """Show the photos of a letter."""
        self._show_staged(line.files if line else ())

    def can_take(self) -> bool:
        """Tell whether photos may come now: a letter is there, no other lot is under way."""
        return self._line() is not None and super().can_take()

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take photos in for the letter that the keyboard is at."""
        if self.can_take():
            self._target = self._line()
        super().take(coming)

    def arrived(self, result: Staged) -> None:
        """Give them to the letter they were taken for."""
        line = self._target
        if line is not None:
            known = {file.sha256 for file in line.files}
            line.files += tuple(file for file in result.files if file.sha256 not in known)
        self.tell_refused(result.refused)
        self.added.emit()

    def remove(self, place: int) -> None:
        """Leave a photo out."""
        line = self._line()
        if line is not None:
            line.files = tuple(file for n, file in enumerate(line.files) if n != place)
        super().remove(place)
        self.added.emit()
