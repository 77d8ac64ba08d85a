"""How addresses name accounts."""

from __future__ import annotations

from app.accounts import queries
from app.kernel.access import loader


def connect() -> None:
    """Teach the addresses `account_id`."""
    loader("account_id", "account", lambda value, _loaded: queries.find_account(value))
