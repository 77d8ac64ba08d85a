"""The contract of check-ins: results, replays, two phones, offline scans (07-protocols section 5)."""

from __future__ import annotations

from typing import Any

import pytest

from app.attendance.models import Attendance, Scan
from app.kernel.database import db
from app.kernel.journal import history
from app.kernel.transaction import transaction
from tests import queries
from tests.attendance.people import MORNING, add_person, badge, code_of, lend, scan, seat, sitting_key
from tests.client import Browser
from tests.world import World

URL = "/api/v1/meetings/agadir-2022/checkins"


class Phone:
    def __init__(self, browser: Browser, world: World, label: str = "الباب 1") -> None:
        self.browser, self.headers = browser, lend(world, label)

    def send(self, *scans: dict[str, Any], status: int = 200) -> Any:
        answer = self.browser.client.post(
            f"{URL}?lang=ar", json=list(scans), headers=self.headers, base_url="http://localhost"
        )
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer.get_json()

    def one(self, **values: Any) -> Any:
        return self.send(scan(**values))[0]


@pytest.fixture
def phone(browser: Browser, world: World) -> Phone:
    return Phone(browser, world)


def attendances() -> list[tuple[str, str]]:
    with transaction(writes=False):
        return [(row.participant_id, row.gate) for row in db.session.query(Attendance)]


def test_badge_of_a_confirmed_person_is_let_in_with_workshop_and_room(phone: Phone, world: World) -> None:
    person = add_person(world)
    seat(world, person)
    item = scan(badge(person))
    assert phone.send(item) == [
        {
            "scan_id": item["scan_id"], "result": "ok", "first": {"at": "2022-03-25T08:14:00Z", "gate": "الباب 1"},
            "person": {"name": "فاطمة الزهراء العلوي", "workshop": "الورشة 3", "room": "القاعة 3"},
        }
    ]  # fmt: skip
    assert attendances() == [(person, "الباب 1")]


def test_typed_code_in_small_letters_with_a_hyphen_is_let_in(phone: Phone, world: World) -> None:
    person = add_person(world)
    code = code_of(person).lower()
    assert phone.one(code=f"{code[:4]}-{code[4:]}")["result"] == "ok"


def test_line_of_the_door_list_chosen_by_name_is_let_in(phone: Phone, world: World) -> None:
    add_person(world, "موحا أمزيل")
    add_person(world, "زهرة بودرار")
    answer = phone.browser.client.get(
        f"/api/v1/meetings/agadir-2022/door-list?list={MORNING}", headers=phone.headers, base_url="http://localhost"
    ).get_json()
    line = next(entry for entry in answer["entries"] if entry["name"] == "زهرة بودرار")
    assert phone.one(ref=line["t"])["person"]["name"] == "زهرة بودرار"


def test_second_phone_with_the_same_badge_hears_when_and_where_it_was_first(browser: Browser, world: World) -> None:
    first, second = Phone(browser, world, "الباب 1"), Phone(browser, world, "الباب 2")
    token = badge(add_person(world))
    first.one(token=token, scanned_at="2022-03-25T08:30:00Z")
    late = second.one(token=token, scanned_at="2022-03-25T08:14:00Z")
    assert (late["result"], late["first"]) == ("already", {"at": "2022-03-25T08:30:00Z", "gate": "الباب 1"})
    assert len(attendances()) == 1


def test_batch_told_twice_gets_the_same_answer_and_counts_once(phone: Phone, world: World) -> None:
    batch = [scan(badge(add_person(world, f"شخص {number}"))) for number in range(5)] + [scan("NO-BADGE")]
    first = phone.send(*batch)
    assert phone.send(*reversed(batch)) == list(reversed(first))
    with transaction(writes=False):
        assert (db.session.query(Scan).count(), db.session.query(Attendance).count()) == (6, 5)


def test_same_scan_twice_in_one_batch_is_answered_alike(phone: Phone, world: World) -> None:
    item = scan(badge(add_person(world)))
    first, second = phone.send(item, item)
    assert first == second
    assert first["result"] == "ok"


def test_offline_scan_is_kept_with_its_own_time(phone: Phone, world: World) -> None:
    token = badge(add_person(world))
    phone.one(token=token, scanned_at="2022-03-25T07:58:31.250Z")
    with transaction(writes=False):
        row = db.session.query(Scan).one()
        assert row.scanned_at.isoformat() == "2022-03-25T07:58:31.250000+00:00"
        assert row.received_at > row.scanned_at


@pytest.mark.parametrize(
    ("status", "result"),
    [("cancelled", "cancelled"), ("declined", "cancelled"), ("waitlisted", "not_confirmed"),
     ("pending_approval", "not_confirmed"), ("invited", "not_confirmed"), ("represented", "represented")],
)  # fmt: skip
def test_somebody_not_expected_is_not_let_in_but_the_scan_is_kept(
    phone: Phone, world: World, status: str, result: str
) -> None:
    answer = phone.one(token=badge(add_person(world, status=status)))
    assert (answer["result"], answer["first"]) == (result, None)
    assert attendances() == []
    with transaction(writes=False):
        assert db.session.query(Scan).one().result == result


