"""A contact as a form: what was said stands first, everything else is proposed (R52, R82)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from propdesk.domain.contacts import (
    COUNTERPARTY_LABELS,
    STAGE_LABELS,
    TYPE_LABELS,
    WAY_LABELS,
    ContactDraft,
    ContactType,
    Counterparty,
    Stage,
    Way,
    reason_label,
)
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.moments import parse_day
from propdesk.domain.texts import elide
from propdesk.i18n import LazyText, _
from propdesk.services.queries.contacts import list_reasons, propose_reason
from propdesk.services.queries.staff import list_departments
from propdesk.services.queries.tickets import TicketFilter, get_tickets, list_tickets
from ui.context import AppContext
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_MOST_TICKETS = 20
_DAY_WIDTH = 130

Word = TypeVar("Word", bound=StrEnum)


class ContactForm(FormRows):
    """The rows of a contact; `draft` is what they say now."""

    def __init__(self, context: AppContext, draft: ContactDraft) -> None:
        super().__init__(context.theme)
        self._context = context
        self._draft = draft
        theme = context.theme
        self._reasons = tuple(dict.fromkeys((*list_reasons(), *filter(None, (draft.reason,)))))
        self.text = TextField(theme, _("What was said"), lines=4)
        self.reason = PickField(theme, _("Reason"), self._reason_choices())
        self.way = PickField(theme, _("Way"), _choices(WAY_LABELS))
        self.name = LineField(theme, _("Who"), placeholder=_("Name"))
        self.phone = LineField(theme, _("Phone"), placeholder=_("Phone"), width=140)
        self.counterparty = PickField(theme, _("Who they are"), _choices(COUNTERPARTY_LABELS))
        self.ticket = PickField(theme, _("About"), self._ticket_choices(draft))
        self.stage = PickField(theme, _("Stage"), _choices(STAGE_LABELS))
        self.type = PickField(theme, _("Sort of talk"), _choices(TYPE_LABELS))
        self.wish = LineField(theme, _("Wish"))
        self.opinion = LineField(
            theme, _("To be done"), placeholder=_("Who or what is to see to it; it stays open")
        )
        departments = [Choice(str(one.id), one.name) for one in list_departments()]
        self.department = PickField(
            theme, _("Department"), [Choice("", _("No department")), *departments]
        )
        self.due = LineField(theme, _("Until"), placeholder="11-25", width=_DAY_WIDTH)
        self.result = LineField(theme, _("Result"), placeholder=_("What came of it"), is_last=True)
        self._add_rows()
        self._show(draft)
        self._picked = bool(draft.reason)
        self.reason.picked.connect(self._on_picked)
        self.text.textChanged.connect(self._on_text)
        self._before = self.typed()

    def _add_rows(self) -> None:
        add = self.add_row
        add("text", _("What was said"), self.text)
        add("reason", _("Reason"), self.reason, self._word(_("Way")), self.way)
        add("name", _("Who"), self.name, self.phone)
        add("phone", _("Who they are"), self.counterparty)
        add("ticket", _("About"), self.ticket, self._word(_("Stage")), self.stage)
        add("type", _("Sort of talk"), self.type)
        add("wish", _("Wish"), self.wish)
        add("opinion", _("To be done"), self.opinion)
        add("due_on", _("By whom"), self.department, self._word(_("Until")), self.due)
        add("result", _("Result"), self.result)

    def _word(self, words: str) -> Label:
        return Label(self._context.theme, words, ink=Ink.TEXT_3)

    def _reason_choices(self) -> list[Choice]:
        return [Choice("", reason_label("")), *(Choice(c, reason_label(c)) for c in self._reasons)]

    def _ticket_choices(self, draft: ContactDraft) -> list[Choice]:
        """Offer the open tickets of the house, and the one that it is about already."""
        found: dict[int, str] = {}
        if draft.ticket_id is not None:
            for ticket in get_tickets((draft.ticket_id,)):
                found[ticket.id] = f"{ticket.number} {ticket.matter}"
        if draft.unit_id is not None:
            wanted = TicketFilter(group="open", unit_id=draft.unit_id)
            page = list_tickets(wanted, now=self._context.now(), limit=_MOST_TICKETS)
            for row in page.rows:
                found.setdefault(row.id, f"{row.number} {row.matter}")
        tickets = [Choice(str(key), elide(words, 60)) for key, words in found.items()]
        return [Choice("", _("No ticket")), *tickets]

    def _show(self, draft: ContactDraft) -> None:
        self.text.show_words(draft.text)
        self.reason.choose(draft.reason)
        self.way.choose(draft.way)
        self.name.show_words(draft.name)
        self.phone.show_words(draft.phone)
        self.counterparty.choose(draft.counterparty)
        self.ticket.choose("" if draft.ticket_id is None else str(draft.ticket_id))
        self.stage.choose(draft.stage)
        self.type.choose(draft.type)
        self.wish.show_words(draft.wish)
        self.opinion.show_words(draft.opinion)
        if any(str(draft.department_id) == str(one.id) for one in list_departments()):
            self.department.choose(str(draft.department_id))
        self.due.show_words("" if draft.due_on is None else draft.due_on.isoformat())
        self.result.show_words(draft.result)
        self.ticket.picked.connect(self._on_ticket)

    def _on_picked(self) -> None:
        self._picked = True

    def _on_text(self) -> None:
        """Propose the reason that the words speak of, until somebody chooses one."""
        self.drop_problem("text")
        if not self._picked:
            self.reason.choose(propose_reason(self.text.words(), self._reasons))

    def _on_ticket(self) -> None:
        """Propose the stage: a talk about an open ticket is one during its service."""
        self.stage.choose(Stage.DURING if self.ticket.value() else Stage.BEFORE)

    def typed(self) -> tuple[str, ...]:
        """Return all fields as they are typed now."""
        return (
            self.text.words(), self.way.value(), self.name.words(), self.phone.words(),
            self.counterparty.value(), self.ticket.value(), self.stage.value(), self.type.value(),
            self.wish.words(), self.opinion.words(), self.department.value(), self.due.words(),
            self.result.words(),
        )  # fmt: skip

    def is_dirty(self) -> bool:
        """Tell whether something was typed that is not stored."""
        return self.typed() != self._before

    def draft(self) -> ContactDraft:
        """Return the contact as typed. Raises DraftError for a day that cannot be read."""
        before = self._draft
        ticket = self.ticket.value()
        department = self.department.value()
        return replace(
            before,
            text=self.text.words(),
            name=self.name.words(),
            phone=self.phone.words(),
            # Another name is another person.
            person_id=before.person_id if self.name.words() == before.name else None,
            counterparty=Counterparty(self.counterparty.value()),
            way=Way(self.way.value()),
            stage=Stage(self.stage.value()),
            type=ContactType(self.type.value()),
            reason=self.reason.value(),
            wish=self.wish.words(),
            opinion=self.opinion.words(),
            department_id=int(department) if department else None,
            due_on=self._due_on(),
            result=self.result.words(),
            ticket_id=int(ticket) if ticket else None,
            is_open=None,
        )

    def _due_on(self) -> date | None:
        words = self.due.words()
        if not words:
            return None
        try:
            return parse_day(words, self._context.now().date())
        except RuleError as refusal:
            raise DraftError((Problem("due_on", str(refusal)),)) from refusal


def _choices(labels: Mapping[Word, LazyText]) -> list[Choice]:
    return [Choice(key.value, str(word)) for key, word in labels.items()]
