"""The printers of this PC, and the way of a PDF file to one of them.

On Linux and macOS the file itself goes to the print system, letters and lines as they are. Where
there is none (Windows) its pages are painted at 300 dpi. All of it runs in the background, as a
printer that is switched off somewhere in the house may take its time to say so.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from ui.background import Progress
from ui.pdf import open_pdf, page_sizes, paper_name, render_page

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MOST_COPIES = 20
DPI = 300
_SPOOL_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Printers:
    """The printers that the system knows, its default one first."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What is to be printed where: `title` is its name in the printer's queue."""

    file: Path
    printer: str
    copies: int = 1
    title: str = ""


def list_printers() -> Printers:
    """Ask the system for its printers; may take seconds where one of them is far away."""
    from PySide6.QtPrintSupport import QPrinterInfo

    default = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return Printers(tuple(sorted(names, key=lambda name: (name != default, name))))


def print_file(job: PrintJob, progress: Progress) -> None:
    """Send a PDF file to a printer. Raises RuleError when the print system does not take it."""
    spooler = None if sys.platform == "win32" else shutil.which("lp")
    if spooler is not None:
        _spool(spooler, job)
    else:
        _paint(job, progress)


def spool_command(spooler: str, job: PrintJob) -> list[str]:
    """Return the words of the command that hands the file to the print system."""
    paper = paper_name(page_sizes(open_pdf(job.file))[0])
    return [
        spooler,
        "-d",
        job.printer,
        "-n",
        str(job.copies),
        "-t",
        job.title or job.file.stem,
        "-o",
        f"media={paper}",
        "-o",
        "fit-to-page=false",
        str(job.file.absolute()),  # begins with a slash: never taken for an option
    ]


def _spool(spooler: str, job: PrintJob) -> None:
    command = spool_command(spooler, job)
    try:
        done = subprocess.run(  # noqa: S603 - a list of words and no shell; names are only names
            command, capture_output=True, text=True, timeout=_SPOOL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise _refused(job, _("the print system does not answer")) from None
    if done.returncode != 0:
        reason = done.stderr.strip().removeprefix(f"{spooler}: ").rstrip(".")
        raise _refused(job, reason or f"lp {done.returncode}")


def _refused(job: PrintJob, reason: str) -> RuleError:
    return RuleError(
        "print-refused",
        _(
            "The printer «{printer}» did not take the paper: {reason}. Check that it is switched "
            "on, choose another one, or save the paper as PDF."
        ).format(printer=job.printer, reason=reason),
    )


def _paint(job: PrintJob, progress: Progress) -> None:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info = QPrinterInfo.printerInfo(job.printer)
    if info.isNull():
        raise _refused(job, _("it is not there any more"))
    printer = QPrinter(info)
    printer.setDocName(job.title or job.file.stem)
    rounds = 1
    if printer.supportsMultipleCopies():
        printer.setCopyCount(job.copies)
    else:
        rounds = job.copies
    if not paint_pages(printer, job.file, progress, rounds=rounds):
        raise _refused(job, _("it cannot be written to"))


def paint_pages(printer: "QPrinter", file: Path, progress: Progress, *, rounds: int = 1) -> bool:
    """Paint the pages of a PDF file on a printer, each on paper of its own size, edge to edge.

    `rounds` paints all of them so many times. Return False when the printer cannot be begun.
    """
    document = open_pdf(file)
    sizes = page_sizes(document)
    printer.setResolution(DPI)
    painter = QPainter()
    total = rounds * len(sizes)
    for done in range(total):
        progress(done, total)
        page = done % len(sizes)
        printer.setPageLayout(_layout(sizes[page]))
        if done:
            printer.newPage()
        elif not painter.begin(printer):
            return False
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        room = printer.pageLayout().fullRectPixels(printer.resolution())
        painter.drawImage(room, render_page(document, page, room.size()))
    painter.end()
    return True


def _layout(size: QSizeF) -> QPageLayout:
    """Return the page as the driver wants it: upright paper, turned where the page is broad.

    Margins are nothing: those of the driver would move and shrink a form that has its own.
    """
    orientation = QPageLayout.Orientation
    is_broad = size.width() > size.height()
    upright = size.transposed() if is_broad else size
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    layout = QPageLayout(
        paper, orientation.Landscape if is_broad else orientation.Portrait, QMarginsF()
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout
