import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from app.paper.word import report
from tests.paper.edition import ARABIC, FRENCH


def opened(data: Any, lang: str) -> Any:
    return Document(BytesIO(report(data, lang=lang)))


def test_every_arabic_paragraph_and_run_says_its_direction() -> None:
    document = opened(ARABIC, "ar")
    cells = [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    margins = [p for part in (document.sections[0].header, document.sections[0].footer) for p in part.paragraphs]
    seen = 0
    for paragraph in [*document.paragraphs, *cells, *margins]:
        for run in paragraph.runs:
            if any("\u0600" <= char <= "\u06ff" for char in run.text):
                seen += 1
                assert paragraph._p.pPr.find(qn("w:bidi")) is not None, paragraph.text
                assert run._r.rPr.find(qn("w:rtl")) is not None, run.text
    assert seen > 30


def test_phones_codes_and_dates_are_runs_of_their_own() -> None:
    pieces = {run.text: run for paragraph in opened(ARABIC, "ar").paragraphs for run in paragraph.runs}
    for token in ("06\u00a061\u00a023\u00a045\u00a067", "2022/1", "2022-03-26", "45%", "liqaa.example/agadir-2022"):
        if token in pieces:
            assert pieces[token]._r.rPr.find(qn("w:rtl")) is None
    assert "06\u00a061\u00a023\u00a045\u00a067" in pieces
    assert "2022/1" in pieces


def test_styles_have_faces_and_sizes_for_complex_script() -> None:
    document = opened(ARABIC, "ar")
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Recommendation", "Recommendation facts"):
        properties = document.styles[name].element.rPr
        assert properties.find(qn("w:rFonts")).get(qn("w:cs")) == "Sakkal Majalla", name
        assert int(properties.find(qn("w:szCs")).get(qn("w:val"))) > int(properties.find(qn("w:sz")).get(qn("w:val")))
        assert document.styles[name].element.pPr.find(qn("w:bidi")) is not None


def test_tables_and_section_run_from_right_to_left() -> None:
    document = opened(ARABIC, "ar")
    assert document.tables
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    section = document.sections[0]._sectPr
    order = [child.tag for child in section]
    assert order.index(qn("w:bidi")) < order.index(qn("w:docGrid"))


def test_chapters_are_headings_and_recommendations_carry_their_number() -> None:
    document = opened(ARABIC, "ar")
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "تقديم",
        "برنامج الأشغال",
        "الورشة الأولى",
        "الورشة الثانية",
        "وثائق اللقاء",
        "ملحق 1",
        "برقية الولاء والإخلاص",
    ]
    numbered = [p.text for p in document.paragraphs if p.style.name == "Recommendation"]
    assert [text.split("\t")[0] for text in numbered] == ["2022/1", "2022/2", "2022/3"]
    assert "محمد عبد الله الإدريسي" in "\n".join(p.text for p in document.paragraphs)


def test_page_x_of_y_and_contents_are_fields() -> None:
    made = report(ARABIC, lang="ar")
    inside = zipfile.ZipFile(BytesIO(made))
    footer = "".join(inside.read(name).decode() for name in inside.namelist() if "footer" in name)
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    assert "TOC \\o" in inside.read("word/document.xml").decode()


def test_french_report_has_no_arabic_direction_but_in_arabic_passages() -> None:
    document = opened(FRENCH, "fr")
    for paragraph in document.paragraphs:
        arabic = any("\u0600" <= char <= "\u06ff" for char in paragraph.text)
        directed = paragraph._p.pPr is not None and paragraph._p.pPr.find(qn("w:bidi")) is not None
        assert directed is arabic, paragraph.text
    assert any("Traduction non disponible" in p.text for p in document.paragraphs)
    assert "PROJET" in document.sections[0].header.paragraphs[0].text


@pytest.mark.parametrize(("data", "lang"), [(ARABIC, "ar"), (FRENCH, "fr")])
def test_properties_stand_in_the_order_word_asks_for(data: Any, lang: str) -> None:
    document = opened(data, lang)
    order = [qn(f"w:{name}") for name in ("rFonts", "b", "bCs", "color", "sz", "szCs", "rtl", "lang")]
    for properties in [*document.element.iter(qn("w:rPr")), *document.styles.element.iter(qn("w:rPr"))]:
        places = [order.index(child.tag) for child in properties if child.tag in order]
        assert places == sorted(places)


def test_french_title_of_an_arabic_report_is_left_to_right() -> None:
    other = next(p for p in opened(ARABIC, "ar").paragraphs if p.text == ARABIC["title_other"])
    assert other._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0"


def test_file_names_its_author_and_language() -> None:
    core = opened(ARABIC, "ar").core_properties
    assert core.title == ARABIC["title"]
    assert core.author == "المديرية العامة للجماعات الترابية"
    assert core.language == "ar-MA"
