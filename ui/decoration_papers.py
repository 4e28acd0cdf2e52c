"""Show the papers of decorations, ready to be printed; that one left the printer is noted."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.decorations import Decoration
from propdesk.i18n import _
from propdesk.services.parts.printed import Printed
from propdesk.services.printing_decorations import (
    note_decoration_print,
    patrols_title,
    print_patrols,
    print_permit,
    print_rectification,
)
from ui.context import AppContext


def show_permit(context: AppContext, page: QWidget, one: Decoration) -> None:
    """Show the permit for the door."""
    _show_one(context, page, one, _("Decoration permit"), print_permit)


def show_rectification(context: AppContext, page: QWidget, one: Decoration) -> None:
    """Show the notice to put right what is open."""
    _show_one(context, page, one, _("Notice to rectify"), print_rectification)


def show_patrols(context: AppContext, page: QWidget, *, only_due: bool) -> None:
    """Show the sheet to carry to the works."""
    from ui.printing import show_paper

    by, now = context.staff, context.now()

    def draw(target: Path) -> Printed:
        return print_patrols(target, by=by, now=now, only_due=only_due)

    show_paper(context, page, patrols_title(), draw)


def _show_one(
    context: AppContext,
    page: QWidget,
    one: Decoration,
    title: str,
    render: Callable[..., Printed],
) -> None:
    from ui.printing import show_paper

    by, now, decoration_id = context.staff, context.now(), one.id

    def draw(target: Path) -> Printed:
        return render(decoration_id, target, by=by, now=now)

    def note(_copies: int) -> None:
        note_decoration_print(decoration_id, by=by.id, now=context.now())

    show_paper(context, page, f"{title} {one.number}", draw, note)
