"""Sentences to say and to write, as far as an office says otherwise than the program."""

from peewee import BooleanField, IntegerField, TextField

from propdesk.storage.database import OfficeTable


class PhraseRecord(OfficeTable):
    """A phrase of the office's own, or one of the program's that it changed or hid."""

    code = TextField(unique=True)
    step = TextField()
    kind = TextField(default="")
    title = TextField(default="")
    text = TextField(default="")
    position = IntegerField(default=0)
    hidden = BooleanField(default=False)

    class Meta:
        table_name = "phrase"
