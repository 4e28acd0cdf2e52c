"""Meters and readings in a real office: entered, changed, voided, what was used (law.md 1.6)."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.meter_readings import ReadingDraft
from propdesk.domain.meters import MeterDraft, MeterKind, ReadingKind
from propdesk.domain.staff import Role
from propdesk.services import meter_readings, meters, staff
from propdesk.services.parts.meter_usage import meter_usages, usage_between
from propdesk.services.parts.writing import writing
from propdesk.services.queries.meter_readings import (
    get_reading,
    list_meter_readings,
    list_reading_photos,
    list_resting_costs,
    list_unit_readings,
)
from propdesk.services.queries.meters import find_meter, get_stop, list_meters, list_stops, meter_of
from propdesk.services.queries.staff import find_department
from propdesk.storage.charging import FeeItemRecord, SharedCostRecord
from propdesk.storage.database import database, rows

WATER = MeterDraft(MeterKind.WATER, date(2026, 1, 1), "W-501", first_milli=100_000)


def day(month: int, number: int = 25) -> date:
    return date(2026, month, number)


@pytest.fixture
def meter(world, act):
    return meters.add_meter(WATER, unit_id=world.home.id, **act())


@pytest.fixture
def enter(act):
    def how(meter, *figures, **more):
        drafts = [
            ReadingDraft(meter.id, on, None if whole is None else whole * 1000, **more)
            for on, whole in figures
        ]
        return meter_readings.enter_readings(drafts, **act())

    return how


def used(world, from_on, until_on, kind=MeterKind.WATER):
    found = usage_between(kind.value, from_on, until_on)
    return [one.usage_milli for one in found.get(world.home.id, ())]


def month(number: int) -> tuple[date, date]:
    return date(2026, number, 1), date(2026, number + 1, 1) - timedelta(days=1)


def test_each_month_has_what_was_used_up_to_its_own_reading(world, meter, enter):
    enter(meter, (day(1), 110), (day(2), 125), (day(3), 130))
    # 110 - 100 from the installation, 125 - 110, 130 - 125; April has no reading.
    assert [used(world, *month(n)) for n in (1, 2, 3, 4)] == [[10_000], [15_000], [5_000], [None]]
    # A quarter is the sum of its months.
    assert used(world, date(2026, 1, 1), date(2026, 3, 31)) == [30_000]


def test_a_change_of_meter_is_the_rest_of_the_old_and_the_count_of_the_new(
    world, meter, enter, act
):
    enter(meter, (day(1), 110))
    new = meters.exchange_meter(
        meter.id,
        replace(WATER, number="W-502", installed_on=day(2, 10), first_milli=3_000),
        last_milli=118_000,
        version=meter.version,
        **act(),
    )
    enter(new, (day(2), 9))
    # The old one counted from 110 to 118, the new one from 3 to 9.
    assert used(world, *month(2)) == [8_000, 6_000]
    assert new.replaces_id == meter.id
    assert [one.id for one in list_meters(unit_id=world.home.id)] == [new.id]
    with pytest.raises(RuleError) as refusal:
        meter_readings.enter_readings([], by=world.worker.id, now=world.now)
    assert refusal.value.code == "not-allowed"
    later = enter(meter, (day(3), 200))
    assert [one.code for one in later.refused] == ["meter-gone"]


def test_what_an_estimate_charged_too_much_is_taken_off_at_the_meter_that_follows(
    world, meter, enter, act
):
    enter(meter, (day(1), 110), (day(2), 120))
    assert enter(meter, (day(3), None)).entered[0].value_milli == 130_000  # 20 in 55 days: 10.2
    new = meters.exchange_meter(
        meter.id,
        replace(WATER, number="W-502", installed_on=day(4, 10), first_milli=0),
        last_milli=126_000,  # 4 less than estimated
        version=meter.version,
        **act(),
    )
    enter(new, (day(4), 10), (day(5), 30))
    assert used(world, *month(3)) == [10_000]
    assert used(world, *month(4)) == [0, 6_000]  # 10 - 4
    assert used(world, *month(5)) == [20_000]
    april = usage_between("water", *month(4))[world.home.id]
    assert [one.trued_milli for one in april] == [-4_000, 4_000]


def test_a_meter_that_turned_over_long_ago_counts_on(world, meter, enter, act):
    high = meters.add_meter(
        MeterDraft(MeterKind.GAS, date(2026, 1, 1), digits=5, first_milli=99_990_000),
        unit_id=world.home.id,
        **act(),
    )
    enter(high, (day(1), 5), turned=1)
    enter(high, (day(2), 12), (day(3), 20))
    assert used(world, *month(1), MeterKind.GAS) == [15_000]
    assert used(world, *month(3), MeterKind.GAS) == [8_000]


def test_a_meter_of_the_building_is_counted_by_itself(world, enter, act):
    building = rows("SELECT id FROM building WHERE name = '3'")[0][0]
    common = meters.add_meter(
        MeterDraft(MeterKind.ELECTRICITY, date(2026, 1, 1), "E-3", multiplier_milli=40_000),
        building_id=building,
        **act(),
    )
    enter(common, (day(1), 12))
    assert meter_usages([common.id], *month(1))[common.id].usage_milli == 480_000
    assert common.where == "3栋"


def test_one_bad_row_does_not_lose_the_others(world, meter, enter, act):
    other = meters.add_meter(
        MeterDraft(MeterKind.WATER, date(2026, 1, 1), "W-12"), unit_id=world.villa.id, **act()
    )
    result = meter_readings.enter_readings(
        [
            ReadingDraft(meter.id, day(1), 90_000),  # below the first figure
            ReadingDraft(other.id, day(1), 7_000),
            ReadingDraft(meter.id, date(2027, 1, 1), 130_000),
            ReadingDraft(9_999, day(1), 1_000),
        ],
        **act(),
    )
    assert [one.meter_id for one in result.entered] == [other.id]
    assert [(one.place, one.code) for one in result.refused] == [
        (0, "reading-below"),
        (2, "reading-early"),
        (3, "meter-unknown"),
    ]


def test_the_same_reading_twice_adds_nothing_and_another_needs_a_reason(world, meter, enter, act):
    enter(meter, (day(1), 110))
    assert enter(meter, (day(1), 110)).known == 1
    assert [one.code for one in enter(meter, (day(1), 111)).refused] == ["reading-exists"]
    draft = ReadingDraft(meter.id, day(1), 111_000)
    meter_readings.enter_readings([draft], correction="typed wrong", **act())
    lines = list_meter_readings(meter.id, with_voided=True)
    assert [(one.reading.value_milli, one.void_reason) for one in lines] == [
        (111_000, ""),
        (110_000, "typed wrong"),
    ]


def test_a_deviation_is_told_and_not_refused(world, meter, enter):
    # 24 days 10, 31 days 13, 28 days 12: about 0.42 a day; 31 days make 13.
    enter(meter, (day(1), 110), (day(2), 123), (day(3), 135))
    odd = enter(meter, (day(4), 200)).entered[0]
    assert odd.is_odd
    assert odd.used_milli == 65_000
    # the mean: 35 in 83 days; 31 days make 13.07; 65 is 397 % more
    assert odd.deviation == 397
    assert not enter(meter, (day(5), 220)).entered[0].is_odd


def test_a_reversed_meter_needs_a_note(world, meter, enter):
    refused = enter(meter, (day(1), 90), kind=ReadingKind.REVERSED).refused
    assert [one.code for one in refused] == ["reversed-unexplained"]
    enter(meter, (day(1), 90), kind=ReadingKind.REVERSED, note="built in the wrong way round")
    assert used(world, *month(1)) == [10_000]


def test_without_readings_nothing_is_estimated(world, meter, enter):
    assert [one.code for one in enter(meter, (day(1), None)).refused] == ["no-mean"]


def test_a_voided_reading_stays_and_needs_a_reason(world, meter, enter, act):
    first = enter(meter, (day(1), 110)).entered[0]
    with pytest.raises(DraftError):
        meter_readings.void_reading(first.id, reason=" ", **act())
    line = meter_readings.void_reading(first.id, reason="wrong meter", **act())
    assert line.void_reason == "wrong meter"
    assert list_meter_readings(meter.id) == ()
    with pytest.raises(RuleError) as refusal:
        meter_readings.void_reading(first.id, reason="again", **act())
    assert refusal.value.code == "reading-voided"


def test_a_reading_that_others_need_is_not_voided(world, act, enter):
    high = meters.add_meter(
        MeterDraft(MeterKind.GAS, date(2026, 1, 1), first_milli=99_990_000),
        unit_id=world.home.id,
        **act(),
    )
    first = enter(high, (day(1), 5), turned=1).entered[0]
    enter(high, (day(2), 12))
    with pytest.raises(RuleError) as refusal:
        meter_readings.void_reading(first.id, reason="x", **act())
    assert refusal.value.code == "reading-below"


def _bill(world, meter, from_on, until_on):
    item = rows("SELECT id FROM fee_item WHERE code = 'w'")
    working = json.dumps({"meter": {"from": from_on.isoformat(), "until": until_on.isoformat()}})
    with writing():
        if not item:
            database.execute_sql(
                "INSERT INTO fee_item (code, name, formula, income, charges, unit_kinds, "
                "meter_kind, line_months, billed_months, due_month, due_day, partial, rounding, "
                "position, is_active, note, version) VALUES ('w', '水费', 'meter', 'collected', "
                "'all', '[]', 'water', 1, 1, 0, 1, 'by-day', 'fen-half-up', 1, 1, '', 1)"
            )
            item = rows("SELECT id FROM fee_item WHERE code = 'w'")
        database.execute_sql(
            "INSERT INTO bill (unit_id, fee_item_id, kind, from_on, until_on, due_on, amount_fen, "
            "settled_fen, meter_id, external, working, note, entered_at, staff_id, void_reason) "
            "VALUES (?, ?, 'charge', ?, ?, ?, 4500, 0, ?, '', ?, '', '2026-03-01T09:00:00', ?, '')",
            (world.home.id, item[0][0], from_on.isoformat(), until_on.isoformat(),
             until_on.isoformat(), meter.id, working, world.desk.id),
        )  # fmt: skip


def test_a_reading_that_a_bill_rests_on_is_not_voided_silently(world, meter, enter, act):
    one, two, three = enter(meter, (day(1), 110), (day(2), 125), (day(3), 130)).entered
    _bill(world, meter, day(1), day(2))
    for billed in (one, two):
        with pytest.raises(RuleError, match=r"水费 2026-01-25–2026-02-25 45\.00") as refusal:
            meter_readings.void_reading(billed.id, reason="typed wrong", **act())
        assert refusal.value.code == "reading-billed"
    meter_readings.void_reading(three.id, reason="typed wrong", **act())
    again = [ReadingDraft(meter.id, day(2), 126_000)]
    refused = meter_readings.enter_readings(again, correction="typed wrong", **act()).refused
    assert [one.code for one in refused] == ["reading-billed"]
    meter_readings.void_reading(two.id, reason="bill is void too", despite_bills=True, **act())
    assert get_reading(two.id).voided_at is not None


def _cost(world, building, share_by, usage_milli):
    """Enter a cost of February that the building shares."""
    code = {"area": "gt", "usage": "w"}[share_by]
    item = FeeItemRecord.get_or_none(code=code) or FeeItemRecord.create(
        code=code, name="公摊", formula="shared", income="collected", charges="all", unit_kinds=[],
        meter_kind="water" if code == "w" else "", line_months=1, billed_months=1, due_month=0,
        due_day=31, partial="whole", rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip
    return SharedCostRecord.create(
        fee_item=item.id, building=building, from_on=day(2, 1), until_on=day(2, 28),
        total_fen=120_000, usage_milli=usage_milli, share_by=share_by, entered_at=world.now,
        staff=world.desk.id,
    )  # fmt: skip


def test_r98_a_reading_that_a_shared_cost_rests_on_is_not_voided_silently(world, meter, enter, act):
    building = rows("SELECT id FROM building WHERE name = '3'")[0][0]
    common = meters.add_meter(
        MeterDraft(MeterKind.ELECTRICITY, date(2026, 1, 1), "E-3"), building_id=building, **act()
    )
    hanging = enter(common, (day(1, 5), 10), (day(1), 60), (day(2), 110), (day(3), 170)).entered
    own = enter(meter, (day(1), 110), (day(2), 125), (day(3), 130)).entered
    _cost(world, building, "area", 50_000)
    # February is the reading of 25 February less that of 25 January.
    assert [bool(list_resting_costs(one.id)) for one in hanging] == [False, True, True, False]
    assert [bool(list_resting_costs(one.id)) for one in own] == [False, False, False]
    with pytest.raises(RuleError, match=r"公摊 2026-02-01–2026-02-28 1,200\.00") as refusal:
        meter_readings.void_reading(hanging[2].id, reason="typed wrong", **act())
    assert refusal.value.code == "reading-shared"
    meter_readings.void_reading(hanging[2].id, reason="x", despite_bills=True, **act())
    _cost(world, building, "usage", None)
    assert [bool(list_resting_costs(one.id)) for one in own] == [True, True, False]
    SharedCostRecord.update(voided_at=world.now).execute()
    assert list_resting_costs(hanging[1].id) == ()


def test_f46_a_meter_that_cannot_be_is_refused(world, meter, act):
    with pytest.raises(DraftError):
        meters.add_meter(replace(WATER, digits=2), unit_id=world.home.id, **act())
    with pytest.raises(RuleError) as refusal:
        meters.add_meter(WATER, unit_id=world.villa.id, **act())
    assert refusal.value.code == "meter-number-taken"
    early = replace(WATER, number="", installed_on=date(2027, 1, 1))
    with pytest.raises(RuleError) as refusal:
        meters.add_meter(early, unit_id=world.home.id, **act())
    assert refusal.value.code == "meter-early"


def test_a_correction_keeps_the_readings_countable(world, meter, enter, act):
    enter(meter, (day(1), 110))
    with pytest.raises(RuleError) as refusal:
        meters.change_meter(
            meter.id, replace(WATER, first_milli=111_000), version=meter.version, **act()
        )
    assert refusal.value.code == "reading-below"
    with pytest.raises(RuleError) as refusal:
        meters.change_meter(
            meter.id, replace(WATER, installed_on=day(3)), version=meter.version, **act()
        )
    assert refusal.value.code == "reading-before-meter"
    changed = meters.change_meter(
        meter.id, replace(WATER, place="kitchen"), version=meter.version, **act()
    )
    assert (changed.place, changed.version) == ("kitchen", meter.version + 1)
    with pytest.raises(RuleError) as refusal:
        meters.change_meter(meter.id, WATER, version=meter.version, **act())
    assert refusal.value.code == "changed-meanwhile"


def test_a_meter_is_taken_out_with_its_last_figure(world, meter, enter, act):
    enter(meter, (day(2), 120))
    out = {"version": meter.version, **act()}
    for last, on_day, code in (
        (119_000, day(3), "reading-below"),
        (130_000, day(1), "meter-read-later"),
        (130_000, date(2027, 1, 1), "meter-early"),
    ):
        with pytest.raises(RuleError) as refusal:
            meters.remove_meter(meter.id, last_milli=last, on_day=on_day, **out)
        assert refusal.value.code == code
    gone = meters.remove_meter(meter.id, last_milli=130_000, on_day=day(3), **out)
    assert gone.removed_on == day(3)
    assert used(world, *month(3)) == [10_000]
    with pytest.raises(RuleError) as refusal:
        meter_of(MeterKind.WATER, unit_id=world.home.id)
    assert refusal.value.code == "meter-unknown"
    assert find_meter("W-501").id == meter.id
    assert [one.used_milli for one in list_unit_readings(world.home.id)] == [20_000]


def test_the_way_of_the_reader_goes_house_by_house(world, meter, enter, act):
    villa = meters.add_meter(
        MeterDraft(MeterKind.WATER, date(2026, 1, 1), "W-12"), unit_id=world.villa.id, **act()
    )
    enter(meter, (day(1), 110), (day(2), 125))
    stops = list_stops(day(2), kind=MeterKind.WATER)
    assert [stop.meter.id for stop in stops] == [meter.id, villa.id]
    home = stops[0]
    assert (home.building, home.entrance) == ("3", "2")
    assert list_stops(world.now.date())[0].owner == "张伟丰"
    assert home.last.value_milli == 110_000
    assert home.read.value_milli == 125_000
    assert home.used_milli(home.read) == 15_000
    assert stops[1].last.value_milli == 0
    assert get_stop(meter.id, day(3)).last.value_milli == 125_000


def test_photos_of_a_meter_hang_on_its_reading(world, meter, enter, act, tmp_path):
    reading = enter(meter, (day(1), 110)).entered[0]
    photo = tmp_path / "meter.png"
    Image.new("RGB", (40, 30), "white").save(photo)
    added, refused = meter_readings.add_reading_photos(world.office, reading.id, [photo], **act())
    assert (len(added), refused) == (1, ())
    assert get_reading(reading.id).photos == 1
    again, _refused = meter_readings.add_reading_photos(world.office, reading.id, [photo], **act())
    assert again == ()
    meter_readings.remove_reading_photo(added[0].id, **act())
    assert list_reading_photos(reading.id) == ()
    with pytest.raises(RuleError):
        meter_readings.remove_reading_photo(added[0].id, **act())


def test_law_1_6_guards_take_no_part(world, meter, act):
    guard = staff.add_staff(
        "保安", by=world.desk.id, role=Role.FRONT_DESK, department_id=find_department("security").id
    )
    with pytest.raises(RuleError) as refusal:
        meter_readings.enter_readings([ReadingDraft(meter.id, day(1), 110_000)], **act(guard))
    assert refusal.value.code == "guards-no-fees"
