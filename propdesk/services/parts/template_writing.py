"""Write a template of inspections with its versions; whoever calls holds the transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from propdesk.domain.check_templates import TemplateDraft, check_template, clean_template
from propdesk.domain.errors import Problem, RuleError
from propdesk.i18n import _
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_numbers
from propdesk.services.parts.writing import local
from propdesk.storage.database import rows
from propdesk.storage.inspections import (
    CheckItemRecord,
    CheckTemplateRecord,
    TemplateVersionRecord,
)

SERIES = "check-template"
_LETTERS = "JC"


def adopt_missing(
    keys: tuple[str, ...], shipped: Iterable[TemplateDraft], staff_id: int, now: datetime
) -> list[int]:
    """Take over shipped templates and return their ids; what is used already is left alone."""
    stock = {draft.shipped: draft for draft in shipped}
    there = adopted_templates()
    unknown = [key for key in keys if key not in stock]
    if unknown:
        raise RuleError(
            "template-unknown",
            _("The program has no template «{key}».").format(key=unknown[0][:40]),
        )
    return [_add_free(stock[key], staff_id, now) for key in keys if key not in there]


def adopted_templates() -> dict[str, int]:
    """Return the shipped templates that the office uses, by their keys."""
    return dict(
        rows(
            "SELECT shipped, max(id) FROM check_template "
            "WHERE shipped <> '' AND ended_at IS NULL GROUP BY shipped"
        )
    )


def _add_free(draft: TemplateDraft, staff_id: int, now: datetime) -> int:
    """Add a shipped template; where the office gave its number away it gets the next one."""
    taken = CheckTemplateRecord.get_or_none(CheckTemplateRecord.code == draft.code)
    return add(replace(draft, code="") if taken else draft, staff_id, now)


def add(draft: TemplateDraft, staff_id: int, now: datetime) -> int:
    """Keep a template in its first version and return its id; raises DraftError."""
    draft = clean_template(draft)
    refuse(check_template(draft))
    if not draft.code:
        draft = replace(draft, code=f"{_LETTERS}{take_numbers(SERIES, '')[0]:03d}")
    refuse_same_code(draft.code, None)
    record = CheckTemplateRecord.create(
        code=draft.code, name=draft.name, kind=draft.kind.value, shipped=draft.shipped
    )
    write_version(record.id, 1, draft, staff_id, now)
    return int(record.id)


def write_version(
    template_id: int, number: int, draft: TemplateDraft, staff_id: int, now: datetime
) -> None:
    """Write a version with its items."""
    version = TemplateVersionRecord.create(
        template=template_id, number=number, note=draft.note, entered_at=local(now), staff=staff_id
    )
    for position, item in enumerate(draft.items, start=1):
        CheckItemRecord.create(
            version=version.id,
            position=position,
            key=item.key,
            section=item.section,
            kind=item.kind.value,
            name=item.name,
            standard=item.standard,
            unit=item.unit,
            lower_milli=item.lower_milli,
            upper_milli=item.upper_milli,
            digits=item.digits,
            decimals=item.decimals,
            choices=list(item.choices),
            in_order=item.in_order,
            photo=item.photo,
            score=item.score,
            source=item.source,
            verified=item.verified,
        )


def refuse_same_code(code: str, template_id: int | None) -> None:
    """Refuse a number that another template has."""
    other = CheckTemplateRecord.get_or_none(CheckTemplateRecord.code == code)
    if other is not None and other.id != template_id:
        sentence = _("{code} is the number of the template «{name}» already.")
        refuse((Problem("code", sentence.format(code=code, name=other.name)),))
