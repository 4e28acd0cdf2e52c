"""登记催缴: what was done to be paid, what came of it and what proves it (law.md 1.3, 1.6).

The day's call is proposed as it usually was: by phone, spoken with the debtor on his own number, so
that Ctrl+Enter notes it. Below the fields stands all the time what the act will count, and what
speaks against it (Civil Code 1033); a reason goes beyond that, and is kept.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.attachments import StagedFile
from propdesk.domain.dunning import (
    MEDIUM_LABELS,
    RELATION_LABELS,
    RESULT_LABELS,
    STAGE_LABELS,
    WAY_LABELS,
    Medium,
    Relation,
    Result,
    Stage,
    Way,
)
from propdesk.domain.dunning_acts import (
    BY_EXPRESS,
    PROOF_HINTS,
    RESULTS,
    TO_AN_ADDRESS,
    ActDraft,
    DunningAct,
    clean_act,
    has_own_proof,
    proof_of,
    stage_of,
)
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.limitation import STRENGTH_LABELS, Strength, Weight, weigh_act
from propdesk.domain.moments import parse_day, parse_moment
from propdesk.domain.money import money_words
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.attachments import discard_files
from propdesk.services.dunning_acts import Proofs, list_doubts, note_act
from propdesk.services.queries.arrears_cases import get_case
from propdesk.services.queries.bills import Bill, list_bills
from propdesk.services.queries.dunning_acts import list_urgers
from propdesk.services.queries.limitation import limitation_rules
from propdesk.services.queries.units import get_unit
from ui.context import AppContext
from ui.dialogs.dunning_act_fields import AddressField, LetterField, ProofFiles, reachable
from ui.dialogs.small_form import SmallForm
from ui.incoming_files import Drops
from ui.keyboard import key_words
from ui.reading_order import step
from ui.theme import Ink, Tone
from ui.widgets.badges import Banner
from ui.widgets.bill_ticks import BillTicks
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label, LinkButton
from ui.widgets.proposals import Proposals

_WIDTH, _TIME, _NUMBER, _DAY = 800, 150, 170, 124
_BILLS_KEY = "Ctrl+B"
# The commonest first: their digits choose them.
_WAYS = (
    Way.PHONE, Way.IN_PERSON, Way.POSTED_AT_DOOR, Way.MAILBOX, Way.WECHAT, Way.SMS, Way.EMS,
    Way.POST, Way.LAWYER, Way.ACKNOWLEDGEMENT, Way.E_MAIL, Way.MEDIATION, Way.PAYMENT_ORDER,
    Way.SUIT, Way.ARBITRATION, Way.POLICE, Way.PUBLIC_NOTICE,
)  # fmt: skip
_RECEIVED = frozenset({Result.SIGNED, Result.SPOKEN, Result.RECORDED, Result.REFUSED})
_TONES: Mapping[Strength, tuple[Tone, str]] = {
    Strength.PROVED: (Tone.OK, "circle-check"),
    Strength.ARGUABLE: (Tone.WARN, "scale"),
    Strength.WEAK: (Tone.NEUTRAL, "info"),
}
# The refusals of the command that are about a field.
_CODES = {
    "act-doubtful": "override_reason", "case-held": "override_reason",
    "case-held-complaint": "override_reason", "guards-no-dunning": "done_by",
}  # fmt: skip


class DunningActDialog(SmallForm):
    """The form of one act; `stored` is the act."""

    def __init__(
        self, context: AppContext, parent: QWidget, unit_id: int, letter_id: int | None = None
    ) -> None:
        unit = get_unit(unit_id)
        title = _("Note an act of urging: {house}").format(house=unit.short)
        super().__init__(context, parent, title, _("Note it"), width=_WIDTH)
        self._unit_id = unit_id
        self._house = f"{unit.community} {unit.long}"
        self._opened_at = context.now().replace(tzinfo=None, second=0, microsecond=0)
        today = self._opened_at.date()
        self._bills = [one for one in list_bills(unit_id, open_only=True) if one.due_on <= today]
        self._is_joint = any(one.payer_id for one in self._bills)
        self._rules = limitation_rules(today)
        self._held = get_case(unit_id, today)
        self._people = reachable(unit_id, today)
        self._name = next((one.name for one in self._people), "")
        self._shown_receiver = ""
        self._stage_is_chosen = False
        self._make_fields(context)
        self._add_rows()
        self._add_proofs(context)
        self._connect()
        if letter_id is not None and self.letter.findData(str(letter_id)) >= 0:
            self.letter.choose(str(letter_id))
            self.way.choose(Way.IN_PERSON)
        self._on_way()
        self.outcome.setFocus()

    # -- building

    def _make_fields(self, context: AppContext) -> None:
        theme = context.theme
        ways = [
            Choice(one.value, str(WAY_LABELS[one]), hotkey=str(place) if place < 10 else "")
            for place, one in enumerate(_WAYS, 1)
        ]
        self.way = Chips(theme, _("Way"), ways)
        self.outcome = Chips(theme, _("Result"))
        relations = [
            Choice(one.value, str(RELATION_LABELS[one]), hotkey=str(place))
            for place, one in enumerate(Relation, 1)
        ]
        self.relation = Chips(theme, _("Who it was"), relations)
        self.receiver = LineField(theme, _("Name"), longest=60)
        self.address = AddressField(context, self._people, self._house)
        media = [Choice(one.value, str(MEDIUM_LABELS[one])) for one in Medium]
        # Nothing is proposed: which medium it was decides whether the notice counts.
        self.medium = PickField(theme, _("Medium"), [Choice("", _("Which medium?")), *media])
        express = _("Express number")
        self.express = LineField(theme, express, placeholder=express, width=_NUMBER, longest=40)
        arrived = _("Arrived on")
        self.arrived = LineField(theme, arrived, placeholder=arrived, width=_DAY, longest=20)
        self.at = LineField(theme, _("When"), width=_TIME, longest=30)
        self.at.show_words(f"{self._opened_at:%Y-%m-%d %H:%M}")
        stages = [Choice(str(one.value), str(STAGE_LABELS[one])) for one in Stage]
        self.stage = PickField(theme, _("Stage"), stages)
        names = list_urgers()
        self.done_by = LineField(theme, _("Carried out by"), longest=60)
        self.done_by.show_words(context.staff.name)
        second = _("Second person or witness")
        self.witness = LineField(theme, second, placeholder=second, longest=60)
        for field in (self.done_by, self.witness):
            field.setCompleter(Proposals(names, field))
        self.letter = LetterField(context, self._unit_id)
        self.note = LineField(theme, _("Note"), longest=500)
        self.reason = LineField(theme, _("Reason all the same"))

    def _add_rows(self) -> None:
        theme, add = self.context.theme, self.rows.add_row
        add("way", _("Way"), self.way)
        add("result", _("Result"), self.outcome)
        add("relation", _("Who it was"), self.relation)
        add("receiver", _("Name"), self.receiver)
        beside = (self.medium, self.express, self.arrived)
        add("address", _("Number or address"), self.address, *beside)
        add("at", _("When"), self.at, Label(theme, _("Stage"), ink=Ink.TEXT_3), self.stage)
        add("done_by", _("Carried out by"), self.done_by, self.witness)
        for key, row_key, field in (
            ("express_number", "address", self.express),
            ("arrived_on", "address", self.arrived),
            ("medium", "address", self.medium),
            ("stage", "at", self.stage),
            ("witness", "done_by", self.witness),
        ):
            self.rows.share_row(key, row_key, field)
        self._about = Label(theme, self._about_words(self._bills), ink=Ink.TEXT_2)
        self._choose = LinkButton(theme, _("Choose  {keys}").format(keys=key_words(_BILLS_KEY)))
        self.rows.add_row("letter", _("About"), self.letter, self._about, self._choose)
        self.ticks = BillTicks(
            theme, self._bills, self._opened_at.date(), (_lazy("demanded"), _lazy("not")),
            is_paying=False,
        )  # fmt: skip
        self.rows.add_row("bills", "", self.ticks)
        self.rows.show_row("bills", is_shown=False)
        add("note", _("Note"), self.note)

    def _add_proofs(self, context: AppContext) -> None:
        self.files = ProofFiles(context)
        self.body.addWidget(self.files)
        self.worth = Banner(context.theme, wraps=True)
        self.body.addWidget(self.worth)
        self.against = Label(context.theme, ink=Ink.WARN, wrap=True)
        self.body.addWidget(self.against)
        self.rows.add_row("override_reason", _("Reason all the same"), self.reason)
        drops = Drops(self, self.files.take, context.now)
        drops.watch(self.note, self.receiver)

    def _connect(self) -> None:
        self.way.chosen_changed.connect(lambda _key: self._on_way())
        self.outcome.chosen_changed.connect(lambda _key: self._on_result())
        self.relation.chosen_changed.connect(lambda _key: self._on_relation())
        self.address.picked.connect(self._on_number)
        self.address.typed.connect(self._tell)
        self.stage.picked.connect(self._on_stage)
        self.letter.picked.connect(lambda _key: self._on_letter())
        self.medium.picked.connect(lambda _key: self._tell())
        self._choose.followed.connect(self._on_choose)
        QShortcut(QKeySequence(_BILLS_KEY), self).activated.connect(self._on_choose)
        self.ticks.changed.connect(self._on_bills)
        self.ticks.left.connect(self.reject)
        self.files.typed.connect(self._tell)
        for field in (self.receiver, self.express, self.arrived, self.at, self.witness, self.note,
                      self.done_by):  # fmt: skip
            field.textEdited.connect(lambda _words: self._tell())

    # -- what follows from what

    def _way(self) -> Way:
        return Way(self.way.chosen())

    def _result(self) -> Result:
        return Result(self.outcome.chosen())

    def _on_way(self) -> None:
        """Offer what may come of a way, and ask for what it needs."""
        way = self._way()
        results = [one for one in Result if one in RESULTS[way]]
        if way is Way.PHONE:  # what a call comes to, day by day
            results = [Result.SPOKEN, Result.UNREACHED, Result.RECORDED]
        self.outcome.set_choices(
            [
                Choice(one.value, str(RESULT_LABELS[one]), hotkey=str(place))
                for place, one in enumerate(results, 1)
            ]
        )
        self.rows.show_row("result", is_shown=len(results) > 1)
        self.address.show_way(way)
        is_notice = way is Way.PUBLIC_NOTICE
        self.rows.show_row("address", is_shown=way in TO_AN_ADDRESS or is_notice)
        self.medium.setVisible(is_notice)
        self.express.setVisible(way in BY_EXPRESS)
        if not self._stage_is_chosen:
            letter = self.letter.letter()
            self.stage.choose(str((letter.stage if letter else stage_of(way)).value))
        self._on_result()

    def _on_result(self) -> None:
        way, result = self._way(), self._result()
        is_received = result in _RECEIVED or way is Way.ACKNOWLEDGEMENT
        self.rows.show_row("relation", is_shown=is_received)
        self.rows.show_row("receiver", is_shown=is_received)
        self.arrived.setVisible(way in BY_EXPRESS and result is not Result.SENT)
        self._on_relation()

    def _on_relation(self) -> None:
        """Propose the debtor's name where it was himself, until another is typed."""
        is_untouched = self.receiver.words() == self._shown_receiver
        if is_untouched:
            is_self = self.relation.chosen() == Relation.SELF and not self.receiver.isHidden()
            self._shown_receiver = self._name if is_self else ""
            self.receiver.show_words(self._shown_receiver)
        self._tell()

    def _on_number(self, _whose: object) -> None:
        """Whose number it is, is who was reached: proposed, not more."""
        person = self.address.whose()
        if person is not None:
            self.relation.choose(person.relation)
            self._name = person.name
        self._on_relation()

    def _on_stage(self, _key: str) -> None:
        self._stage_is_chosen = True
        self._tell()

    def _on_letter(self) -> None:
        letter = self.letter.letter()
        if letter is not None:
            self.stage.choose(str(letter.stage.value))
        self.rows.show_row("bills", is_shown=False)
        self._choose.setVisible(letter is None)
        self._about.show_text(_("its bills") if letter else self._about_words(self._bills))
        self._tell()

    # -- the bills

    def _about_words(self, bills: Sequence[Bill]) -> str:
        words = ngettext(
            "{count} open bill, {amount} yuan", "{count} open bills, {amount} yuan", len(bills)
        )
        amount = money_words(sum(one.open_fen for one in bills))
        return words.format(count=len(bills), amount=amount)

    def _on_choose(self) -> None:
        """Show the bills to choose among; most acts are about all of them."""
        if self.letter.letter() is None and self._bills:
            self.rows.show_row("bills", is_shown=True)
            self.fit()
            self.ticks.setFocus()

    def _on_bills(self) -> None:
        self._about.show_text(self._about_words(self.ticks.chosen()))

    def _bill_ids(self) -> tuple[int, ...]:
        chosen = self.ticks.chosen()
        return () if len(chosen) == len(self._bills) else tuple(one.id for one in chosen)

    # -- what it is worth

    def _tell(self) -> None:
        """Say what the act will count, and what speaks against it."""
        draft = clean_act(self._draft())
        weight = self._weigh(draft)
        tone, icon = _TONES[weight.strength]
        self.worth.show_banner(tone, icon, self._worth_words(draft, weight))
        against = [one.text for one in list_doubts(self._unit_id, draft)]
        if self._held.is_held and draft.is_held_back:
            numbers = _(", ").join(one.number for one in self._held.holding)
            against.insert(
                0,
                _("The complaint {numbers} is open and holds the case.").format(numbers=numbers)
                if numbers
                else _("The case is held."),
            )
        self.against.show_text(" ".join(against))
        self.against.setVisible(bool(against))
        self.rows.show_row("override_reason", is_shown=bool(against))
        self.fit()

    def _weigh(self, draft: ActDraft) -> Weight:
        proof = proof_of(draft, has_proof=bool(self._files()) or has_own_proof(draft))
        return weigh_act(proof, joint=self._is_joint, rules=self._rules)

    def _worth_words(self, draft: ActDraft, weight: Weight) -> str:
        words = [f"{STRENGTH_LABELS[weight.strength]} · {weight.article}"]
        if weight.lacks is not None:
            words.append(str(weight.lacks))
        if draft.result in PROOF_HINTS and not self._files():
            words.append(str(PROOF_HINTS[draft.result]))
        return " · ".join(words)

    # -- storing

    def _files(self) -> tuple[StagedFile, ...]:
        return self.files.files()

    def _at(self) -> datetime:
        return parse_moment(self.at.words(), self.context.now())

    def _draft(self, *, is_strict: bool = False) -> ActDraft:
        """Return what is typed. Where it `is_strict`, raises DraftError for what cannot be read."""
        problems = []
        at, arrived_on = self._opened_at, None
        try:
            at = self._at()
        except RuleError as refusal:
            problems.append(Problem("at", str(refusal)))
        if self.arrived.words() and not self.arrived.isHidden():
            try:
                arrived_on = parse_day(self.arrived.words(), self._opened_at.date())
            except RuleError as refusal:
                problems.append(Problem("address", str(refusal)))
        if problems and is_strict:
            raise DraftError(tuple(problems))
        way, letter = self._way(), self.letter.letter()
        is_received = not self.relation.isHidden()
        medium = self.medium.value()
        has_address = way in TO_AN_ADDRESS or way is Way.PUBLIC_NOTICE
        return ActDraft(
            stage=Stage(int(self.stage.value())),
            way=way,
            result=self._result(),
            at=at,
            done_by=self.done_by.words(),
            witness=self.witness.words(),
            receiver=self.receiver.words() if is_received else "",
            relation=Relation(self.relation.chosen()) if is_received else None,
            address=self.address.words() if has_address else "",
            express_number=self.express.words() if way in BY_EXPRESS else "",
            arrived_on=arrived_on,
            letter_id=letter.id if letter else None,
            note=self.note.words(),
            override_reason=self.reason.words(),
            medium=Medium(medium) if medium and way is Way.PUBLIC_NOTICE else None,
            bill_ids=() if letter else self._bill_ids(),
        )

    def act(self) -> DunningAct:
        """Write it down."""
        context = self.context
        files = self._files()
        proofs = Proofs(context.office, files) if files else None
        try:
            return note_act(
                self._unit_id,
                self._draft(is_strict=True),
                by=context.staff.id,
                now=context.now(),
                proofs=proofs,
            )
        except RuleError as refusal:
            if refusal.code not in _CODES:
                raise
            field = _CODES[refusal.code]
            self.rows.show_row(field, is_shown=True)
            raise DraftError((Problem(field, str(refusal)),)) from refusal

    def focusNextPrevChild(self, is_forward: bool) -> bool:
        """Go on in reading order: the results are made anew with each way."""
        return step(self, is_forward=is_forward)

    def reject(self) -> None:
        """Leave; files that were made ready for nothing go away again."""
        self.files.cancel()
        if self._files():
            discard_files(self.context.office, self._files())
        super().reject()
