"""The words of fee letters: the program's, and over them the office's own.

Only what an office says otherwise is stored, and what it said before stays, voided.
"""

import json
from collections.abc import Mapping
from functools import cache

from propdesk import paths
from propdesk.domain.dunning import Stage
from propdesk.domain.fee_templates import FeeTemplate, TemplatePart
from propdesk.storage.database import rows


@cache
def shipped_templates(language: str) -> Mapping[Stage, FeeTemplate]:
    """Return the templates that come with the program in a language."""
    file = paths.resources() / "fee_letters" / f"{language}.json"
    read = json.loads(file.read_text("utf-8"))
    return {
        Stage(int(stage)): FeeTemplate(
            Stage(int(stage)), tuple(TemplatePart(heading, text) for heading, text in parts)
        )
        for stage, parts in read.items()
    }


def load_template(stage: Stage, language: str) -> FeeTemplate:
    """Return the template of a stage in a language: the office's own, else the program's."""
    found = rows(
        "SELECT paragraphs FROM fee_template WHERE stage = ? AND language = ? "
        "AND voided_at IS NULL ORDER BY id DESC LIMIT 1",
        stage.value,
        language,
    )
    if not found:
        return shipped_templates(language)[stage]
    parts = json.loads(found[0][0])
    return FeeTemplate(
        stage, tuple(TemplatePart(one["heading"], one["text"]) for one in parts), is_own=True
    )
