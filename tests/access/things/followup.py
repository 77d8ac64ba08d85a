"""A commitment of a commune of each side, with a task, a request for more time, a public proof and a subscription."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from app.followup.models import Commitment, Evidence, Extension, ProgressReport, Subscription, Task
from app.followup.queries.digests import digest_token, subscription_token
from app.kernel import files
from app.kernel.database import db
from app.kernel.transaction import transaction
from tests.followup.conftest import recommendation
from tests.world import MADE, World

BODIES = {"agadir": "09.001.01.01", "fes": "03.231.01.0"}
NUMBER = 901


def build(world: World) -> None:
    """The same in both meetings."""
    for name, code in BODIES.items():
        with transaction():
            _build(world, name, code)


def _build(world: World, name: str, code: str) -> None:
    row = recommendation(world, NUMBER, meeting=name, bodies=(code,), horizon=date(2022, 6, 30))
    commitment = Commitment(
        meeting_id=row.meeting_id, programme_id=world.things["papc" if name == "agadir" else "pdr"],
        recommendation_id=row.id, body_id=world.things[code], created_at=MADE, state_at=MADE, response="accepted",
        state="reported_done", current_due=date(2022, 6, 30), original_due=date(2022, 6, 30),
    )  # fmt: skip
    commitment.tasks = [Task(title_ar="مهمة", owner="فلان", due_on=date(2022, 5, 1), position=1)]
    proof = Evidence(kind="order", title="قرار", public=True, at=MADE)
    proof.file = files.store(BytesIO(b"%PDF-1.4"), "a.pdf")
    report = ProgressReport(claimed="reported_done", narrative="تم", author="فلان", at=MADE)
    report.evidence = [proof]
    commitment.reports = [report]
    db.session.add(commitment)
    db.session.flush()
    asked = Extension(
        commitment_id=commitment.id, due_before=date(2022, 6, 30), due_asked=date(2022, 9, 30), reason="سبب",
        asked_by="فلان", asked_at=MADE,
    )  # fmt: skip
    follower = Subscription(
        email=f"{name}@example.org", subject_type="meeting", subject_id=row.meeting_id, created_at=MADE
    )
    db.session.add_all([asked, follower])
    db.session.flush()
    found = {"commitment": commitment, "task": commitment.tasks[0], "extension": asked, "evidence": proof}
    world.things |= {f"{name}.{kind}": thing.id for kind, thing in found.items()}
    world.things[f"{name}.subscription"] = follower.id


def values(world: World, name: str) -> dict[str, str]:
    """What the addresses of the follow-up hold on one side."""
    ids = {f"{kind}_id": world.things[f"{name}.{kind}"] for kind in ("commitment", "task", "extension", "evidence")}
    ids["subscription_token"] = subscription_token(world.things[f"{name}.subscription"])
    ids["digest_token"] = digest_token(world.people["officer" if name == "agadir" else "outsider"])
    return ids | {"body_code": BODIES[name], "chart": "states", "number": str(NUMBER)}
