"""A jobs worker to be killed, and started again at once: `good`, or one of two broken twins.

`careless` commits what a job does apart from "done"; `leaseless` holds a job for ever once it has claimed it.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app import create_app
from app.jobs.registry import Task, handler
from app.jobs.worker import Worker
from app.kernel import journal
from app.kernel.access import SYSTEM
from app.kernel.transaction import transaction

KIND = "test.effect"
WORK = 0.02


def act(task: Task) -> None:
    journal.record("test.happened", ("job", task.id), actor=SYSTEM, clock=task.clock)
    time.sleep(WORK)


def act_carelessly(task: Task) -> None:
    with transaction():
        journal.record("test.happened", ("job", task.id), actor=SYSTEM, clock=task.clock)
    time.sleep(WORK)


def main(how: str) -> None:
    app = create_app()
    handler(KIND, outside=how == "careless")(act_carelessly if how == "careless" else act)
    lease = timedelta(days=3650) if how == "leaseless" else timedelta(seconds=1)
    while True:
        if os.fork() == 0:
            with app.app_context():
                Worker(lease=lease).run_forever()
        os.wait()


if __name__ == "__main__":
    main(sys.argv[1])
