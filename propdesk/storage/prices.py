"""Prices of paid work, and what was charged on tickets; money is integer fen."""

from peewee import BooleanField, ForeignKeyField, IntegerField, TextField

from propdesk.storage.database import DayField, OfficeTable
from propdesk.storage.tickets import TicketRecord


class PriceItemRecord(OfficeTable):
    """A line of the price list that is shown to the public."""

    code = TextField(unique=True)
    kind = TextField()
    name = TextField()
    spec = TextField(default="")
    unit = TextField(default="")
    price_fen = IntegerField()
    note = TextField(default="")
    active = BooleanField(default=True)
    since = DayField()
    version = IntegerField(default=1)

    class Meta:
        table_name = "price_item"


class ChargeLineRecord(OfficeTable):
    """A line of material or labour on a ticket; the price stands as it was charged."""

    ticket = ForeignKeyField(TicketRecord, on_delete="RESTRICT")
    position = IntegerField()
    price_item = ForeignKeyField(PriceItemRecord, null=True, on_delete="RESTRICT")
    kind = TextField()
    name = TextField()
    spec = TextField(default="")
    unit = TextField(default="")
    quantity_milli = IntegerField()
    price_fen = IntegerField()
    amount_fen = IntegerField()

    ticket_id: int
    price_item_id: int | None

    class Meta:
        table_name = "charge_line"
        indexes = ((("ticket", "position"), True),)
