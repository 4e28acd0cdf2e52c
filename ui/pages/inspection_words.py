"""How rounds and sheets are named on the page: standing, progress, when, state of a sheet."""

from collections.abc import Mapping

from propdesk.domain.findings import Finding
from propdesk.domain.inspection_results import Sheet
from propdesk.domain.rounds import SHIFT_LABELS, STANDING_LABELS, Round, Shift, Standing
from propdesk.domain.staff import RIGHTS, Right, Staff
from propdesk.i18n import _, ngettext
from propdesk.services.inspection_results import Entered
from ui.tables.columns import Mark
from ui.theme import Tone

STANDING_TONES: Mapping[Standing, Tone] = {
    Standing.PLANNED: Tone.NEUTRAL,
    Standing.RUNNING: Tone.INFO,
    Standing.MISSED: Tone.DANGER,
    Standing.DONE: Tone.OK,
    Standing.DONE_LATE: Tone.WARN,
    Standing.CANCELLED: Tone.NEUTRAL,
}


def may(staff: Staff, right: Right) -> bool:
    """Tell whether somebody may, so that what he may not do is not offered."""
    return right in RIGHTS[staff.role]


def standing_mark(round_: Round) -> Mark:
    """Return how a round stands; a missed one that was made up for says so."""
    if round_.made_up_by is not None and round_.standing is Standing.MISSED:
        words = _("Missed, made up") if round_.is_made_up else _("Missed, to make up")
        return Mark(words, Tone.WARN)
    if round_.sheet and round_.standing is Standing.PLANNED:
        return Mark(_("To enter"), Tone.INFO)
    return Mark(str(STANDING_LABELS[round_.standing]), STANDING_TONES[round_.standing])


def time_words(round_: Round) -> str:
    """Return when in the day a round is due."""
    if round_.clock:
        return round_.clock
    return str(SHIFT_LABELS[round_.shift]) if round_.shift is not Shift.ANY else _("all day")


def progress_words(round_: Round) -> str:
    """Return how much of a round is entered: `6/8`; nothing before there is a sheet."""
    return f"{round_.filled}/{round_.items}" if round_.items else ""


def sheet_mark(sheet: Sheet, filled: int) -> Mark:
    """Return the badge of a sheet's head."""
    if sheet.voided_at is not None:
        return Mark(_("Taken back"), Tone.NEUTRAL)
    if all(one.is_done for one in sheet.rounds):
        return Mark(str(STANDING_LABELS[Standing.DONE]), Tone.OK)
    if filled:
        return Mark(str(STANDING_LABELS[Standing.RUNNING]), Tone.INFO)
    return Mark(_("To enter"), Tone.NEUTRAL)


def missed_words(round_: Round) -> str:
    """Return what a sheet says of a missed round, nothing of others and of one made up for."""
    if round_.standing is not Standing.MISSED or round_.made_up_by is not None:
        return ""
    return _("Missed: it was due by {time}").format(time=f"{round_.due_at:%m-%d %H:%M}")


def finding_place(finding: Finding) -> str:
    """Return where a finding was made, in one line."""
    return " ".join(filter(None, (finding.point, finding.where)))


def stored_words(entered: Entered, stored: int) -> str:
    """Return what came of an entry in one line; `stored` is how many cells the sheet has now."""
    sheet = entered.sheet
    words = [_("{number} is stored").format(number=sheet.number)]
    if entered.findings:
        told = ngettext(
            "{count} finding: F9 writes its ticket, F7 goes on",
            "{count} findings: F9 writes the ticket of each, F7 goes on",
            entered.findings,
        )
        words.append(told.format(count=entered.findings))
    left = sheet.items * len(sheet.rounds) - stored
    if left:
        told = ngettext("{count} item is still empty", "{count} items are still empty", left)
        words.append(told.format(count=left))
    return "; ".join(words)
