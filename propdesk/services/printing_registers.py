"""The communication registry on paper and as a file (R52, R82). Phones are masked in both."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from propdesk.domain.contacts import COUNTERPARTY_LABELS, STAGE_LABELS, WAY_LABELS, reason_label
from propdesk.domain.masking import mask_phone
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.registries import Registry, RegistryLine
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.domain.tickets import Kind
from propdesk.i18n import _, ngettext
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.reports.registries import ReasonRow, RegistryRow, RegistrySheet, render_registry
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.table_files import write_table
from propdesk.services.parts.writing import local
from propdesk.services.queries.registries import get_registry
from propdesk.sheets.writing import Cell, SheetOut

_MOST_REASONS = 10  # on the sheet; the rest stands together


def print_registry(
    from_on: date,
    to_on: date,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    paper_language: PaperLanguage | None = None,
) -> Printed:
    """Draw the registry of a period into the PDF file `target`.

    Raises RuleError for a period that is none, for a staff member who may not take lists out, and
    for a file that cannot be written.
    """
    actor(by.id, Right.REPORT)
    registry = get_registry(from_on, to_on)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = RegistrySheet(
            frame=RegisterFrame(
                office_name=settings.office_name,
                office_name_en=settings.office_name_en,
                title=registry_title(),
                narrowed=_("{first} to {last}").format(first=from_on, last=to_on),
                printed_at=local(now),
                printed_by=by.name,
                margin=12.0,
            ),
            rows=[_row(line) for line in registry.lines],
            summary=_summary(registry),
            months=tuple(map(str, registry.months)),
            reasons=_reasons(registry),
        )
        return render_registry(paper, target, language=chosen)

    return draw_paper(target, paper_language, draw)


def export_registry(from_on: date, to_on: date, target: Path, *, by: int) -> int:
    """Write the registry of a period as XLSX or CSV; return how many lines there are."""
    actor(by, Right.REPORT)
    registry = get_registry(from_on, to_on)
    title = f"{registry_title()} {from_on} {to_on}"
    write_table(target, SheetOut(title, _header(), _lines(registry), _WIDTHS, _FORMATS))
    return len(registry.lines)


def registry_title() -> str:
    """Return the registry's name."""
    return _("Communication registry")


# -- the sheet


def _row(line: RegistryLine) -> RegistryRow:
    return RegistryRow(
        at=f"{line.at:%m-%d\n%H:%M}",
        where=line.where,
        who=_stacked(line.name, mask_phone(line.phone)),
        counterparty=str(COUNTERPARTY_LABELS[line.counterparty]),
        way=_stacked(str(WAY_LABELS[line.way]), str(STAGE_LABELS[line.stage])),
        about=line.about,
        text=line.text,
        wish=line.wish,
        opinion=_stacked(line.opinion, line.department),
        due=f"{line.due_on:%m-%d}" if line.due_on else "",
        result=str(line.result),
        cleared=line.cleared,
        ticket=_stacked(_("yes") if line.kind is Kind.COMPLAINT else "", line.ticket),
        by=line.by,
    )


def _stacked(*words: str) -> str:
    return "\n".join(word for word in words if word)


def _summary(registry: Registry) -> list[str]:
    """Return what stands beside the reasons: how many talks, how many wait, how it is counted."""
    logged = sum(line.contact_id is not None for line in registry.lines)
    total = len(registry.lines)
    words = [
        _("{total} talks: {logged} logged at the desk, {others} from tickets' journals.").format(
            total=total, logged=logged, others=total - logged
        ),
        _("To be cleared: {open} still open, {cleared} cleared.").format(
            open=registry.open, cleared=registry.cleared
        ),
    ]
    if registry.voided:
        sentence = ngettext(
            "{count} entry was voided and is left out.",
            "{count} entries were voided and are left out.",
            registry.voided,
        )
        words.append(sentence.format(count=registry.voided))
    words.append(
        _(
            "Reasons: each logged talk with its own, each ticket from outside with its kind; look "
            "at the course of the months, not at a single one."
        )
    )
    return words


def _reasons(registry: Registry) -> list[ReasonRow]:
    shown = [
        ReasonRow(reason_label(one.reason), one.counts) for one in registry.reasons[:_MOST_REASONS]
    ]
    rest = registry.reasons[_MOST_REASONS:]
    if rest:
        sums = tuple(map(sum, zip(*(one.counts for one in rest), strict=True)))
        shown.append(ReasonRow(_("All others"), sums))
    return shown


# -- the file


_MOMENT, _DAY = "yyyy-mm-dd hh:mm", "yyyy-mm-dd"
_FORMATS = (
    None, _MOMENT, *(None,) * 12, _DAY, None, None, _DAY, *(None,) * 3,
)  # fmt: skip
_WIDTHS = (
    6, 18, 12, 12, 16, 10, 10, 10, 14, 16, 60, 24, 24, 12, 12, 24, 10, 12, 18, 10, 12,
)  # fmt: skip


def _header() -> list[str]:
    return [
        _("Entry"), _("Time"), _("House or body"), _("Customer"), _("Phone"), _("Who they are"),
        _("Way"), _("Stage"), _("Reason"), _("Sort of matter"), _("What was said"), _("Wish"),
        _("Opinion"), _("Department"), _("Wanted by"), _("Result"), _("Cleared"), _("Cleared on"),
        _("Ticket"), _("Complaint"), _("Noted by"),
    ]  # fmt: skip


def _lines(registry: Registry) -> Iterator[tuple[Cell, ...]]:
    for number, line in enumerate(registry.lines, 1):
        state = _("Not yet") if line.is_open else _("yes") if line.cleared_on else ""
        yield (
            number,
            line.at,
            line.where,
            line.name,
            mask_phone(line.phone),
            str(COUNTERPARTY_LABELS[line.counterparty]),
            str(WAY_LABELS[line.way]),
            str(STAGE_LABELS[line.stage]),
            reason_label(line.reason) if line.reason else "",
            line.about.replace("\n", " "),
            line.text,
            line.wish,
            line.opinion,
            line.department,
            line.due_on,
            str(line.result),
            state,
            line.cleared_on,
            line.ticket,
            _("yes") if line.kind is Kind.COMPLAINT else "",
            line.by,
        )
