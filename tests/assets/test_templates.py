"""Templates ask only for drawings that exist and carry nothing the security policy refuses."""

import re
from pathlib import Path

import pytest

from tests.assets.conftest import ROOT

TEMPLATES = ROOT / "app/templates"
PAGES = sorted(
    path for path in TEMPLATES.rglob("*.html") if not {"mail", "paper"} & set(path.relative_to(TEMPLATES).parts)
)
SPRITE = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "app/static/icons/sprite.svg").read_text()))


def name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_template_draws_only_icons_of_the_sprite(path: Path) -> None:
    text = path.read_text()
    drawn = {f"i-{icon}" for icon in re.findall(r"""\bicon\(\s*["']([\w-]+)["']""", text)}
    drawn |= {f"i-{icon}" for icon in re.findall(r"""icon_name=["']([\w-]+)["']""", text)}
    drawn |= {f"g-{mark}" for mark in re.findall(r"""\b(?:glyph|status)\(\s*["']([\w-]+)["']""", text)}
    assert drawn - SPRITE == set()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_template_has_no_inline_style_script_or_handler(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"""\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|<style\b|javascript:""", text) == []
    assert [
        tag for tag in re.findall(r"<script\b[^>]*>", text) if "src=" not in tag and "application/" not in tag
    ] == []
    assert "|safe" not in text.replace(" ", "")


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_template_asks_no_other_host_for_anything(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"""\bsrc=["'](?:https?:)?//""", text) == []
    # A link that people may follow is asked for by nobody else; the licence is named, not loaded.
    loaded = re.findall(r"""<link\b(?![^>]*rel=["']license)[^>]*href=["'](?:https?:)?//""", text)
    assert loaded == []


def test_every_symbol_paints_with_attributes_since_page_styles_do_not_reach_it() -> None:
    text = (ROOT / "app/static/icons/sprite.svg").read_text()
    assert "class=" not in text
    assert "style=" not in text
    assert {"i-search", "g-verified", "khatim", "logo"} <= SPRITE
