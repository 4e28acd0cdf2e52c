"""Questionnaires and meetings."""

from peewee import BooleanField, ForeignKeyField, IntegerField, JSONField, TextField

from propdesk.storage.database import DayField, LocalDateTimeField, OfficeTable
from propdesk.storage.staff import DepartmentRecord, StaffRecord
from propdesk.storage.units import UnitRecord


class SurveyRecord(OfficeTable):
    """A questionnaire as it was asked, from when to when, and how many sheets went out."""

    title = TextField()
    intro = TextField(default="")
    questions = JSONField(default=list)
    from_on = DayField()
    until_on = DayField(null=True)
    handed_out = IntegerField(default=0)
    written_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    closed_at = LocalDateTimeField(null=True)
    version = IntegerField(default=1)

    staff_id: int

    class Meta:
        table_name = "survey"


class SurveySheetRecord(OfficeTable):
    """A sheet that came back; `answers` are the scores in the order of the questions."""

    survey = ForeignKeyField(SurveyRecord, on_delete="RESTRICT")
    position = IntegerField()
    unit = ForeignKeyField(UnitRecord, null=True, on_delete="RESTRICT")
    answers = JSONField(default=list)
    remark = TextField(default="")
    is_valid = BooleanField(default=True)
    entered_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")

    survey_id: int
    unit_id: int | None
    staff_id: int

    class Meta:
        table_name = "survey_sheet"


class MeetingRecord(OfficeTable):
    """A meeting with residents or of the staff; `sections` are its headings and texts."""

    number = TextField(unique=True)
    kind = TextField()
    title = TextField()
    at = LocalDateTimeField()
    place = TextField(default="")
    host = TextField(default="")
    recorder = TextField(default="")
    attendees = JSONField(default=list)
    sections = JSONField(default=dict)
    written_at = LocalDateTimeField()
    staff = ForeignKeyField(StaffRecord, backref="+", on_delete="RESTRICT")
    voided_at = LocalDateTimeField(null=True)
    version = IntegerField(default=1)

    staff_id: int

    class Meta:
        table_name = "meeting"


class MeetingActionRecord(OfficeTable):
    """What a meeting decided to be done; it waits for the improvement board."""

    meeting = ForeignKeyField(MeetingRecord, on_delete="RESTRICT")
    position = IntegerField()
    text = TextField()
    department = ForeignKeyField(DepartmentRecord, null=True, on_delete="RESTRICT")
    responsible = TextField(default="")
    due_on = DayField(null=True)
    needs_improvement = BooleanField(default=False)
    done_on = DayField(null=True)
    result = TextField(default="")

    meeting_id: int
    department_id: int | None

    class Meta:
        table_name = "meeting_action"
