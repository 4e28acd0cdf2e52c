"""How each kind of personal data of the catalogue is read of one person, in full, in words.

What a record says of others (the other people of a house, its notes) is theirs and is left out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from propdesk.domain.decorations import PATROL_LABELS
from propdesk.domain.field_catalogue import OPTIONAL_FIELDS
from propdesk.domain.leave_reasons import REASON_LABELS
from propdesk.domain.money import money_words
from propdesk.domain.moves import MOVE_LABELS
from propdesk.domain.person_data import DataEntry, joined, naming
from propdesk.domain.person_details import plain_value
from propdesk.domain.persons import PERSON_KIND_LABELS, ROLE_LABELS, PersonKind, ResidentRole
from propdesk.domain.pets import PET_LABELS
from propdesk.domain.unit_keys import KEY_LABELS, OUTCOME_LABELS
from propdesk.domain.units import UNIT_USAGE_LABELS, UnitKind, UnitState, state_label
from propdesk.domain.vehicles import VEHICLE_LABELS
from propdesk.i18n import LazyText, _
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose data is read: his ids, what he is called and his phones, as of which day."""

    ids: tuple[int, ...]
    words: tuple[str, ...]
    today: date

    @property
    def marks(self) -> str:
        """Return the places of his ids in a query."""
        return ", ".join("?" * len(self.ids))


Reader = Callable[[Asked], Sequence[DataEntry]]


def label_of(labels: Mapping[Any, LazyText], code: str) -> str:
    """Return the word of a stored code; a code that has none stays as it is."""
    return str(labels.get(code, code))


def time_words(stored: str | None) -> str:
    """Return a stored moment to the minute."""
    return (stored or "")[:16].replace("T", " ")


def _span(from_on: str | None, to_on: str | None) -> str:
    return f"{from_on or ''} – {to_on or ''}" if from_on or to_on else ""


def _money(word: str, fen: int | None) -> str:
    return f"{word} {money_words(fen)}" if fen else ""


def _column(column: str) -> Reader:
    """Read one column of the person's own records."""

    def read(asked: Asked) -> list[DataEntry]:
        found = rows(
            f"SELECT {column} FROM person WHERE id IN ({asked.marks}) ORDER BY id", *asked.ids
        )
        said = dict.fromkeys(row[0] for row in found if row[0])
        return [DataEntry("", "", word) for word in said]

    return read


def _phones(asked: Asked) -> list[DataEntry]:
    found = rows(
        f"SELECT phone FROM phone WHERE person_id IN ({asked.marks}) ORDER BY id", *asked.ids
    )
    return [DataEntry("", "", phone) for (phone,) in found]


_STAYS = (
    "SELECT u.short, r.role, r.from_on, r.to_on, r.relation, r.share_part, r.share_whole, u.minors,"
    " r.to_on IS NULL OR r.to_on > ? FROM residency r JOIN unit u ON u.id = r.unit_id "
    "WHERE r.person_id IN ({ids}) ORDER BY r.from_on, r.id"
)


def _stays(asked: Asked) -> Sequence[tuple[Any, ...]]:
    return rows(_STAYS.format(ids=asked.marks), asked.today.isoformat(), *asked.ids)


def _roles(asked: Asked) -> list[DataEntry]:
    people = rows(f"SELECT DISTINCT kind FROM person WHERE id IN ({asked.marks})", *asked.ids)
    kinds = [
        DataEntry("", "", str(PERSON_KIND_LABELS[PersonKind.COMPANY]))
        for (kind,) in people
        if kind == PersonKind.COMPANY
    ]
    return kinds + [
        DataEntry(row[2] or "", row[0], joined(label_of(ROLE_LABELS, row[1]), _span(*row[2:4])))
        for row in _stays(asked)
    ]


def _relations(asked: Asked) -> list[DataEntry]:
    return [DataEntry(row[2] or "", row[0], row[4]) for row in _stays(asked) if row[4]]


def _shares(asked: Asked) -> list[DataEntry]:
    return [
        DataEntry(row[2] or "", row[0], f"{row[5]}/{row[6]}") for row in _stays(asked) if row[5]
    ]


