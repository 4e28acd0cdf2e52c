"""Contracts and approvals that prices rest on, with their pages (scans, photos, PDF).

The evidence pack for a lawyer and the ten things of a letter take what stands here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from propdesk.domain.attachments import Attachment
from propdesk.domain.fee_bases import FeeBasis
from propdesk.domain.fee_items import BASIS_LABELS
from propdesk.domain.staff import Right
from propdesk.domain.tariffs import span_text
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services import offices
from propdesk.services.fee_bases import add_basis_files, remove_basis_file
from propdesk.services.parts.files_in import Refused
from propdesk.services.queries.fee_bases import count_basis_uses, list_bases, list_basis_files
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.fee_basis_dialog import FeeBasisDialog
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.picture_view import PictureView
from ui.fee_rights import may
from ui.forms.file_strip import FileStrip
from ui.incoming_files import Drops, Incoming, sources
from ui.tables.columns import CellKind, Column
from ui.widgets.buttons import Kind

_WIDTH, _ROWS = 900, 6


@dataclass(frozen=True, slots=True)
class _Line:
    """A basis, how many prices rest on it, how many pages it has."""

    basis: FeeBasis
    prices: int
    pages: int


class _Pages(FileStrip):
    """The pages of the chosen basis."""

    stored = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.basis: FeeBasis | None = None
        self._pages: tuple[Attachment, ...] = ()

    def show_basis(self, basis: FeeBasis | None) -> None:
        """Show the pages of a basis."""
        self.basis = basis
        self._pages = () if basis is None else list_basis_files(basis.id)
        self.show_files([(one.file, one.file.name, False) for one in self._pages])

    def can_take(self) -> bool:
        """Tell whether pages may come: a basis is chosen, and no other lot is under way."""
        return self.basis is not None and super().can_take()

    def take(self, coming: Sequence[Incoming]) -> None:
        """Take pages in for the basis that is chosen now."""
        if self.basis is not None:
            self._for = (self.basis.id, self.context.staff.id, self.context.now())
            super().take(coming)

    def job(
        self, coming: Sequence[Incoming], progress: Progress
    ) -> tuple[tuple[Attachment, ...], tuple[Refused, ...]]:
        """Take pages in."""
        basis_id, by, now = self._for
        with offices.working_connection():
            return add_basis_files(
                self.context.office, basis_id, sources(coming), by=by, now=now,
                on_progress=progress,
            )  # fmt: skip

    def arrived(self, result: tuple[tuple[Attachment, ...], tuple[Refused, ...]]) -> None:
        """Tell of them, and say what was refused."""
        added, refused = result
        if added:
            words = ngettext("{count} page was added", "{count} pages were added", len(added))
            self.stored.emit(words.format(count=len(added)))
        self.tell_refused(refused)

    def open_view(self, place: int) -> None:
        """Look at a page, as large as the window."""
        PictureView(self.context, self, [one.file for one in self._pages], place).look()
        self.thumbnails.setFocus()

    def remove(self, place: int) -> None:
        """Take a page out, after a question."""
        page, context = self._pages[place], self.context
        if not context.messages.confirm(
            self,
            _("Take this page out?"),
            _("«{title}» is no longer a page of the contract.").format(title=page.file.name),
            act=_("Take the page out"),
            keep=_("Keep it"),
        ):
            return
        if context.attempt(
            self,
            _("This was not done"),
            lambda: remove_basis_file(page.id, by=context.staff.id, now=context.now()),
        ):
            self.stored.emit(_("{title} is taken out").format(title=page.file.name))


class FeeBasesDialog(ListDialog[_Line]):
    """Enter corrects one, Ctrl+N enters another, Ctrl+I adds pages to the chosen one."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(
            context,
            parent,
            _("Contracts and approvals"),
            _columns(),
            lambda line: line.basis.id,
            width=_WIDTH,
            rows=_ROWS,
        )
        self.pages = _Pages(context)
        self.pages.reserve_room(110)
        self.pages.stored.connect(self._on_pages)
        self.body.insertWidget(3, self.pages)
        self.table.current_changed.connect(lambda _row: self._show_pages())
        Drops(self, self.pages.take, context.now)
        new = self.add_act(
            _("Enter one"), self._on_add, "Ctrl+N", icon="plus", kind=Kind.TONAL, needs_row=False
        )
        self.add_act(_("Correct"), self._on_edit, "Enter", icon="pencil")
        self.refill()
        self._show_pages()
        (new if self.table.is_empty() else self.table).setFocus()

    def listed(self) -> Sequence[_Line]:
        """Return the contracts and approvals, the newest first."""
        uses = count_basis_uses()
        return [_Line(basis, *uses.get(basis.id, (0, 0))) for basis in list_bases()]

    def hint_words(self, found: Sequence[_Line]) -> str:
        """Say what they are for, or how to begin."""
        if not found:
            return _(
                "Enter the property service contract first (Ctrl+N) with the words of its clauses, "
                "then add a scan of its pages: letters and the evidence pack quote them."
            )
        return _("Letters and the evidence pack quote these clauses and enclose these pages.")

    def detail_words(self, row: _Line) -> str:
        """Say the clauses in short."""
        basis = row.basis
        clauses = (basis.fee_clause, basis.due_clause, basis.late_clause, basis.note)
        words = " · ".join(" ".join(one.split()) for one in clauses if one)
        return words or _("No clause is typed in yet; letters cannot quote it.")

    def _show_pages(self) -> None:
        line = self.current()
        self.pages.show_basis(None if line is None else line.basis)
        self.pages.setVisible(line is not None)

    def _on_pages(self, words: str) -> None:
        self.refill()
        self._show_pages()
        self.toast.show_message(words)

    def _on_add(self) -> None:
        self._edit(None)

    def _on_edit(self) -> None:
        line = self.current()
        if line is not None:
            self._edit(line.basis)

    def _edit(self, basis: FeeBasis | None) -> None:
        if not may(self.context, self, Right.SET_PRICES):
            return
        dialog = FeeBasisDialog(self.context, self, basis)
        dialog.ask()
        stored = dialog.stored
        self.refill(None if stored is None else stored.id)
        self._show_pages()
        if stored is not None:
            self.toast.show_message(_("Stored: {title}").format(title=stored.label))
        self.table.setFocus()


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _lazy("Contract or approval"), lambda line: line.basis.name, width=220,
               stretches=True, is_strong=True),
        Column("number", _lazy("Number"), lambda line: line.basis.number, width=130),
        Column("kind", _lazy("Kind"), lambda line: str(BASIS_LABELS[line.basis.kind]), width=120),
        Column("term", _lazy("Days in force"), _term, width=180),
        Column("prices", _lazy("Prices of fees"), lambda line: line.prices, CellKind.COUNT,
               width=76),
        Column("pages", _lazy("Number of pages"), lambda line: line.pages, CellKind.COUNT,
               width=60),
    )  # fmt: skip


def _term(line: _Line) -> str:
    basis = line.basis
    return span_text(basis.from_on, basis.until_on) if basis.from_on else ""
