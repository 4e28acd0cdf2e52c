"""The forms for what takes longer: a new time (R07), urging (R09), reporting up (R30)."""

from datetime import datetime

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.moments import parse_moment
from propdesk.domain.promises import PromiseDraft
from propdesk.domain.replies import REPLY_WAYS
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Ticket
from propdesk.domain.urging import LEVEL_LABELS, URGE_WAY_LABELS, Level
from propdesk.i18n import _
from propdesk.services.promises import promise_ticket
from propdesk.services.queries.clocks import get_clocks
from propdesk.services.queries.staff import list_staff
from propdesk.services.urging import report_up, urge_ticket
from ui.context import AppContext
from ui.forms.move_form import MoveForm
from ui.forms.promise_field import PromiseField
from ui.pages.ticket_acts import Act
from ui.pages.ticket_words import line_moment
from ui.theme import Ink
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField, TextField
from ui.widgets.labels import Label

_TIME_WIDTH = 170


def _above(*roles: Role) -> str:
    """Return who sits above, to be proposed: the first staff member of the roles, else nobody."""
    staff = list_staff()
    return next((one.name for role in roles for one in staff if one.role is role), "")


class PromiseForm(MoveForm):
    """改约: what was explained, until when, who above knows, since when; all four are needed."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.PROMISE)
        theme = context.theme
        self.text = TextField(theme, _("Explained"), placeholder=_("Why it takes longer"), lines=2)
        self.way = Chips(
            theme,
            _("Way"),
            [
                Choice(key, str(word), hotkey=str(number))
                for number, (key, word) in enumerate(REPLY_WAYS.items(), start=1)
            ],
        )
        self.promise = PromiseField(context)
        self.reported_to = LineField(theme, _("Reported to"), width=_TIME_WIDTH)
        self.reported_to.show_words(_above(Role.MANAGER, Role.SUPERVISOR))
        self.reported_at = LineField(theme, _("Reported at"), width=_TIME_WIDTH)
        self.reported_at.show_words(context.now().strftime("%H:%M"))
        before = Label(theme, self._before(), ink=Ink.TEXT_3)
        self.rows.add_row("text", _("Explained"), self.text)
        self.rows.add_row("way", _("Way"), self.way)
        self.rows.add_row("promised_at", _("Promised"), self.promise, note=self.promise.hint)
        self.rows.add_row("reported_to", _("Reported to"), self.reported_to, note=before)
        self.rows.add_row("reported_at", _("Reported at"), self.reported_at)
        self.text.textChanged.connect(lambda: self.rows.drop_problem("text"))
        for key, field in (
            ("promised_at", self.promise),
            ("reported_to", self.reported_to),
            ("reported_at", self.reported_at),
        ):
            field.textChanged.connect(lambda _words, key=key: self.rows.drop_problem(key))

    def _before(self) -> str:
        """Return what was due until now, which stays in sight."""
        now = self.context.now()
        due = self.ticket.promised_at
        if due is None:
            coming = get_clocks(self.ticket.id, now=now).next_due
            due = coming.due_at if coming else None
        return "" if due is None else _("due until now: {time}").format(time=line_moment(due, now))

    def take_focus(self) -> None:
        """Put the keyboard into the explanation."""
        self.text.setFocus()

    def act(self) -> str:
        """Promise the new time."""
        by, now = self.who()
        draft = PromiseDraft(
            text=self.text.words(),
            promised_at=self.promise.moment(),
            reported_to=self.reported_to.words(),
            reported_at=self._reported_at(now),
            way=self.way.chosen(),
        )
        ticket = promise_ticket(self.ticket.id, draft, by=by, now=now)
        until = line_moment(ticket.promised_at or now, now)
        return _("{number} is promised until {time}").format(number=ticket.number, time=until)

    def _reported_at(self, now: datetime) -> datetime | None:
        words = self.reported_at.words()
        try:
            return parse_moment(words, now) if words else None
        except RuleError as refusal:
            raise DraftError((Problem("reported_at", str(refusal)),)) from refusal


class UrgeForm(MoveForm):
    """催办: whom, and how; words only where there is something to say."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.URGE)
        theme = context.theme
        self.whom = LineField(theme, _("Whom to urge"), width=_TIME_WIDTH)
        self.whom.show_words((ticket.handler or ticket.department) if ticket.dispatches else "")
        self.way = Chips(
            theme,
            _("Way"),
            [
                Choice(key.value, str(word), hotkey=str(number))
                for number, (key, word) in enumerate(URGE_WAY_LABELS.items(), start=1)
            ],
        )
        self.text = LineField(theme, _("Note"), is_last=True)
        self.rows.add_row("way", _("Way"), self.way)
        self.rows.add_row("whom", _("Whom to urge"), self.whom)
        self.rows.add_row("text", _("Note"), self.text)
        self.whom.textChanged.connect(lambda: self.rows.drop_problem("whom"))

    def take_focus(self) -> None:
        """Put the keyboard on the way: a digit chooses."""
        self.way.setFocus()

    def act(self) -> str:
        """Note the urging."""
        by, now = self.who()
        ticket = urge_ticket(
            self.ticket.id,
            whom=self.whom.words(),
            way=self.way.chosen(),
            text=self.text.words(),
            by=by,
            now=now,
        )
        whom = ticket.events[-1].detail["whom"]
        return _("{number}: {name} is urged").format(number=ticket.number, name=whom)


class ReportUpForm(MoveForm):
    """上报: how far up, to whom, what is asked for."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.REPORT_UP)
        theme = context.theme
        self.level = Chips(
            theme,
            _("Level"),
            [
                Choice(key.value, str(word), hotkey=str(number))
                for number, (key, word) in enumerate(LEVEL_LABELS.items(), start=1)
            ],
        )
        self.to = LineField(theme, _("Who was told"), width=_TIME_WIDTH)
        self.text = TextField(
            theme, _("Reported"), placeholder=_("What happened, and what is asked for"), lines=2
        )
        self.rows.add_row("level", _("Level"), self.level)
        self.rows.add_row("to", _("Who was told"), self.to)
        self.rows.add_row("text", _("Reported"), self.text)
        self.level.chosen_changed.connect(self._propose)
        self.to.textChanged.connect(lambda: self.rows.drop_problem("to"))
        self.text.textChanged.connect(lambda: self.rows.drop_problem("text"))
        self._propose()

    def _propose(self) -> None:
        roles = {Level.SUPERVISOR: Role.SUPERVISOR, Level.MANAGER: Role.MANAGER}
        role = roles.get(Level(self.level.chosen()))
        self.to.show_words("" if role is None else _above(role))

    def take_focus(self) -> None:
        """Put the keyboard on the level: a digit chooses."""
        self.level.setFocus()

    def act(self) -> str:
        """Note the report."""
        by, now = self.who()
        level = Level(self.level.chosen())
        ticket = report_up(
            self.ticket.id, level, to=self.to.words(), text=self.text.words(), by=by, now=now
        )
        return _("{number} is reported up ({level})").format(
            number=ticket.number, level=LEVEL_LABELS[level]
        )
