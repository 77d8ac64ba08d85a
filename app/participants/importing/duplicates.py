"""Who stands twice in a list, or is known already: contacts first, then names within a body."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from rapidfuzz import fuzz

from app.kernel.text import fold, skeleton
from app.participants.importing.outcome import Change, Row

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"el", "al", "l", "ال"})
BLOCK = 120
"""A body with more people than this is searched by equal consonants only, so that cost stays linear."""
SHARED = 40
"""A contact of more people than this is a switchboard."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A participant of the meeting as the importer knows them."""

    id: str
    name_ar: str = ""
    name_latin: str = ""
    name_zgh: str = ""
    honorific: str = ""
    category: str = ""
    role: str = ""
    body_id: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    wishes: tuple[str, ...] = ()
    registered_on: date | None = None
    represented_by: str = ""
    status: str = ""
    reserved: bool = False


Someone = Row | KnownPerson


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(fold(name)) if word not in _ARTICLES)


@lru_cache(maxsize=65536)
def _bones(name: str) -> tuple[str, ...]:
    return tuple(skeleton(name).split())


def _initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and one[:1] == other[:1] and one.isascii()


@lru_cache(maxsize=65536)
def _same_word(one: str, other: str, least: float) -> bool:
    """Two spellings of one word: vowels vary between them («Youssef», «Yusuf»), consonants hardly ever do."""
    if one == other or _initial(one, other):
        return True
    like = fuzz.ratio(one, other)
    return like >= least or (like > 62 and skeleton(one) == skeleton(other))


def _same_bones(one: str, other: str) -> bool:
    return one[:1] == other[:1] and fuzz.ratio(one, other) >= 70


def _each_finds(one: Sequence[str], other: Sequence[str], same: "object") -> bool:
    """Whether every word of the shorter name has its own word in the longer."""
    assert callable(same)
    short, long = sorted((list(one), list(other)), key=len)
    for word in short:
        found = next((other_word for other_word in long if same(word, other_word)), None)
        if found is None:
            return False
        long.remove(found)
    return bool(short)


def _scripts(person: Someone) -> dict[str, str]:
    names = {"ar": person.name_ar, "latin": person.name_latin, "zgh": person.name_zgh}
    return {script: name for script, name in names.items() if name}


def names_agree(one: Someone, other: Someone, *, strictly: bool = False) -> bool:
    """Whether two people may bear the same name: in the same script by their letters, across scripts by consonants.

    `strictly`, for people without a common contact: two words at least, and closer letters.
    """
    ones, others = _scripts(one), _scripts(other)
    common = ones.keys() & others.keys()
    if common:
        return any(_agree_in_script(ones[script], others[script], strictly) for script in common)
    return any(_agree_across(a, b, strictly) for a in ones.values() for b in others.values())


def _agree_in_script(one: str, other: str, strictly: bool) -> bool:
    a, b = _words(one), _words(other)
    if "".join(a) == "".join(b):
        return bool(a)
    if strictly and min(len(a), len(b)) < 2:
        return False
    least = 90 if strictly else 86
    return _each_finds(a, b, lambda x, y: _same_word(x, y, least))


def _agree_across(one: str, other: str, strictly: bool) -> bool:
    a, b = _bones(one), _bones(other)
    if strictly and min(len(a), len(b)) < 2:
        return False
    if fuzz.ratio("".join(a), "".join(b)) >= 90 and a and b and a[0][:1] == b[0][:1]:
        return True
    return _each_finds(a, b, _same_bones)


@dataclass(slots=True)
class _Index:
    """Where the people met so far can be found again."""

    contacts: dict[str, list[Someone]] = field(default_factory=lambda: defaultdict(list))
    bodies: dict[str, list[Someone]] = field(default_factory=lambda: defaultdict(list))
    names: dict[str, list[Someone]] = field(default_factory=lambda: defaultdict(list))

    def add(self, person: Someone) -> None:
        for contact in _contacts(person):
            self.contacts[contact].append(person)
        self.bodies[_place(person)].append(person)
        for key in _name_keys(person):
            self.names[key].append(person)

    def holders(self, contact: str, person: Someone) -> list[Someone]:
        """Who has this contact; of a switchboard that many share, those with the same consonants and the first few."""
        found = self.contacts.get(contact, [])
        if len(found) <= SHARED:
            return found
        alike = [other for key in _name_keys(person) for other in self.names.get(key, ())[:SHARED]]
        return [*(other for other in alike if contact in _contacts(other)), *found[:SHARED]]

    def near(self, person: Someone) -> list[Someone]:
        """People of the same body, or with the same consonants there when they are many."""
        block = self.bodies.get(_place(person), [])
        if _place(person) and len(block) <= BLOCK:
            return block
        return [other for key in _name_keys(person) for other in self.names.get(key, ())[:SHARED]]


def _contacts(person: Someone) -> list[str]:
    return [*person.phones, *([person.email] if person.email else [])]


