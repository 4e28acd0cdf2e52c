"""The first page's head, its sentences, and the month's rounds in large figures."""

from collections.abc import Sequence
from functools import partial

from propdesk.domain.inspection_report import (
    InspectionFigures,
)
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _, _lazy
from propdesk.reports.inspections.sheet import TITLE, InspectionReportSheet
from propdesk.reports.parts.flow import Drawing
from propdesk.reports.parts.masthead import (
    fitting_size,
)
from propdesk.reports.parts.report_figures import (
    percent,
)
from propdesk.reports.parts.report_opening import (
    Opening,
    Sentence,
    month_facts,
)
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import BOX, FRAME, Align, Box, Sheet

_ROUNDS = _lazy("Rounds planned and walked")


def opening_of(report: InspectionReportSheet) -> Opening:
    """Return what stands at the head of the first page."""
    figures = report.figures
    last_day = figures.month.last_day
    if figures.is_running:
        last_day = max(figures.as_of.date(), figures.month.start.date())
    return Opening(
        report.masthead,
        report.number,
        report.version,
        TITLE,
        figures.month,
        month_facts(
            report.office,
            figures.month,
            last_day,
            figures.as_of if figures.is_running else None,
            report.printed_by,
        ),
        _sentences(figures),
    )


def _sentences(figures: InspectionFigures) -> tuple[Sentence, ...]:
    """Return what was walked, what was found, and what the law still waits for."""
    walked, found = figures.walked, figures.found
    said = []
    if not walked.planned:
        said.append(Sentence(_("No round was planned in this month.")))
    else:
        over = walked.planned - walked.not_due
        lead = _("{done} of {over} rounds done, {share}").format(
            done=f"{walked.done.numerator:,}", over=f"{over:,}", share=percent(walked.done)
        )
        rest = _("; {late} late, {missed} missed, {made_up} of these made up for.").format(
            late=walked.late, missed=walked.missed, made_up=walked.made_up
        )
        said.append(Sentence(lead, rest))
    if found.new:
        lead = _("Findings: {new}, {share} rectified").format(
            new=found.new, share=percent(found.put_right)
        )
        rest = _("; {ticket} with a ticket, {notice} with a notice, {open} open.").format(
            ticket=found.ticket, notice=found.notice, open=found.open
        )
        said.append(Sentence(lead, rest))
    elif walked.planned:
        said.append(Sentence(_("Nothing was found wrong.")))
    missed = [row for row in figures.statutory if row.walked.missed]
    if missed:
        names = _(", ").join(row.name for row in missed[:3])
        lead = _("Duties of law missed: {count}").format(
            count=sum(row.walked.missed for row in missed)
        )
        said.append(Sentence(lead, _(" ({names}).").format(names=names)))
    elif figures.statutory:
        said.append(Sentence(_("No duty of law was missed.")))
    return tuple(said)


def place_hero(report: InspectionReportSheet, sections: Sections) -> None:
    """Place the month's rounds in large figures, last month's below."""
    walked = report.figures.walked
    terms = [
        ("", _lazy("Planned"), walked.planned),
        ("=", _lazy("Done in time"), walked.in_time),
        ("+", _lazy("Done late"), walked.late),
        ("+", _lazy("Missed"), walked.missed),
    ]
    if walked.not_due:
        terms.append(("+", _lazy("Not over yet"), walked.not_due))
    sections.place(
        _ROUNDS,
        Drawing(30.6, partial(_draw_hero, report, terms)),
        note=_("{items} items looked at, {abnormal} abnormal").format(
            items=f"{walked.items:,}", abnormal=f"{walked.abnormal:,}"
        ),
    )


def _draw_hero(
    report: InspectionReportSheet,
    terms: Sequence[tuple[str, LazyText, int]],
    sheet: Sheet,
    x: float,
    y: float,
    width: float,
) -> None:
    figures, language = report.figures, report.language
    gap, tall = 11.5, 24.0
    wide = (width - gap * (len(terms) - 1)) / len(terms)
    size = min(fitting_size(f"{n:,}", wide - 3, 26.0, least=9, bold=True) for _s, _l, n in terms)
    drop = 0.0 if language is PaperLanguage.ZH_EN else 2.0
    for place, (sign, label, number) in enumerate(terms):
        left = x + place * (wide + gap)
        middle, base = left + wide / 2, y + 12.2 + drop
        if sign:
            sheet.text(left - gap / 2, y + 13.2, sign, 15, align=Align.CENTRE)
        missed = str(label) == _("Missed")
        sheet.frame(Box(left, y, wide, tall), FRAME if missed and number else BOX)
        sheet.text(middle, base, f"{number:,}", size, bold=True, align=Align.CENTRE)
        sheet.text(middle, base + 4.8, language.main(label), 8.2, bold=True, align=Align.CENTRE)
        if language.second(label):
            sheet.text(middle, base + 8.4, language.second(label), 6, align=Align.CENTRE)
    base = y + tall + 4.4
    before = figures.previous
    if before is not None:
        text = f"{_('Last month')}  {before.planned:,} = {before.in_time:,} + {before.late:,} + "
        text += f"{before.missed:,}" + (f" + {before.not_due:,}" if before.not_due else "")
        items = _("{items} items looked at, {abnormal} abnormal").format(
            items=f"{before.items:,}", abnormal=f"{before.abnormal:,}"
        )
        made_up = _("made up for: {count}").format(count=before.made_up)
        sheet.text(x, base, f"{text}  {percent(before.done)}  {items}  {made_up}", 7.8)
    right = _("made up for: {count}").format(count=figures.walked.made_up)
    if figures.called_off:
        right += "  " + _("called off: {count}").format(count=figures.called_off)
    sheet.text(x + width, base, right, 7.8, bold=True, align=Align.RIGHT)
