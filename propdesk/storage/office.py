"""The office's own rows: its mark, settings, half-typed forms and imports."""

from peewee import IntegerField, JSONField, TextField

from propdesk.storage.database import LocalDateTimeField, OfficeTable


class OfficeRecord(OfficeTable):
    """One row: who this file is, so that a backup is never taken for another office's."""

    uid = TextField()
    created_at = LocalDateTimeField()

    class Meta:
        table_name = "office"


class SettingRecord(OfficeTable):
    """An office setting or a remembered column mapping."""

    key = TextField(primary_key=True)
    value = JSONField()

    class Meta:
        table_name = "setting"


class DraftRecord(OfficeTable):
    """A half-typed form; it survives a crash and a change of tab (decision 33)."""

    form = TextField(primary_key=True)
    fields = JSONField()
    saved_at = LocalDateTimeField()

    class Meta:
        table_name = "draft"


class ImportRecord(OfficeTable):
    """One import: which file, by whom, what came of it; undone as a whole (decision 10)."""

    kind = TextField()
    file_name = TextField()
    at = LocalDateTimeField()
    staff_id = IntegerField()
    rows = IntegerField()
    added = IntegerField()
    unchanged = IntegerField()
    rejected = IntegerField()
    undone_at = LocalDateTimeField(null=True)
    undone_staff_id = IntegerField(null=True)
    sha256 = TextField(null=True)

    class Meta:
        table_name = "import"


class ImportChangeRecord(OfficeTable):
    """A value that an import gave to a record that stood before it; undoing takes it back."""

    import_id = IntegerField(index=True)
    record = TextField()
    target = IntegerField()
    field = TextField()
    before = TextField(null=True)
    after = TextField(null=True)

    class Meta:
        table_name = "import_change"
