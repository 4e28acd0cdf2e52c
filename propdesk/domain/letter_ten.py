"""The ten things that a formal letter must say (law.md 1.6), and where each is filled in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from propdesk.domain.dunning import Stage
from propdesk.domain.fee_letters import LetterContent, day_words
from propdesk.domain.fee_lint import lint_letter
from propdesk.domain.gaps import has_gap
from propdesk.domain.money import money_words
from propdesk.i18n import _, speaking


@dataclass(frozen=True, slots=True)
class Missing:
    """One of the ten things that a letter does not say, and where to fill it in."""

    number: int
    sentence: str


_IDENTITY = re.compile(r"(?<![\dA-Za-z])[1-9]\d{16}[\dXx](?![\dA-Za-z])")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_LAWFUL = re.compile("诉讼|仲裁|支付令|调解|suit|arbitration|payment order|mediation")


def check_ten(content: LetterContent, *, pay_days: int) -> tuple[Missing, ...]:
    """Return what of the ten things of law.md 1.6 a letter lacks, each with where to fill it in.

    `pay_days` is the reasonable period of the stage. Numbers 8 (the receipt) and 10 (the hash) are
    drawn on every letter of theirs by the program; of 8 the number and the signer are looked at.
    """
    checks = (_who_claims, _who_owes, _how_much, _late_fee, _demand, _how_to_pay, _consequence,
              _form, _privacy)  # fmt: skip
    found: list[Missing] = []
    for number, check in enumerate(checks, 1):
        found += (Missing(number, sentence) for sentence in check(content, pay_days))
    return tuple(found)


def _who_claims(content: LetterContent, _days: int) -> Iterable[str]:
    if not content.payee:
        yield _("The full name of who claims is missing: settings of fees, payee.")
    if not content.credit_code:
        yield _("The unified social credit code is missing: settings of fees.")
    if not content.contract or not content.contract_on:
        yield _("Contract and its day are missing: give the tariff its basis, with a day.")
    if not content.fee_clause or not content.due_clause:
        yield _("The clauses on fee and day of payment are missing: in the tariff's basis.")


def _who_owes(content: LetterContent, _days: int) -> Iterable[str]:
    if not content.owner:
        yield _("The owner's full name is missing: residents, house {house}.").format(
            house=content.short
        )
    if not content.house:
        yield _("The house is missing.")


def _how_much(content: LetterContent, _days: int) -> Iterable[str]:
    if not content.lines or content.total_fen <= 0:
        yield _("There is nothing to be paid.")
    elif sum(line.open_fen for line in content.lines) != content.total_fen:
        yield _("The lines do not add up to the total of {total}; make the letter anew.").format(
            total=money_words(content.total_fen)
        )


def _late_fee(content: LetterContent, _days: int) -> Iterable[str]:
    if content.late_fen and not (content.late_rate and content.late_clause):
        yield _("Rate and clause of the late fee are missing: in the tariff, or waive it.")


def _demand(content: LetterContent, days: int) -> Iterable[str]:
    texts = _texts(content)
    granted = date.fromisoformat(content.pay_by).toordinal() - date.fromisoformat(
        content.dated_on
    ).toordinal() if content.pay_by else -1  # fmt: skip
    if granted < days:
        yield _("At least {days} days are to be granted for payment; set a later day.").format(
            days=days
        )
    # The letter says the day in its own language, whoever reads it at whichever screen.
    with speaking(content.language):
        day = day_words(content.pay_by) if content.pay_by else ""
    if not day or day not in texts:
        yield _("No paragraph says until when to pay: put {field} into the template.").format(
            field="{pay_by}"
        )


def _how_to_pay(content: LetterContent, _days: int) -> Iterable[str]:
    if not (content.bank_payee and content.bank and content.account):
        yield _("The account to pay into is missing: settings of fees.")
    if not (content.contact or content.contact_phone):
        yield _("Whom to ask is missing: settings of fees, contact and telephone.")
    if Stage.SLIP <= content.stage < Stage.LAWYER and not re.search(
        "异议|意见|bject", _texts(content)
    ):
        yield _("Where objections go is missing: a paragraph of the template.")


def _consequence(content: LetterContent, _days: int) -> Iterable[str]:
    texts = _texts(content)
    if content.stage == Stage.LETTER and not _LAWFUL.search(texts):
        yield _("The consequence is missing: mediation, payment order, arbitration or suit.")
    yield from (one.sentence for one in lint_letter(texts))


def _form(content: LetterContent, _days: int) -> Iterable[str]:
    if not content.number:
        yield _("The letter has no number.")
    if not content.signer and content.stage >= Stage.LETTER:
        yield _("Who signs is missing: settings of fees, signer.")
    if has_gap(_texts(content)):
        yield _("Something is still to be filled in where ____ stands: in the template.")


def _privacy(content: LetterContent, _days: int) -> Iterable[str]:
    texts = _texts(content)
    if _IDENTITY.search(texts.replace(content.account, "")):
        yield _("An identity number may not stand on the letter; take it out of the template.")
    ours = {re.sub(r"\D", "", phone) for phone in (content.contact_phone, content.phone)}
    if any(phone not in ours for phone in _MOBILE.findall(texts.replace(content.account, ""))):
        yield _("A resident's telephone may not stand on the letter; take it out of the template.")


def _texts(content: LetterContent) -> str:
    return "\n".join(text for part in content.parts for text in (part.heading, part.text))
