"""What leaves the house about people: a person's own data, and the organiser's list."""

from __future__ import annotations

import json

from app.jobs.queries import mails_to
from app.kernel.clock import stamp
from app.participants.actions.filling import snapshot
from app.participants.models import Participant
from app.participants.queries.people import history


def personal(participant: Participant) -> bytes:
    """Everything kept about somebody, as JSON they can read and take elsewhere (law 09-08, right of access)."""
    said = {key: value for key, value in snapshot(participant).items() if key != "wishes"}
    mails = mails_to(participant.email) if participant.email else []
    held = {
        "meeting": participant.meeting.title_ar, "code": participant.code, "status": participant.status,
        "registration": said | {"wishes": [wish.workshop.title_ar for wish in participant.wishes],
                                "other_phones": participant.other_phones},
        "source": participant.source,
        "consent": {"text_version": participant.privacy_version, "image": participant.image_consent,
                    "at": stamp(participant.consented_at) if participant.consented_at else None},
        "registered_at": stamp(participant.registered_at) if participant.registered_at else None,
        "history": [{"at": stamp(line.at), "what": line.kind, "by": line.actor_label, "values": line.values}
                    for line in history(participant)],
        "mails": [{"at": stamp(mail.queued_at), "subject": mail.subject}
                  for mail in mails if participant.id in (mail.key or "")],
    }  # fmt: skip
    return json.dumps(held, ensure_ascii=False, indent=2).encode()
