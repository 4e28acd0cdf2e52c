"""A person of a house as a form; and the small form for somebody who moves out."""

from datetime import date

from propdesk.domain.cells import CellError, read_day
from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.persons import ROLE_LABELS, PersonDraft, ResidentRole, split_phones
from propdesk.i18n import _
from propdesk.services.queries.residents import Resident
from ui.forms.register_form import RegisterForm
from ui.theme import Theme
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField, TextField


class ResidentForm(RegisterForm):
    """Name, salutation, role, phones, since and until when, a note, and special care (R42)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, icon="save", save=_("Save person"))
        self._name = LineField(theme, _("Name"), longest=60)
        self._salutation = LineField(theme, _("Salutation"), width=150, longest=40)
        self._salutation.setPlaceholderText(_("Mr Zhang"))
        roles = [Choice(role.value, str(ROLE_LABELS[role])) for role in ResidentRole]
        self._role = Chips(theme, _("Role"), roles)
        self._phones = LineField(
            theme, _("Phones"), placeholder=_("Several with commas between"), longest=120
        )
        self._from = LineField(theme, _("Since"), placeholder="2026-11-21", width=130, longest=20)
        self._until = LineField(theme, _("Until"), placeholder="2026-11-21", width=130, longest=20)
        self._note = TextField(theme, _("Note"), lines=3, longest=2000)
        why = _("Lives alone, falls easily; empty for most")
        self._special = LineField(theme, _("Special customer"), placeholder=why, longest=120)
        self._special_until = LineField(
            theme, _("Until"), placeholder="2026-11-21", width=130, longest=20
        )
        add = self.rows.add_row
        add("name", _("Name"), self._name, self._salutation)
        add("role", _("Role"), self._role)
        add("phones", _("Phones"), self._phones)
        add("from_on", _("Since"), self._from)
        add("to_on", _("Until"), self._until)
        add("note", _("Note"), self._note)
        add("special", _("Special customer"), self._special)
        add("special_until", _("Special until"), self._special_until)

    def start_new(self, house: str, today: date, *, has_owner: bool) -> None:
        """Begin a new person of a house, who is there from today."""
        fields = (self._name, self._salutation, self._phones, self._until, self._note)
        for field in (*fields, self._special, self._special_until):
            field.show_words("")
        role = ResidentRole.FAMILY if has_owner else ResidentRole.OWNER
        self._role.choose(role.value)
        self._from.show_words(today.isoformat())
        self.rows.show_row("to_on", is_shown=False)
        self.begin(_("New person"), _("In house {house}").format(house=house))
        self._name.setFocus()

    def show_record(self, house: str, resident: Resident) -> None:
        """Show a person of a house; what is typed goes over him."""
        self._name.show_words(resident.name)
        self._salutation.show_words(resident.salutation)
        self._role.choose(resident.role.value)
        self._phones.show_words(_(", ").join(resident.phones))
        self._from.show_words(_day_words(resident.from_on))
        self._until.show_words(_day_words(resident.to_on))
        self._note.show_words(resident.note)
        self._special.show_words(resident.special)
        self._special_until.show_words(_day_words(resident.special_until))
        self.rows.show_row("to_on", is_shown=not resident.present)
        self.begin(resident.name, _("In house {house}").format(house=house))
        self._name.setFocus()

    def typed(self) -> tuple[str, ...]:
        """Return all fields as they are typed now."""
        return (
            self._name.words(),
            self._salutation.words(),
            self._role.chosen(),
            self._phones.words(),
            self._from.words(),
            self._until.words(),
            self._note.words(),
            self._special.words(),
            self._special_until.words(),
        )

    def draft(self) -> PersonDraft:
        """Return the person as typed. Raises DraftError for a day that cannot be read."""
        name, salutation, role, phones, since, until, note, special, special_until = self.typed()
        problems: list[Problem] = []
        days: dict[str, date | None] = {}
        written = {"from_on": since, "to_on": until, "special_until": special_until}
        for key, words in written.items():
            try:
                days[key] = read_day(words)
            except CellError as error:
                problems.append(Problem(key, str(error)))
        if problems:
            raise DraftError(tuple(problems))
        return PersonDraft(
            name=name,
            role=ResidentRole(role),
            salutation=salutation,
            phones=_phones(phones),
            from_on=days["from_on"],
            to_on=days["to_on"],
            note=note,
            special=special,
            special_until=days["special_until"],
        )


class LeavingForm(RegisterForm):
    """Somebody leaves a house: from which day on. The history stays, so nothing is lost."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, icon="door-open", save=_("Moves out"))
        self._day = LineField(theme, _("Last day"), width=130, longest=20)
        self.rows.add_row("to_on", _("Last day"), self._day)

    def show_record(self, house: str, resident: Resident, today: date) -> None:
        """Ask for the last day of a person, today if nothing else is said."""
        self._day.show_words(today.isoformat())
        self.begin(
            _("{name} moves out").format(name=resident.name),
            _("{name} stays in the history of {house} and can be brought back.").format(
                name=resident.name, house=house
            ),
        )
        self._day.setFocus()
        self._day.selectAll()

    def typed(self) -> str:
        """Return the day as it is typed now."""
        return self._day.words()

    def day(self) -> date:
        """Return the last day. Raises DraftError for what is no day."""
        try:
            day = read_day(self.typed())
        except CellError as error:
            raise DraftError((Problem("to_on", str(error)),)) from error
        if day is None:
            raise DraftError((Problem("to_on", _("Write the last day.")),))
        return day


def _day_words(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _phones(words: str) -> tuple[str, ...]:
    """Return the numbers that are typed; what is no number is kept, so that it is told."""
    return split_phones(words) or ((words.strip(),) if words.strip() else ())
