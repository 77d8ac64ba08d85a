"""From a spreadsheet as organisers have them to rows of people: read, understood, flagged, never written here."""

from app.participants.importing.analysis import DEFAULT_CATEGORIES, analyse
from app.participants.importing.capacities import KnownCategory
from app.participants.importing.columns import Column, SheetPlan, guess_columns
from app.participants.importing.duplicates import KnownPerson
from app.participants.importing.headings import FIELDS
from app.participants.importing.outcome import FLAGS, OUTCOMES, Analysis, Change, Flag, Row
from app.participants.importing.reading import read_workbook
from app.participants.importing.sheet import REFUSALS, FileRefused, Sheet
from app.participants.importing.wishes import KnownWorkshop

__all__ = [
    "DEFAULT_CATEGORIES",
    "FIELDS",
    "FLAGS",
    "OUTCOMES",
    "REFUSALS",
    "Analysis",
    "Change",
    "Column",
    "FileRefused",
    "Flag",
    "KnownCategory",
    "KnownPerson",
    "KnownWorkshop",
    "Row",
    "Sheet",
    "SheetPlan",
    "analyse",
    "guess_columns",
    "read_workbook",
]
