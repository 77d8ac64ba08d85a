"""One transaction a request: begun as its marker says, committed once, and nothing runs after the commit.

A refusal or an answer of 400 and above rolls back. On a deadlock or a serialisation failure the whole request is run
again in a fresh session, twice at most. Outside requests (commands, jobs, tests) `transaction()` is the one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import DBAPIError

from app.kernel import access, journal, ready
from app.kernel.database import begin, db
from app.kernel.errors import unavailable

TRIES = 3
# PostgreSQL's serialisation failure and deadlock; SQLite says "database is locked" only after its busy time-out.
RETRIED = {"40001", "40P01"}


class LiqaaFlask(Flask):
    """A Flask whose every request is one transaction."""

    def dispatch_request(self) -> Any:
        """Admit, run and commit the request; the answer leaves only after the commit."""
        if request.routing_exception is not None:
            self.raise_routing_exception(request)
        view = self.view_functions.get(request.endpoint or "")
        if getattr(view, "outside_transaction", False) or request.endpoint == "static":
            return super().dispatch_request()
        marker = access.marker_of(view)
        access.check_method(marker)
        assert marker is not None
        if prepare := getattr(view, "prepare", None):
            prepare()
        args = dict(request.view_args or {})
        for tries in range(1, TRIES + 1):
            try:
                return self._one_try(marker, super().dispatch_request)
            except DBAPIError as error:
                if tries == TRIES or not marker.writes or getattr(error.orig, "sqlstate", None) not in RETRIED:
                    raise
                request.view_args = dict(args)
        raise AssertionError("unreachable")

    def _one_try(self, marker: access.Access, run: Callable[[], Any]) -> Response:
        # Several requests may share one application context, as they do in tests.
        for leftover in ("actor", "etag", "shelf"):
            g.pop(leftover, None)
        db.session.remove()  # A page of a refusal may have read in the session that was rolled back.
        begin("write" if marker.writes else "read")
        try:
            access.admit(marker)
            answer = ready.answer(marker) or self.make_response(run())
            ready.keep(answer)
            if marker.writes and answer.status_code < 400:
                _commit()
            else:
                _roll_back()
        except BaseException:
            _roll_back()
            raise
        return answer


def outside_transaction(view: Any) -> Any:
    """Mark a view that opens and closes its own sessions (event streams, health)."""
    view.outside_transaction = True
    return view


def prepared_by(prepare: Callable[[], None]) -> Callable[[Any], Any]:
    """Run `prepare` before the view's transaction begins: hashing, parsing and other slow work leave it in `g`."""

    def mark(view: Any) -> Any:
        view.prepare = prepare
        return view

    return mark


def keep_on_refusal(act: Callable[[], None]) -> None:
    """Run `act` in a transaction of its own if this one is rolled back (counters of failed attempts)."""
    db.session.info.setdefault("kept", []).append(act)


@contextmanager
def transaction(*, writes: bool = True) -> Iterator[None]:
    """One transaction outside a request; commits at the end, rolls back on any error."""
    begin("write" if writes else "read")
    try:
        yield
        if writes:
            _commit()
        else:
            db.session.rollback()
    except BaseException:
        _roll_back()
        raise
    finally:
        db.session.remove()


def _commit() -> None:
    """Write the journal's buffered entries and commit; the only place that does."""
    db.session.flush()
    journal.write_entries()
    db.session.info.pop("kept", None)
    db.session.commit()


def _roll_back() -> None:
    kept = db.session.info.pop("kept", [])
    journal.forget_entries()
    db.session.rollback()
    if not kept:
        return
    db.session.remove()
    try:
        begin("write")
        for act in kept:
            act()
        _commit()
    except Exception as error:
        db.session.rollback()
        if unavailable(error):
            raise  # Nobody is told "refused" of what was to be kept and is not: the same sent again will be.
        current_app.logger.exception("what was to be kept of a refused request could not be")
