"""The desk of the publication: what is missing, the draft, publishing, and how far the documents are."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.jobs.queries import job_of
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.forms import Form
from app.kernel.idempotency import idempotent
from app.kernel.languages import t
from app.publication import actions, queries, rules
from app.publication.actions.publishing import job_key
from app.publication.checklist import blocking, check
from app.publication.history import differences
from app.publication.states import DOCUMENTS
from app.publication.views import pages


@pages.get("/meetings/<slug>/manage/publication")
@access("publication.desk")
def editions(meeting: Any) -> str:
    """What is missing before the first edition, the editions there are, and the correction that waits."""
    found = queries.editions(meeting)
    waiting = queries.prepared(meeting)
    points = check(meeting) if not found else []
    snapshot = queries.latest_snapshot(meeting) if found else None
    return render_template(
        "publication/desk.html", meeting=meeting, editions=found, points=points, blocked=bool(blocking(points)),
        waiting=waiting, second=waiting is not None and rules.may_approve(waiting, current_actor()),
        snapshot=snapshot, changed=differences(snapshot, waiting) if snapshot and waiting else [],
        progress=_progress(found[0]) if found else None,
        counts=queries.files_of([one.id for one in found]), every=len(DOCUMENTS),
    )  # fmt: skip


@pages.get("/meetings/<slug>/manage/publication/progress")
@access("publication.desk")
def progress(meeting: Any) -> str:
    """How far the documents of the last edition are, as a fragment that asks again until they are there."""
    found = queries.editions(meeting)
    return render_template(
        "publication/progress.html", meeting=meeting, progress=_progress(found[0]) if found else None
    )


def _progress(edition: Any) -> dict[str, Any]:
    job = job_of(job_key(edition))
    made = queries.files_of([edition.id]).get(edition.id, 0)
    state = "done" if made == len(DOCUMENTS) else ("failed" if job is not None and job.state == "failed" else "running")
    return {"made": made, "every": len(DOCUMENTS), "state": state, "number": edition.number}


@pages.get("/meetings/<slug>/manage/publication/publish")
@access("publication.publish")
def publish(meeting: Any) -> str:
    """The question before publishing, with its consequence."""
    return _ask_publish(meeting)


def _ask_publish(meeting: Any, refusal: Refusal | None = None) -> str:
    points = check(meeting)
    return render_template(
        "publication/publish.html", meeting=meeting, number=queries.next_number(meeting), points=points,
        blocked=bool(blocking(points)), refusal=refusal, key=Form().form_key.data,
        sentence=t(refusal.key, **refusal.params) if refusal else "",
    )  # fmt: skip


@pages.post("/meetings/<slug>/manage/publication/publish")
@access("publication.publish", writes=True)
@idempotent
def publish_now(meeting: Any) -> Response | tuple[str, int]:
    """Publish the edition; what is missing is said on the same page."""
    try:
        actions.publish(meeting=meeting, actor=current_actor(), clock=current_clock())
    except Refusal as refusal:
        return _ask_publish(meeting, refusal), refusal.status
    flash(t("publication.published_now"))
    return redirect(url_for("publication.editions", slug=meeting.slug), 303)
