"""A meter in the list in which readings are typed: what it showed, what was typed, what is odd."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from propdesk.domain.errors import RuleError
from propdesk.domain.meter_readings import MeterReading, MeterStop, ReadingDraft
from propdesk.domain.meters import READING_LABELS, ReadingKind, figure_words, parse_figure
from propdesk.i18n import _, _lazy
from ui.context import AppContext
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Tone

ROWS = 12


@dataclass(slots=True)
class Line:
    """A meter of the list and what was typed for it so far."""

    stop: MeterStop
    on_day: date
    odd_from: int
    words: str = ""
    kind: ReadingKind = ReadingKind.READ
    turned: int = 0
    note: str = ""
    problem: str = ""

    @property
    def reading(self) -> MeterReading | None:
        """What it shows now: what was typed, else what stands there already."""
        if not self.words:
            return self.stop.read
        try:
            value = parse_figure(self.words)
        except RuleError:
            return None
        return MeterReading(self.on_day, value, self.kind, self.turned)

    @property
    def mark(self) -> Mark | None:
        """What is to be said of it: a refusal, a deviation, a kind other than read."""
        if self.problem:
            return Mark(_("Not stored"), Tone.DANGER)
        reading = self.reading
        if reading is None:
            return Mark(_("No figure"), Tone.DANGER) if self.words else None
        return self._doubt(reading) or self._way(reading)

    def _doubt(self, reading: MeterReading) -> Mark | None:
        used, last = self.stop.used_milli(reading), self.stop.last
        if used is not None and used < 0:
            is_estimate = last is not None and last.kind is ReadingKind.ESTIMATED
            return (
                Mark(_("Less than estimated"), Tone.INFO)
                if is_estimate
                else Mark(_("Below the last"), Tone.DANGER)
            )
        deviation = self.stop.deviation(reading)
        if deviation is None or abs(deviation) < self.odd_from:
            return None
        return Mark(f"{deviation:+d} %", Tone.WARN)

    def _way(self, reading: MeterReading) -> Mark | None:
        if reading.kind is not ReadingKind.READ:
            return Mark(str(READING_LABELS[reading.kind]), Tone.INFO)
        return None if self.words else Mark(_("Stored"), Tone.OK)

    @property
    def draft(self) -> ReadingDraft:
        """What is stored of it. Raises RuleError for what is no figure."""
        return ReadingDraft(
            self.stop.meter.id, self.on_day, parse_figure(self.words), self.kind, self.turned,
            self.note,
        )  # fmt: skip

    def typed(self) -> dict[str, str]:
        """Return what was typed as words, for the draft; nothing where nothing was."""
        if not self.words:
            return {}
        turned = str(self.turned or "")
        said = {"words": self.words, "kind": self.kind.value, "turned": turned, "note": self.note}
        return {name: words for name, words in said.items() if words}

    def retype(self, said: Mapping[str, str], problem: str = "") -> None:
        """Show again what `typed` returned."""
        self.words, self.note = said.get("words", ""), said.get("note", "")
        self.kind = ReadingKind(said.get("kind", ReadingKind.READ))
        self.turned, self.problem = int(said.get("turned", 0)), problem

    def clear(self) -> None:
        """Forget what was typed."""
        self.words, self.kind, self.turned = "", ReadingKind.READ, 0
        self.note = self.problem = ""


def used_words(line: Line) -> str:
    """Return what was used by the figure that stands there, '' where nothing says so."""
    reading = line.reading
    used = line.stop.used_milli(reading) if reading else None
    return "" if used is None else figure_words(used)


def last_words(line: Line) -> str:
    """Return the last figure before this day."""
    return figure_words(line.stop.last.value_milli) if line.stop.last else ""


def reading_columns(context: AppContext) -> Sequence[Column]:
    """Return the columns of the list of meters."""
    return (
        Column("house", _lazy("House"), lambda line: line.stop.meter.where, width=110, least=90,
               is_strong=True),
        Column("name", _lazy("Owner"), lambda line: context.shown_names(line.stop.owner),
               width=90, least=60, rank=2, is_name=True),
        Column("meter", _lazy("Meter no."),
               lambda line: " ".join(filter(None, (line.stop.meter.number, line.stop.meter.place))),
               width=130, least=90, stretches=True, rank=1),
        Column("last", _lazy("Last reading"), last_words, width=96, least=80, is_figure=True),
        Column("on", _lazy("Last read"),
               lambda line: f"{line.stop.last.on_day:%Y-%m-%d}" if line.stop.last else "",
               width=104, least=100, rank=3, is_quiet=True),
        Column("value", _lazy("This reading"),
               lambda line: line.words or (figure_words(line.reading.value_milli)
                                           if line.reading else ""),
               width=104, least=80, is_strong=True, is_figure=True),
        Column("used", _lazy("Usage"), used_words, width=84, least=70, is_figure=True),
        Column("mark", _lazy("State"), lambda line: line.mark, CellKind.STATUS,
               width=124, least=110),
    )  # fmt: skip
