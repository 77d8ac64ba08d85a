"""The frame of every page: the meeting's navigation, the organiser's rail, the foot, the demonstration's banner.

Rooms that are not there yet, or that somebody may not enter, have no link.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import Flask, current_app, g, request, url_for

from app.kernel.access import PERMISSIONS, current_actor, marker_of, may
from app.kernel.languages import current_language, date_range, t
from app.portal.demonstration.state import banner


class Item(NamedTuple):
    """One link of a navigation: endpoint, key of its words, icon."""

    endpoint: str
    key: str
    icon: str = ""


PUBLIC_NAV = (
    Item("meetings.page", "nav.meeting"),
    Item("meetings.agenda", "nav.agenda"),
    Item("meetings.documents", "nav.documents"),
    Item("publication.recommendations", "nav.recommendations"),
    Item("followup.tracker", "nav.tracker"),
)
# Pages that stand under one of those in the navigation.
WITHIN = {
    "publication.recommendation": "publication.recommendations", "publication.edition": "publication.recommendations",
    "meetings.sitting": "meetings.agenda", "meetings.document": "meetings.documents",
}  # fmt: skip
RAIL = (
    ("nav.prepare", (
        Item("portal.dashboard", "nav.dashboard", "home"),
        Item("meetings.settings", "nav.settings", "gear"),
        Item("meetings.agenda_edit", "nav.agenda", "list"),
        Item("meetings.documents_edit", "nav.documents", "doc"),
    )),
    ("nav.participants", (
        Item("participants.invitations", "nav.invitations", "mail"),
        Item("participants.people", "nav.participants", "people"),
        Item("participants.imports", "nav.import", "upl"),
        Item("workshops.board", "nav.workshops", "board"),
        Item("attendance.badges", "nav.badges", "badge"),
    )),
    ("nav.day", (
        Item("attendance.door", "nav.desk", "qr"),
        Item("recommendations.review", "nav.recommendations", "mic"),
        Item("plenary.driver", "nav.plenary", "screen"),
    )),
    ("nav.after", (
        Item("publication.editions", "nav.publication", "seal"),
        Item("followup.matrix", "nav.matrix", "grid"),
        Item("followup.tracker", "nav.tracker", "chart"),
        Item("portal.journal", "nav.journal", "history"),
    )),
)  # fmt: skip
# Pages that stand under one of those in the rail.
PARTS = {
    "recommendations.review_one": "recommendations.review_workshop",
    "recommendations.merge": "recommendations.review_workshop",
    "recommendations.split": "recommendations.review_workshop", "accounts.account": "accounts.accounts",
    "accounts.new_account": "accounts.accounts", "participants.person": "participants.people",
    "participants.invitation": "participants.invitations", "meetings.edit_sitting": "meetings.agenda_edit",
    "attendance.devices": "attendance.door", "attendance.walk_in": "attendance.door",
    "followup.verification": "followup.matrix", "publication.erratum": "publication.editions",
}  # fmt: skip
# Pages of one workshop, for its coordinator and its rapporteur.
OF_WORKSHOP = (
    Item("recommendations.review_workshop", "review.title", "mic"),
    Item("recommendations.capture", "capture.title", "edit"),
)
# Pages of no meeting, for the administrator.
OF_PLATFORM = (
    Item("accounts.accounts", "accounts.title", "people"),
    Item("territory.bodies", "territory.bodies", "grid"),
    Item("territory.days_off", "territory.days_off", "cal"),
)
FOOT = (
    Item("portal.about", "nav.about"),
    Item("portal.accessibility", "nav.accessibility"),
    Item("portal.privacy", "nav.privacy"),
    Item("portal.open_data", "nav.open_data"),
    Item("portal.contact", "nav.contact"),
)


# Where each of the demonstration's people begins.
PERSONA_HOMES = {
    "organiser": "portal.dashboard", "desk": "attendance.door", "rapporteur": "recommendations.capture",
    "coordinator": "recommendations.review", "secretary": "plenary.driver", "officer": "portal.my_commune",
    "official": "portal.my_commune", "unit": "followup.matrix", "admin": "accounts.accounts",
}  # fmt: skip


def persona_home(persona: str, meetings: Sequence[Any]) -> str:
    """The page where one of the demonstration's people begins, in the latest meeting."""
    endpoint = PERSONA_HOMES.get(persona, "portal.home")
    if endpoint not in current_app.view_functions or not meetings:
        return url_for("portal.home")
    wanted = {"slug": meetings[0].slug, "workshop_code": "1"}
    rule = next(current_app.url_map.iter_rules(endpoint))
    return url_for(endpoint, **{name: value for name, value in wanted.items() if name in rule.arguments})


def init_app(app: Flask) -> None:
    """Hand the frame to the templates."""
    app.context_processor(lambda: {
        "meeting_nav": meeting_nav, "footer_links": footer_links, "site_owner": site_owner(), "rail": rail(),
        "current_meeting": current_meeting, "demo": banner(), "persona_home": persona_home,
    })  # fmt: skip


def _open(item: Item, *things: Any) -> bool:
    """Whether the page is there and this reader may see it."""
    marker = marker_of(current_app.view_functions.get(item.endpoint))
    return marker is not None and marker.permission in PERMISSIONS and may(marker.permission, *things)


def meeting_nav(meeting: Any) -> list[dict[str, Any]]:
    """The public pages of a meeting."""
    return [
        {
            "url": url_for(item.endpoint, slug=meeting.slug),
            "label": t(item.key),
            "current": WITHIN.get(request.endpoint or "", request.endpoint) == item.endpoint,
        }
        for item in PUBLIC_NAV
        if _open(item, meeting)
    ]


def rail() -> list[dict[str, Any]]:
    """The navigation of working pages, by what their reader may do: the meeting's, the workshop's, the platform's."""
    if not current_actor().signed_in:
        return []
    meeting, groups = _meeting(), []
    if meeting is not None:
        workshop: Any = (request.view_args or {}).get("workshop") if request else None
        if hasattr(workshop, "scope"):
            place = {"slug": meeting.slug, "workshop_code": workshop.code}
            groups.append(_group("nav.workshops", OF_WORKSHOP, place, workshop))
        groups += [_group(key, items, {"slug": meeting.slug}, meeting) for key, items in RAIL]
    groups.append(_group("portal.platform", OF_PLATFORM, {}))
    return [group for group in groups if group["items"]]


def _group(key: str, items: Sequence[Item], place: dict[str, Any], *things: Any) -> dict[str, Any]:
    """One heading of the rail with the pages that are open to the reader."""
    return {
        "label": t(key),
        "items": [
            {
                "url": url_for(item.endpoint, **place),
                "label": t(item.key),
                "icon": item.icon,
                "current": PARTS.get(request.endpoint or "", request.endpoint) == item.endpoint,
            }
            for item in items
            if _open(item, *things)
        ],
    }


def _meeting() -> Any | None:
    thing = (request.view_args or {}).get("meeting") if request else None
    return thing if hasattr(thing, "slug") else g.get("meeting")


def current_meeting() -> dict[str, Any] | None:
    """The meeting in the head of working pages."""
    meeting = _meeting()
    if meeting is None:
        return None
    lang = current_language()
    name = getattr(meeting, f"short_{lang}", "") or meeting.short_ar or meeting.title_ar
    return {
        "name": name,
        "dates": date_range(meeting.starts_on, meeting.ends_on),
        "phase": t(f"phase.{meeting.phase}"),
        "url": url_for("meetings.page", slug=meeting.slug) if "meetings.page" in current_app.view_functions else "#",
    }


def footer_links() -> list[dict[str, str]]:
    """The foot of public pages."""
    return [{"label": t(item.key), "url": url_for(item.endpoint)} for item in FOOT if _open(item)]


def site_owner() -> str:
    """The organisation that runs this installation, in the reader's language."""
    settings = current_app.config["LIQAA"]
    name: str = getattr(settings, f"organisation_{current_language()}", settings.organisation_ar)
    return name
