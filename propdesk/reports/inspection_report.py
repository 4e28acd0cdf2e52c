"""The monthly inspection report on paper (forms.md 5.6, R70, R100, R67, R11): A4, black.

Figures arrive computed. A section without anything says so in a sentence, or is left out where the
month has no round at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from propdesk.domain.check_items import INSPECTION_LABELS, InspectionKind
from propdesk.domain.findings import FINDING_LABELS, FindingState
from propdesk.domain.inspection_report import (
    Found,
    InspectionFigures,
    TrendRow,
    Walked,
    WalkedRow,
)
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.rates import Rate
from propdesk.domain.statutory_dates import DATE_LABELS, StatutoryDate, left_words
from propdesk.i18n import LazyText, _, _lazy, ngettext, speaking
from propdesk.reports.complaints.closing import (
    SIGNATURES,
    SIGNATURES_HEIGHT,
    Signed,
    draw_signatures,
)
from propdesk.reports.complaints.opening import Opening, draw_report_opening, month_facts
from propdesk.reports.complaints.section import GAP, Sections
from propdesk.reports.complaints.sentences import Sentence
from propdesk.reports.complaints.sheet import (
    BOTTOM,
    LEFT,
    MINUS,
    NOTE_SIZE,
    RIGHT,
    WIDTH,
    ZERO,
    count,
    day,
    month_name,
    percent,
    signed,
)
from propdesk.reports.parts.flow import Beside, Drawing, Flow, Prose
from propdesk.reports.parts.marks import bar_cell, tag_cell
from propdesk.reports.parts.masthead import (
    Office,
    draw_footer,
    draw_running_head,
    fitting_size,
)
from propdesk.reports.parts.patterns import Pattern
from propdesk.reports.parts.reading_plots import PlottedReading, ReadingPlot
from propdesk.reports.parts.sheet import A4, BOX, FRAME, Align, Box, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, RowKind, Table, continued, for_whole_words

TITLE = _lazy("Monthly inspection report")
_ROUNDS = _lazy("Rounds planned and walked")
_KINDS = _lazy("By kind")
_PLANS = _lazy("By route")
_WALKERS = _lazy("By person")
_DUTIES = _lazy("Duties of law in the month")
_FOUND = _lazy("Findings and rectification")
_REPEATED = _lazy("Needs improvement")
_OVERDUE = _lazy("Notices to rectify that are overdue")
_FAULTS = _lazy("Faults of things")
_TRENDS = _lazy("Readings that left their limits most often")
_SCORES = _lazy("Scores")
_DATES = _lazy("Days ahead")
_CONTRACTS = _lazy("Contracts and licences of companies that end")
_FOOT = 287.4
_SIZE = 7.8
_PLOT_WIDTH, _PLOT_GAP = 85.0, 8.0


@dataclass(frozen=True, slots=True)
class InspectionReportSheet:
    """The input of the report: figures and who prints them when."""

    figures: InspectionFigures
    office_name: str
    office_name_en: str
    company: str
    number: str
    printed_at: datetime
    printed_by: str
    language: PaperLanguage

    @property
    def office(self) -> str:
        """The office's name in the paper's language."""
        english = self.language is PaperLanguage.EN and self.office_name_en
        return self.office_name_en if english else self.office_name


def render_inspection_report(report: InspectionReportSheet, target: Path) -> PrintedPaper:
    """Draw the report into the PDF file `target`; it appears whole or not at all."""
    with speaking(report.language.code):
        with Sheet(target, A4, title=f"{TITLE} {report.figures.month}") as sheet:
            _draw(report, sheet)
        return sheet.printed


def _draw(report: InspectionReportSheet, sheet: Sheet) -> None:
    figures = report.figures
    _draw_foot(report, sheet)
    flow = Flow(
        sheet,
        left=LEFT,
        width=WIDTH,
        bottom=BOTTOM,
        start_page=lambda page: _start_page(report, page),
        y=draw_report_opening(_opening(report), sheet, report.language),
    )
    sections = Sections(flow, report.language)
    if figures.walked.planned:
        _place_hero(report, sections)
        kinds = [
            replace(row, name=str(INSPECTION_LABELS[InspectionKind(row.name)]))
            for row in figures.by_kind
        ]
        _place_walked(_KINDS, _("Kind"), kinds, figures.walked, sections)
        _place_duties(figures, sections)
        _place_walked(_PLANS, _("Route"), figures.by_plan, figures.walked, sections)
        _place_walked(_WALKERS, _("Name"), figures.by_walker, figures.walked, sections)
    if not figures.is_empty or figures.open_before:
        _place_found(figures, sections)
        _place_repeated(figures, sections)
    if figures.overdue:
        _place_overdue(figures, sections)
    if figures.faults:
        _place_faults(figures, sections)
    if figures.trends:
        _place_trends(figures, sections)
    if figures.scores:
        _place_scores(figures, sections)
    _place_dates(_DATES, figures.duties, figures, sections)
    if figures.contracts:
        _place_dates(_CONTRACTS, figures.contracts, figures, sections)
    _place_signatures(report, sections)


# The first page's head


def _opening(report: InspectionReportSheet) -> Opening:
    figures = report.figures
    version = _("Version 1, month not sealed")
    if figures.is_running:
        version = _("Provisional, the month still runs")
    last_day = figures.month.last_day
    if figures.is_running:
        last_day = max(figures.as_of.date(), figures.month.start.date())
    return Opening(
        Office(report.office_name, report.office_name_en, report.company),
        report.number,
        version,
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


def _place_hero(report: InspectionReportSheet, sections: Sections) -> None:
    walked = report.figures.walked
    terms = [
        ("", _lazy("Planned"), walked.planned),
        ("=", _lazy("Done in time"), walked.in_time),
        ("+", _lazy("Done late"), walked.late),
        ("+", _lazy("Missed"), walked.missed),
    ]
    if walked.not_due:
        terms.append(("+", _lazy("Not due yet"), walked.not_due))
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


# Rounds


def _walked_columns(first: str, *, with_not_due: bool) -> tuple[Column, ...]:
    right = Align.RIGHT
    return (
        Column(first),
        Column(_("Planned"), 15, right),
        Column(_("Done in time"), 15, right),
        Column(_("Done late"), 14, right),
        Column(_("Missed"), 14, right, bold=True),
        *((Column(_("Not due yet"), 15, right),) if with_not_due else ()),
        Column(_("Made up for"), 14, right),
        Column(_("Items looked at"), 16, right),
        Column(_("Abnormal"), 15, right),
        Column(_("Coverage"), 15, right, bold=True),
        Column(_("Last month"), 16, right),
    )


def _walked_cells(
    name: str, walked: Walked, before: Rate | None, *, with_not_due: bool
) -> tuple[str, ...]:
    return (
        name,
        count(walked.planned),
        count(walked.in_time),
        count(walked.late),
        count(walked.missed),
        *((count(walked.not_due),) if with_not_due else ()),
        count(walked.made_up),
        count(walked.items),
        count(walked.abnormal),
        percent(walked.done),
        percent(before) if before and before.denominator else "",
    )


def _place_walked(
    title: LazyText, first: str, rows: Sequence[WalkedRow], total: Walked, sections: Sections
) -> None:
    with_not_due = bool(total.not_due)
    lines = [
        Row(
            _walked_cells(
                row.name or _("Nobody named"),
                row.walked,
                row.done_before,
                with_not_due=with_not_due,
            )
        )
        for row in rows
    ]
    sums = _walked_cells(_("Total"), total, None, with_not_due=with_not_due)
    table = Table(
        for_whole_words(_walked_columns(first, with_not_due=with_not_due), (), _SIZE),
        [*lines, Row(sums, RowKind.TOTAL)],
        size=_SIZE,
        row_height=5.5,
        continued=continued(str(title)),
    )
    sections.place_table(title, table)


def _place_duties(figures: InspectionFigures, sections: Sections) -> None:
    if not figures.statutory:
        text = _("No duty of law was planned in this month: take over the shipped plans.")
        sections.place(_DUTIES, Prose(text))
        return
    right = Align.RIGHT
    columns = (
        Column(_("Duty"), 50),
        Column(_("Planned"), 13, right),
        Column(_("Done in time"), 15, right),
        Column(_("Done late"), 13, right),
        Column(_("Missed"), 13, right, bold=True),
        Column("", 14),
        Column(_("Source")),
    )
    rows = []
    for row in figures.statutory:
        walked = row.walked
        is_missed = bool(walked.missed)
        source = row.source or ZERO
        if not row.verified:
            source = _("{source} (to be verified)").format(source=source)
        word = _("missed") if is_missed else _("kept")
        if walked.not_due and not is_missed:
            word = _("not due")
        rows.append(
            Row(
                (
                    row.name,
                    count(walked.planned),
                    count(walked.in_time),
                    count(walked.late),
                    count(walked.missed),
                    tag_cell(word, black=is_missed),
                    source,
                )
            )
        )
    table = Table(
        for_whole_words(columns, (), _SIZE), rows, size=_SIZE, continued=continued(str(_DUTIES))
    )
    sections.place_table(_DUTIES, table)


# Findings


def _found_cells(name: str, found: Found) -> tuple[str, ...]:
    days = "" if found.median_days is None else f"{found.median_days:g}"
    return (
        name,
        count(found.new),
        count(found.fixed_on_site),
        count(found.rectified),
        count(found.ticket),
        count(found.notice),
        count(found.open),
        count(found.dropped),
        percent(found.put_right),
        days,
    )


def _place_found(figures: InspectionFigures, sections: Sections) -> None:
    right = Align.RIGHT
    columns = (
        Column(_("Kind")),
        Column(_("New"), 13, right, bold=True),
        Column(str(FINDING_LABELS[FindingState.FIXED_ON_SITE]), 18, right),
        Column(str(FINDING_LABELS[FindingState.RECTIFIED]), 16, right),
        Column(_("With ticket"), 16, right),
        Column(_("With notice"), 16, right),
        Column(_("Nothing done yet"), 13, right),
        Column(str(FINDING_LABELS[FindingState.DROPPED]), 13, right),
        Column(_("Rectification rate"), 18, right, bold=True),
        Column(_("Median days"), 15, right),
    )
    rows = [
        Row(_found_cells(str(INSPECTION_LABELS[row.kind]), row.found))
        for row in figures.found_by_kind
    ]
    rows.append(Row(_found_cells(_("Total"), figures.found), RowKind.TOTAL))
    rows.append(Row(_found_cells(_("Last month"), figures.found_before)))
    table = Table(
        for_whole_words(columns, (), _SIZE), rows, size=_SIZE, continued=continued(str(_FOUND))
    )
    sections.place_table(_FOUND, table)
    words = _("Put right on the spot and rectified, of the new; days from finding to rectifying.")
    if figures.open_before:
        older = ngettext(
            "{count} finding of earlier months is still open.",
            "{count} findings of earlier months are still open.",
            figures.open_before,
        ).format(count=figures.open_before)
        words = _("{first} {second}").format(first=words, second=older)
    sections.note(words)


def _place_repeated(figures: InspectionFigures, sections: Sections) -> None:
    if not figures.repeated:
        text = _("Nothing was found {times} times or oftener.").format(times=figures.repeat_times)
        sections.place(_REPEATED, Prose(text))
        return
    columns = (
        Column(_("Place"), 58),
        Column(_("What was found")),
        Column(_("Times"), 14, Align.RIGHT, bold=True),
        Column(_("Last found"), 20, Align.RIGHT),
        Column("", 18),
    )
    rows = [
        Row(
            (
                row.where,
                row.text,
                count(row.times),
                day(row.last_on, figures.month),
                tag_cell(_("still open") if row.is_open else _("Rectified"), black=row.is_open),
            )
        )
        for row in figures.repeated
    ]
    note = _("the same {times} times or oftener").format(times=figures.repeat_times)
    table = Table(
        for_whole_words(columns, (), _SIZE), rows, size=_SIZE, continued=continued(str(_REPEATED))
    )
    sections.place_table(_REPEATED, table, note)


def _place_overdue(figures: InspectionFigures, sections: Sections) -> None:
    columns = (
        Column(_("No."), 27),
        Column(_("Who is to rectify"), 40),
        Column(_("What is wrong")),
        Column(_("Deadline"), 22, Align.RIGHT),
        Column(_("Days over"), 16, Align.RIGHT, bold=True),
    )
    rows = [
        Row(
            (
                row.number,
                row.addressee,
                row.problem,
                day(row.deadline_on, figures.month),
                count(row.days_over),
            )
        )
        for row in figures.overdue
    ]
    table = Table(
        for_whole_words(columns, (), _SIZE), rows, size=_SIZE, continued=continued(str(_OVERDUE))
    )
    sections.place_table(_OVERDUE, table)


def _place_faults(figures: InspectionFigures, sections: Sections) -> None:
    right = Align.RIGHT
    columns = (
        Column(_("Thing"), 56),
        Column(_("Faults"), 14, right, bold=True),
        Column(""),
        Column(_("Tickets"), 15, right),
        Column(_("Findings"), 15, right),
        Column(_("Last month"), 17, right),
        Column(_("± last month"), 17, right),
        Column(_("Days between"), 17, right),
        Column(_("Last"), 15, right),
    )
    most = max(row.faults for row in figures.faults)
    rows = [
        Row(
            (
                row.name,
                count(row.faults),
                bar_cell(row.faults / most, Pattern.HATCH),
                count(row.tickets),
                count(row.findings),
                count(row.before),
                signed(row.faults - row.before),
                "" if row.days_between is None else f"{row.days_between}",
                day(row.last_on, figures.month),
            )
        )
        for row in figures.faults
    ]
    table = Table(
        for_whole_words(columns, (), _SIZE), rows, size=_SIZE, continued=continued(str(_FAULTS))
    )
    sections.place_table(_FAULTS, table, _("a finding with a ticket counts once"))


# Readings


def reading(milli: int, decimals: int) -> str:
    """Write a reading in its unit; more decimals than its item's where it has them."""
    value = Decimal(milli).scaleb(-3).normalize()
    exponent = value.as_tuple().exponent
    places = max(decimals, -exponent if isinstance(exponent, int) else 0)
    return f"{value:.{places}f}".replace("-", MINUS)


