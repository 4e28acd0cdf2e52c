"""Print a list as somebody sees it on the screen (decision 32)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from propdesk.domain.errors import RuleError
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.staff import Right, Staff
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local

MOST_ROWS = 5000
"""Rows of the longest list that is printed, more than a hundred sheets; a file holds any number."""


@dataclass(frozen=True, slots=True)
class SeenList:
    """What stands over a list: its title, what narrows it, the heads of the columns in sight.

    `figures` are the places of the columns whose figures stand under figures.
    """

    title: str
    narrowed: str
    header: tuple[str, ...]
    figures: frozenset[int] = frozenset()


def print_list(
    seen: SeenList,
    lines: Iterable[Sequence[str]],
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw a list, a line of words for each row, into the PDF file `target`.

    Frame and footer speak the office's paper language where none is given; heads and lines stay as
    they came. Raises RuleError for a staff member who may not take lists out, for more than
    `MOST_ROWS` lines and for a file that cannot be written.
    """
    from propdesk.reports.lists import ListColumn, ListSheet, render_list
    from propdesk.sheets.errors import not_written

    actor(by.id, Right.REPORT)
    check_target(target, ".pdf")
    rows = [tuple(line) for line in islice(lines, MOST_ROWS + 1)]
    if len(rows) > MOST_ROWS:
        raise RuleError(
            "list-too-long",
            _(
                "This list has more than {most} rows. Narrow it with the filters, "
                "or export it to a file."
            ).format(most=f"{MOST_ROWS:,}"),
        )
    settings = load_settings()
    paper = ListSheet(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        title=seen.title,
        narrowed=seen.narrowed,
        columns=tuple(
            ListColumn(title, is_figures=place in seen.figures)
            for place, title in enumerate(seen.header)
        ),
        rows=rows,
        printed_at=local(now),
        printed_by=by.name,
    )
    try:
        printed = render_list(paper, target, language=language or settings.paper_language)
    except OSError as error:
        raise not_written(target, error) from error
    return Printed(target, printed.pages, printed.replaced_characters)
