"""Write down what came of a round of letters, or of the receipts of the post: all or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.attachments import StagedFile
from propdesk.domain.dunning_acts import ActDraft, DunningAct
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.staff import Right
from propdesk.services.parts.acts_written import Proofs, write_act
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.files_in import quiet
from propdesk.services.parts.writing import writing
from propdesk.services.queries.dunning_acts import get_act
from propdesk.storage.opening import OpenOffice


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A letter of the round: whose it is, what came of it, the photos that were taken."""

    unit_id: int
    draft: ActDraft
    files: tuple[StagedFile, ...] = ()


def note_round(
    office: OpenOffice,
    lines: Sequence[RoundLine],
    *,
    by: int,
    now: datetime,
    on_progress: Callable[[int, int], None] = quiet,
) -> tuple[DunningAct, ...]:
    """Write an act down for each line, in one transaction.

    Raises DraftError where any cannot be: a problem's field is the place of its line, from 0, and
    nothing is written down.
    """
    with writing():
        staff = fee_actor(by, Right.DUN)
        ids: list[int] = []
        problems: list[Problem] = []
        for place, line in enumerate(lines):
            on_progress(place, len(lines))
            proofs = Proofs(office, line.files) if line.files else None
            try:
                record = write_act(line.unit_id, line.draft, staff=staff, now=now, proofs=proofs)
                ids.append(record.id)
            except DraftError as refusal:
                words = " ".join(one.text for one in refusal.problems)
                problems.append(Problem(str(place), words))
            except RuleError as refusal:
                problems.append(Problem(str(place), str(refusal)))
        if problems:
            raise DraftError(tuple(problems))
        on_progress(len(lines), len(lines))
        return tuple(map(get_act, ids))
