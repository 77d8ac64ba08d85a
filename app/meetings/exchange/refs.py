"""The names by which a file refers to things: codes and numbers of order, never ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.kernel.errors import Refusal


class References:
    """Both ways between rows of one meeting and their names in its file.

    Kinds: `room` (R1, R2, ...), `sitting` (S1, S2, ... in the order of the agenda), `document` (D1, ...), `workshop`
    (its code), `track` and `axis` (their numbers), `body` (its code). Later rooms add kinds of their own with `name`.
    """

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], Any] = {}
        self._names: dict[tuple[str, str], str] = {}

    def name(self, kind: str, name: str | int, row: Any) -> str:
        """Give a row its name in the file."""
        self._rows[kind, str(name)] = row
        self._names[kind, row.id] = str(name)
        return str(name)

    def number(self, kind: str, letter: str, rows: Iterable[Any]) -> None:
        """Name rows by their order: R1, R2, ..."""
        for position, row in enumerate(rows, 1):
            self.name(kind, f"{letter}{position}", row)

    def ref(self, kind: str, ident: str | None) -> str | None:
        """The name of the row with this id; None for none."""
        return self._names[kind, ident] if ident else None

    def row(self, kind: str, name: str | int | None) -> Any:
        """The row of this name; None for none. Refuses with `exchange_reference` a name that nothing has."""
        if name is None or name == "":
            return None
        found = self._rows.get((kind, str(name)))
        if found is None:
            raise Refusal("exchange_reference", kind=kind, name=str(name))
        return found

    def ident(self, kind: str, name: str | int | None) -> str | None:
        """The id of the row of this name; None for none."""
        row = self.row(kind, name)
        return row.id if row is not None else None