def _emergencies(asked: Asked) -> list[DataEntry]:
    return [
        DataEntry(row[2] or "", row[0], label_of(ROLE_LABELS, row[1]))
        for row in _stays(asked)
        if row[1] == ResidentRole.EMERGENCY
    ]


def _minors(asked: Asked) -> list[DataEntry]:
    houses = {row[0]: row[7] for row in _stays(asked) if row[8] and row[7] is not None}
    return [DataEntry("", house, str(count)) for house, count in houses.items()]


def _care(asked: Asked) -> list[DataEntry]:
    found = rows(
        "SELECT p.special, p.special_until, coalesce(s.name, p.segment), p.note FROM person p "
        f"LEFT JOIN segment s ON s.code = p.segment WHERE p.id IN ({asked.marks})",
        *asked.ids,
    )
    return [
        DataEntry("", "", words)
        for special, until, segment, note in found
        if (words := joined(special, until, segment, note))
    ]


def _houses(asked: Asked) -> list[DataEntry]:
    found = rows(
        "SELECT DISTINCT u.short, u.kind, u.state, u.usage, u.layout, u.contract, u.delivered_on "
        "FROM unit u JOIN residency r ON r.unit_id = u.id "
        f"WHERE r.person_id IN ({asked.marks}) AND (r.to_on IS NULL OR r.to_on > ?)",
        *asked.ids,
        asked.today.isoformat(),
    )
    return [
        DataEntry(
            delivered or "",
            house,
            joined(
                state_label(UnitState(state) if state else None, UnitKind(kind)),
                label_of(UNIT_USAGE_LABELS, usage),
                layout,
                contract,
            ),
        )
        for house, kind, state, usage, layout, contract, delivered in found
    ]  # fmt: skip


def _vehicles(asked: Asked) -> list[DataEntry]:
    found = rows(
        "SELECT v.from_on, v.to_on, u.short, v.plate, v.kind, v.description, v.note, s.short "
        "FROM vehicle v JOIN unit u ON u.id = v.unit_id LEFT JOIN unit s ON s.id = v.space_id "
        f"WHERE v.person_id IN ({asked.marks}) ORDER BY v.id",
        *asked.ids,
    )
    return [
        DataEntry(
            from_on or "",
            house,
            joined(
                plate, label_of(VEHICLE_LABELS, kind), description, space, note,
                _span(from_on, to_on),
            ),
        )
        for from_on, to_on, house, plate, kind, description, note, space in found
    ]  # fmt: skip


def _keys(asked: Asked) -> list[DataEntry]:
    found = rows(
        "SELECT k.from_on, k.ended_on, u.short, k.holder, k.kind, k.label, k.count, k.deposit_fen, "
        "k.outcome, k.note FROM unit_key k JOIN unit u ON u.id = k.unit_id "
        f"WHERE k.person_id IN ({asked.marks}) ORDER BY k.id",
        *asked.ids,
    )
    return [
        DataEntry(
            row[0],
            row[2],
            joined(
                f"{label_of(KEY_LABELS, row[4])} × {row[6]}", row[5], row[3],
                _money(_("Deposit"), row[7]), label_of(OUTCOME_LABELS, row[8]), row[1], row[9],
            ),
        )
        for row in found
    ]  # fmt: skip


def _pets(asked: Asked) -> list[DataEntry]:
    found = rows(
        "SELECT t.from_on, u.short, t.kind, t.name, t.breed, t.licence, t.vaccinated_until, t.note "
        "FROM pet t JOIN unit u ON u.id = t.unit_id "
        f"WHERE t.person_id IN ({asked.marks}) ORDER BY t.id",
        *asked.ids,
    )
    return [
        DataEntry(row[0] or "", row[1], joined(label_of(PET_LABELS, row[2]), *row[3:]))
        for row in found
    ]


def _moves(asked: Asked) -> list[DataEntry]:
    found = rows(
        "SELECT m.on_day, coalesce(m.number, u.short), u.short, m.kind, m.reason, m.reason_text, "
        "m.name, m.handled_by, m.new_address, m.new_phone, m.note, m.settled_on, m.open_reason, "
        "m.void_reason FROM move m JOIN unit u ON u.id = m.unit_id "
        f"WHERE m.person_id IN ({asked.marks}) ORDER BY m.id",
        *asked.ids,
    )
    return [
        DataEntry(
            row[0],
            row[1],
            joined(
                row[2], label_of(MOVE_LABELS, row[3]), label_of(REASON_LABELS, row[4]), *row[5:]
            ),
        )
        for row in found
    ]


