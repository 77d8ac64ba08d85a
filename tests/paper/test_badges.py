from io import BytesIO

import pytest
from pypdf import PdfReader

from app.paper.pdf import render
from tests.paper.people import LONG_AR, LONG_LATIN, badge, crowd, sheet
from tests.paper.reading import codes_on, pages_of, text_of, words_of


@pytest.mark.parametrize("per_sheet", [4, 8])
@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_every_code_of_a_sheet_is_read_back(per_sheet: int, lang: str) -> None:
    pages = pages_of(render("badges", sheet(per_sheet, crowd()), lang=lang, title="شارات"))
    assert len(pages) == 8 // per_sheet
    assert sorted(code for page in pages for code in codes_on(page)) == [entry["qr"] for entry in crowd()]


@pytest.mark.parametrize("per_sheet", [4, 8])
@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_names_and_codes_are_whole_however_long(per_sheet: int, lang: str) -> None:
    made = render("badges", sheet(per_sheet, crowd()), lang=lang, title="شارات")
    text = text_of(made)
    assert "محمد عبد الله" in text
    for entry in crowd():
        assert entry["code"] in text
    for word in [*LONG_LATIN.split(), "Jean-Baptiste", "MARTINEZ"]:
        assert word in text
    letters = words_of(made)
    for word in [*LONG_AR.split(), "الإدريسي"]:
        assert word in letters


def test_document_says_its_language_and_title_and_is_tagged() -> None:
    made = PdfReader(BytesIO(render("badges", sheet(4, [badge(1)]), lang="ar", title="شارات \u2068لقاء\u2069")))
    assert made.metadata is not None
    assert made.metadata.title == "شارات لقاء"
    assert made.root_object["/Lang"].startswith("ar")
    assert made.root_object["/MarkInfo"]["/Marked"]


def test_same_data_give_the_same_bytes() -> None:
    one, two = (render("badges", sheet(4, crowd()), lang="ar", title="شارات") for _ in range(2))
    assert one == two


@pytest.mark.parametrize("name", ["nothing", "../common", "/etc/passwd", "Badges"])
def test_unknown_template_is_not_looked_for_elsewhere(name: str) -> None:
    with pytest.raises(LookupError):
        render(name, {}, lang="ar", title="x")
