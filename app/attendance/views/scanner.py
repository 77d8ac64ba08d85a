"""The scanner: a frame without anybody's data, that a phone keeps and opens without network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Response, g, render_template, url_for

from app.answers import asset
from app.attendance import wording
from app.attendance.queries import lists
from app.attendance.results import LOOKS
from app.attendance.states import Result
from app.attendance.views import pages
from app.kernel.access import access
from app.kernel.clock import current_clock, stamp
from app.kernel.languages import current_language, t
from app.participants.queries.places import category_codes

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting

# What the script says, with its placeholders left open: {words} are filled in on the phone.
PLACES = {
    "scan.already.detail": ("time", "gate"), "scan.represented.detail": ("delegate",),
    "scan.wrong_meeting.detail": ("meeting",), "scan.wrong_workshop.detail": ("workshop", "room"),
    "scan.cancelled.detail": ("date",), "scan.unknown.detail": ("code",), "scan.list_age": ("age",),
    "attendance.count": ("present", "total"), "attendance.both": ("name", "gate"),
}  # fmt: skip
PLAIN = (
    *(f"scan.{result}" for result in Result), "scan.not_confirmed.detail", "scan.online", "scan.offline",
    "attendance.represented_unnamed", "attendance.unknown_detail", "attendance.no_camera", "attendance.paired_over",
    "attendance.left_now", "attendance.code_spent", "attendance.undone_short", "attendance.no_list", "nav.desk",
    "attendance.walk_in_offline", "attendance.nobody_found", "attendance.walk_in_failed",
)  # fmt: skip


@pages.get("/meetings/<slug>/door/scanner")
@access("attendance.scanner")
def scanner(meeting: Meeting) -> Response:
    """The scanner's frame; the token of the phone stands after the `#` and never reaches the server's logs."""
    # The reader of codes is compiled from wasm on phones that have none; nothing else may be evaluated here.
    g.policy = {"script-src": "'self' 'wasm-unsafe-eval'"}
    found = lists.door_lists(meeting)
    now = lists.list_now(found, meeting, current_clock())
    page = render_template(
        "attendance/scanner.html", meeting=meeting, lists=found, now=now, wording=wording,
        categories=category_codes(meeting), config=json.dumps(_config(meeting), ensure_ascii=False),
    )  # fmt: skip
    answer = Response(page)
    # Kept by the phone's own service worker; no cache in between keeps the token against forgery.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _fonts() -> list[str]:
    names = ("arabic-400", "arabic-600", "latin-400", "latin-600")
    return [asset(f"fonts/liqaa-{name}.woff2") for name in names]


def _config(meeting: Meeting) -> dict[str, Any]:
    words = {key: t.plain(key, **{name: f"{{{name}}}" for name in names}) for key, names in PLACES.items()}
    return {
        "slug": meeting.slug, "lang": current_language(), "api": f"/api/v1/meetings/{meeting.slug}/",
        "zone": meeting.zone, "now": stamp(current_clock().now()), "wasm": asset("zxing_reader.wasm"),
        "worker": url_for("attendance_plain.worker"), "scope": f"/{current_language()}/meetings/{meeting.slug}/door/",
        "keep": [asset("live.css"), asset("scanner.js"), asset("sprite.svg"), asset("favicon.svg"), *_fonts()],
        "words": words | {key: t.plain(key) for key in PLAIN},
        "waiting": t.forms("scan.waiting"), "minutes": t.forms("date.minutes_ago"),
        "looks": {str(result): look for result, (look, _glyph) in LOOKS.items()},
        "glyphs": {str(result): glyph for result, (_look, glyph) in LOOKS.items()},
        "sprite": asset("sprite.svg"),
    }  # fmt: skip
