"""Write templates of inspections and change them: each change is a new version (law.md 1.9)."""

from dataclasses import replace
from datetime import datetime

from propdesk.domain.check_templates import (
    Template,
    TemplateDraft,
    check_template,
    clean_template,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.template_writing import (
    add,
    adopt_missing,
    refuse_same_code,
    write_version,
)
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.check_templates import get_template, shipped_templates
from propdesk.storage.database import rows
from propdesk.storage.inspections import CheckTemplateRecord


def add_template(draft: TemplateDraft, *, by: int, now: datetime) -> Template:
    """Keep a template in its first version; raises DraftError for what is wrong with it."""
    with writing():
        staff = actor(by, Right.PLAN_ROUNDS)
        return get_template(add(draft, staff.id, now))


def adopt_templates(keys: tuple[str, ...], *, by: int, now: datetime) -> list[Template]:
    """Take over templates that the program ships; what the office has already is left alone."""
    with writing():
        staff = actor(by, Right.PLAN_ROUNDS)
        added = adopt_missing(keys, shipped_templates(), staff.id, now)
        return [get_template(template_id) for template_id in added]


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
        refuse_same_code(draft.code, template_id)
        present = get_template(template_id)
        record.code, record.name, record.kind = draft.code, draft.name, draft.kind.value
        record.version += 1
        record.save()
        if tuple(replace(item, id=0) for item in present.items) != tuple(
            replace(item, id=0) for item in draft.items
        ):
            write_version(template_id, present.number + 1, draft, staff.id, now)
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


def _kept(template_id: int) -> CheckTemplateRecord:
    record = CheckTemplateRecord.get_or_none(CheckTemplateRecord.id == template_id)
    if record is None:
        raise RuleError("template-unknown", _("There is no such template."))
    if record.ended_at is not None:
        raise RuleError("template-ended", _("The template is not used any more."))
    return record
