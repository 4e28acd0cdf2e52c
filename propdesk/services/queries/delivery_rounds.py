"""Which letter a round's clerk means: scanned, typed short, by its express number or its house."""

import json
from collections.abc import Collection
from datetime import date, datetime

from propdesk.domain.dunning import LetterState, Result
from propdesk.domain.dunning_acts import ON_ITS_WAY
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_letters import letter_number, read_letter_digits
from propdesk.domain.texts import fold
from propdesk.i18n import _
from propdesk.services.parts.fee_settings import load_fee_settings
from propdesk.services.queries.letter_rows import LetterRow, LetterScope, list_letter_rows
from propdesk.services.queries.units import find_unit
from propdesk.storage.database import rows

WAITING = (LetterState.PRINTED, LetterState.SENT)
"""States in which a letter still waits for what comes of it."""


def find_round_letter(words: str, today: date) -> LetterRow:
    """Return the letter of a scanned code, a number, the end of one of this year, or a house.

    The express number of a letter that was handed to the post names it, too. Raises RuleError
    where there is none, or none that was printed.
    """
    typed = fold(words).strip()
    found = _by_code(typed) or _by_number(words.strip(), today) or _by_express(typed)
    if found is None:
        found = _of_house(typed)
    letter = _row(found)
    if letter.state not in ON_ITS_WAY:
        raise RuleError(
            "round-letter-state",
            _("The letter {number} was not printed, or is not on its way any more.").format(
                number=letter.number
            ),
        )
    return letter


def list_waiting_letters(batch_id: int) -> tuple[LetterRow, ...]:
    """Return the letters of a batch that still wait for what comes of them, in walking order."""
    return list_letter_rows(LetterScope(batch_id=batch_id, states=WAITING))


def posted_at(letter_ids: Collection[int]) -> dict[int, datetime]:
    """Return when letters were handed to the post, by id; those that were not are left out."""
    found = rows(
        "SELECT letter_id, max(at) FROM dunning_act WHERE result = ? AND voided_at IS NULL "
        "AND letter_id IN (SELECT value FROM json_each(?)) GROUP BY letter_id",
        Result.SENT.value,
        json.dumps(list(letter_ids)),
    )
    return {letter_id: datetime.fromisoformat(at) for letter_id, at in found}


def _by_code(typed: str) -> int | None:
    letter_id = read_letter_digits(typed)
    return (
        None if letter_id is None else _first("SELECT id FROM fee_letter WHERE id = ?", letter_id)
    )


def _by_number(words: str, today: date) -> int | None:
    numbers = [words]
    if words.isdecimal() and len(words) <= 6:
        numbers.append(letter_number(load_fee_settings(), today.year, int(words)))
    for number in numbers:
        found = _first(
            "SELECT id FROM fee_letter WHERE replace(number, ' ', '') = ?", number.replace(" ", "")
        )
        if found is not None:
            return found
    return None


def _by_express(typed: str) -> int | None:
    return _first(
        "SELECT letter_id FROM dunning_act WHERE express_number = ? AND result = ? "
        "AND letter_id IS NOT NULL AND voided_at IS NULL ORDER BY id DESC LIMIT 1",
        typed.upper(),
        Result.SENT.value,
    )


def _of_house(typed: str) -> int:
    try:
        unit = find_unit(typed)
    except RuleError as error:
        raise RuleError(
            "round-letter-unknown",
            _(
                "«{words}» is no letter: scan the bars on its slip, or type its number, its "
                "express number or its house."
            ).format(words=typed[:40]),
        ) from error
    waiting = list_letter_rows(LetterScope(unit_id=unit.id, states=WAITING))
    if not waiting:
        raise RuleError(
            "round-house-without",
            _("No letter of {house} is on its way.").format(house=unit.short),
        )
    return max(one.id for one in waiting)


def _first(sql: str, *values: object) -> int | None:
    found = rows(sql, *values)
    return int(found[0][0]) if found else None


def _row(letter_id: int) -> LetterRow:
    unit_id = _first("SELECT unit_id FROM fee_letter WHERE id = ?", letter_id)
    return next(
        one for one in list_letter_rows(LetterScope(unit_id=unit_id)) if one.id == letter_id
    )
