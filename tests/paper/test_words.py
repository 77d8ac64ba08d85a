import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest

from app.paper.pdf import render
from app.paper.word import report
from app.paper.words import page_pattern, printed_line
from tests.paper.edition import ARABIC
from tests.paper.papers import LIST
from tests.paper.reading import text_of

MOMENT = datetime(2022, 3, 24, 17, 40, tzinfo=UTC)


@pytest.mark.parametrize(("lang", "expected"), [("ar", "صفحة 1 من 1"), ("fr", "page 1 sur 1"), ("en", "page 1 of 1")])
def test_pattern_of_pages_is_filled_in_every_language(lang: str, expected: str) -> None:
    printed = printed_line(MOMENT, lang=lang, zone="Africa/Casablanca")
    data = {**LIST, "page": page_pattern(lang), "printed": printed}
    text = text_of(render("list", data, lang=lang, title="x"))
    assert expected in text
    assert "18:40" in text


def test_pattern_of_pages_is_filled_in_word() -> None:
    made = report({**ARABIC, "page": page_pattern("ar")}, lang="ar")
    inside = zipfile.ZipFile(BytesIO(made))
    footer = "".join(inside.read(name).decode() for name in inside.namelist() if "footer" in name)
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    assert "{" not in "".join(re.findall(r"<w:t[^>]*>([^<]*)", footer))
