"""The notice on personal data (告知书, PIPL 17) and the catalogue that it is made from, both A4.

What is said of kinds, purposes, grounds and periods arrives from the catalogue: the notice can say
nothing that the program does not do. Each consent has a line and a signature of its own (PIPL 29).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, _lazy, ngettext, speaking
from propdesk.reports.parts.flow import Drawing, Flow, Prose, SectionHead
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Tick, Words, draw_line
from propdesk.reports.parts.privacy_papers import PrivacyOffice, begin_paper
from propdesk.reports.parts.sheet import A4, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, RowKind, Table, continued, for_whole_words

_SIZE, _LEADING = 9.2, 5.0

NOTICE_TITLE = _lazy("Notice on personal data")
CATALOGUE_TITLE = _lazy("Catalogue of personal data")
_TO_VERIFY = _lazy("to be verified")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A kind of data: what it is, what for, its ground with source, how long it is kept.

    `code` and `state` (on, off, always) are printed in the catalogue alone.
    """

    label: str
    purpose: str
    basis: str
    source: str
    kept: str
    is_sensitive: bool
    code: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """The kinds of data that belong together."""

    title: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class DataNoticeSheet:
    """A notice for a house and its people, or with gaps to fill where they are empty.

    `consents` are what is asked for, each in words; `backups` says until when what was erased is
    gone from the backups; a request is answered within `answer_days`.
    """

    office: PrivacyOffice
    house: str
    people: str
    groups: Sequence[FieldGroup]
    consents: Sequence[str]
    backups: str
    answer_days: int


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """How long something is kept, by which law, and whether a person has checked that."""

    what: str
    kept: str
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class CatalogueSheet:
    """All kinds of data that the program knows, and the table of retention."""

    office: PrivacyOffice
    groups: Sequence[FieldGroup]
    retentions: Sequence[RetentionRow]


