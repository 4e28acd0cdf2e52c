"""Pictures of the menus of the tickets page."""

from typing import TYPE_CHECKING, cast

from ui.pages.tickets import TicketsPage
from ui.shots_complaint import gated_complaint

if TYPE_CHECKING:
    from ui.screenshots import Stage


def open_page_menu(stage: "Stage") -> None:
    """Open what the page offers besides its daily acts."""
    cast(TicketsPage, stage.page("tickets")).more.click()


def open_ticket_menu(stage: "Stage", *keys: str) -> None:
    """Open the rarer acts on a complaint that asks for much, and press keys there."""
    page = cast(TicketsPage, stage.page("tickets"))
    ticket = gated_complaint(stage.context)
    stage.context.changes.tickets_changed.emit()
    page.show_ticket(ticket.id)
    page.detail.more.click()
    stage.press(*keys)
