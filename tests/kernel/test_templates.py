"""The quicker ways of a page's templates give what Jinja's own give."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import DictLoader, StrictUndefined, Undefined, pass_context, pass_environment, pass_eval_context

from app.kernel.templates import PageContext
from app.kernel.transaction import LiqaaFlask

TEXTS = {
    "parts.html": "{% macro said(word) %}{{ shared }} {{ word }}{{ own }}{% endmacro %}",
    "page.html": "{% from 'parts.html' import said %}{{ said(name) }}",
}


@pytest.fixture
def environment(app: LiqaaFlask) -> Any:
    made = app.jinja_env.overlay(loader=DictLoader(TEXTS), cache_size=10)
    made.context_class, made.template_class = app.jinja_env.context_class, app.jinja_env.template_class
    made.globals = dict(app.jinja_env.globals, shared="one")
    made.undefined = Undefined
    return made


@pytest.mark.parametrize(
    ("mark", "kind"),
    [(pass_context, "PageContext"), (pass_environment, "Environment"), (pass_eval_context, "EvalContext")],
)
def test_function_that_asks_for_its_surroundings_is_given_them(environment: Any, mark: Any, kind: str) -> None:
    @mark  # type: ignore[untyped-decorator]
    def told(surroundings: Any, word: str) -> str:
        return f"{type(surroundings).__name__} {word}"

    class Asking:
        @mark  # type: ignore[untyped-decorator]
        def __call__(self, surroundings: Any, word: str) -> str:
            return told.__wrapped__(surroundings, word) if hasattr(told, "__wrapped__") else told(surroundings, word)

    for asked in (told, Asking()):
        shown = environment.from_string("{% for one in 'x' %}{{ asked('a') }}{% endfor %}").render(asked=asked)
        assert shown == f"{kind} a"


def test_function_that_asks_for_nothing_is_called_as_it_is(environment: Any) -> None:
    class Adder:
        def __call__(self, *words: str, end: str = "") -> str:
            return "+".join(words) + end

    for asked in (lambda *words, end="": "+".join(words) + end, Adder(), Adder().__call__):
        assert environment.from_string("{{ asked('a', 'b', end='.') }}").render(asked=asked) == "a+b."


def test_function_that_runs_out_shows_as_something_undefined(environment: Any) -> None:
    environment.undefined = StrictUndefined
    page = environment.from_string("{{ asked() is defined }}")
    assert isinstance(page.new_context(), PageContext)
    assert page.render(asked=lambda: next(iter(()))) == "False"


def test_macros_of_another_template_know_the_names_all_share_and_those_of_one_page(environment: Any) -> None:
    page = environment.get_template("page.html")
    assert [page.render(name=name) for name in ("a", "b")] == ["one a", "one b"]
    own = environment.overlay(cache_size=10).get_template("page.html", globals={"own": ", its own"})
    assert [own.render(name=name) for name in ("c", "d")] == ["one c, its own", "one d, its own"]
