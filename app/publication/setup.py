"""What templates may call about published texts."""

from __future__ import annotations

from flask import Flask

from app.kernel.clock import stamp
from app.publication.naming import reference
from app.publication.snapshot.reading import said
from app.publication.wording import in_language, told, told_name


def init_app(app: Flask) -> None:
    """Register `told`, `told_name` and `in_language` (markup), `told_plain`, `reference`, and the filter `rfc3339`."""
    app.jinja_env.globals.update(
        told=told, told_name=told_name, told_plain=lambda texts: said(texts)[0], in_language=in_language,
        reference=reference,
    )  # fmt: skip
    app.jinja_env.filters["rfc3339"] = stamp
