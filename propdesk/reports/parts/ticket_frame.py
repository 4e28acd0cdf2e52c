"""The frame of a ticket's papers: masthead with the number, heads of later pages, feet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _lazy
from propdesk.reports.parts.flow import Flow
from propdesk.reports.parts.masthead import (
    Masthead,
    Office,
    draw_footer,
    draw_masthead,
    draw_running_head,
)
from propdesk.reports.parts.zones import Form

_HOTLINE = _lazy("Service telephone {phone}")


@dataclass(frozen=True, slots=True)
class Edges:
    """Where a paper's frame stands, in mm; `head` is how far below `top` later pages begin.

    `masthead` is the height of the first page's, `foot` the baseline of the footer.
    """

    left: float
    right: float
    top: float
    bottom: float
    foot: float
    head: float
    masthead: float
    is_foot_ruled: bool = True


A4_EDGES = Edges(20.0, 192.0, 12.0, bottom=281.0, foot=287.4, head=3.0, masthead=15.0)


@dataclass(frozen=True, slots=True)
class TicketFrame:
    """What stands around a ticket's paper; `foot` has places for {time} and {person}."""

    edges: Edges
    title: LazyText
    foot: LazyText
    number: str
    office_name: str
    office_name_en: str
    office_phone: str
    printed_at: datetime
    printed_by: str
    code_digits: str = ""

    def start(self, form: Form, below: Callable[[float], float] | None = None) -> Flow:
        """Draw head and foot of the first page; return the flow of what follows.

        `below` draws more under the masthead, from the y it is given, and returns where that ends.
        """
        edges = self.edges
        y = self._draw_head(form)
        return Flow(
            form.sheet,
            left=edges.left,
            width=edges.right - edges.left,
            bottom=edges.bottom,
            start_page=lambda _sheet: self._start_page(form),
            y=below(y) if below else y,
        )

    def _draw_head(self, form: Form) -> float:
        language, edges = form.language, self.edges
        below = form.word(_HOTLINE).format(phone=self.office_phone) if self.office_phone else ""
        head = Masthead(
            Office(self.office_name, self.office_name_en, below),
            form.word(self.title),
            language.second(self.title).upper(),
            self.number,
            self.code_digits,
            tracking=0.02 if language is PaperLanguage.EN else 0.2,
        )
        y = draw_masthead(
            form.sheet,
            head,
            language,
            left=edges.left,
            right=edges.right,
            y=edges.top,
            height=edges.masthead,
        )
        self._draw_foot(form)
        return y

    def _start_page(self, form: Form) -> float:
        """Draw head and foot of a later page; return where it begins."""
        edges = self.edges
        english = form.language is PaperLanguage.EN and self.office_name_en
        office = self.office_name_en if english else self.office_name
        draw_running_head(
            form.sheet,
            form.word(self.title),
            office,
            self.number,
            left=edges.left,
            right=edges.right,
            y=edges.top + edges.head,
        )
        self._draw_foot(form)
        return edges.top + edges.head + 2.4

    def _draw_foot(self, form: Form) -> None:
        edges = self.edges
        words = form.word(self.foot).format(
            time=f"{self.printed_at:%Y-%m-%d %H:%M}", person=self.printed_by
        )
        draw_footer(
            form.sheet,
            words,
            form.language,
            left=edges.left,
            right=edges.right,
            y=edges.foot,
            ruled=edges.is_foot_ruled,
        )