def _gate_passes(asked: Asked) -> list[DataEntry]:
    found = rows(
        "SELECT g.valid_on, g.number, g.carrier, g.carrier_phone, g.items, g.plate, g.hours, "
        "g.confirmed_by FROM gate_pass g LEFT JOIN move m ON m.id = g.move_id "
        f"WHERE m.person_id IN ({asked.marks}) OR g.unit_id IN ({_HIS_UNITS}) ORDER BY g.id".format(
            ids=asked.marks
        ),
        *asked.ids,
        *asked.ids,
    )
    moved = {
        number
        for (number,) in rows(
            "SELECT g.number FROM gate_pass g JOIN move m ON m.id = g.move_id "
            f"WHERE m.person_id IN ({asked.marks})",
            *asked.ids,
        )
    }
    return [
        DataEntry(row[0], row[1], joined(*row[2:]))
        for row in found
        if row[1] in moved or naming(list(row[2:]), asked.words)
    ]


_HIS_UNITS = "SELECT unit_id FROM residency WHERE person_id IN ({ids})"


def _decorations(asked: Asked) -> list[DataEntry]:
    """Read the files of those decorations of his houses that name him, with their patrols."""
    found = rows(
        "SELECT d.id, d.applied_on, d.number, d.applicant, d.phone, d.company, d.scope, "
        "d.structure_consent, d.deposit_note, d.deduction_reason, d.outcome, d.note "
        f"FROM decoration d WHERE d.unit_id IN ({_HIS_UNITS}) ORDER BY d.id".format(
            ids=asked.marks
        ),
        *asked.ids,
    )
    entries = []
    for decoration_id, day, number, *said in found:
        if not naming(list(said), asked.words):
            continue
        entries.append(DataEntry(day, number, joined(*said)))
        entries += [
            DataEntry(time_words(at), number, joined(label_of(PATROL_LABELS, result), finding))
            for at, result, finding in rows(
                "SELECT at, result, finding FROM decoration_patrol WHERE decoration_id = ? "
                "ORDER BY at",
                decoration_id,
            )
        ]
    return entries


def _inspections(asked: Asked) -> list[DataEntry]:
    """Read what rounds found in his houses and the notices to them, where they name him."""
    found = rows(
        "SELECT date(f.found_at), '', f.text, f.note, r.words, r.note, r.photos FROM finding f "
        "JOIN inspection_result r ON r.id = f.result_id "
        f"WHERE f.unit_id IN ({_HIS_UNITS}) "
        "UNION ALL SELECT date(issued_at), number, addressee, "
        "place || ' ' || problem || ' ' || basis, demand, receiver || ' ' || recheck_note, "
        f"void_reason FROM rectification WHERE unit_id IN ({_HIS_UNITS}) ORDER BY 1".format(
            ids=asked.marks
        ),
        *asked.ids,
        *asked.ids,
    )
    return [
        DataEntry(day, number, joined(*said))
        for day, number, *said in found
        if naming(said, asked.words)
    ]


def read_detail(asked: Asked, code: str) -> list[DataEntry]:
    """Return what an optional field holds, switched on or not."""
    found = rows(
        f"SELECT set_at, value FROM person_detail WHERE person_id IN ({asked.marks}) AND field = ?",
        *asked.ids,
        code,
    )
    field = OPTIONAL_FIELDS[code]
    return [DataEntry(at[:10], "", plain_value(field, value)) for at, value in found]


HOUSE_READERS: Mapping[str, Reader] = {
    "name": _column("name"),
    "phone": _phones,
    "salutation": _column("salutation"),
    "role": _roles,
    "relation": _relations,
    "share": _shares,
    "emergency": _emergencies,
    "died-on": _column("died_on"),
    "minors": _minors,
    "care": _care,
    "house": _houses,
    "vehicle": _vehicles,
    "key": _keys,
    "pet": _pets,
    "move": _moves,
    "gate-pass": _gate_passes,
    "decoration": _decorations,
    "inspection": _inspections,
}
