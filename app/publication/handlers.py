"""The documents of an edition, made after its commit and kept."""

from __future__ import annotations

import hashlib

from flask import current_app

from app.jobs.registry import Task, handler
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from app.publication import queries
from app.publication.actions.publishing import MAKE
from app.publication.models import Edition, EditionFile
from app.publication.papers import make
from app.publication.snapshot import Snapshot
from app.publication.states import DOCUMENTS


@handler(MAKE, heavy=True, tries=5)
def make_documents(task: Task) -> dict[str, int]:
    """Make every document of the edition that is not there yet; each is kept as soon as it is made.

    Tried again after a crash it makes only what is missing: a document once made is never replaced.
    """
    ident = str(task.payload["edition"])
    with transaction(writes=False):
        edition = db.session.get(Edition, ident)
        if edition is None:
            return {"made": 0}
        snapshot = Snapshot(edition.snapshot, edition.sha256)
        slug = db.session.get(Meeting, edition.meeting_id).slug  # type: ignore[union-attr]
        there = {(row.kind, row.lang) for row in queries.files(edition)}
    wanted = [one for one in DOCUMENTS if one not in there]
    for number, (kind, lang) in enumerate(wanted):
        task.progress(100 * number // len(DOCUMENTS))
        _keep(ident, kind, lang, make(snapshot, kind, lang, url=edition_url(slug, snapshot.number, lang)), task)
    return {"made": len(wanted)}


def edition_url(slug: str, number: int, lang: str) -> str:
    """The public address of an edition, which its documents carry."""
    base = current_app.config["LIQAA"].base_url
    shown = "ar" if lang == "mul" else lang
    return f"{base}/{shown}/meetings/{slug}/editions/{number}"


def _keep(edition_id: str, kind: str, lang: str, content: bytes, task: Task) -> None:
    with transaction():
        if db.session.get(EditionFile, (edition_id, kind, lang)) is None:
            db.session.add(
                EditionFile(
                    edition_id=edition_id, kind=kind, lang=lang, content=content, size=len(content),
                    sha256=hashlib.sha256(content).hexdigest(), made_at=task.clock.now(),
                )
            )  # fmt: skip
