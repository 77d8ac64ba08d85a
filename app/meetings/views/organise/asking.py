"""Questions before acts that cannot be taken back, each a page of its own."""

from __future__ import annotations

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from app.kernel.errors import Refusal
from app.kernel.languages import t


def ask(question: str, consequence: str, act: str, back: str, *, meeting: object) -> str:
    """A page with the question, what follows from it, the act, and the way out; the form posts to its own address."""
    return render_template(
        "meetings/manage/ask.html", question=question, consequence=consequence, act=act, back=back, meeting=meeting
    )


def saved(where: str) -> Response:
    """Back to a page, saying that it is saved."""
    flash(t("meetings.saved"), "ok")
    return redirect(where, 303)


def refused_at(refusal: Refusal, where: str) -> Response:
    """Back to a page with the sentence of a refusal that belongs to no field; nothing was changed."""
    flash(t(refusal.key, **refusal.params), "error")
    return redirect(where, 303)
