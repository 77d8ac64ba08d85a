"""A person's name in its scripts, and the shadows by which people are found, ordered and told apart."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.kernel.text import fold, script_of, skeleton, sort_key

_DIGITS = re.compile(r"\D")


@dataclass(frozen=True)
class Name:
    """One name in the scripts it was given in; at least one of them is not empty."""

    ar: str = ""
    latin: str = ""
    zgh: str = ""

    @property
    def shown(self) -> str:
        """The name as it is shown first, Arabic before Latin before Tifinagh."""
        return self.ar or self.latin or self.zgh


def name_of(typed: str, latin: str = "") -> Name:
    """The name typed in one field, put where its script belongs; never split, never re-cased.

    A Latin name typed beside it stays the Latin name; typed twice in Latin letters, the one for the badge wins.
    """
    script = script_of(typed)
    if script == "latin":
        return Name(latin=latin or typed)
    if script == "zgh":
        return Name(latin=latin, zgh=typed)
    return Name(ar=typed, latin=latin)


def identity_key(name: str, email: str, phone: str, body: str = "") -> str:
    """What makes one person one place: the folded name and the mail, else the phone, else the body; hashed."""
    return hashlib.sha256(f"{fold(name)}|{email or phone or body}".encode()).hexdigest()


def shadow(name: Name, code: str, email: str, phones: Iterable[str], bodies: Iterable[str]) -> str:
    """The folded text in which the organiser's list is searched: names, bodies, code, address, digits of phones."""
    parts = [name.ar, name.latin, name.zgh, *bodies, code, email]
    digits = [_DIGITS.sub("", phone) for phone in phones if phone]
    return " ".join(dict.fromkeys(word for word in [*map(fold, parts), *digits] if word))[:900]


def compared(name: Name) -> str:
    """The consonants of the name, by which the same person in two scripts is proposed as one."""
    return skeleton(name.latin or name.ar or name.zgh)[:200]


def order_in(lang: str, name: Name) -> str:
    """The key under which the name stands in a list in Arabic (`ar`) or in Latin letters (`fr`)."""
    first = name.latin or name.ar or name.zgh if lang == "fr" else name.shown
    return sort_key(first, lang)[:400]
