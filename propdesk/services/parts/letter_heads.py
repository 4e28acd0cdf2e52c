"""What all letters of a stage have in common, and what is counted of the letters before them."""

from datetime import date

from propdesk.domain.demand_stages import WITH_LETTER
from propdesk.domain.dunning import Stage
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_rules import Rule
from propdesk.domain.fee_templates import FeeTemplate, check_template
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _
from propdesk.services.parts.fee_rules import get_rule
from propdesk.services.parts.fee_settings import load_fee_settings
from propdesk.services.parts.fee_stages import load_stage
from propdesk.services.parts.fee_template_stock import load_template
from propdesk.services.parts.letter_contents import Letterhead
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.settings import load_settings
from propdesk.storage.database import rows


def check_has_letter(stage: Stage) -> None:
    """Refuse the court: there is the evidence pack instead."""
    if stage not in WITH_LETTER:
        raise RuleError(
            "stage-without-letter",
            _("For the court there is no letter but the evidence pack of a house."),
        )


def load_letterhead(
    stage: Stage,
    today: date,
    language: PaperLanguage | None = None,
    template: FeeTemplate | None = None,
) -> Letterhead:
    """Return the head of a stage's letters; `template` is one that is tried before it is stored.

    Raises RuleError for the court, DraftError for a template that may not be used.
    """
    check_has_letter(stage)
    office = load_settings()
    code = (language or office.paper_language).code
    if template is None:
        template = load_template(stage, code)
        refuse(check_template(template, get_rule(Rule.PRESSURE, today)))
    return Letterhead(load_stage(stage, today), template, load_fee_settings(), office, code, today)


def count_times(stage: Stage) -> dict[tuple[int, int | None], int]:
    """Return how many letters of a stage each debtor got before, about what is still open."""
    found = rows(
        "SELECT l.unit_id, l.person_id, count(DISTINCT l.id) FROM fee_letter l "
        "JOIN demand_line d ON d.letter_id = l.id JOIN bill b ON b.id = d.bill_id "
        "WHERE l.stage = ? AND l.state NOT IN ('voided', 'withdrawn') AND b.voided_at IS NULL "
        "AND b.settled_fen < b.amount_fen GROUP BY 1, 2",
        stage.value,
    )
    return {(row[0], row[1]): row[2] for row in found}


def read_prepaid() -> dict[int, int]:
    """Return what each house has paid in advance."""
    found = rows(
        "SELECT unit_id, -sum(amount_fen) FROM ledger_line WHERE account = 'prepaid' "
        "GROUP BY unit_id"
    )
    return dict(found)
