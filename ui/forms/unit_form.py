"""A house as a form: typed in one line (3-2-501) or in parts, with what is kept about it."""

from collections.abc import Sequence

from propdesk.domain.texts import clean_line
from propdesk.domain.unit_drafts import UnitDraft
from propdesk.domain.units import (
    UNIT_KIND_LABELS,
    UNIT_USAGE_LABELS,
    UnitKind,
    UnitState,
    UnitUsage,
    long_address,
    parse_address,
    state_label,
)
from propdesk.i18n import _
from propdesk.services.queries.units import Unit, unit_draft
from ui.forms.register_form import RegisterForm
from ui.theme import Ink, Theme
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField, TextField
from ui.widgets.labels import Label


class UnitForm(RegisterForm):
    """A new house is typed in one line and proposed in parts.

    Of a house that stands the address stays, because papers name it.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, icon="save", save=_("Save house"))
        self._line = LineField(
            theme, _("House"), placeholder=_("3-2-501 or shop 12"), width=180, longest=40
        )
        self._line.textEdited.connect(self._on_line_edited)
        self._long = Label(theme, ink=Ink.TEXT_3, elide=True)
        self._building = LineField(theme, _("Building"), placeholder=_("Building"), longest=20)
        self._entrance = LineField(theme, _("Entrance"), placeholder=_("Entrance"), longest=20)
        self._number = LineField(theme, _("Room"), placeholder=_("Room"), longest=20)
        self._community = LineField(theme, _("Community"), longest=60)
        self._community.textChanged.connect(self._on_community_changed)
        self._is_new_community = Label(theme, ink=Ink.TEXT_3)
        kinds = [Choice(kind.value, str(UNIT_KIND_LABELS[kind])) for kind in UnitKind]
        self._kind = Chips(theme, _("Use"), kinds)
        self._floor = LineField(theme, _("Floor"), width=90, longest=10)
        self._floor.textEdited.connect(self._on_floor_edited)
        self._area = LineField(theme, _("Area (m²)"), width=120, longest=20)
        self._plates = LineField(
            theme, _("Plates"), placeholder=_("Several with blanks between"), longest=200
        )
        self._state = Chips(theme, _("State"), _states(UnitKind.HOME))
        self._kind.chosen_changed.connect(lambda _key: self._show_states())
        usages = [Choice(usage.value, str(UNIT_USAGE_LABELS[usage])) for usage in UnitUsage]
        self._usage = Chips(theme, _("Planned use"), [*usages, Choice("", _("Not known"))])
        self._layout = LineField(theme, _("Layout"), longest=60)
        self._contract = LineField(theme, _("Service contract"), longest=200)
        self._delivered = LineField(
            theme, _("Handed over"), placeholder="2026-11-21", width=130, longest=20
        )
        self._minors = LineField(theme, _("Children"), width=90, longest=10)
        count = Label(theme, _("How many, without their names"), ink=Ink.TEXT_3, elide=True)
        self._from = LineField(theme, _("Changed from"), placeholder=_("today"), width=130,
                               longest=20)  # fmt: skip
        held = Label(theme, _("State, area, use, layout, contract"), ink=Ink.TEXT_3, elide=True)
        self._note = TextField(theme, _("Note"), lines=3, longest=2000)
        self._communities: tuple[str, ...] = ()
        self._is_floor_typed = False
        add = self.rows.add_row
        add("house", _("House"), self._line, note=self._long)
        add("parts", _("In parts"), self._building, self._entrance, self._number)
        add("kind", _("Use"), self._kind)
        add("community", _("Community"), self._community, note=self._is_new_community)
        add("floor", _("Floor"), self._floor)
        add("area", _("Area (m²)"), self._area)
        add("plates", _("Plates"), self._plates)
        add("note", _("Note"), self._note)
        # Behind the note, where the daily way through the form ends.
        add("state", _("State"), self._state)
        add("usage", _("Planned use"), self._usage)
        add("layout", _("Layout"), self._layout)
        add("contract", _("Contract"), self._contract)
        add("delivered_on", _("Handed over"), self._delivered)
        add("minors", _("Children"), self._minors, note=count)
        add("from_on", _("Changed from"), self._from, note=held)

    def start_new(self, communities: Sequence[str], community: str) -> None:
        """Begin a new house in a community, which may be a new one as well."""
        self._communities = tuple(communities)
        self._is_floor_typed = False
        self._line.show_words("")
        self._long.show_text("")
        self._show_draft(UnitDraft(community=community))
        self._show_address_rows(is_shown=True)
        self.begin(_("New house"))
        self._line.setFocus()

    def show_record(self, unit: Unit, plates: Sequence[str]) -> None:
        """Show a house that stands; what is typed goes over it."""
        self._is_floor_typed = True
        self._show_draft(unit_draft(unit, plates))
        self._show_address_rows(is_shown=False)
        self.begin(_("House {house}").format(house=unit.short), f"{unit.long}  {unit.community}")
        self._floor.setFocus()

    def _show_address_rows(self, *, is_shown: bool) -> None:
        for key in ("house", "parts", "kind", "community"):
            self.rows.show_row(key, is_shown=is_shown)
        self.rows.show_row("from_on", is_shown=not is_shown)

    def _show_draft(self, draft: UnitDraft) -> None:
        for field, words in (
            (self._building, draft.building),
            (self._entrance, draft.entrance),
            (self._number, draft.number),
            (self._community, draft.community),
            (self._floor, draft.floor),
            (self._area, draft.area),
            (self._plates, draft.plates),
            (self._layout, draft.layout),
            (self._contract, draft.contract),
            (self._delivered, draft.delivered_on),
            (self._minors, draft.minors),
            (self._from, draft.from_on),
        ):
            field.show_words(words)
        self._note.show_words(draft.note)
        self._kind.choose(draft.kind.value)
        self._show_states()
        self._state.choose(draft.state or "")
        self._usage.choose(draft.usage or "")

    def typed(self) -> UnitDraft:
        """Return the house as it is typed now."""
        return UnitDraft(
            community=self._community.words(),
            building=self._building.words(),
            entrance=self._entrance.words(),
            number=self._number.words(),
            kind=UnitKind(self._kind.chosen()),
            floor=self._floor.words(),
            area=self._area.words(),
            plates=self._plates.words(),
            note=self._note.words(),
            state=UnitState(self._state.chosen()) if self._state.chosen() else None,
            usage=UnitUsage(self._usage.chosen()) if self._usage.chosen() else None,
            layout=self._layout.words(),
            contract=self._contract.words(),
            delivered_on=self._delivered.words(),
            minors=self._minors.words(),
            from_on=self._from.words(),
        )

    def _on_line_edited(self, words: str) -> None:
        address = parse_address(words)
        if address is None:
            self._long.show_text(_("Not understood yet") if clean_line(words) else "")
            return
        self._building.show_words(address.building)
        self._entrance.show_words(address.entrance)
        self._number.show_words(address.unit)
        self._kind.choose(address.kind.value)
        self._show_states()
        self._long.show_text(
            long_address(address.building, address.entrance, address.unit, address.kind)
        )
        if not self._is_floor_typed:
            self._floor.show_words("" if address.floor is None else str(address.floor))

    def _show_states(self) -> None:
        self._state.set_choices(_states(UnitKind(self._kind.chosen())))

    def _on_floor_edited(self, words: str) -> None:
        self._is_floor_typed = bool(words)

    def _on_community_changed(self, words: str) -> None:
        is_new = bool(words.strip()) and words.strip() not in self._communities
        known = self._communities and is_new
        self._is_new_community.show_text(_("A new community") if known else "")


def _states(kind: UnitKind) -> list[Choice]:
    """Return the states as they are called at a unit of this kind."""
    states = [Choice(state.value, state_label(state, kind)) for state in UnitState]
    return [*states, Choice("", _("Not known"))]
