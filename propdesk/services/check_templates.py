"""Write templates of inspections and change them: each change is a new version (law.md 1.9)."""

from dataclasses import replace
from datetime import datetime

from propdesk.domain.check_templates import (
    Template,
    TemplateDraft,
    check_template,
    clean_template,
)
from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_numbers
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.check_templates import get_template, shipped_templates
from propdesk.storage.database import rows
from propdesk.storage.inspections import (
    CheckItemRecord,
    CheckTemplateRecord,
    TemplateVersionRecord,
)

SERIES = "check-template"
_LETTERS = "JC"


def add_template(draft: TemplateDraft, *, by: int, now: datetime) -> Template:
    """Keep a template in its first version; raises DraftError for what is wrong with it."""
    with writing():
        staff = actor(by, Right.PLAN_ROUNDS)
        return _add(draft, staff.id, now)


def adopt_templates(keys: tuple[str, ...], *, by: int, now: datetime) -> list[Template]:
    """Take over templates that the program ships; what the office has already is left alone."""
    with writing():
        staff = actor(by, Right.PLAN_ROUNDS)
        stock = {draft.shipped: draft for draft in shipped_templates()}
        there = {key for (key,) in rows("SELECT shipped FROM check_template WHERE shipped <> ''")}
        unknown = [key for key in keys if key not in stock]
        if unknown:
            raise RuleError(
                "template-unknown",
                _("The program has no template «{key}».").format(key=unknown[0][:40]),
            )
        return [_add(stock[key], staff.id, now) for key in keys if key not in there]


def change_template(
    template_id: int, draft: TemplateDraft, *, version: int, by: int, now: datetime
) -> Template:
    """Write the next version of a template; sheets that are out keep theirs."""
    with writing():
        staff = actor(by, Right.PLAN_ROUNDS)
        record = _kept(template_id)
        check_version(record.version, version)
        used = rows(
            "SELECT DISTINCT i.key FROM check_item i JOIN template_version v "
            "ON v.id = i.version_id WHERE v.template_id = ?",
            template_id,
        )
        draft = clean_template(
            replace(draft, code=draft.code or record.code), [key for (key,) in used]
        )
        refuse(check_template(draft))
        _refuse_same_code(draft.code, template_id)
        present = get_template(template_id)
        record.code, record.name, record.kind = draft.code, draft.name, draft.kind.value
        record.version += 1
        record.save()
        if tuple(replace(item, id=0) for item in present.items) != tuple(
            replace(item, id=0) for item in draft.items
        ):
            _write_version(template_id, present.number + 1, draft, staff.id, now)
        return get_template(template_id)


def end_template(template_id: int, *, version: int, by: int, now: datetime) -> Template:
    """Take a template out of use; a plan that still needs it is named."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        record = _kept(template_id)
        check_version(record.version, version)
        used = rows(
            "SELECT p.name FROM inspection_plan p WHERE p.ended_at IS NULL AND (p.template_id = ? "
            "OR EXISTS (SELECT 1 FROM plan_line l WHERE l.plan_id = p.id AND l.template_id = ?))",
            template_id,
            template_id,
        )
        if used:
            raise RuleError(
                "template-used",
                _("The plan «{name}» uses this template. Change the plan first.").format(
                    name=used[0][0]
                ),
            )
        record.ended_at = local(now)
        record.version += 1
        record.save()
        return get_template(template_id)


def _add(draft: TemplateDraft, staff_id: int, now: datetime) -> Template:
    draft = clean_template(draft)
    refuse(check_template(draft))
    if not draft.code:
        draft = replace(draft, code=f"{_LETTERS}{take_numbers(SERIES, '')[0]:03d}")
    _refuse_same_code(draft.code, None)
    record = CheckTemplateRecord.create(
        code=draft.code, name=draft.name, kind=draft.kind.value, shipped=draft.shipped
    )
    _write_version(record.id, 1, draft, staff_id, now)
    return get_template(record.id)


def _write_version(
    template_id: int, number: int, draft: TemplateDraft, staff_id: int, now: datetime
) -> None:
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
            photo=item.photo,
            score=item.score,
            source=item.source,
            verified=item.verified,
        )


def _refuse_same_code(code: str, template_id: int | None) -> None:
    other = CheckTemplateRecord.get_or_none(CheckTemplateRecord.code == code)
    if other is not None and other.id != template_id:
        sentence = _("{code} is the number of the template «{name}» already.")
        refuse((Problem("code", sentence.format(code=code, name=other.name)),))


def _kept(template_id: int) -> CheckTemplateRecord:
    record = CheckTemplateRecord.get_or_none(CheckTemplateRecord.id == template_id)
    if record is None:
        raise RuleError("template-unknown", _("There is no such template."))
    if record.ended_at is not None:
        raise RuleError("template-ended", _("The template is not used any more."))
    return record
