"""Mails: stored with what they tell, sent once, in the reader's language and direction."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from app.jobs import actions, queries
from app.jobs.mail import Attachment, already_sent, queue_mail
from app.jobs.worker import Worker
from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask, transaction
from tests.client import Browser
from tests.jobs.conftest import Configure, MovedClock, Post


def _queue(clock: MovedClock, to: str = "person@example.org", **more: object) -> str | None:
    options: dict[str, object] = {
        "name": "فاطمة الزهراء", "template": "jobs/trial", "language": "ar", "values": {}, "clock": clock,
        "subject_key": "mail.confirmation.subject", "subject_values": {"meeting": "AGA22\nBcc: x@example.org"}, **more,
    }  # fmt: skip
    with transaction():
        return queue_mail(to=to, **options)  # type: ignore[arg-type]


def _state(mail_id: str | None) -> tuple[str, str]:
    with transaction(writes=False):
        mail = queries.find_mail(str(mail_id))
        assert mail is not None
        return mail.state, mail.error


def test_mail_in_a_transaction_that_fails_is_never_sent(configure: Configure, clock: MovedClock, post: Post) -> None:
    configure(smtp_url=post.url)
    with pytest.raises(ZeroDivisionError), transaction():
        queue_mail(to="a@example.org", name="", template="jobs/trial", language="fr", values={}, clock=clock,
                   subject_key="mail.trial.subject")  # fmt: skip
        1 / 0  # noqa: B018
    Worker().drain()
    assert post.raw == []


def test_mail_queued_twice_with_one_key_is_sent_once(configure: Configure, clock: MovedClock, post: Post) -> None:
    configure(smtp_url=post.url)
    assert _queue(clock, key="k") is not None
    assert _queue(clock, key="k") is None
    Worker().drain()
    assert len(post.raw) == 1


def test_subject_keeps_every_space_wherever_its_line_is_broken(
    configure: Configure, clock: MovedClock, post: Post
) -> None:
    configure(smtp_url=post.url)
    meetings = ["ل" * cut + " اللقاء التواصلي الثاني بتيزنيت حول برنامج تحسين أداء الجماعات" for cut in range(1, 16)]
    for meeting in meetings:
        _queue(clock, subject_values={"meeting": meeting})
    Worker().drain()
    arrived = {str(message["Subject"]) for message in post.messages()}
    assert arrived == {f"تأكيد التسجيل: \u2068{meeting}\u2069" for meeting in meetings}
    assert max(len(line) for raw in post.raw for line in raw.split(b"\r\n\r\n")[0].splitlines()) <= 78


def test_mail_arrives_with_both_bodies_files_and_headers(configure: Configure, clock: MovedClock, post: Post) -> None:
    configure(smtp_url=post.url, contact_email="contact@example.org")
    calendar = Attachment("لقاء.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar; method=PUBLISH")
    mail_id = _queue(clock, unsubscribe_url="https://liqaa.example/u/1.x", attachments=[calendar])
    Worker().drain()
    [message] = post.messages()
    assert message["Message-ID"] == f"<{mail_id}@localhost>"
    assert message["To"].addresses[0].display_name == "فاطمة الزهراء"
    assert message["Bcc"] is None
    assert str(message["Subject"]).startswith("تأكيد التسجيل: \u2068AGA22 Bcc")
    assert message["List-Unsubscribe"] == "<https://liqaa.example/u/1.x>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "contact@example.org"
    assert message["Content-Language"] == "ar"
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert "وصلت هذه الرسالة" in plain.get_content()
    assert html is not None
    assert '<html lang="ar" dir="rtl">' in html.get_content()
    [file] = message.iter_attachments()
    assert (file.get_filename(), file.get_content_type(), file.get_param("method")) == (
        "لقاء.ics",
        "text/calendar",
        "PUBLISH",
    )
    assert file.get_payload(decode=True) == calendar.content
    assert post.recipients == ["<person@example.org>"]


def test_html_mail_says_its_direction_on_every_cell_and_needs_no_picture(clock: MovedClock) -> None:
    import re

    for language, direction in (("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")):
        mail_id = _queue(clock, language=language)
        with transaction(writes=False):
            mail = queries.find_mail(str(mail_id))
            assert mail is not None
            html = mail.html
        cells = re.findall(r"<t[dr]\b[^>]*>|<table\b[^>]*>", html)
        assert all(f'dir="{direction}"' in cell for cell in cells if not cell.startswith("<tr"))
        assert "<img" not in html
        assert "font-size:16px" in html


def test_text_mail_isolates_values_and_holds_no_markup(app: LiqaaFlask, clock: MovedClock) -> None:
    mail_id = _queue(clock, subject_values={"meeting": "<b>A&B</b>"})
    with transaction(writes=False):
        mail = queries.find_mail(str(mail_id))
        assert mail is not None
        assert mail.subject == "تأكيد التسجيل: \u2068<b>A&B</b>\u2069"
        assert "<bdi" not in mail.text
        assert "&lt;b&gt;A&amp;B" in mail.html


def test_mail_server_down_for_an_hour_then_all_are_sent_once(
    configure: Configure, clock: MovedClock, post: Post
) -> None:
    configure(smtp_url=post.url)
    ids = [_queue(clock, to=f"p{number}@example.org") for number in range(6)]
    post.closed = True
    for _minute in range(60):
        Worker().drain()
        clock.pass_(minutes=1)
    assert post.raw == []
    assert _state(ids[0]) == ("waiting", "SMTPServerDisconnected")
    post.closed = False
    for _minute in range(40):
        Worker().drain()
        clock.pass_(minutes=1)
    assert sorted(post.ids()) == sorted(f"<{one}@localhost>" for one in ids)
    assert {_state(one) for one in ids} == {("sent", "")}


def test_mail_refused_for_good_is_not_tried_again(configure: Configure, clock: MovedClock, post: Post) -> None:
    configure(smtp_url=post.url)
    post.refuse["RCPT TO"] = "550 no such person"
    mail_id = _queue(clock)
    Worker().drain()
    post.refuse.clear()
    clock.pass_(days=1)
    Worker().drain()
    assert post.raw == []
    assert _state(mail_id) == ("failed", "recipient 550")


def test_mail_put_off_by_the_server_is_sent_later(configure: Configure, clock: MovedClock, post: Post) -> None:
    configure(smtp_url=post.url)
    post.refuse["RCPT TO"] = "451 greylisted"
    mail_id = _queue(clock)
    Worker().drain()
    assert _state(mail_id) == ("waiting", "recipient 451")
    post.refuse.clear()
    clock.pass_(minutes=1)
    Worker().drain()
    assert _state(mail_id)[0] == "sent"
    assert len(post.raw) == 1


def test_mail_cut_off_after_the_server_took_it_has_the_same_message_id(
    configure: Configure, clock: MovedClock, post: Post
) -> None:
    configure(smtp_url=post.url)
    _queue(clock)
    post.refuse["END"] = "421 taken, and gone before the answer"
    Worker().drain()
    post.refuse.clear()
    clock.pass_(minutes=1)
    Worker().drain()
    assert len(post.ids()) == 2
    assert len(set(post.ids())) == 1


def test_mail_is_not_sent_inside_a_transaction(
    app: LiqaaFlask, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr("app.jobs.postman.deliver", lambda *_: seen.append(db.session().in_transaction()))
    _queue(clock)
    Worker().drain()
    assert seen == [False]


def test_mail_erased_before_it_left_is_not_sent(configure: Configure, clock: MovedClock, post: Post) -> None:
    configure(smtp_url=post.url)
    _queue(clock)
    with transaction():
        assert actions.erase_mails(to="person@example.org") == 1
    Worker().drain()
    assert post.raw == []


def test_mail_of_a_past_that_is_loaded_is_kept_and_not_sent(
    configure: Configure, clock: MovedClock, post: Post
) -> None:
    configure(smtp_url=post.url)
    with already_sent():
        mail_id = _queue(clock)
    Worker().drain()
    assert (post.raw, _state(mail_id)) == ([], ("sent", ""))


def test_mail_without_a_server_lands_in_the_folder(app: LiqaaFlask, clock: MovedClock) -> None:
    mail_id = _queue(clock)
    Worker().drain()
    [place] = list(app.config["LIQAA"].mail_folder.iterdir())
    message = message_from_bytes(place.read_bytes(), policy=policy.default)
    assert place.name == f"{mail_id}.eml"
    assert message["To"].addresses[0].addr_spec == "person@example.org"


@pytest.mark.parametrize("number", [1, 3])
def test_outbox_page_shows_mails_with_the_same_number_of_queries(
    browser: Browser, clock: MovedClock, number: int, count_queries: object
) -> None:
    for one in range(number):
        _queue(clock, to=f"p{one}@example.org")
    with count_queries() as counted:  # type: ignore[operator]
        page = browser.get("/ar/dev/mail/").get_data(as_text=True)
    assert page.count("</tr>") - 1 == number
    assert len(counted) == 1


def test_outbox_pages_show_a_mail_its_html_in_a_sandbox_and_its_file(browser: Browser, clock: MovedClock) -> None:
    mail_id = _queue(clock, attachments=[Attachment("a.txt", b"hello", "text/plain")])
    assert browser.get("/dev/mail/").status_code == 302
    page = browser.get(f"/fr/dev/mail/{mail_id}/")
    assert "فاطمة الزهراء" in page.get_data(as_text=True)
    html = browser.get(f"/dev/mail/{mail_id}/html")
    assert html.headers["Content-Security-Policy"].startswith("sandbox")
    file = browser.get(f"/fr/dev/mail/{mail_id}/files/0")
    assert file.data == b"hello"
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert browser.get(f"/fr/dev/mail/{mail_id}/files/1").status_code == 404


def test_outbox_page_is_for_administrators_outside_a_demonstration_and_nobody_where_mail_leaves(
    configure: Configure, browser: Browser, clock: MovedClock
) -> None:
    configure(demo=False)
    assert browser.get("/ar/dev/mail/").status_code == 404
    assert browser.sign_in("organiser").get("/ar/dev/mail/").status_code == 404
    assert browser.sign_in("admin").get("/ar/dev/mail/").status_code == 200
    configure(demo=True, smtp_url="smtp://mail.example")
    assert browser.get("/ar/dev/mail/").status_code == 404


def test_pause_grows_and_stays_under_its_limit() -> None:
    from app.jobs.states import LONGEST_PAUSE, MAIL_TRIES, pause_after

    assert all(pause_after(attempt) <= LONGEST_PAUSE * 1.25 for attempt in range(1, 200))
    assert timedelta(days=2) < LONGEST_PAUSE * 0.75 * MAIL_TRIES
