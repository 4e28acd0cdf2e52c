"""Items of fees: all of them, one by id, or by what somebody typed."""

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import FeeItem
from propdesk.domain.texts import elide, fold
from propdesk.i18n import _
from propdesk.services.parts.fee_tables import load_items


def list_items(*, active_only: bool = False) -> tuple[FeeItem, ...]:
    """Return the items in their order; `active_only` leaves out what is not charged any more."""
    return load_items("WHERE is_active = 1" if active_only else "")


def get_item(item_id: int) -> FeeItem:
    """Return an item, or refuse when there is none with this id."""
    found = load_items("WHERE id = ?", item_id) if 0 < item_id < 2**63 else ()
    if not found:
        raise RuleError("fee-item-unknown", _("There is no fee item {id}.").format(id=item_id))
    return found[0]


def find_item(typed: str) -> FeeItem:
    """Return the item that a code or name means, or refuse with all of them named."""
    items = list_items()
    text = fold(typed.strip())
    for found in (
        [item for item in items if text in (fold(item.code), fold(item.name))],
        [item for item in items if text and text in fold(item.name)],
    ):
        if len(found) == 1:
            return found[0]
    if not items:
        raise RuleError(
            "fee-items-none",
            _("There are no fee items yet; take over the proposed ones or add your own."),
        )
    raise RuleError(
        "fee-item-not-found",
        _("«{typed}» is no fee item; there are: {items}.").format(
            typed=elide(typed, 40),
            items=", ".join(f"{item.code} {item.name}" for item in items),
        ),
    )
