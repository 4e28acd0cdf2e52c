"""A person of a house as a form; and the small form for somebody who moves out."""

from collections.abc import Iterable
from datetime import date

from propdesk.domain.cells import CellError, read_day
from propdesk.domain.consents import WAY_LABELS, ConsentWay
from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.persons import (
    PERSON_KIND_LABELS,
    ROLE_LABELS,
    Guardian,
    PersonDraft,
    PersonKind,
    ResidentRole,
    split_phones,
)
from propdesk.domain.shares import read_share, share_words
from propdesk.i18n import _
from propdesk.services.queries.residents import Resident, draft_of
from ui.forms.register_form import RegisterForm
from ui.theme import Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField, PickField, TextField

_DAY_WIDTH = 130
_CHILD, _GROWN = "child", ""
_FOLDED = ("kind", "relation", "share", "child", "guardian", "note", "special", "special_until")


class ResidentForm(RegisterForm):
    """Name, salutation, role, phones and since when; all that is rarer stands behind a fold.

    What the role has no use for is not asked: a share only of an owner, a guardian of a child.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, icon="save", save=_("Save person"))
        self._is_open = False
        self._name = LineField(theme, _("Name"), longest=60)
        self._salutation = LineField(theme, _("Salutation"), width=150, longest=40)
        self._salutation.setPlaceholderText(_("Mr Zhang"))
        roles = [Choice(role.value, str(ROLE_LABELS[role])) for role in ResidentRole]
        self._role = Chips(theme, _("Role"), roles)
        self._phones = LineField(
            theme, _("Phones"), placeholder=_("Several with commas between"), longest=120
        )
        self._from = self._day_field(_("Since"))
        self._until = self._day_field(_("Until"))
        self.fold = Button(theme, "", kind=Kind.QUIET, shortcut="Alt+M")
        self.fold.clicked.connect(self._on_fold)
        self._make_rarer(theme)
        add = self.rows.add_row
        add("name", _("Name"), self._name, self._salutation)
        add("role", _("Role"), self._role)
        add("phones", _("Phones"), self._phones)
        add("from_on", _("Since"), self._from)
        add("to_on", _("Until"), self._until)
        add("fold", "", self.fold)
        add("relation", _("Relation"), self._relation)
        add("share", _("Share"), self._share)
        add("kind", _("Kind of person"), self._kind)
        add("child", _("Age"), self._child)
        add("guardian", _("Guardian"), self._guardian, self._guardian_way, self._guardian_on)
        add("note", _("Note"), self._note)
        add("special", _("Special customer"), self._special)
        add("special_until", _("Special until"), self._special_until)
        for choice in (self._role, self._kind, self._child):
            choice.chosen_changed.connect(lambda _key="": self._show_rows())

    def _make_rarer(self, theme: Theme) -> None:
        self._relation = LineField(
            theme, _("Relation"), placeholder=_("Spouse, child; post of staff"), longest=60
        )
        self._share = LineField(theme, _("Share"), placeholder="1/2, 33.3%", width=_DAY_WIDTH,
                                longest=20)  # fmt: skip
        kinds = [Choice(kind.value, str(PERSON_KIND_LABELS[kind])) for kind in PersonKind]
        self._kind = Chips(theme, _("Kind of person"), kinds)
        ages = [Choice(_GROWN, _("14 and older")), Choice(_CHILD, _("Child under 14"))]
        self._child = Chips(theme, _("Age"), ages)
        self._guardian = LineField(theme, _("Guardian"), placeholder=_("Who agreed"), longest=60)
        self._guardian_way = PickField(theme, _("How agreed"))
        self._guardian_way.set_choices(
            [Choice(way.value, str(WAY_LABELS[way])) for way in ConsentWay]
        )
        self._guardian_on = self._day_field(_("Agreed on"))
        self._note = TextField(theme, _("Note"), lines=3, longest=2000)
        why = _("Lives alone, falls easily; empty for most")
        self._special = LineField(theme, _("Special customer"), placeholder=why, longest=120)
        self._special_until = self._day_field(_("Until"))

    def _day_field(self, name: str) -> LineField:
        return LineField(self._theme, name, placeholder="2026-11-21", width=_DAY_WIDTH, longest=20)

    def start_new(self, house: str, today: date, *, has_owner: bool) -> None:
        """Begin a new person of a house, who is there from today."""
        role = ResidentRole.FAMILY if has_owner else ResidentRole.OWNER
        self._fill(PersonDraft("", role, from_on=today))
        self._guardian_on.show_words(today.isoformat())
        self._is_past = False
        self._show_fold(is_open=False)
        self.begin(_("New person"), _("In house {house}").format(house=house))
        self._name.setFocus()

    def show_record(self, house: str, resident: Resident) -> None:
        """Show a person of a house; what is typed goes over him."""
        draft = draft_of(resident)
        self._fill(draft)
        self._is_past = resident.to_on is not None
        rarer = (draft.relation, draft.share, draft.guardian, draft.note, draft.special)
        is_company = draft.kind is PersonKind.COMPANY
        self._show_fold(is_open=is_company or any(one not in (None, "") for one in rarer))
        self.begin(resident.name, _("In house {house}").format(house=house))
        self._name.setFocus()

    def _fill(self, draft: PersonDraft) -> None:
        guardian = draft.guardian
        self._name.show_words(draft.name)
        self._salutation.show_words(draft.salutation)
        self._role.choose(draft.role.value)
        self._phones.show_words(_(", ").join(draft.phones))
        self._from.show_words(_day_words(draft.from_on))
        self._until.show_words(_day_words(draft.to_on))
        self._relation.show_words(draft.relation)
        self._share.show_words(share_words(draft.share))
        self._kind.choose(draft.kind.value)
        self._child.choose(_CHILD if draft.is_child else _GROWN)
        self._guardian.show_words(guardian.name if guardian else "")
        self._guardian_way.choose((guardian.way if guardian else ConsentWay.PAPER).value)
        self._guardian_on.show_words(_day_words(guardian.given_on if guardian else None))
        self._note.show_words(draft.note)
        self._special.show_words(draft.special)
        self._special_until.show_words(_day_words(draft.special_until))

    # -- the fold

    _is_past = False

    def _on_fold(self) -> None:
        self._show_fold(is_open=not self._is_open)
        if self._is_open:
            (self._share if self._is_owner() else self._relation).setFocus()
        else:
            self._from.setFocus()

    def _is_owner(self) -> bool:
        return self._role.chosen() == ResidentRole.OWNER

    def _show_fold(self, *, is_open: bool) -> None:
        self._is_open = is_open
        word = _("Less about this person") if is_open else _("More about this person")
        self.fold.show_word(word, icon="chevron-up" if is_open else "chevron-down")
        self._show_rows()

    def _show_rows(self) -> None:
        """Show what the role asks for."""
        is_family = self._role.chosen() == ResidentRole.FAMILY
        is_company = self._kind.chosen() == PersonKind.COMPANY
        is_child = is_family and self._child.chosen() == _CHILD
        wanted = {
            "share": self._is_owner(),
            "relation": not self._is_owner() and not is_company,
            "kind": not is_family,
            "child": is_family,
            "guardian": is_child,
        }
        for key in _FOLDED:
            self.rows.show_row(key, is_shown=self._is_open and wanted.get(key, True))
        self.rows.show_row("to_on", is_shown=self._is_past or self._is_open)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show what keeps the form from being stored; the fold opens where one stands in it."""
        found = tuple(problems)
        if not self._is_open and any(one.field in _FOLDED for one in found):
            self._show_fold(is_open=True)
        super().show_problems(found)

    # -- what is typed

    def typed(self) -> tuple[str, ...]:
        """Return all fields as they are typed now."""
        return (
            *(one.words() for one in (self._name, self._salutation, self._phones, self._from,
                                      self._until, self._relation, self._share, self._guardian,
                                      self._guardian_on, self._special, self._special_until)),
            self._note.words(),
            self._role.chosen(),
            self._kind.chosen(),
            self._child.chosen(),
            self._guardian_way.value(),
        )  # fmt: skip

    def draft(self) -> PersonDraft:
        """Return the person as typed. Raises DraftError for a day or share that is none."""
        role = ResidentRole(self._role.chosen())
        is_child = role is ResidentRole.FAMILY and self._child.chosen() == _CHILD
        problems: list[Problem] = []

        def day(key: str, field: LineField) -> date | None:
            try:
                return read_day(field.words())
            except CellError as error:
                problems.append(Problem(key, str(error)))
                return None

        share = None
        if role is ResidentRole.OWNER:
            try:
                share = read_share(self._share.words())
            except ValueError as error:
                problems.append(Problem("share", str(error)))
        agreed_on = day("guardian", self._guardian_on) if is_child else None
        guardian = (
            Guardian(self._guardian.words(), ConsentWay(self._guardian_way.value()), agreed_on)
            if is_child and agreed_on and self._guardian.words()
            else None
        )
        draft = PersonDraft(
            name=self._name.words(),
            role=role,
            salutation=self._salutation.words(),
            phones=_phones(self._phones.words()),
            from_on=day("from_on", self._from),
            to_on=day("to_on", self._until),
            note=self._note.words(),
            special=self._special.words(),
            special_until=day("special_until", self._special_until),
            relation="" if role is ResidentRole.OWNER else self._relation.words(),
            share=share,
            kind=PersonKind.PERSON
            if role is ResidentRole.FAMILY
            else PersonKind(self._kind.chosen()),
            is_child=is_child,
            guardian=guardian,
        )
        if problems:
            raise DraftError(tuple(problems))
        return draft


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
