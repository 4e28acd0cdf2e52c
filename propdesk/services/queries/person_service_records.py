"""How talks, tickets, files and proofs of one person are read in full, in words."""

import json
from collections.abc import Mapping

from propdesk.domain.access import ACT_LABELS
from propdesk.domain.consents import WAY_LABELS, scope_label
from propdesk.domain.contacts import TYPE_LABELS
from propdesk.domain.contacts import WAY_LABELS as CONTACT_LABELS
from propdesk.domain.data_exports import MANNER_LABELS
from propdesk.domain.data_requests import REQUEST_LABELS, RESULT_LABELS
from propdesk.domain.house_papers import TOPIC_LABELS
from propdesk.domain.meetings import MEETING_KIND_LABELS
from propdesk.domain.person_data import DataEntry, joined, naming
from propdesk.domain.tickets import EVENT_LABELS, KIND_LABELS, STATUS_LABELS
from propdesk.i18n import _, ngettext
from propdesk.services.queries.person_records import Asked, Reader, label_of, time_words
from propdesk.storage.database import rows


def _tickets(asked: Asked) -> list[DataEntry]:
    """Read his tickets in full, each with the lines of its journal below it."""
    found = rows(
        "SELECT t.id, t.received_at, t.number, t.kind, t.status, t.matter, t.text, t.wish, "
        "coalesce(u.short, t.place), t.spot, t.reporter_name, t.reporter_phone, t.appointment, "
        "t.cause, t.prevention, t.price_agreed_by, t.external_number FROM ticket t "
        "LEFT JOIN unit u ON u.id = t.unit_id "
        f"WHERE t.reporter_id IN ({asked.marks}) ORDER BY t.received_at, t.id",
        *asked.ids,
    )
    lines: dict[int, list[DataEntry]] = {}
    for ticket, number, at, kind, text, detail in rows(
        "SELECT t.id, t.number, v.at, v.kind, v.text, v.detail FROM ticket_event v "
        f"JOIN ticket t ON t.id = v.ticket_id WHERE t.reporter_id IN ({asked.marks}) "
        "ORDER BY v.sequence",
        *asked.ids,
    ):
        words = joined(label_of(EVENT_LABELS, kind), text, naming(json.loads(detail), asked.words))
        lines.setdefault(ticket, []).append(DataEntry(time_words(at), number, words))
    entries = []
    for ticket, at, number, kind, status, matter, text, *more in found:
        said = text if matter in text else joined(matter, text)
        words = joined(label_of(KIND_LABELS, kind), label_of(STATUS_LABELS, status), said, *more)
        entries += [DataEntry(time_words(at), number, words), *lines.get(ticket, ())]
    lost = rows(
        "SELECT p.printed_at, t.number, p.lost_reason FROM paper p JOIN ticket t "
        f"ON t.id = p.ticket_id WHERE t.reporter_id IN ({asked.marks}) AND p.lost_reason <> ''",
        *asked.ids,
    )
    return entries + [DataEntry(time_words(at), number, reason) for at, number, reason in lost]


def _contacts(asked: Asked) -> list[DataEntry]:
    found = rows(
        "SELECT c.at, coalesce(u.short, ''), c.way, c.type, c.name, c.phone, c.text, c.wish, "
        "c.opinion, c.result, c.void_reason, c.id FROM contact c "
        f"LEFT JOIN unit u ON u.id = c.unit_id WHERE c.person_id IN ({asked.marks}) "
        "ORDER BY c.at, c.id",
        *asked.ids,
    )
    entries = []
    for at, house, way, kind, *said, contact_id in found:
        labels = label_of(CONTACT_LABELS, way), label_of(TYPE_LABELS, kind)
        entries.append(DataEntry(time_words(at), house, joined(*labels, *said)))
        entries += [
            DataEntry(time_words(changed), house, _("before: {words}").format(words=words))
            for changed, before in rows(
                "SELECT at, before FROM contact_change WHERE contact_id = ? ORDER BY id", contact_id
            )
            if (words := joined(*(one for one in json.loads(before).values() if one)))
        ]
    letters = rows(
        "SELECT l.written_at, l.number, l.addressee, l.care, l.apology, l.measures, l.deadline, "
        "l.thanks, l.contact FROM letter l JOIN ticket t ON t.id = l.ticket_id "
        f"WHERE t.reporter_id IN ({asked.marks}) ORDER BY l.id",
        *asked.ids,
    )
    return entries + [DataEntry(time_words(row[0]), row[1], joined(*row[2:])) for row in letters]


def _files(asked: Asked) -> list[DataEntry]:
    found = rows(
        "SELECT a.added_at, coalesce(t.number, u.short, ''), a.topic, a.name, a.caption "
        "FROM attachment a LEFT JOIN ticket t ON t.id = a.ticket_id "
        "LEFT JOIN contact c ON c.id = a.contact_id LEFT JOIN unit u ON u.id = a.unit_id "
        f"WHERE a.removed_at IS NULL AND (a.person_id IN ({asked.marks}) "
        f"OR t.reporter_id IN ({asked.marks}) OR c.person_id IN ({asked.marks})) ORDER BY a.id",
        *(asked.ids * 3),
    )
    return [
        DataEntry(time_words(at), where, joined(label_of(TOPIC_LABELS, topic), name, caption))
        for at, where, topic, name, caption in found
    ]


