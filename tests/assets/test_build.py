"""The build writes every asset once, the same each time, within the budgets of the pages."""

import gzip
from pathlib import Path

import pytest

from tests.assets.conftest import ROOT, Assets, build

STATIC = ROOT / "app/static"
KILO = 1024


def packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def test_build_names_every_entry_font_and_picture_in_the_manifest(assets: Assets) -> None:
    entries = {path.name for kind in ("css", "js") for path in (STATIC / kind / "entries").iterdir()}
    pictures = {path.name for path in (STATIC / "icons").iterdir()}
    assert entries | pictures | {"zxing_reader.wasm"} <= set(assets.manifest)
    assert all(assets.path(name).stat().st_size > 0 for name in assets.manifest)


def test_build_twice_gives_the_same_names_and_bytes(assets: Assets, tmp_path: Path) -> None:
    again = build(tmp_path)
    assert again.manifest == assets.manifest
    for name in assets.manifest:
        assert again.path(name).read_bytes() == assets.path(name).read_bytes()


@pytest.mark.parametrize(
    ("names", "most"),
    [
        (["app.css"], 14 * KILO),
        (["app.css", "work.css"], 20 * KILO),
        (["live.css"], 14 * KILO),
        (["public.js"], 10 * KILO),
        (["app.js"], 40 * KILO),
        (["sprite.svg"], 8 * KILO),
    ],
)
def test_packed_size_of_a_page_s_assets_within_its_budget(assets: Assets, names: list[str], most: int) -> None:
    assert sum(packed(assets.path(name)) for name in names) <= most


def test_arabic_faces_together_at_most_sixty_kilobytes(assets: Assets) -> None:
    faces = [name for name in assets.manifest if name.startswith("fonts/liqaa-arabic")]
    assert len(faces) == 2
    assert sum(assets.path(name).stat().st_size for name in faces) <= 60 * 1000


def test_fonts_and_decoder_are_not_kept_in_the_repository() -> None:
    kept = [path for path in STATIC.rglob("*") if path.suffix in {".woff", ".woff2", ".ttf", ".otf", ".wasm"}]
    assert [path for path in kept if "dist" not in path.parts] == []


def test_lock_of_packages_names_no_registry() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
