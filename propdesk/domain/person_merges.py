"""Two persons of the register who are one: who may be merged, and what moves (F47).

Nobody is merged by name alone, and nobody by the program: a person looks at both and decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.errors import RuleError
from propdesk.domain.persons import PersonKind
from propdesk.i18n import LazyText, _, _lazy


class MergedThing(StrEnum):
    """What goes over to the person who stays; the value is its table."""

    STAY = "residency"
    PHONE = "phone"
    VEHICLE = "vehicle"
    KEY = "unit_key"
    PET = "pet"
    MOVE = "move"
    TICKET = "ticket"
    CONTACT = "contact"
    CONSENT = "consent"
    DETAIL = "person_detail"
    REQUEST = "data_request"
    FILE = "attachment"
    BILL = "bill"
    PAYMENT = "payment"
    DEPOSIT = "deposit"
    FEE_LETTER = "fee_letter"
    AGREED_PAYER = "unit_fee"


THING_LABELS: Mapping[MergedThing, LazyText] = {
    MergedThing.STAY: _lazy("Houses"),
    MergedThing.PHONE: _lazy("Phones"),
    MergedThing.VEHICLE: _lazy("Vehicles"),
    MergedThing.KEY: _lazy("Keys and cards"),
    MergedThing.PET: _lazy("Pets"),
    MergedThing.MOVE: _lazy("Moves"),
    MergedThing.TICKET: _lazy("Tickets reported"),
    MergedThing.CONTACT: _lazy("Contacts"),
    MergedThing.CONSENT: _lazy("Consents"),
    MergedThing.DETAIL: _lazy("Optional details"),
    MergedThing.REQUEST: _lazy("Requests about data"),
    MergedThing.FILE: _lazy("Files"),
    MergedThing.BILL: _lazy("Bills"),
    MergedThing.PAYMENT: _lazy("Receipts"),
    MergedThing.DEPOSIT: _lazy("Deposits"),
    MergedThing.FEE_LETTER: _lazy("Fee letters"),
    MergedThing.AGREED_PAYER: _lazy("Agreed to pay instead"),
}


@dataclass(frozen=True, slots=True)
class MergeSide:
    """What decides whether a person may be merged."""

    id: int
    name: str
    kind: PersonKind
    is_merged: bool
    is_closed: bool


def check_merge(stays: MergeSide, goes: MergeSide) -> None:
    """Refuse to merge a person with himself, and whoever is gone, erased, sealed or a company."""
    if stays.id == goes.id:
        raise RuleError("merge-same-person", _("These two are the same person already."))
    for one in (stays, goes):
        if one.is_merged:
            raise RuleError(
                "person-merged",
                _("{name} was merged into somebody else already.").format(name=one.name),
            )
        if one.is_closed:
            raise RuleError(
                "person-sealed",
                _("This person's data is erased or sealed; nothing of it is used any more."),
            )
    if stays.kind is not goes.kind:
        raise RuleError(
            "merge-kinds",
            _("A company and a person are not the same; correct the kind of one of them first."),
        )
