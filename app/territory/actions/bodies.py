"""Loading lists of bodies: by code, in one go, as often as one likes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db, new_id
from app.kernel.errors import Refusal
from app.kernel.text import fold, sort_key
from app.territory.models import Body, BodyAlias
from app.territory.seed import ListRefused, Seed, SeedAlias, SeedBody, read_list

PLACES = frozenset({"region", "prefecture", "province", "commune"})
FOLDED_LENGTH = 800


@dataclass(frozen=True)
class Loaded:
    """What a load did, in bodies; `aliases` counts the everyday names that were new."""

    new: int
    changed: int
    same: int
    aliases: int


def load_bodies(seed: Seed, *, actor: Actor, clock: Clock, source: str = "") -> Loaded:
    """Bring the bodies and everyday names of a list into the tables; the code is the key, nothing is deleted.

    Loading the same list again changes nothing and records nothing. One journal entry a load.
    """
    require(actor, "territory.manage")
    rows = {body.code: body for body in db.session.scalars(select(Body).where(Body.code.is_not(None))) if body.code}
    names = _names(rows.values())
    fresh = _add_aliases(seed.aliases, rows, names, {body.code for body in seed.bodies})
    new, changed = [], []
    for body in seed.bodies:
        row = rows.get(body.code)
        if row is None:
            row = rows[body.code] = Body(id=new_id(), code=body.code, kind=body.kind, name_ar="", name_fr="")
            db.session.add(row)
            new.append(body.code)
        if _bring(row, body, rows, names[body.code]) and body.code not in new[-1:]:
            changed.append(body.code)
    _renew_shadows([rows[code] for code in {alias.code for alias in fresh} if code in rows], names)
    _write_aliases(fresh, rows)
    _renew_lineages(rows)
    done = Loaded(len(new), len(changed), len(seed.bodies) - len(new) - len(changed), len(fresh))
    if done.new or done.changed or done.aliases:
        values = {"new": done.new, "changed": done.changed, "aliases": done.aliases, "source": source}
        journal.record(
            "territory.loaded", ("territory", "bodies"), actor=actor, clock=clock, values=values, public=True
        )
    return done


def load_list(text: str, *, source: str, actor: Actor, clock: Clock) -> Loaded:
    """Load another list from CSV text (columns in docs/territory.md).

    Refuses with `list_columns`, `list_empty`, `list_code_twice`, `list_code_missing`, `list_kind_unknown`,
    `list_name_missing`, `list_parent_unknown` or `list_number`, each with its line and value.
    """
    require(actor, "territory.manage")
    known = db.session.scalars(select(Body.code).where(Body.code.is_not(None)))
    try:
        seed = read_list(text, source=source, known_codes=[code for code in known if code])
    except ListRefused as refused:
        columns = "code, kind, name_ar, name_fr"
        raise Refusal(refused.code, line=refused.line, value=refused.value, columns=columns) from refused
    return load_bodies(seed, actor=actor, clock=clock, source=source)


def _names(rows: Iterable[Body]) -> defaultdict[str, dict[str, BodyAlias | SeedAlias]]:
    """The everyday names of every body, by its code and their folded text."""
    codes = {row.id: row.code or "" for row in rows}
    found: defaultdict[str, dict[str, BodyAlias | SeedAlias]] = defaultdict(dict)
    for alias in db.session.scalars(select(BodyAlias)):
        found[codes.get(alias.body_id, "")][alias.folded] = alias
    return found


def _add_aliases(
    aliases: Iterable[SeedAlias], rows: dict[str, Body], names: dict[str, dict[str, BodyAlias | SeedAlias]],
    coming: set[str],
) -> list[SeedAlias]:  # fmt: skip
    fresh = []
    for alias in aliases:
        if (alias.code in rows or alias.code in coming) and fold(alias.text) not in names[alias.code]:
            names[alias.code][fold(alias.text)] = alias
            fresh.append(alias)
    return fresh


def _bring(
    row: Body, body: SeedBody, rows: dict[str, Body], names: dict[str, BodyAlias | SeedAlias]
) -> bool:  # fmt: skip
    """Make the row say what the list says; whether anything changed."""
    parent = rows.get(body.parent or "")
    wanted = {
        "kind": body.kind, "name_ar": body.name_ar, "name_fr": body.name_fr, "name_zgh": body.name_zgh,
        # A place is called alike in French and in English letters unless the list says otherwise.
        "name_en": body.name_en or (body.name_fr if body.kind in PLACES else ""), "population": body.population,
        "source": body.source, "parent_id": parent.id if parent else None,
    }  # fmt: skip
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.folded = _shadow(row, names)
        row.sort_ar, row.sort_fr = sort_key(row.name_ar, "ar"), sort_key(row.name_fr, "fr")
    return bool(changed)


def _shadow(row: Body, names: Iterable[str]) -> str:
    """The search shadow: every name folded, between bars, so that a whole name can be told from a part."""
    own = [fold(name) for name in (row.name_ar, row.name_fr, row.name_en, row.name_zgh) if name]
    return ("|" + "|".join(dict.fromkeys([*own, *names, row.code or ""])) + "|")[:FOLDED_LENGTH]


def _renew_shadows(rows: Iterable[Body], names: dict[str, dict[str, BodyAlias | SeedAlias]]) -> None:
    for row in rows:
        row.folded = _shadow(row, names[row.code or ""])


def _write_aliases(aliases: Iterable[SeedAlias], rows: dict[str, Body]) -> None:
    db.session.flush()
    for alias in aliases:
        db.session.add(
            BodyAlias(body_id=rows[alias.code].id, lang=alias.lang, text=alias.text, folded=fold(alias.text))
        )


def _renew_lineages(rows: dict[str, Body]) -> None:
    """Write the ids from the root to each body again where the tree moved."""
    by_id = {row.id: row for row in rows.values()}
    for row in rows.values():
        ids, above = [row.id], row.parent_id
        while above in by_id and above not in ids:
            ids.insert(0, above)
            above = by_id[above].parent_id
        if row.lineage != "/".join(ids):
            row.lineage = "/".join(ids)
    db.session.flush()
