"""Word the fee letters of an office: a template of a stage, checked before it is stored (F65)."""

from dataclasses import asdict
from datetime import datetime

from propdesk.domain.demand_stages import WITH_LETTER
from propdesk.domain.dunning import Stage
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_templates import FeeTemplate, check_template, clean_template
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.fee_template_stock import load_template
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.writing import local, writing
from propdesk.storage.dunning import FeeTemplateRecord


def get_template(stage: Stage) -> FeeTemplate:
    """Return what a stage says in this office."""
    _check_stage(stage)
    return load_template(stage, load_settings("paper_language").paper_language.code)


def save_template(template: FeeTemplate, *, by: int, now: datetime) -> FeeTemplate:
    """Store the office's own words of a stage; letters that were made keep theirs.

    Raises DraftError with a sentence for each unknown field and each threat.
    """
    _check_stage(template.stage)
    clean = clean_template(template)
    with writing():
        staff = fee_actor(by, Right.APPROVE_LETTERS)
        refuse(check_template(clean))
        _void(template.stage, now)
        FeeTemplateRecord.create(
            stage=clean.stage.value,
            paragraphs=[asdict(part) for part in clean.parts],
            entered_at=local(now),
            staff=staff.id,
        )
    return get_template(template.stage)


def restore_template(stage: Stage, *, by: int, now: datetime) -> FeeTemplate:
    """Go back to the program's words of a stage."""
    _check_stage(stage)
    with writing():
        fee_actor(by, Right.APPROVE_LETTERS)
        _void(stage, now)
    return get_template(stage)


def _void(stage: Stage, now: datetime) -> None:
    FeeTemplateRecord.update(voided_at=local(now)).where(
        (FeeTemplateRecord.stage == stage.value) & FeeTemplateRecord.voided_at.is_null()
    ).execute()


def _check_stage(stage: Stage) -> None:
    if stage not in WITH_LETTER:
        raise RuleError(
            "stage-without-letter",
            _("For the court there is no letter but the evidence pack of a house."),
        )
