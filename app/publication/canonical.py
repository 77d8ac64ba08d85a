"""The one way to write a snapshot down, so that everybody who hashes it gets the same hash (RFC 8785, SHA-256)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785


def canonical(document: Mapping[str, Any]) -> bytes:
    """The document as canonical JSON."""
    return rfc8785.dumps(dict(document))


def hash_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(document)).hexdigest()


def hash_text(text: str) -> str:
    """SHA-256 of a text in UTF-8, as `printf %s "text" | sha256sum` gives it."""
    return hashlib.sha256(text.encode()).hexdigest()
