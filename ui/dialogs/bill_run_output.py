"""A previewed bill run as a workbook, and one of its views on paper."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.bill_runs import RunPreview
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.i18n import _
from propdesk.services.exporting_bill_runs import export_run_preview
from propdesk.services.offices import working_connection
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.bill_run_views import VIEW_WORDS, View, preview_title
from ui.dialogs.work_dialog import WorkDialog
from ui.tables.columns import FixedRows
from ui.tables.view import RecordTable


def export_preview(context: AppContext, parent: QWidget, preview: RunPreview) -> str:
    """Ask where, and write sums, bills and what is missing; return what to tell the clerk."""
    title = preview_title(preview)
    target = context.messages.pick_target(
        parent, _("Export"), Path.home() / f"{title}.xlsx", "Excel (*.xlsx)"
    )
    if target is None:
        return ""
    by = context.staff.id

    def job(_progress: Progress) -> None:
        with working_connection():
            export_run_preview(preview, target, by=by)

    dialog = WorkDialog(context.theme, parent, _("Exporting {file}").format(file=target.name))
    try:
        dialog.work(lambda done, failed, moved: context.background.run(job, done, failed, moved))
    except Cancelled:
        return ""
    except RuleError as refusal:
        context.messages.tell(parent, _("This was not exported"), str(refusal))
        return ""
    return _("Saved as {file}").format(file=target.name)


def print_view(
    context: AppContext, parent: QWidget, table: RecordTable, view: View, preview: RunPreview
) -> None:
    """Show a view as a paper, as it is seen."""
    from ui.pages.list_export import print_as_seen

    rows = [table.records.row_at(place) for place in range(table.records.rowCount())]
    narrowed = str(VIEW_WORDS[view])
    print_as_seen(context, parent, table, FixedRows(rows), preview_title(preview), narrowed)
