"""The steps of the guide: the office, its communities, who works there, where backups go."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QSizePolicy

from propdesk import clock, paths
from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import RIGHTS, ROLE_LABELS, Right, Role
from propdesk.i18n import _
from propdesk.services import backups, offices, staff, units
from propdesk.services.fee_rules import set_place
from propdesk.services.offices import OpenOffice
from propdesk.services.queries.fee_rules import list_places, office_place, place_words
from propdesk.services.queries.staff import first_desk, list_departments, list_staff
from propdesk.services.queries.units import list_communities
from propdesk.services.settings import get_settings, save_settings
from ui.background import Background
from ui.dialogs.messages import Messages
from ui.first_start.drives import Drive, room_words
from ui.first_start.page import StartPage
from ui.first_start.rows import Named, NameRows, Pick
from ui.forms.place_choices import COUNTRY, place_choices
from ui.theme import Ink, Theme
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Segments
from ui.widgets.fields import LineField, PickField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label
from ui.widgets.ways import Way, WayList

# Which field of the first step a refusal belongs to.
_OFFICE_FIELDS = {"setting-empty": "name", "setting-long": "name"}
_MOST_DRIVES = 2


class OfficePage(StartPage):
    """How the office is called, its phone, and (as long as it is not made) where its data lies."""

    def __init__(self, theme: Theme, messages: Messages, office: OpenOffice | None) -> None:
        super().__init__(
            theme,
            _("What is the office called?"),
            _("The name stands on every work order and report. It can be changed later."),
        )
        self.office = office
        self._messages = messages
        self._other: Path | None = None
        self._shared = paths.shared_data()
        self._name = LineField(
            theme, _("Office name"), placeholder=_("e.g. Riverside Garden Service Centre")
        )
        self._phone = LineField(
            theme, _("Phone"), placeholder=_("may be left out"), width=220, is_last=True
        )
        self._places = list_places()
        self._place = PickField(theme, _("Place of the office"), place_choices(self._places))
        self._rules = Label(theme, ink=Ink.TEXT_3, wrap=True)
        self._rules.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._where = Segments(
            theme,
            _("Data"),
            (
                Choice("mine", _("For me alone")),
                *([Choice("shared", _("For all users of this PC"))] if self._shared else []),
                Choice("other", _("Another folder")),
            ),
        )
        self._folder = Label(theme, ink=Ink.TEXT_3, wrap=True, selectable=True)
        self._folder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._rows = FormRows(theme)
        self._rows.add_row("name", _("Office name"), self._name)
        self._rows.add_row("phone", _("Phone"), self._phone)
        if office is None:
            self._rows.add_row("folder", _("Data"), self._where)
        self._rows.add_row("path", "" if office is None else _("Data"), self._folder)
        self._rows.add_row("place", _("Rules of the place"), self._place)
        self._rows.add_row("rules", "", self._rules)
        self.column.addWidget(self._rows)
        self.column.addStretch(1)
        self._where.chosen_changed.connect(self._on_where)
        for field in (self._name, self._phone):
            field.textEdited.connect(self.changed)
        self._phone.finished.connect(self.went_on)
        if office is not None:
            self._name.show_words(get_settings().office_name)
            self._phone.show_words(get_settings().phone)
            place = office_place()
            self._place.choose(place.code if place else COUNTRY)
        self._place.picked.connect(lambda _code: self._on_place())
        self._show_rules()
        self._show_folder()

    def enter(self) -> None:
        """Begin with the name."""
        self._name.setFocus()
        self._name.selectAll()

    def folder(self) -> Path:
        """Return where the office's data lies, or is to lie."""
        if self.office is not None:
            return self.office.folder
        if self._where.chosen() == "other" and self._other is not None:
            return self._other
        if self._where.chosen() == "shared" and self._shared is not None:
            return self._shared
        return paths.user_data()

    def _on_where(self, key: str) -> None:
        if key == "other":
            folder = self._messages.pick_folder(self, _("Where shall the new office be?"))
            if folder is None:
                self._where.choose("mine")
            else:
                # A folder with other files gets one of its own for the office.
                self._other = folder / "propdesk" if _is_used(folder) else folder
        self._rows.drop_problem("folder")
        self._show_folder()

    def _on_place(self) -> None:
        self._show_rules()
        self.changed.emit()

    def _show_rules(self) -> None:
        """Say what is special there, and what of it nobody has verified yet (law.md 1.2)."""
        self._rules.show_text(place_words(self._place.value()))

    def _show_folder(self) -> None:
        self._folder.show_text(str(self.folder()))

    def store(self) -> bool:
        """Make the office, or change what it is called."""
        name, phone = self._name.words(), self._phone.words()
        try:
            if self.office is None:
                wanted = replace(OfficeSettings(), office_name=name, phone=phone)
                folder = self.folder()
                self.office = offices.make_office(folder, wanted, now=clock.now(), is_guided=True)
                offices.remember_office(folder.absolute())
            else:
                changed = replace(get_settings(), office_name=name, phone=phone)
                save_settings(changed, by=first_desk().id)
            name = next((one.name for one in self._places if one.code == self._place.value()), "")
            set_place(name, by=first_desk().id)
        except RuleError as refusal:
            field = _OFFICE_FIELDS.get(refusal.code, "folder" if self.office is None else "")
            self._rows.show_problems((Problem(field, str(refusal)),))
            return False
        return True

    def typed(self) -> Mapping[str, str]:
        """Return name, phone and place."""
        return {
            "name": self._name.text(),
            "phone": self._phone.text(),
            "place": self._place.value(),
        }

    def show_typed(self, fields: Mapping[str, str]) -> None:
        """Show name, phone and place."""
        self._name.show_words(fields.get("name", self._name.text()))
        self._phone.show_words(fields.get("phone", self._phone.text()))
        if fields.get("place") in {one.code for one in self._places}:
            self._place.choose(fields["place"])
            self._show_rules()


