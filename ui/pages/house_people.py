"""Who is, was and will be in a house, and the acts on each of them."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from propdesk.domain.masking import mask_phone
from propdesk.domain.moves import MoveKind
from propdesk.domain.persons import ROLE_LABELS, PersonKind, ResidentRole, is_special
from propdesk.domain.shares import share_words, shares_hint
from propdesk.i18n import _, _lazy
from propdesk.services.queries.residents import Resident, list_residents
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.death_dialog import DeathDialog
from ui.dialogs.person_link_dialog import PersonLinkDialog
from ui.dialogs.person_merge_dialog import merge_into
from ui.dialogs.shares_dialog import SharesDialog, owners_of
from ui.keyboard import add_entry
from ui.pages.house_moves import ask_move
from ui.pages.house_part import HousePart, PartHead, inset
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label


def stay_words(resident: Resident) -> str:
    """Return from when to when a person is in the house: `2019-06-18 起`, `至 2019-05-01`."""
    first, last = resident.from_on, resident.to_on
    if first and last:
        return _("{first} to {last}").format(first=first, last=last)
    if last:
        return _("until {day}").format(day=last)
    return _("since {day}").format(day=first) if first else ""


class HousePeople(HousePart):
    """The people of a house, present ones first; phones masked until somebody asks for them.

    What the clerk wants to write is told by signals: the forms take the place of the whole file.
    """

    title = _lazy("Persons")
    person_wanted = Signal()
    person_edit_wanted = Signal(object)
    leaving_wanted = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        theme = context.theme
        self._title = Label(theme, bold=True)
        add = Button(theme, _("Add person"), kind=Kind.QUIET, icon="user-plus", shortcut="Ins")
        add.clicked.connect(self.person_wanted)
        self._edit = Button(theme, _("Edit"), kind=Kind.QUIET, hint="Enter")
        self._edit.clicked.connect(self._on_edit)
        self._leave = Button(theme, _("Moves out"), kind=Kind.QUIET, hint="Del")
        self._leave.clicked.connect(self._on_leave)
        self._more = Button(theme, _("More"), kind=Kind.QUIET, icon="ellipsis", shortcut="Alt+M")
        self._more.clicked.connect(self._on_more)
        self._shares = Label(theme, ink=Ink.TEXT_2, elide=True)
        acts = (add, self._edit, self._leave, self._more)
        self._head = PartHead(self._title, acts, beside=self._shares)
        self.table = RecordTable(
            theme,
            _("People of the house"),
            self._columns(),
            lambda row: row.residency_id,
            memory=ScopedMemory(context.memory, "residents/people"),
            margin=Space.XL,
            now=context.now,
        )
        self.table.make_dense()
        self.table.opened.connect(self.person_edit_wanted)
        self.table.left.connect(self.left)
        self.table.current_changed.connect(self._on_person_changed)
        # Del belongs to the table alone: in a field it deletes a letter.
        key = QShortcut(QKeySequence("Del"), self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_leave)
        words = _("Nobody is entered here. Ins adds the first one.")
        self._nobody = Label(theme, words, ink=Ink.TEXT_3, wrap=True)
        self.body.addWidget(self._head)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(inset(self._nobody))
        self.body.addStretch(0)

    def _columns(self) -> Sequence[Column]:
        return (
            Column("name", _lazy("Name"), self._name_words, width=132, least=130,
                   stretches=True, is_name=True),
            Column("role", _lazy("Role"), _role_words, width=110, least=74),
            Column("share", _lazy("Share"), lambda row: share_words(row.share), width=62, least=50,
                   rank=1),
            Column("phone", _lazy("Phone"), self._phone_words, width=104, least=100),
            Column("stay", _lazy("From - to"), stay_words, width=132, least=116, rank=2,
                   is_quiet=True),
            Column("state", _lazy("State"), self._state_mark, CellKind.STATUS, width=104, least=90),
            Column("badge", _lazy("Note"), self._badge, CellKind.BADGE, width=96, least=70,
                   rank=3),
        )  # fmt: skip

    def count(self) -> int | None:
        """Return how many people are in the house now."""
        if self.unit is None:
            return None
        return sum(one.present for one in list_residents(self.unit.id, self.context.now().date()))

    def show_unit(self, unit: Unit | None) -> None:
        """Show the people of a house; who was chosen stays chosen."""
        is_new = self.take(unit)
        people = list_residents(unit.id, self.context.now().date()) if unit else ()
        chosen = None if is_new else self.table.current_row()
        self.table.show_rows(people)
        self.table.setVisible(bool(people))
        self._nobody.setVisible(not people)
        if chosen is not None:
            self.table.select_key(chosen.residency_id)
        present = sum(one.present for one in people)
        self._title.show_text(_("People {count}").format(count=present))
        owners = [one.share for one in people if one.present and one.role is ResidentRole.OWNER]
        self._shares.show_text(shares_hint(owners))
        self._on_person_changed(self.table.current_row())
        self._head.fit()

    def enter(self) -> bool:
        """Put the keyboard on the people, where there are any."""
        if self.table.is_empty():
            return False
        self.table.setFocus()
        return True

    def person(self) -> Resident | None:
        """Return the person that is chosen."""
        chosen = self.table.current_row()
        return chosen if isinstance(chosen, Resident) else None

    def _on_person_changed(self, row: object) -> None:
        self._edit.setEnabled(row is not None)
        self._leave.setEnabled(isinstance(row, Resident) and row.present)

    def _on_edit(self) -> None:
        if self.person() is not None:
            self.person_edit_wanted.emit(self.person())

    def _on_leave(self) -> None:
        person = self.person()
        if person is not None and person.present:
            self.leaving_wanted.emit(person)

    # -- rarer acts

    def _on_more(self) -> None:
        """Offer what is done once in a while: linking, merging, shares, a death."""
        menu, unit, person = QMenu(self), self.unit, self.person()
        link = add_entry(menu, _("Link a known person"), "K", self._on_link)
        shares = add_entry(menu, _("Owners' shares"), "S", self._on_shares)
        merge = add_entry(menu, _("The same person as"), "T", self._on_merge)
        died = add_entry(menu, _("Has died"), "D", self._on_death)
        link.setEnabled(unit is not None)
        shares.setEnabled(unit is not None and bool(owners_of(unit, self.context)))
        merge.setEnabled(person is not None)
        died.setEnabled(person is not None and person.kind is PersonKind.PERSON)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _on_link(self) -> None:
        if self.unit is not None:
            dialog = PersonLinkDialog(self.context, self, self.unit)
            dialog.ask()
            self._tell(dialog.told)

    def _on_shares(self) -> None:
        if self.unit is not None and SharesDialog(self.context, self, self.unit).ask() == "save":
            self._tell(_("The shares are stored"))

    def _on_merge(self) -> None:
        person = self.person()
        if person is not None:
            self._tell(merge_into(self.context, self, person))

    def _on_death(self) -> None:
        person = self.person()
        if person is None:
            return
        end = DeathDialog(self.context, self, person).ask()
        if end in ("save", "heirs"):
            name = self.context.shown_names(person.name)
            self._tell(_("{name}: it is noted").format(name=name))
        if end == "heirs":
            ask_move(self, MoveKind.INHERITANCE)

    def _tell(self, words: str) -> None:
        if words:
            self.stored.emit(words)

    def _state_mark(self, row: Resident) -> Mark:
        today = self.context.now().date()
        if row.from_on is not None and row.from_on > today:
            return Mark(_("Comes later"), Tone.INFO)
        if not row.present:
            return Mark(_("Moved out"), Tone.NEUTRAL)
        return Mark(_("Leaves later"), Tone.WARN) if row.to_on else Mark(_("Present"), Tone.OK)

    def _badge(self, row: Resident) -> Mark | None:
        if row.died_on is not None:
            return Mark(_("Deceased"), Tone.NEUTRAL)
        if is_special(row.special, row.special_until, self.context.now().date()):
            return Mark(_("Special customer"), Tone.WARN)
        if row.role is ResidentRole.EMERGENCY:
            return Mark(_("Emergency"), Tone.DANGER)
        if row.guardian is not None:
            return Mark(_("Under 14"), Tone.INFO)
        return Mark(_("Company"), Tone.INFO) if row.kind is PersonKind.COMPANY else None

    def _name_words(self, row: Resident) -> str:
        name, salutation = map(self.context.shown_names, (row.name, row.salutation))
        if salutation and salutation != name:
            return _("{name} ({salutation})").format(name=name, salutation=salutation)
        return name

    def _phone_words(self, row: Resident) -> str:
        phones = row.phones if self.has_plain_numbers else map(mask_phone, row.phones)
        return _(", ").join(phones)


def _role_words(row: Resident) -> str:
    role = str(ROLE_LABELS[row.role])
    return f"{role} {row.relation}" if row.relation else role