def _place_trends(figures: InspectionFigures, sections: Sections) -> None:
    right = Align.RIGHT
    columns = (
        Column(_("Place and item")),
        Column(_("Unit"), 14),
        Column(_("Readings"), 16, right),
        Column(_("Out of limits"), 18, right, bold=True),
        Column(_("Lower limit"), 18, right),
        Column(_("Upper limit"), 18, right),
        Column(_("Lowest"), 18, right),
        Column(_("Highest"), 18, right),
    )

    def limit(row: TrendRow, milli: int | None) -> str:
        return "" if milli is None else reading(milli, row.decimals)

    rows = [
        Row(
            (
                f"{row.point} · {row.item}",
                row.unit,
                count(len(row.points)),
                count(row.out),
                limit(row, row.lower_milli),
                limit(row, row.upper_milli),
                reading(row.lowest_milli, row.decimals),
                reading(row.highest_milli, row.decimals),
            )
        )
        for row in figures.trends
    ]
    table = Table(
        for_whole_words(columns, (), _SIZE), rows, size=_SIZE, continued=continued(str(_TRENDS))
    )
    note = _("dashed: limits; dots: readings out of them")
    sections.place_table(_TRENDS, table, note)
    sections.flow.space(3)
    for first in range(0, len(figures.trends), 2):
        pair = figures.trends[first : first + 2]
        sections.flow.place(
            Beside(
                [
                    (_plot(row, figures), place * (_PLOT_WIDTH + _PLOT_GAP), _PLOT_WIDTH)
                    for place, row in enumerate(pair)
                ]
            )
        )
        sections.flow.space(2)


