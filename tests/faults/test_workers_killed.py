"""Check-ins while web workers are killed: every acknowledged write is there, none is there twice; and the twins."""

from __future__ import annotations

import http.client
import json
import queue
import random
import threading
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import select, text

from app.attendance.models import Attendance, Scan
from app.kernel import journal
from app.kernel.database import db, engine_name
from app.kernel.journal import Entry
from app.kernel.transaction import transaction
from tests.attendance.people import add_person, badge, lend, scan
from tests.faults.conftest import House

PEOPLE = 120
PHONES = 6
KILLS = 5
PATH = "/api/v1/meetings/agadir-2022/checkins"

pytestmark = pytest.mark.slow


class Phones:
    """Phones that send each scan until it is acknowledged; some answers are lost on the way."""

    def __init__(self, house: House, scans: list[dict[str, Any]], headers: dict[str, str]) -> None:
        self.house, self.headers = house, headers
        self.waiting: queue.Queue[dict[str, Any]] = queue.Queue()
        for one in scans:
            self.waiting.put(one)
        self.acknowledged: list[str] = []
        self.threads = [threading.Thread(target=self._run, args=(number,)) for number in range(PHONES)]

    def __enter__(self) -> Phones:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for thread in self.threads:
            thread.join()

    def _run(self, number: int) -> None:
        chance = random.Random(number)
        with suppress(queue.Empty):
            while True:
                one = self.waiting.get_nowait()
                while not self._send(one, lost=chance.random() < 0.25):
                    self.house.pace.wait(0.02)
                self.acknowledged.append(one["scan_id"])

    def _send(self, one: dict[str, Any], *, lost: bool) -> bool:
        """Whether the scan was acknowledged; a lost answer is one that nobody waited for."""
        connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=5)
        headers = {**self.headers, "Content-Type": "application/json"}
        try:
            connection.request("POST", PATH, json.dumps([one]), headers)
            if lost:
                self.house.pace.wait(0.03)
                return False
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _findings(house: House, twin: str) -> list[str]:
    """Serve, kill workers as the acknowledgements grow, then everything at once; start again and compare."""
    people = [add_person(house.world, f"شخص {number}") for number in range(PEOPLE)]
    scans = [scan(badge(person)) for person in people]
    server = house.serve(twin)
    with Phones(house, scans, lend(house.world)) as phones:
        for number in range(1, KILLS + 1):
            for _ in range(6000):
                if len(phones.acknowledged) >= number * PEOPLE // (KILLS + 1):
                    break
                house.pace.wait(0.01)
            if number < KILLS:
                house.kill_one(server)
            else:
                house.kill_all(server)
                server = house.serve(twin)
    house.kill_all(server)
    return _compare({one["scan_id"] for one in scans}, set(phones.acknowledged), people)


def _compare(sent: set[str], acknowledged: set[str], people: list[str]) -> list[str]:
    assert acknowledged == sent
    with transaction(writes=False):
        stored = set(db.session.scalars(select(Scan.scan_id)))
        present = list(db.session.scalars(select(Attendance.participant_id)))
        told = list(db.session.scalars(select(Entry.subject_id).where(Entry.kind == "attendance.checked_in")))
        findings = [f"scan {one} was acknowledged and is lost" for one in acknowledged - stored]
        findings += [f"scan {one} was never sent" for one in stored - sent]
        if sorted(present) != sorted(people) or sorted(told) != sorted(people):
            findings.append(f"{len(present)} present, {len(told)} told, {len(people)} came")
        assert journal.verify()[1] == []
        if engine_name() == "sqlite":
            assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
            assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
    return findings


def test_check_ins_acknowledged_by_killed_workers_are_there_once(house: House) -> None:
    assert _findings(house, "") == []


def test_check_ins_acknowledged_before_the_commit_are_lost(house: House) -> None:
    assert any("lost" in one for one in _findings(house, "early"))


def test_check_ins_without_keys_are_stored_twice(house: House) -> None:
    assert any("never sent" in one for one in _findings(house, "forgetful"))
