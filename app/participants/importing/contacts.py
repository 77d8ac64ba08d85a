"""Telephone numbers and e-mail addresses out of cells."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

import phonenumbers

from app.kernel.text import clean, digits_western, fold, strip_bidi
from app.participants.importing.sheet import Value

REGION = "MA"
LEAST_DIGITS = 8
"""A text with fewer digits is no telephone number."""
_EXTENSION = re.compile(
    r"[\s,;(]*(?:\b(?:poste|ext(?:ension)?|x|int(?:erne)?)|تحويلة|الخط الداخلي|الرقم الداخلي|داخلي)"
    r"\s*[.:n°]*\s*(\d{1,6})\)?",
    re.IGNORECASE,
)
_LOST = re.compile(r"(\d+)(?:[.,](\d*))?\s*[eE]\s*\+?\s*(\d{1,2})")
_FLOAT = re.compile(r"(\d{8,15})[.,]0+")
_LETTER_O = re.compile(r"(?<![A-Za-z])[Oo](?=[\d\s.-]*\d)|(?<=\d)[Oo](?=\d)")
_BETWEEN = re.compile(r"[/;,،؛\n|&]+|\s(?:ou|et|and|or|أو|او|و)\s|\sو(?=[\d+])|\s+[-–—]\s+")
_CHUNK = re.compile(r"\+?\d[\d\s().-]*")
_NOTHING = frozenset(
    {"", "0", "-", "ras", "neant", "aucun", "nan", "none", "na", "n a", "لا يوجد", "لا شيء", "بدون", "x"}
)


@dataclass(slots=True)
class Read:
    """Values read from one or several cells, in order, without repetition, and the codes of their flags."""

    values: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def add(self, value: str) -> None:
        if value not in self.values:
            self.values.append(value)

    def flag(self, code: str) -> None:
        if code not in self.flags:
            self.flags.append(code)


@lru_cache(maxsize=16384)
def says_nothing(text: str) -> bool:
    """Whether a cell's text only marks that there is nothing: a dash, RAS, لا يوجد."""
    folded = fold(text).strip(" .-_/\\?…*'\"")
    return folded in _NOTHING


@lru_cache(maxsize=16384)
def _valid(number: str) -> str | None:
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def _number(text: str) -> str | None:
    """The number a piece of text is as a whole, in E.164."""
    digits = re.sub(r"[^\d+]", "", text)
    if not LEAST_DIGITS <= len(digits.lstrip("+")) <= 17 or "+" in digits[1:]:
        return None
    found = _valid(digits)
    if found is None and not digits.startswith(("+", "0")) and len(digits) >= 11:
        found = _valid("+" + digits)
    return found


def read_phones(value: Value) -> Read:
    """Every telephone number of a cell in E.164 (a national number is Moroccan), first written first.

    Flags: `phone_zero_restored`, `phone_extension` (left out), `phone_letter` (O for 0), `second_phone`,
    `phone_lost_digits`, `phone_invalid`. What is no number is never guessed.
    """
    read = Read()
    text = _phone_text(value)
    if says_nothing(text):
        return read
    if (lost := _LOST.fullmatch(text)) and not _restore_power(lost, read):
        return read
    text = _FLOAT.sub(r"\1", text)
    if _EXTENSION.search(text):
        text = _EXTENSION.sub(" ", text)
        read.flag("phone_extension")
    if _LETTER_O.search(text) and not re.search(r"[A-Za-z]{2}", text):
        text = _LETTER_O.sub("0", text)
        read.flag("phone_letter")
    if not read.values:
        _collect(text, read)
    if len(read.values) > 1:
        read.flag("second_phone")
    return read


def _phone_text(value: Value) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    if isinstance(value, (int, float)):
        return str(int(value)) if value == value and abs(value) < 1e16 else ""
    lines = "\n".join(clean(line) for line in re.split(r"[\r\n]+", strip_bidi(value)[0]))
    return digits_western(unicodedata.normalize("NFKC", lines)).strip(" '\"\t")


def _restore_power(lost: re.Match[str], read: Read) -> bool:
    """A number in powers of ten is whole only when every digit is written; else it is lost and must be asked again."""
    whole, part, power = lost.group(1), lost.group(2) or "", int(lost.group(3))
    if len(part) < power or not part.strip("0"):
        read.flag("phone_lost_digits")
        return False
    if number := _number(whole + part[:power]):
        read.add(number)
        read.flag("phone_zero_restored")
        return True
    read.flag("phone_invalid")
    return False


def _collect(text: str, read: Read) -> None:
    if _add(text, read):
        return
    pieces = [piece for piece in _BETWEEN.split(text) if piece and re.search(r"\d", piece)]
    unread = [piece for piece in pieces if not (len(pieces) > 1 and _add(piece, read))]
    for piece in unread:
        if not _from_chunks(piece, read) and len(re.sub(r"\D", "", piece)) >= 4:
            read.flag("phone_invalid")
    if not read.values:
        read.flag("phone_invalid")


def _add(text: str, read: Read) -> bool:
    number = _number(text)
    if number is None:
        return False
    digits = re.sub(r"[^\d+]", "", text)
    if len(digits) == 9 and digits[0] in "5678" and number.startswith("+212"):
        read.flag("phone_zero_restored")
    read.add(number)
    return True


def _from_chunks(text: str, read: Read) -> bool:
    """Numbers inside other words, or several written one after the other with spaces."""
    before = len(read.values)
    for chunk in _CHUNK.findall(text):
        if _add(chunk, read):
            continue
        digits = re.sub(r"\D", "", chunk)
        if len(digits) in (20, 30) and all(digits[n] == "0" for n in range(0, len(digits), 10)):
            for n in range(0, len(digits), 10):
                _add(digits[n : n + 10], read)
    return len(read.values) > before


_MAIL = re.compile(
    r"[a-z0-9](?:[a-z0-9_+&'-]|\.(?!\.))*(?<!\.)@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z]",
    re.IGNORECASE,
)
_MAIL_BETWEEN = re.compile(r"[;,،؛\s<>()\[\]|/\"]+|mailto:", re.IGNORECASE)


def read_mails(value: Value) -> Read:
    """Every e-mail address of a cell in lower case. Flags: `second_email`, `email_invalid`."""
    read = Read()
    if not isinstance(value, str):
        return read
    text = unicodedata.normalize("NFKC", clean(strip_bidi(value)[0]))
    text = re.sub(r"\s*(?:@|\((?:at|a)\)|\[at\])\s*", "@", text, flags=re.IGNORECASE)
    if says_nothing(text):
        return read
    for piece in _MAIL_BETWEEN.split(text):
        piece = piece.strip(".:'“”«»-")
        if _MAIL.fullmatch(piece) and len(piece) <= 254 and len(piece.partition("@")[0]) <= 64:
            read.add(piece.lower())
        elif "@" in piece:
            read.flag("email_invalid")
    if not read.values:
        read.flag("email_invalid")
    if len(read.values) > 1:
        read.flag("second_email")
    return read


def told_apart(value: Value, *, is_mail: bool) -> tuple[Value, Value]:
    """What of a cell is to be read as addresses and what as telephones; None for a part that it does not have.

    A column of either may hold both: «0661112233 - a.benali@biougra.ma».
    """
    if isinstance(value, str) and "@" in value:
        rest = " ".join(word for word in value.split() if "@" not in word)
        return value, rest if len(re.sub(r"\D", "", digits_western(rest))) >= LEAST_DIGITS else None
    if is_mail and not read_phones(value).values:
        return value, None
    return None, value
