"""Which workshops a cell names: numbers, roman numerals, ordinals, or words of their titles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.kernel.text import clean, digits_western, fold, skeleton
from app.participants.importing.contacts import says_nothing
from app.participants.importing.sheet import Value


@dataclass(frozen=True, slots=True)
class KnownWorkshop:
    """A workshop of the meeting as the importer knows it: its code and its titles in any language."""

    code: str
    names: tuple[str, ...] = ()


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_ORDINALS = (
    "الأولى الأول premier premiere 1er 1ere first 1st",
    "الثانية الثاني deuxieme second seconde 2eme 2e 2nd",
    "الثالثة الثالث troisieme 3eme 3e third 3rd",
    "الرابعة الرابع quatrieme 4eme 4e fourth 4th",
    "الخامسة الخامس cinquieme 5eme 5e fifth 5th",
    "السادسة السادس sixieme 6eme 6e sixth 6th",
)
_NUMBER = {fold(word): n for n, words in enumerate(_ORDINALS, 1) for word in words.split()} | _ROMAN


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


_PREFIX = _words(
    "atelier ateliers workshop workshops ورشة الورشة ورشات الورشات ورشتان الورشتين axe axes track محور المحور المحاور"
    " رقم n no num numero choix choice souhait رغبة الرغبة session groupe مجموعة the le la les l at w a"
)
_JOINED = _words("و et and ou or أو puis then ثم ensuite")
_SMALL = _PREFIX | _JOINED | _words("de des du d en sur pour of في من على عن بين")
_NONE = re.compile(
    fold(
        r"افتتاح|ouverture|opening|pleniere|plenary|جلسة عامة|الجلسة العامة|aucun|\bsans\b|بدون|لا شيء|لا يشارك|none"
        r"|hors atelier"
    )
)
_ANY = re.compile(fold(r"\bالكل\b|جميع|\btous\b|\btoutes\b|\ball\b|\bany\b|لا يهم|indifferent|peu importe|n ?importe"))
_BETWEEN = re.compile(r"[,;،؛/\n|+&]+|\s(?:و|et|and|ou|or|أو|puis|ثم)\s|\sو(?=[\d٠-٩])")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class WishesRead:
    """Codes of workshops in the order written, and the codes of the flags."""

    codes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


class WishReader:
    """Reads wishes for the workshops of one meeting; answers are kept, a list repeats itself."""

    def __init__(self, workshops: Sequence[KnownWorkshop]) -> None:
        self._workshops = list(workshops)
        self._by_key = {self._key(name): shop.code for shop in workshops for name in (shop.code, *shop.names)}
        self._titles = {
            shop.code: [{word for word in self._tokens(name) if word not in _SMALL} for name in shop.names]
            for shop in workshops
        }
        self._answers: dict[str, WishesRead] = {}

    @staticmethod
    def _key(text: str) -> str:
        return "".join(_WORD.findall(fold(text)))

    @staticmethod
    def _tokens(text: str) -> list[str]:
        return _WORD.findall(fold(digits_western(text)))

    def read(self, value: Value) -> WishesRead:
        """The workshops wished. Flags: `no_workshop`, `two_wishes`, `wish_unknown`."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = (
            clean(digits_western(str(value))) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
        )
        if text not in self._answers:
            self._answers[text] = self._read(text)
        return self._answers[text]

    def named(self, text: str) -> str | None:
        """The one workshop a heading names, if it does."""
        read = self._read(clean(digits_western(text)))
        return read.codes[0] if len(read.codes) == 1 and not read.flags else None

    def _read(self, text: str) -> WishesRead:
        if says_nothing(text):
            return WishesRead((), ("no_workshop",))
        if code := self._by_key.get(self._key(text)):
            return WishesRead((code,))
        if codes := self._numbers(text) or self._in_parts(text):
            codes = list(dict.fromkeys(codes))
            return WishesRead(tuple(codes), ("two_wishes",) if len(codes) > 1 else ())
        if _NONE.search(fold(text)) or _ANY.search(fold(text)):
            return WishesRead((), ("no_workshop",))
        return WishesRead((), ("wish_unknown",))

    def _numbered(self, word: str) -> str | None:
        word = word.removeprefix("w") if re.fullmatch(r"w\d{1,2}", word) else word
        if code := self._by_key.get(word):
            return code
        number = int(word) if word.isdecimal() and len(word) < 4 else _NUMBER.get(word, 0)
        return self._workshops[number - 1].code if 1 <= number <= len(self._workshops) else None

    def _numbers(self, text: str) -> list[str]:
        """«1 و 2», "Ateliers I, III", «الورشة الثانية»: nothing but numbers and the words around them."""
        words = [word for word in self._tokens(text) if word not in _PREFIX | _JOINED]
        words = [word.removeprefix("و") if re.fullmatch(r"و\d+", word) else word for word in words]
        codes = [self._numbered(word) for word in words]
        return [code for code in codes if code] if codes and all(codes) else []

    def _in_parts(self, text: str) -> list[str]:
        parts = [part for part in _BETWEEN.split(text) if self._tokens(part)]
        found = [self._part(part) for part in parts]
        if all(found):
            return [code for code in found if code]
        whole = self._part(text)
        return [whole] if whole else [code for code in found if code]

    def _part(self, text: str) -> str | None:
        if code := self._by_key.get(self._key(text)):
            return code
        words = [word for word in self._tokens(text) if word not in _PREFIX]
        if words and (code := self._numbered(words[0])) and (len(words) == 1 or words[0].isdecimal()):
            return code
        words = [word for word in words if word not in _SMALL and len(word) > 2]
        return self._by_words(words) if words else None

    def _by_words(self, words: list[str]) -> str | None:
        """The workshop whose titles hold most of the words, half at least, by a clear distance; else the likest."""
        scores = sorted(((self._held_part(words, shop), shop.code) for shop in self._workshops), reverse=True)
        if scores and scores[0][0][0] >= 0.5:
            best, next_ = scores[0][0], scores[1][0] if len(scores) > 1 else (0.0, 0.0)
            if best[0] > next_[0] or best[1] >= 1.4 * next_[1]:
                return scores[0][1]
        return self._likest(words)

    def _held_part(self, words: list[str], shop: KnownWorkshop) -> tuple[float, float]:
        """How much of what was said a title holds, and how much of the title was said: «renforcement» says half of
        «renforcement des capacités» and a quarter of a longer title."""
        best = (0.0, 0.0)
        for title in self._titles[shop.code]:
            held = sum(_held(word, title) for word in words)
            best = max(best, (held / len(words), held / max(len(title), 1)))
        return best

    def _likest(self, words: list[str]) -> str | None:
        said = " ".join(words)
        scores = sorted(
            ((max((fuzz.token_set_ratio(said, fold(name)) for name in shop.names), default=0.0), shop.code)
             for shop in self._workshops), reverse=True,
        )  # fmt: skip
        if scores and scores[0][0] >= 85 and (len(scores) == 1 or scores[0][0] - scores[1][0] >= 10):
            return scores[0][1]
        return None


def _held(word: str, known: set[str]) -> bool:
    if word in known:
        return True
    bones = skeleton(word)
    return any(
        (
            len(word) > 4
            and ((other.startswith(word[:5]) and fuzz.ratio(word, other) >= 60) or fuzz.ratio(word, other) >= 82)
        )
        or (len(bones) > 2 and bones == skeleton(other))
        for other in known
    )
