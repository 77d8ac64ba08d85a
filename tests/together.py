"""The same done by several at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask


def together(app: LiqaaFlask, count: int, act: Callable[[int], None]) -> list[BaseException]:
    """Begin `act` in as many threads at one moment, each with its own session; wait for all, and give what failed."""
    ready = threading.Barrier(count)
    failed: list[BaseException] = []

    def run(number: int) -> None:
        with app.app_context():
            try:
                ready.wait(timeout=30)
                act(number)
            except BaseException as error:
                failed.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed
