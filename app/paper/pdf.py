"""PDF documents from typst templates: tagged (PDF/UA-1), with language and title, text in logical order.

A template reads nothing but its own folder and the JSON given to it: no network, no package, no system font. What
each template expects stands in `app.paper.shapes`.
"""

import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from app.paper.bidi import bare, isolate
from app.paper.fonts import folders
from app.paper.qr import qr_path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "paper"
_NAME = re.compile(r"[a-z][a-z_]*")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_local = threading.local()


def render(template: str, data: Mapping[str, Any], *, lang: str, title: str, made: datetime | None = None) -> bytes:
    """Make the PDF of a template and its data, in one language.

    Texts under the key `qr` become QR codes; every other text has its phones, codes, dates and percentages isolated.
    The same template, data and `made` (creation time written into the file) give the same bytes. Raises
    LookupError for a template that does not exist. A document which breaks a rule of PDF/UA-1 because of its data
    (a letter no font has) is still made, tagged, without claiming the standard.
    """
    if not _NAME.fullmatch(template) or not (source := TEMPLATES / f"{template}.typ").is_file():
        raise LookupError(template)
    inputs = {
        "data": json.dumps(_prepare(data, lang), ensure_ascii=False),
        "lang": lang,
        "title": bare(title),
    }
    compiler, stamp = _compiler(), int((made or _EPOCH).timestamp())
    try:
        return _bytes(
            compiler.compile(str(source), format="pdf", sys_inputs=inputs, timestamp=stamp, pdf_standards="ua-1")
        )
    except typst.TypstError as error:
        if "PDF/UA-1 error" not in f"{error.message} {error.diagnostic}":
            raise
        return _bytes(compiler.compile(str(source), format="pdf", sys_inputs=inputs, timestamp=stamp))


def _bytes(made: Any) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("typst gave something else than one document")
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in folders()]
    )


def _compiler() -> typst.Compiler:
    """One compiler a thread: it keeps the fonts and the parsed templates between documents."""
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True)
    compiler: typst.Compiler = _local.compiler
    return compiler


def _prepare(value: Any, lang: str, key: str = "") -> Any:
    """The data as typst reads them: QR codes drawn, texts isolated, no value that JSON does not know."""
    if isinstance(value, Mapping):
        return {name: _prepare(inner, lang, name) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_prepare(inner, lang, key) for inner in value]
    if not isinstance(value, str):
        return value
    if key == "qr":
        if not value:
            return None
        size, path = qr_path(value)
        return {"size": size, "path": path, "text": value}
    return isolate(value, lang)
