"""Nothing is Agadir's in the code: the meeting of the demonstration is a file, and the house knows no city by name."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from config import ROOT

APP = ROOT / "app"
# The demonstration is that meeting; the territory's data is the list of every commune; built files are made of others.
APART = (APP / "portal" / "demonstration", APP / "territory" / "data", APP / "static" / "dist")
OTHER = re.compile(
    r"agadir|[أا][كڭ]ادير|AGA22|2[56]/03/2022|2022-03-2[56]|2[56] (?:مارس|mars|March) 2022", re.IGNORECASE
)
COMMENTS = {
    ".html": re.compile(r"\{#.*?#\}", re.DOTALL), ".txt": re.compile(r"\{#.*?#\}", re.DOTALL),
    ".css": re.compile(r"/\*.*?\*/", re.DOTALL), ".js": re.compile(r"/\*.*?\*/|^\s*//.*?$|\s//\s.*?$", re.DOTALL | re.MULTILINE),
    ".typ": re.compile(r"//.*?$", re.MULTILINE),
}  # fmt: skip


def what_a_file_does(path: Path) -> str:
    """The file without its comments and docstrings, and of a list of words without the note to translators."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return "\n".join(_strings(ast.parse(text)))
    if path.suffix == ".csv" and path.parent.name == "words":
        rows = csv.DictReader(text.splitlines())
        return "\n".join(value or "" for row in rows for key, value in row.items() if key != "context")
    return COMMENTS[path.suffix].sub("", text) if path.suffix in COMMENTS else text


def _strings(tree: ast.AST) -> Iterator[str]:
    """Every name and text of a module that is no docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = ""  # A docstring says what is meant, and may give an example.
        for name in ("id", "attr", "name", "arg", "module"):
            if isinstance(value := getattr(node, name, None), str):
                yield value
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_code_and_templates_name_nothing_of_the_demonstration() -> None:
    files = [
        path for path in sorted(APP.rglob("*"))
        if path.suffix in {".py", ".html", ".txt", ".typ", ".js", ".css", ".csv", ".svg", ".json"}
        and not any(path.is_relative_to(folder) for folder in APART)
    ]  # fmt: skip

    found = [str(path.relative_to(ROOT)) for path in files if OTHER.search(what_a_file_does(path))]

    assert len(files) > 400
    assert found == []


def test_name_in_code_is_found_and_in_a_comment_or_docstring_is_not(tmp_path: Path) -> None:
    code = tmp_path / "x.py"
    code.write_text('"""As in Agadir."""\n# Agadir\nPLACE = "Agadir"\n', encoding="utf-8")
    assert OTHER.search(what_a_file_does(code))
    code.write_text('"""As in Agadir."""\n# Agadir\nPLACE = ""\n', encoding="utf-8")
    assert not OTHER.search(what_a_file_does(code))
    page = tmp_path / "x.html"
    page.write_text("{# As in Agadir #}<p>لقاء أكادير</p>", encoding="utf-8")
    assert OTHER.search(what_a_file_does(page))
