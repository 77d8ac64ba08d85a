"""The pages of a body, the unit and the organiser, walked as their people walk them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import render_template

from app.followup import actions, queries
from app.followup.actions import Answer, Plan, Proof
from app.kernel.database import db
from app.kernel.languages import t
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from tests.client import Browser
from tests.followup.conftest import AGADIR, AIT_MELLOUL, Scene, counted, recommendation

HOME = "/meetings/agadir-2022"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc00000030101"
    "00c9fe92ef0000000049454e44ae426082"
)


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


@pytest.fixture
def path(scene: Scene) -> str:
    """The address of Agadir's commitment to 3, without a language."""
    with transaction(writes=False):
        ident = scene.commitment(3).id
    return f"{HOME}/commitments/{ident}"


def state_of(scene: Scene, number: int = 3, code: str = AGADIR) -> str:
    with transaction(writes=False):
        return scene.commitment(number, code).state


@pytest.fixture
def worked(scene: Scene, path: str) -> str:
    """The commitment accepted, planned and reported, by its actions."""
    with transaction():
        row, officer = scene.commitment(3), scene.actor("officer")
        actions.respond(
            row, answer=Answer("accepted", "مدير المصالح", date(2022, 6, 30)), actor=officer, clock=scene.clock
        )
        task = Plan("إعداد القرار", "رئيس القسم", date(2022, 5, 31), milestones=[("مشروع", None)])
        actions.plan(row, task=task, actor=officer, clock=scene.clock)
        proofs = [
            Proof("order", "القرار العمومي", public=True, stream=BytesIO(b"%PDF-1.4 a"), filename="a.pdf"),
            Proof("photo", "صورة داخلية", stream=BytesIO(PNG), filename="b.png"),
            Proof("link", "رابط", public=True, url="https://example.ma/x"),
        ]
        actions.report(
            row, claimed="reported_done", narrative="أُحدثت الخلية", proofs=proofs, actor=officer, clock=scene.clock
        )
    return path


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_every_page_keeps_the_rules_of_pages(scene: Scene, worked: str, browser: Browser, lang: str) -> None:
    with transaction():
        other = scene.commitment(1)
        asked = actions.ask_extension(
            other, due=date(2022, 12, 31), reason="دورة المجلس", actor=scene.actor("official"), clock=scene.clock
        )
        decide = f"{HOME}/commitments/{other.id}/extensions/{asked.id}"
        first = f"{HOME}/commitments/{other.id}"
    browser.sign_in("officer")
    for page in ("", "/answer", "/plan", "/report", "/block", "/unblock", "/extend", "/remark"):
        assert browser.get(f"/{lang}{worked}{page}").status_code == 200
    assert browser.get(f"/{lang}{first}").status_code == 200
    assert browser.get(f"/{lang}{HOME}/my-commune/{AGADIR}").status_code == 200
    browser.sign_in("unit")
    for page in (worked, f"{worked}/verdict", f"{worked}/end", f"{worked}/reopen", decide, f"{HOME}/manage/commitments",
                 f"{HOME}/manage/verification", f"{HOME}/manage/commitments/generalise?number=3"):  # fmt: skip
        assert browser.get(f"/{lang}{page}").status_code == 200
    public = Browser(browser.app, scene.world)
    assert public.get(f"/{lang}{HOME}/communes/{AGADIR}").status_code == 200
    assert public.get(f"/{lang}{HOME}/communes/03.231.01.0").status_code == 404


def test_my_commune_leads_to_the_meeting_that_left_it_something_and_names_the_others(
    scene: Scene, path: str, browser: Browser
) -> None:
    browser.sign_in("officer")
    with transaction(writes=False):
        latest = max(db.session.query(Meeting).all(), key=lambda one: one.starts_on).slug
    assert latest == "fes-2023", "a later meeting, without commitments"
    assert browser.get("/ar/my-commune").location == f"/ar{HOME}/my-commune/{AGADIR}"
    other = browser.get(f"/ar/meetings/fes-2023/my-commune/{AGADIR}").get_data(as_text=True)
    assert f"/ar{HOME}/my-commune/{AGADIR}" in other


