"""The bodies of the seed as matching knows them, read once for the tests."""

from collections import defaultdict
from functools import lru_cache

from app.territory.matching import KnownBody, Matcher
from app.territory.seed import read_seed


@lru_cache(maxsize=1)
def known_bodies() -> tuple[KnownBody, ...]:
    seed = read_seed()
    aliases: dict[str, list[str]] = defaultdict(list)
    for alias in seed.aliases:
        aliases[alias.code].append(alias.text)
    return tuple(
        KnownBody(
            id=f"id-{body.code}",
            code=body.code,
            kind=body.kind,
            names=tuple(filter(None, (body.name_ar, body.name_fr, body.name_en))),
            parent_id=f"id-{body.parent}" if body.parent else None,
            aliases=tuple(aliases[body.code]),
        )
        for body in seed.bodies
    )


@lru_cache(maxsize=1)
def matcher() -> Matcher:
    return Matcher(known_bodies())
