"""The person in a cell: names by script, the form of address, a rank or post, or a seat kept for nobody yet."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from app.kernel.text import clean, fold, mask_identity_numbers, script_of, strip_bidi
from app.participants.importing.remarks import status_said
from app.participants.importing.titles import (
    ADDRESS,
    AFTER_RANK,
    ARTICLES,
    PILGRIM,
    PLACE_WORDS,
    RANKS,
    REPRESENTATIVES,
    REPRESENTED,
    SHORT_ADDRESS,
    TO_BE_NAMED,
    UNIT_WORDS,
)
from app.territory.matching import Matcher

_FORMULA = re.compile(r"\s*(?:[=@]|\+(?!\s*\w+\s)|[-+]\s*[\d(=@])")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SEGMENTS = re.compile(r"\s*[/|،;؛\n+&]\s*|\s+[-–—]\s+|\s*,\s*")
_TWO_PEOPLE = re.compile(r"\w{2,}\.?\s(?:et|and|و)\s\w", re.IGNORECASE)
_COUPLE = re.compile(r"^(M\.?|Mr\.?|Monsieur|السيد)\s(?:et|و)\s?(Mme|Madame|السيدة)\s", re.IGNORECASE)
_GLUED = re.compile(r"^(Dr|Pr|Mr|Mme|M|Ing|Prof)\.(?=[^\W\d])", re.IGNORECASE)
_EDGES = " \t.…,;:،؛\"'«»“”*•·-–—_?؟!"


@dataclass(slots=True)
class NameRead:
    """What a name cell holds; `role` is a rank or post found in it, `reserved` a place without a person."""

    ar: str = ""
    latin: str = ""
    zgh: str = ""
    honorific: str = ""
    role: str = ""
    represented_by: str = ""
    status: str = ""
    reserved: bool = False
    formula: bool = False
    flags: list[str] = field(default_factory=list)

    @property
    def is_named(self) -> bool:
        return bool(self.ar or self.latin or self.zgh)

    def flag(self, code: str) -> None:
        if code not in self.flags:
            self.flags.append(code)


def is_formula(text: str) -> bool:
    """Whether a text would be a formula in a spreadsheet: it is never taken in as a name, nor written out bare."""
    return _FORMULA.match(unicodedata.normalize("NFKC", strip_bidi(text)[0])) is not None


@lru_cache(maxsize=16384)
def normal(text: str) -> tuple[str, bool]:
    """The words of a cell as they are kept, and whether a mark that turns their order was taken out."""
    text, turned = strip_bidi(text)
    lines = re.sub(r"[\r\n]+", " / ", text)
    return clean(unicodedata.normalize("NFKC", lines), tatweel=False), turned


def read_name(text: str, bodies: Matcher) -> NameRead:
    """The names of one cell, as written: cleaned, never re-spelled, re-ordered or re-cased.

    Flags: `bidi_removed`, `formula_in_name`, `identity_number_dropped`, `title_in_name`, `role_without_person`,
    `name_zgh`, `several_names`.
    """
    read = NameRead()
    if is_formula(text):
        read.formula = True
        read.flag("formula_in_name")
        return read
    kept, turned = normal(text)
    if turned:
        read.flag("bidi_removed")
    kept, masked = mask_identity_numbers(kept)
    if masked:
        read.flag("identity_number_dropped")
    if found := REPRESENTED.search(kept):
        read.represented_by = found.group(1).strip(_EDGES)
        kept = REPRESENTED.sub(" ", kept)
    kept = _without_brackets(kept, read, bodies)
    kept = _without_placeholder(kept, read)
    _read_segments(kept, read, bodies)
    if read.zgh:
        read.flag("name_zgh")
    if read.role or read.honorific:
        read.flag("title_in_name")
    if not read.is_named and (read.role or read.reserved):
        read.reserved = True
        read.flag("role_without_person")
    elif read.is_named:
        read.reserved = False
    return read


def in_order(parts: Iterable[tuple[str, str]]) -> list[str]:
    """The cells of a name kept in columns of given and family names, as one says it: "Mme AIT TALEB" and "Fatima" are
    "Mme Fatima AIT TALEB"."""
    before, words = [], []
    for part, text in parts:
        if part == "family":
            address, text = _address_of(normal(text)[0])
            before.append(address)
        words.append(text)
    return [word for word in (*before, *words) if word]


def _address_of(text: str) -> tuple[str, str]:
    """The form of address that a cell begins with, and the name after it, which may stand in another cell."""
    if found := SHORT_ADDRESS.match(text):
        return found.group().strip(), text[found.end() :]
    address, rest = _take_address(_split_glued(text.split()))
    return " ".join(address), " ".join(rest)


def _without_placeholder(text: str, read: NameRead) -> str:
    folded = fold(text)
    if found := TO_BE_NAMED.search(folded):
        read.reserved = True
        # The words are compared folded, so the rest is rebuilt from the words that are not part of the phrase.
        phrase = set(found.group().split())
        text = " ".join(word for word in text.split() if fold(word).strip(_EDGES) not in phrase)
    return text


def _without_brackets(text: str, read: NameRead, bodies: Matcher) -> str:
    """Brackets hold a rank, a form of address, a remark, the name in another script, or part of the name."""

    def replaced(found: re.Match[str]) -> str:
        inside = found.group(1).strip(_EDGES)
        words = inside.split()
        if not words or re.search(r"\d{4}", inside):
            return " "
        if TO_BE_NAMED.search(fold(inside)):
            read.reserved = True
            return " "
        if (status := status_said(inside)) in ("cancelled", "declined"):
            read.status = status
            return " "
        if all(_bare(word) in ADDRESS for word in words):
            read.honorific = read.honorific or inside
            return " "
        if _bare(words[0]) in RANKS or bodies.match(inside).kind in ("exact", "alias"):
            if _bare(words[0]) in RANKS:
                read.role = read.role or inside
            return " "
        outside = script_of(text.replace(found.group(), ""))
        return f" / {inside} " if script_of(inside) != outside else f" {found.group()} "

    return _BRACKETS.sub(replaced, text)


def _bare(word: str) -> str:
    return fold(word).replace(".", "").strip(_EDGES)


def _read_segments(text: str, read: NameRead, bodies: Matcher) -> None:
    if found := SHORT_ADDRESS.match(text):
        read.honorific = read.honorific or found.group().strip().replace("/", ".")
        text = text[found.end() :]
    if found := _COUPLE.match(text):
        read.honorific, text = found.group().strip(), text[found.end() :]
        read.flag("several_names")
    people: dict[str, list[list[str]]] = {"ar": [], "latin": [], "zgh": []}
    if _TWO_PEOPLE.search(text):
        read.flag("several_names")
    for segment in _SEGMENTS.split(text):
        if people_found(people) and (status := status_said(segment)) in ("cancelled", "declined"):
            read.status = status
            continue
        for script, words in _by_script(segment.split()).items():
            name = _without_titles(words, read, bodies)
            if name:
                people[script].append(name)
    if any(len([name for name in names if len(name) > 1]) > 1 for names in people.values()):
        read.flag("several_names")
    read.ar, read.latin, read.zgh = (
        " ".join(" ".join(name) for name in people[script]).strip(_EDGES) for script in ("ar", "latin", "zgh")
    )
    if people["latin"] and people["latin"][-1][-1].endswith("."):
        # The full stop of a last initial belongs to the name: "SMITH J."
        last = people["latin"][-1][-1]
        read.latin += "." if len(last) == 2 and not read.latin.endswith(".") else ""


def people_found(people: dict[str, list[list[str]]]) -> bool:
    """Whether a name was already read in the cell."""
    return any(people.values())


def _by_script(words: list[str]) -> dict[str, list[str]]:
    """The words of each script, in order; a word without letters stays with the word before it."""
    found: dict[str, list[str]] = {}
    script = ""
    for word in words:
        script = script_of(word) or script
        if script and word.strip(_EDGES + "0123456789"):
            found.setdefault(script, []).append(word)
    return found


def _without_titles(words: list[str], read: NameRead, bodies: Matcher) -> list[str]:
    """The words of a name after its forms of address and its rank; these go to the reading."""
    words = _split_glued(words)
    # «رئيس جماعة أكادير السيد أحمد بنعلي»: the name begins after the form of address, wherever that stands.
    at = next((n for n, word in enumerate(words) if n and _bare(word) in ADDRESS and len(_bare(word)) > 2), 0)
    if at and _bare(words[0]) in RANKS | ARTICLES:
        read.role = read.role or " ".join(words[:at])
        words = words[at:]
    address, after = _take_address(words)
    role, words = _take_role(after, titled=bool(address), bodies=bodies)
    if role:
        # A rank that follows a form of address is part of it: «السيد الوالي».
        read.role = read.role or " ".join(role)
        if address and len(role) <= 2:
            address = [*address, *after[: len(after) - len(words) - len(role)], *role]
    if address and not read.honorific:
        read.honorific = " ".join(address)
    return [word for word in words if word.strip(_EDGES)]


def _split_glued(words: list[str]) -> list[str]:
    if words and (found := _GLUED.match(words[0])):
        return [words[0][: found.end()], words[0][found.end() :], *words[1:]]
    return words


def _take_address(words: list[str]) -> tuple[list[str], list[str]]:
    taken = 0
    while taken < len(words) and _bare(words[taken]) in ADDRESS:
        # A single letter without its full stop before a single word is an initial, not "Monsieur".
        if len(words[taken]) == 1 and len(words) - taken < 2:
            break
        taken += 1
    if taken < len(words) - 2 and _bare(words[taken]) in PILGRIM:
        taken += 1
    return words[:taken], words[taken:]


def _take_role(words: list[str], *, titled: bool, bodies: Matcher) -> tuple[list[str], list[str]]:
    """The rank or post at the beginning, with the place it is of, and the words after it."""
    start = 1 if words and _bare(words[0]) in ARTICLES and len(words) > 1 else 0
    if start >= len(words) or not _is_rank(words[start]):
        return [], words
    end = start + 1
    if _bare(words[start]) in REPRESENTATIVES:
        return words[start:], []
    while end < len(words) and (_belongs(_bare(words[end]), AFTER_RANK) or _is_rank(words[end])):
        end += 1
    if any(_belongs(_bare(word), UNIT_WORDS) for word in words[start:end]):
        return words[start:], []
    if _belongs(_bare(words[end - 1]), PLACE_WORDS | {"de"}):
        end = _after_place(words, end, bodies)
    rest = words[end:]
    plain = end - start == 1
    if rest and plain and not start and (not titled or len(rest) == 1):
        # «الوالي أحمد»، "CAID Mohamed": without a form of address, or before one word, a rank may be a family name.
        return [], words
    return words[start:end], rest


def _belongs(bare: str, words: frozenset[str]) -> bool:
    """Whether a word, or the word behind a joined ل or ب, is one of these: «لعمالة»، «بالجماعة»، «للجماعة»."""
    return bare in words or (bare[:1] in ("ل", "ب") and (bare[1:] in words or "ا" + bare[1:] in words))


def _is_rank(word: str) -> bool:
    bare = _bare(word)
    return bare in RANKS or bare.split(" ")[0] in RANKS or (bare[:1] == "ل" and bare[1:] in RANKS)


def _after_place(words: list[str], end: int, bodies: Matcher) -> int:
    """Where the name of the place ends; a place nobody knows takes the rest."""
    for size in range(min(5, len(words) - end), 0, -1):
        said = re.sub(r"^[dl]['’]", "", " ".join(words[end : end + size]))
        if bodies.match(said).kind in ("exact", "alias", "ambiguous"):
            return end + size
    return len(words)
