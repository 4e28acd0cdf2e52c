"""Print a paper that nobody wants to look at first, on the printer that took this kind last."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from propdesk.i18n import _
from ui.background import Progress
from ui.context import AppContext
from ui.papers import drawing, forget_paper, new_paper, tell_done
from ui.pdf import open_pdf, page_sizes, paper_name
from ui.printers import PrintJob, list_printers, print_file
from ui.printing import Draw


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What was drawn: its kind of paper, the printers, and whether a character is missing."""

    paper: str
    printers: tuple[str, ...]
    lacks_characters: bool


def print_at_once(
    context: AppContext,
    page: QWidget,
    title: str,
    draw: Draw,
    *,
    on_made: Callable[[], object],
    on_failed: Callable[[], object],
    on_unprintable: Callable[[], object],
) -> None:
    """Draw a paper and send one copy to the printer, all in the background.

    `on_made` is called when a printer has taken it, `on_failed` when one did not take it whole,
    `on_unprintable` where it must be looked at: there is no printer, or no font has a character.
    """
    file = new_paper(context)

    def make(progress: Progress) -> _Drawn:
        drawn = drawing(context, lambda _progress: draw(file))(progress)
        paper = paper_name(page_sizes(open_pdf(file))[0])
        return _Drawn(paper, list_printers().names, bool(drawn.replaced_characters))

    def made(drawn: _Drawn) -> None:
        kept = context.memory.recall(f"printer/{drawn.paper}")
        if not drawn.printers or drawn.lacks_characters:
            forget_paper(file)
            on_unprintable()
            return
        printer = kept if kept in drawn.printers else drawn.printers[0]
        job = PrintJob(file, str(printer), 1, title)
        context.background.run(
            lambda progress: print_file(job, progress), lambda _done: sent(job), refused
        )

    def sent(job: PrintJob) -> None:
        forget_paper(file)
        words = _("«{title}» was sent to {printer}").format(title=title, printer=job.printer)
        on_made()
        tell_done(context, page, words)

    def refused(error: BaseException) -> None:
        forget_paper(file)
        context.explain(page, _("This was not printed"), error)
        on_failed()

    def undrawn(error: BaseException) -> None:
        context.explain(page, _("This paper cannot be drawn"), error)

    context.background.run(make, made, undrawn)
