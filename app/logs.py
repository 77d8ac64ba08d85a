"""One JSON line an event on standard error, without tokens, mail addresses or phones."""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

from config import Settings

# What opens something or names somebody, wherever it stands in a line.
HIDDEN = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "[mail]"),
    (re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d)(?:\+|00)?\d[\d .-]{7,16}\d(?![\w-])"), "[phone]"),
    (re.compile(r"(?i)(bearer\s+|[?&](?:ticket|token|wall|_key)=)[^\s&\"']+"), r"\1[token]"),
    # Links that are keys carry an id, a point and a token of 24 letters; short-lived ones are longer.
    (re.compile(r"(?<=[/.=\s\"'])[A-Za-z0-9_-]{24,}(?:\.[A-Za-z0-9_-]+)*(?=[/?&\s\"'.]|$)"), "[token]"),
)
_requests = logging.getLogger("liqaa.request")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def scrubbed(text: str) -> str:
    """The text without addresses, phones and secrets; ids of things stay, for they open nothing by themselves."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found.group())
        return f"\x00{len(kept) - 1}\x00"

    text = _UUID.sub(keep, text)
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    return re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found.group(1))], text)


def _scrub(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if isinstance(value, str) and name not in {"timestamp", "level", "id"}:
            event[name] = scrubbed(value)
    return event


def init_logs(app: Flask, settings: Settings) -> None:
    """Send everything that logs (ours, Flask's, the server's) through one formatter; tests keep their own."""
    if settings.testing:
        return
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True), structlog.stdlib.PositionalArgumentsFormatter(),
    ]  # fmt: skip
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(), wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )  # fmt: skip
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.format_exc_info,
                _scrub, structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )  # fmt: skip
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level)
    app.logger.handlers = []
    app.logger.propagate = True
    logging.getLogger("alembic").setLevel(logging.WARNING)
    app.before_request(_begin)
    app.after_request(_finish)


def _begin() -> None:
    g.began = time.perf_counter()


def _finish(answer: Response) -> Response:
    # The endpoint, not the address: an address may be somebody's link.
    if _requests.isEnabledFor(logging.INFO) and request.endpoint not in {"static", "health.alive", "health.ready"}:
        spent = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
        structlog.get_logger("liqaa.request").info(
            "request", method=request.method, endpoint=request.endpoint, status=answer.status_code, ms=spent
        )
    return answer
