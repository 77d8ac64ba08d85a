"""What a spreadsheet is to the importer: plain values, and the marks that change their meaning."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Value = str | int | float | bool | datetime | date | time | timedelta | None
Cell = tuple[int, int]
"""Row and column, both from 1, as the spreadsheet counts them."""
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column."""

REFUSALS = (
    "too_large_inside", "not_a_spreadsheet", "encrypted", "forbidden_xml", "empty", "no_header", "damaged",
)  # fmt: skip


class FileRefused(Exception):
    """A file that is refused whole; `code` is one of REFUSALS, its sentence is `import.refused.<code>`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Marks:
    """What a sheet says beside its values: merged ranges, what is hidden, what is struck through, formulas."""

    merged: list[Range] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    struck: set[Cell] = field(default_factory=set)
    formulas: dict[Cell, str] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = 0
    cells: int = 0


@dataclass(slots=True)
class Sheet:
    """One sheet: its name, whether people see it, its values by row, and its marks."""

    name: str
    values: list[list[Value]]
    hidden: bool = False
    marks: Marks = field(default_factory=Marks)

    def value(self, row: int, column: int) -> Value:
        """The value of a cell, counted from 1; None outside the sheet and for empty text.

        A formula whose result nobody stored is its own text: it is not run, and it is not nothing.
        """
        if 1 <= row <= len(self.values) and 1 <= column <= len(self.values[row - 1]):
            value = self.values[row - 1][column - 1]
            if value is None or (isinstance(value, str) and not value.strip()):
                return self.marks.formulas.get((row, column))
            return value
        return None

    @property
    def width(self) -> int:
        return max((len(row) for row in self.values), default=0)

    @property
    def is_empty(self) -> bool:
        return not any(value not in (None, "") for row in self.values for value in row)


def column_letters(column: int) -> str:
    """The name of a column as spreadsheets show it: 1 is A, 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column given by its letters: A is 1, AB is 28; 0 for anything else."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - 64
    return number
