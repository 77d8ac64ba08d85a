"""The list of bodies at the start, and other lists."""

from collections import Counter

import pytest

from app.kernel.text import clean
from app.territory.seed import KINDS, ListRefused, read_list, read_seed


def test_seed_holds_the_territory_of_the_kingdom() -> None:
    seed = read_seed()
    counts = Counter(body.kind for body in seed.bodies)
    assert (counts["region"], counts["province"] + counts["prefecture"], counts["commune"]) == (12, 75, 1503)
    assert set(counts) <= set(KINDS)


def test_seed_has_one_body_a_code_and_parents_first() -> None:
    seen: set[str] = set()
    for body in read_seed().bodies:
        assert body.code not in seen
        assert body.parent is None or body.parent in seen
        assert body.name_ar
        assert body.name_fr
        assert len(body.code) <= 20
        seen.add(body.code)


def test_aliases_belong_to_bodies_and_are_clean() -> None:
    seed = read_seed()
    codes = {body.code for body in seed.bodies}
    rows = [(alias.code, alias.text) for alias in seed.aliases]
    assert len(rows) == len(set(rows))
    assert {code for code, _ in rows} <= codes
    assert all(text == clean(text) for _, text in rows)


def test_another_list_is_read_with_its_aliases() -> None:
    text = (
        "\ufeffcode,kind,name_ar,name_fr,parent,aliases\nx1,group,مجموعة,Groupe,,A|مجموعة ب\nx2,commune,,Sousse,x1,\n"
    )
    seed = read_list(text, source="test")
    assert [(body.code, body.parent, body.name_ar) for body in seed.bodies] == [
        ("x1", None, "مجموعة"),
        ("x2", "x1", "Sousse"),
    ]
    assert [(alias.lang, alias.text) for alias in seed.aliases] == [("fr", "A"), ("ar", "مجموعة ب")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b\n1,2\n", "list_columns"),
        ("code,kind,name_ar,name_fr\n", "list_empty"),
        ("code,kind,name_ar,name_fr\n,commune,أ,A\n", "list_code_missing"),
        ("code,kind,name_ar,name_fr\n1,village,أ,A\n", "list_kind_unknown"),
        ("code,kind,name_ar,name_fr\n1,commune,,\n", "list_name_missing"),
        ("code,kind,name_ar,name_fr\n1,commune,أ,A\n1,commune,ب,B\n", "list_code_twice"),
        ("code,kind,name_ar,name_fr,parent\n1,commune,أ,A,9\n", "list_parent_unknown"),
        ("code,kind,name_ar,name_fr,population\n1,commune,أ,A,many\n", "list_number"),
    ],
)
def test_list_with_a_fault_is_refused_by_code(text: str, code: str) -> None:
    with pytest.raises(ListRefused) as refused:
        read_list(text, source="test")
    assert refused.value.code == code
