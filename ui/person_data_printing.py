"""A person's own data and the certificate of an erasure, on screen and on paper; both are noted."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.access import AccessAct
from propdesk.i18n import _
from propdesk.services.parts.printed import Printed
from propdesk.services.person_data import note_person_data
from propdesk.services.printing_erasures import print_erasure
from propdesk.services.printing_person_data import print_person_data
from ui.context import AppContext
from ui.printing import show_paper


def show_person_data(context: AppContext, parent: QWidget, person_id: int) -> None:
    """Show everything that is kept of a person, in full, ready to be printed for him."""
    now, by = context.now(), context.staff

    def note(act: AccessAct) -> None:
        note_person_data(person_id, act, by=by.id, now=context.now())

    def draw(file: Path) -> Printed:
        return print_person_data(file, person_id, by=by, now=now)

    if context.attempt(parent, _("This paper cannot be drawn"), lambda: note(AccessAct.REVEALED)):
        show_paper(
            context,
            parent,
            _("What is kept of a person"),
            draw,
            lambda _copies: note(AccessAct.PRINTED),
        )


def show_certificate(context: AppContext, parent: QWidget, erasure_id: int) -> None:
    """Show the certificate of what was erased or sealed."""
    now, by, office = context.now(), context.staff, context.office

    def draw(file: Path) -> Printed:
        return print_erasure(office, file, erasure_id, by=by, now=now)

    show_paper(context, parent, _("Certificate"), draw)
