"""The classes of the ageing table, days counted by hand."""

from datetime import date

import pytest

from propdesk.domain.ageing import AgeBucket, Ages, add_ages, age_limits

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("due_on", "bucket"),
    [
        (date(2026, 11, 22), None),
        (date(2026, 11, 21), None),  # to be paid today
        (date(2026, 11, 20), AgeBucket.DAYS_30),  # one day late
        (date(2026, 10, 22), AgeBucket.DAYS_30),  # 9 + 21 = 30 days
        (date(2026, 10, 21), AgeBucket.DAYS_90),  # 31
        (date(2026, 8, 23), AgeBucket.DAYS_90),  # 8 + 30 + 31 + 21 = 90
        (date(2026, 8, 22), AgeBucket.DAYS_180),
        (date(2026, 5, 25), AgeBucket.DAYS_180),  # 6 + 30 + 31 + 31 + 30 + 31 + 21 = 180
        (date(2026, 5, 24), AgeBucket.DAYS_365),
        (date(2025, 11, 21), AgeBucket.DAYS_365),  # 365
        (date(2025, 11, 20), AgeBucket.YEARS_2),
        (date(2024, 11, 21), AgeBucket.YEARS_2),
        (date(2024, 11, 20), AgeBucket.YEARS_3),
        (date(2023, 11, 21), AgeBucket.YEARS_3),
        (date(2023, 11, 20), AgeBucket.OLDER),
        (date(2000, 1, 1), AgeBucket.OLDER),
    ],
)
def test_the_class_of_a_day_of_payment(due_on, bucket):
    assert age_limits(TODAY).bucket(due_on) is bucket


def test_f46_on_29_february_the_classes_end_as_the_limitation_does():
    """366 days before 2028-02-29 lies 2027-02-28, outside the class of 365 days.

    Three years from 2025-02-28 ended on 2028-02-28 (Civil Code 202): a day later it is older, and
    so it is with two years. Of 2024-02-29 they end on 2027-02-28: that day it is not yet older.
    """
    limits = age_limits(date(2028, 2, 29))
    assert limits.first[3:] == (date(2027, 3, 1), date(2026, 3, 1), date(2025, 3, 1))
    assert limits.bucket(date(2025, 2, 28)) is AgeBucket.OLDER
    leap = date(2024, 2, 29)
    assert age_limits(date(2027, 2, 28)).bucket(leap) is AgeBucket.YEARS_3
    assert age_limits(date(2027, 3, 1)).bucket(leap) is AgeBucket.OLDER


def test_sums_of_classes():
    ages = [Ages((1, 2, 3, 4, 5, 6, 7), 8), Ages((10, 0, 0, 0, 0, 0, 1), 2)]
    both = add_ages(ages)
    assert both == Ages((11, 2, 3, 4, 5, 6, 8), 10)
    assert (both.total_fen, both.of(AgeBucket.OLDER)) == (39, 8)
    assert add_ages([]) == Ages((0,) * 7, 0)
