"""Reads an instance as it came in; whatever is not right is named by its path, all of it at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.workshops.solver.instance import Group, Instance, Lock, Person, Place

Conflict = dict[str, Any]
"""{"rules": [paths into the input], "message": a sentence}."""

MOST_CONFLICTS = 50


class Refused(Exception):
    """The input cannot be worked on; `conflicts` says why, in the shape of the answer."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__("; ".join(conflict["message"] for conflict in conflicts))
        self.conflicts = conflicts


def read_instance(data: object) -> Instance:
    """The checked instance. Raises Refused with every wrong type, unknown id and duplicate it found (at most 50)."""
    return _Reader().read(data)


class _Reader:
    """Collects what is wrong while it reads; a part that is wrong reads as empty, so that reading can go on."""

    def __init__(self) -> None:
        self.conflicts: list[Conflict] = []
        self.slots: frozenset[str] = frozenset()
        self.workshops: frozenset[str] = frozenset()
        self.attended: dict[str, tuple[str, ...]] = {}

    def read(self, data: object) -> Instance:
        if not isinstance(data, dict):
            raise Refused([{"rules": ["instance"], "message": "An instance is a JSON object."}])
        for key in ("slots", "workshops", "participants"):
            if key not in data:
                self.wrong(key, f"The list {key} is missing.")
        slots = self.names(data.get("slots", []), "slots")
        self.slots = frozenset(slots)
        capacity, minimum, workshops = self.read_workshops(data.get("workshops", []))
        self.workshops = frozenset(workshops)
        people = self.read_people(data.get("participants", []))
        self.attended = {person.id: person.slots for person in people}
        instance = Instance(
            slots=tuple(sorted(slots)),
            workshops=tuple(sorted(workshops)),
            capacity=dict(sorted(capacity.items())),
            minimum=dict(sorted(minimum.items())),
            people=tuple(sorted(people, key=lambda person: person.id)),
            locks=self.read_locks(data.get("locked") or [], capacity),
            together=self.read_groups(data, "keep_together"),
            apart=self.read_groups(data, "keep_apart"),
            commune_max=self.number(data.get("max_per_commune_per_workshop"), "max_per_commune_per_workshop"),
            repeat=self.flag(data, "repeat"),
            balance=self.flag(data, "balance"),
            published=self.read_published(data.get("published")),
        )
        if self.conflicts:
            raise Refused(self.conflicts[:MOST_CONFLICTS])
        return instance

    def wrong(self, path: str, message: str) -> None:
        self.conflicts.append({"rules": [path], "message": message})

    # -- shapes ---------------------------------------------------------------------------------------------------

    def objects(self, value: object, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The objects of a list that have an id of their own, with their paths."""
        seen: set[str] = set()
        for index, item in enumerate(self.items(value, path)):
            here = f"{path}[{index}]"
            if not isinstance(item, dict):
                self.wrong(here, f"{here} is not an object.")
            elif not isinstance(item.get("id"), str) or not item["id"]:
                self.wrong(f"{here}.id", f"{here} has no id; an id is a text.")
            elif item["id"] in seen:
                self.wrong(here, f"The id {item['id']} is in {path} twice.")
            else:
                seen.add(item["id"])
                yield here, item

    def items(self, value: object, path: str) -> list[Any]:
        if isinstance(value, list):
            return value
        self.wrong(path, f"{path} is not a list.")
        return []

    def names(self, value: object, path: str, known: frozenset[str] | None = None, what: str = "id") -> list[str]:
        """A list of texts, none twice, all of them known where `known` is given."""
        found: dict[str, None] = {}
        for index, item in enumerate(self.items(value, path)):
            here = f"{path}[{index}]"
            if not isinstance(item, str) or not item:
                self.wrong(here, f"{here} is not a text.")
            elif item in found:
                self.wrong(here, f"{item} is in {path} twice.")
            elif known is not None and item not in known:
                self.wrong(here, f"There is no {what} {item} ({here}).")
            else:
                found[item] = None
        return list(found)

    def number(self, value: object, path: str) -> int | None:
        """A whole number from 0, or None where nothing is said."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.wrong(path, f"{path} is not a whole number of 0 or more.")
            return None
        return value

    def text(self, value: object, path: str) -> str | None:
        if value is None or isinstance(value, str):
            return value or None
        self.wrong(path, f"{path} is neither a text nor null.")
        return None

    def flag(self, data: dict[str, Any], key: str) -> bool:
        if isinstance(data.get(key), bool) or data.get(key) is None:
            return bool(data.get(key))
        self.wrong(key, f"{key} is neither true nor false.")
        return False

    # -- parts ----------------------------------------------------------------------------------------------------

    def read_workshops(self, value: object) -> tuple[dict[Place, int], dict[Place, int], list[str]]:
        capacity: dict[Place, int] = {}
        minimum: dict[Place, int] = {}
        names = []
        for here, item in self.objects(value, "workshops"):
            names.append(item["id"])
            capacity |= self.by_slot(item["id"], item.get("capacity"), f"{here}.capacity")
            minimum |= self.by_slot(item["id"], item.get("min") or {}, f"{here}.min")
        return capacity, {place: n for place, n in minimum.items() if n > 0}, names

    def by_slot(self, workshop: str, value: object, path: str) -> dict[Place, int]:
        if not isinstance(value, dict):
            self.wrong(path, f"{path} is not an object of slot and number.")
            return {}
        found: dict[Place, int] = {}
        for slot, n in value.items():
            number = self.number(n, f"{path}[{slot}]")
            if slot not in self.slots:
                self.wrong(f"{path}[{slot}]", f"There is no slot {slot} ({path}).")
            elif number is not None:
                found[(workshop, slot)] = number
            elif n is None:
                self.wrong(f"{path}[{slot}]", f"{path}[{slot}] is not a whole number of 0 or more.")
        return found

    def read_people(self, value: object) -> list[Person]:
        people = []
        for here, item in self.objects(value, "participants"):
            if "slots" not in item:
                self.wrong(f"{here}.slots", f"Participant {item['id']} has no list of slots.")
            slots = self.names(item.get("slots", []), f"{here}.slots", self.slots, "slot")
            wishes = self.names(item.get("wishes") or [], f"{here}.wishes", self.workshops, "workshop")
            commune = self.text(item.get("commune"), f"{here}.commune")
            category = self.text(item.get("category"), f"{here}.category")
            people.append(Person(item["id"], commune, category, tuple(wishes), tuple(sorted(slots))))
        return people

    def read_locks(self, value: object, capacity: dict[Place, int]) -> tuple[Lock, ...]:
        locks: dict[tuple[str, str, str], Lock] = {}
        for index, item in enumerate(self.items(value, "locked")):
            here = f"locked[{index}]"
            if not isinstance(item, dict):
                self.wrong(here, f"{here} is not an object.")
                continue
            person, slot, workshop = (item.get(key) for key in ("participant", "slot", "workshop"))
            if not isinstance(person, str) or person not in self.attended:
                self.wrong(here, f"There is no participant {person} ({here}).")
            elif not isinstance(slot, str) or slot not in self.slots:
                self.wrong(here, f"There is no slot {slot} ({here}).")
            elif not isinstance(workshop, str) or workshop not in self.workshops:
                self.wrong(here, f"There is no workshop {workshop} ({here}).")
            elif slot not in self.attended[person]:
                self.wrong(here, f"Participant {person} is locked in slot {slot} without attending it.")
            elif (workshop, slot) not in capacity:
                self.wrong(here, f"Participant {person} is locked to {workshop}, which is not held in slot {slot}.")
            else:
                locks.setdefault((person, slot, workshop), Lock(here, person, slot, workshop))
        return tuple(locks[key] for key in sorted(locks))

    def read_groups(self, data: dict[str, Any], key: str) -> tuple[Group, ...]:
        people = frozenset(self.attended)
        groups = []
        for index, item in enumerate(self.items(data.get(key) or [], key)):
            members = self.names(item, f"{key}[{index}]", people, "participant")
            groups.append(Group(f"{key}[{index}]", tuple(sorted(members))))
        return tuple(sorted(groups, key=lambda group: group.members))

    def read_published(self, value: object) -> dict[tuple[str, str], str | None] | None:
        """The plan people were told; what it says of people, slots or workshops that are gone is left aside."""
        if value is None:
            return None
        if not isinstance(value, dict) or not all(isinstance(places, dict) for places in value.values()):
            self.wrong("published", "published is not a plan of participants, slots and workshops.")
            return None
        found: dict[tuple[str, str], str | None] = {}
        for person, places in value.items():
            for slot, workshop in places.items():
                if workshop is not None and not isinstance(workshop, str):
                    self.wrong(f"published[{person}][{slot}]", f"published[{person}][{slot}] is not a workshop.")
                elif slot in self.attended.get(person, ()):
                    found[(person, slot)] = workshop
        return found
