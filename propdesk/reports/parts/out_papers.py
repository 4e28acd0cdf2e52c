"""The list of work orders that have not come back (未回单清单), a part of other papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.i18n import _, ngettext
from propdesk.reports.parts.flow import Flow, SectionHead
from propdesk.reports.parts.tables import Column, Row, Table, with_rest

_SIZE = 8.2


@dataclass(frozen=True, slots=True)
class OutRow:
    """An order that is out: its number with the round, where, what, with whom, since when."""

    number: str
    where: str
    matter: str
    who: str
    printed: str
    days: int


def place_out_papers(flow: Flow, papers: Sequence[OutRow]) -> None:
    """Place the list with its head and count."""
    count = ngettext("{count} paper", "{count} papers", len(papers)).format(count=len(papers))
    head = SectionHead("", _("Orders that have not come back"), note=count, indent=0)
    rows = [
        Row((row.number, row.where, row.matter, row.who, row.printed, str(row.days)))
        for row in papers
    ]
    Table(_columns(flow.width), rows, size=_SIZE).flow(flow, head)


def _columns(width: float) -> tuple[Column, ...]:
    fixed = (
        Column(_("Number"), 31.0),
        Column(_("House or place"), 22.0),
        Column(_("Matter")),
        Column(_("With whom"), 24.0),
        Column(_("Printed at"), 21.0),
        Column(_("Days out"), 15.0),
    )
    return with_rest(fixed, width)
