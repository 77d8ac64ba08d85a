"""Finding the body somebody means by what they wrote: code, exact name in the province, alias, then a proposal.

Pure: an index is built once from plain `KnownBody` values and asked as often as there are rows. A proposal and an
ambiguous name are questions for a person, never answers.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from app.kernel.text import clean, digits_western, fold, skeleton
from app.territory.known import NOT_FOUND, NOT_LETTERS, KnownBody, Match, MatchKind, Names, key_of
from app.territory.spoken import (
    PROVINCE_KINDS,
    TERRITORY_KINDS,
    named_kind,
    spoken_places,
    without_centre,
    without_preposition,
)

__all__ = ["NOT_FOUND", "KnownBody", "Match", "MatchKind", "Matcher", "key_of"]

LIKE_ENOUGH = 84
"""Lowest likeness (0-100) of a name proposed from the whole country.

Tried on the 257 names of the list of 2014 that are spelt otherwise today: 192 times the right body comes first, 5 times
among the five, twice not, 57 times nothing is proposed. Of 87 words that name no body, 2 are proposed one.
"""
LIKE_ENOUGH_IN_PROVINCE = 72
"""Lowest likeness within a province that the row itself names; there are about twenty names to confuse."""
PROPOSALS = 5


_PARTS = re.compile(r"[()\[\]/|،,;؛:\n]+|\s[-–—]\s")


class Matcher:
    """The index of all bodies; build it once and ask it for every row."""

    def __init__(self, bodies: Iterable[KnownBody]) -> None:
        self._bodies = {body.id: body for body in bodies}
        self._names = Names()
        self._codes: dict[str, KnownBody] = {}
        self._skeletons: dict[str, list[KnownBody]] = defaultdict(list)
        self._answers: dict[tuple[str, str, str], Match] = {}
        self._provinces: dict[str, KnownBody | None] = {}
        for body in self._bodies.values():
            self._names.add(body)
            if body.code:
                self._codes.setdefault(body.code.casefold(), body)
                digits = NOT_LETTERS.sub("", body.code)
                if digits.isdecimal():
                    self._codes.setdefault(digits, body)
        self._choices = [key for key, _ in self._names.choices]
        self._inside: dict[str, list[KnownBody]] = defaultdict(list)
        for body in self._bodies.values():
            for above in self.lineage(body):
                self._inside[above.id].append(body)
        self._phrases = self._phrase_table()

    def lineage(self, body: KnownBody) -> list[KnownBody]:
        """The body itself and every body above it, nearest first."""
        found: list[KnownBody] = []
        current: KnownBody | None = body
        while current is not None and current not in found:
            found.append(current)
            current = self._bodies.get(current.parent_id or "")
        return found

    def province_of(self, body: KnownBody) -> KnownBody | None:
        """The province or prefecture a body lies in, for telling homonyms apart."""
        return next((above for above in self.lineage(body) if above.kind in PROVINCE_KINDS), None)

    def match(self, text: str, *, province: str | None = None, code: str | None = None) -> Match:
        """The body meant by the text, in the order: code, exact name within the province, alias, likeness.

        `province` is the text of the neighbouring cell; a region is understood too. A homonym is ambiguous unless the
        province decides. A name that exists only elsewhere is still found, with `wrong_province`.
        """
        asked = (clean(text), clean(province or ""), clean(code or ""))
        if asked not in self._answers:
            self._answers[asked] = self._match(*asked)
        return self._answers[asked]

    def by_code(self, code: str) -> KnownBody | None:
        """The body of this code, with or without its dots and its leading zero."""
        code = digits_western(clean(code)).casefold()
        digits = NOT_LETTERS.sub("", code)
        return self._codes.get(code) or self._codes.get(digits) or self._codes.get("0" + digits)

    def _match(self, text: str, province: str, code: str) -> Match:
        area = self.area(province) if province else None
        if code and (coded := self.by_code(code)):
            return Match("code", (coded,), area is not None and not self._lies_in(coded, area), area)
        if not key_of(text):
            return Match("none", province=area)
        # A lone "12" in the column of communes is no region: only a commune's own code is read out of a text.
        if sum(c.isdecimal() for c in text) >= 7 and (coded := self.by_code(text)):
            return Match("code", (coded,), area is not None and not self._lies_in(coded, area), area)
        found = self._named(text, area)
        if found and found.wrong_province and (shortened := self._shortened(text, found)):
            return shortened
        return found or self._in_parts(text, area) or self._like(text, area)

    def _shortened(self, text: str, elsewhere: Match) -> Match | None:
        """Of a name that is exact only elsewhere, the longer names with its words inside the area: a proposal.

        «الدشيرة» beside «إنزكان أيت ملول» is rather «الدشيرة الجهادية» than the commune of that name in the Sahara.
        """
        area = elsewhere.province
        words = set(fold(named_kind(text)[1]).split())
        if area is None or area.kind == "commune":
            return None
        inside = [body for body in self._inside[area.id] if body.kind == "commune"
                  and any(words <= set(fold(name).split()) for name in body.names)]  # fmt: skip
        if not inside:
            return None
        return Match("proposed", (*inside, *elsewhere.bodies)[:PROPOSALS], province=area, score=LIKE_ENOUGH)

    def area(self, text: str) -> KnownBody | None:
        """The province, prefecture or region a cell names; none when it names no single one."""
        if text not in self._provinces:
            self._provinces[text] = self._area(text)
        return self._provinces[text]

    def _area(self, text: str) -> KnownBody | None:
        kinds, rest = named_kind(text)
        wanted = kinds & {*PROVINCE_KINDS, "region"} or {*PROVINCE_KINDS, "region"}
        for name in (text, rest):
            key = key_of(name)
            for table in (self._names.exact, self._names.alias):
                found = [body for body in table.get(key, ()) if body.kind in wanted]
                found = [body for body in found if body.kind in PROVINCE_KINDS] or found
                if len(found) == 1:
                    return found[0]
        key = key_of(rest)
        choices = [(k, b) for k, b in self._names.choices if b.kind in wanted]
        best = process.extractOne(key, [k for k, _ in choices], scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH)
        return choices[best[2]][1] if best and len(key) > 2 else None

    def _lies_in(self, body: KnownBody, area: KnownBody) -> bool:
        return area in self.lineage(body) or body in self.lineage(area)

    def _named(self, text: str, area: KnownBody | None) -> Match | None:
        """The exact name, else the alias; first inside the area, then anywhere."""
        kinds, rest = named_kind(text)
        elsewhere: Match | None = None
        spellings = [(text, TERRITORY_KINDS)]
        if rest != text:
            spellings += [(name, kinds) for name in without_preposition(rest)]
        if (bare := without_centre(rest)) != rest:
            spellings.append((bare, kinds & {"commune"}))
        for name, wanted in spellings:
            for kind, table in (("exact", self._names.exact), ("alias", self._names.alias)):
                found = self._preferred(table.get(key_of(name), ()), wanted)
                inside = [body for body in found if area and self._lies_in(body, area)]
                if found and (area is None or inside or not self._placed(found)):
                    return self._one_or_many(kind, inside or found, area)
                if found and elsewhere is None:
                    elsewhere = self._one_or_many(kind, found, area, wrong_province=True)
        return elsewhere

    def _placed(self, found: Sequence[KnownBody]) -> bool:
        # A ministry or a partner lies in no province: the province beside it is where the person works.
        return any(body.kind in TERRITORY_KINDS for body in found)

    def _preferred(self, found: Sequence[KnownBody], kinds: frozenset[str]) -> list[KnownBody]:
        """Of bodies with the same name, those of the kind the words ask for: «إقليم» a province, nothing a commune."""
        asked = [body for body in found if body.kind in kinds or body.kind not in TERRITORY_KINDS]
        for order in (("commune",), PROVINCE_KINDS, ("region",)):
            if chosen := [body for body in asked if body.kind in order]:
                return chosen
        return asked

    def _one_or_many(
        self, kind: str, found: Sequence[KnownBody], area: KnownBody | None, *, wrong_province: bool = False
    ) -> Match:
        if len(found) > 1:
            return Match("ambiguous", tuple(found), wrong_province, area)
        return Match("exact" if kind == "exact" else "alias", tuple(found), wrong_province, area)

    def _in_parts(self, text: str, area: KnownBody | None) -> Match | None:
        """«أولاد عيسى (إقليم الجديدة)», «أكادير / Agadir»: one part names the body, another its province or itself."""
        parts = [part.strip() for part in _PARTS.split(text) if key_of(part)]
        if len(parts) < 2:
            return None
        matches = [match for match in (self._named(part, area) for part in parts) if match]
        matches = [self._narrowed(match, parts) for match in matches]
        if not matches:
            return None
        # «وزارة الداخلية (DGCT)», "Souss-Massa - Agadir": of bodies one inside the other, the inner one is meant.
        best = matches[0]
        for match in matches[1:]:
            if match.body and not match.wrong_province and best.bodies and best.bodies[0] in self.lineage(match.body):
                best = match
        same = [match for match in matches if set(match.bodies) & set(best.bodies)]
        return min(same, key=lambda match: (match.wrong_province, len(match.bodies)))

    def _narrowed(self, match: Match, parts: Sequence[str]) -> Match:
        """A homonym, or a name of another province, decided by the province that another part of the cell names."""
        if match.kind == "ambiguous" or match.wrong_province:
            for part in parts:
                hint = self.area(part)
                inside = [body for body in match.bodies if hint and hint != body and self._lies_in(body, hint)]
                if len(inside) == 1:
                    return self._one_or_many("exact", inside, match.province)
        return match

    def _like(self, text: str, area: KnownBody | None) -> Match:
        """The names most like the text, inside the area first; a proposal for a person."""
        _, rest = named_kind(text)
        key = key_of(rest)
        if len(key) < 3:
            return Match("none", province=area)
        if area and area.kind != "commune":
            inside = {body.id for body in self._inside[area.id]}
            local = [(k, b) for k, b in self._names.choices if b.id in inside and b.id != area.id]
            if proposed := self._proposed(key, rest, local, LIKE_ENOUGH_IN_PROVINCE, area):
                return proposed
        found = self._proposed(key, rest, self._names.choices, LIKE_ENOUGH, area)
        return found or Match("none", province=area)

    def _proposed(
        self, key: str, text: str, choices: list[tuple[str, KnownBody]], least: int, area: KnownBody | None
    ) -> Match | None:
        names = self._choices if choices is self._names.choices else [name for name, _ in choices]
        scores: dict[str, float] = {}
        hits = process.extract(key, names, scorer=fuzz.ratio, limit=4 * PROPOSALS, score_cutoff=least - 12)
        bones = skeleton(text).replace(" ", "")
        for name, score, at in hits:
            body = choices[at][1]
            # Letters and consonants together: vowels vary between spellings, consonants between places.
            other = max((fuzz.ratio(bones, skeleton(n).replace(" ", "")) for n in (*body.names, *body.aliases)
                         if key_of(n) == name and len(bones) > 2), default=score)  # fmt: skip
            scores[body.id] = max(scores.get(body.id, 0.0), 0.6 * score + 0.4 * other)
        best = sorted(((s, i) for i, s in scores.items() if s >= least), key=lambda hit: (-hit[0], hit[1]))
        if not best:
            return None
        bodies = tuple(self._bodies[body_id] for _, body_id in best[:PROPOSALS])
        return Match("proposed", bodies, area is not None and not self._lies_in(bodies[0], area), area, best[0][0])

    def _phrase_table(self) -> tuple[re.Pattern[str] | None, dict[str, KnownBody]]:
        table: dict[str, KnownBody] = {}
        for body in self._bodies.values():
            if body.kind in TERRITORY_KINDS:
                continue
            for name in (*body.names, *body.aliases):
                if len(key_of(name)) >= 3:
                    table.setdefault(fold(name), body)
        phrases = sorted(table, key=len, reverse=True)
        prefix = r"(?<!\w)(?:[وبل]|ب?ال)?"
        pattern = re.compile(prefix + "(" + "|".join(map(re.escape, phrases)) + r")(?!\w)") if phrases else None
        return pattern, table

    def mentioned(self, text: str) -> Match:
        """The body a longer text speaks of: «إطار بالمديرية العامة للجماعات الترابية», "Chargée de projet, AFD".

        National bodies and partners by their names; places only after a word such as جماعة or *province de*.
        """
        folded = fold(text)
        pattern, table = self._phrases
        if pattern and (hit := pattern.search(folded)):
            return Match("alias", (table[hit.group(1)],))
        for phrase, kinds in spoken_places(folded):
            words = phrase.split()
            for size in range(min(5, len(words)), 0, -1):
                for name in without_preposition(" ".join(words[:size])):
                    for kind, names in (("exact", self._names.exact), ("alias", self._names.alias)):
                        found = [body for body in names.get(key_of(name), ()) if body.kind in kinds]
                        if found:
                            return self._one_or_many(kind, found, None)
        return NOT_FOUND
