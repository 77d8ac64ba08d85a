"""Which published recommendations are close to one: words in common count, the same axis and workshop help."""

from __future__ import annotations

from app.kernel.text import fold
from app.publication.snapshot.reading import Published

MOST = 4
SHORT = 4  # letters; shorter words say little in Arabic or French
ENOUGH = 0.08


def near(item: Published) -> list[Published]:
    """At most four others, the closest first; those of the same axis fill up when the words say little."""
    own = _words(item)
    scored = []
    for other in item.snapshot.adopted:
        if other.id != item.id:
            theirs = _words(other)
            common = len(own & theirs) / max(1, len(own | theirs))
            same = (item.data["axis"] is not None and other.data["axis"] == item.data["axis"]) * 0.04
            same += (other.data["workshop"] == item.data["workshop"]) * 0.03
            scored.append((common + same, -(other.number or 0), other))
    scored.sort(key=lambda one: one[:2], reverse=True)
    return [other for score, _number, other in scored[:MOST] if score >= ENOUGH] or [
        other for score, _number, other in scored[:2] if score > 0
    ]


def _words(item: Published) -> set[str]:
    return {word for word in fold(" ".join(item.bodies.values())).split() if len(word) > SHORT}
