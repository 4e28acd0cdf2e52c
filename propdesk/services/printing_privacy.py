"""Print the notice on personal data (告知书) and the catalogue that it is made from (PIPL 17)."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from propdesk.domain.access import AccessAct
from propdesk.domain.consents import SCOPE_LABELS
from propdesk.domain.field_catalogue import (
    BASIS_LABELS,
    FIELDS,
    GROUP_LABELS,
    DataField,
    Group,
    fields_in_use,
)
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.persons import ResidentRole
from propdesk.domain.retention import ANSWER_DAYS, BY_CODE, RETENTIONS, kept_words
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.i18n import _
from propdesk.reports.data_notices import (
    CatalogueSheet,
    DataNoticeSheet,
    FieldGroup,
    FieldRow,
    RetentionRow,
    render_catalogue,
    render_data_notice,
)
from propdesk.reports.parts.privacy_papers import PrivacyOffice
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.access import note_access
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.units import get_unit

NOTICE = "notice-of-data"
# Who signs for a house; the others get a notice of their own.
_SIGNING = (ResidentRole.OWNER, ResidentRole.TENANT)


def print_data_notice(
    target: Path,
    unit_id: int | None = None,
    *,
    by: Staff,
    now: datetime,
    paper_language: PaperLanguage | None = None,
) -> Printed:
    """Draw the notice for a house and who signs for it, or a blank one to be filled with a pen."""
    actor(by.id, Right.TAKE_TICKETS)
    unit = get_unit(unit_id) if unit_id is not None else None
    people = ""
    if unit is not None:
        present = [one for one in list_residents(unit.id, now.date()) if one.present]
        people = _names(one.name for one in present if one.role in _SIGNING)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        fields = [
            one for one in fields_in_use(settings.kept_fields) if one.group is not Group.STAFF
        ]
        paper = DataNoticeSheet(
            office=_office(settings, by, now),
            house=unit.long if unit else "",
            people=people,
            groups=_groups(fields, settings),
            consents=_consents(fields),
            backups=kept_words(BY_CODE["backups"], settings.retention_months),
            answer_days=ANSWER_DAYS,
        )
        return render_data_notice(paper, target, language=chosen)

    return draw_paper(target, paper_language, draw)


def note_notice(unit_id: int, *, by: int, now: datetime) -> None:
    """Note that the notice of a house was printed; it names who lives there."""
    with writing():
        staff = actor(by, Right.TAKE_TICKETS)
        note_access(AccessAct.PRINTED, staff.id, now, get_unit(unit_id).id, what=NOTICE)


def print_catalogue(
    target: Path, *, by: Staff, now: datetime, paper_language: PaperLanguage | None = None
) -> Printed:
    """Draw the catalogue with all fields, kept or not, and the table of retention."""
    actor(by.id, Right.REPORT)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = CatalogueSheet(
            office=_office(settings, by, now),
            groups=_groups(FIELDS, settings),
            retentions=[
                RetentionRow(
                    str(row.what),
                    kept_words(row, settings.retention_months),
                    str(row.source),
                    row.is_verified,
                )
                for row in RETENTIONS
            ],
        )
        return render_catalogue(paper, target, language=chosen)

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


def _groups(fields: Iterable[DataField], settings: OfficeSettings) -> tuple[FieldGroup, ...]:
    fields = tuple(fields)
    groups = (
        FieldGroup(
            str(GROUP_LABELS[group]),
            tuple(_row(one, settings) for one in fields if one.group is group),
        )
        for group in Group
    )
    return tuple(group for group in groups if group.rows)


def _row(field: DataField, settings: OfficeSettings) -> FieldRow:
    return FieldRow(
        label=str(field.label),
        purpose=str(field.purpose),
        basis=str(BASIS_LABELS[field.basis]),
        source=str(field.source),
        kept=kept_words(BY_CODE[field.retention], settings.retention_months),
        is_sensitive=field.is_sensitive,
        code=field.code,
        state=_state(field, settings),
    )


def _state(field: DataField, settings: OfficeSettings) -> str:
    if not field.is_optional:
        return _("Always")
    return _("On") if field.code in settings.kept_fields else _("Off")


def _consents(fields: Iterable[DataField]) -> tuple[str, ...]:
    """Return what consent is asked for: one line for ordinary details, one for each sensitive."""
    scopes = dict.fromkeys(one.scope for one in fields if one.scope)
    return tuple(str(SCOPE_LABELS[scope]) for scope in scopes)


def _names(names: Iterable[str]) -> str:
    return _(", ").join(dict.fromkeys(names))