def _is_used(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


class _RowsPage(StartPage):
    """A step that asks for several names; Enter goes on in an empty row alone, as its foot says."""

    next_hint = ""

    def __init__(self, theme: Theme, title: str, sentence: str, rows: NameRows, hint: str) -> None:
        super().__init__(theme, title, sentence)
        self._rows = rows
        self.column.addWidget(rows, 1)
        self.column.addWidget(Label(theme, hint, ink=Ink.TEXT_3, wrap=True))
        rows.changed.connect(self.changed)
        rows.finished.connect(self.went_on)

    def enter(self) -> None:
        """Begin with the first name."""
        self._rows.enter()

    def store(self) -> bool:
        """Store row after row; what one of them is refused for stands under it."""
        self._rows.clear_problems()
        for place, named in enumerate(self._rows.named()):
            try:
                self._rows.set_key(place, self._stored(named))
            except RuleError as refusal:
                self._rows.show_problem(place, str(refusal))
                return False
        return True

    def _stored(self, named: Named) -> str:
        """Store a row and return its key."""
        raise NotImplementedError

    def typed(self) -> Mapping[str, str]:
        """Return all rows."""
        rows = [[one.key, one.name, *one.picks] for one in self._rows.named()]
        return {"rows": json.dumps(rows, ensure_ascii=False)}

    def show_typed(self, fields: Mapping[str, str]) -> None:
        """Show the rows; what was stored and is not among them stands first."""
        present = {one.key: one for one in self._rows.named()}
        names = {one.name: key for key, one in present.items()}
        for key, name, *picks in json.loads(fields.get("rows", "[]")):
            # Stored just before the program was killed: the name has a key by now.
            known = key if key in present else names.get(name, "")
            present[known or f"new {name}"] = Named(name, tuple(picks), known)
        self._rows.show_rows(list(present.values()))


class CommunityPage(_RowsPage):
    """Which communities the office looks after; their houses come later, from a list."""

    def __init__(self, theme: Theme) -> None:
        rows = NameRows(theme, _("Community"), _("e.g. Riverside Garden"))
        super().__init__(
            theme,
            _("Which community do you look after?"),
            _("The houses can be brought in from a table afterwards."),
            rows,
            _("Several communities? Enter begins another line; Enter in an empty one goes on."),
        )
        rows.show_rows([Named(name, (), name) for name in list_communities()])

    def next_word(self) -> str:
        """Say that nothing needs to be typed now."""
        return _("Next") if self._rows.named() else _("Fill in later")

    def _stored(self, named: Named) -> str:
        by = first_desk().id
        if not named.key:
            return units.add_community(named.name, by=by)
        if named.name == named.key:
            return named.key
        return units.rename_community(named.key, named.name, by=by)


class StaffPage(_RowsPage):
    """Who works here; the first row is the front desk, which is there from the beginning."""

    def __init__(self, theme: Theme) -> None:
        departments = [
            *(Choice(str(one.id), one.name) for one in list_departments()),
            Choice("", _("None")),
        ]
        roles = [Role.WORKER, *(role for role in Role if role is not Role.WORKER)]
        rows = NameRows(
            theme,
            _("Name"),
            _("another name"),
            (
                Pick(_("Department"), departments),
                Pick(_("Position"), [Choice(role, str(ROLE_LABELS[role])) for role in roles]),
            ),
        )
        super().__init__(
            theme,
            _("Who works here?"),
            _("The first one sits at the front desk: write your own name. Others may come later."),
            rows,
            _(
                "Enter begins another name, Tab goes to department and position; Enter in an empty "
                "line goes on."
            ),
        )
        rows.show_rows(
            [
                Named(one.name, (str(one.department_id or ""), one.role.value), str(one.id))
                for one in list_staff()
            ]
        )
        self._limit_desk()

    def show_typed(self, fields: Mapping[str, str]) -> None:
        """Show the rows; the first desk's has its own choices again."""
        super().show_typed(fields)
        self._limit_desk()

    def _limit_desk(self) -> None:
        """Let whoever sets the office up have no position that may not do so."""
        allowed = [role for role in Role if Right.MANAGE_OFFICE in RIGHTS[role]]
        key = str(first_desk().id)
        desk = next(n for n, one in enumerate(self._rows.named()) if one.key == key)
        self._rows.limit_picks(desk, 1, [Choice(role, str(ROLE_LABELS[role])) for role in allowed])

    def _stored(self, named: Named) -> str:
        by = first_desk().id
        department = int(named.picks[0]) if named.picks[0] else None
        role = Role(named.picks[1])
        if not named.key:
            return str(staff.add_staff(named.name, by=by, department_id=department, role=role).id)
        member = next(one for one in list_staff() if str(one.id) == named.key)
        changed = replace(member, name=named.name, department_id=department, role=role)
        if changed != member:
            staff.change_staff(changed, by=by)
        return named.key


class BackupsPage(StartPage):
    """A second place for the backups, on another disk; it may wait."""

    def __init__(
        self,
        theme: Theme,
        messages: Messages,
        office: OpenOffice,
        background: Background,
        drives: Callable[[], Sequence[Drive]],
    ) -> None:
        super().__init__(
            theme,
            _("Where shall a second copy of the backups go?"),
            _(
                "A backup is made every day by itself, beside the data. If this PC breaks or is "
                "stolen, a copy on another disk saves the office's work."
            ),
        )
        self._messages = messages
        self._office = office
        self._warned = ""
        self._drives = WayList(theme, _("Disks"))
        self._folder = LineField(
            theme, _("Second backup"), placeholder=_("an external disk, or a folder on disk D:"),
            longest=400, is_last=True,
        )  # fmt: skip
        choose = Button(theme, _("Choose"), shortcut="Ctrl+O")
        self._rows = FormRows(theme)
        self._rows.add_row("folder", _("Copy to"), self._folder, choose)
        self._note = Label(theme, ink=Ink.WARN, wrap=True)
        self._note.hide()
        self.column.addWidget(self._rows)
        self.column.addWidget(self._note)
        self.column.addWidget(self._drives)
        self.column.addStretch(1)
        self._folder.textEdited.connect(self._on_edited)
        self._folder.finished.connect(self.went_on)
        self._drives.taken.connect(self._take)
        choose.clicked.connect(self._choose)
        self._folder.show_words(get_settings().second_backup_folder)
        background.run(lambda _progress: drives(), self._offer, _raise)

    def enter(self) -> None:
        """Begin with the folder."""
        self._folder.setFocus()
        self._folder.selectAll()

    def next_word(self) -> str:
        """Say that it may wait, or that the clerk was warned."""
        if not self._folder.words():
            return _("Fill in later")
        return _("Use it all the same") if self._warned == self._folder.words() else _("Finish")

    def _offer(self, drives: Sequence[Drive]) -> None:
        self._drives.show_ways(
            [
                Way(
                    str(one.root / _("propdesk backups")),
                    "hard-drive",
                    one.name,
                    _("{room} free, plugged in now").format(room=room_words(one.free)),
                )
                for one in drives[:_MOST_DRIVES]
            ]
        )

    def _take(self, folder: str) -> None:
        self._folder.show_words(folder)
        self._on_edited()
        self.enter()

    def _choose(self) -> None:
        folder = self._messages.pick_folder(self, _("Where shall backups be copied to?"))
        if folder is not None:
            self._take(str(folder))

    def _on_edited(self) -> None:
        self._rows.drop_problem("folder")
        self._note.hide()
        self._warned = ""
        self.changed.emit()

    def store(self) -> bool:
        """Try the place and keep it; a folder on the data's own disk asks once more."""
        words = self._folder.words()
        try:
            if words and self._is_doubted(words):
                return False
            changed = replace(get_settings(), second_backup_folder=words)
            if changed != get_settings():
                save_settings(changed, by=first_desk().id)
        except RuleError as refusal:
            self._rows.show_problems((Problem("folder", str(refusal)),))
            return False
        return True

    def _is_doubted(self, words: str) -> bool:
        if not backups.check_second_place(Path(words), self._office) or self._warned == words:
            return False
        self._warned = words
        self._note.show_text(
            _("This folder is on the same disk as the data: if the disk breaks, both are gone.")
        )
        self._note.show()
        self.changed.emit()
        self.enter()
        return True

    def typed(self) -> Mapping[str, str]:
        """Return the folder."""
        return {"folder": self._folder.text()}

    def show_typed(self, fields: Mapping[str, str]) -> None:
        """Show the folder."""
        self._folder.show_words(fields.get("folder", self._folder.text()))


def _raise(error: BaseException) -> None:
    raise error
