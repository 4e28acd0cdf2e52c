"""Read and change the office's settings."""

from propdesk.domain.errors import RuleError
from propdesk.domain.settings import OfficeSettings, check_settings
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts import settings as stored
from propdesk.services.parts.actors import actor
from propdesk.services.parts.details import drop_fields
from propdesk.services.parts.due_times import refresh_if_changed
from propdesk.services.parts.repeats import refresh_all_repeats
from propdesk.services.parts.writing import writing
from propdesk.storage.database import rows


def get_settings() -> OfficeSettings:
    """Return the office's settings."""
    return stored.load_settings()


def save_settings(settings: OfficeSettings, *, by: int) -> OfficeSettings:
    """Store changed settings, or refuse with the one thing to change."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        checked = check_settings(settings)
        before = stored.load_settings()
        _check_letters(checked, before)
        stored.store_settings(checked)
        # What the office no longer keeps, it does not keep (PIPL 47).
        drop_fields(set(before.kept_fields) - set(checked.kept_fields))
        if checked.repeat_days != before.repeat_days:
            refresh_all_repeats()
        refresh_if_changed()  # the office hours may be others
        return checked


def _check_letters(wanted: OfficeSettings, present: OfficeSettings) -> None:
    """Refuse letters that stand in another kind's numbers: a number would come twice."""
    for kind, letters in wanted.number_letters.items():
        if letters == present.number_letters[kind]:
            continue
        found = rows(
            "SELECT number FROM ticket WHERE series_kind <> ? "
            "AND '-' || number || '-' GLOB '*[^A-Z]' || ? || '[^A-Z]*' LIMIT 1",
            kind.value,
            letters,
        )
        if found:
            raise RuleError(
                "setting-letters",
                _("The letters {letters} stand in {number} already; choose others.").format(
                    letters=letters, number=found[0][0]
                ),
            )
