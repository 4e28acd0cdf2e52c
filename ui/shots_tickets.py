"""Pictures of tickets: their small forms, photos, gates, papers and what they cost."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter, QLinearGradient, QPainter

from ui.shot_looks import Act

if TYPE_CHECKING:
    from ui.screenshots import Stage


def group(which: str, *keys: str) -> Act:
    """Return the act that opens a group of the ticket list and presses keys there."""

    def act(stage: "Stage") -> None:
        stage.context.navigation.tickets_wanted.emit(which)
        stage.press(*keys)

    return act


def breach_step(stage: "Stage") -> None:
    """Open the step that a breach asks for."""
    from ui.pages.ticket_acts import Act as TicketAct
    from ui.pages.ticket_detail import TicketDetail

    group("violations")(stage)
    detail = stage.window.findChild(TicketDetail)
    if detail is not None:
        detail.open_form(TicketAct.STOP)


def act_form(word: str) -> Act:
    """Return the act that opens the small form of a ticket's act."""

    def act(stage: "Stage") -> None:
        from ui.pages.ticket_acts import Act as TicketAct
        from ui.pages.tickets import TicketsPage

        page = stage.page("tickets")
        if isinstance(page, TicketsPage):
            page.detail.act_wanted.emit(TicketAct(word))

    return act


def void(stage: "Stage") -> None:
    """Ask why a ticket is voided."""
    from ui.forms.move_forms import VoidDialog

    VoidDialog(stage.context, stage.window, stage.first_ticket()).ask()


def a_photo(hue: int) -> bytes:
    """Return a picture that could be one of a wet wall."""
    image = QImage(1200, 900, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    light = QLinearGradient(0, 0, 1200, 900)
    light.setColorAt(0, QColor.fromHsv(hue, 40, 235))
    light.setColorAt(1, QColor.fromHsv(hue, 90, 120))
    painter.fillRect(image.rect(), light)
    painter.setBrush(QColor.fromHsv(hue, 120, 70))
    for drop in range(9):
        painter.drawEllipse(150 + 110 * drop, 200 + (drop * 171) % 420, 60, 90 + 12 * drop)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(data.data())


def photos(stage: "Stage") -> None:
    """Show a ticket with photos, one of them missing, one printed on the order."""
    from propdesk.services import attachments
    from propdesk.services.queries.attachments import attachment_path, list_attachments

    office, by, now = stage.context.office, stage.context.staff.id, stage.context.now()
    ticket = stage.first_ticket()
    if not list_attachments(ticket.id):
        sources = [
            attachments.PastedFile(f"IMG_{hue}.jpg", a_photo(hue)) for hue in (30, 200, 110, 300)
        ]
        added, _refused = attachments.add_attachments(office, ticket.id, sources, by=by, now=now)
        words = ticket.matter[:20]
        attachments.change_attachment(added[0].id, by=by, now=now, caption=words, on_paper=True)
        attachment_path(office, added[2].file).unlink()
    stage.page("tickets")
    stage.context.changes.tickets_changed.emit()


def photo_view(stage: "Stage") -> None:
    """Look at the first photo of a ticket."""
    from propdesk.services.queries.attachments import list_attachments
    from ui.dialogs.picture_view import PictureView

    shown = list_attachments(stage.first_ticket().id)
    PictureView(stage.context, stage.window, shown, 0).look()


def missing_view(stage: "Stage") -> None:
    """Look at a photo whose file is gone."""
    from propdesk.services.queries.attachments import list_attachments
    from ui.dialogs.picture_view import PictureView

    shown = list_attachments(stage.first_ticket().id)
    PictureView(stage.context, stage.window, shown, 2).look()


def gates(*keys: str, act: str = "") -> Act:
    """Return the act that shows a complaint whose gates are all unmet, and presses keys there.

    `act` opens the form of an act from the menu instead.
    """

    def show(stage: "Stage") -> None:
        from ui.pages.ticket_acts import Act as TicketAct
        from ui.pages.tickets import TicketsPage
        from ui.shots_complaint import gated_complaint

        page = cast(TicketsPage, stage.page("tickets"))
        ticket = gated_complaint(stage.context)
        stage.context.changes.tickets_changed.emit()
        page.show_ticket(ticket.id)
        stage.press(*keys)
        if act:
            page.detail.act_wanted.emit(TicketAct(act))

    return show


def letter(stage: "Stage") -> None:
    """Write a letter about a ticket."""
    from ui.forms.letter_form import LetterDialog

    LetterDialog(stage.context, stage.window, stage.first_ticket()).ask()


def problem_report(stage: "Stage") -> None:
    """Report a problem up."""
    from ui.forms.letter_form import ProblemReportDialog

    ProblemReportDialog(stage.context, stage.window, stage.first_ticket()).ask()


def sheet(kind: str) -> Act:
    """Return the act that shows a paper of the newest complaint."""

    def act(stage: "Stage") -> None:
        from propdesk.domain.paper_trail import PaperKind
        from propdesk.domain.tickets import Kind
        from ui.sheet_printing import show_sheet

        show_sheet(stage.context, stage.window, stage.first_ticket(Kind.COMPLAINT), PaperKind(kind))

    return act


def charge(stage: "Stage") -> None:
    """Write what a ticket costs."""
    from ui.dialogs.charge_dialog import ChargeDialog

    ChargeDialog(stage.context, stage.window, stage.first_ticket()).ask()


def prices(stage: "Stage") -> None:
    """Show the price list."""
    from ui.dialogs.prices_dialog import PricesDialog

    PricesDialog(stage.context, stage.window).ask()


def price_form(stage: "Stage") -> None:
    """Add a price."""
    from ui.dialogs.prices_dialog import PriceDialog

    PriceDialog(stage.context, stage.window, None).ask()


def contact(stage: "Stage") -> None:
    """Note a contact."""
    from propdesk.services.queries.contacts import contact_about
    from ui.dialogs.contact_dialog import log_contact

    log_contact(stage.context, stage.window, contact_about(stage.first_ticket()))


def contacts(stage: "Stage") -> None:
    """Show the log of contacts."""
    from ui.dialogs.contacts_dialog import ContactsDialog

    ContactsDialog(stage.context, stage.window).ask()


def paper_back(*keys: str) -> Act:
    """Return the act that opens the form of an order that came back, and presses keys there."""

    def act(stage: "Stage") -> None:
        from propdesk.services.queries.papers import work_order_of

        paper = work_order_of(stage.sent_ticket())
        stage.context.navigation.paper_wanted.emit(paper)
        stage.press(*keys)

    return act


def merge(stage: "Stage") -> None:
    """Merge a ticket with another."""
    from ui.pages.ticket_acts import Act as TicketAct
    from ui.pages.tickets import TicketsPage

    page = stage.page("tickets")
    if isinstance(page, TicketsPage):
        page.detail.act_wanted.emit(TicketAct.MERGE)
