"""What stands on fee papers and how receipts and letters are numbered: the office's own choices.

Numbers of laws and of practice (days, percents) are not here but in the rule table (`fee_rules`).
"""

import re
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from propdesk.domain.errors import RuleError
from propdesk.domain.texts import clean_line
from propdesk.i18n import _

LONGEST = 200


class ReceiptPaper(StrEnum):
    """What a receipt is printed on (forms.md 5.3); two- and three-part paper is 241 mm wide."""

    A5 = "a5"
    HALF = "241-2"
    THIRD = "241-3"
    SLIP = "80mm"


@dataclass(frozen=True, slots=True)
class FeeSettings:
    """The office's choices for fees.

    `payee` is the full legal name of who claims (letterhead and seal), `credit_code` its unified
    social credit code (统一社会信用代码). Money goes to `bank_payee`, `bank`, `account` only.
    `receipt_letters` begin the numbers of receipts; `letter_pattern` with `{year}` and `{number}`
    numbers the fee letters (文号). `receipt_copies` are the names of a receipt's copies, separated
    by commas. `pay_hours` and `objections` stand in the letters (law.md 1.6, contents 6).
    With `receipt_at_once` a receipt goes to the printer as soon as the money is taken.
    """

    payee: str = ""
    credit_code: str = ""
    bank_payee: str = ""
    bank: str = ""
    account: str = ""
    pay_place: str = ""
    pay_hours: str = ""
    contact: str = ""
    contact_phone: str = ""
    objections: str = ""
    signer: str = ""
    place: str = ""
    receipt_letters: str = "SJ"
    receipt_paper: ReceiptPaper = ReceiptPaper.A5
    receipt_copies: str = "存根联,客户联,记账联"
    receipt_note: str = "本收据不作发票"
    receipt_at_once: bool = False
    letter_pattern: str = "催〔{year}〕{number}号"  # noqa: RUF001 - the brackets of 文号


_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_ACCOUNT = re.compile(r"\d[\d ]{6,38}\d")


def check_fee_settings(settings: FeeSettings) -> FeeSettings:
    """Return the settings cleaned, or refuse with the one thing to change."""
    texts = {
        field.name: clean_line(value)
        for field in fields(settings)
        if type(value := getattr(settings, field.name)) is str
    }
    longest = max(map(len, texts.values()))
    if longest > LONGEST:
        raise RuleError(
            "setting-long", _("At most {longest} characters fit here.").format(longest=LONGEST)
        )
    code = texts["credit_code"] = texts["credit_code"].upper()
    if code and not _CREDIT_CODE.fullmatch(code):
        raise RuleError(
            "credit-code",
            _("A credit code has 18 digits and capitals (none of I, O, Z, S, V); check it."),
        )
    if texts["account"] and not _ACCOUNT.fullmatch(texts["account"]):
        raise RuleError("account-number", _("A bank account has 8 to 40 digits; check it."))
    letters = texts["receipt_letters"] = texts["receipt_letters"].upper()
    if not re.fullmatch(r"[A-Z]{1,4}", letters):
        raise RuleError(
            "setting-letters", _("The numbers of receipts begin with one to four Latin letters.")
        )
    if not 1 <= len(copy_names(texts["receipt_copies"])) <= 4:
        raise RuleError(
            "setting-copies", _("A receipt has one to four named copies, separated by commas.")
        )
    try:
        numbers = {texts["letter_pattern"].format(year=2026, number=number) for number in (8, 9)}
    except (KeyError, IndexError, ValueError, AttributeError):
        numbers = set()
    if len(numbers) < 2 or "{year}" not in texts["letter_pattern"]:
        raise RuleError(
            "letter-pattern",
            _("The numbers of letters need {parts}, for example {example}.").format(
                parts="{year} {number}", example="{year}-{number}"
            ),
        )
    cleaned: FeeSettings = replace(settings, **texts)  # type: ignore[arg-type] # texts only
    return cleaned


def copy_names(text: str) -> tuple[str, ...]:
    """Return the names of a receipt's copies."""
    return tuple(name.strip() for name in re.split(r"[,，、;；]", text) if name.strip())
