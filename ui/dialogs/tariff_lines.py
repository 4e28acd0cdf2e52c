"""Steps and floors of a price, line by line: nobody has to know how they are written in one."""

from collections.abc import Sequence

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fee_tiers import Tier
from propdesk.domain.money import parse_price, parse_quantity, price_words, quantity_words
from propdesk.domain.tariffs import FloorFactor
from propdesk.i18n import _
from ui.theme import Theme
from ui.widgets.fields import LineField
from ui.widgets.growing_lines import GrowingLines

_FIELD = 150


def _problem(field: str, number: int, words: object) -> DraftError:
    sentence = _("Line {line}: {problem}").format(line=number, problem=words)
    return DraftError((Problem(field, sentence),))


class _Step:
    """Up to which usage, at which price."""

    def __init__(self, theme: Theme) -> None:
        self.limit = LineField(
            theme, _("Usage up to"), placeholder=_("no upper limit"), width=_FIELD, longest=14
        )
        self.price = LineField(theme, _("Price of this step"), width=_FIELD, longest=14)
        self.fields = self.typed = (self.limit, self.price)


class TierLines(GrowingLines[_Step]):
    """The steps; the last one has no limit."""

    shown_lines = 4
    most_lines = 9

    def words_above(self) -> Sequence[str]:
        """Return the heads."""
        return _("Usage up to"), _("Price of this step")

    def make_line(self) -> _Step:
        """Return an empty line."""
        return _Step(self._theme)

    def show_tiers(self, tiers: Sequence[Tier]) -> None:
        """Show what stands."""
        for tier in tiers:
            line = self.rows[-1]
            if tier.limit_milli is not None:
                line.limit.show_words(quantity_words(tier.limit_milli).replace(",", ""))
            line.price.show_words(price_words(tier.price_e4))

    def tiers(self) -> tuple[Tier, ...]:
        """Return the steps. Raises DraftError for `tiers`, the line named."""
        found = []
        for number, line in enumerate(self.filled(), start=1):
            words = line.limit.words()
            try:
                limit = parse_quantity(words) if words else None
                found.append(Tier(limit, parse_price(line.price.words())))
            except RuleError as refusal:
                raise _problem("tiers", number, refusal) from refusal
        return tuple(found)


class _Storeys:
    """From which floor to which, and what they pay of the price."""

    def __init__(self, theme: Theme) -> None:
        self.low = LineField(theme, _("From floor"), width=_FIELD, longest=4)
        self.high = LineField(
            theme, _("To floor"), placeholder=_("and above"), width=_FIELD, longest=4
        )
        self.percent = LineField(theme, _("Percent of the price"), width=_FIELD, longest=5)
        self.fields = self.typed = (self.low, self.high, self.percent)


class FloorLines(GrowingLines[_Storeys]):
    """What the floors pay, in percent of the price; no line: all pay the same."""

    shown_lines = 4
    most_lines = 40

    def words_above(self) -> Sequence[str]:
        """Return the heads."""
        return _("From floor"), _("To floor"), _("Percent of the price")

    def make_line(self) -> _Storeys:
        """Return an empty line."""
        return _Storeys(self._theme)

    def show_floors(self, factors: Sequence[FloorFactor]) -> None:
        """Show what stands."""
        for one in factors:
            line = self.rows[-1]
            line.low.show_words(str(one.low))
            line.high.show_words("" if one.high is None else str(one.high))
            line.percent.show_words(str(one.percent))

    def floors(self) -> tuple[FloorFactor, ...]:
        """Return what they pay. Raises DraftError for `floors`, the line named."""
        found = []
        for number, line in enumerate(self.filled(), start=1):
            high = line.high.words()
            try:
                found.append(
                    FloorFactor(
                        int(line.low.words()),
                        int(high) if high else None,
                        int(line.percent.words().removesuffix("%")),
                    )
                )
            except ValueError as error:
                said = _("Write whole numbers, for example 3, 10 and 80.")
                raise _problem("floors", number, said) from error
        return tuple(found)
