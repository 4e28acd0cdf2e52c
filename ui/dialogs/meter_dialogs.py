"""A meter comes, or one in the place of another; a reading is voided with its reason."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.meters import (
    METER_LABELS,
    USUAL_DIGITS,
    Meter,
    MeterDraft,
    MeterKind,
    figure_words,
    parse_figure,
)
from propdesk.domain.money import parse_quantity
from propdesk.i18n import _
from propdesk.services.meter_readings import void_reading
from propdesk.services.meters import add_meter, exchange_meter
from propdesk.services.queries.meter_readings import ReadingLine, list_resting_bills
from propdesk.services.queries.meters import list_meters
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField

_SHORT = 120
_NEW = ""


class MeterDialog(SmallForm):
    """Put in a meter; where it comes in the place of another, that one's last figure is asked."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Put in a meter: {house}").format(house=unit.short)
        super().__init__(context, parent, title, _("Put in"))
        theme = context.theme
        self._unit = unit
        self._present = {str(one.id): one for one in list_meters(unit_id=unit.id)}
        self.replaces = PickField(
            theme,
            _("In the place of"),
            [
                Choice(_NEW, _("No other meter")),
                *(Choice(key, f"{METER_LABELS[one.kind]} {one.number}".strip())
                  for key, one in self._present.items()),
            ],
        )  # fmt: skip
        self.last = LineField(theme, _("Last figure of the old one"), width=_SHORT, longest=16)
        kinds = [Choice(one.value, str(word)) for one, word in METER_LABELS.items()]
        self.kind = PickField(theme, _("Meter"), kinds)
        self.number = LineField(theme, _("Meter no."), longest=40)
        self.first = LineField(theme, _("First figure"), width=_SHORT, longest=16)
        self.digits = LineField(theme, _("Digits"), width=_SHORT, longest=2)
        self.multiplier = LineField(theme, _("Multiplier"), width=_SHORT, longest=9)
        self.place = LineField(theme, _("Place"), longest=60)
        self.on_day = day_field(context, _("Day"))
        add = self.rows.add_row
        add("replaces", _("In the place of"), self.replaces)
        add("last", _("Last figure of the old one"), self.last)
        add("kind", _("Meter"), self.kind)
        add("number", _("Meter no."), self.number)
        add("first", _("First figure"), self.first)
        add("digits", _("Digits"), self.digits)
        add("multiplier", _("Multiplier"), self.multiplier)
        add("place", _("Place"), self.place)
        add("installed_on", _("Day"), self.on_day)
        self.first.show_words("0")
        self.digits.show_words(str(USUAL_DIGITS))
        self.multiplier.show_words("1")
        self.on_day.show_words(context.now().date().isoformat())
        self.replaces.picked.connect(lambda _key: self._on_replaces())
        self._on_replaces()
        (self.replaces if self._present else self.kind).setFocus()

    def _on_replaces(self) -> None:
        """Take over what the new meter has of the old one."""
        old = self._present.get(self.replaces.value())
        self.last.setEnabled(old is not None)
        self.kind.setEnabled(old is None)
        if old is not None:
            self.kind.choose(old.kind.value)
            self.digits.show_words(str(old.digits))
            self.multiplier.show_words(figure_words(old.multiplier_milli))
            self.place.show_words(old.place)

    def act(self) -> Meter:
        """Put it in."""
        digits = self.digits.words()
        if not digits.isascii() or not digits.isdecimal():
            raise DraftError((Problem("digits", _("Write a number.")),))
        by, now = self.context.staff.id, self.context.now()
        draft = MeterDraft(
            MeterKind(self.kind.value()),
            read_day_of(self.on_day, "installed_on", now.date()) or now.date(),
            self.number.words(),
            self.place.words(),
            int(digits),
            _read(self.multiplier, "multiplier", is_figure=False),
            _read(self.first, "first"),
        )
        old = self._present.get(self.replaces.value())
        if old is None:
            return add_meter(draft, unit_id=self._unit.id, by=by, now=now)
        last = _read(self.last, "last")
        return exchange_meter(old.id, draft, last_milli=last, version=old.version, by=by, now=now)


def _read(field: LineField, key: str, *, is_figure: bool = True) -> int:
    try:
        return parse_figure(field.words()) if is_figure else parse_quantity(field.words())
    except RuleError as refusal:
        raise DraftError((Problem(key, str(refusal)),)) from refusal


class VoidReadingDialog(SmallForm):
    """Why a reading is voided; that bills rest on it is said before it is done all the same."""

    def __init__(self, context: AppContext, parent: QWidget, line: ReadingLine) -> None:
        title = _("Void the reading of {day}").format(day=line.reading.on_day)
        super().__init__(context, parent, title, _("Void it"))
        self._line = line
        self._bills = list_resting_bills(line.id)
        words = f"{line.meter.title}: {figure_words(line.reading.value_milli)}"
        self.rows.add_row("", _("Figure"), self.add_sentence(words, is_quiet=True))
        self.reason = LineField(context.theme, _("Reason"))
        self.rows.add_row("text", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> ReadingLine:
        """Void it."""
        despite = False
        if self._bills and self.reason.words():
            bills = "; ".join(f"{one.item} {one.from_on} – {one.until_on}" for one in self._bills)
            despite = self.context.messages.confirm(
                self,
                _("Bills rest on this reading"),
                _("{bills}. They stay as they are: void and bill them anew yourself.").format(
                    bills=bills
                ),
                act=_("Void all the same"),
                keep=_("Leave it"),
            )
        return void_reading(
            self._line.id,
            reason=self.reason.words(),
            by=self.context.staff.id,
            now=self.context.now(),
            despite_bills=despite,
        )
