"""Secrets that travel: random tokens stored hashed, short codes people can type, signed payloads."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

# No 0/O, 1/I/L: the code is read aloud at a desk and typed by a stranger.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_token() -> str:
    """A random token of 144 bits, URL-safe; only its hash is ever stored."""
    return secrets.token_urlsafe(18)


def hash_token(token: str) -> str:
    """SHA-256 in hex of a high-entropy token (no salt is needed at 144 bits)."""
    return hashlib.sha256(token.encode()).hexdigest()


def derived_token(purpose: str, ident: str, version: int = 1) -> str:
    """The token of a durable link: made again whenever it is needed, never stored, void when `version` moves.

    HMAC-SHA-256 under the installation's key, cut to 144 bits (RFC 2104 section 5 allows half and more).
    """
    key = str(current_app.secret_key).encode()
    digest = hmac.new(key, f"{purpose}|{ident}|{version}".encode(), hashlib.sha256).digest()[:18]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def derived_letters(purpose: str, ident: str, version: int = 1) -> str:
    """The same in 24 capitals and digits (120 bits, RFC 4648 base32): the densest writing of a QR code, and the keys
    of a scanner that types are told apart under any layout."""
    key = str(current_app.secret_key).encode()
    digest = hmac.new(key, f"{purpose}|{ident}|{version}".encode(), hashlib.sha256).digest()[:15]
    return base64.b32encode(digest).decode()


def short_code(length: int = 8) -> str:
    """A code for badges and letters: Latin capitals and digits without look-alikes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def tidy_code(text: str) -> str:
    """A typed code as it was printed: capitals, without spaces, hyphens and letters that no code has."""
    return "".join(char for char in text.upper() if char in ALPHABET)


def same(left: str, right: str) -> bool:
    """Whether two secrets are equal, in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def sign(payload: Any, purpose: str) -> str:
    """A signed, dated payload for a link that leaves the house."""
    return str(URLSafeTimedSerializer(str(current_app.secret_key), salt=purpose).dumps(payload))


def unsign(text: str, purpose: str, max_age: int) -> Any | None:
    """The payload of `sign`, or None when it was altered or is older than `max_age` seconds."""
    try:
        return URLSafeTimedSerializer(str(current_app.secret_key), salt=purpose).loads(text, max_age=max_age)
    except BadSignature:
        return None


def whole_address(path: str) -> str:
    """The address of a path of ours for what leaves the house: on the configured host, whatever host was asked."""
    return f"{current_app.config['LIQAA'].base_url}/{path.lstrip('/')}"
