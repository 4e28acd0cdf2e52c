"""A file of personal data that leaves the office: what for, to whom, who agreed (PIPL 21, 23, 25).

Fifty rows of property data, given away by those who serve the owners, are criminal-law-sized
(interpretation on citizens' personal information, 2017, 5): more rows in full need a second staff
member.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.fields import check_line
from propdesk.i18n import LazyText, _, _lazy, ngettext

SECOND_APPROVER_ROWS = 50


class Manner(StrEnum):
    """What becomes of the file."""

    OWN = "own"
    ENTRUSTED = "entrusted"
    PROVIDED = "provided"
    PUBLIC = "public"


MANNER_LABELS: Mapping[Manner, LazyText] = {
    Manner.OWN: _lazy("Own use"),
    Manner.ENTRUSTED: _lazy("Entrusted to somebody who works for us"),
    Manner.PROVIDED: _lazy("Provided to somebody else"),
    Manner.PUBLIC: _lazy("Made public"),
}


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What somebody says before he takes data out: in full or masked, what for, to whom.

    `second_staff_id` is the other staff member who agreed to it. `is_property` are lists of what
    houses owe: masked or not they count as property data (law.md 1.7), because the house is named.
    `unit_id` is the house that they are about alone.
    """

    purpose: str
    is_plain: bool = False
    manner: Manner = Manner.OWN
    receiver: str = ""
    second_staff_id: int | None = None
    is_property: bool = False
    unit_id: int | None = None

    @property
    def may_need_second(self) -> bool:
        """Whether many rows of it need a second staff member who agrees."""
        return self.is_plain or self.is_property


@dataclass(frozen=True, slots=True)
class DataExport:
    """A file of personal data that was written, as the register of exports shows it."""

    id: int
    at: datetime
    by: str
    second: str
    what: str
    is_plain: bool
    purpose: str
    manner: Manner
    receiver: str
    rows: int
    file_name: str
    sha256: str


def check_order(order: ExportOrder, count: int, most_alone: int) -> None:
    """Refuse an export of `count` rows whose order is not complete.

    `most_alone` is how many rows in full one staff member may take out. Who the second one is, and
    what he may do, is the service's to know.
    """
    problems = [
        *check_line("purpose", order.purpose, _purpose_missing(order)),
        *check_line("receiver", order.receiver, _receiver_missing(order)),
    ]
    if problems:
        raise DraftError(tuple(problems))
    if order.is_plain and order.manner is Manner.PUBLIC:
        raise RuleError(
            "export-public",
            _("Personal data in full is not made public (PIPL 25); export it masked."),
        )
    if not order.may_need_second or count <= most_alone or order.second_staff_id is not None:
        return
    if order.is_plain:
        words = ngettext(
            "More than {most} row in full needs a second staff member who agrees; name one, or "
            "export it masked.",
            "More than {most} rows in full need a second staff member who agrees; name one, or "
            "export them masked.",
            most_alone,
        )
    else:
        words = ngettext(
            "A list of what more than {most} house owes needs a second staff member who agrees; "
            "name one, or narrow the list.",
            "A list of what more than {most} houses owe needs a second staff member who agrees; "
            "name one, or narrow the list.",
            most_alone,
        )
    raise RuleError("export-second", words.format(most=most_alone))


def check_second_approver(rows: int) -> None:
    """Refuse a number of rows from which nobody would need a second one."""
    if not 0 <= rows <= 500:
        raise RuleError(
            "setting-second", _("A second staff member is needed from 0 to 500 rows on.")
        )


def _purpose_missing(order: ExportOrder) -> str:
    """Return what asks for the purpose: a masked list for own use is the desk's daily bread."""
    is_own = not order.is_plain and order.manner is Manner.OWN and order.second_staff_id is None
    return "" if is_own else _("Say what the data is needed for.")


def _receiver_missing(order: ExportOrder) -> str:
    is_given = order.manner in (Manner.ENTRUSTED, Manner.PROVIDED)
    return _("Say who receives the file.") if is_given else ""
