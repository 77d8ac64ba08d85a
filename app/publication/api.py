"""Open data of the publication: the recommendations in force, each edition as it was hashed, the API's own document."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from app.kernel.access import access
from app.kernel.errors import NotFound
from app.publication import openapi, queries
from app.publication.canonical import canonical
from app.publication.filters import Filter
from app.publication.papers.tables import table
from app.publication.snapshot.reading import Published, Snapshot

api = Blueprint("publication_api", __name__)


def shared(answer: Response) -> Response:
    """Open data may be read by any page of any site (CORS), with its licence in the header."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Link"] = '<https://opendatacommons.org/licenses/odbl/1-0/>; rel="license"'
    return answer


def _url(snapshot: Snapshot, path: str) -> str:
    base, meeting = current_app.config["LIQAA"].base_url, snapshot.meeting
    return f"{base}/{meeting['lang']}/meetings/{meeting['slug']}/{path}"


def _item(item: Published) -> dict[str, Any]:
    page = _url(item.snapshot, f"recommendations/{item.number}") if item.number else None
    return {**item.data, "url": page}


def _frame(snapshot: Snapshot) -> dict[str, Any]:
    meeting = {name: snapshot.meeting[name] for name in ("slug", "code", "title", "starts_on", "ends_on")}
    return {
        "meeting": meeting, "licence": snapshot.data["licence"],
        "edition": {
            "number": snapshot.number, "published_on": snapshot.edition["published_on"], "sha256": snapshot.sha256,
            "url": _url(snapshot, f"editions/{snapshot.number}"),
        },
    }  # fmt: skip


@api.get("/meetings/<slug>/recommendations")
@openapi.describe(
    "The recommendations of a meeting as published, in the order of their numbers",
    query=("q", "axis", "track", "outcome", "addressee"), answer="Recommendations",
)  # fmt: skip
@access("publication.view", cached_by="meeting")
def recommendations(meeting: Any) -> Response:
    """The recommendations in force; the filters are those of the page. An empty list before the first publication."""
    snapshot = queries.latest_snapshot(meeting)
    if snapshot is None:
        return shared(jsonify(meeting={"slug": meeting.slug}, edition=None, recommendations=[]))
    found = Filter.read(request.args).apply(snapshot)
    return shared(jsonify(**_frame(snapshot), recommendations=[_item(one) for one in found]))


@api.get("/meetings/<slug>/recommendations.csv")
@openapi.describe(
    "The same as CSV, one line a recommendation", query=("q", "axis", "track", "outcome", "addressee"), media="text/csv"
)
@access("publication.view", cached_by="meeting")
def recommendations_csv(meeting: Any) -> Response:
    """The recommendations in force as CSV, with the columns documented in docs/open-data.md."""
    snapshot = queries.latest_snapshot(meeting)
    found = Filter.read(request.args).apply(snapshot) if snapshot else []
    answer = Response(table(found), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{meeting.slug}-recommendations.csv"'
    return shared(answer)


@api.get("/meetings/<slug>/recommendations/<serial>")
@openapi.describe("One recommendation by its definitive number", answer="Recommendation")
@access("publication.view", cached_by="meeting")
def recommendation(meeting: Any, recommendation: Any) -> Response:
    """One recommendation in force."""
    snapshot = queries.latest_snapshot(meeting)
    item = snapshot.numbered(recommendation.number) if snapshot else None
    if snapshot is None or item is None:
        raise NotFound
    return shared(jsonify(**_frame(snapshot), recommendation=_item(item)))


@api.get("/meetings/<slug>/editions/<edition_number>")
@openapi.describe("One edition, byte for byte what its SHA-256 was computed of (RFC 8785)", answer="Edition")
@access("publication.view")
def edition(meeting: Any, edition: Any) -> Response:
    """The canonical JSON of an edition: its SHA-256 is the edition's hash and its ETag."""
    answer = Response(canonical(edition.snapshot), content_type="application/json; charset=utf-8")
    answer.set_etag(edition.sha256)
    answer.headers["Cache-Control"] = "public, max-age=86400"
    answer.make_conditional(request)
    return shared(answer)


@api.get("/openapi.json")
@openapi.describe("This document", answer="OpenApi")
@access("publication.api")
def openapi_json() -> Response:
    """What the API offers, as OpenAPI 3.1."""
    return shared(jsonify(openapi.document(current_app)))
