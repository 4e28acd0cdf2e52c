"""The list of work orders that have not come back (未回单清单), a part of other papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.i18n import _, ngettext
from propdesk.reports.parts.flow import Flow, SectionHead
from propdesk.reports.parts.tables import (
    Column,
    Row,
    Table,
    continued,
    for_whole_words,
    with_rest,
)

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
    title = _("Orders that have not come back")
    head = SectionHead("", title, note=count, indent=0)
    cells = [
        (row.number, row.where, row.matter, row.who, row.printed, str(row.days)) for row in papers
    ]
    columns = with_rest(for_whole_words(_columns(), cells, _SIZE), flow.width)
    table = Table(columns, [Row(row) for row in cells], size=_SIZE, continued=continued(title))
    table.flow(flow, head)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Number"), 31.0),
        Column(_("House or place"), 22.0),
        Column(_("Matter")),
        Column(_("With whom"), 24.0),
        Column(_("Printed at"), 21.0),
        Column(_("Days out"), 15.0),
    )
