"""What Liqaa does with letters: clean on the way in, fold for searching, order for lists, compare across scripts.

Only `clean` and `clean_multiline` make text that may be stored and shown. A folded text, a sort key and a skeleton are
shadows for searching, ordering and proposing duplicates; nobody ever reads them.
"""

import re
import unicodedata
from functools import lru_cache
from importlib import import_module
from typing import Any

SORT_KEY_LENGTH = 400
"""Longest stored sort key, in characters; a longer name is ordered by its beginning."""

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ZERO_WIDTH = "\u200b\u200c\u200d\ufeff"

_TATWEEL = "\u0640"
_SPACES = re.compile(r"[\s\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_BIDI = re.compile(f"[{BIDI_CONTROLS}]")
_BIDI_AND_ZERO_WIDTH = re.compile(f"[{BIDI_CONTROLS}{ZERO_WIDTH}]")
# Every control and format character but white space and the Arabic signs that carry meaning (U+0600-0605, U+06DD).
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def strip_bidi(text: str) -> tuple[str, bool]:
    """The text without invisible direction marks, and whether a mark that turns the order of letters was among them.

    Zero-width characters go as well, but do not count: they reverse nothing.
    """
    if text.isascii():
        return text, False
    return _BIDI_AND_ZERO_WIDTH.sub("", text), _BIDI.search(text) is not None


def clean(text: str, *, tatweel: bool = True) -> str:
    """One line as it may be stored: NFC, no control or direction marks, single spaces, nothing around it.

    `tatweel=False` also takes out the stretching stroke, for names. Idempotent.
    """
    if not text.isascii():
        text = _CONTROLS.sub("", text)
        if not tatweel:
            text = text.replace(_TATWEEL, "")
        text = unicodedata.normalize("NFC", text)
    # The line ends count as spaces, so they go before the remaining ASCII controls do.
    text = _SPACES.sub(" ", text)
    return _CONTROLS.sub("", text).strip()


def clean_multiline(text: str) -> str:
    """Several lines as they may be stored: each line cleaned, at most one empty line in a row. Idempotent."""
    lines = [clean(line) for line in _LINE_ENDS.sub("\n", text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


_DIGITS = {ord(digit): str(n) for zero in "٠۰" for n, digit in enumerate(chr(ord(zero) + k) for k in range(10))}


def digits_western(text: str) -> str:
    """The same text with Arabic-Indic and Persian digits written 0-9."""
    return text if text.isascii() else text.translate(_DIGITS)


def _fold_table() -> dict[int, str | None]:
    dropped = [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE), 0x0640, ord("ء")]
    table: dict[int, str | None] = dict.fromkeys(dropped)
    pairs = "أا إا آا ٱا ىي ئي ؤو ةه ڭك گك کك یي ھه ہه ڤف پف"
    table.update({ord(pair[0]): pair[1] for pair in pairs.split()})
    table.update(_DIGITS)
    return table


_FOLD = _fold_table()
_LATIN_END = {ord(c): None for c in "'’‘ʼʻ`´ʾʿ"} | {ord(c): " " for c in "-‐‑‒–—―−"} | {ord("œ"): "oe", ord("æ"): "ae"}
_ABD = re.compile(r"\bعبد ال")


@lru_cache(maxsize=32768)
def fold(text: str) -> str:
    """The shadow by which a text is searched: one letter for every spelling people use of it.

    Hamzas, ta marbuta, alef maqsura, tashkeel, tatweel, presentation forms, accents, case, apostrophes, dashes and the
    kind of digits make no difference. Never stored as the text itself, never shown: it makes سنة equal to سنه.
    Idempotent.
    """
    if text.isascii():
        text = _CONTROLS.sub("", _SPACES.sub(" ", text)).casefold()
        return _SPACES.sub(" ", text.translate(_LATIN_END)).strip()
    text = _CONTROLS.sub("", _SPACES.sub(" ", unicodedata.normalize("NFKC", text))).translate(_FOLD)
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    text = unicodedata.normalize("NFKC", text.casefold()).translate(_LATIN_END)
    return _ABD.sub("عبدال", _SPACES.sub(" ", text).strip())


_SCRIPTS = (("ar", 0x0600, 0x06FF), ("ar", 0x0750, 0x077F), ("ar", 0x08A0, 0x08FF), ("ar", 0xFB50, 0xFDFF),
            ("ar", 0xFE70, 0xFEFF), ("zgh", 0x2D30, 0x2D7F))  # fmt: skip
_SCRIPT_ORDER = {
    "ar": {"": "0", "ar": "1", "latin": "2", "zgh": "3"},
    "zgh": {"": "0", "zgh": "1", "ar": "2", "latin": "3"},
    "latin": {"": "0", "latin": "1", "ar": "2", "zgh": "3"},
}


def script_of(text: str) -> str:
    """The script of the first letter: `ar`, `zgh` (Tifinagh), `latin` for any other, or empty without a letter."""
    for character in text:
        if not character.isalpha():
            continue
        point = ord(character)
        return next((name for name, first, last in _SCRIPTS if first <= point <= last), "latin")
    return ""


_ALEFS = str.maketrans("أإٱ", "ااا")


@lru_cache(maxsize=1)
def _collator() -> Any:
    # The table takes a second and some memory to read, and only ordering needs it.
    return import_module("pyuca").Collator()


@lru_cache(maxsize=32768)
def sort_key(text: str, lang: str) -> str:
    """The key under which a list in this language orders the text: its own script first, then the Unicode collation.

    Lower-case hexadecimal, so that SQLite and PostgreSQL compare it alike whatever their collation; at most
    SORT_KEY_LENGTH characters. The article ال counts, as in official lists.
    """
    order = _SCRIPT_ORDER.get(lang, _SCRIPT_ORDER["latin"])
    text = clean(text, tatweel=False)
    return (order[script_of(text)] + _collated(text))[:SORT_KEY_LENGTH]


@lru_cache(maxsize=4096)
def _collated(text: str) -> str:
    """The weights of the collation, which are the same in every language."""
    levels: list[list[int]] = [[]]
    # A hamza on or under the alef decides nothing but a tie: أكادير beside اكادير, and إنزكان after both.
    for weight in _collator().sort_key(text.translate(_ALEFS)):
        if weight:
            levels[-1].append(weight)
        else:
            levels.append([])
    widths = (4, 3, 2)
    parts = ["".join(f"{w:0{width}x}" for w in level) for level, width in zip(levels, widths, strict=False)]
    return "".join(part + "0" * width for part, width in zip(parts, widths, strict=False))


_ARABIC_SKELETON: dict[str, str | None] = {
    **dict.fromkeys("اعوي"),
    **dict(zip("بتثجحخدذرزسشصضطظغفقكلمنه", "bttjhhddrzscsdtdrfkklmnh", strict=True)),
}
_TIFINAGH_SKELETON: dict[str, str | None] = {
    **dict.fromkeys("ⴰⵉⵓⴻⵢⵡⵄⵯ"),
    **dict(zip("ⴱⴳⴷⴹⴼⴽⵀⵃⵅⵇⵊⵍⵎⵏⵔⵕⵖⵙⵚⵛⵜⵟⵣⵥ", "bkddfkhhhkjlmnrrrsscttzz", strict=True)),
}
_LATIN_SKELETON: dict[str, str | None] = {**dict.fromkeys("aeiouyw"), **dict(zip("pqvx", "bkfk", strict=True))}
_SKELETON = str.maketrans(_ARABIC_SKELETON | _TIFINAGH_SKELETON | _LATIN_SKELETON)
_DIGRAPHS = (
    (re.compile(r"kh"), "h"), (re.compile(r"gh"), "r"), (re.compile(r"t?ch|sh"), "ç"), (re.compile(r"dh|dj(?=d)"), "d"),
    (re.compile(r"dj"), "j"), (re.compile(r"th"), "t"), (re.compile(r"ph"), "f"), (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c"), "k"), (re.compile(r"ç"), "c"), (re.compile(r"g(?=[eiy])"), "j"), (re.compile(r"g"), "k"),
    (re.compile(r"h\b"), ""), (re.compile(r"x"), "ks"),
)  # fmt: skip
_WORD_BREAKS = re.compile(r"[^\w]+")
_DOUBLED = re.compile(r"(.)\1+")
_ARTICLES = frozenset({"el", "al", "l", "ال", "es", "as", "er", "ar", "ed", "ad", "et", "ez"})


def _skeleton_word(word: str) -> str:
    if word.isascii():
        for pattern, letter in _DIGRAPHS:
            word = pattern.sub(letter, word)
    else:
        word = word[2:] if word.startswith("ال") and len(word) >= 5 else word
        word = word.removesuffix("ه")
    return _DOUBLED.sub(r"\1", word.translate(_SKELETON))


@lru_cache(maxsize=32768)
def skeleton(text: str) -> str:
    """The consonants of each word in one alphabet, so that a name in Arabic, Latin or Tifinagh script can be compared.

    Vowels, hamzas, a final h, the article and doubled letters go; words of vowels alone disappear. Two equal skeletons
    are a reason to ask a person, never to merge.
    """
    words = [word for word in _WORD_BREAKS.split(fold(text)) if word and word not in _ARTICLES]
    return " ".join(filter(None, map(_skeleton_word, words)))


_DIGIT = re.compile(r"\d")
_IDENTITY_WORDS = re.compile(
    r"\b(?:cnie?|cin|carte (?:d'|d’)?identit[eé]|identity card)\b|البطاقة الوطنية|\bب\s?\.?\s?ت\s?\.?\s?و\b", re.I
)
_IDENTITY = re.compile(
    r"(?<![\w@./-])(?:[A-Z]{1,2}\s?\d{5,7}|[A-Z]{3}\d{5,7}|[A-Z]{1,2}\d{4}|[a-z]{1,2}\d{5,7})(?![\w@-])"
)
_IDENTITY_NAMED = re.compile(r"(?<![\w@./-])[A-Z]{1,3}\s?-?\d{4,8}(?![\w@-])|(?<![\w@./+-])\d{5,8}(?![\w@-])", re.I)
# A postal code, a box, a road: letters, a space and digits that identify nobody.
_NOT_IDENTITY = re.compile(r"(?:CP|BP|RN|RP|RR|PK|N|No|MA)\s", re.I)


def _identity_spans(text: str) -> list[tuple[int, int]]:
    if not _DIGIT.search(text):
        return []
    text = digits_western(text)
    pattern = _IDENTITY_NAMED if _IDENTITY_WORDS.search(text) else _IDENTITY
    return [match.span() for match in pattern.finditer(text) if not _NOT_IDENTITY.match(match.group())]


def looks_like_identity_number(text: str) -> bool:
    """Whether a national identity-card number seems to stand in the text (law 09-08: we do not collect them)."""
    return bool(_identity_spans(text))


def mask_identity_numbers(text: str) -> tuple[str, bool]:
    """The text with every identity-card number taken out, and whether there was one."""
    spans = _identity_spans(text)
    for first, last in reversed(spans):
        text = text[:first] + text[last:]
    return (clean_multiline(text), True) if spans else (text, False)
