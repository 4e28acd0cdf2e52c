"""Somebody of the same name and phone is in the register: link him instead of a second (F47)."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from propdesk.domain.masking import mask_phone
from propdesk.domain.persons import ROLE_LABELS, PersonDraft
from propdesk.i18n import _
from propdesk.services.persons import StayDraft, link_person
from propdesk.services.queries.persons import PersonFile
from propdesk.services.queries.residents import Resident
from ui.context import AppContext
from ui.dialogs.messages import Verb
from ui.widgets.buttons import Kind

LINK, ANOTHER, _BACK = "link", "another", "back"


def houses_words(person: PersonFile) -> str:
    """Return the houses of a person with what he is there: `3-2-501 Owner, 12# Tenant`."""
    houses = [
        f"{stay.where} {ROLE_LABELS[stay.role]}" if stay.present else stay.where
        for stay in person.stays
    ]
    return _(", ").join(houses)


def offer_known(context: AppContext, parent: QWidget, known: Sequence[PersonFile]) -> str:
    """Ask whether a typed person is the known one; nothing is linked by itself."""
    person = known[0]
    sentence = _(
        "{name} {phones} is in the register: {houses}. Linking lets one person have both houses; "
        "his phones and notes stay as they are there."
    ).format(
        name=context.shown_names(person.name),
        phones=_(", ").join(map(mask_phone, person.phones)),
        houses=houses_words(person) or _("in no house now"),
    )
    verbs = [
        Verb(_BACK, _("Go on typing")),
        Verb(ANOTHER, _("Somebody else")),
        Verb(LINK, _("Link this person"), Kind.PRIMARY),
    ]
    return context.messages.choose(parent, _("Is this the same person?"), sentence, verbs)


def link_known(
    context: AppContext, unit_id: int, person: PersonFile, draft: PersonDraft
) -> Resident:
    """Let the known person be in this house as what was typed."""
    stay = StayDraft(draft.role, draft.from_on, draft.to_on, draft.relation, draft.share)
    return link_person(unit_id, person.id, stay, by=context.staff.id, now=context.now())
