"""Which program opens newer data, and which backup an older one goes back to."""

from datetime import datetime

import pytest

from propdesk.domain.upgrades import Upgrade, backup_before_leaving, program_for

AT = datetime(2026, 11, 21, 9, 30)

MADE = Upgrade(AT, 0, 1, "1.0", None)
TO_TWO = Upgrade(AT, 1, 2, "2.0", "one.pdbak")
TO_FOUR = Upgrade(AT, 2, 4, "4.0", "two.pdbak")
TO_FIVE = Upgrade(AT, 4, 5, "5.0", "four.pdbak")
HISTORY = (MADE, TO_TWO, TO_FOUR, TO_FIVE)


@pytest.mark.parametrize(
    ("ours", "backup"),
    [(1, "one.pdbak"), (2, "two.pdbak"), (3, "two.pdbak"), (4, "four.pdbak"), (5, None)],
)
def test_the_way_back_is_the_last_backup_that_a_program_can_read(ours, backup):
    assert backup_before_leaving(ours, HISTORY) == backup


def test_data_that_went_back_and_forth_counts_from_the_last_time():
    again = Upgrade(AT, 1, 2, "2.1", "later.pdbak")
    assert backup_before_leaving(1, (MADE, TO_TWO, again)) == "later.pdbak"
    assert program_for(2, (MADE, TO_TWO, again)) == "2.1"


def test_an_office_that_a_newer_program_made_has_no_way_back():
    made = Upgrade(AT, 0, 5, "5.0", None)
    assert backup_before_leaving(4, (made,)) is None
    assert program_for(5, (made,)) == "5.0"


def test_the_program_is_the_one_that_brought_the_data_there():
    assert program_for(4, HISTORY) == "4.0"
    assert program_for(3, HISTORY) == ""
    assert program_for(5, ()) == ""
