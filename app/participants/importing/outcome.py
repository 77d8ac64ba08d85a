"""What the analysis answers: one row of people, its flags, and the whole."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from app.participants.importing.columns import SheetPlan

Outcome = Literal["new", "changed", "same", "duplicate", "reserved", "rejected"]
OUTCOMES: tuple[Outcome, ...] = ("new", "changed", "same", "duplicate", "reserved", "rejected")
Level = Literal["mend", "check", "note"]

FLAGS: Mapping[str, Level] = {
    # Something is missing until somebody mends it.
    "name_missing": "mend",
    "formula_in_name": "mend",
    "phone_invalid": "mend",
    "phone_lost_digits": "mend",
    "email_invalid": "mend",
    "date_invalid": "mend",
    "date_ambiguous": "mend",
    "date_hijri": "mend",
    "body_ambiguous": "mend",
    "body_unknown": "mend",
    "body_wrong_province": "mend",
    "wish_unknown": "mend",
    # Read, but somebody should look.
    "body_proposed": "check",
    "bidi_removed": "check",
    "category_unknown": "check",
    "possible_duplicate": "check",
    "shared_contact": "check",
    "several_names": "check",
    "date_us_order": "check",
    "date_implausible": "check",
    "phone_letter": "check",
    "over_quota": "check",
    "hidden_row": "check",
    # What was done, for the report.
    "identity_number_dropped": "note",
    "sensitive_dropped": "note",
    "title_in_name": "note",
    "two_wishes": "note",
    "no_workshop": "note",
    "struck_out": "note",
    "phone_zero_restored": "note",
    "phone_extension": "note",
    "second_phone": "note",
    "second_email": "note",
    "name_zgh": "note",
    "role_without_person": "note",
}
"""Every flag, stable, with how much it asks of the reader; docs/import.md explains each."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A remark on a row: its code, the field and the value it concerns, and the placeholders of its sentence."""

    code: str
    field: str = ""
    value: str = ""
    params: tuple[tuple[str, str], ...] = ()

    @property
    def level(self) -> Level:
        return FLAGS[self.code]

    @property
    def key(self) -> str:
        """The catalogue's key of the sentence; a struck-out row is taken in as cancelled, and its sentence says so."""
        return "import.flag.struck_out_cancelled" if self.code == "struck_out" else f"import.flag.{self.code}"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a known person that the row would change."""

    field: str
    old: str
    new: str


@dataclass(slots=True)
class Row:
    """One row of people, read; texts are empty when the sheet says nothing."""

    sheet: str
    row: int
    outcome: Outcome = "new"
    name_ar: str = ""
    name_latin: str = ""
    name_zgh: str = ""
    honorific: str = ""
    category: str = ""
    role: str = ""
    body_id: str = ""
    body_code: str = ""
    body_match: str = "none"
    body_choices: tuple[str, ...] = ()
    phones: list[str] = field(default_factory=list)
    email: str = ""
    wishes: list[str] = field(default_factory=list)
    registered_on: date | None = None
    represented_by: str = ""
    status: str = ""
    notes: str = ""
    duplicate_of: dict[str, str | int] | None = None
    flags: list[Flag] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def is_person(self) -> bool:
        return bool(self.name_ar or self.name_latin or self.name_zgh) and self.outcome not in ("rejected", "reserved")

    @property
    def display_name(self) -> str:
        return self.name_ar or self.name_latin or self.name_zgh

    def flag(self, code: str, field: str = "", value: object = "", **params: str) -> None:
        """Adds a remark once."""
        if all(each.code != code for each in self.flags):
            self.flags.append(Flag(code, field, str(value)[:200], tuple(params.items())))

    @property
    def needs_mending(self) -> bool:
        return any(flag.level == "mend" for flag in self.flags)

    def as_json(self) -> dict[str, Any]:
        """The object of `flask participants import --json`; its names and shapes are a contract."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "outcome": self.outcome,
            "name_ar": self.name_ar,
            "name_latin": self.name_latin,
            "honorific": self.honorific,
            "category": self.category,
            "role": self.role,
            "body_code": self.body_code,
            "body_match": self.body_match,
            "phones": self.phones,
            "email": self.email,
            "wishes": self.wishes,
            "registered_on": self.registered_on.isoformat() if self.registered_on else "",
            "represented_by": self.represented_by,
            "status": self.status,
            "duplicate_of": self.duplicate_of,
            "flags": [flag.code for flag in self.flags],
        }


@dataclass(slots=True)
class Analysis:
    """Every row of people in file order, how each sheet was read, and how many rows were no people."""

    rows: list[Row]
    plans: list[SheetPlan]
    skipped: Counter[str]

    @property
    def summary(self) -> dict[str, Any]:
        """The counts by outcome and by flag, and how each sheet was read."""
        outcomes = Counter(row.outcome for row in self.rows)
        per_sheet = Counter(row.sheet for row in self.rows)
        return {
            "rows": len(self.rows),
            **{outcome: outcomes[outcome] for outcome in OUTCOMES},
            "to_mend": sum(row.needs_mending for row in self.rows),
            "skipped": dict(sorted(self.skipped.items())),
            "flags": dict(sorted(Counter(flag.code for row in self.rows for flag in row.flags).items())),
            "sheets": [_sheet_summary(plan, per_sheet[plan.sheet]) for plan in self.plans],
        }


def _sheet_summary(plan: SheetPlan, rows: int) -> dict[str, Any]:
    state = "hidden" if plan.hidden and not rows else "read" if plan.is_list else "no_header"
    return {
        "sheet": plan.sheet,
        "state": state,
        "heading_row": plan.heading_row,
        "rows": rows,
        "columns": {column.letters: column.field for column in plan.columns if column.field},
        "hidden_columns": [column.letters for column in plan.columns if column.hidden],
    }
