"""What other tickets are to a ticket: repeats, duplicates, incidents, merges, links."""

from dataclasses import dataclass

from propdesk.domain.relations import Relation
from propdesk.services.queries.ticket_lines import TicketLine, list_lines
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class RelatedTicket:
    """Another ticket, and what it is to the one that was asked about."""

    relation: Relation
    line: TicketLine


# For each relation the ids of the others, in the order in which they are shown.
_OTHERS = (
    (Relation.MERGED_INTO, "SELECT merged_into_id FROM ticket WHERE id = ?"),
    (Relation.MASTER, "SELECT master_id FROM ticket WHERE id = ?"),
    (Relation.DUPLICATE_OF, "SELECT duplicate_of_id FROM ticket WHERE id = ?"),
    (Relation.REPEAT_OF, "SELECT repeat_of_id FROM ticket WHERE id = ?"),
    (Relation.REPEATED_BY, "SELECT id FROM ticket WHERE repeat_of_id = ? ORDER BY id"),
    (Relation.MERGED_FROM, "SELECT id FROM ticket WHERE merged_into_id = ? ORDER BY id"),
    (Relation.DUPLICATED_BY, "SELECT id FROM ticket WHERE duplicate_of_id = ? ORDER BY id"),
    (Relation.RELATED, "SELECT other_id FROM ticket_link WHERE ticket_id = ? ORDER BY 1"),
    (Relation.RELATED, "SELECT ticket_id FROM ticket_link WHERE other_id = ? ORDER BY 1"),
    (Relation.PART, "SELECT id FROM ticket WHERE master_id = ? ORDER BY received_at, id"),
)


def list_relations(ticket_id: int) -> tuple[RelatedTicket, ...]:
    """Return all tickets that have to do with one, each once, the parts of an incident last."""
    others: dict[int, Relation] = {}
    for relation, sql in _OTHERS:
        for (other,) in rows(sql, ticket_id):
            if other is not None:
                others.setdefault(other, relation)
    return tuple(RelatedTicket(others[line.id], line) for line in list_lines(list(others)))
