"""A rapporteur's hands: changes, batches and changes read back, as a capture device makes them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.kernel.database import db, new_id
from app.kernel.transaction import LiqaaFlask
from tests.client import Browser
from tests.world import World

PLACE = "/api/v1/meetings/agadir-2022/workshops/W1"


class Desk:
    """One person at one device of a workshop."""

    def __init__(self, browser: Browser, place: str = PLACE, device: str = "d1") -> None:
        self.browser, self.place, self.device = browser, place, device
        self.numbers = count(1)

    def change(
        self, ident: str, fields: dict[str, Any], base: dict[str, int] | None = None, **more: Any
    ) -> TestResponse:
        body = {"op_id": new_id(), "device_id": self.device, "device_seq": next(self.numbers),
                "client_time": "2022-03-25T15:00:00Z", "base_rev": base or {}, "fields": fields, **more}  # fmt: skip
        return self.browser.send("PUT", f"{self.place}/recommendations/{ident}", body)

    def write(self, text: str, **more: Any) -> str:
        """A new recommendation with this text; gives its id."""
        ident = new_id()
        answer = self.change(ident, {"body.ar": text}, **more)
        assert answer.status_code == 200, answer.json
        return ident

    def act(self, kind: str, ident: str, **data: Any) -> dict[str, Any]:
        """One operation in a batch of its own; gives its answer."""
        return self.batch([self.op(kind, ident, **data)])[0]

    def op(self, kind: str, ident: str, **data: Any) -> dict[str, Any]:
        return {"op_id": new_id(), "kind": kind, "recommendation": ident, "device_id": self.device,
                "device_seq": next(self.numbers), **data}  # fmt: skip

    def batch(self, operations: list[Any]) -> list[dict[str, Any]]:
        answer = self.browser.send("POST", f"{self.place}/operations", operations)
        assert answer.status_code == 200, answer.json
        found: list[dict[str, Any]] = answer.json["operations"]
        return found

    def changes(self, since: int = 0) -> dict[str, Any]:
        answer = self.browser.send("GET", f"{self.place}/changes?since={since}")
        assert answer.status_code == 200, answer.json
        found: dict[str, Any] = answer.json
        return found

    def state(self) -> dict[str, dict[str, Any]]:
        """The recommendations of the workshop by id, as the server has them."""
        return {row["id"]: row for row in self.changes()["recommendations"]}


@pytest.fixture
def sit(browser: Browser, world: World) -> Callable[..., Desk]:
    """A desk of one of the cast, each with a browser and a device of its own."""
    numbers = count(1)

    def take(person: str, workshop: str = "W1", device: str = "") -> Desk:
        own = Browser(browser.app, world).sign_in(person)
        return Desk(own, PLACE.replace("W1", workshop), device or f"d{next(numbers)}")

    return take


@pytest.fixture
def desk(sit: Callable[..., Desk]) -> Desk:
    """The rapporteur of the first workshop."""
    return sit("rapporteur")


@pytest.fixture
def counted(app: LiqaaFlask) -> Callable[[Callable[[], Any]], int]:
    """How many statements an act sends to the database."""

    def count_of(act: Callable[[], Any]) -> int:
        seen: list[str] = []
        listener = lambda *arguments: seen.append(arguments[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        try:
            act()
        finally:
            event.remove(db.engine, "before_cursor_execute", listener)
        return len([one for one in seen if not one.startswith("PRAGMA")])

    return count_of
