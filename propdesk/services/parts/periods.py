"""Conditions on a period of a row, `from_on` to `to_on`, as `domain.persons.present_on` asks."""

from datetime import date


def present(table: str, day: date) -> str:
    """Return the condition that a row of `table` (its short name) holds on a day."""
    return f"(({table}.from_on IS NULL OR {table}.from_on <= '{day}') AND {not_ended(table, day)})"


def not_ended(table: str, day: date) -> str:
    """Return the condition that a row holds on a day or will; a last day to come ends nothing."""
    return f"({table}.to_on IS NULL OR {table}.to_on > '{day}')"
