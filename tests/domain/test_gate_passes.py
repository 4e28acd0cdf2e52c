"""The pass for things carried out: a tenant's needs the owner's word (forms.md 5.7)."""

from dataclasses import replace
from datetime import date

from propdesk.domain.gate_passes import (
    GatePassDraft,
    check_gate_pass,
    gate_pass_number,
    needs_confirmation,
)

TODAY = date(2026, 11, 21)
PASS = GatePassDraft("王建", "沙发 1 件", TODAY)


def fields(draft, *, asks_owner=False):
    return [one.field for one in check_gate_pass(draft, today=TODAY, asks_owner=asks_owner)]


def test_r83_a_tenants_things_leave_only_with_the_owners_word():
    assert needs_confirmation(" 王 建".replace(" ", ""), ["王建"], tenant_leaves=False)
    assert needs_confirmation("搬家公司", [], tenant_leaves=True)
    assert not needs_confirmation("搬家公司", ["王建"], tenant_leaves=False)
    assert fields(PASS, asks_owner=True) == ["confirmed_by"]
    assert fields(replace(PASS, confirmed_by="业主 张先生 电话同意"), asks_owner=True) == []
    assert fields(PASS) == []


def test_a_pass_names_carrier_and_things_and_is_for_a_day_to_come():
    assert fields(GatePassDraft("", "", TODAY)) == ["carrier", "items"]
    assert fields(replace(PASS, valid_on=date(2026, 11, 20))) == ["valid_on"]
    assert fields(replace(PASS, carrier_phone="1.38E+10")) == ["carrier_phone"]
    assert fields(replace(PASS, plate="粤" * 201, hours="时" * 201)) == ["plate", "hours"]
    assert gate_pass_number(2026, 7) == "FX-2026-0007"
