"""Choosing among the published recommendations by words in the address: search, axis, track, outcome, addressee."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from flask import url_for
from markupsafe import Markup

from app.kernel.languages import bdi, t
from app.kernel.text import clean, digits_western, fold
from app.publication.snapshot.reading import Published, Snapshot
from app.publication.wording import told, told_name

Link = tuple[str | Markup, str, bool]
OUTCOMES = ("adopted", "adopted_as_amended", "deferred", "not_adopted")


@dataclass(frozen=True)
class Filter:
    """What the reader asked for; empty means everything."""

    q: str = ""
    axis: str = ""
    track: str = ""
    outcome: str = ""
    addressee: str = ""

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Filter:
        """The filter of an address; digits of any script are taken, what no filter knows finds nothing."""
        names = ("q", "axis", "track", "outcome", "addressee")
        return cls(**{name: digits_western(clean(args.get(name, "")))[:120] for name in names})

    @property
    def on(self) -> bool:
        return any(asdict(self).values())

    def url(self, slug: str) -> str:
        """The list under this filter."""
        given = {name: value for name, value in asdict(self).items() if value}
        return url_for("publication.recommendations", slug=slug, **given)

    def apply(self, snapshot: Snapshot) -> list[Published]:
        """The recommendations that fit, in their order (no query)."""
        words = [word for word in fold(self.q).split() if word]
        return [one for one in snapshot.recommendations if self._fits(one) and all(w in shadow(one) for w in words)]

    def _fits(self, item: Published) -> bool:
        data = item.data
        return (
            self.axis in {"", str(data["axis"] or "")}
            and self.track in {"", str(data["track"])}
            and self.outcome in {"", item.outcome}
            and (not self.addressee or self.addressee in addressed(item))
        )

    def menus(self, snapshot: Snapshot) -> list[tuple[str, list[Link], bool]]:
        """The choices: name of the filter, its links, and whether one is chosen."""
        found = [
            self._menu(snapshot, "track", [(str(number), _named(one)) for number, one in snapshot.tracks.items()]),
            self._menu(snapshot, "axis", [(str(number), _named(one)) for number, one in snapshot.axes.items()]),
            self._menu(snapshot, "outcome", self._outcomes(snapshot)),
            self._menu(snapshot, "addressee", _addressees(snapshot)),
        ]
        return [menu for menu in found if len(menu[1]) > 2]

    def _outcomes(self, snapshot: Snapshot) -> list[tuple[str, str | Markup]]:
        there = Counter(one.outcome for one in snapshot.recommendations)
        return [(outcome, t.plain(f"text.{outcome}")) for outcome in OUTCOMES if there[outcome]]

    def _menu(
        self, snapshot: Snapshot, name: str, choices: list[tuple[str, str | Markup]]
    ) -> tuple[str, list[Link], bool]:  # fmt: skip
        slug, chosen = snapshot.meeting["slug"], getattr(self, name)
        links = [(t.plain("action.show_all"), replace(self, **{name: ""}).url(slug), not chosen)]
        links += [(word, replace(self, **{name: value}).url(slug), value == chosen) for value, word in choices]
        return t.plain(f"publication.filter.{name}"), links, bool(chosen)

    def conditions(self, snapshot: Snapshot) -> list[tuple[Markup, str]]:
        """What is in force, each with the address without it; printed as the sentence of the list."""
        slug = snapshot.meeting["slug"]
        found = [(Markup("«{}»").format(bdi(self.q)), replace(self, q="").url(slug))] if self.q else []
        for label, links, on in self.menus(snapshot):
            if on:
                word = next((word for word, _url, chosen in links[1:] if chosen), "")
                found.append((t.page("publication.pair", term=label, value=word), links[0][1]))
        return found


def _named(row: Mapping[str, dict[str, str]]) -> Markup:
    return told(row["title"])


def addressed(item: Published) -> list[str]:
    """The codes of those a recommendation is addressed to, and its group."""
    codes = [one["code"] for one in item.data["addressees"] if one["code"]]
    return [*codes, *([item.data["addressee_group"]] if item.data["addressee_group"] else [])]


def _addressees(snapshot: Snapshot) -> list[tuple[str, str | Markup]]:
    """Everybody addressed, the most often first."""
    names: dict[str, str | Markup] = {}
    for item in snapshot.recommendations:
        names |= {one["code"]: told_name(one["name"]) for one in item.data["addressees"] if one["code"]}
        if group := item.data["addressee_group"]:
            names[group] = t.plain(f"publication.group.{group}")
    counts = Counter(code for item in snapshot.recommendations for code in set(addressed(item)))
    return [(code, names[code]) for code, _count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def shadow(item: Published) -> str:
    """What the search looks through: number, texts of every language, addressees, axis, track."""
    cached = item.__dict__.get("shadow")
    if cached is None:
        parts = [item.code, item.data["draft"], item.data["indicator"], *item.bodies.values()]
        parts += [text["title"] for text in item.data["texts"].values()]
        parts += [name for one in item.data["addressees"] for name in one["name"].values()]
        cached = item.__dict__["shadow"] = fold(" ".join(parts))
    return str(cached)
