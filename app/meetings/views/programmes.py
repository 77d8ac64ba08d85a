"""The public page of a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template

from app.kernel.access import access, may
from app.kernel.clock import current_clock
from app.kernel.languages import current_language, pick, t
from app.meetings import queries
from app.meetings.views import pages

if TYPE_CHECKING:
    from app.meetings.loaders import Programme


@pages.get("/programmes/<programme_slug>/")
@access("programmes.view")
def programme(programme: Programme) -> str:
    """What the programme is, whom it targets (announced and counted), and its meetings."""
    today = current_clock().today("Africa/Casablanca")
    members = queries.members(programme, today)
    lang = current_language()
    return render_template(
        "meetings/programme.html", programme=programme, members=members, counted=len(members),
        partner_names=[pick(one.body, "name", lang)[0] for one in programme.partners],
        lists=[
            (t("meetings.objectives"), _texts(programme.objectives)),
            (t("meetings.capacity_fields"), _texts(programme.capacity_fields)),
            (t("meetings.beneficiaries"), _texts(programme.beneficiaries)),
        ],
        phases=_texts(programme.phases),
        meetings=queries.meetings_of(programme, drafts=may("meetings.create", programme)),
        track_words=[pick(one, "text", lang)[0] for one in _texts(programme.track_words)],
    )  # fmt: skip


def _texts(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The short texts of a programme in the shape that `pick` and `passage` read."""
    return [{f"text_{code}": text for code, text in item.items()} for item in items]