def _place(person: Someone) -> str:
    if person.body_id:
        return person.body_id
    return "|".join(sorted(person.body_choices)) if isinstance(person, Row) else ""


def _name_keys(person: Someone) -> set[str]:
    return {f"{_place(person)}#{' '.join(sorted(_bones(name)))}" for name in _scripts(person).values() if _bones(name)}


def _contradict(one: Someone, other: Someone) -> bool:
    """Whether both give a telephone, or both an address, and none is common."""
    phones = bool(one.phones and other.phones and not set(one.phones) & set(other.phones))
    return phones or bool(one.email and other.email and one.email != other.email)


def mark_duplicates(rows: Iterable[Row], existing: Iterable[KnownPerson] = ()) -> None:
    """Gives every person's row its outcome: new, same, changed or duplicate; the first row of a group keeps its own.

    A common telephone or address with names that agree is the same person; with names that do not, both are flagged
    `shared_contact`. The same name in the same body is a duplicate to look at (`possible_duplicate`), unless the
    contacts contradict: then it stays new. Nothing is merged here.
    """
    known, seen = _Index(), _Index()
    seats: list[KnownPerson] = []
    for person in existing:
        if person.reserved:
            seats.append(person)
        else:
            known.add(person)
    for row in rows:
        if row.outcome == "reserved":
            _match_seat(row, seats)
        elif row.is_person:
            _place_in_list(row, seen)
            if row.outcome != "duplicate":
                _compare_with_known(row, known)
            seen.add(row)


def _place_in_list(row: Row, seen: _Index) -> None:
    first = _by_contact(row, seen)
    if first is None and (likely := _by_name(row, seen)) is not None:
        row.flag("possible_duplicate", "name", row.display_name, name=_name(likely))
        first = None if _contradict(row, likely) or not _place(row) else likely
    if isinstance(first, Row):
        row.outcome = "duplicate"
        row.duplicate_of = first.duplicate_of or {"sheet": first.sheet, "row": first.row}


def _by_contact(row: Row, index: _Index) -> Someone | None:
    """The first person with a common contact and a name that agrees; without one, a contact in common is flagged."""
    for contact in _contacts(row):
        for other in index.holders(contact, row):
            if names_agree(row, other):
                return other
    for contact in _contacts(row):
        for other in index.contacts.get(contact, ())[:1]:
            where = "phone" if contact.startswith("+") else "email"
            row.flag("shared_contact", where, contact, name=_name(other))
            if isinstance(other, Row):
                other.flag("shared_contact", where, contact, name=_name(row))
    return None


def _name(person: Someone) -> str:
    return person.name_ar or person.name_latin or person.name_zgh


def _by_name(row: Row, index: _Index) -> Someone | None:
    return next((other for other in index.near(row) if names_agree(row, other, strictly=True)), None)


def _compare_with_known(row: Row, known: _Index) -> None:
    person = _by_contact(row, known)
    if person is None and (likely := _by_name(row, known)) is not None:
        if _contradict(row, likely):
            row.flag("possible_duplicate", "name", row.display_name, name=_name(likely))
        elif _spelled_alike(row, likely):
            person = likely
        elif isinstance(likely, KnownPerson):
            row.flag("possible_duplicate", "name", row.display_name, name=_name(likely))
            row.outcome, row.duplicate_of = "duplicate", {"participant": likely.id}
    if isinstance(person, KnownPerson):
        row.changes = changes(row, person)
        row.outcome = "changed" if row.changes else "same"
        row.duplicate_of = {"participant": person.id}


def _spelled_alike(one: Someone, other: Someone) -> bool:
    ones, others = _scripts(one), _scripts(other)
    return any(_words(ones[script]) == _words(others[script]) for script in ones.keys() & others.keys())


def _match_seat(row: Row, seats: list[KnownPerson]) -> None:
    """A seat held already is found again by its words and its body, each seat once."""
    wanted = (fold(row.role), fold(row.honorific), row.body_id)
    for seat in seats:
        if (fold(seat.role), fold(seat.honorific), seat.body_id) == wanted:
            row.duplicate_of = {"participant": seat.id}
            seats.remove(seat)
            return


def changes(row: Row, person: KnownPerson) -> list[Change]:
    """Field by field what the row would change; an empty cell changes nothing, a further telephone is added."""
    found = []
    for name in ("name_ar", "name_latin", "name_zgh", "honorific", "category", "role", "body_id", "email",
                 "registered_on", "represented_by", "status"):  # fmt: skip
        new, old = getattr(row, name), getattr(person, name)
        if new and new != old:
            found.append(Change(name, str(old or ""), str(new)))
    if added := [phone for phone in row.phones if phone not in person.phones]:
        found.append(Change("phones", ", ".join(person.phones), ", ".join([*person.phones, *added])))
    if row.wishes and tuple(row.wishes) != tuple(person.wishes):
        found.append(Change("wishes", ", ".join(person.wishes), ", ".join(row.wishes)))
    return found
