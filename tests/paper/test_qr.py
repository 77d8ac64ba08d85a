from io import BytesIO

import pytest
from PIL import Image

from app.paper.qr import QUIET, qr_path, qr_png, qr_svg
from tests.paper.reading import codes_on


@pytest.mark.parametrize("text", ["7K3M-PX9D", "https://liqaa.example/ar/b/7K3MPX9D", "لقاء أكادير"])
def test_png_is_read_back_as_the_text_it_was_made_from(text: str) -> None:
    picture = Image.open(BytesIO(qr_png(text))).convert("L")
    assert codes_on(picture) == [text]


def test_path_covers_the_dark_modules_of_the_picture_and_nothing_else() -> None:
    size, path = qr_path("7K3M-PX9D")
    picture = Image.open(BytesIO(qr_png("7K3M-PX9D", scale=1))).convert("L")
    drawn = set()
    for stroke in path.split("z")[:-1]:
        place, rest = stroke[1:].split("h", 1)
        x, y = (int(part) for part in place.split())
        drawn |= {(x + step, y) for step in range(int(rest.split("v")[0]))}
    dark = {(x, y) for x in range(size) for y in range(size) if picture.getpixel((x, y)) == 0}
    assert drawn == dark


def test_quiet_zone_is_four_modules_on_every_side() -> None:
    size, _ = qr_path("x")
    picture = Image.open(BytesIO(qr_png("x", scale=1))).convert("L")
    assert picture.size == (size, size)
    assert QUIET == 4
    assert min(picture.crop((0, 0, size, QUIET)).tobytes()) == 255
    assert min(picture.crop((0, 0, QUIET, size)).tobytes()) == 255


def test_higher_error_level_gives_a_larger_code() -> None:
    text = "https://liqaa.example/ar/b/7K3MPX9D"
    assert qr_path(text, error="Q")[0] > qr_path(text, error="L")[0]


def test_svg_names_what_it_opens_and_escapes_the_name() -> None:
    drawn = qr_svg("7K3M-PX9D", 'رمز "<b>"')
    assert 'role="img"' in drawn
    assert "<title>رمز &#34;&lt;b&gt;&#34;</title>" in drawn
    assert "<b>" not in drawn
    assert "style" not in drawn