def test_forced_entry_is_let_in_and_said_to_be_forced(phone: Phone, world: World) -> None:
    person = add_person(world, status="cancelled")
    assert phone.one(token=badge(person), forced=True)["result"] == "ok"
    with transaction(writes=False):
        assert db.session.query(Scan).one().forced
        assert history("participant", person)[0].values["forced"] is True


def test_represented_badge_names_who_comes_instead(phone: Phone, world: World) -> None:
    titular = add_person(world, "مليكة أوشن", status="represented")
    add_person(world, "إبراهيم أوشن", titular_id=titular)
    assert phone.one(token=badge(titular))["delegate"] == "إبراهيم أوشن"


def test_badge_of_another_meeting_is_named_by_its_meeting_and_by_nothing_else(phone: Phone, world: World) -> None:
    token = badge(add_person(world, meeting="fes"))
    answer = phone.one(token=token, forced=True)
    assert (answer["result"], answer["person"], answer["meeting"]) == ("wrong_meeting", None, "لقاء أكادير")


def test_door_of_another_workshop_sends_to_the_right_one(phone: Phone, world: World) -> None:
    person = add_person(world)
    seat(world, person, "agadir.W3")
    wrong = phone.one(token=badge(person), list=sitting_key(world, "agadir.W1"))
    assert (wrong["result"], wrong["person"]["workshop"]) == ("wrong_workshop", "الورشة 3")
    assert phone.one(token=badge(person), list=sitting_key(world, "agadir.W3"))["result"] == "ok"


def test_person_without_a_seat_may_sit_in_any_workshop(phone: Phone, world: World) -> None:
    assert phone.one(token=badge(add_person(world)), list=sitting_key(world, "agadir.W1"))["result"] == "ok"


def test_altered_badge_is_unknown(phone: Phone, world: World) -> None:
    token = badge(add_person(world))
    assert phone.one(token=token[:-1] + ("A" if token[-1] != "A" else "B"))["result"] == "unknown"
    assert attendances() == []


def test_who_goes_out_and_comes_back_is_let_in_again(phone: Phone, world: World) -> None:
    token = badge(add_person(world))
    assert phone.one(token=token)["result"] == "ok"
    assert phone.one(token=token, type="exit", scanned_at="2022-03-25T09:00:00Z")["result"] == "ok"
    assert phone.one(token=token, scanned_at="2022-03-25T09:20:00Z")["result"] == "ok"
    assert phone.one(token=token, scanned_at="2022-03-25T09:21:00Z")["result"] == "already"


def test_scan_on_a_list_the_agenda_has_lost_is_still_a_fact(phone: Phone, world: World) -> None:
    gone = "0190aaaa-0000-7000-8000-000000000000"
    assert phone.one(token=badge(add_person(world)), list=gone)["result"] == "ok"


def test_undone_scan_takes_the_arrival_back_and_gives_it_to_the_next(browser: Browser, world: World) -> None:
    first, second = Phone(browser, world, "الباب 1"), Phone(browser, world, "الباب 2")
    token = badge(add_person(world))
    mistaken = scan(token)
    first.send(mistaken)
    second.one(token=token)
    undo = f"{URL}/{mistaken['scan_id']}/undo"
    answer = browser.client.post(undo, headers=first.headers, base_url="http://localhost")
    assert answer.get_json()["changed"] is True
    assert [gate for _, gate in attendances()] == ["الباب 2"]
    assert browser.client.post(undo, headers=first.headers, base_url="http://localhost").get_json()["changed"] is False


def test_undone_scan_of_the_only_arrival_leaves_nobody_present(phone: Phone, world: World) -> None:
    item = scan(badge(add_person(world)))
    phone.send(item)
    phone.browser.client.post(f"{URL}/{item['scan_id']}/undo", headers=phone.headers, base_url="http://localhost")
    assert attendances() == []


@pytest.mark.parametrize(
    "item",
    [{}, {"scan_id": 3}, scan(scanned_at="yesterday"), scan(scanned_at="2022-03-25T08:14:00"), scan(type="jump"),
     scan(forced="yes"), scan(device_seq=-1), scan(list="../"), [], "x", None],
)  # fmt: skip
def test_scan_that_is_not_understood_refuses_the_batch_with_its_number(phone: Phone, world: World, item: Any) -> None:
    good = scan(badge(add_person(world)))
    answer = phone.send(good, item, status=400)
    assert answer["error"] == "scan_malformed"
    assert "2" in answer["message"]
    assert attendances() == []


def test_whole_that_is_no_batch_is_refused(phone: Phone) -> None:
    answer = phone.browser.client.post(URL, json={"scans": []}, headers=phone.headers, base_url="http://localhost")
    assert (answer.status_code, answer.get_json()["error"]) == (400, "scan_batch")


