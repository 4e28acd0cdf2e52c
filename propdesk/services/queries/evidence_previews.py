"""What the pack of a house will hold, and what it lacks, before anybody makes it (law.md 1.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from propdesk.domain.attachments import Attachment
from propdesk.domain.dunning_acts import proof_of
from propdesk.domain.evidence import Section
from propdesk.domain.fee_settings import FeeSettings
from propdesk.domain.limitation import Strength, weigh_act
from propdesk.i18n import _
from propdesk.services.parts.arrears_rules import load_arrears_rules
from propdesk.services.parts.fee_settings import load_fee_settings
from propdesk.services.queries.attachments import attachment_path
from propdesk.services.queries.evidence import Evidence, gather_evidence
from propdesk.services.queries.evidence_pages import proof_names
from propdesk.storage.attachment_files import StoredName
from propdesk.storage.opening import OpenOffice


@dataclass(frozen=True, slots=True)
class PackPreview:
    """A pack before it is made: how much stands in each part, and what is missing, in words.

    `rows` are those about the house that leave the office with it.
    """

    unit_id: int
    unit: str
    from_on: date
    open_fen: int
    counts: tuple[tuple[Section, int], ...]
    lacks: tuple[str, ...]
    rows: int


def preview_evidence(
    office: OpenOffice, unit_id: int, today: date, *, from_on: date | None = None
) -> PackPreview:
    """Return what the pack of a house will hold and lack. Refuses a house that owes nothing."""
    evidence = gather_evidence(unit_id, today, from_on=from_on)
    counts = (
        (Section.PARTIES, len(evidence.bases)),
        (Section.BILLS, len(evidence.bills)),
        (Section.PAYMENTS, len(evidence.payments)),
        (Section.LOG, len(evidence.acts)),
        (Section.LETTERS, len(evidence.letters)),
        (Section.PROOFS, sum(1 for _one in proof_names(evidence))),
        (Section.PLANS, len(evidence.plans)),
        (Section.SERVICE, len(evidence.service)),
    )
    lacks = (*_lacks(evidence, load_fee_settings()), *_lost(office, evidence))
    return PackPreview(
        evidence.unit.id, evidence.unit.short, evidence.from_on, evidence.open_fen, counts, lacks,
        evidence.count,
    )  # fmt: skip


def _lacks(evidence: Evidence, fees: FeeSettings) -> Iterator[str]:
    """Name what a court will ask for and the books do not have."""
    if not fees.credit_code:
        yield _("the credit code of who claims (settings, fees)")
    if not evidence.bases:
        yield _("the contract on which the prices rest")
    for basis in evidence.bases:
        if not basis.pages:
            yield _("the scanned pages of «{contract}»").format(contract=basis.name)
        if not basis.fee_clause:
            yield _("the clause on the fee in «{contract}»").format(contract=basis.name)
    if not all(bill.debtor or bill.payer for bill in evidence.bills):
        yield _("a debtor on some bills")
    yield from _undemanded(evidence)


def _undemanded(evidence: Evidence) -> Iterator[str]:
    """Name what is missing of the demands (Civil Code 195, 944)."""
    if not evidence.letters:
        yield _("a printed demand letter")
    rules = load_arrears_rules(evidence.today).limitation
    joint = any(bill.payer_id for bill in evidence.bills)
    proved = [
        act
        for act in evidence.acts
        if weigh_act(proof_of(act, has_proof=act.has_proof), joint=joint, rules=rules).strength
        is Strength.PROVED
    ]
    if not proved:
        yield _("a demand whose arrival is proved")
    for act in proved:
        if not act.proofs:
            yield _("the scan that proves the act of {day}").format(day=f"{act.at:%Y-%m-%d}")


def _lost(office: OpenOffice, evidence: Evidence) -> Iterator[str]:
    """Name files that the records speak of and that are not there (F34)."""
    files: list[Attachment] = [one for basis in evidence.bases for one in basis.pages]
    for found in (evidence.proofs, evidence.plan_files):
        files += [one for some in found.values() for one in some]
    for one in files:
        if not attachment_path(office, one.file).is_file():
            yield _("the file {name}, which is gone").format(name=one.file.name)
    for letter in evidence.letters:
        kept = StoredName(letter.pdf_sha256 or "", ".pdf").below(office.attachments)
        if not kept.is_file():
            yield _("the archived file of {number}, which is gone").format(number=letter.number)
