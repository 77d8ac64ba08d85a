"""Templates as Jinja knows them, with what it asks again at every call and every import asked once.

A page makes some three hundred calls and takes macros from a dozen other templates; both are looked at below by what
they are, and by Jinja's own way wherever they are anything else.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any

from flask import Flask
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.utils import internalcode


class PageContext(Context):
    """A context that calls plain functions, and what `callable_as_it_is` marks, without asking for more."""

    @internalcode
    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """As `Context.call`: nothing is handed over where nothing was asked for."""
        kind = type(__obj)
        plain = not hasattr(__obj, "jinja_pass_arg") if kind is FunctionType else kind in _AS_IT_IS
        if not plain or "_loop_vars" in kwargs or "_block_vars" in kwargs:
            return super().call(__obj, *args, **kwargs)
        try:
            return __obj(*args, **kwargs)
        except StopIteration:
            return super().call(__obj, *args, **kwargs)


class PageTemplate(Template):
    """A template that remembers which names all templates share."""

    _shared: frozenset[str] | None = None

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if ctx is None or self._module is None:
            return super()._get_default_module(ctx)
        if self._shared is None:
            self._shared = frozenset(self.globals)
        # As a rule the template that imports this one has the same names for all, and nothing has to be made anew.
        return self._module if ctx.globals_keys == self._shared else super()._get_default_module(ctx)


_AS_IT_IS: set[type] = set()


def callable_as_it_is(kind: type) -> None:
    """Say of a class that its instances ask for no context when a template calls them."""
    _AS_IT_IS.add(kind)


def init_app(app: Flask) -> None:
    """Make the app's templates of these kinds."""
    app.jinja_env.context_class = PageContext
    app.jinja_env.template_class = PageTemplate
