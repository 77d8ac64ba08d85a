"""The whole content of a publication as plain data, read from the tables once and never again."""

from app.publication.snapshot.building import build, corrected, header
from app.publication.snapshot.reading import Published, Snapshot

__all__ = ["Published", "Snapshot", "build", "corrected", "header"]
