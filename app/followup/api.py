"""Open data of the follow-up: `/api/v1/meetings/<slug>/commitments` and `.../tasks`, as JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify

from app.followup import exports
from app.followup.queries import open_data
from app.kernel.access import access
from app.kernel.clock import current_clock, stamp
from app.kernel.files import attachment

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting

api = Blueprint("followup_api", __name__)


@api.get("/meetings/<slug>/commitments")
@access("followup.public", cached_by="meeting")
def commitments(meeting: Meeting) -> Response:
    """Every commitment: recommendation, body, answer, state, dates; states are those of the documentation."""
    today = current_clock().today(meeting.zone)
    return _document(meeting, "commitments", open_data.commitments(meeting, today))


@api.get("/meetings/<slug>/commitments.csv")
@access("followup.public", cached_by="meeting")
def commitments_csv(meeting: Meeting) -> Response:
    """The same as a table."""
    today = current_clock().today(meeting.zone)
    rows = open_data.commitments(meeting, today)
    return _table(meeting, "commitments", open_data.COMMITMENT_FIELDS, rows)


@api.get("/meetings/<slug>/tasks")
@access("followup.public", cached_by="meeting")
def tasks(meeting: Meeting) -> Response:
    """The published tasks."""
    return _document(meeting, "tasks", open_data.tasks(meeting))


@api.get("/meetings/<slug>/tasks.csv")
@access("followup.public", cached_by="meeting")
def tasks_csv(meeting: Meeting) -> Response:
    """The same as a table."""
    return _table(meeting, "tasks", open_data.TASK_FIELDS, open_data.tasks(meeting))


def _document(meeting: Meeting, name: str, rows: Iterable[Mapping[str, Any]]) -> Response:
    return jsonify({"meeting": meeting.slug, "at": stamp(current_clock().now()), name: list(rows)})


def _table(meeting: Meeting, name: str, fields: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Response:
    return attachment(exports.plain_csv(fields, rows), exports.CSV, f"{meeting.slug}-{name}.csv")
