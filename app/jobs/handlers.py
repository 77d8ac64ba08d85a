"""The jobs of this room itself: sending one mail, and forgetting what is long done."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import update

from app.jobs import actions, postman, queries
from app.jobs.mail import SEND
from app.jobs.models import OutboxMail
from app.jobs.registry import Task, handler, periodic
from app.jobs.states import MAIL_TRIES, MailState
from app.kernel import idempotency
from app.kernel.database import db
from app.kernel.transaction import transaction

DONE_KEPT = timedelta(days=30)


@handler(SEND, outside=True, tries=MAIL_TRIES)
def send_mail(task: Task) -> None:
    """Claim the mail, commit, hand it to the server, write that it left.

    Nothing is lost: until "sent" is committed the mail is tried again. What remains at-least-once is SMTP's own gap: a
    worker killed between the server's answer and our commit sends a second copy, under the same Message-ID, which
    receiving servers and mail programs use to show one.
    """
    mail = _claim(task)
    if mail is None:
        return
    try:
        postman.deliver(mail, current_app.config["LIQAA"])
    except postman.Undeliverable as error:
        with task.finishing({"undeliverable": error.told}):
            _mark(mail.id, state=MailState.FAILED, error=error.told)
        return
    except postman.NotNow as error:
        last = task.attempt >= MAIL_TRIES
        with transaction():
            _mark(mail.id, state=MailState.FAILED if last else MailState.WAITING, error=error.told)
        raise
    with task.finishing():
        _mark(mail.id, state=MailState.SENT, error="", sent_at=task.clock.now())


def _claim(task: Task) -> OutboxMail | None:
    """The mail, marked as being sent; None when it was erased or has left already."""
    with transaction():
        mail = queries.find_mail(str(task.payload["mail"]))
        if mail is None or mail.state == MailState.SENT:
            return None
        mail.state = MailState.SENDING
        mail.attempts += 1
        db.session.flush()
        db.session.refresh(mail)
        db.session.expunge(mail)
        return mail


def _mark(mail_id: str, **values: object) -> None:
    db.session.execute(update(OutboxMail).where(OutboxMail.id == mail_id).values(**values))


@handler("jobs.prune")
def forget_done(task: Task) -> dict[str, int]:
    """Forget jobs done a month ago and stored answers past their time."""
    now = task.clock.real_now()
    return {"jobs": actions.prune(now - DONE_KEPT), "answers": idempotency.prune(now - idempotency.KEPT)}


periodic("jobs.prune", timedelta(days=1))
