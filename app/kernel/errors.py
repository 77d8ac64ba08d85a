"""Typed refusals: a code, the field it belongs to, and a sentence in the reader's language."""

from __future__ import annotations

import errno
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout


class Refusal(Exception):
    """An act that the rules do not allow now; nothing of it is kept.

    `code` names the sentence `error.<code>` in the catalogue, `field` the form field it stands at, `status` the HTTP
    answer (422 by default), `params` the placeholders of the sentence.
    """

    def __init__(self, code: str, *, field: str | None = None, status: int = 422, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.status = status
        self.params = params

    @property
    def key(self) -> str:
        """The catalogue's key of the sentence."""
        return f"error.{self.code}"


class NotFound(Refusal):
    """What is not there, or not yours: the same answer for both."""

    def __init__(self) -> None:
        super().__init__("not_found", status=404)


class SignInNeeded(Refusal):
    """A page for people who have signed in, asked for by somebody who has not."""

    def __init__(self) -> None:
        super().__init__("sign_in_needed", status=401)


class Unavailable(Refusal):
    """What cannot be done now through no fault of who asks: nothing of it is kept, and the same sent again may pass."""

    def __init__(self, code: str = "unavailable", *, field: str | None = None) -> None:
        super().__init__(code, field=field, status=503)


# No room: SQLITE_FULL, PostgreSQL's disk_full, and what the system says of a full disk or a used-up quota.
_SQLITE_FULL = 13
_POSTGRES_FULL = "53100"
_SYSTEM_FULL = {errno.ENOSPC, errno.EDQUOT}
# SQLITE_BUSY, READONLY, IOERR, CANTOPEN and PROTOCOL.
_SQLITE_AWAY = {5, 8, 10, 14, 15}
# Connection, resources, shutdown, system error; and what is left of a conflict after every try.
_POSTGRES_AWAY = ("08", "53", "57P", "58", "40")


def unavailable(error: BaseException) -> Unavailable | None:
    """The refusal that an error of the disk or of the database amounts to; None when it is a fault of the program."""
    if isinstance(error, PoolTimeout):
        return Unavailable()
    if isinstance(error, DBAPIError):
        return _of_database(error)
    if isinstance(error, OSError) and error.errno in _SYSTEM_FULL:
        return Unavailable("no_room")
    return None


def _of_database(error: DBAPIError) -> Unavailable | None:
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        # The low byte is the kind, the others say where it happened.
        kind = code & 0xFF
        return Unavailable("no_room") if kind == _SQLITE_FULL else Unavailable() if kind in _SQLITE_AWAY else None
    state = getattr(error.orig, "sqlstate", None)
    if state == _POSTGRES_FULL:
        return Unavailable("no_room")
    if error.connection_invalidated or (state or "").startswith(_POSTGRES_AWAY):
        return Unavailable()
    # A server that cannot be reached gives no state at all.
    return Unavailable() if state is None and isinstance(error, OperationalError) else None
