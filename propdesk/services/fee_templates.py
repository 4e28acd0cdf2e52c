"""Word the fee letters of an office: a template of a stage, checked before it is stored (F65).

Each language has its own words; what an office says in one leaves the other as it is.
"""

from dataclasses import asdict
from datetime import datetime

from propdesk.domain.dunning import Stage
from propdesk.domain.fee_rules import Rule
from propdesk.domain.fee_templates import FeeTemplate, check_template, clean_template
from propdesk.domain.staff import Right
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.fee_rules import get_rule
from propdesk.services.parts.fee_template_stock import load_template, shipped_templates
from propdesk.services.parts.letter_heads import check_has_letter
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.writing import local, writing
from propdesk.storage.dunning import FeeTemplateRecord


def get_template(stage: Stage, language: str = "") -> FeeTemplate:
    """Return what a stage says in this office, in the language of its papers or another one."""
    check_has_letter(stage)
    return load_template(stage, language or _papers())


def get_shipped_template(stage: Stage, language: str = "") -> FeeTemplate:
    """Return what a stage says as the program comes."""
    check_has_letter(stage)
    return shipped_templates(language or _papers())[stage]


def save_template(
    template: FeeTemplate, *, by: int, now: datetime, language: str = ""
) -> FeeTemplate:
    """Store the office's own words of a stage; letters that were made keep theirs.

    Raises DraftError with a sentence for each unknown field and each threat.
    """
    check_has_letter(template.stage)
    language = language or _papers()
    clean = clean_template(template)
    with writing():
        staff = fee_actor(by, Right.APPROVE_LETTERS)
        refuse(check_template(clean, get_rule(Rule.PRESSURE, now.date())))
        _void(template.stage, language, now)
        FeeTemplateRecord.create(
            stage=clean.stage.value,
            language=language,
            paragraphs=[asdict(part) for part in clean.parts],
            entered_at=local(now),
            staff=staff.id,
        )
    return get_template(template.stage, language)


def restore_template(stage: Stage, *, by: int, now: datetime, language: str = "") -> FeeTemplate:
    """Go back to the program's words of a stage; what the office said stays, voided."""
    check_has_letter(stage)
    language = language or _papers()
    with writing():
        fee_actor(by, Right.APPROVE_LETTERS)
        _void(stage, language, now)
    return get_template(stage, language)


def _papers() -> str:
    return load_settings("paper_language").paper_language.code


def _void(stage: Stage, language: str, now: datetime) -> None:
    FeeTemplateRecord.update(voided_at=local(now)).where(
        (FeeTemplateRecord.stage == stage.value)
        & (FeeTemplateRecord.language == language)
        & FeeTemplateRecord.voided_at.is_null()
    ).execute()
