"""诉讼材料包: what the packs of one or more houses hold and lack; made beside the window.

A pack names people in full, so it asks what for and to whom, like every file that leaves the office
(PIPL 21, 23); the hash of its manifest is what to write down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.data_exports import ExportOrder, Manner, check_order
from propdesk.domain.errors import Cancelled, DraftError, Problem, RuleError
from propdesk.domain.evidence import SECTION_LABELS, PackCheck
from propdesk.domain.staff import RIGHTS, Right
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.evidence import EvidenceOrder, EvidencePack, export_evidence, verify_evidence
from propdesk.services.offices import working_connection
from propdesk.services.queries.evidence_previews import PackPreview, preview_evidence
from propdesk.services.queries.staff import list_staff
from propdesk.services.queries.units import get_unit
from ui.background import Progress, is_stopped
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.small_form import SmallForm
from ui.dialogs.work_dialog import WorkDialog
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Tone
from ui.widgets.buttons import CopyButton, FolderButton, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label

_WIDTH, _MOST_ROWS = 780, 6
_FIELDS = {
    "export-second": "second", "export-same-staff": "second", "export-public": "receiver",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _House:
    """A chosen house: its pack before it is made, or why there is none."""

    unit_id: int
    unit: str
    preview: PackPreview | None
    refusal: str = ""


class EvidenceDialog(SmallForm):
    """What the packs will hold; `stored` are the packs that were made."""

    def __init__(self, context: AppContext, parent: QWidget, unit_ids: Sequence[int]) -> None:
        super().__init__(
            context, parent, _("Evidence pack for a lawyer"), _("Make it …"), width=_WIDTH
        )
        self._houses = [self._look(unit_id) for unit_id in unit_ids]
        theme = context.theme
        self.table = RecordTable(
            theme, _("Houses"), _columns(), lambda house: house.unit_id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(min(len(self._houses), _MOST_ROWS)))
        self.table.show_rows(self._houses)
        self.table.current_changed.connect(lambda _house: self._tell())
        self.table.left.connect(self.reject)
        self.body.insertWidget(1, self.table)
        self.holds = Label(theme, ink=Ink.TEXT_2, wrap=True, selectable=True)
        self.lacks = Label(theme, ink=Ink.WARN, wrap=True, selectable=True)
        self.body.insertWidget(2, self.holds)
        self.body.insertWidget(3, self.lacks)
        self._add_order()
        self._tell()
        self.purpose.setFocus()

    def _look(self, unit_id: int) -> _House:
        today = self.context.now().date()
        try:
            preview = preview_evidence(self.context.office, unit_id, today)
        except RuleError as refusal:
            return _House(unit_id, get_unit(unit_id).short, None, str(refusal))
        return _House(unit_id, preview.unit, preview)

    def _add_order(self) -> None:
        context = self.context
        theme = context.theme
        self.purpose = LineField(theme, _("Purpose"), longest=120)
        self.purpose.show_words(_("Claim of unpaid property fees"))
        self.receiver = LineField(theme, _("Receiver"), longest=120)
        others = [
            Choice(str(one.id), one.name)
            for one in list_staff()
            if one.id != context.staff.id and Right.EXPORT_PLAIN in RIGHTS[one.role]
        ]
        self.second = PickField(theme, _("Second person"), [Choice("", _("Nobody")), *others])
        self.rows.add_row("purpose", _("Purpose"), self.purpose)
        self.rows.add_row("receiver", _("Receiver"), self.receiver)
        most = context.settings.second_approver_rows
        hint = ngettext(
            "needed for more than {count} row", "needed for more than {count} rows", most
        )
        note = Label(theme, hint.format(count=most), ink=Ink.TEXT_3)
        self.rows.add_row("second", _("Second person"), self.second, note=note)

    def _tell(self) -> None:
        """Say what the pack of the house holds and what it lacks."""
        house: _House | None = self.table.current_row()
        preview = house.preview if house else None
        if house is not None and preview is None:
            self.holds.show_text("")
            self.lacks.show_text(house.refusal)
            return
        if preview is None:
            return
        parts = [f"{SECTION_LABELS[section]} {count}" for section, count in preview.counts]
        since = _("since {day}").format(day=preview.from_on)
        self.holds.show_text(" · ".join([*parts, since]))
        self.lacks.show_text(
            _("Missing: {things}.").format(things=_("; ").join(preview.lacks))
            if preview.lacks
            else ""
        )
        self.fit()

    # -- making

    def act(self) -> tuple[EvidencePack, ...]:
        """Ask where to, and make the packs."""
        ready = [house for house in self._houses if house.preview is not None]
        if not ready:
            raise RuleError("evidence-nothing-open", self._houses[0].refusal)
        order = ExportOrder(
            purpose=self.purpose.words(),
            is_plain=True,
            manner=Manner.PROVIDED,
            receiver=self.receiver.words(),
            second_staff_id=int(self.second.value()) if self.second.value() else None,
        )
        most_rows = max(house.preview.rows for house in ready if house.preview)
        try:
            check_order(order, most_rows, self.context.settings.second_approver_rows)
        except RuleError as refusal:
            if refusal.code not in _FIELDS:
                raise
            raise DraftError((Problem(_FIELDS[refusal.code], str(refusal)),)) from refusal
        target = self.context.messages.pick_folder(self, _("Where to put the pack"))
        if target is None:
            raise Cancelled
        return self._make(ready, target, order)

    def keep(self) -> None:
        """Make them; where somebody stops it, the form stays as it is."""
        try:
            super().keep()
        except Cancelled:
            return

    def _make(
        self, houses: Sequence[_House], target: Path, order: ExportOrder
    ) -> tuple[EvidencePack, ...]:
        context = self.context
        by, now = context.staff.id, context.now()
        office = context.office
        todo = [(house.unit_id, target / _folder_name(house.unit, f"{now:%Y-%m-%d}"))
                for house in houses]  # fmt: skip

        def job(progress: Progress) -> tuple[EvidencePack, ...]:
            packs: list[EvidencePack] = []
            with working_connection():
                for unit_id, folder in todo:
                    before = len(packs)

                    def moved(done: int, total: int, before: int = before) -> None:
                        progress(before * total + done, len(todo) * total)

                    packs.append(
                        export_evidence(
                            office, unit_id, folder, EvidenceOrder(order), by=by, now=now,
                            on_progress=moved, cancelled=lambda: is_stopped(progress),
                        )
                    )  # fmt: skip
            return tuple(packs)

        words = _("Making the evidence pack")
        dialog = WorkDialog(context.theme, self, words)
        made: tuple[EvidencePack, ...] = dialog.work(
            lambda done, failed, moved: context.background.run(job, done, failed, moved)
        )
        return made


class PacksMadeDialog(Dialog):
    """The packs that were made: pages, what could not be found, the hash; opens their folder."""

    def __init__(self, context: AppContext, parent: QWidget, packs: Sequence[EvidencePack]) -> None:
        super().__init__(context.theme, parent, _("The evidence pack is made"), width=_WIDTH)
        for pack in packs:
            words = _("{folder}: {files} files, {pages} pages")
            self.add_sentence(
                words.format(folder=pack.folder, files=len(pack.manifest.files), pages=pack.pages)
            )
            self.add_sentence(f"SHA-256  {pack.manifest_sha256}", is_quiet=True)
            for missing in pack.manifest.missing:
                line = Label(context.theme, _("Missing: {file}").format(file=missing),
                             ink=Ink.WARN, wrap=True)  # fmt: skip
                self.body.addWidget(line)
        self.add_sentence(
            _("Write the hash of the manifest down: who has the pack can be held to it."),
            is_quiet=True,
        )
        hashes = "\n".join(f"{pack.folder.name}  {pack.manifest_sha256}" for pack in packs)
        self._foot.insertWidget(
            0, CopyButton(context.theme, _("Copy the hash"), lambda: hashes, shortcut="Ctrl+C")
        )
        self._foot.addWidget(
            FolderButton(
                context.theme, _("Open folder"), packs[0].folder
                if len(packs) == 1 else packs[0].folder.parent, shortcut="Ctrl+O",
            )
        )  # fmt: skip
        self.add_verb("", _("Close"), kind=Kind.PRIMARY, is_default=True)


def make_packs(context: AppContext, parent: QWidget, unit_ids: Sequence[int]) -> bool:
    """Have the packs of houses made; tell whether any was."""
    dialog = EvidenceDialog(context, parent, unit_ids)
    dialog.ask()
    if not dialog.stored:
        return False
    PacksMadeDialog(context, parent, dialog.stored).ask()
    return True


def check_pack(context: AppContext, parent: QWidget) -> None:
    """Ask for the folder of a pack and say whether it is as it was made."""
    folder = context.messages.pick_folder(parent, _("Which evidence pack?"))
    if folder is None:
        return

    def job(_progress: Progress) -> PackCheck:
        return verify_evidence(folder)

    title = _("Comparing the pack with its manifest")
    try:
        check: PackCheck = WorkDialog(context.theme, parent, title).work(
            lambda done, failed, moved: context.background.run(job, done, failed, moved)
        )
    except Cancelled:
        return
    except RuleError as refusal:
        context.messages.tell(parent, _("This was not done"), str(refusal))
        return
    if check.is_sound:
        words = _("All {count} files are as they were made.").format(count=check.files)
        context.messages.tell(parent, _("The pack is sound"), words)
        return
    context.messages.tell(parent, _("The pack was changed"), "\n".join(check_lines(check)))


def check_lines(check: PackCheck) -> list[str]:
    """Return what became of the files of a pack, a line for each."""
    return [
        words.format(file=file)
        for words, files in (
            (_("Changed: {file}"), check.changed),
            (_("Missing: {file}"), check.missing),
            (_("Not of the pack: {file}"), check.added),
        )
        for file in files
    ]


def _folder_name(unit: str, day: str) -> str:
    kept = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in unit)
    return _("Evidence {house} {day}").format(house=kept, day=day)


def _columns() -> Sequence[Column]:
    return (
        Column("unit", _lazy("House"), lambda house: house.unit, width=160, stretches=True,
               is_strong=True),
        Column("open", _lazy("Claimed"),
               lambda house: house.preview.open_fen if house.preview else None, CellKind.MONEY,
               width=120),
        Column("rows", _lazy("Records"),
               lambda house: house.preview.rows if house.preview else None, CellKind.COUNT,
               width=70),
        Column("state", _lazy("State"), _state, CellKind.STATUS, width=170),
    )  # fmt: skip


def _state(house: _House) -> Mark:
    if house.preview is None:
        return Mark(_("no claim"), Tone.NEUTRAL)
    count = len(house.preview.lacks)
    if not count:
        return Mark(_("complete"), Tone.OK)
    words = ngettext("{count} thing missing", "{count} things missing", count)
    return Mark(words.format(count=count), Tone.WARN)
