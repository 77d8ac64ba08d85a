"""The invented people of the demonstration: the same ones each time, of both scripts and many bodies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.participants.actions.filling import Details
from app.participants.names import Name
from app.portal.demonstration.story import Story, read
from app.territory.models import Body

# Who comes besides the communes' people: category, how many, post, and whether a workshop is wished.
OTHERS = (
    ("governor_director", 5, "عامل مدير بالمديرية العامة للجماعات الترابية", False),
    ("central_cadre", 18, "إطار بالمديرية العامة للجماعات الترابية", True),
    ("central_admin", 9, "ممثل الإدارة المركزية", True),
    ("territorial_admin", 9, "رئيس قسم الجماعات الترابية بالعمالة", True),
    ("partner", 6, "ممثل هيئة شريكة", True),
)
COMMUNE = (("president", "رئيس المجلس الجماعي"), ("elected", "عضو المجلس الجماعي"), ("commune_staff", "مدير المصالح"))


@dataclass
class Names:
    """Draws names without repeating a pair."""

    story: Story

    def __post_init__(self) -> None:
        rows = read("names.csv")
        self.first = [row for row in rows if row["kind"] in "mf"]
        self.family = [row for row in rows if row["kind"] == "s"]
        self.used: set[tuple[str, str]] = set()

    def draw(self) -> tuple[Name, str]:
        """A new full name in both scripts, and the form of address."""
        while True:
            first, family = self.story.chance.choice(self.first), self.story.chance.choice(self.family)
            pair = (first["ar"], family["ar"])
            if pair not in self.used:
                self.used.add(pair)
                name = Name(f"{first['ar']} {family['ar']}", f"{first['latin']} {family['latin']}", "")
                return name, first["kind"]


class Crowd:
    """Everybody who might come, with an address of their own under `.example`."""

    def __init__(self, story: Story) -> None:
        self.story, self.names, self.count = story, Names(story), 0
        self.workshops = [workshop.id for workshop in story.workshops()]

    def of_commune(self, body: Body, category: str, post: str) -> Details:
        """Somebody of a commune."""
        return self._details(category, post, body, wishes=True)

    def others(self, body: Body | None) -> Iterator[Details]:
        """Governors, cadres, administrations and partners."""
        for category, number, post, wishes in OTHERS:
            for _ in range(number):
                own = body if category in {"governor_director", "central_cadre"} else None
                yield self._details(category, post, own, wishes=wishes)

    def _details(self, category: str, post: str, body: Body | None, *, wishes: bool) -> Details:
        name, form = self.names.draw()
        self.count += 1
        order = self.story.chance.sample(self.workshops, k=len(self.workshops)) if wishes else []
        return Details(
            name=name, category=category, body=body, body_text="" if body else post, address_form=form, post=post,
            email=f"p{self.count:03d}@collectivites.example", phone=f"+212600{self.count:06d}",
            wishes=order[: self.story.chance.choice((1, 2, 3))], image_consent=self.story.chance.random() < 0.7,
        )  # fmt: skip
