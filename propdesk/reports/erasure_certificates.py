"""The certificate of erasure or sealing (删除证明, PIPL 47): it says what went and names nobody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, _lazy, speaking
from propdesk.reports.parts.flow import Drawing, Flow, Prose, SectionHead
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Words, draw_line
from propdesk.reports.parts.privacy_papers import PrivacyOffice, begin_paper
from propdesk.reports.parts.sheet import A4, Align, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, Table, continued

_SIZE, _LEADING = 9.2, 5.0

ERASED_TITLE = _lazy("Certificate of erasure")
SEALED_TITLE = _lazy("Certificate of sealing")


@dataclass(frozen=True, slots=True)
class ErasureSheet:
    """What was done with the data of person number `person`, and what it does not reach.

    `counts` are kind, number and what became of it; `keeps`, `copies` are sentences.
    """

    office: PrivacyOffice
    number: int
    person: int
    at: datetime
    by: str
    reason: str
    request: str
    is_sealed: bool
    counts: Sequence[tuple[str, int, str]]
    keeps: Sequence[str]
    copies: Sequence[str]


def render_erasure(paper: ErasureSheet, target: Path, *, language: PaperLanguage) -> PrintedPaper:
    """Draw the certificate into the PDF file `target`; it appears whole or not at all."""
    title = SEALED_TITLE if paper.is_sealed else ERASED_TITLE
    with speaking(language.code):
        with Sheet(target, A4, title=language.main(title)) as sheet:
            flow = begin_paper(sheet, paper.office, title, language, f"{paper.number}")
            _draw(paper, flow, language)
        return sheet.printed


def _draw(paper: ErasureSheet, flow: Flow, language: PaperLanguage) -> None:
    for facts in _facts(paper):
        flow.place(Drawing(7.0, _line(facts)))
    flow.space(2)
    office = paper.office.called(language)
    if paper.is_sealed:
        words = _(
            "{office} has sealed the personal data of this person: it is stored because a law asks "
            "for it, and used for nothing else, until it is erased."
        )
    else:
        words = _(
            "{office} has erased the personal data of this person from its records. It cannot be "
            "brought back from them. This paper names nobody, as nothing that names is left."
        )
    flow.prose(words.format(office=office), size=_SIZE, leading=_LEADING)
    number = 0
    if paper.counts:
        number += 1
        flow.space(2)
        _table(paper).flow(flow, SectionHead(str(number), _("What it was")))
    for title, sentences in (
        (_("What is kept, and why"), paper.keeps),
        (_("Copies that this does not reach"), paper.copies),
    ):
        if sentences:
            number += 1
            flow.space(2)
            first, *others = sentences
            flow.place(SectionHead(str(number), title), Prose(first, _SIZE, _LEADING))
            for sentence in others:
                flow.prose(sentence, size=_SIZE, leading=_LEADING)
    flow.space(6)
    flow.place(Drawing(34.0, _draw_seal))


def _facts(paper: ErasureSheet) -> list[list[tuple[str, str]]]:
    lines = [
        [(_("Certificate No."), str(paper.number)), (_("Person number"), str(paper.person))],
        [(_("Done on"), f"{paper.at:%Y-%m-%d %H:%M}"), (_("Carried out by"), paper.by)],
        [(_("Reason"), paper.reason)],
    ]
    if paper.request:
        lines.append([(_("Asked for by"), paper.request)])
    return lines


def _line(facts: Sequence[tuple[str, str]]) -> Callable[[Sheet, float, float, float], None]:
    def draw(sheet: Sheet, x: float, y: float, width: float) -> None:
        share = width / len(facts)
        for place, (word, value) in enumerate(facts):
            pieces: list[Piece] = [Words(word, _SIZE, bold=True), Space(3.0), Words(value, _SIZE)]
            draw_line(sheet, x + place * share, y + 4.6, pieces, share - 4)

    return draw


def _table(paper: ErasureSheet) -> Table:
    columns = (
        Column(_("Kind of data"), 50),
        Column(_("How many"), 22, Align.RIGHT),
        Column(_("What became of it"), 0),
    )
    rows = [Row((kind, f"{count:,}", words)) for kind, count, words in paper.counts]
    name = continued(_("What it was"))
    return Table(columns, rows, size=7.8, head_size=7.6, row_height=5.6, continued=name)


def _draw_seal(sheet: Sheet, x: float, y: float, width: float) -> None:
    pieces: list[Piece] = [
        Words(_("Responsible for personal data"), _SIZE), Space(2.0), Blank(40.0), Space(6.0),
        Words(_("Date"), _SIZE), Space(2.0), Blank(28.0),
    ]  # fmt: skip
    draw_line(sheet, x, y + 11.0, pieces, width)
    sheet.text(x + width, y + 11.0, _("Seal of the office"), _SIZE, align=Align.RIGHT)