def test_body_and_unit_walk_a_commitment_from_answer_to_verified(scene: Scene, path: str, browser: Browser) -> None:
    browser.sign_in("officer")
    page = browser.get(f"/ar{HOME}/my-commune/{AGADIR}").get_data(as_text=True)
    assert f"{path}/answer" in page

    def send(act: str, **data: Any) -> int:
        return browser.post(f"/ar{path}/{act}", data).status_code

    assert send("answer", response="accepted", lead_name="مدير المصالح", **day("due", date(2022, 6, 30))) == 303
    assert (
        send(
            "plan",
            title="إعداد القرار",
            owner="رئيس القسم",
            milestones="مشروع\nتوقيع",
            **day("due_on", date(2022, 5, 1)),
        )
        == 303
    )
    assert send("report", claimed="in_progress", narrative="بدأنا", kind="other") == 303
    assert send("block", cause="money", unblock_by="المالية", **day("review_on", date(2022, 4, 30))) == 303
    assert "اعتماد مالي غير متوفر" in browser.get(f"/ar{path}").get_data(as_text=True)
    assert send("unblock") == 303
    assert send("nothing-new") == 303
    assert (
        send("report", claimed="reported_done", narrative="تم", kind="order", proof=(BytesIO(b"%PDF-1.4"), "قرار.pdf"))
        == 303
    )
    browser.sign_in("unit")
    assert "إعداد القرار" in browser.get(f"/ar{path}").get_data(as_text=True)
    assert path in browser.get(f"/ar{HOME}/manage/verification").get_data(as_text=True)
    assert send("verdict", verdict="sent_back", reason="") == 422
    assert send("verdict", verdict="sent_back", reason="أضيفوا قرار التعيين") == 303
    browser.sign_in("officer")
    assert "أضيفوا قرار التعيين" in browser.get(f"/ar{path}").get_data(as_text=True)
    assert send("report", claimed="reported_done", narrative="تم", kind="link", url="https://example.ma/x") == 303
    browser.sign_in("unit")
    assert send("verdict", verdict="verified") == 303
    assert send("end", outcome="closed") == 303
    assert send("reopen", reason="لم تعد تعمل") == 303
    assert state_of(scene) == "reopened"


