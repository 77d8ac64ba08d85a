from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from app.paper import fonts
from app.paper.pdf import PaperError, render
from tests.paper.edition import ARABIC, FRENCH, HASH
from tests.paper.papers import EVERY, LINK, LIST, MEETING, SIGNATURE
from tests.paper.reading import codes_on, pages_of, text_of

ALL = {**EVERY, "report": ARABIC}


def claims_ua(pdf: bytes) -> bool:
    return b"pdfuaid:part" in PdfReader(BytesIO(pdf)).root_object["/Metadata"].get_data()


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_paper_is_accessible_and_says_its_language_and_title(name: str, lang: str) -> None:
    made = render(name, ALL[name], lang=lang, title=f"{name} \u2068لقاء\u2069")
    read = PdfReader(BytesIO(made))
    assert claims_ua(made)
    assert read.root_object["/Lang"].startswith(lang)
    assert read.metadata is not None
    assert read.metadata.title == f"{name} لقاء"


@pytest.mark.parametrize("name", ["signature", "list", "letter", "onepager", "certificate", "report"])
def test_arabic_text_is_read_back_in_logical_order(name: str) -> None:
    text = text_of(render(name, ALL[name], lang="ar", title=name))
    expected: dict[str, list[str]] = {
        "signature": ["محمد عبد الله الإدريسي", "لائحة الحضور", "صفحة 1 من"],
        "list": ["محمد عبد الله الإدريسي", "06 61 23 45 67", "+212 528-84 22 33", "Jean-Baptiste MARTINEZ"],
        "letter": ["05 28 00 00 26", "7K3M-PX9D", "15/DGCT", "إلى السيد رئيس مجلس جماعة آيت ملول"],
        "onepager": ["2022/2", "التزمت الجماعة بتنفيذ", "بلا جواب", "متأخر"],
        "certificate": ["محمد عبد الله الإدريسي", "Mohammed Abdallah EL IDRISSI"],
        "report": ["محمد عبد الله الإدريسي", "06 61 23 45 67", "45%", "2022-03-26", "2022/2", "المحتويات", "الأجل"],
    }
    for words in expected[name]:
        assert words in text, (words, text)


@pytest.mark.parametrize("name", [name for name in EVERY if name != "tents"])
def test_code_on_a_paper_is_read_back(name: str) -> None:
    pages = pages_of(render(name, EVERY[name], lang="ar", title=name))
    assert codes_on(pages[0]) == [LINK]


def test_columns_of_a_long_sheet_are_headed_on_every_page_and_pages_counted() -> None:
    read = PdfReader(BytesIO(render("signature", SIGNATURE, lang="ar", title="لائحة الحضور")))
    assert len(read.pages) >= 3
    text = text_of(render("signature", SIGNATURE, lang="ar", title="لائحة الحضور"))
    assert text.count("الاسم الكامل") == len(read.pages)
    assert f"صفحة 2 من {len(read.pages)}" in text


def test_sheet_may_lie_across() -> None:
    box = (
        PdfReader(BytesIO(render("signature", {**SIGNATURE, "landscape": True}, lang="fr", title="x")))
        .pages[0]
        .mediabox
    )
    assert box.width > box.height


def test_list_without_rows_says_so() -> None:
    empty = {**LIST, "groups": [], "lines": 0, "empty": "لا يوجد أي مشارك بعد."}
    assert "لا يوجد أي مشارك بعد" in text_of(render("list", empty, lang="ar", title="x"))


def test_report_has_cover_contents_numbered_recommendations_and_telegram_apart() -> None:
    made = render("report", ARABIC, lang="ar", title=ARABIC["title"])
    pages = [text_of_page(made, at) for at in range(len(PdfReader(BytesIO(made)).pages))]
    assert "النشرة 1" in pages[0]
    assert HASH[:4] in pages[0]
    assert HASH[-4:] in pages[0]
    assert codes_on(pages_of(made)[0]) == [ARABIC["qr"]]
    assert "المحتويات" in pages[1]
    assert [at for at, page in enumerate(pages) if "خديم الأعتاب الشريفة" in page] == [len(pages) - 1]
    assert "2022/3" not in pages[-1]


def test_french_draft_is_marked_and_missing_translation_is_said() -> None:
    text = text_of(render("report", FRENCH, lang="fr", title=FRENCH["title"]))
    assert "PROJET" in text
    assert "Traduction non disponible" in text
    assert "page 2 sur" in text
    assert "تمكين الجماعات من الاطلاع" in text


def test_name_of_sixty_letters_stays_on_its_tent() -> None:
    name = "عبد الرحمان ولد سيدي محمد المختار بن عبد القادر الحسني العلمي"
    made = render("tents", {"meeting": MEETING, "tents": [{"name_ar": name, "name_latin": ""}]}, lang="ar", title="x")
    page = pages_of(made, dpi=50)[0]
    assert len(PdfReader(BytesIO(made)).pages) == 1
    edge = page.crop((0, page.height // 2 + 10, 8, page.height - 20))
    assert min(edge.tobytes()) > 200


def test_letter_that_no_face_has_does_not_stop_the_paper() -> None:
    made = render("certificate", {**EVERY["certificate"], "name": "山田 ⴰⵎⴰⵣⵉⵖ"}, lang="ar", title="x")
    assert made.startswith(b"%PDF")


def text_of_page(pdf: bytes, at: int) -> str:
    writer, out = PdfWriter(), BytesIO()
    writer.add_page(PdfReader(BytesIO(pdf)).pages[at])
    writer.write(out)
    return text_of(out.getvalue())


def test_data_are_never_taken_for_template_code() -> None:
    evil: dict[str, Any] = {**LIST, "title": '#read("/etc/passwd") $x$ *b* @x <a> \\', "groups": []}
    assert '#read("/etc/passwd") $x$ *b* @x' in text_of(render("list", evil, lang="fr", title="x"))


def test_data_a_template_cannot_use_are_refused_and_nothing_is_made() -> None:
    with pytest.raises(PaperError, match="printed"):
        render("list", {"columns": []}, lang="ar", title="x")


def test_tifinagh_face_is_absent_until_the_assets_are_built(tmp_path: Any) -> None:
    assert fonts.build(tmp_path) == []
    assert all(folder.is_dir() for folder in fonts.folders())
