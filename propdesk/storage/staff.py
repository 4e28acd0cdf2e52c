"""Departments and the people who work in the office."""

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from propdesk.storage.database import OfficeTable


class DepartmentRecord(OfficeTable):
    """A department that work is dispatched to."""

    code = TextField(unique=True)
    name = TextField(unique=True)
    position = IntegerField()

    class Meta:
        table_name = "department"


class StaffRecord(OfficeTable):
    """A staff member; whoever left stays, inactive, because the journal names him."""

    code = TextField(unique=True)
    name = TextField(unique=True)
    department = ForeignKeyField(DepartmentRecord, null=True, on_delete="RESTRICT")
    role = TextField()
    active = BooleanField(default=True)

    department_id: int | None

    class Meta:
        table_name = "staff"
