"""What the office keeps of a person beyond name and phone (R80): checked, masked, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.errors import Problem
from propdesk.domain.field_catalogue import DataField, Shape
from propdesk.domain.fields import check_line
from propdesk.domain.identity_numbers import clean_identity_number, identity_problem
from propdesk.domain.masking import mask_bank_card, mask_email, mask_identity_number
from propdesk.domain.texts import clean_line
from propdesk.i18n import _

_OLDEST_YEAR = 1880

MASKS: Mapping[Shape, Callable[[str], str]] = {
    Shape.IDENTITY: mask_identity_number,
    Shape.BANK_ACCOUNT: mask_bank_card,
    Shape.EMAIL: mask_email,
}


@dataclass(frozen=True, slots=True)
class Detail:
    """A field that the office keeps, and what it holds of one person.

    `shown` is masked where the field is; `consent_id` is the consent that holds and under which a
    value may be stored, None where the field needs none or nobody gave one.
    """

    field: DataField
    shown: str
    set_at: datetime | None
    consent_id: int | None

    @property
    def is_open(self) -> bool:
        """Tell whether a value may be stored now."""
        return not self.field.scope or self.consent_id is not None


def is_masked(data_field: DataField) -> bool:
    """Tell whether a field's values are masked until somebody reveals them."""
    return data_field.is_sensitive or data_field.shape in MASKS


def clean_value(data_field: DataField, typed: str) -> str:
    """Return a typed value as it is stored."""
    value = clean_line(typed)
    if data_field.shape is Shape.IDENTITY:
        return clean_identity_number(value)
    return value


def check_value(data_field: DataField, value: str, today: date) -> tuple[Problem, ...]:
    """Return what keeps a cleaned value of an optional field from being stored."""
    problems = check_line(data_field.code, value)
    if problems:
        return problems
    text = ""
    if data_field.shape is Shape.IDENTITY:
        text = identity_problem(value, today)
    elif data_field.shape is Shape.YEAR:
        if not (value.isascii() and value.isdigit() and _OLDEST_YEAR <= int(value) <= today.year):
            text = _("Write the year of birth with four digits.")
    elif data_field.shape is Shape.CHOICE:
        if value not in data_field.choices:
            text = _("Choose one of: {words}.").format(words=", ".join(data_field.choices))
    elif data_field.shape is Shape.EMAIL and ("@" not in value[1:-1] or " " in value):
        text = _("This is no e-mail address.")
    elif data_field.shape is Shape.BANK_ACCOUNT and sum(map(str.isdigit, value)) < 8:
        text = _("This is no account number; it has 8 digits or more.")
    return (Problem(data_field.code, text),) if text else ()


def shown_value(data_field: DataField, value: str) -> str:
    """Return a value as it is shown before anybody reveals it.

    Of a sensitive text nothing is shown but that it is there.
    """
    if data_field.shape in MASKS:
        return MASKS[data_field.shape](value)
    if data_field.is_sensitive:
        return "***"
    return plain_value(data_field, value)


def plain_value(data_field: DataField, value: str) -> str:
    """Return a value in words: of a choice its label."""
    label = data_field.choices.get(value)
    return value if label is None else str(label)
