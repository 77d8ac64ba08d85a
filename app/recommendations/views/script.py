"""What the page hands to its script: addresses, the list as it stands, and every word the script may say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for

from app.kernel.clock import current_clock
from app.kernel.languages import current_language, t
from app.recommendations.smart import LONGEST
from app.recommendations.views.acts import address

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting, Workshop

WORDS = (
    "capture.on_device", "capture.sending", "capture.received_at", "capture.device_at", "capture.not_saved",
    "capture.online", "capture.offline_short", "capture.last_received", "capture.unsent_since", "capture.offline",
    "capture.sign_in", "capture.frozen",
    "capture.storage_full", "capture.refused", "capture.two_texts", "capture.addressee.none",
    "capture.addressee.remove", "capture.all_received", "capture.horizon.bad", "capture.written_at", "capture.new",
    "capture.sent_back", "capture.copied", "capture.group.target_communes", "action.merge", "action.keep_apart",
    "capture.too_long", "text.draft", "text.proposed", "text.under_review", "text.retained",
    "text.withdrawn", "advice.grammar", "capture.received_short",
)  # fmt: skip
HINTS = ("verb", "two_actions", "vague", "long", "everybody", "addressee", "measure", "date", "axis")


def payload(
    meeting: Meeting, workshop: Workshop, listed: list[dict[str, Any]], me: str | None, seq: int, frozen: int | None
) -> dict[str, Any]:
    """Everything the script starts from."""
    api = url_for("recommendations_api.changes", slug=meeting.slug, workshop_code=workshop.code)
    return {
        "api": api.removesuffix("/changes"), "workshop": workshop.id,
        "letter": workshop.letter, "me": me, "seq": seq, "frozen": frozen,
        "recommendations": listed, "page": address("capture", meeting, workshop),
        "zone": meeting.zone, "shift": shift(),
        "live": f"/api/v1/meetings/{meeting.slug}", "words": words(), "lang": current_language(), "longest": LONGEST,
    }  # fmt: skip


def shift() -> int:
    """How far the domain's clock is from the real one, in milliseconds: the script's hours stand beside the page's."""
    clock = current_clock()
    return round((clock.now() - clock.real_now()).total_seconds() * 1000)


def words() -> dict[str, Any]:
    """The sentences of the script, with `{name}` where it puts a value, and counted ones by form."""
    names = ("time", "rev", "name", "reason", "code", "example", "count", "version")
    blanks = {name: "{" + name + "}" for name in names}
    said: dict[str, Any] = {key: _open(key, blanks) for key in WORDS}
    said |= {f"advice.{hint}": _open(f"advice.{hint}", blanks) for hint in HINTS}
    said["capture.unsent"] = t.forms("capture.unsent")
    said["capture.words"] = t.forms("capture.words")
    return said


def _open(key: str, blanks: dict[str, str]) -> str:
    text = str(t.plain(key, **blanks))
    # The script puts values in elements of their own, which isolate by themselves.
    return text.replace("\u2068", "").replace("\u2069", "")
