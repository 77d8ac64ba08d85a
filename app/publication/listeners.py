"""What the publication watches in earlier rooms."""

from __future__ import annotations

from app.publication import freezing


def connect() -> None:
    """Guard the published texts."""
    freezing.connect()
