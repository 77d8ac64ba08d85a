"""What everybody may read: the recommendations of a meeting, each of them, and the editions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from flask import Response, current_app, render_template, request, url_for

from app.kernel.access import access
from app.kernel.clock import current_clock, to_utc
from app.kernel.errors import NotFound
from app.kernel.languages import current_language
from app.paper.qr import qr_svg
from app.publication import expectations, hooks, queries
from app.publication.filters import Filter
from app.publication.history import steps
from app.publication.nearness import near
from app.publication.snapshot import Snapshot
from app.publication.states import DOCUMENTS, LANGUAGES, MANY
from app.publication.views import pages


def absolute(endpoint: str, **values: Any) -> str:
    """The address of a page with the installation's own base."""
    return str(current_app.config["LIQAA"].base_url) + url_for(endpoint, **values)


@pages.get("/meetings/<slug>/recommendations")
@access("publication.view", cached_by="meeting")
def recommendations(meeting: Any) -> str:
    """The recommendations in force, with search and filters in the address; before that, when they will be there.

    One query whatever their number: everything comes from the edition's snapshot.
    """
    snapshot = queries.latest_snapshot(meeting)
    if snapshot is None:
        return render_template(
            "publication/nothing_yet.html", meeting=meeting, expected=expectations.plenary_day(meeting)
        )
    chosen = Filter.read(request.args)
    page = absolute("publication.recommendations", slug=meeting.slug)
    return render_template(
        "publication/list.html", meeting=meeting, snapshot=snapshot, found=chosen.apply(snapshot), chosen=chosen,
        menus=chosen.menus(snapshot), conditions=chosen.conditions(snapshot), page_url=page, qr=qr_svg(page, page),
        today=current_clock().today(meeting.zone),
    )  # fmt: skip


@pages.get("/meetings/<slug>/recommendations/<serial>")
@access("publication.view", cached_by="meeting")
def recommendation(meeting: Any, recommendation: Any) -> str:
    """One recommendation at its permanent address: text in force, decision, history, what became of it."""
    snapshot = queries.latest_snapshot(meeting)
    item = snapshot.numbered(recommendation.number) if snapshot else None
    if item is None:  # Marked as published without an edition: nothing was printed, so nothing is shown.
        raise NotFound
    page = absolute("publication.recommendation", slug=meeting.slug, serial=recommendation.number)
    text, lang = item.shown()
    return render_template(
        "publication/recommendation.html", meeting=meeting, snapshot=snapshot, item=item, text=text, text_lang=lang,
        others=_others(item, lang), steps=steps(item, queries.wordings(recommendation), meeting.zone),
        related=near(item), page_url=page, qr=qr_svg(page, page),
        followup=hooks.follow_up(recommendation.id, current_clock().today(meeting.zone)), recommendation=recommendation,
    )  # fmt: skip


def _others(item: Any, shown: str) -> list[tuple[str, str, str]]:
    """The text in the other languages it has: language, text, state of the translation."""
    return [
        (lang, item.bodies[lang], item.data["texts"][lang]["translation"])
        for lang in ("ar", "fr", "en", "zgh") if lang in item.bodies and lang != shown
    ]  # fmt: skip


@pages.get("/meetings/<slug>/editions/<edition_number>")
@access("publication.view", cached_by="meeting")
def edition(meeting: Any, edition: Any) -> str:
    """One edition: its documents with their hashes, its erratum, how to verify it, and the editions round it."""
    made = {(row.kind, row.lang): row for row in queries.files(edition)}
    return render_template(
        "publication/edition.html", meeting=meeting, edition=edition,
        snapshot=Snapshot(edition.snapshot, edition.sha256), editions=queries.editions(meeting),
        documents=[(kind, lang, made.get((kind, lang))) for kind, lang in _in_order()],
        page_url=absolute("publication.edition", slug=meeting.slug, edition_number=edition.number),
    )  # fmt: skip


def _in_order() -> list[tuple[str, str]]:
    """The documents as this reader looks for them: the page's language first, files of every language last."""
    own = current_language()
    order = {lang: place for place, lang in enumerate(dict.fromkeys([own, *LANGUAGES, MANY]))}
    return sorted(DOCUMENTS, key=lambda one: order[one[1]])


@pages.get("/meetings/<slug>/feed.atom")
@access("publication.view", cached_by="meeting")
def feed(meeting: Any) -> Response:
    """The editions of a meeting and its recommendations as an Atom feed (RFC 4287)."""
    editions = queries.editions(meeting)
    opened = to_utc(datetime.combine(meeting.starts_on, time()), meeting.zone)
    body = render_template(
        "publication/feed.xml", meeting=meeting, snapshot=queries.latest_snapshot(meeting), editions=editions,
        base=current_app.config["LIQAA"].base_url, updated=editions[0].published_at if editions else opened,
        first=editions[-1].published_at if editions else opened, changed=_last_corrections(editions),
    )  # fmt: skip
    return Response(body, content_type="application/atom+xml; charset=utf-8")


def _last_corrections(editions: Iterable[Any]) -> dict[str, datetime]:
    """When each corrected recommendation was corrected last."""
    oldest_first = sorted(editions, key=lambda one: one.number)
    return {ident: one.published_at for one in oldest_first for ident in one.changes.get("texts", {})}
