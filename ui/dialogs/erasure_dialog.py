"""Erase or seal a person: what stands in the way, what is kept until when, what goes (PIPL 47)."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.data_requests import RequestKind, RequestResult
from propdesk.domain.erasure import PART_LABELS, STOP_LABELS, Erasure, ErasurePlan
from propdesk.domain.errors import DraftError
from propdesk.domain.retention import BY_CODE
from propdesk.i18n import _, ngettext
from propdesk.services.data_requests import answer_request
from propdesk.services.erasures import erase_person, seal_person, unseal_person
from propdesk.services.queries.data_requests import list_requests
from propdesk.services.queries.erasures import plan_erasure
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.widgets.buttons import Kind
from ui.widgets.facts import Fact, Facts
from ui.widgets.fields import LineField
from ui.widgets.forms import FormRows

_WIDTH = 660


class ErasureDialog(Dialog):
    """The plan of one person and what may be done; `done_with` is what was done, else None.

    Where he asked for it himself, only what the law keeps stands in the way, and erasing answers
    his request.
    """

    def __init__(self, context: AppContext, parent: QWidget, person_id: int) -> None:
        self._context, self._person_id = context, person_id
        asked = [
            one
            for one in list_requests(open_only=True, person_id=person_id)
            if one.kind is RequestKind.DELETE
        ]
        self._request = asked[0] if asked else None
        self.plan = plan_erasure(
            person_id, today=context.now().date(), office=context.office, on_request=bool(asked)
        )
        name = context.shown_names(self.plan.name)
        title = _("Erase or seal {name}").format(name=name)
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self._name = name
        self.done_with: Erasure | None = None
        self.add_sentence(self._state_words())
        self.facts = Facts(context.theme)
        self.facts.show_facts(self._facts())
        self.body.addWidget(self.facts)
        self._reason = LineField(
            context.theme, _("Reason"), placeholder=_("Without the person's name"), longest=200
        )
        self.rows = FormRows(context.theme)
        self.rows.add_row("reason", _("Reason"), self._reason)
        may_act = self.plan.may_erase or self.plan.may_seal or self.plan.is_sealed
        if may_act:
            self.body.addWidget(self.rows)
        close = self.add_verb("cancel", _("Close"))
        if self.plan.is_sealed:
            self.add_verb("unseal", _("Unseal"))
        elif self.plan.may_seal:
            self.add_verb("seal", _("Seal"))
        if self.plan.may_erase:
            self.add_verb("erase", _("Erase"), kind=Kind.DANGER)
        (self._reason if may_act else close).setFocus()

    def _state_words(self) -> str:
        plan = self.plan
        if plan.stops:
            return _("First settle what stands in the way.")
        if plan.may_erase:
            return _("Everything is settled and no law keeps it: the person can be erased.")
        if plan.is_sealed:
            return _("Sealed: stored, and used for nothing. Erase on {day}.").format(
                day=plan.erasable_on
            )
        return _("The law still keeps records. Seal the person until {day}, then erase.").format(
            day=plan.erasable_on
        )

    def _facts(self) -> list[Fact]:
        plan = self.plan
        facts = []
        if plan.stops:
            stops = "\n".join(str(STOP_LABELS[stop]) for stop in plan.stops)
            facts.append(Fact(_("In the way"), stops, is_strong=True))
        if self._request is not None:
            words = _("request of {day}, answer by {due}").format(
                day=self._request.received_at.date(), due=self._request.due_on
            )
            facts.append(Fact(_("On request"), words))
        if plan.keeps:
            facts.append(Fact(_("Law keeps"), "\n".join(_keep_words(plan))))
        counts = _("; ").join(f"{PART_LABELS[part]} {n:,}" for part, n in plan.counts.items())
        facts.append(Fact(_("What is kept"), counts))
        facts.append(Fact(_("Copies left"), _copies_words(plan)))
        return facts

    def choose(self, key: str) -> None:
        """Do it before the dialog closes; a refusal and a missing reason leave it open."""
        if key in ("erase", "seal", "unseal") and not self._is_done(key):
            return
        super().choose(key)

    def _is_done(self, key: str) -> bool:
        context = self._context
        self.rows.show_problems(())
        if key == "erase" and not self._is_sure():
            return False
        problems: list[DraftError] = []

        def act() -> None:
            try:
                self.done_with = self._act(key)
            except DraftError as refusal:
                problems.append(refusal)

        is_done = context.attempt(self, _("This was not done"), act)
        if problems:
            self.rows.show_problems(problems[0].problems)
            self._reason.setFocus()
        return is_done and not problems

    def _is_sure(self) -> bool:
        if not self._reason.words().strip():
            return True  # the reason is asked for first
        return self._context.messages.confirm(
            self,
            _("Erase {name} for ever?").format(name=self._name),
            _("Names, phones, details and files go out of every record. Nobody can undo it."),
            act=_("Erase for ever"),
            keep=_("Keep"),
        )

    def _act(self, key: str) -> Erasure:
        context, reason = self._context, self._reason.words()
        by, now = context.staff.id, context.now()
        if key == "unseal":
            return unseal_person(self._person_id, reason, by=by, now=now)
        request_id = self._request.id if self._request else None
        if key == "seal":
            return seal_person(self._person_id, reason, by=by, now=now, request_id=request_id)
        done = erase_person(
            context.office, self._person_id, reason, by=by, now=now, request_id=request_id
        )
        if request_id is not None:
            answer_request(request_id, RequestResult.DONE, by=by, now=now)
        return done


def _keep_words(plan: ErasurePlan) -> list[str]:
    return [
        _("{what} until {day}; {source}").format(
            what=BY_CODE[keep.retention].what,
            day=keep.until,
            source=BY_CODE[keep.retention].source,
        )
        for keep in plan.keeps
    ]


def _copies_words(plan: ErasurePlan) -> str:
    words = []
    if plan.backups_gone_by is not None:
        words.append(
            ngettext(
                "{count} backup, gone by {day}", "{count} backups, gone by {day}", plan.backups
            ).format(count=plan.backups, day=plan.backups_gone_by)
        )
    if plan.exports:
        words.append(
            ngettext(
                "{count} file exported in full", "{count} files exported in full", plan.exports
            ).format(count=plan.exports)
        )
    return _("; ").join(words)