def render_data_notice(
    paper: DataNoticeSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the notice into the PDF file `target`; it appears whole or not at all."""
    with speaking(language.code):
        with Sheet(target, A4, title=language.main(NOTICE_TITLE)) as sheet:
            flow = begin_paper(sheet, paper.office, NOTICE_TITLE, language)
            _draw_notice(paper, flow, language)
        return sheet.printed


def render_catalogue(
    paper: CatalogueSheet, target: Path, *, language: PaperLanguage
) -> PrintedPaper:
    """Draw the catalogue into the PDF file `target`."""
    with speaking(language.code):
        with Sheet(target, A4, title=language.main(CATALOGUE_TITLE)) as sheet:
            flow = begin_paper(sheet, paper.office, CATALOGUE_TITLE, language)
            _field_table(paper.groups, with_codes=True).flow(
                flow, SectionHead("1", _("Kinds of data"))
            )
            flow.space(4)
            _retention_table(paper.retentions).flow(
                flow, SectionHead("2", _("How long records are kept"))
            )
        return sheet.printed


# -- the notice


def _draw_notice(paper: DataNoticeSheet, flow: Flow, language: PaperLanguage) -> None:
    flow.place(Drawing(8.0, lambda sheet, x, y, width: _draw_house(paper, sheet, x, y, width)))
    flow.prose(
        _(
            "Under the Personal Information Protection Law, article 17, we tell you what we keep "
            "about you, what for, how long, and what you may ask of us."
        ),
        size=_SIZE,
        leading=_LEADING,
    )
    office = paper.office
    contact = (
        _("{office}. Telephone {phone}, or come to the desk.").format(
            office=office.called(language), phone=office.phone
        )
        if office.phone
        else _("{office}. Come to the desk.").format(office=office.called(language))
    )
    company = _("{company} runs this office.").format(company=office.company)
    _section(flow, 1, _("Who keeps your data"), [contact, *([company] if office.company else [])])
    flow.space(2)
    head = SectionHead("2", _("What we keep, what for and how long"))
    _field_table(paper.groups, with_codes=False).flow(flow, head)
    for number, (title, texts) in enumerate(_clauses(paper), start=3):
        _section(flow, number, title, texts)
    flow.space(5)
    _sign(paper, flow)


def _draw_house(paper: DataNoticeSheet, sheet: Sheet, x: float, y: float, width: float) -> None:
    half = width / 2
    for at, word, value, gap in (
        (x, _("House"), paper.house, 50.0),
        (x + half * 0.8, _("For the attention of"), paper.people, 80.0),
    ):
        pieces: list[Piece] = [Words(word, 9.2, bold=True), Space(3.0)]
        pieces.append(Words(value, 9.2) if value else Blank(gap))
        draw_line(sheet, at, y + 4.6, pieces, half * (0.75 if at == x else 1.2))


def _clauses(paper: DataNoticeSheet) -> list[tuple[str, list[str]]]:
    """Return what is said below the table: a title and its sentences."""
    days = ngettext("{count} day", "{count} days", paper.answer_days)
    return [
        (
            _("How we handle it"),
            [
                _(
                    "Your data stands in one file in this office. Staff see phones and numbers "
                    "masked; who shows them in full, prints or exports them is noted."
                ),
                _(
                    "We give nothing to others without your separate consent, but to those who "
                    "work for us as far as their work needs it, and to authorities where a law "
                    "says so. We publish nothing that names you."
                ),
                _("We keep no biometric data, no tracks of where you go and no religion."),
                _("While you owe us something, we keep what is needed to settle it."),
                _("Backups: {backups}.").format(backups=paper.backups),
            ],
        ),
        (
            _("Children under 14"),
            [
                _(
                    "Children are kept as a number only. Anything else about them needs the "
                    "consent of a guardian."
                )
            ],
        ),
        (
            _("Your rights"),
            [
                _(
                    "You may see and copy what we keep about you, have it corrected or erased, "
                    "have it explained, and withdraw each consent at any time; your heirs may, "
                    "too. Say so at the desk, by telephone or in writing."
                ),
                _(
                    "We answer within {days}, and give the reason where we must refuse. What "
                    "stood on a withdrawn consent is deleted at once."
                ).format(days=days.format(count=paper.answer_days)),
            ],
        ),
        (
            _("Without your consent"),
            [
                _(
                    "What stands on your consent is optional: you get the same service without "
                    "it. Without what the contract or a law needs we cannot reach you, repair "
                    "your house or keep your account."
                )
            ],
        ),
    ]


def _section(flow: Flow, number: int, title: str, texts: Sequence[str]) -> None:
    flow.space(2)
    first, *others = texts
    flow.place(SectionHead(str(number), title), Prose(first, _SIZE, _LEADING))
    for text in others:
        flow.prose(text, size=_SIZE, leading=_LEADING)


def _sign(paper: DataNoticeSheet, flow: Flow) -> None:
    """Place the consents, each with its own signature, and the one for having read this."""
    if paper.consents:
        head = SectionHead("", _("Separate consents"), indent=0)
        note = Prose(
            _("Tick and sign each line for itself. You may leave any of them out."), 8.4, 4.6
        )
        lines = [_consent_line(consent) for consent in paper.consents]
        flow.place(head, note, lines[0])
        for line in lines[1:]:
            flow.place(line)
        flow.space(3)
    read = Prose(_("I have read this notice and was given a copy."), _SIZE, _LEADING, bold=True)
    flow.place(read, Drawing(13.0, _draw_signature))


def _consent_line(words: str) -> Drawing:
    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        sheet.lines(x, y + 6.0, sheet.wrapped(words, width * 0.4, 8.8)[:2], 8.8, leading=4.0)
        pieces: list[Piece] = [
            Tick(_("I agree"), size=8.8), Space(4.0), Tick(_("I do not agree"), size=8.8),
            Space(5.0), Words(_("Signature"), 8.8), Space(2.0), Blank(38.0),
        ]  # fmt: skip
        at = x + width * 0.42
        draw_line(sheet, at, y + 6.0, pieces, x + width - at)

    return Drawing(11.0, draw)


def _draw_signature(sheet: Sheet, x: float, y: float, width: float) -> None:
    pieces: list[Piece] = [
        Words(_("Signature"), 9.2), Space(2.0), Blank(46.0), Space(5.0),
        Words(_("Owner, tenant or guardian of"), 9.2), Space(2.0), Blank(34.0), Space(5.0),
        Words(_("Date"), 9.2), Space(2.0), Blank(26.0),
    ]  # fmt: skip
    draw_line(sheet, x, y + 9.0, pieces, width)


# -- tables


def _field_table(groups: Sequence[FieldGroup], *, with_codes: bool) -> Table:
    columns = [
        Column(_("Kind of data"), 46),
        Column(_("What for"), 0),
        Column(_("Ground"), 42),
        Column(_("Kept for"), 46),
    ]
    if with_codes:
        columns.append(Column(_("State"), 14))
    rows: list[Row] = []
    for group in groups:
        rows.append(Row((group.title, *[""] * (len(columns) - 1)), RowKind.CLASS))
        rows += [Row(_cells(row, with_codes=with_codes)) for row in group.rows]
    title = _("Kinds of data") if with_codes else _("What we keep, what for and how long")
    texts = [[cell for cell in row.cells if isinstance(cell, str)] for row in rows]
    fitted = for_whole_words(tuple(columns), texts, 7.8, 7.6)
    return Table(fitted, rows, size=7.8, head_size=7.6, row_height=5.6, continued=continued(title))


def _cells(row: FieldRow, *, with_codes: bool) -> tuple[str, ...]:
    label = _("{label} (sensitive)").format(label=row.label) if row.is_sensitive else row.label
    ground = f"{row.basis}\n{row.source}" if row.source else row.basis
    if with_codes:
        return (f"{label}\n{row.code}", row.purpose, ground, row.kept, row.state)
    return (label, row.purpose, ground, row.kept)


def _retention_table(retentions: Sequence[RetentionRow]) -> Table:
    columns = (Column(_("Records"), 62), Column(_("Kept for"), 0), Column(_("Source"), 58))
    rows = [
        Row((row.what, row.kept, row.source if row.is_verified else _unverified(row.source)))
        for row in retentions
    ]
    title = _("How long records are kept")
    return Table(columns, rows, size=7.8, head_size=7.6, row_height=5.6, continued=continued(title))


def _unverified(source: str) -> str:
    return _("{source} ({mark})").format(source=source, mark=_TO_VERIFY)
