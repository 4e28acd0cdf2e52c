"""The number under which a closed ticket is filed (R44): one series a year, never given twice."""

ARCHIVE_LETTERS = "DA"


def archive_number(letters: str, year: int, sequence: int) -> str:
    """Return the number of the `sequence`-th ticket that was filed in a year."""
    return f"{letters}-{year:04d}-{sequence:04d}"
