"""Draw the notice to rectify of an inspection (整改通知单, forms.md 5.6), in two copies."""

from datetime import datetime
from pathlib import Path

from propdesk.domain.errors import RuleError
from propdesk.domain.findings import RECHECK_LABELS, Recheck
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.i18n import _, _lazy
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.reports.rectifications import Block, RectificationSheet, render_rectification
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.findings import find_rectification

_TO, _UNTIL = _lazy("Notice is for"), _lazy("To be rectified by")
_PLACE, _ISSUED = _lazy("Place"), _lazy("Issued on")
_PROBLEM, _BASIS, _DEMAND = _lazy("Problem"), _lazy("Basis"), _lazy("Demand")
_RECHECKS = (Recheck.RECTIFIED, Recheck.PARTLY, Recheck.NOT)


def print_rectification_notice(
    number: str,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw a notice into the PDF file `target`: one copy to hand over, one to sign and keep.

    Raises RuleError for an unknown notice and for one that was taken back.
    """
    actor(by.id, Right.DO_ROUNDS)
    notice = find_rectification(number)
    if notice.voided_at is not None:
        raise RuleError("rectification-voided", _("The notice was taken back."))
    draft = notice.draft

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        blocks = [Block(draft.problem, _PROBLEM)]
        if draft.basis:
            blocks.append(Block(draft.basis, _BASIS))
        blocks.append(Block(draft.demand, _DEMAND))
        issued = f"{notice.issued_at:%Y-%m-%d}  {notice.by}"
        paper = RectificationSheet(
            office_name=settings.office_name,
            office_name_en=settings.office_name_en,
            office_phone=settings.phone,
            number=notice.number,
            facts=(
                ((_TO, draft.addressee), (_UNTIL, f"{draft.deadline_on}")),
                ((_PLACE, draft.place), (_ISSUED, issued)),
            ),
            found=blocks,
            demand=_(
                "Please put it right by the day above and tell us, so that we look at it again."
            ),
            printed_at=local(now),
            printed_by=by.name,
            rechecks=[RECHECK_LABELS[one] for one in _RECHECKS],
        )
        return render_rectification(paper, target, language=chosen)

    return draw_paper(target, language, draw)
