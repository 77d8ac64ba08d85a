"""The organisers' own spreadsheet, row by row, against what a careful person makes of it."""

import csv
from collections import Counter

import pytest

from app.participants.importing import FLAGS, KnownPerson, Row, guess_columns, read_workbook
from tests.participants.importing.sheets import DATA, analysed, flags

MESSY = DATA / "participants-messy.xlsx"


def _expected() -> list[dict[str, str]]:
    with (DATA / "participants-expected.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def rows() -> dict[tuple[str, int], Row]:
    return {(row.sheet, row.row): row for row in analysed(MESSY).rows}


def test_messy_list_has_exactly_the_expected_rows_in_file_order(rows: dict[tuple[str, int], Row]) -> None:
    assert list(rows) == [(line["sheet"], int(line["row"])) for line in _expected()]


@pytest.mark.parametrize("line", _expected(), ids=lambda line: f"{line['sheet'][:4]}-{line['row']}")
def test_messy_row_is_read_as_expected(line: dict[str, str], rows: dict[tuple[str, int], Row]) -> None:
    row = rows[line["sheet"], int(line["row"])]
    told = row.as_json()
    first = told["duplicate_of"]
    read = {
        **{name: told[name] for name in ("outcome", "name_ar", "name_latin", "honorific", "category", "body_code")},
        "phone": (told["phones"] or [""])[0],
        "email": told["email"],
        "wishes": ";".join(told["wishes"]),
        "registered_on": told["registered_on"],
        "status": told["status"],
        "duplicate_of": f"{first['sheet']}!{first['row']}" if first else "",
    }
    assert read == {name: line[name] for name in read}
    assert not line["body_match"] or told["body_match"] == line["body_match"]
    assert set(filter(None, line["must_flag"].split(";"))) <= set(told["flags"])


def test_messy_rows_speak_the_contract(rows: dict[tuple[str, int], Row]) -> None:
    for row in rows.values():
        told = row.as_json()
        assert list(told) == [
            "sheet", "row", "outcome", "name_ar", "name_latin", "honorific", "category", "role", "body_code",
            "body_match", "phones", "email", "wishes", "registered_on", "represented_by", "status", "duplicate_of",
            "flags",
        ]  # fmt: skip
        assert told["body_match"] in ("code", "exact", "alias", "proposed", "ambiguous", "none")
        assert set(told["flags"]) <= set(FLAGS)


def test_messy_details_beside_the_expected_columns(rows: dict[tuple[str, int], Row]) -> None:
    sheet = "لائحة المشاركين"
    assert rows[sheet, 29].name_zgh == "ⵎⵓⵃⴰ ⴰⵎⵣⵉⵍ"
    assert rows[sheet, 11].phones == ["+212600000006", "+212528000006"]
    assert rows[sheet, 28].notes == ""
    assert "sensitive_dropped" in flags(rows[sheet, 28])
    assert "body_wrong_province" not in {code for row in rows.values() for code in flags(row)}
    assert not any("J000001" in str(row) for row in rows.values())


def test_messy_summary_counts_what_was_read() -> None:
    analysis = analysed(MESSY)
    summary = analysis.summary
    assert summary["rows"] == 31
    assert Counter(row.outcome for row in analysis.rows) == {
        "new": 20, "duplicate": 9, "reserved": 1, "rejected": 1,
    }  # fmt: skip
    assert [each["state"] for each in summary["sheets"]] == ["read", "read", "hidden"]
    assert summary["sheets"][0]["hidden_columns"] == ["K"]
    assert summary["skipped"]["total"] == 1


def test_wizard_shows_three_samples_a_column_and_no_identity_number() -> None:
    first = guess_columns(read_workbook(MESSY))[0]
    columns = {column.letters: column for column in first.columns}
    assert (first.heading_row, columns["B"].field, columns["E"].field) == (5, "name", "province")
    assert columns["C"].samples == ("رئيس المجلس الجماعي", "Président du conseil communal", "نائبة الرئيس")
    assert (columns["K"].field, columns["K"].samples, columns["K"].hidden) == ("identity", (), True)


def test_same_file_twice_changes_nothing() -> None:
    first = analysed(MESSY)
    known = [
        KnownPerson(
            id=f"p{row.sheet}{row.row}",
            name_ar=row.name_ar,
            name_latin=row.name_latin,
            name_zgh=row.name_zgh,
            honorific=row.honorific,
            category=row.category,
            role=row.role,
            body_id=row.body_id,
            phones=tuple(row.phones),
            email=row.email,
            wishes=tuple(row.wishes),
            registered_on=row.registered_on,
            represented_by=row.represented_by,
            status=row.status,
            reserved=row.outcome == "reserved",
        )
        for row in first.rows
        if row.outcome in ("new", "reserved")
    ]
    again = analysed(MESSY, existing=known)
    assert Counter(row.outcome for row in again.rows) == {"same": 20, "duplicate": 9, "reserved": 1, "rejected": 1}
    seat = next(row for row in again.rows if row.outcome == "reserved")
    assert seat.duplicate_of == {"participant": f"p{seat.sheet}{seat.row}"}


def test_changed_row_tells_each_field() -> None:
    known = KnownPerson(id="p1", name_ar="أحمد بنعلي", phones=("+212600000001",), email="", wishes=("2",))
    row = analysed(MESSY, existing=[known]).rows[0]
    assert (row.outcome, row.duplicate_of) == ("changed", {"participant": "p1"})
    told = {change.field: (change.old, change.new) for change in row.changes}
    assert told["wishes"] == ("2", "1")
    assert told["email"] == ("", "a.benali@agadir.example")
    assert "name_ar" not in told
    assert "phones" not in told
