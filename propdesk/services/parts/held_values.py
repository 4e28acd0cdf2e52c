"""What held of each house on a day, asked of its history in SQL (`domain/unit_changes.held_on`)."""

from datetime import date

from propdesk.domain.unit_changes import DATED, UnitField
from propdesk.storage.database import rows

# In a unit's row the present values stand again, for lists; an area is a number there.
COLUMNS = {
    UnitField.STATE: "state",
    UnitField.AREA: "area_dm2",
    UnitField.USAGE: "usage",
    UnitField.LAYOUT: "layout",
    UnitField.CONTRACT: "contract",
    UnitField.NUMBER: "short",
}

_PRESENT = " ".join(
    f"WHEN '{field}' THEN coalesce(CAST(u.{column} AS TEXT), '')"
    for field, column in COLUMNS.items()
    if field in DATED
)
# Of each house and field the line that holds on the day `?`: the last to begin, of two of one day
# the later entered. NULL, as long as is known, is the least in SQLite.
_HELD = (
    "SELECT unit_id, field, value FROM (SELECT unit_id, field, value, row_number() OVER "
    "(PARTITION BY unit_id, field ORDER BY from_on DESC, id DESC) AS place FROM unit_change "
    "WHERE voided_at IS NULL AND (from_on IS NULL OR from_on <= ?) AND {only}) WHERE place = 1"
)

# The same of one house `u` and its state, for conditions on the day `:day`.
STATE_ON_DAY = (
    "coalesce((SELECT h.value FROM unit_change h WHERE h.unit_id = u.id AND h.field = 'state' "
    "AND h.voided_at IS NULL AND (h.from_on IS NULL OR h.from_on <= :day) "
    "ORDER BY h.from_on DESC, h.id DESC LIMIT 1), u.state)"
)


def held_values(field: UnitField, day: date, unit_id: int | None = None) -> dict[int, str]:
    """Return what each house had on a day, or one house: `state on day X`.

    What never changed has had its present value as long as is known.
    """
    house = "" if unit_id is None else f" AND unit_id = {unit_id:d}"
    one = "" if unit_id is None else f" WHERE u.id = {unit_id:d}"
    held = _HELD.format(only=f"field = '{field}'{house}")
    found = rows(
        f"SELECT u.id, coalesce(h.value, CAST(u.{COLUMNS[field]} AS TEXT), '') "  # noqa: S608
        f"FROM unit u LEFT JOIN ({held}) AS h ON h.unit_id = u.id{one}",
        day.isoformat(),
    )
    return dict(found)


def differing(day: date, unit_id: int | None = None) -> list[tuple[int, UnitField, str, str]]:
    """Return where a house's row does not say what its history says of a day.

    Each with the house, the field, the history's value and the house's number. A number is not
    among them: it changes at once, or not at all.
    """
    only = "field <> 'number'" + ("" if unit_id is None else f" AND unit_id = {unit_id:d}")
    found = rows(
        "SELECT h.unit_id, h.field, h.value, u.short FROM "  # noqa: S608 - fixed texts, a number
        f"({_HELD.format(only=only)}) AS h JOIN unit u ON u.id = h.unit_id "
        f"WHERE h.value <> CASE h.field {_PRESENT} END ORDER BY h.unit_id, h.field",
        day.isoformat(),
    )
    return [(row[0], UnitField(row[1]), row[2], row[3]) for row in found]