def test_refused_form_says_why_keeps_what_was_typed_and_changes_nothing(
    scene: Scene, path: str, browser: Browser
) -> None:
    browser.sign_in("officer")
    answer = browser.post(f"/ar{path}/answer", {"response": "accepted", "lead_name": "مدير المصالح"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "لقبول التوصية عينوا مسؤولا وحددوا أجلا." in page
    assert "مدير المصالح" in page
    assert state_of(scene) == "not_started"


def test_form_sent_twice_acts_once(scene: Scene, path: str, browser: Browser) -> None:
    browser.sign_in("official")
    for _ in range(2):
        assert browser.post(f"/ar{path}/remark", {"text": "متى؟", "_key": "same-key"}).status_code == 303
    with transaction(writes=False):
        assert len(queries.remarks_of(scene.commitment(3))) == 1


def test_public_evidence_is_served_in_a_sandbox_and_the_other_is_not_there(
    scene: Scene, worked: str, browser: Browser
) -> None:
    with transaction(writes=False):
        public, inside, link = (one.id for one in scene.commitment(3).reports[0].evidence)
    answer = browser.get(f"/ar{HOME}/evidence/{public}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert browser.get(f"/ar{HOME}/evidence/{inside}").status_code == 404
    assert browser.get(f"/ar{HOME}/evidence/{link}").status_code == 404
    assert browser.get(f"/ar/meetings/fes-2023/evidence/{public}").status_code == 404
    assert Browser(browser.app, scene.world).sign_in("officer2").get(f"/ar{HOME}/evidence/{inside}").status_code == 404
    assert Browser(browser.app, scene.world).sign_in("unit").get(f"/ar{HOME}/evidence/{inside}").status_code == 200


def test_task_is_seen_by_the_public_only_once_published(scene: Scene, worked: str, browser: Browser) -> None:
    with transaction(writes=False):
        task = scene.commitment(3).tasks[0].id
    public = Browser(browser.app, scene.world)
    page = f"/ar{HOME}/communes/{AGADIR}"
    assert "إعداد القرار" not in public.get(page).get_data(as_text=True)
    browser.sign_in("unit")
    assert browser.post(f"/ar{worked}/tasks/{task}/publish", {"public": "1"}).status_code == 303
    assert "إعداد القرار" in public.get(page).get_data(as_text=True)
    assert "رئيس القسم" not in public.get(page).get_data(as_text=True)
    browser.sign_in("officer")
    assert browser.post(f"/ar{worked}/tasks/{task}/state", {"state": "done"}).status_code == 303
    assert browser.post(f"/ar{worked}/tasks/{task}/state", {"state": "lost"}).status_code == 422


def test_extension_asked_by_the_official_is_decided_by_the_unit(scene: Scene, worked: str, browser: Browser) -> None:
    with transaction(writes=False):
        path = f"{HOME}/commitments/{scene.commitment(1).id}"
    browser.sign_in("official")
    data = {"reason": "دورة المجلس في ماي", **day("due", date(2022, 12, 31))}
    assert browser.post(f"/ar{path}/extend", data).status_code == 303
    assert browser.get(f"/ar{HOME}/manage/verification").status_code == 404
    db.session.remove()
    browser.sign_in("unit")
    page = browser.get(f"/ar{HOME}/manage/verification").get_data(as_text=True)
    decide = re.search(rf"{re.escape(path)}/extensions/[\w-]+", page)
    assert decide is not None
    assert browser.post(f"/ar{decide.group()}", {"decision": "refuse", "reason": " "}).status_code == 422
    assert browser.post(f"/ar{decide.group()}", {"decision": "approve"}).status_code == 303
    with transaction(writes=False):
        assert scene.commitment(1).current_due == date(2022, 12, 31)


def test_my_commune_groups_by_urgency_and_compares_with_the_median(scene: Scene, worked: str, browser: Browser) -> None:
    scene.clock.moment = datetime(2022, 9, 10, tzinfo=UTC)
    meeting = db.session.get_one(Meeting, scene.world.things["agadir"])
    from app.territory.models import Body

    page = queries.bodies.mine(meeting, db.session.get_one(Body, scene.world.things[AGADIR]), date(2022, 9, 10))
    assert {name: [row.line.number for row in page.group(name)] for name in ("late", "soon", "waiting", "at_unit")} == {
        "late": [1], "soon": [], "waiting": [2], "at_unit": [3],
    }  # fmt: skip
    assert (page.total, page.verified, page.median, page.members) == (3, 0, 0, 3)
    assert page.soon == 1
    db.session.remove()
    browser.sign_in("official")
    html = browser.get(f"/ar{HOME}/my-commune/{AGADIR}").get_data(as_text=True)
    assert html.index("متأخر") < html.index("ينتظر جوابكم") < html.index("ينتظر التحقق")
    assert "ليس ترتيبا" in html


def test_note_for_the_council_is_a_page_of_the_bodys_commitments(scene: Scene, worked: str, browser: Browser) -> None:
    browser.sign_in("official")
    answer = browser.get(f"/ar{HOME}/my-commune/{AGADIR}/note.pdf")
    assert answer.data.startswith(b"%PDF-")
    assert answer.mimetype == "application/pdf"
    assert (
        Browser(browser.app, scene.world).sign_in("officer2").get(f"/ar{HOME}/my-commune/{AGADIR}/note.pdf").status_code
        == 404
    )


def test_matrix_shows_bodies_by_region_and_filters_them(scene: Scene, worked: str, browser: Browser) -> None:
    browser.sign_in("unit")
    page = browser.get(f"/ar{HOME}/manage/commitments").get_data(as_text=True)
    assert page.count('<td class="cell c-') == 6
    assert page.index("سوس - ماسة") < page.index("الدشيرة الجهادية") < page.index("هيئات وطنية")
    silent = browser.get(f"/ar{HOME}/manage/commitments?body=09.273&silent=1").get_data(as_text=True)
    assert "آيت ملول" in silent
    assert "هيئات وطنية" not in silent
    assert browser.get(f"/ar{HOME}/manage/commitments?late=1").status_code == 200
    assert browser.get("/ar/meetings/fes-2023/manage/commitments").status_code == 404


def test_generalising_from_the_page_says_how_many_and_makes_them(scene: Scene, browser: Browser) -> None:
    browser.sign_in("organiser")
    page = browser.get(f"/ar{HOME}/manage/commitments/generalise?number=3").get_data(as_text=True)
    assert "سيُنشأ التزامان جديدان" in page
    assert browser.post(f"/ar{HOME}/manage/commitments/generalise", {"number": "3"}).status_code == 303
    assert state_of(scene, 3, AIT_MELLOUL) == "not_started"
    late = {"number": "2", **day("due", date(2022, 4, 1))}
    assert browser.post(f"/ar{HOME}/manage/commitments/generalise", late).status_code == 422


def test_follow_up_of_a_recommendation_tells_both_keys_bodies_and_public_evidence(
    scene: Scene, worked: str, browser: Browser
) -> None:
    with transaction(writes=False):
        ident = scene.commitment(3).recommendation_id
        meeting = db.session.get_one(Meeting, scene.world.things["agadir"])
        found = queries.of_recommendation(ident, date(2022, 9, 30))
        assert found is not None
        assert (found.reported, found.verified) == (1, 0)
        assert [proof.title for _, proof, _ in found.evidence] == ["القرار العمومي", "رابط"]
        with browser.app.test_request_context("/ar/"):
            from flask import g

            g.lang = "ar"
            html = render_template(
                "followup/_recommendation.html", meeting=meeting, followup=found, lang="ar", dir="rtl"
            )
        assert "صورة داخلية" not in html
        assert "أكادير" in html
        assert queries.of_recommendation("none", date(2022, 9, 30)) is None


@pytest.mark.parametrize(
    ("person", "page"),
    [("unit", "manage/commitments"), ("unit", "manage/verification"), ("officer", f"my-commune/{AGADIR}"), ("public", f"communes/{AGADIR}")],
)  # fmt: skip
def test_lists_take_the_same_number_of_statements_whatever_their_length(
    scene: Scene, worked: str, browser: Browser, person: str, page: str
) -> None:
    if person != "public":
        browser.sign_in(person)

    def statements() -> int:
        with counted() as sent:
            assert browser.get(f"/ar{HOME}/{page}").status_code == 200
        return len([one for one in sent if one.lstrip().upper().startswith(("SELECT", "WITH"))])

    _more_work(scene, [10])
    first = statements()
    _more_work(scene, [11, 12, 13])
    assert statements() == first
    assert first <= 22, first


def _more_work(scene: Scene, numbers: list[int]) -> None:
    with transaction():
        meeting = db.session.get_one(Meeting, scene.world.things["agadir"])
        for number in numbers:
            recommendation(scene.world, number, bodies=(AGADIR, AIT_MELLOUL), horizon=date(2022, 9, 30))
        actions.open_commitments(
            meeting=meeting, recommendations=queries.adopted(meeting), actor=scene.actor("unit"), clock=scene.clock
        )
        officer, other = scene.actor("officer"), scene.actor("officer2")
        for number in numbers:
            row = scene.commitment(number)
            actions.respond(row, answer=Answer("accepted", "فلان", date(2022, 9, 30)), actor=officer, clock=scene.clock)
            actions.plan(row, task=Plan("مهمة", "فلان", date(2022, 5, 1)), actor=officer, clock=scene.clock)
            proof = [Proof("link", "رابط", url="https://example.ma/x")]
            actions.report(row, claimed="reported_done", narrative="تم", proofs=proof, actor=officer, clock=scene.clock)
            second = scene.commitment(number, AIT_MELLOUL)
            actions.ask_extension(second, due=date(2022, 12, 1), reason="سبب", actor=other, clock=scene.clock)


@pytest.mark.parametrize("page", ["", "/plan", "/tasks/{task}/state"])
def test_reader_who_is_turned_away_has_read_no_work_of_the_body(
    scene: Scene, worked: str, browser: Browser, page: str
) -> None:
    """The rule asks for the commitment and its body; the page of its own officer shows that the words are right."""
    with transaction(writes=False):
        ident = scene.commitment(3).tasks[0].id
    work = re.compile(r"FROM (progress_report|evidence|milestone|recommendation|stored_file)\b|task\.commitment_id IN")

    def ask(person: str) -> tuple[int, list[str]]:
        db.session.remove()
        browser.sign_in(person)
        path = f"/ar{worked}{page.format(task=ident)}"
        with counted() as sent:
            answer = browser.post(path, {"state": "open"}) if "tasks" in page else browser.get(path)
        return answer.status_code, [one for one in sent if work.search(one)]

    assert ask("officer2") == (404, [])
    status, read = ask("officer")
    assert (status, bool(read)) == ((303, False) if "tasks" in page else (200, True))


@pytest.mark.parametrize(("work", "said"), [("planned", "task.open"), ("verified_done", "work.verified_done")])
def test_published_task_is_not_said_to_be_open_under_what_is_done(
    scene: Scene, worked: str, browser: Browser, work: str, said: str
) -> None:
    with transaction():
        row = scene.commitment(3)
        row.state, row.tasks[0].published_at, row.tasks[0].state = work, scene.clock.now(), "open"
        db.session.flush()
        meeting = db.session.get_one(Meeting, scene.world.things["agadir"])
        found = queries.of_recommendation(row.recommendation_id, date(2022, 9, 30))
        with browser.app.test_request_context("/ar/"):
            html = render_template("followup/_proofs.html", meeting=meeting, followup=found, lang="ar", dir="rtl")
        tasks = html.partition('class="tasks"')[2]
        assert t.plain(said, lang="ar") in tasks
        assert (t.plain("task.open", lang="ar") in tasks) == (said == "task.open")
