"""What the law wants said at the form (09-08), and which wording somebody agreed to."""

from __future__ import annotations

import hashlib

from app.kernel.languages import pick, t
from app.meetings.models import Meeting

LAW = {"ar": "09.08", "fr": "09-08", "en": "09-08"}


def privacy_version(meeting: Meeting) -> str:
    """The name of the wording in force: it moves with every word, of ours or of the meeting's settings."""
    keys = ("purpose", "recipients", "required", "rights", "receipt", "retention", "public", "image")
    words = [t.plain(f"privacy.{key}", lang="ar", **_values(meeting, key)) for key in keys]
    words.append(t.plain("form.consent.image", lang="ar"))
    return hashlib.sha256("|".join(words).encode()).hexdigest()[:12]


def _values(meeting: Meeting, key: str) -> dict[str, str]:
    known = {
        "purpose": {"controller": meeting.controller_ar, "meeting": pick(meeting, "title", "ar")[0]},
        "recipients": {"recipients": meeting.recipients_ar},
        "rights": {"law": LAW["ar"], "address": meeting.contact_email},
        "receipt": {"number": meeting.receipt_number, "date": str(meeting.receipt_on or "")},
        "retention": {"duration": str(meeting.retention_months)},
    }
    return known.get(key, {})
