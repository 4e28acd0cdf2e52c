"""Acts of urging to read: those of a house, of a period, and the files that prove them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from propdesk.domain.attachments import Attachment
from propdesk.domain.dunning import Medium, Relation, Result, Stage, Way
from propdesk.domain.dunning_acts import DunningAct
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.fee_access import GUARDS, fee_actor
from propdesk.services.queries.attachments import to_attachment
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows

_ACTS = (
    "SELECT a.id, a.unit_id, u.short, a.letter_id, coalesce(l.number, ''), a.stage, a.way, "
    "a.result, a.at, a.entered_at, s.name, a.done_by, a.witness, a.receiver, a.relation, "
    "a.address, a.express_number, a.arrived_on, a.has_proof, a.open_fen, a.note, "
    "a.override_reason, (SELECT group_concat(d.bill_id) FROM demand_line d WHERE d.act_id = a.id), "
    "(SELECT count(*) FROM attachment f WHERE f.act_id = a.id AND f.removed_at IS NULL), "
    "a.voided_at, a.void_reason, a.medium "
    "FROM dunning_act a JOIN unit u ON u.id = a.unit_id JOIN staff s ON s.id = a.staff_id "
    "LEFT JOIN fee_letter l ON l.id = a.letter_id "
)
_STANDS = "a.voided_at IS NULL"


def list_acts(unit_id: int, *, with_void: bool = False) -> list[DunningAct]:
    """Return the acts of a house, the earliest first."""
    also = "" if with_void else f"AND {_STANDS} "
    return [_act(row) for row in rows(f"{_ACTS}WHERE a.unit_id = ? {also}ORDER BY a.at, a.id",
                                      unit_id)]  # fmt: skip


def list_letter_acts(letter_id: int) -> list[DunningAct]:
    """Return what came of a letter, the earliest first; void acts are left out."""
    found = rows(f"{_ACTS}WHERE a.letter_id = ? AND {_STANDS} ORDER BY a.at, a.id", letter_id)
    return [_act(row) for row in found]


def list_period_acts(
    first: date, last: date, *, community: str = "", ways: Sequence[Way] = tuple(Way)
) -> list[DunningAct]:
    """Return the acts of a period, both days included, for the delivery register (送达登记表)."""
    where = f"WHERE date(a.at) BETWEEN ? AND ? AND {_STANDS} "
    where += f"AND a.way IN ({', '.join('?' * len(ways))}) "
    values: list[Any] = [first.isoformat(), last.isoformat(), *(way.value for way in ways)]
    if community:
        where += (
            "AND u.entrance_id IN (SELECT e.id FROM entrance e JOIN building b "
            "ON b.id = e.building_id JOIN community c ON c.id = b.community_id WHERE c.name = ?) "
        )
        values.append(community)
    return [_act(row) for row in rows(f"{_ACTS}{where}ORDER BY a.at, a.id", *values)]


def get_act(act_id: int) -> DunningAct:
    """Return an act, or refuse."""
    found = rows(f"{_ACTS}WHERE a.id = ?", act_id)
    if not found:
        raise RuleError("act-unknown", _("There is no act of urging {id}.").format(id=act_id))
    return _act(found[0])


def check_may_urge(staff_id: int) -> None:
    """Refuse whoever may not urge, before a form is opened for him (law.md 1.6)."""
    fee_actor(staff_id, Right.DUN)


def list_urgers() -> list[str]:
    """Return the names of those who may take part in urging: all but guards (law.md 1.6)."""
    found = rows(
        "SELECT s.name FROM staff s LEFT JOIN department d ON d.id = s.department_id "
        "WHERE s.active = 1 AND coalesce(d.code, '') <> ? ORDER BY s.code",
        GUARDS,
    )
    return [row[0] for row in found]


def list_proofs(act_id: int, *, with_removed: bool = False) -> tuple[Attachment, ...]:
    """Return the photos and scans of an act in the order in which they were added."""
    wanted = AttachmentRecord.act == act_id
    if not with_removed:
        wanted &= AttachmentRecord.removed_at.is_null()
    found = AttachmentRecord.select().where(wanted).order_by(AttachmentRecord.id)
    return tuple(map(to_attachment, found))


def _act(row: tuple[Any, ...]) -> DunningAct:
    return DunningAct(
        id=row[0],
        unit_id=row[1],
        unit=row[2],
        letter_id=row[3],
        letter=row[4],
        stage=Stage(row[5]),
        way=Way(row[6]),
        result=Result(row[7]),
        at=datetime.fromisoformat(row[8]),
        entered_at=datetime.fromisoformat(row[9]),
        by=row[10],
        done_by=row[11],
        witness=row[12],
        receiver=row[13],
        relation=Relation(row[14]) if row[14] else None,
        address=row[15],
        express_number=row[16],
        arrived_on=date.fromisoformat(row[17]) if row[17] else None,
        has_proof=bool(row[18]),
        open_fen=row[19],
        note=row[20],
        override_reason=row[21],
        bill_ids=tuple(map(int, row[22].split(","))) if row[22] else (),
        proofs=row[23],
        voided_at=datetime.fromisoformat(row[24]) if row[24] else None,
        void_reason=row[25],
        medium=Medium(row[26]) if row[26] else None,
    )
