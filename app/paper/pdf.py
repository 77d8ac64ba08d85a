"""PDF documents from typst templates: tagged (PDF/UA-1), with language and title, text in logical order.

A template reads nothing but its own folder and the JSON given to it: no network, no package, no system font. What
each template expects stands in `app.paper.shapes`.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.paper.bidi import bare, isolate
from app.paper.fonts import folders
from app.paper.qr import qr_path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "paper"
LONGEST = 120  # seconds a document may take before it is given up
_ENGINE = Path(__file__).resolve().parent / "engine.py"
_NAME = re.compile(r"[a-z][a-z_]*")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class PaperError(RuntimeError):
    """The template could not be compiled with these data; the message is typst's, for the log and not for people."""


def render(template: str, data: Mapping[str, Any], *, lang: str, title: str, made: datetime | None = None) -> bytes:
    """Make the PDF of a template and its data, in one language.

    Texts under the key `qr` become QR codes; every other text has its phones, codes, dates and percentages isolated.
    The same template, data and `made` (creation time written into the file) give the same bytes. A document which
    breaks a rule of PDF/UA-1 because of its data (a letter no font has) is still made, tagged, without claiming the
    standard. Runs in a child process; raises LookupError for a template that does not exist, PaperError when typst
    refuses, subprocess.TimeoutExpired after two minutes.
    """
    if not _NAME.fullmatch(template) or not (source := TEMPLATES / f"{template}.typ").is_file():
        raise LookupError(template)
    order = {
        "root": str(TEMPLATES),
        "source": str(source),
        "fonts": [str(folder) for folder in folders()],
        "stamp": int((made or _EPOCH).timestamp()),
        "inputs": {
            "data": json.dumps(_prepare(data, lang), ensure_ascii=False),
            "lang": lang,
            "title": bare(title),
        },
    }
    return _compiled(json.dumps(order).encode())


def _compiled(order: bytes) -> bytes:
    done = subprocess.run(
        [sys.executable, "-I", str(_ENGINE)], input=order, capture_output=True, timeout=LONGEST, check=False
    )
    if done.returncode:
        raise PaperError(done.stderr.decode(errors="replace"))
    return done.stdout


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
