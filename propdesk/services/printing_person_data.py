"""Print what is kept of a person for himself (PIPL 45)."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from propdesk.domain.field_catalogue import BASIS_LABELS, GROUP_LABELS, Group
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.person_data import DataSection, PersonData
from propdesk.domain.retention import ANSWER_DAYS, BY_CODE, kept_words
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.i18n import _
from propdesk.reports.parts.privacy_papers import PrivacyOffice
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.reports.person_data import KindKept, PersonDataSheet, render_person_data
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.person_data import get_person_data


def print_person_data(
    target: Path,
    person_id: int,
    *,
    by: Staff,
    now: datetime,
    receiver: str = "",
    paper_language: PaperLanguage | None = None,
) -> Printed:
    """Draw everything that is kept of a person; `receiver` is his heir or who acts for him.

    Whoever draws it notes it, too (`services/person_data.py`).
    """
    actor(by.id, Right.REVEAL)
    today = local(now).date()
    get_person_data(person_id, today=today)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        found = get_person_data(person_id, today=today)
        paper = PersonDataSheet(
            office=_office(settings, by, now),
            name=found.name,
            number=found.person_id,
            receiver=receiver.strip() or _("{name} in person").format(name=found.name),
            is_sealed=found.is_sealed,
            groups=_groups(found, settings),
            not_kept=[str(one.field.label) for one in found.not_kept],
            backups=kept_words(BY_CODE["backups"], settings.retention_months),
            answer_days=ANSWER_DAYS,
        )
        return render_person_data(paper, target, language=chosen)

    return draw_paper(target, paper_language, draw)


def _office(settings: OfficeSettings, by: Staff, now: datetime) -> PrivacyOffice:
    return PrivacyOffice(
        name=settings.office_name,
        english_name=settings.office_name_en,
        company=settings.company,
        phone=settings.phone,
        printed_at=local(now),
        printed_by=by.name,
    )


def _groups(found: PersonData, settings: OfficeSettings) -> list[tuple[str, list[KindKept]]]:
    groups = [(str(GROUP_LABELS[group]), _kinds(found.kept, group, settings)) for group in Group]
    return [(title, kinds) for title, kinds in groups if kinds]


def _kinds(
    sections: Iterable[DataSection], group: Group, settings: OfficeSettings
) -> list[KindKept]:
    return [
        KindKept(
            label=str(one.field.label),
            purpose=str(one.field.purpose),
            basis=_("{ground} ({source})").format(
                ground=BASIS_LABELS[one.field.basis], source=one.field.source
            ),
            kept=kept_words(BY_CODE[one.field.retention], settings.retention_months),
            entries=one.entries,
        )
        for one in sections
        if one.field.group is group
    ]