def _opinions(asked: Asked) -> list[DataEntry]:
    """Read the sheets of his houses while he was there, and the meetings whose list names him."""
    sheets = rows(
        "SELECT DISTINCT s.entered_at, u.short, v.title, s.remark FROM survey_sheet s "
        "JOIN survey v ON v.id = s.survey_id JOIN unit u ON u.id = s.unit_id "
        "JOIN residency r ON r.unit_id = s.unit_id "
        f"WHERE r.person_id IN ({asked.marks}) AND date(s.entered_at) "
        "BETWEEN coalesce(r.from_on, '') AND coalesce(r.to_on, '9999') ORDER BY s.id",
        *asked.ids,
    )
    meetings = rows("SELECT at, number, kind, title, place, attendees, sections FROM meeting")
    return [DataEntry(time_words(row[0]), row[1], joined(*row[2:])) for row in sheets] + [
        DataEntry(
            time_words(at),
            number,
            joined(label_of(MEETING_KIND_LABELS, kind), title, place, words),
        )
        for at, number, kind, title, place, *texts in meetings
        if (words := naming([json.loads(text) for text in texts], asked.words))
    ]


def _proofs(asked: Asked) -> list[DataEntry]:
    """Read his consents, what he asked for, and what was sealed."""
    consents = rows(
        "SELECT given_on, scope, way, given_by, note, withdrawn_on FROM consent "
        f"WHERE person_id IN ({asked.marks}) ORDER BY id",
        *asked.ids,
    )
    requests = rows(
        "SELECT received_at, kind, text, due_on, result, reason FROM data_request "
        f"WHERE person_id IN ({asked.marks}) ORDER BY id",
        *asked.ids,
    )
    erasures = rows(
        f"SELECT at, kind, reason FROM erasure WHERE person_id IN ({asked.marks}) ORDER BY id",
        *asked.ids,
    )
    return [
        *(
            DataEntry(
                given_on,
                "",
                joined(
                    scope_label(scope), label_of(WAY_LABELS, way), given_by, note,
                    withdrawn and _("withdrawn {day}").format(day=withdrawn),
                ),
            )
            for given_on, scope, way, given_by, note, withdrawn in consents
        ),
        *(
            DataEntry(
                time_words(at),
                "",
                joined(
                    label_of(REQUEST_LABELS, kind), text, _("answer by {day}").format(day=due),
                    label_of(RESULT_LABELS, result), reason,
                ),
            )
            for at, kind, text, due, result, reason in requests
        ),
        *(
            DataEntry(
                time_words(at),
                "",
                joined(_("Sealed") if kind == "sealed" else _("In use again"), reason),
            )
            for at, kind, reason in erasures
        ),
    ]  # fmt: skip


def _exports(asked: Asked) -> list[DataEntry]:
    """Read the files in which he may be, and those from which he came."""
    imports = rows(
        "SELECT i.at, i.file_name FROM import i WHERE i.id IN "
        f"(SELECT import_id FROM person WHERE id IN ({asked.marks}))",
        *asked.ids,
    )
    exports = rows(
        "SELECT at, what, is_plain, purpose, manner, receiver, rows, file_name FROM data_export "
        "ORDER BY id"
    )
    return [
        *(
            DataEntry(time_words(at), "", joined(_("Taken over from a workbook"), name))
            for at, name in imports
        ),
        *(
            DataEntry(
                time_words(at),
                "",
                joined(
                    _("in full") if is_plain else _("masked"), purpose,
                    label_of(MANNER_LABELS, manner), receiver, name,
                    ngettext("{count} row", "{count} rows", count).format(count=count),
                ),
            )
            for at, _what, is_plain, purpose, manner, receiver, count, name in exports
        ),
    ]  # fmt: skip


def _looks(asked: Asked) -> list[DataEntry]:
    found = rows(
        "SELECT a.at, coalesce(u.short, ''), s.name, a.act, a.purpose FROM access_line a "
        "JOIN staff s ON s.id = a.staff_id LEFT JOIN unit u ON u.id = a.unit_id "
        f"WHERE a.person_id IN ({asked.marks}) ORDER BY a.id",
        *asked.ids,
    )
    return [
        DataEntry(time_words(at), house, joined(who, label_of(ACT_LABELS, act), purpose))
        for at, house, who, act, purpose in found
    ]


SERVICE_READERS: Mapping[str, Reader] = {
    "ticket": _tickets,
    "contact": _contacts,
    "photo": _files,
    "opinion": _opinions,
    "consent": _proofs,
    "export": _exports,
    "access": _looks,
}
