"""The rarer acts on a ticket, in the menu of its detail: few entries, each chosen by its letter.

An entry keeps its letter and its place whatever else the ticket allows: fingers learn it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QMenu

from propdesk.domain.paper_trail import PAPER_LABELS, PaperKind
from propdesk.domain.tickets import Ticket
from propdesk.i18n import LazyText, _, _lazy
from ui.forms.file_strip import ADD_KEYS
from ui.keyboard import add_entry, lettered
from ui.pages.ticket_acts import LOOKS, Act, can_act
from ui.sheet_printing import SHEETS, can_print

# Each act with its letter, in the order of the menu.
FIRST_ACTS: Mapping[Act, str] = {
    Act.AMEND: "A",
    Act.CLASS: "C",
    Act.NOTE: "N",
    Act.CONTACT: "T",
    Act.CHARGE: "W",
    Act.THING: "G",
    Act.RETURN: "E",
}
PHOTOS_LETTER = "H"
PRINT_LETTER = "P"
# What ends the ticket stands last.
LAST_ACTS: Mapping[Act, str] = {Act.VOID: "V"}

_KEYS: Mapping[Act, str] = {Act.AMEND: "F2", Act.CLASS: "F9"}


@dataclass(frozen=True, slots=True)
class Group:
    """Acts that belong together, in a menu of their own."""

    word: LazyText
    letter: str
    acts: Mapping[Act, str]


GROUPS: tuple[Group, ...] = (
    Group(
        _lazy("Urge and report up"),
        "U",
        {Act.PROMISE: "N", Act.URGE: "U", Act.REPORT_UP: "R", Act.HAND_ON: "H"},
    ),
    Group(
        _lazy("Judgement and letters"),
        "J",
        {Act.JUDGE: "J", Act.MANAGER_CONTACT: "M", Act.LETTER: "L", Act.PROBLEM_REPORT: "D"},
    ),
    Group(
        _lazy("Handle a breach"),
        "B",
        {Act.VIOLATION: "B", Act.DISSUADE: "D", Act.STOP: "S", Act.REPORT_OUT: "R"},
    ),
    Group(
        _lazy("Incident and links"),
        "L",
        {
            Act.INCIDENT: "I",
            Act.LEAVE: "E",
            Act.TELL: "T",
            Act.ANSWER_ALL: "A",
            Act.LINK: "L",
            Act.MERGE: "M",
        },
    ),
)
SHEET_LETTERS: Mapping[PaperKind, str] = {
    PaperKind.COMPLAINT_SHEET: "C",
    PaperKind.REPLY_LETTER: "L",
    PaperKind.PROBLEM_REPORT: "P",
    PaperKind.FOLLOW_UP_SHEET: "F",
}


def fill_ticket_menu(
    menu: QMenu,
    ticket: Ticket,
    *,
    do: Callable[[Act], object],
    add_photos: Callable[[], object],
    print_out: Callable[[PaperKind], object],
) -> None:
    """Add what the ticket allows now; a menu that would be empty is left out."""
    _add_acts(menu, ticket, FIRST_ACTS, do)
    add_entry(menu, _("Add photos"), PHOTOS_LETTER, add_photos, keys=ADD_KEYS)
    menu.addSeparator()
    for group in GROUPS:
        if any(can_act(ticket, act) for act in group.acts):
            below = menu.addMenu(lettered(str(group.word), group.letter))
            _add_acts(below, ticket, group.acts, do)
    sheets = [kind for kind in SHEETS if can_print(ticket, kind)]
    if sheets:
        papers = menu.addMenu(lettered(_("Print"), PRINT_LETTER))
        for kind in sheets:
            word = str(PAPER_LABELS[kind])
            add_entry(papers, word, SHEET_LETTERS[kind], partial(print_out, kind))
    menu.addSeparator()
    _add_acts(menu, ticket, LAST_ACTS, do)


def _add_acts(
    menu: QMenu, ticket: Ticket, acts: Mapping[Act, str], do: Callable[[Act], object]
) -> None:
    for act, letter in acts.items():
        if can_act(ticket, act):
            word, keys = str(LOOKS[act].word), _KEYS.get(act, "")
            add_entry(menu, word, letter, partial(do, act), keys=keys)
