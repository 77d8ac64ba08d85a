"""Each rule for style sheets finds the declaration it is there for; our own sheets keep them all."""

from pathlib import Path

import pytest

from tests.lint.css import lint_css

SHEETS = sorted((Path(__file__).resolve().parents[2] / "app/static/css").rglob("*.css"))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_our_style_sheet_is_for_both_directions(path: Path) -> None:
    assert lint_css(path.read_text("utf-8"), path.name) == []


BAD = [
    "margin-left: 1rem",
    "padding-right: 0",
    "border-left: 1px solid",
    "border-right-color: red",
    "border-top-left-radius: 4px",
    "left: 0",
    "text-align: right",
    "text-align: justify",
    "float: left",
    "transform-origin: top left",
    "margin: 0 1rem 0 2rem",
    "inset: 0 auto 0 0",
    "border-radius: 4px 0 0 4px",
    "border-radius: 4px 0",
    "letter-spacing: .05em",
    "font-style: italic",
    "font: italic 1rem/1.5 serif",
    "text-transform: uppercase",
]


@pytest.mark.parametrize("declaration", BAD)
def test_declaration_of_one_direction_is_found(declaration: str) -> None:
    assert len(lint_css(f"p {{ color: red; {declaration} }}")) == 1
    assert len(lint_css(f"@media (width > 40em) {{ @layer x {{ p {{ {declaration} }} }} }}")) == 1
    assert len(lint_css(f".a {{ & > .b {{ {declaration} }} }}")) == 1


@pytest.mark.parametrize(
    "declaration",
    [
        "margin-inline-start: 1rem",
        "margin: 0 1rem 2rem",
        "padding: 1px 2px 3px 2px",
        "inset-inline-end: 0",
        "text-align: start",
        "border-radius: 4px",
        "border-radius: 4px 4px 0 0",
        "letter-spacing: 0",
        "text-transform: none",
        "font-style: normal",
        "overflow-x: auto",
        "transition: left-edge 1s",
        "grid-area: left",
    ],
)
def test_declaration_for_both_directions_is_left_alone(declaration: str) -> None:
    assert lint_css(f"p {{ {declaration} }}") == []


def test_capitals_and_spacing_of_latin_letters_alone_are_left_alone() -> None:
    assert lint_css(":lang(fr) th, th:not(:lang(ar)) { text-transform: uppercase; letter-spacing: .05em }") == []
    assert len(lint_css("th, :lang(fr) td { text-transform: uppercase }")) == 1
    assert len(lint_css(":lang(fr) th { margin-left: 0 }")) == 1


def test_margins_of_a_printed_page_are_of_the_sheet() -> None:
    assert lint_css("@page { margin-left: 20mm }") == []
