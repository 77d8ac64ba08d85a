"""The demonstration is replayed: the product's own actions, with the clock of each historical moment."""

from __future__ import annotations


def set_moment(name: str) -> None:
    """Empty the demonstration's meetings and replay them up to the moment, in the present transaction."""
    raise NotImplementedError
