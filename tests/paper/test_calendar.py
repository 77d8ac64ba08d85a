from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil import tz

from app.paper.calendar import calendar, changes

wall = datetime.fromisoformat
STAMP = datetime(2022, 3, 1, 12, tzinfo=UTC)


def event(**changed: Any) -> Any:
    usual = {
        "uid": "agadir-2022@liqaa.example",
        "sequence": 2,
        "start": wall("2022-03-25T09:00"),
        "end": wall("2022-03-26T13:00"),
        "zone": "Africa/Casablanca",
        "summary": "لقاء تواصلي حول برنامج تحسين أداء الجماعات، أكادير؛ اليوم الأول: الافتتاح",
    }
    return {**usual, **changed}


def written(*events: Any, **options: Any) -> bytes:
    return calendar(events or [event()], name="لقاء أكادير", stamp=STAMP, **options)


@pytest.mark.parametrize("zone", ["Africa/Casablanca", "Europe/Paris"])
def test_zone_read_back_by_another_reader_agrees_every_three_hours_of_eight_years(zone: str) -> None:
    source = written(
        event(zone=zone), event(zone=zone, uid="b", start=wall("2021-01-01T00:00"), end=wall("2028-12-31T00:00"))
    )
    read, known = tz.tzical(StringIO(source.decode())).get(zone), ZoneInfo(zone)
    at, differences = datetime(2021, 1, 1, tzinfo=UTC), 0
    while at < datetime(2029, 1, 1, tzinfo=UTC):
        local = at.astimezone(known).replace(tzinfo=None)
        ambiguous = len({local.replace(tzinfo=known, fold=fold).utcoffset() for fold in (0, 1)}) == 2
        if not ambiguous and local.replace(tzinfo=read).utcoffset() != local.replace(tzinfo=known).utcoffset():
            differences += 1
        at += timedelta(hours=3)
    assert differences == 0


def test_change_of_ramadan_2022_is_told_in_the_offset_it_ends() -> None:
    assert b"DTSTART:20220327T030000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000" in written()
    assert b"DTSTART:20220508T020000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100" in written()


def test_changes_a_month_apart_are_both_found() -> None:
    found = changes("Africa/Casablanca", datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC))
    assert [moment.date().isoformat() for moment, _, _ in found] == ["2024-03-10", "2024-04-14"]


def test_lines_end_with_crlf_and_fold_at_75_octets_inside_no_letter() -> None:
    source = written(event(description="سطر أول طويل " * 20 + "\nسطر ثان، وفاصلة؛ وشرطة \\"))
    lines = source.split(b"\r\n")
    assert b"\n" not in source.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode("utf-8")
    read = icalendar.Calendar.from_ical(source).walk("VEVENT")[0]
    assert str(read["DESCRIPTION"]).endswith("\nسطر ثان، وفاصلة؛ وشرطة \\")
    assert str(read["SUMMARY"]) == event()["summary"]


def test_times_stay_wall_times_with_their_zone() -> None:
    assert b"DTSTART;TZID=Africa/Casablanca:20220325T090000\r\n" in written()


def test_cancellation_keeps_the_uid_and_cancels() -> None:
    source = written(event(sequence=3), method="CANCEL")
    assert b"METHOD:CANCEL" in source
    assert b"STATUS:CANCELLED" in source
    assert b"SEQUENCE:3" in source
    assert b"UID:agadir-2022@liqaa.example" in source


def test_mailbox_with_arabic_comma_and_quotes_is_read_back() -> None:
    source = written(event(organizer={"name": "المديرية، العامة", "mail": "papc@dgct.example"}), method="REQUEST")
    organizer = icalendar.Calendar.from_ical(source).walk("VEVENT")[0]["ORGANIZER"]
    assert str(organizer) == "mailto:papc@dgct.example"
    assert organizer.params["CN"] == "المديرية، العامة"


def test_time_with_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="wall-clock"):
        written(event(start=STAMP, end=STAMP))
