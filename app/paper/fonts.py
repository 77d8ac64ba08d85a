"""Where the letters come from: font packages, and one face converted when the assets are built.

Amiri is the face of running Arabic text because its text can be read back exactly from a PDF; IBM Plex Sans Arabic is
the face of badges, tents and door signs; Noto Sans Tifinagh is there when the assets were built:

    .venv/bin/python -I app/paper/fonts.py node_modules
"""

import sys
from pathlib import Path

import fontpkg_amiri
import fontpkg_ibm_plex_sans_arabic
from fontTools.ttLib import TTFont

BUILT = Path(__file__).resolve().parent.parent / "static" / "dist" / "fonts"


def folders() -> list[Path]:
    """The folders that hold the faces of printed paper; the built one only when it exists."""
    packages = [Path(package.__path__[0]) / "files" for package in (fontpkg_amiri, fontpkg_ibm_plex_sans_arabic)]
    return [*packages, *([BUILT] if BUILT.is_dir() else [])]


def convert(woff2: Path, target: Path) -> None:
    """Unpack a web font into a TrueType file that typst can read; the folder is made, an older file replaced."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with TTFont(woff2) as font:
        font.flavor = None
        font.save(target)


def build(modules: Path, target: Path = BUILT) -> list[Path]:
    """Convert the Tifinagh face of the installed npm packages; return what was written, nothing when absent."""
    folder = modules / "@fontsource" / "noto-sans-tifinagh" / "files"
    written = []
    source = folder / "noto-sans-tifinagh-tifinagh-400-normal.woff2"
    if source.is_file():
        convert(source, target / "noto-sans-tifinagh-400.ttf")
        written.append(target / "noto-sans-tifinagh-400.ttf")
    return written


if __name__ == "__main__":
    build(Path(sys.argv[1]))
