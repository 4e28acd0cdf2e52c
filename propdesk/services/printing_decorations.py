"""Fill and draw the papers of a decoration: permit, patrol sheet, notice to rectify (R101)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from propdesk.domain.access import AccessAct
from propdesk.domain.decorations import (
    FINDING_LABELS,
    PATROL_LABELS,
    WORKING,
    Decoration,
    FindingKind,
    Patrol,
    PatrolResult,
    Stage,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.domain.texts import elide
from propdesk.i18n import _, _lazy
from propdesk.reports.decorations import (
    PatrolRow,
    PatrolSheet,
    PermitSheet,
    render_patrols,
    render_permit,
)
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.reports.rectifications import Block, RectificationSheet, render_rectification
from propdesk.services.parts.access import note_access
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.decorations import (
    DecorationRow,
    get_decoration,
    list_patrols,
    list_told,
    list_works,
)
from propdesk.services.queries.units import get_unit

_LONGEST = 60  # characters of the works in a line of the patrol sheet
_MARGIN = 12.0
_HOUSE, _PERMIT = _lazy("House"), _lazy("Permit")
_TO, _COMPANY = _lazy("To"), _lazy("Works by")


def print_permit(
    decoration_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw a permit for the door into the PDF file `target`.

    Raises RuleError where nothing is permitted yet: an application is not posted.
    """
    actor(by.id, Right.TAKE_TICKETS)
    one = get_decoration(decoration_id)
    if one.permitted_on is None:
        raise RuleError(
            "decoration-not-permitted",
            _("{number} has no permit yet; permit or cancel it.").format(number=one.number),
        )
    stage = one.stage(local(now).date())

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        builder = _(", ").join(filter(None, (one.company, one.foreman)))
        paper = PermitSheet(
            office_name=settings.called(chosen),
            office_phone=settings.phone,
            number=one.number,
            title=_("Decoration permit"),
            house=get_unit(one.unit_id).long,
            facts=[
                (
                    _("Days of works"),
                    _("{first} to {last}").format(first=one.from_on, last=one.until_on),
                ),
                (_("Builder"), builder),
            ],
            scope=one.scope,
            warning=_("With the load-bearing structure, by the scheme: {scheme}").format(
                scheme=one.structure_consent
            )
            if one.touches_structure
            else "",
            told=tuple(list_told().values()),
            dated=str(one.permitted_on),
            state=_("This permit no longer holds")
            if stage in {Stage.ACCEPTED, Stage.CANCELLED}
            else "",
        )
        return render_permit(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def print_patrols(
    target: Path,
    *,
    by: Staff,
    now: datetime,
    only_due: bool = False,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the sheet to carry, for all works under way or those that are due, in walking order."""
    actor(by.id, Right.DO_WORK)
    today = local(now).date()
    works = [
        row
        for row in list_works(today=today)
        if row.stage in WORKING and (row.is_patrol_due or not only_due)
    ]
    found = {row.decoration.id: list_patrols(row.decoration.id) for row in works if row.findings}

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = PatrolSheet(
            frame=RegisterFrame(
                office_name=settings.office_name,
                office_name_en=settings.office_name_en,
                title=patrols_title(),
                narrowed=_("Patrol of {day}").format(day=today),
                printed_at=local(now),
                printed_by=by.name,
                margin=_MARGIN,
            ),
            rows=[_patrol_row(row, found.get(row.decoration.id, ())) for row in works],
            results=[str(PATROL_LABELS[result]) for result in PatrolResult],
            kinds=[str(FINDING_LABELS[kind]) for kind in FindingKind],
        )
        return render_patrols(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def patrols_title() -> str:
    """Return the name of the patrol sheet."""
    return _("Decoration patrol record")


def print_rectification(
    decoration_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the notice to put right what is open, in two copies, into the PDF file `target`.

    It asks for what the owner promised to let happen (945) and says what the office must do (942).
    Raises RuleError where nothing is open.
    """
    actor(by.id, Right.DO_WORK)
    one = get_decoration(decoration_id)
    # In the order in which it was found; the notice is counted on by the last of it.
    patrols = sorted(list_patrols(decoration_id), key=lambda patrol: patrol.id)
    findings = [patrol for patrol in patrols if patrol.kind is not None]
    still = [patrol for patrol in findings if patrol.is_open]
    if not still:
        raise RuleError(
            "rectification-none",
            _("Nothing is to be put right at {number}.").format(number=one.number),
        )

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = RectificationSheet(
            office_name=settings.office_name,
            office_name_en=settings.office_name_en,
            office_phone=settings.phone,
            number=f"{one.number}-{findings.index(still[-1]) + 1:02d}",
            facts=(
                ((_HOUSE, get_unit(one.unit_id).long), (_PERMIT, one.number)),
                (
                    (_TO, one.applicant),
                    (_COMPANY, _(", ").join(filter(None, (one.company, one.foreman)))),
                ),
            ),
            found=[Block(_finding(number, patrol)) for number, patrol in enumerate(still, 1)],
            demand=_(
                "Found at the patrol of the works (Civil Code, article 945). Please put it right "
                "in time and tell us, so that we look at it again. What goes on is reported to "
                "the authority, as article 942 asks of us."
            ),
            printed_at=local(now),
            printed_by=by.name,
        )
        return render_rectification(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def note_decoration_print(decoration_id: int, *, by: int, now: datetime) -> None:
    """Note that a paper of a decoration left the printer: it shows whose house it is."""
    with writing():
        who = actor(by, Right.DO_WORK)
        one = get_decoration(decoration_id)
        note_access(AccessAct.PRINTED, who.id, now, one.unit_id, what=one.number)


def _patrol_row(row: DecorationRow, patrols: Sequence[Patrol]) -> PatrolRow:
    one = row.decoration
    still = [patrol for patrol in sorted(patrols, key=lambda each: each.id) if patrol.is_open]
    builder = one.company or one.foreman
    return PatrolRow(
        place=f"{one.house}\n{one.number}\n{_until(one)}",
        works="\n".join(filter(None, (elide(" ".join(one.scope.split()), _LONGEST), builder))),
        last=str(row.last_patrol_on) if row.last_patrol_on else _("None yet"),
        open_findings="\n".join(_finding(number, each) for number, each in enumerate(still, 1)),
    )


def _until(one: Decoration) -> str:
    return _("until {day}").format(day=one.until_on) if one.until_on else ""


def _finding(number: int, patrol: Patrol) -> str:
    kind = FINDING_LABELS[patrol.kind or FindingKind.OTHER]
    due = _("(by {day})").format(day=patrol.due_on) if patrol.due_on else ""
    return (
        _("{number}. {kind}: {text} {due}")
        .format(number=number, kind=kind, text=" ".join(patrol.finding.split()), due=due)
        .strip()
    )