def _plot(row: TrendRow, figures: InspectionFigures) -> ReadingPlot:
    start = figures.month.start
    whole = (figures.month.end - start).total_seconds()
    readings = [
        PlottedReading((one.at - start).total_seconds() / whole, one.value_milli, one.is_out)
        for one in row.points
    ]
    limits = [
        (float(milli), reading(milli, row.decimals))
        for milli in (row.lower_milli, row.upper_milli)
        if milli is not None
    ]
    title = f"{row.point} · {row.item} {row.unit}".strip()
    ends = (f"{start:%m-%d}", f"{figures.month.last_day:%m-%d}")
    return ReadingPlot(title, readings, limits, ends)


# Scores, days ahead, signatures


def _place_scores(figures: InspectionFigures, sections: Sections) -> None:
    right = Align.RIGHT
    columns = (
        Column(_("Sheet of points"), 62),
        Column(_("Sheets"), 14, right),
        Column(_("Points given"), 16, right),
        Column(_("Full points"), 18, right),
        Column(_("Per hundred"), 19, right, bold=True),
        Column(""),
        Column(_("Last month"), 18, right),
    )
    rows = [
        Row(
            (
                row.name,
                count(row.sheets),
                f"{row.given:,}",
                f"{row.full:,}",
                percent(row.rate),
                bar_cell(row.given / row.full),
                percent(row.before) if row.before.denominator else "",
            )
        )
        for row in figures.scores
    ]
    table = Table(
        for_whole_words(columns, (), _SIZE), rows, size=_SIZE, continued=continued(str(_SCORES))
    )
    sections.place_table(_SCORES, table)


