"""Numbered sections: their heads stay with what follows, their numbers run."""

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText
from propdesk.reports.parts.flow import Block, Flow, Prose, SectionHead
from propdesk.reports.parts.report_figures import NOTE_SIZE
from propdesk.reports.parts.tables import Table

GAP = 7.0  # mm above a section


class Sections:
    """The running number of sections on a flow."""

    def __init__(self, flow: Flow, language: PaperLanguage) -> None:
        self.flow = flow
        self.language = language
        self._number = 0

    def head(self, title: LazyText, note: str = "") -> SectionHead:
        """Return the head of the next section."""
        self._number += 1
        return SectionHead(
            str(self._number), self.language.main(title), self.language.second(title), note
        )

    def place(self, title: LazyText, *blocks: Block, note: str = "") -> None:
        """Place a section whose blocks stay together with its head."""
        self.flow.space(GAP)
        self.flow.place(self.head(title, note), *blocks)

    def place_table(self, title: LazyText, table: Table, note: str = "") -> None:
        """Place a section that is one table, over several pages where it is long."""
        self.flow.space(GAP)
        table.flow(self.flow, self.head(title, note))

    def note(self, text: str) -> None:
        """Place a small note below what stands there."""
        self.flow.space(1.2)
        self.flow.place(Prose(text, NOTE_SIZE, 4.0))
