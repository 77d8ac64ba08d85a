"""Passwords: argon2id (RFC 9106, the library's second recommended option), hashed outside any transaction."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST = 12
_hasher = PasswordHasher()
# Verified when there is no such account, so that the answer takes the same time; written out, for making one would
# keep every start of a process waiting. No password has it: all its bytes are zero.
_DECOY = (
    f"$argon2id$v=19$m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    f"${'A' * (-(-_hasher.salt_len * 4 // 3))}${'A' * (-(-_hasher.hash_len * 4 // 3))}"
)
# Passwords that every list of leaked ones begins with; length does the rest (ASVS 5.0, 6.2).
COMMON = frozenset({"password1234", "123456789012", "qwertyuiop12", "motdepasse12", "azertyuiop12", "administrator"})


def make_hash(password: str) -> str:
    """The hash to store."""
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; takes the same time without one."""
    try:
        return _hasher.verify(stored or _DECOY, password) and stored is not None
    except (Argon2Error, InvalidHashError):
        return False


def too_weak(password: str, email: str) -> bool:
    """Whether the password is shorter than 12 characters, among the common ones, or the address itself."""
    low = password.lower()
    return len(password) < SHORTEST or low in COMMON or low == email.lower() or len(set(low)) < 4
