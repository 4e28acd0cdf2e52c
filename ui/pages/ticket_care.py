"""What a ticket's detail says of the care for its caller: banners, six clears, what was found."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.causes import CAUSE_LABELS
from propdesk.domain.clears import CLEAR_LABELS, CLEAR_NAMES, clears_of
from propdesk.domain.gates import GateAct, unmet_gates
from propdesk.domain.judgements import BASIS_LABELS, VALIDITY_LABELS, WishBasis, judgement_of
from propdesk.domain.persons import is_special, special_words
from propdesk.domain.responsibility import WORK_DONE
from propdesk.domain.tickets import SEVERITY_LABELS, Kind, Severity, Ticket, is_open
from propdesk.i18n import _
from propdesk.services.queries.assets import find_asset_of_ticket
from ui.context import AppContext
from ui.delegates.records import plain_tooltip
from ui.pages.ticket_acts import LOOKS, Act, can_act
from ui.pages.ticket_words import breakable, clauses
from ui.theme import Ink, Space, Theme, Tone
from ui.widgets.badges import Banner
from ui.widgets.facts import Fact, Lamp, Lamps
from ui.widgets.labels import Label


class CareBanners(QWidget):
    """Who must be treated with care, what must be reported in writing, what was not judged yet."""

    act_wanted = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        self.special = Banner(theme, Tone.WARN, "handshake")
        self.severity = Banner(theme, Tone.WARN, "triangle-alert")
        self.judgement = Banner(theme, Tone.INFO, "list-checks")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.M)
        for banner, act in (
            (self.special, Act.MANAGER_CONTACT),
            (self.severity, Act.PROBLEM_REPORT),
            (self.judgement, Act.JUDGE),
        ):
            banner.followed.connect(lambda act=act: self.act_wanted.emit(act))
            self._column.addWidget(banner)

    def show_ticket(self, ticket: Ticket) -> None:
        """Show what there is to say of a ticket; of one that has ended only who it is for."""
        day = self._context.now().date()
        acts = {gate.act for gate in unmet_gates(ticket, day)} if is_open(ticket.status) else set()
        special = ""
        if is_special(ticket.special, ticket.special_until, day):
            special = special_words(ticket.special)
        to_contact = GateAct.MANAGER_CONTACT in acts and can_act(ticket, Act.MANAGER_CONTACT)
        link = str(LOOKS[Act.MANAGER_CONTACT].word) if to_contact else ""
        self.special.show_banner(Tone.WARN, "handshake", special, link)
        severity = ""
        if GateAct.PROBLEM_REPORT in acts:
            severity = _("{severity}: the department gets a written report").format(
                severity=SEVERITY_LABELS[ticket.severity]
            )
        link = str(LOOKS[Act.PROBLEM_REPORT].word) if severity else ""
        self.severity.show_banner(Tone.WARN, "triangle-alert", severity, link)
        is_unjudged = (
            ticket.kind is Kind.COMPLAINT and ticket.status in WORK_DONE and not ticket.validity
        )
        words = _("Not judged yet: justified or not, and why") if is_unjudged else ""
        link = str(LOOKS[Act.JUDGE].word) if words else ""
        self.judgement.show_banner(Tone.INFO, "list-checks", words, link)
        self.setVisible(bool(special or severity or words))


class ClearsRow(QWidget):
    """六清楚: six lamps beside their label, in line with the facts above."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.label = Label(theme, _("Six clears"), ink=Ink.TEXT_3)
        self.lamps = Lamps(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.label)
        row.addWidget(self.lamps, 1)

    def show_ticket(self, ticket: Ticket, label_width: int) -> None:
        """Show the lamps of a ticket; the tooltip says what each dark one lacks."""
        self.label.setMinimumWidth(label_width)
        lamps = clears_of(ticket)
        self.lamps.show_lamps(
            [Lamp(str(CLEAR_LABELS[one.clear]), is_lit=one.is_lit) for one in lamps]
        )
        lines = [
            _("{name}: {what} is missing").format(name=CLEAR_NAMES[one.clear], what=one.lacks)
            if one.lacks
            else _("{name}: yes").format(name=CLEAR_NAMES[one.clear])
            for one in lamps
        ]
        self.lamps.setToolTip(plain_tooltip("\n".join(lines)))
        self.lamps.setAccessibleDescription("\n".join(lines))


def care_facts(ticket: Ticket) -> list[Fact]:
    """Return what was found about a ticket, and who replies where it is not the first receiver."""
    found = judgement_of(ticket)
    judged = clauses(
        str(VALIDITY_LABELS[found.validity]) if found.validity else "",
        str(SEVERITY_LABELS[found.severity]) if found.severity is not Severity.ORDINARY else "",
        str(CAUSE_LABELS[found.cause_kind]) if found.cause_kind else "",
    )
    handed_on = ticket.replier if ticket.replier_id != ticket.first_receiver_id else ""
    basis = str(BASIS_LABELS[WishBasis(ticket.wish_basis)]) if ticket.wish_basis else ""
    thing = find_asset_of_ticket(ticket.id)
    named = f"{thing.draft.code} {thing.draft.name} {thing.where}".strip() if thing else ""
    facts = (
        Fact(_("Thing"), breakable(named)),
        Fact(_("Wish rests on"), basis),
        Fact(_("Replies"), handed_on),
        Fact(_("Judgement"), judged),
        Fact(_("Root cause"), breakable(found.cause)),
        Fact(_("Prevention"), breakable(found.prevention)),
    )
    return [fact for fact in facts if fact.value]
