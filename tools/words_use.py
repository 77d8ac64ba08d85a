"""Which words the program speaks: the keys its code and templates name, and the sentences its refusals need."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, nodes

from tools.words import ROOT, Word

APP = ROOT / "app"
METHODS = {"plain", "page", "lazy", "forms"}
SPEAKERS = {"t", "text_attrs"}
REFUSALS = {"Refusal"}


@dataclass
class Uses:
    """Keys named whole, beginnings of keys put together, and codes of refusals, each with where it stands."""

    keys: dict[str, str] = field(default_factory=dict)
    beginnings: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    literals: set[str] = field(default_factory=set)


def _speaks(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr in METHODS and isinstance(function.value, ast.Name) and function.value.id == "t"
    return isinstance(function, ast.Name) and function.id in SPEAKERS


def _strings(expression: ast.expr) -> Iterator[tuple[str, bool]]:
    """The strings an expression can be, each with whether it is whole or only a beginning."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value, True
    elif isinstance(expression, ast.IfExp):
        yield from _strings(expression.body)
        yield from _strings(expression.orelse)
    elif isinstance(expression, ast.JoinedStr) and expression.values:
        yield from ((text, False) for text, _whole in _strings(expression.values[0]))
    elif isinstance(expression, ast.BinOp):
        yield from ((text, False) for text, _whole in _strings(expression.left))


def _note(uses: Uses, strings: Iterator[tuple[str, bool]], place: str) -> None:
    for text, whole in strings:
        (uses.keys if whole else uses.beginnings).setdefault(text, place)


def _note_class(uses: Uses, refusal: ast.ClassDef, name: str) -> None:
    """Note the code that a kind of refusal hands to `Refusal` itself."""
    for node in ast.walk(refusal):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "__init__" and node.args:
            for code, whole in _strings(node.args[0]):
                if whole:
                    uses.codes.setdefault(code, f"{name}:{node.lineno}")


def read_python(source: str, name: str, uses: Uses) -> None:
    """Note what a module says."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            uses.literals.add(node.value)
        if isinstance(node, ast.JoinedStr) and node.values:
            uses.literals.update(f"{text}*" for text, _whole in _strings(node.values[0]))
        if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") in REFUSALS for base in node.bases):
            _note_class(uses, node, name)
        if not isinstance(node, ast.Call) or not node.args:
            continue
        place = f"{name}:{node.lineno}"
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if _speaks(node.func):
            _note(uses, _strings(node.args[0]), place)
        if called in REFUSALS:
            for code, whole in _strings(node.args[0]):
                if whole:
                    uses.codes.setdefault(code, place)


def _template_strings(expression: nodes.Node) -> Iterator[tuple[str, bool]]:
    if isinstance(expression, nodes.Const) and isinstance(expression.value, str):
        yield expression.value, True
    elif isinstance(expression, nodes.CondExpr):
        yield from _template_strings(expression.expr1)
        if expression.expr2 is not None:
            yield from _template_strings(expression.expr2)
    elif isinstance(expression, nodes.Concat):
        yield from ((text, False) for text, _whole in _template_strings(expression.nodes[0]))
    elif isinstance(expression, nodes.Add):
        yield from ((text, False) for text, _whole in _template_strings(expression.left))


def read_template(source: str, name: str, uses: Uses) -> None:
    """Note what a template says."""
    tree = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(source)
    uses.literals.update(const.value for const in tree.find_all(nodes.Const) if isinstance(const.value, str))
    for call in tree.find_all(nodes.Call):
        function = call.node
        speaks = isinstance(function, nodes.Name) and function.name in SPEAKERS
        if isinstance(function, nodes.Getattr) and isinstance(function.node, nodes.Name):
            speaks = function.node.name == "t" and function.attr in METHODS
        if speaks and call.args:
            _note(uses, _template_strings(call.args[0]), f"{name}:{call.lineno}")


def read_uses(folder: Path = APP) -> Uses:
    """Everything the program says, from its modules and its templates."""
    uses = Uses()
    for path in sorted(folder.rglob("*.py")):
        read_python(path.read_text("utf-8"), str(path.relative_to(folder.parent)), uses)
    for path in sorted((folder / "templates").rglob("*")):
        if path.is_file() and path.suffix in {".html", ".txt", ".xml", ".svg"}:
            read_template(path.read_text("utf-8"), str(path.relative_to(folder.parent)), uses)
    return uses


def findings(words: list[Word], uses: Uses) -> list[str]:
    """Words that are said and are in no file, and refusals without a sentence."""
    keys = {word.key for word in words}
    found = [f"{place}: no words for {key}" for key, place in uses.keys.items() if key not in keys]
    for start, place in uses.beginnings.items():
        if start and not any(key.startswith(start) for key in keys):
            found.append(f"{place}: no words begin with {start}")
    found += [f"{place}: no sentence error.{code}" for code, place in uses.codes.items() if f"error.{code}" not in keys]
    return found


def warnings(words: list[Word], uses: Uses) -> list[str]:
    """Words of a room's file that nothing says; the design's own file may be ahead of the program."""
    starts = tuple({start for start in uses.beginnings if start} | {s[:-1] for s in uses.literals if s.endswith(".*")})
    said = uses.literals | set(uses.keys) | {f"error.{code}" for code in uses.literals}
    return [
        f"{word.file}: {word.key}: nothing says it"
        for word in words
        if word.file != "design.csv" and word.key not in said and not word.key.startswith(starts)
    ]
