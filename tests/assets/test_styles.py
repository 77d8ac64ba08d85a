"""Style sheets: short, contrast as measured, nothing from elsewhere. Directions and Arabic: tests/lint/test_css.py."""

import re
from pathlib import Path

import pytest

from tests.assets.conftest import ROOT, Assets

CSS = sorted((ROOT / "app/static/css").rglob("*.css"))


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_sheet_is_short_enough_to_be_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


def test_built_assets_ask_nothing_of_another_host(assets: Assets) -> None:
    for name in assets.manifest:
        if name.endswith((".css", ".svg")):
            text = assets.path(name).read_text()
            assert set(re.findall(r"(?:https?:)?//[\w.-]+", text)) <= {"http://www.w3.org"}
        elif name.endswith(".js"):
            assert (
                re.findall(r"""(?:fetch|import|importScripts)\(\s*["'`](?:https?:)?//""", assets.path(name).read_text())
                == []
            )


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def themes() -> dict[str, dict[str, str]]:
    """The colours of both themes; the dark one over the light one."""
    text = (ROOT / "app/static/css/tokens.css").read_text()
    light, dark, chosen = (
        dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", part))
        for part in re.split(r'@media \(prefers-color-scheme: dark\)|\n\[data-theme="dark"\]', text)
    )
    assert dark == chosen, "the dark theme is written twice and must say the same twice"
    return {"light": light, "dark": light | dark}


TEXTS = ("text", "muted", "link", "green", "terra", "ochre", "blue", "red")
PAIRS = [
    *((ink, ground, 4.5) for ink in TEXTS for ground in ("ground", "surface", "sunken")),
    *((ink, f"{ink}-soft", 4.5) for ink in ("green", "terra", "ochre", "blue", "red")),
    ("on-green", "green", 4.5),
    ("on-green", "green-hover", 4.5),
    ("surface", "terra", 4.5),
    *(("edge", ground, 3.0) for ground in ("ground", "surface", "sunken")),
    *(("focus", ground, 3.0) for ground in ("ground", "surface", "sunken")),
    *((f"m-{mark}", "surface", 3.0) for mark in ("verified", "reported", "progress", "blocked", "none")),
    *(("bar-ink", f"m-{mark}", 4.5) for mark in ("verified", "reported", "progress", "blocked")),
    ("bar-ink-none", "m-none", 4.5),
    ("tile-ink", "tile-1", 4.5),
    ("tile-ink", "tile-2", 4.5),
    ("tile-ink-2", "tile-3", 4.5),
    ("tile-ink-2", "tile-4", 4.5),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_contrast_of_a_pair_of_colours_reaches_level_double_a(theme: str, ink: str, ground: str, least: float) -> None:
    colours = themes()[theme]
    assert contrast(colours[ink], colours[ground]) >= least
