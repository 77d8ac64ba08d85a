"""Compile the files of words into gettext catalogues, and check that they keep the rules of the house.

python tools/catalogues.py build    write app/translations/<lang>/LC_MESSAGES/messages.{po,mo}
python tools/catalogues.py check    say what breaks a rule, and fail if anything does
python tools/catalogues.py tidy     set the unbreakable spaces and the apostrophes of French and English right
"""

from __future__ import annotations

import csv
import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from babel.messages.catalog import Catalog  # noqa: E402
from babel.messages.mofile import write_mo  # noqa: E402
from babel.messages.pofile import write_po  # noqa: E402

from tools import words_rules, words_use  # noqa: E402
from tools.words import COLUMNS, LANGUAGES, TRANSLATIONS, WORDS, Word, read_words  # noqa: E402

PLURALS = {
    # Zero, one, two, 3-10, 11-99, other: the order the words are written in, not the one Babel ships.
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "fr": "nplurals=2; plural=(n > 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "zgh": "nplurals=2; plural=(n > 1);",
}
NO_BREAK = "\u00a0"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def gettext_form(text: str, lang: str) -> str:
    """The text as gettext holds it: `%(name)s` for `{name}`, and in French a number does not leave its noun."""
    if lang == "fr":
        text = re.sub(r"(\{count\}|(?<![\w{])\d+) (?=[^\W\d])", rf"\1{NO_BREAK}", text)
    text = text.replace("%", "%%").replace("{count}", "%(num)s")
    return _PLACEHOLDER.sub(r"%(\1)s", text)


def catalogue(words: list[Word], lang: str) -> Catalog:
    """The gettext catalogue of one language: the key is the context, the English sentence the identifier."""
    made = Catalog(locale=lang, project="Liqaa", version="", charset="utf-8", fuzzy=False)
    made.mime_headers = [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", PLURALS[lang])]
    for word in words:
        if not all(word.forms[lang]):
            continue
        english = [gettext_form(form, "en") for form in word.forms["en"]]
        texts = [gettext_form(form, lang) for form in word.forms[lang]]
        made.add(
            tuple(english) if word.plural else english[0],
            tuple(texts) if word.plural else texts[0],
            context=word.key,
            auto_comments=[word.context] if word.context else [],
        )
    return made


def write_whole(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file beside its place and move it there, so that no reader ever sees half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "wb") as file:
        write(file)
    Path(name).chmod(0o644)
    os.replace(name, path)


def build(words: list[Word] | None = None, target: Path = TRANSLATIONS) -> None:
    """Write the catalogues of every language from the files of words."""
    rows = read_words() if words is None else words
    for lang in LANGUAGES:
        made = catalogue(rows, lang)
        folder = target / lang / "LC_MESSAGES"
        write_whole(folder / "messages.po", lambda file, made=made: write_po(file, made, width=0))  # type: ignore[misc]
        write_whole(folder / "messages.mo", lambda file, made=made: write_mo(file, made))  # type: ignore[misc]


def build_if_older(target: Path = TRANSLATIONS) -> bool:
    """Write the catalogues when a file of words, or this tool, is newer than they are; whether it did."""
    made = [target / lang / "LC_MESSAGES" / "messages.mo" for lang in LANGUAGES]
    sources = [WORDS, Path(__file__), *WORDS.glob("*.csv")]
    newest = max(path.stat().st_mtime for path in sources)
    if all(path.exists() and path.stat().st_mtime >= newest for path in made):
        return False
    build(target=target)
    return True


def check() -> int:
    """Print every finding; 1 when a rule is broken, 0 when there are only warnings."""
    words, uses = read_words(), words_use.read_uses()
    for warning in words_use.warnings(words, uses):
        print(f"warning: {warning}")
    broken = words_rules.findings(words) + words_use.findings(words, uses)
    for finding in broken:
        print(finding)
    print(f"{len(words)} keys, {len(broken)} findings")
    return 1 if broken else 0


_TIDY_FRENCH = (
    (re.compile(r" (?=:(?!//))|(?<=«) | (?=»)|(?<=\b[nN]°) |(?<=\bM\.) "), NO_BREAK),
    (re.compile(r"[ \u00a0](?=[;?!%])"), "\u202f"),
    (re.compile(r"(?<=\w)'(?=[\w{])"), "’"),
)


def tidied(text: str, lang: str) -> str:
    """The text with the spaces and apostrophes its typography wants; nothing else changes."""
    if lang == "fr":
        for pattern, right in _TIDY_FRENCH:
            text = pattern.sub(right, text)
    return re.sub(r"(?<=\w)'(?=\w)", "’", text) if lang == "en" else text


def tidy(folder: Path = WORDS) -> None:
    """Write the files of words again with their typography set right."""
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        right = [{name: tidied(cell or "", name) for name, cell in row.items()} for row in rows]
        if right == rows:
            continue
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(right)


def main(arguments: list[str]) -> int:
    """Run the command named on the command line."""
    if arguments == ["build"]:
        build()
        return 0
    if arguments == ["tidy"]:
        tidy()
        return 0
    if arguments == ["check"]:
        return check()
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
