"""The sections of an evidence pack in words, for the paper to draw.

Every sentence is spoken in the paper's language. Other residents are nobody here: their tickets are
counted and told by their class alone (PIPL 6).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

from propdesk import __version__
from propdesk.domain.classes import class_path
from propdesk.domain.dunning import (
    LETTER_STATE_LABELS,
    PROMISE_LABELS,
    RELATION_LABELS,
    RESULT_LABELS,
    STAGE_LABELS,
    WAY_LABELS,
)
from propdesk.domain.dunning_acts import DunningAct, act_words, proof_of
from propdesk.domain.evidence import Section
from propdesk.domain.fee_items import BASIS_LABELS
from propdesk.domain.fee_settings import FeeSettings
from propdesk.domain.fee_workings import area_words, working_words
from propdesk.domain.limitation import STRENGTH_LABELS, weigh_act
from propdesk.domain.money import in_capitals, money_words
from propdesk.domain.payment_plans import PLAN_LABELS, PLAN_STATE_LABELS
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.tickets import KIND_LABELS, SATISFACTION_LABELS, STATUS_LABELS
from propdesk.domain.till import MEANS_LABELS
from propdesk.i18n import _
from propdesk.reports.evidence import Facts, Piece, Rows, Words
from propdesk.services.parts.arrears_rules import load_arrears_rules
from propdesk.services.queries.evidence import Basis, Evidence
from propdesk.services.queries.evidence_limitation import bill_words, limitation_pieces

_BETWEEN = "\n"


def claimant_name(settings: OfficeSettings, fees: FeeSettings) -> str:
    """Return who claims: the full legal name, else the company, else the office."""
    return fees.payee or settings.company or settings.office_name


def debtor_words(evidence: Evidence) -> str:
    """Return who owes, and who agreed to pay beside the owner (条例 41)."""
    owners = dict.fromkeys(bill.debtor for bill in evidence.bills if bill.debtor)
    payers = dict.fromkeys(bill.payer for bill in evidence.bills if bill.payer)
    words = list(owners)
    words += [_("{name} (agreed to pay)").format(name=name) for name in payers]
    return _(", ").join(words)


def section_pieces(
    evidence: Evidence, settings: OfficeSettings, fees: FeeSettings
) -> Mapping[Section, Callable[[], list[Piece]]]:
    """Return for each section what it says; each is put together when it is drawn."""
    return {
        Section.PARTIES: lambda: _parties(evidence, settings, fees),
        Section.BILLS: lambda: _bills(evidence),
        Section.PAYMENTS: lambda: _payments(evidence),
        Section.LIMITATION: lambda: limitation_pieces(evidence),
        Section.LOG: lambda: _log(evidence),
        Section.LETTERS: lambda: _letters(evidence),
        Section.PROOFS: lambda: _proofs(evidence),
        Section.PLANS: lambda: _plans(evidence),
        Section.SERVICE: lambda: _service(evidence),
        Section.RECORDS: lambda: _records(evidence),
    }


# -- who, and on what ground


def _parties(evidence: Evidence, settings: OfficeSettings, fees: FeeSettings) -> list[Piece]:
    unit = evidence.unit
    area = f"{area_words(unit.area_dm2)} m²" if unit.area_dm2 else ""
    found: list[Piece] = [
        Facts(
            [
                (_("Full name"), claimant_name(settings, fees)),
                (_("Credit code"), fees.credit_code),
                (_("Service centre"), settings.office_name),
                (_("Telephone"), fees.contact_phone or settings.phone),
            ],
            _("Who claims"),
        ),
        Facts(
            [
                (_("Full name"), debtor_words(evidence)),
                (_("House"), f"{unit.community} {unit.long}"),
                (_("Area"), area),
            ],
            _("Who owes"),
        ),
        Words(
            _(
                "Identity numbers are not in this pack, telephone numbers only where a call or "
                "message went to them; the lawyer asks for more where a court wants it (PIPL 6)."
            )
        ),
    ]
    found += [_basis(basis) for basis in evidence.bases]
    if not evidence.bases:
        found.append(
            Words(
                _("No contract is entered for the prices of these bills: add it before the claim."),
                is_strong=True,
            )
        )
    return found


def _basis(basis: Basis) -> Piece:
    until = _day(basis.until_on) or _("open-ended")
    term = f"{_day(basis.from_on)} – {until}" if basis.from_on else ""
    return Facts(
        [
            (_("Kind"), str(BASIS_LABELS[basis.kind])),
            (_("Number"), basis.number),
            (_("Signed on"), _day(basis.signed_on)),
            (_("Contract term"), term),
            (_("Clause on the fee"), basis.fee_clause),
            (_("Clause on the day of payment"), basis.due_clause),
            (_("Clause on late payment"), basis.late_clause),
            (_("Clause on the address for letters"), basis.address_clause),
            (_("Pages in this pack"), str(len(basis.pages))),
        ],
        _("Contract: {name}").format(name=basis.name),
    )


# -- money


def _bills(evidence: Evidence) -> list[Piece]:
    rows = [
        (
            str(place),
            bill_words(bill),
            str(bill.due_on),
            _BETWEEN.join(working_words(bill.working)) or bill.note or "—",
            *map(money_words, (bill.amount_fen, bill.settled_fen, bill.open_fen)),
        )
        for place, bill in enumerate(evidence.bills, 1)
    ]
    sums = (
        sum(bill.amount_fen for bill in evidence.bills),
        sum(bill.settled_fen for bill in evidence.bills),
        evidence.open_fen,
    )
    heads = [
        (_("No."), 9.0, True), (_("Item and period"), 38.0, False), (_("Due on"), 18.0, False),
        (_("How it came about"), 0.0, False), (_("Amount"), 19.0, True),
        (_("Paid so far"), 19.0, True), (_("Unpaid"), 19.0, True),
    ]  # fmt: skip
    total = ("", _("Total"), "", "", *map(money_words, sums))
    return [
        Rows(heads, rows, total=total),
        Words(
            _("Claimed on {day}: {amount} yuan, {capitals}").format(
                day=evidence.today,
                amount=money_words(evidence.open_fen),
                capitals=in_capitals(evidence.open_fen),
            ),
            is_strong=True,
        ),
    ]


def _payments(evidence: Evidence) -> list[Piece]:
    if not evidence.payments:
        words = _("Since {day} nothing was paid for this house.")
        return [Words(words.format(day=evidence.from_on))]
    rows = [
        (
            f"{payment.at:%Y-%m-%d}",
            payment.number,
            payment.payer,
            _BETWEEN.join(line.words for line in payment.lines),
            _BETWEEN.join(str(MEANS_LABELS[means.means]) for means in payment.means),
            _("void") if payment.voided_at else money_words(payment.total_fen),
        )
        for payment in evidence.payments
    ]
    heads = [
        (_("Day"), 19.0, False), (_("Receipt"), 30.0, False), (_("Payer"), 30.0, False),
        (_("For what"), 0.0, False), (_("Means"), 22.0, False), (_("Amount"), 22.0, True),
    ]  # fmt: skip
    return [Rows(heads, rows)]


# -- urging


def _log(evidence: Evidence) -> list[Piece]:
    if not evidence.acts:
        return [Words(_("Since {day} nobody was urged.").format(day=evidence.from_on))]
    joint = any(bill.payer_id for bill in evidence.bills)
    rules = load_arrears_rules(evidence.today).limitation
    rows = []
    for place, act in enumerate(evidence.acts, 1):
        proof = proof_of(act, has_proof=act.has_proof)
        weight = weigh_act(proof, joint=joint, rules=rules)
        worth = [str(STRENGTH_LABELS[weight.strength]), str(weight.lacks or weight.article)]
        rows.append((
            f"A{place}", _act_time(act), f"{STAGE_LABELS[act.stage]}\n{act.letter}".strip(),
            f"{WAY_LABELS[act.way]}\n{RESULT_LABELS[act.result]}", _receiver(act), _doers(act),
            _where(act), money_words(act.open_fen), _BETWEEN.join(worth),
        ))  # fmt: skip
    heads = [
        (_("No."), 9.0, True), (_("Time"), 24.0, False), (_("Stage, letter"), 21.0, False),
        (_("Way, result"), 20.0, False), (_("Received by"), 20.0, False),
        (_("Carried out by"), 17.0, False), (_("Where, number"), 0.0, False),
        (_("Unpaid"), 17.0, True),
        (_("Worth"), 26.0, False),
    ]  # fmt: skip
    return [Rows(heads, rows)]


def _act_time(act: DunningAct) -> str:
    words = f"{act.at:%Y-%m-%d %H:%M}"
    if act.is_late_entry:
        words += "\n" + _("entered {day}").format(day=f"{act.entered_at:%Y-%m-%d}")
    return words


def _receiver(act: DunningAct) -> str:
    relation = str(RELATION_LABELS[act.relation]) if act.relation else ""
    return _BETWEEN.join(filter(None, (act.receiver, relation)))


def _doers(act: DunningAct) -> str:
    witness = _("with {name}").format(name=act.witness) if act.witness else ""
    return _BETWEEN.join(filter(None, (act.done_by, witness)))


def _where(act: DunningAct) -> str:
    arrived = _("arrived {day}").format(day=act.arrived_on) if act.arrived_on else ""
    return _BETWEEN.join(filter(None, (act.address, act.express_number, arrived, act.note)))


def _letters(evidence: Evidence) -> list[Piece]:
    if not evidence.letters:
        return [Words(_("No letter was printed for this house in the period."))]
    rows = [
        (
            f"L{place}", letter.number, str(STAGE_LABELS[letter.stage]), str(letter.dated_on),
            _day(letter.pay_by), str(LETTER_STATE_LABELS[letter.state]),
            money_words(letter.total_fen), letter.content_sha256[:16],
        )
        for place, letter in enumerate(evidence.letters, 1)
    ]  # fmt: skip
    heads = [
        (_("No."), 9.0, True), (_("Number"), 34.0, False), (_("Stage"), 0.0, False),
        (_("Dated"), 19.0, False), (_("Pay by"), 19.0, False), (_("State"), 18.0, False),
        (_("Amount"), 20.0, True), (_("Hash of the content"), 28.0, False),
    ]  # fmt: skip
    words = _("The pages that follow are the archived files, as they were printed and sent.")
    return [Rows(heads, rows), Words(words)]


def proof_names(evidence: Evidence) -> Iterator[tuple[str, str, datetime, int]]:
    """Yield each proof's number, what it proves, when it was kept, and its attachment's id."""
    for place, act in enumerate(evidence.acts, 1):
        for number, one in enumerate(evidence.proofs.get(act.id, ()), 1):
            words = one.caption or act_words(act)
            yield f"A{place}-{number}", words, one.added_at, one.id
    for plan in evidence.plans:
        for number, one in enumerate(evidence.plan_files.get(plan.id, ()), 1):
            words = one.caption or str(PLAN_LABELS[plan.kind])
            yield f"{plan.number}-{number}", words, one.added_at, one.id


def _proofs(evidence: Evidence) -> list[Piece]:
    rows = [
        (number, words, f"{at:%Y-%m-%d %H:%M}") for number, words, at, _id in proof_names(evidence)
    ]
    if not rows:
        return [Words(_("No photo and no scan is kept for the acts of urging."))]
    heads = [
        (_("No."), 34.0, False), (_("What it shows"), 0.0, False), (_("Kept since"), 34.0, False),
    ]  # fmt: skip
    return [Rows(heads, rows)]


def _plans(evidence: Evidence) -> list[Piece]:
    if not evidence.plans:
        return [Words(_("There is no promise and no instalment plan."))]
    rows = [
        (
            plan.number, str(plan.promised_on),
            f"{PLAN_LABELS[plan.kind]}\n{PROMISE_LABELS[plan.way]}",
            f"{plan.promised_by}\n{RELATION_LABELS[plan.relation]}",
            _BETWEEN.join(f"{part.due_on}  {money_words(part.amount_fen)}" for part in plan.parts),
            money_words(plan.total_fen), str(PLAN_STATE_LABELS[plan.standing.state]),
        )
        for plan in evidence.plans
    ]  # fmt: skip
    heads = [
        (_("Number"), 28.0, False), (_("Day"), 19.0, False), (_("Kind, form"), 30.0, False),
        (_("Promised by"), 30.0, False), (_("Instalments"), 0.0, False), (_("Amount"), 20.0, True),
        (_("State"), 16.0, False),
    ]  # fmt: skip
    return [Rows(heads, rows)]


# -- service and books


def _service(evidence: Evidence) -> list[Piece]:
    period = _("{first} to {last}").format(first=evidence.from_on, last=evidence.today)
    found: list[Piece] = [
        Words(
            _(
                "What was reported in building {building} from {period} and what became of it. "
                "Other houses are not named (PIPL 6). Talks noted in that time: {contacts}."
            ).format(building=evidence.unit.building, period=period, contacts=evidence.contacts)
        )
    ]
    if not evidence.service:
        return found
    received = Counter(row.kind for row in evidence.service)
    closed = Counter(row.kind for row in evidence.service if row.closed_on)
    own = Counter(row.kind for row in evidence.service if row.house)
    counts = [
        (str(KIND_LABELS[kind]), str(count), str(closed[kind]), str(count - closed[kind]),
         str(own[kind]))
        for kind, count in received.items()
    ]  # fmt: skip
    heads = [
        (_("Kind"), 0.0, False), (_("Received"), 28.0, True), (_("Closed"), 28.0, True),
        (_("Still open"), 28.0, True), (_("Of this house"), 30.0, True),
    ]  # fmt: skip
    every = (len(evidence.service), closed.total(), received.total() - closed.total(), own.total())
    found.append(Rows(heads, counts, total=(_("Total"), *map(str, every))))
    rows = [
        (
            row.number, str(row.received_on), str(KIND_LABELS[row.kind]),
            class_path(row.class_code) + (f"\n{row.matter}" if row.matter else ""),
            row.house or (_("common part") if row.is_common else _("another house")),
            str(STATUS_LABELS[row.status]), _day(row.closed_on),
            str(SATISFACTION_LABELS[row.satisfaction]) if row.satisfaction else "",
        )
        for row in evidence.service
    ]  # fmt: skip
    heads = [
        (_("Number"), 28.0, False), (_("Received"), 19.0, False), (_("Kind"), 15.0, False),
        (_("Matter"), 0.0, False), (_("Whose house"), 22.0, False), (_("State"), 18.0, False),
        (_("Closed"), 19.0, False), (_("Satisfaction"), 18.0, False),
    ]  # fmt: skip
    found.append(Rows(heads, rows, _("Each of them")))
    return found


def _records(evidence: Evidence) -> list[Piece]:
    facts = evidence.records
    return [
        Words(
            _(
                "Statement on the integrity of the records, for Provisions on Evidence in Civil "
                "Proceedings 93 and 94 and the Electronic Signature Law 5 and 8."
            )
        ),
        Facts(
            [
                (_("Program"), f"propdesk {__version__}"),
                (_("Data file"), facts.office_uid),
                (_("Kept since"), _day(facts.since)),
                (_("Lines of the ledger"), f"{facts.ledger_lines:,}"),
                (_("Sum of all of them (must be 0)"), money_words(facts.ledger_fen)),
                (_("Lines of the tickets' journal"), f"{facts.journal_lines:,}"),
                (_("Upgrades, each after a verified backup"), str(facts.upgrades)),
                (_("Acts entered on a later day"), str(facts.late_entries)),
            ]
        ),
        *map(Words, _statements()),
    ]


def _statements() -> Sequence[str]:
    return (
        _(
            "The entries were made in the ordinary course of business by the staff named beside "
            "them. Each keeps when it happened and when it was entered."
        ),
        _(
            "Ledger and journal only grow: the database refuses to change or delete their lines. "
            "What was wrong is voided or reversed by a further line and stays visible."
        ),
        _(
            "A letter cannot be changed once it is printed; its file lies under the SHA-256 of its "
            "content, as do photos and scans. A file that was changed is recognised and not shown."
        ),
        _(
            "Backups are made by the database itself, opened again, checked and counted against a "
            "manifest with a hash. The program looks through its books on request and notices a "
            "clock that was set back."
        ),
        _(
            "manifest.json and manifest.csv name every file of this pack with its SHA-256. The "
            "hash of the manifest stands in the office's register of exports."
        ),
    )


def _day(day: date | None) -> str:
    return str(day) if day else ""
