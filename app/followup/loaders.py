"""How the parameters of addresses become commitments and what hangs on them, each loaded inside its parent."""

from __future__ import annotations

from app.followup import queries, rules
from app.followup.models import Commitment, Evidence, Extension, Subscription, Task
from app.kernel.access import Actor, Grant, current_actor, loader

# What the parameters become: who takes it from here names it without knowing its table.
__all__ = ["Commitment", "Evidence", "Extension", "Subscription", "Task", "connect"]


def connect() -> None:
    """Register the parameters of this room."""
    loader("commitment_id", "commitment", lambda value, loaded: queries.find_commitment(loaded["meeting"], value))
    loader("task_id", "task", lambda value, loaded: queries.find_task(loaded["commitment"], value))
    loader("extension_id", "extension", lambda value, loaded: queries.find_extension(loaded["commitment"], value))
    loader("evidence_id", "evidence", lambda value, loaded: _evidence(value, loaded["meeting"]))
    loader(
        "subscription_token", "subscription", lambda value, _: queries.digests.find_subscription_by_token(value),
        grants=lambda found: _holder("subscription", found.id),
    )  # fmt: skip
    loader(
        "digest_token", "reader", lambda value, _: queries.digests.find_reader_by_token(value),
        grants=lambda found: _holder("account", found.account_id),
    )  # fmt: skip


def _holder(scope: str, ident: str) -> Actor:
    """The holder of a link of a mail may stop that mail and nothing else."""
    return Actor("link", ident, "", frozenset({Grant("subscriber", scope, ident)}))


def _evidence(ident: str, meeting: queries.Meeting) -> queries.Evidence | None:
    found = queries.find_evidence(meeting, ident)
    return found if found is not None and rules.may_read_evidence(current_actor(), found) else None
