"""Who is the same person, and who only shares a telephone or a name."""

from typing import Any

import pytest

from app.participants.importing import KnownPerson, Row
from tests.participants.importing.sheets import flags, rows_of, workbook

HEADING = ["Nom complet", "Commune", "Tél", "E-mail"]


def people(*lines: list[Any]) -> list[Row]:
    return rows_of(workbook(("L", [HEADING, *lines])))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد بنعلي", "Ahmed BENALI"),
        ("Ahmed BENALI", "BENALI Ahmed"),
        ("Ahmed BENALI", "Ahmed BEN ALI"),
        ("A. BENALI", "Ahmed BENALI"),
        ("هشام الوزاني", "Hicham OUAZZANI"),
        ("عبد الرحيم بن الطيب", "Abderrahim BENTAYEB"),
        ("Mohamed EL IDRISSI", "Mohammed IDRISSI"),
        ("Youssef MRABET", "Yusuf MRABET"),
        ("BENALI", "Ahmed BENALI"),
    ],
)
def test_common_telephone_and_agreeing_names_are_one_person(one: str, other: str) -> None:
    first, second = people([one, "Tiznit", "0600000101"], [other, "Tiznit", "+212 600-000101"])
    assert (first.outcome, second.outcome) == ("new", "duplicate")
    assert second.duplicate_of == {"sheet": "L", "row": 2}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ahmed BENALI", "Mohamed BENALI"),
        ("Fatima ALAMI", "Fatiha ALAMI"),
        ("Hassan ALAMI", "Hanane ALAMI"),
        ("أحمد بنعلي", "Mohamed BENALI"),
        ("فاطمة بنعلي", "Ahmed BENALI"),
        ("Karim TAZI", "Salma RIFI"),
        ("عمر العمراني", "عمر الفيلالي"),
    ],
)
def test_common_telephone_and_other_names_are_a_shared_contact(one: str, other: str) -> None:
    rows = people([one, "Tiznit", "0600000101"], [other, "Tiznit", "0600000101"])
    assert [row.outcome for row in rows] == ["new", "new"]
    assert all("shared_contact" in flags(row) for row in rows)


def test_duplicates_of_duplicates_point_at_the_first_row() -> None:
    rows = people(
        ["Ahmed BENALI", "Tiznit", "0600000101", ""],
        ["Ahmed BENALI", "Tiznit", "0600000101", "a@b.example"],
        ["أحمد بنعلي", "", "", "A@B.example"],
    )
    assert [row.duplicate_of for row in rows] == [None, {"sheet": "L", "row": 2}, {"sheet": "L", "row": 2}]


def test_same_name_and_commune_is_proposed_unless_contacts_contradict() -> None:
    rows = people(
        ["Malika OUCHEN", "Tafraout", "0600000101"],
        ["مليكة أوشن", "تافراوت", ""],
        ["Malika OUCHEN", "Tafraout", "0600000102"],
        ["Malika OUCHEN", "Agadir", ""],
    )
    assert [row.outcome for row in rows] == ["new", "duplicate", "new", "new"]
    assert ["possible_duplicate" in flags(row) for row in rows] == [False, True, True, False]


def test_known_person_likely_but_not_sure_is_a_duplicate_of_the_participant() -> None:
    known = KnownPerson(id="p9", name_ar="مليكة أوشن", body_id="id-09.581.01.05", phones=("+212600000101",))
    rows = rows_of(workbook(("L", [HEADING, ["Malika OUCHEN", "Tafraout", ""]])), existing=[known])
    assert (rows[0].outcome, rows[0].duplicate_of) == ("duplicate", {"participant": "p9"})


def test_namesakes_without_body_or_contact_are_only_flagged() -> None:
    rows = people(["Ahmed BENALI", "", "", ""], ["Ahmed BENALI", "", "", ""])
    assert [row.outcome for row in rows] == ["new", "new"]
    assert "possible_duplicate" in flags(rows[1])


def test_switchboard_of_a_whole_commune_still_finds_who_stands_twice() -> None:
    consonants = [a + b for a in "bdfjklmnrstz" for b in "bdfjklmnrstz" if a != b]
    lines = [[f"{a[0].upper()}a{a[1]}i {b[0].upper()}ou{b[1]}a", "Tiznit", "0528000001"]
             for a, b in zip(consonants, reversed(consonants), strict=True)]  # fmt: skip
    rows = people(*lines, lines[100])
    assert {row.outcome for row in rows[:-1]} == {"new"}
    assert rows[-1].duplicate_of == {"sheet": "L", "row": 102}
