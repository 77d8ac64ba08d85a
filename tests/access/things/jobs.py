"""A mail of the outbox with a file."""

from __future__ import annotations

from app.jobs.mail import Attachment, queue_mail
from app.kernel.clock import current_clock
from app.kernel.transaction import transaction
from tests.world import World


def build(world: World) -> None:
    """Queue one mail."""
    file = Attachment("a.txt", b"a", "text/plain")
    with transaction():
        mail = queue_mail(
            to="p@example.org", name="", template="jobs/trial", language="ar", values={}, clock=current_clock(),
            subject_key="mail.trial.subject", attachments=[file],
        )  # fmt: skip
    world.things["mail"] = str(mail)


def values(world: World, name: str) -> dict[str, str]:
    """The outbox is the installation's: both sides have the same mail."""
    return {"mail_id": world.things["mail"], "position": "0"}