def _place_dates(
    title: LazyText,
    dates: Sequence[StatutoryDate],
    figures: InspectionFigures,
    sections: Sections,
) -> None:
    note = _("the next {days} days, and what is over").format(days=figures.days_ahead)
    if not dates:
        sections.place(title, Prose(_("No day of law or contract comes up.")), note=note)
        return
    columns = (
        Column(_("What is due"), 34),
        Column(_("Of what")),
        Column(_("Day"), 20, Align.RIGHT),
        Column(_("Time left"), 26, Align.RIGHT, bold=True),
        Column("", 2),
        Column(_("Source"), 44),
    )
    rows = []
    for one in dates:
        source = one.source
        if source and not one.verified:
            source = _("{source} (to be verified)").format(source=source)
        rows.append(
            Row(
                (
                    str(DATE_LABELS[one.kind]),
                    f"{one.subject} {one.where}".strip(),
                    f"{one.day:%Y-%m-%d}",
                    left_words(one),
                    "",
                    source,
                )
            )
        )
    table = Table(
        for_whole_words(columns, (), _SIZE), rows, size=_SIZE, continued=continued(str(title))
    )
    sections.place_table(title, table, note)


def as_of_text(figures: InspectionFigures) -> str:
    """Say up to when is counted: the month's last midnight, or now while it runs."""
    if figures.is_running:
        return _("as of {time}").format(time=f"{figures.as_of:%Y-%m-%d %H:%M}")
    return _("as of {time}").format(time=f"{figures.month.last_day:%Y-%m-%d} 24:00")


