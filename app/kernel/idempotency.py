"""Nothing happens twice: a repeat with the same key gets the first answer, same status and body.

The answer is stored in the transaction of the act itself, under (scope, key); keys are made by clients (UUIDv7 in a
form's hidden field or in the header `Idempotency-Key`) and kept for `KEPT`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import Response, current_app, make_response, request
from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import String, Text

from app.kernel.access import current_actor
from app.kernel.clock import current_clock
from app.kernel.database import Base, db, new_id
from app.kernel.tokens import hash_token

KEPT = timedelta(days=4)
View = TypeVar("View", bound=Callable[..., Any])


class Answer(Base):
    """The first answer to a key; `key` is stored hashed, for it may open what the answer names."""

    __tablename__ = "idempotent_answer"

    scope: Mapped[str] = mapped_column(String(120), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    actor: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    status: Mapped[int]
    content_type: Mapped[str] = mapped_column(String(80))
    location: Mapped[str | None] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)


_ANSWER: Any = Answer.__table__
_KEEP = insert(_ANSWER)
_FIND = select(_ANSWER).where(_ANSWER.c.scope == bindparam("scope"), _ANSWER.c.key == bindparam("key"))


def new_key() -> str:
    """A key for one act, to stand in the hidden field `_key` of its form."""
    return new_id()


def find(scope: str, key: str) -> Any | None:
    """The stored answer to this key of this actor, if there is one: a row of `Answer`."""
    stored = db.session.connection().execute(_FIND, {"scope": scope, "key": hash_token(key)}).first()
    return stored if stored is not None and stored.actor == _actor() else None


def keep(scope: str, key: str, *, status: int, body: str, content_type: str, location: str | None = None) -> None:
    """Store the first answer, in the transaction of the act; a race on the key fails at the flush."""
    now = current_clock().real_now()
    db.session.flush()  # What the act changed fails with its own name, not with this one's.
    row = {
        "scope": scope, "key": hash_token(key), "actor": _actor(), "at": now, "status": status, "body": body,
        "content_type": content_type, "location": location,
    }  # fmt: skip
    db.session.connection().execute(_KEEP, row)


def idempotent(view: View) -> View:
    """Make a writing view answer a repeated key with its first answer (header `Idempotent-Replay: true`)."""

    @wraps(view)
    def once(*args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key") or request.form.get("_key")
        if not key:
            return make_response(view(*args, **kwargs))
        scope = f"{request.endpoint}|{request.path}"[-120:]
        if stored := find(scope, key):
            return _replay(stored)
        answer = make_response(current_app.ensure_sync(view)(*args, **kwargs))
        if answer.status_code < 400 and request.method == "POST":
            try:
                keep(scope, key, status=answer.status_code, body=answer.get_data(as_text=True),
                     content_type=answer.content_type, location=answer.location)  # fmt: skip
            except IntegrityError:
                # The twin of this request was faster: undo this one and hand out what the twin was told.
                db.session.rollback()
                db.session.info.pop("journal", None)
                if stored := find(scope, key):
                    return _replay(stored)
                raise
        return answer

    return once  # type: ignore[return-value]


def prune(before: datetime) -> int:
    """Forget answers older than `before`."""
    return db.session.execute(delete(Answer).where(Answer.at < before)).rowcount  # type: ignore[attr-defined, no-any-return]


def erase(text: str) -> int:
    """Delete the answers that hold `text` (law 09-08)."""
    return db.session.execute(delete(Answer).where(Answer.body.contains(text, autoescape=True))).rowcount  # type: ignore[attr-defined, no-any-return]


def _replay(stored: Any) -> Response:
    answer = Response(stored.body, status=stored.status, content_type=stored.content_type)
    answer.headers["Idempotent-Replay"] = "true"
    if stored.location:
        answer.headers["Location"] = stored.location
    return answer


def _actor() -> str:
    actor = current_actor()
    return f"{actor.kind}:{actor.id or ''}"[:60]