def test_scan_costs_eleven_statements_and_its_repeat_five(phone: Phone, world: World) -> None:
    phone.one(token=badge(add_person(world, "من سبقه")))
    asked = scan(badge(add_person(world)))
    with queries.count_queries() as first:
        phone.send(asked)
    with queries.count_queries() as again:
        phone.send(asked)
    assert (first.count, again.count) == (11, 5)
    # The meeting is asked for alone: nothing of a scan names its programme or its city.
    assert not any("JOIN" in one for one in first.statements)


def test_queries_of_a_batch_do_not_grow_with_it(phone: Phone, world: World, count_queries: Any) -> None:
    tokens = [badge(add_person(world, f"شخص {number}")) for number in range(12)]
    for token in tokens:
        phone.one(token=token)
    with count_queries() as one:
        phone.send(scan(tokens[0]))
    with count_queries() as many:
        phone.send(*(scan(token) for token in tokens[1:]))
    # Each further scan that was there before costs three statements: its presence twice, its own row once.
    assert len(many) - len(one) == 3 * 10


def test_door_list_holds_what_the_badge_shows_and_nothing_else(phone: Phone, world: World) -> None:
    person = add_person(world, email="f@example.org", phone="+212661234567")
    seat(world, person)
    answer = phone.browser.client.get(
        f"/api/v1/meetings/agadir-2022/door-list?list={MORNING}&lang=ar", headers=phone.headers,
        base_url="http://localhost",
    )  # fmt: skip
    line = answer.get_json()["entries"][0]
    assert {name: line[name] for name in line.keys() - {"t", "c"}} == {
        "name": "فاطمة الزهراء العلوي", "category": "المنتخبون", "body": "آيت ملول", "workshop": "الورشة 3",
        "room": "القاعة 3", "status": "ok",
    }  # fmt: skip
    text = answer.get_data(as_text=True)
    for secret in ("f@example.org", "661234567", code_of(person), badge(person), person):
        assert secret not in text


@pytest.mark.parametrize("lang", ["fr", "%0A", "xx%22"])
def test_door_list_in_whatever_language_is_asked_for_is_given(phone: Phone, lang: str) -> None:
    url = f"/api/v1/meetings/agadir-2022/door-list?list={MORNING}&lang={lang}"
    assert phone.browser.client.get(url, headers=phone.headers, base_url="http://localhost").status_code == 200


def test_door_list_that_did_not_change_is_not_sent_again(phone: Phone, world: World) -> None:
    add_person(world)
    url = f"/api/v1/meetings/agadir-2022/door-list?list={MORNING}"
    options: dict[str, Any] = {"base_url": "http://localhost"}
    first = phone.browser.client.get(url, headers=phone.headers, **options)
    again = {**phone.headers, "If-None-Match": first.headers["ETag"]}
    assert phone.browser.client.get(url, headers=again, **options).status_code == 304
    add_person(world, "شخص جديد")
    assert phone.browser.client.get(url, headers=again, **options).status_code == 200


def test_pulse_tells_who_came_at_the_other_gate(browser: Browser, world: World) -> None:
    first, second = Phone(browser, world, "الباب 1"), Phone(browser, world, "الباب 2")
    person = add_person(world)
    first.one(token=badge(person))
    answer = browser.client.post(
        "/api/v1/meetings/agadir-2022/door-pulse", json={"list": MORNING, "waiting": 3}, headers=second.headers,
        base_url="http://localhost",
    ).get_json()  # fmt: skip
    assert (answer["present"], answer["expected"], answer["leave"]) == (1, 1, False)
    assert [line[1:] for line in answer["arrivals"]] == [["2022-03-25T08:14:00Z", "الباب 1"]]
    later = browser.client.post(
        "/api/v1/meetings/agadir-2022/door-pulse", json={"list": MORNING, "since": "2100-01-01T00:00:00Z"},
        headers=second.headers, base_url="http://localhost",
    ).get_json()  # fmt: skip
    assert later["arrivals"] == []


def test_code_of_a_phone_is_spent_at_the_first_contact(browser: Browser, world: World) -> None:
    headers = lend(world, paired=False)
    url = "/api/v1/meetings/agadir-2022/door-pair"
    paired = browser.client.post(url, headers=headers, base_url="http://localhost")
    own = {"Authorization": f"Bearer {paired.get_json()['token']}"}
    assert browser.client.post(url, headers=headers, base_url="http://localhost").status_code == 401
    assert browser.client.post(url, headers=own, base_url="http://localhost").get_json()["error"] == "code_spent"


def test_phone_of_another_meeting_is_told_nothing(browser: Browser, world: World) -> None:
    headers = lend(world, meeting="fes")
    answer = browser.client.post(URL, json=[], headers=headers, base_url="http://localhost")
    assert answer.status_code == 404
