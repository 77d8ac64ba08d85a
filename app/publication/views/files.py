"""The documents of an edition, as they were made once, and the draft of the next one."""

from __future__ import annotations

import base64
from typing import Any

from flask import Response, request

from app.kernel import files
from app.kernel.access import access
from app.kernel.errors import NotFound
from app.publication import queries
from app.publication.papers.making import make, title
from app.publication.snapshot import Snapshot, build, header
from app.publication.states import LANGUAGES, MEDIA
from app.publication.views import pages
from app.publication.views.public import absolute

KEPT = "public, max-age=86400"


def kept(content: bytes, media: str, name: str, sha256: str) -> Response:
    """Bytes that never change: as an attachment, with their hash as ETag and digest (RFC 9530); 304 when known."""
    answer = files.attachment(content, media, name)
    answer.set_etag(sha256)
    answer.headers["Cache-Control"] = KEPT
    answer.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
    answer.make_conditional(request)
    return answer


@pages.get("/meetings/<slug>/editions/<edition_number>/<file_kind>/<file_lang>")
@access("publication.view")
def edition_file(meeting: Any, edition: Any, file_kind: str, file_lang: str) -> Response:
    """One document of an edition; not found while it is still being made."""
    row = queries.find_file(edition, file_kind, file_lang)
    if row is None:
        raise NotFound
    snapshot = Snapshot(edition.snapshot, edition.sha256)
    return kept(row.content, MEDIA[file_kind], f"{title(snapshot, file_lang)}.{file_kind}", row.sha256)


@pages.get("/meetings/<slug>/manage/publication/draft/<draft_kind>/<draft_lang>")
@access("publication.desk")
def draft(meeting: Any, draft_kind: str, draft_lang: str) -> Response:
    """The report as it would be published now, marked as a draft on each page; made on demand and never kept."""
    if draft_kind not in {"pdf", "docx"} or draft_lang not in LANGUAGES:
        raise NotFound
    number = queries.next_number(meeting)
    snapshot = Snapshot(build(meeting, header(number, zone=meeting.zone, at=None)))
    content = make(snapshot, draft_kind, draft_lang, url=absolute("publication.recommendations", slug=meeting.slug))
    return files.attachment(content, MEDIA[draft_kind], f"{title(snapshot, draft_lang)}.{draft_kind}")
