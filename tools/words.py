"""The files of words: one row a key, one column a language, the one home of every sentence people read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "app" / "translations"
WORDS = TRANSLATIONS / "words"
LANGUAGES = ("ar", "fr", "en", "zgh")
COLUMNS = ["key", *LANGUAGES, "context"]
FORMS = {"ar": 6, "fr": 2, "en": 2, "zgh": 2}


@dataclass(frozen=True)
class Word:
    """One row: a key, its text in each language split into plural forms, and where it stands."""

    key: str
    forms: dict[str, list[str]]
    context: str
    file: str

    @property
    def plural(self) -> bool:
        """Whether the sentence agrees with a number."""
        return any(len(forms) > 1 for forms in self.forms.values())


def read_file(path: Path) -> Iterator[Word]:
    """The rows of one file of words, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            forms = {lang: (row[lang] or "").split(" | ") for lang in LANGUAGES}
            yield Word(row["key"], forms, row["context"] or "", path.name)


def read_words(folder: Path = WORDS) -> list[Word]:
    """All rows of all files, the design's first."""
    paths = sorted(folder.glob("*.csv"), key=lambda path: (path.name != "design.csv", path.name))
    return [word for path in paths for word in read_file(path)]
