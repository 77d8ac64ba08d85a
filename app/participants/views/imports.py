"""The import wizard: file, columns, check, result; the way back for a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.jobs.actions import enqueue
from app.jobs.queries import job_of
from app.kernel import files
from app.kernel.access import access, current_actor
from app.kernel.clock import current_clock
from app.kernel.errors import NotFound, Refusal
from app.kernel.idempotency import idempotent
from app.kernel.languages import current_language, t
from app.participants import import_papers
from app.participants.actions import import_undoing, importing
from app.participants.forms.importing import CommitForm, UploadForm, mapping_of
from app.participants.forms.own import AskForm
from app.participants.importing import FIELDS, guess_columns
from app.participants.queries import importing as queries
from app.participants.views import pages

if TYPE_CHECKING:
    from app.meetings.loaders import Meeting
    from app.participants.loaders import ImportBatch

# A longer list is read by a job, and its page shows how far the job is.
LARGE = 1500
SHOWN = 200


@pages.route("/meetings/<slug>/manage/imports", methods=["GET", "POST"])
@access("participants.import", writes=True)
@idempotent
def imports(meeting: Meeting) -> Any:
    """The imports there were, and the field for the next file."""
    form = UploadForm()
    if form.is_submitted():
        sent = form.upload
        try:
            if sent is None:
                raise Refusal("file_empty", field="file")
            batch = importing.upload(
                meeting=meeting, content=sent.read(), filename=sent.filename, actor=current_actor(),
                clock=current_clock(),
            )  # fmt: skip
            return redirect(url_for(".import_columns", slug=meeting.slug, import_id=batch.id), 303)
        except Refusal as refusal:
            form.attach(refusal)
    page = render_template("participants/imports.html", meeting=meeting, section="imports", form=form,
                           batches=queries.imports(meeting), clock=current_clock())  # fmt: skip
    return page, 422 if form.bad else 200


@pages.route("/meetings/<slug>/manage/imports/<import_id>/columns", methods=["GET", "POST"])
@access("participants.import", writes=True)
@idempotent
def import_columns(meeting: Meeting, batch: ImportBatch) -> Any:
    """What each column holds: guessed, shown with three values, chosen by the organiser."""
    if batch.state not in ("columns", "checking", "checked"):
        return _to(meeting, batch)
    form = AskForm()
    sheets = importing.sheets_of(batch)
    mapping: Any = mapping_of(request.form) if form.is_submitted() else None
    if mapping is not None:
        try:
            _check(meeting, batch, mapping, sum(len(sheet.values) for sheet in sheets))
            return _to(meeting, batch)
        except Refusal as refusal:
            form.attach(refusal)
    plans = guess_columns(sheets, mapping or batch.mapping or None)
    page = render_template("participants/import_columns.html", meeting=meeting, section="imports", batch=batch,
                           form=form, plans=plans, fields=FIELDS,
                           again=queries.imported_before(meeting, batch.sha256))  # fmt: skip
    return page, 422 if form.bad else 200


def _check(meeting: Meeting, batch: ImportBatch, mapping: dict[str, Any], rows: int) -> None:
    if rows <= LARGE:
        importing.check(batch=batch, meeting=meeting, mapping=mapping, actor=current_actor())
        return
    batch.mapping, batch.state = mapping, "checking"
    enqueue("participants.check_import", {"import": batch.id}, key=f"check:{batch.id}:{current_clock().real_now()}")


@pages.get("/meetings/<slug>/manage/imports/<import_id>")
@access("participants.import")
def import_page(meeting: Meeting, batch: ImportBatch) -> Any:
    """Where an import stands: waiting for its job, to be checked, or done."""
    if batch.state == "columns":
        return redirect(url_for(".import_columns", slug=meeting.slug, import_id=batch.id), 303)
    common: dict[str, Any] = {"meeting": meeting, "section": "imports", "batch": batch, "form": AskForm()}
    if batch.state in ("checking", "committing"):
        return render_template("participants/import_waiting.html", job=job_of(f"commit:{batch.id}"), **common)
    if batch.state == "checked":
        good = sum(1 for row in batch.rows if not row["bad"] and row["outcome"] in ("new", "changed", "reserved"))
        bad = [row for row in batch.rows if row["bad"]]
        return render_template(
            "participants/import_check.html", **(common | {"form": CommitForm(good=good, bad=len(bad))}),
            bad=bad[:SHOWN], bad_count=len(bad), changed=_of_outcome(batch, "changed"),
            doubles=_of_outcome(batch, "duplicate"), good=good,
            looked=_worth_a_look(batch)[:SHOWN], law=_dropped(batch), remark=import_papers.remark,
        )  # fmt: skip
    return render_template("participants/import_done.html", may_undo=importing.may_undo(batch, current_clock()),
                           **common)  # fmt: skip


@pages.post("/meetings/<slug>/manage/imports/<import_id>/commit")
@access("participants.import", writes=True)
@idempotent
def import_commit(meeting: Meeting, batch: ImportBatch) -> Any:
    """Write the import: everything, or everything but the rows to be mended; large ones by a job."""
    skip = request.form.get("mode") == "skip"
    if len(batch.rows) > LARGE and batch.state == "checked":
        if not skip and any(row["bad"] for row in batch.rows):
            raise Refusal("import_bad_rows", count=sum(1 for row in batch.rows if row["bad"]))
        batch.state = "committing"
        enqueue("participants.commit_import", {"import": batch.id, "skip_bad": skip}, key=f"commit:{batch.id}")
    elif batch.state != "committing":
        importing.commit(batch=batch, meeting=meeting, skip_bad=skip, actor=current_actor(), clock=current_clock())
    return _to(meeting, batch)


@pages.route("/meetings/<slug>/manage/imports/<import_id>/undo", methods=["GET", "POST"])
@access("participants.import", writes=True)
@idempotent
def import_undo(meeting: Meeting, batch: ImportBatch) -> Any:
    """Take an import back, within a day."""
    form = AskForm()
    if form.is_submitted():
        import_undoing.undo(batch=batch, meeting=meeting, actor=current_actor(), clock=current_clock())
        return _to(meeting, batch)
    return render_template(
        "participants/ask.html", meeting=meeting, section="imports", form=form, kind="stop", fields=[],
        question=t.page("participants.import.ask_undo"), consequence=t.page("participants.import.ask_undo_then"),
        act=t("participants.import.undo"), back=url_for(".import_page", slug=meeting.slug, import_id=batch.id),
    )  # fmt: skip


@pages.get("/meetings/<slug>/manage/imports/<import_id>/bad-rows.xlsx")
@access("participants.import")
def import_bad_rows(meeting: Meeting, batch: ImportBatch) -> Response:
    """The rows to be mended, with the reason, in the columns of the template: mended, the file is sent again."""
    content = import_papers.bad_rows(batch.rows, current_language())
    return files.attachment(content, files.KINDS["xlsx"][1], f"{meeting.slug}-to-mend.xlsx")


@pages.get("/meetings/<slug>/manage/imports/template-<template_lang>.xlsx")
@access("participants.import")
def import_template(meeting: Meeting, template_lang: str) -> Response:
    """An empty list with our column names in one of three languages."""
    if template_lang not in ("ar", "fr", "en"):
        raise NotFound
    content = import_papers.template(template_lang)
    return files.attachment(content, files.KINDS["xlsx"][1], f"liqaa-template-{template_lang}.xlsx")


def _worth_a_look(batch: ImportBatch) -> list[dict[str, Any]]:
    """Rows that were read, with something a person should look at."""
    return [row for row in batch.rows if not row["bad"] and import_papers.to_check(row)]


def _of_outcome(batch: ImportBatch, outcome: str) -> list[dict[str, Any]]:
    return [row for row in batch.rows if row["outcome"] == outcome][:SHOWN]


def _dropped(batch: ImportBatch) -> bool:
    return any("identity_number_dropped" in row["flags"] for row in batch.rows)


def _to(meeting: Meeting, batch: ImportBatch) -> Response:
    return redirect(url_for(".import_page", slug=meeting.slug, import_id=batch.id), 303)