def _place_signatures(report: InspectionReportSheet, sections: Sections) -> None:
    signers = Signed(
        report.language, report.printed_by, as_of_text(report.figures), report.printed_at
    )
    sections.flow.space(GAP)
    sections.flow.place(
        Prose(
            _("Rounds are those planned for the month; one that was made up for stays missed."),
            NOTE_SIZE,
            4.0,
        ),
        Drawing(GAP, lambda _sheet, _x, _y, _width: None),
        sections.head(SIGNATURES),
        Drawing(SIGNATURES_HEIGHT, partial(draw_signatures, signers)),
    )


def _start_page(report: InspectionReportSheet, sheet: Sheet) -> float:
    name = month_name(report.figures.month, report.language.code)
    number = _("No. {number}").format(number=report.number)
    draw_running_head(sheet, f"{TITLE}  {name}", report.office, number, left=LEFT, right=RIGHT)
    _draw_foot(report, sheet)
    return 18.5


def _draw_foot(report: InspectionReportSheet, sheet: Sheet) -> None:
    texts = _("Internal    Printed {time}, {name}").format(
        time=f"{report.printed_at:%Y-%m-%d %H:%M}", name=report.printed_by
    )
    draw_footer(sheet, texts, report.language, left=LEFT, right=RIGHT, y=_FOOT)
