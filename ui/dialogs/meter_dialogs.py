"""A meter comes, another comes in its place, one is corrected or taken out; a reading is voided."""

from datetime import date

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
from propdesk.domain.money import money_words, parse_quantity
from propdesk.domain.units import building_name
from propdesk.i18n import _
from propdesk.services.meter_readings import void_reading
from propdesk.services.meters import add_meter, change_meter, exchange_meter, remove_meter
from propdesk.services.queries.meter_readings import (
    ReadingLine,
    list_resting_bills,
    list_resting_costs,
)
from propdesk.services.queries.meters import list_meters
from propdesk.services.queries.places import find_place
from propdesk.services.queries.units import Unit, find_unit, list_buildings, list_communities
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField

_SHORT = 120
_NONE = ""


class _MeterForm(SmallForm):
    """What is kept of a meter, as fields; whoever comes from another meter finds it filled in."""

    def add_facts(self) -> None:
        """Add the rows that every meter has."""
        context, theme, add = self.context, self.context.theme, self.rows.add_row
        kinds = [Choice(one.value, str(word)) for one, word in METER_LABELS.items()]
        self.kind = PickField(theme, _("Meter"), kinds)
        self.number = LineField(theme, _("Meter no."), longest=40)
        self.first = LineField(theme, _("First figure"), width=_SHORT, longest=16)
        self.digits = LineField(theme, _("Digits"), width=_SHORT, longest=2)
        self.multiplier = LineField(theme, _("Multiplier"), width=_SHORT, longest=9)
        self.place = LineField(theme, _("Place"), longest=60)
        self.on_day = day_field(context, _("Day"))
        self.note = LineField(theme, _("Note"))
        add("kind", _("Meter"), self.kind)
        add("number", _("Meter no."), self.number)
        add("first", _("First figure"), self.first)
        add("digits", _("Digits"), self.digits)
        add("multiplier", _("Multiplier"), self.multiplier)
        add("place", _("Place"), self.place)
        add("installed_on", _("Put in on"), self.on_day)
        add("note", _("Note"), self.note)
        self.show_facts(MeterDraft(MeterKind.WATER, context.now().date(), digits=USUAL_DIGITS))

    def show_facts(self, draft: MeterDraft) -> None:
        """Fill the fields."""
        self.kind.choose(draft.kind.value)
        for field, words in (
            (self.number, draft.number),
            (self.first, figure_words(draft.first_milli)),
            (self.digits, str(draft.digits)),
            (self.multiplier, figure_words(draft.multiplier_milli)),
            (self.place, draft.place),
            (self.on_day, draft.installed_on.isoformat()),
            (self.note, draft.note),
        ):
            field.show_words(words)

    def facts(self) -> MeterDraft:
        """Return what was typed. Raises DraftError."""
        digits = self.digits.words()
        if not digits.isascii() or not digits.isdecimal():
            raise DraftError((Problem("digits", _("Write a number.")),))
        return MeterDraft(
            MeterKind(self.kind.value()),
            _day(self.context, self.on_day, "installed_on"),
            self.number.words(),
            self.place.words(),
            int(digits),
            _read(self.multiplier, "multiplier", is_figure=False),
            _read(self.first, "first"),
            self.note.words(),
        )


class MeterDialog(_MeterForm):
    """Put in a meter; where it comes in the place of another, that one's last figure is asked.

    `unit` is the house; without one the form asks whose it is: a house, a building's, a
    community's. `old` is a meter that it comes in the place of.
    """

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        unit: Unit | None = None,
        *,
        old: Meter | None = None,
    ) -> None:
        house = unit.short if unit is not None else old.where if old is not None else ""
        title = _("Put in a meter: {house}").format(house=house) if house else _("New meter")
        super().__init__(context, parent, title, _("Put in"))
        self._unit = unit
        self._present = {str(one.id): one for one in _replaceable(unit, old)}
        theme = context.theme
        self.whose = PickField(theme, _("Belongs to"), _owners())
        self.house = LineField(theme, _("House"), placeholder="3-2-501", width=_SHORT, longest=40)
        self.replaces = PickField(
            theme,
            _("In the place of"),
            [
                *(() if old is not None else (Choice(_NONE, _("No other meter")),)),
                *(Choice(key, f"{METER_LABELS[one.kind]} {one.number}".strip())
                  for key, one in self._present.items()),
            ],
        )  # fmt: skip
        self.last = LineField(theme, _("Last figure of the old one"), width=_SHORT, longest=16)
        add = self.rows.add_row
        if house:
            add("replaces", _("In the place of"), self.replaces)
            add("last", _("Last figure of the old one"), self.last)
        else:
            add("whose", _("Belongs to"), self.whose)
            add("house", _("House"), self.house)
        self.add_facts()
        self.replaces.picked.connect(lambda _key: self._on_replaces())
        self.whose.picked.connect(lambda key: self.house.setEnabled(key == _NONE))
        if old is not None:
            self.replaces.choose(str(old.id))
        self._on_replaces()
        self._first_field(old).setFocus()

    def _first_field(self, old: Meter | None) -> QWidget:
        if old is not None:
            return self.last
        if self._unit is None:
            return self.whose
        return self.replaces if self._present else self.kind

    def _old(self) -> Meter | None:
        return self._present.get(self.replaces.value())

    def _on_replaces(self) -> None:
        """Take over what the new meter has of the old one."""
        old = self._old()
        self.last.setEnabled(old is not None)
        self.kind.setEnabled(old is None)
        if old is not None:
            self.kind.choose(old.kind.value)
            self.digits.show_words(str(old.digits))
            self.multiplier.show_words(figure_words(old.multiplier_milli))
            self.place.show_words(old.place)

    def act(self) -> Meter:
        """Put it in."""
        by, now = self.context.staff.id, self.context.now()
        draft, old = self.facts(), self._old()
        if old is None:
            return add_meter(draft, by=by, now=now, **self._place())
        last = _read(self.last, "last")
        return exchange_meter(old.id, draft, last_milli=last, version=old.version, by=by, now=now)

    def _place(self) -> dict[str, int | None]:
        """Return whose meter it is. Raises DraftError where no such house is there."""
        if self._unit is not None:
            return {"unit_id": self._unit.id}
        whose, _sign, name = self.whose.value().partition(":")
        if whose == "building":
            return {"building_id": int(name)}
        if whose == "community":
            return {"community_id": find_place(name)[0]}
        try:
            return {"unit_id": find_unit(self.house.words()).id}
        except RuleError as refusal:
            raise DraftError((Problem("house", str(refusal)),)) from refusal


