"""Two persons who are one: both are shown, and what moves, before anything is done (F47)."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.field_catalogue import optional_field
from propdesk.domain.masking import mask_phone
from propdesk.domain.person_merges import THING_LABELS
from propdesk.i18n import _
from propdesk.services.persons import MergePreview, merge_persons, preview_merge
from propdesk.services.queries.persons import PersonFile, list_twins
from propdesk.services.queries.residents import Resident
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.known_person import houses_words
from ui.dialogs.person_picker import PersonPicker
from ui.widgets.buttons import Kind
from ui.widgets.facts import Fact, Facts
from ui.widgets.labels import Label

_WIDTH = 560


def merge_into(context: AppContext, parent: QWidget, person: Resident) -> str:
    """Let the clerk choose who is the same as `person` and merge him; return what was done."""
    twins = list_twins(person.person_id, context.now().date())
    picker = PersonPicker(
        context,
        parent,
        _("Who is the same as {name}?").format(name=context.shown_names(person.name)),
        _("Compare"),
        proposed=twins,
        left_out=person.person_id,
    )
    other = picker.pick()
    if other is None:
        return ""
    try:
        preview = preview_merge(person.person_id, other.id, now=context.now())
    except RuleError as refusal:
        context.messages.tell(parent, _("These two cannot be merged"), str(refusal))
        return ""
    dialog = PersonMergeDialog(context, parent, preview)
    return dialog.told if dialog.ask() == "merge" else ""


class PersonMergeDialog(Dialog):
    """Who stays, who goes, and what goes over; `told` is what was done."""

    def __init__(self, context: AppContext, parent: QWidget, preview: MergePreview) -> None:
        super().__init__(context.theme, parent, _("Make these two one person?"), width=_WIDTH)
        self._context, self._preview = context, preview
        self.told = ""
        for heading, person in (
            (_("Who stays"), preview.stays),
            (_("Who becomes part of him"), preview.goes),
        ):
            name = context.shown_names(person.name)
            said = _(": ").join((heading, name))
            self.body.addWidget(Label(context.theme, said, bold=True, wrap=True, selectable=True))
            facts = Facts(context.theme)
            facts.show_facts(_facts(context, person))
            self.body.addWidget(facts)
        moves = [
            _("{thing} {count}").format(thing=THING_LABELS[thing], count=count)
            for thing, count in preview.counts.items()
            if count
        ]
        self.add_sentence(_("Goes over: {things}").format(things=_(", ").join(moves)))
        if preview.given_up:
            fields = _(", ").join(str(optional_field(code).label) for code in preview.given_up)
            self.add_sentence(_("Given up, because they differ: {fields}").format(fields=fields))
        self.add_sentence(_("This cannot be undone. Is it really the same person?"))
        self.add_verb("cancel", _("Leave them apart"), is_default=True)
        self.add_verb("merge", _("Make them one"), kind=Kind.DANGER)

    def choose(self, key: str) -> None:
        """Merge before the dialog closes; a refusal is told and leaves both apart."""
        stays, goes = self._preview.stays, self._preview.goes
        if key == "merge":
            context = self._context

            def merge() -> None:
                merge_persons(stays.id, goes.id, by=context.staff.id, now=context.now())

            if not context.attempt(self, _("These two cannot be merged"), merge):
                return
            names = context.shown_names
            self.told = _("{goes} is now one with {stays}").format(
                goes=names(goes.name), stays=names(stays.name)
            )
        super().choose(key)


def _facts(context: AppContext, person: PersonFile) -> list[Fact | tuple[Fact, Fact]]:
    phones = _(", ").join(map(mask_phone, person.phones))
    return [
        (Fact(_("Salutation"), context.shown_names(person.salutation)), Fact(_("Phone"), phones)),
        Fact(_("Houses"), houses_words(person)),
        Fact(_("Note"), person.note),
    ]
