"""The documents of a meeting in the organiser's order, and its quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import t
from app.meetings import actions, queries
from app.meetings.forms import DocumentForm, QuoteForm
from app.meetings.views import pages
from app.meetings.views.organise.asking import refused_at, saved

if TYPE_CHECKING:
    from app.meetings.loaders import Document, Meeting, Quote


@pages.get("/meetings/<slug>/manage/documents")
@access("meetings.edit")
def documents_edit(meeting: Meeting) -> str:
    """Every document, broadcast and quotation, with what may be done to it."""
    return render_template(
        "meetings/manage/documents.html", meeting=meeting, section="documents", quotes=queries.quotes(meeting),
        groups=[(t("nav.documents"), queries.documents(meeting)), (t("meetings.streams"), queries.streams(meeting))],
        now=current_clock().now(),
    )  # fmt: skip


def _home(meeting: Meeting) -> str:
    return url_for("meetings.documents_edit", slug=meeting.slug)


@pages.get("/meetings/<slug>/manage/documents/new")
@access("meetings.edit")
def new_document(meeting: Meeting) -> str:
    """An empty document."""
    return _document(meeting, None, _form(meeting, None))


@pages.get("/meetings/<slug>/manage/documents/<document_id>")
@access("meetings.edit")
def edit_document(meeting: Meeting, document: Document) -> str:
    """One document."""
    return _document(meeting, document, _form(meeting, document))


def _form(meeting: Meeting, document: Document | None, *, typed: bool = False) -> DocumentForm:
    form = DocumentForm(obj=document if not typed else None)
    form.offer(queries.sittings(meeting))
    return form


def _document(meeting: Meeting, document: Document | None, form: DocumentForm) -> str:
    return render_template(
        "meetings/manage/document.html", meeting=meeting, section="documents", document=document, form=form
    )


@pages.post("/meetings/<slug>/manage/documents/new")
@access("meetings.edit", writes=True)
@idempotent
def add_document(meeting: Meeting) -> Response | tuple[str, int]:
    """Add a document."""
    return _save(meeting, None)


@pages.post("/meetings/<slug>/manage/documents/<document_id>")
@access("meetings.edit", writes=True)
@idempotent
def save_document(meeting: Meeting, document: Document) -> Response | tuple[str, int]:
    """Save a document, with its file when one was attached."""
    return _save(meeting, document)


def _save(meeting: Meeting, document: Document | None) -> Response | tuple[str, int]:
    form = _form(meeting, document, typed=True)
    actor, clock = current_actor(), current_clock()
    try:
        if form.validate():
            row = actions.save_document(meeting, document, fields=form.values(), actor=actor, clock=clock)
            if form.file.data and form.file.data.filename:
                upload = form.file.data
                actions.attach_file(meeting, row, upload.stream, upload.filename, actor=actor, clock=clock)
            return saved(_home(meeting))
    except Refusal as refusal:
        form.attach(refusal)
    return _document(meeting, document, form), 422


@pages.post("/meetings/<slug>/manage/documents/<document_id>/<act>")
@access("meetings.edit", writes=True)
def document_act(meeting: Meeting, document: Document, act: str) -> Response:
    """Publish, withdraw, move up or down, seal or remove a document."""
    actor, clock = current_actor(), current_clock()
    try:
        if act in {"up", "down"}:
            actions.move_document(meeting, document, up=act == "up", actor=actor, clock=clock)
            return redirect(_home(meeting), 303)
        acts = {
            "publish": actions.publish_document, "withdraw": actions.withdraw_document,
            "seal": actions.seal_telegram, "remove": actions.remove_document,
        }  # fmt: skip
        if act not in acts:
            raise Refusal("not_found", status=404)
        acts[act](meeting, document, actor=actor, clock=clock)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return refused_at(refusal, _home(meeting))
    return saved(_home(meeting))


@pages.get("/meetings/<slug>/manage/documents/<document_id>/ask/<act>")
@access("meetings.edit")
def ask_document(meeting: Meeting, document: Document, act: str) -> str:
    """The question before a document goes or is sealed."""
    if act not in {"remove", "seal"}:
        raise Refusal("not_found", status=404)
    word = t("action.delete") if act == "remove" else t("meetings.seal")
    question = t("meetings.ask.remove" if act == "remove" else "meetings.ask.seal", title=document.title_ar)
    url = url_for("meetings.document_act", slug=meeting.slug, document_id=document.id, act=act)
    return render_template(
        "meetings/manage/ask.html", question=question, meeting=meeting, act=word, back=_home(meeting), url=url,
        consequence=t("meetings.ask.seal.then") if act == "seal" else "",
    )  # fmt: skip


@pages.get("/meetings/<slug>/manage/quotes/new")
@access("meetings.edit")
def new_quote(meeting: Meeting) -> str:
    """An empty quotation."""
    return _quote(meeting, None, QuoteForm())


@pages.get("/meetings/<slug>/manage/quotes/<quote_id>")
@access("meetings.edit")
def edit_quote(meeting: Meeting, quote: Quote) -> str:
    """One quotation."""
    return _quote(meeting, quote, QuoteForm(obj=quote))


def _quote(meeting: Meeting, quote: Quote | None, form: QuoteForm) -> str:
    return render_template("meetings/manage/quote.html", meeting=meeting, section="documents", quote=quote, form=form)


@pages.post("/meetings/<slug>/manage/quotes/new")
@access("meetings.edit", writes=True)
@idempotent
def add_quote(meeting: Meeting) -> Response | tuple[str, int]:
    """Add a quotation."""
    return _save_quote(meeting, None)


@pages.post("/meetings/<slug>/manage/quotes/<quote_id>")
@access("meetings.edit", writes=True)
@idempotent
def save_quote(meeting: Meeting, quote: Quote) -> Response | tuple[str, int]:
    """Save a quotation, or remove it when asked to."""
    if "remove" in request.form:
        actions.remove_quote(meeting, quote, actor=current_actor(), clock=current_clock())
        return saved(_home(meeting))
    return _save_quote(meeting, quote)


def _save_quote(meeting: Meeting, quote: Quote | None) -> Response | tuple[str, int]:
    form = QuoteForm()
    try:
        if form.validate():
            actions.save_quote(meeting, quote, fields=form.values(), actor=current_actor(), clock=current_clock())
            return saved(_home(meeting))
    except Refusal as refusal:
        form.attach(refusal)
    return _quote(meeting, quote, form), 422