def _replaceable(unit: Unit | None, old: Meter | None) -> tuple[Meter, ...]:
    if old is not None:
        return (old,)
    return () if unit is None else list_meters(unit_id=unit.id)


def _owners() -> list[Choice]:
    """Return whose a meter may be: a house's, or one whose cost a building or community shares."""
    communities = list_communities()
    several = len(communities) > 1
    shared = _("{place} (shared)")
    found = [Choice(_NONE, _("A house"))]
    for id_, community, name in list_buildings():
        place = f"{community} {building_name(name)}" if several else building_name(name)
        found.append(Choice(f"building:{id_}", shared.format(place=place)))
    found += [Choice(f"community:{name}", shared.format(place=name)) for name in communities]
    return found


class EditMeterDialog(_MeterForm):
    """Correct what is kept of a meter; another one in its place is no correction."""

    def __init__(self, context: AppContext, parent: QWidget, meter: Meter) -> None:
        super().__init__(context, parent, _("Correct {meter}").format(meter=meter.title), _("Save"))
        self._meter = meter
        self.add_facts()
        self.show_facts(meter.draft)
        self.kind.setEnabled(False)
        self.number.setFocus()

    def act(self) -> Meter:
        """Store it."""
        by, now, meter = self.context.staff.id, self.context.now(), self._meter
        return change_meter(meter.id, self.facts(), version=meter.version, by=by, now=now)


class RemoveMeterDialog(SmallForm):
    """Take a meter out with the figure that it showed last."""

    def __init__(self, context: AppContext, parent: QWidget, meter: Meter) -> None:
        title = _("Take out {meter}").format(meter=meter.title)
        super().__init__(context, parent, title, _("Take the meter out"))
        self._meter = meter
        self.last = LineField(context.theme, _("Last figure"), width=_SHORT, longest=16)
        self.on_day = day_field(context, _("Day"))
        self.on_day.show_words(context.now().date().isoformat())
        self.rows.add_row("last", _("Last figure"), self.last)
        self.rows.add_row("on_day", _("Day"), self.on_day)
        self.last.setFocus()

    def act(self) -> Meter:
        """Take it out."""
        return remove_meter(
            self._meter.id,
            last_milli=_read(self.last, "last"),
            on_day=_day(self.context, self.on_day, "on_day"),
            version=self._meter.version,
            by=self.context.staff.id,
            now=self.context.now(),
        )


def _day(context: AppContext, field: LineField, key: str) -> date:
    today = context.now().date()
    return read_day_of(field, key, today) or today


def _read(field: LineField, key: str, *, is_figure: bool = True) -> int:
    try:
        return parse_figure(field.words()) if is_figure else parse_quantity(field.words())
    except RuleError as refusal:
        raise DraftError((Problem(key, str(refusal)),)) from refusal


class VoidReadingDialog(SmallForm):
    """Why a reading is voided; that bills or shared costs rest on it is said before it is done."""

    def __init__(self, context: AppContext, parent: QWidget, line: ReadingLine) -> None:
        title = _("Void the reading of {day}").format(day=line.reading.on_day)
        super().__init__(context, parent, title, _("Void it"))
        self._line = line
        words = f"{line.meter.title}: {figure_words(line.reading.value_milli)}"
        self.rows.add_row("", _("Figure"), self.add_sentence(words, is_quiet=True))
        self.reason = LineField(context.theme, _("Reason"))
        self.rows.add_row("text", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> ReadingLine:
        """Void it."""
        return void_reading(
            self._line.id,
            reason=self.reason.words(),
            by=self.context.staff.id,
            now=self.context.now(),
            despite_bills=bool(self.reason.words()) and self._is_despite(),
        )

    def _is_despite(self) -> bool:
        """Ask whether it is voided although something rests on it."""
        bills = list_resting_bills(self._line.id)
        costs = list_resting_costs(self._line.id)
        if not bills and not costs:
            return False
        named = [f"{one.item} {one.from_on} – {one.until_on}" for one in bills]
        if bills:
            title = _("Bills rest on this reading")
            sentence = _("{bills}. They stay as they are: void and bill them anew yourself.")
        else:
            title = _("Shared costs rest on this reading")
            sentence = _("{bills}. They stay as they are: void them and enter them anew yourself.")
        named += [
            f"{one.item} {one.from_on} – {one.until_on} {money_words(one.total_fen)}"
            for one in costs
        ]
        return self.context.messages.confirm(
            self, title, sentence.format(bills=_("; ").join(named)),
            act=_("Void all the same"), keep=_("Leave it"),
        )  # fmt: skip
