"""What the addresses of the matrix name, twice: on the own side (agadir) and on the foreign side (fes)."""

from __future__ import annotations

from app.jobs.mail import Attachment, queue_mail
from app.kernel.clock import current_clock
from app.kernel.transaction import transaction
from tests.participants.people import address_values, build_people
from tests.world import World


def build_things(world: World) -> None:
    """Add one of each thing an address can name to both meetings."""
    with transaction():
        world.things["mail"] = str(
            queue_mail(to="p@example.org", name="", template="jobs/trial", language="ar", values={},
                       clock=current_clock(), subject_key="mail.trial.subject",
                       attachments=[Attachment("a.txt", b"a", "text/plain")])
        )  # fmt: skip
        build_people(world)


def sides(world: World) -> dict[str, dict[str, str]]:
    """Values of the address parameters on both sides; ids of both are those that `build_things` gave."""
    own = {"slug": "agadir-2022", "workshop_code": "W1", "body_code": "09.001.01.01"}
    foreign = {"slug": "fes-2023", "workshop_code": "W1", "body_code": "03.231.01.0"}
    both = {"mail_id": world.things["mail"], "position": "0"}
    own |= address_values(world, "agadir")
    foreign |= address_values(world, "fes")
    return {"own": own | both, "foreign": foreign | both}
