"""How tickets hang together: merged duplicates (合并), incidents, repeats, related matters."""

from collections.abc import Mapping
from enum import StrEnum

from propdesk.domain.errors import RuleError
from propdesk.domain.tickets import STATUS_LABELS, Status, is_open
from propdesk.i18n import LazyText, _, _lazy


class Relation(StrEnum):
    """What another ticket is to this one; stored in the journal's details."""

    INCIDENT = "incident"  # it has become one
    MASTER = "master"
    PART = "part"
    MERGED_INTO = "merged-into"
    MERGED_FROM = "merged-from"
    REPEAT_OF = "repeat-of"
    REPEATED_BY = "repeated-by"
    DUPLICATE_OF = "duplicate-of"
    DUPLICATED_BY = "duplicated-by"
    RELATED = "related"


RELATION_LABELS: Mapping[Relation, LazyText] = {
    Relation.INCIDENT: _lazy("Incident"),
    Relation.MASTER: _lazy("Belongs to the incident"),
    Relation.PART: _lazy("Part of this incident"),
    Relation.MERGED_INTO: _lazy("Merged into"),
    Relation.MERGED_FROM: _lazy("Merged into this one"),
    Relation.REPEAT_OF: _lazy("Repeat of"),
    Relation.REPEATED_BY: _lazy("Repeated by"),
    Relation.DUPLICATE_OF: _lazy("Probably the same"),
    Relation.DUPLICATED_BY: _lazy("Probably the same"),
    Relation.RELATED: _lazy("Related"),
}


def end_of_merges(ticket_id: int, merged_into: Mapping[int, int]) -> int:
    """Return the ticket in which a chain of merges ends; a ticket that was not merged is its own.

    No chain leads back: what was merged has ended, and nothing is merged into itself.
    """
    seen = {ticket_id}
    while (following := merged_into.get(ticket_id)) is not None and following not in seen:
        seen.add(following)
        ticket_id = following
    return ticket_id


def check_merge(
    number: str, *, is_master: bool, target: str, target_status: Status, is_same: bool
) -> None:
    """Refuse a merge into itself, of an incident, or into what has ended.

    `target` is the end of the chain of merges, `is_same` tells that it is the ticket itself.
    Whether the ticket may still be merged its status says (`next_status`).
    """
    if is_same:
        raise RuleError(
            "merge-itself",
            _("{number} cannot be merged into itself. Name the other ticket.").format(
                number=number
            ),
        )
    if is_master:
        raise RuleError(
            "merge-incident",
            _("{number} is an incident with tickets of its own. Merge the other one.").format(
                number=number
            ),
        )
    if not is_open(target_status):
        raise RuleError(
            "merge-ended",
            _("{target} has ended ({status}). Reopen it first, or choose another ticket.").format(
                target=target, status=STATUS_LABELS[target_status]
            ),
        )


def check_link(number: str, *, is_same: bool) -> None:
    """Refuse to link a ticket with itself."""
    if is_same:
        raise RuleError(
            "link-itself",
            _("{number} cannot be linked with itself. Name the other ticket.").format(
                number=number
            ),
        )
