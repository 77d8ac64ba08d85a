"""The board of one slot: a column for each workshop, a card for each person, and how even the columns are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.kernel.text import fold
from app.meetings.models import Meeting, Workshop
from app.meetings.queries import workshops as all_workshops
from app.participants.models import Participant
from app.workshops.models import WorkshopSeat
from app.workshops.queries import instance as instances
from app.workshops.queries import rather
from app.workshops.queries.slots import UNCOUNTED, Slot, capacity_of, slots
from app.workshops.rules import rank_of

SHOWN = 6
"""Cards a column shows before "and so many more"."""


@dataclass(frozen=True)
class Card:
    """One person in one column: rank of the wish for it (None: not wished), and whether the place is fixed."""

    participant: Participant
    rank: int | None
    locked: bool
    told: bool


@dataclass
class Column:
    """One workshop in a slot."""

    workshop: Workshop
    capacity: int | None
    cards: list[Card]
    shown: list[Card] = field(default_factory=list)
    would_rather: int = 0

    @property
    def taken(self) -> int:
        return len(self.cards)

    @property
    def left(self) -> int | None:
        """Places left; negative when more people sit there than it has places."""
        return self.capacity - self.taken if self.capacity is not None else None

    @property
    def share(self) -> float:
        """How full the column is, in per cent."""
        return min(100.0, 100.0 * self.taken / self.capacity) if self.capacity else 0.0

    @property
    def communes(self) -> int:
        """How many communes have somebody here."""
        return len({code for card in self.cards if (code := instances.commune_of(card.participant))})

    @property
    def women(self) -> float | None:
        """The share of women among those whose form of address is known; None when it is of nobody."""
        forms = [card.participant.address_form for card in self.cards if card.participant.address_form]
        return forms.count("f") / len(forms) if forms else None

    @property
    def first_wishes(self) -> float | None:
        """The share of those here by their first wish, among those who wished anything."""
        ranks = [card.rank for card in self.cards if card.participant.wishes]
        return ranks.count(1) / len(ranks) if ranks else None

    def category(self, code: str) -> int:
        """How many of a category are here."""
        return sum(card.participant.category == code for card in self.cards)


@dataclass(frozen=True)
class Board:
    """A slot as the organiser sees it."""

    meeting: Meeting
    slots: list[Slot]
    slot: Slot
    columns: list[Column]
    unplaced: list[Card]
    people: int
    words: str

    @property
    def ranks(self) -> Counter[int | None]:
        """How many sit by which wish."""
        placed = (card for column in self.columns for card in column.cards)
        return Counter(card.rank for card in placed if card.participant.wishes)

    @property
    def placed(self) -> int:
        return sum(column.taken for column in self.columns)

    def categories(self) -> list[tuple[str, list[int], int]]:
        """Each category present: how many in each column, and in all."""
        codes = Counter(card.participant.category for column in self.columns for card in column.cards)
        return [
            (code, [column.category(code) for column in self.columns], total) for code, total in codes.most_common()
        ]

    def column_of(self, workshop_id: str | None) -> Column | None:
        """The column of a workshop."""
        return next((column for column in self.columns if column.workshop.id == workshop_id), None)


def read_board(meeting: Meeting, *, slot: str = "", words: str = "", whole: str = "") -> Board | None:
    """The board of a slot (the first one by default), None while the agenda has no workshop sitting (eight queries).

    `words` narrow the cards to people found by them; `whole` is the code of the column shown to its end.
    """
    found = slots(meeting)
    if not found:
        return None
    chosen = next((one for one in found if one.id == slot), found[0])
    people = {one.id: one for one in instances.people(meeting)}
    held = [seat for seat in instances.seats(meeting) if seat.slot == chosen.id and seat.participant_id in people]
    others = rather.counts(meeting, chosen.id)
    columns = []
    for workshop in all_workshops(meeting):
        if workshop.id in chosen.workshops:
            capacity = capacity_of(workshop)
            cards = _cards([seat for seat in held if seat.workshop_id == workshop.id], people)
            column = Column(workshop, None if capacity == UNCOUNTED else capacity, cards)
            column.would_rather = others.get(workshop.id, 0)
            column.shown = narrowed(cards, words, everybody=workshop.code == whole)
            columns.append(column)
    seated = {seat.participant_id for seat in held}
    rest = [Card(one, None, False, False) for one in people.values() if one.id not in seated]
    return Board(meeting, found, chosen, columns, _sorted(rest), len(people), words)


def _cards(held: Sequence[WorkshopSeat], people: dict[str, Participant]) -> list[Card]:
    return _sorted(
        [
            Card(
                people[seat.participant_id], rank_of(people[seat.participant_id], seat.workshop_id), seat.locked,
                seat.told_workshop_id == seat.workshop_id,
            )
            for seat in held
        ]
    )  # fmt: skip


def _sorted(cards: list[Card]) -> list[Card]:
    """Those farthest from their wishes first: they are what one looks for; then by name."""

    def key(card: Card) -> tuple[int, str, str]:
        farthest = -(card.rank or 99) if card.participant.wishes else 0
        return farthest, card.participant.sort_ar, card.participant.id

    return sorted(cards, key=key)


def narrowed(cards: list[Card], words: str, *, everybody: bool) -> list[Card]:
    """The cards to be shown: those found by the words, else the first few, or all."""
    typed = fold(words).split()
    if typed:
        return [card for card in cards if all(word in card.participant.folded for word in typed)][:40]
    return cards if everybody else cards[:SHOWN]
