"""Print labels of things and points, and the list of every day that must not be missed."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from propdesk.domain.asset_labels import label_text
from propdesk.domain.errors import RuleError
from propdesk.domain.numbers import office_mark
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right
from propdesk.domain.statutory_dates import DATE_LABELS, left_words
from propdesk.i18n import _, ngettext
from propdesk.reports.asset_labels import Label, render_labels
from propdesk.reports.lists import ListColumn, ListSheet, render_list
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.assets import list_assets, list_points
from propdesk.services.queries.statutory_dates import list_statutory_dates
from propdesk.storage.database import rows


def print_labels(
    target: Path,
    *,
    by: int,
    asset_ids: Collection[int] = (),
    point_ids: Collection[int] = (),
    skip: int = 0,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the labels of things and points, in the order of their lists.

    `skip` labels of the first sheet are used already and stay empty.
    """
    actor(by, Right.DO_ROUNDS)
    things = [one for one in list_assets(with_scrapped=True) if one.id in asset_ids]
    points = [one for one in list_points() if one.id in point_ids]
    if not things and not points:
        raise RuleError("labels-none-chosen", _("Choose the things whose labels are printed."))
    mark = office_mark(rows("SELECT uid FROM office")[0][0])

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        is_english = chosen is PaperLanguage.EN and settings.office_name_en
        office = settings.office_name_en if is_english else settings.office_name
        labels = [
            Label(
                label_text(one.draft.code, one.id, mark, is_point=False),
                one.draft.code, one.draft.name, one.where, office,
            )
            for one in things
        ]  # fmt: skip
        labels += [
            Label(
                label_text(one.draft.code, one.id, mark, is_point=True),
                one.draft.code, one.draft.name, one.where, office,
            )
            for one in points
        ]  # fmt: skip
        return render_labels(labels, target, language=chosen, skip=skip)

    return draw_paper(target, language, draw)


def print_statutory_dates(
    target: Path,
    *,
    by: int,
    now: datetime,
    days: int | None = None,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw every day that must not be missed, the longest overdue first."""
    staff = actor(by, Right.DO_ROUNDS)
    today = local(now).date()
    found = list_statutory_dates(today, days=days)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        within = (
            _("every day that is set")
            if days is None
            else ngettext("within {count} day", "within {count} days", days).format(count=days)
        )
        heads = (
            _("Day"),
            _("Still"),
            _("What is due"),
            _("Thing or company"),
            _("Place"),
            _("Source"),
        )
        sheet = ListSheet(
            office_name=settings.office_name,
            office_name_en=settings.office_name_en,
            title=_("Statutory dates"),
            narrowed=within,
            columns=tuple(map(ListColumn, heads)),
            rows=[
                (
                    one.day.isoformat(), left_words(one), str(DATE_LABELS[one.kind]), one.subject,
                    one.where, one.source,
                )
                for one in found
            ],
            printed_at=local(now),
            printed_by=staff.name,
        )  # fmt: skip
        return render_list(sheet, target, language=chosen)

    return draw_paper(target, language, draw)
