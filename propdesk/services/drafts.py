"""Half-typed forms that survive a crash and a change of tab (decision 33)."""

from collections.abc import Mapping
from datetime import datetime

from propdesk.services.parts.writing import local, writing
from propdesk.storage.office import DraftRecord


def keep_draft(form: str, fields: Mapping[str, str], *, now: datetime) -> None:
    """Store what has been typed into a form so far."""
    with writing():
        DraftRecord.insert(
            form=form, fields=dict(fields), saved_at=local(now)
        ).on_conflict_replace().execute()


def get_draft(form: str) -> tuple[Mapping[str, str], datetime] | None:
    """Return what was typed into a form and when it was kept, or None."""
    row = DraftRecord.get_or_none(DraftRecord.form == form)
    return None if row is None else (row.fields, row.saved_at)


def drop_draft(form: str) -> None:
    """Forget a form's draft: it was stored or thrown away."""
    with writing():
        DraftRecord.delete().where(DraftRecord.form == form).execute()
