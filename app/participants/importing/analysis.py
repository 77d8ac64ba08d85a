"""The dry run: sheets in, one row object a person out. Writes nothing, asks nobody."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from app.participants.importing.capacities import CODES, CategoryReader, KnownCategory
from app.participants.importing.columns import Mapping_, SheetPlan, guess_columns
from app.participants.importing.duplicates import KnownPerson, mark_duplicates
from app.participants.importing.lines import LineReader
from app.participants.importing.outcome import Analysis, Row
from app.participants.importing.people import PeopleReader
from app.participants.importing.sheet import FileRefused, Sheet
from app.participants.importing.wishes import KnownWorkshop, WishReader
from app.territory.matching import Matcher

DEFAULT_CATEGORIES = tuple(KnownCategory(code) for code in CODES)


def analyse(
    sheets: Sequence[Sheet],
    *,
    bodies: Matcher,
    workshops: Sequence[KnownWorkshop],
    categories: Sequence[KnownCategory] = DEFAULT_CATEGORIES,
    year: int | None = None,
    existing: Iterable[KnownPerson] = (),
    mapping: Mapping_ | None = None,
    seats: Mapping[str, int] | None = None,
) -> Analysis:
    """Every row of people of the visible sheets with its outcome and flags, in file order, and the summary.

    `year` is the meeting's: it completes dates and finds implausible ones. `mapping` (sheet -> column -> field) is the
    user's own choice of columns; a hidden sheet is read only when it is mapped. `seats` are the places left by body
    id. Raises FileRefused with `no_header` when no sheet names its columns, `empty` when none has a row of people.
    """
    plans = guess_columns(sheets, mapping)
    read = [(sheet, plan) for sheet, plan in zip(sheets, plans, strict=True) if _is_read(sheet, plan, mapping)]
    if not read:
        raise FileRefused("no_header")
    wishes, capacities = WishReader(workshops), CategoryReader(categories)
    rows: list[Row] = []
    skipped: Counter[str] = Counter()
    for sheet, plan in read:
        lines = LineReader(sheet, plan, bodies).lines()
        headings = {column.number: column.heading for column in plan.columns}
        reader = PeopleReader(sheet, lines, headings, bodies=bodies, wishes=wishes, categories=capacities, year=year)
        for line in lines:
            if line.kind == "person":
                rows.append(reader.row(line))
                continue
            if line.kind == "group":
                reader.group(line.text)
            elif line.kind == "total":
                reader.end_group()
            skipped[line.kind] += 1
    if not rows:
        raise FileRefused("empty")
    mark_duplicates(rows, existing)
    _mark_seats(rows, seats or {})
    return Analysis(rows, plans, skipped)


def _is_read(sheet: Sheet, plan: SheetPlan, mapping: Mapping_ | None) -> bool:
    return plan.is_list and (not sheet.hidden or sheet.name in (mapping or {}))


def _mark_seats(rows: Sequence[Row], seats: Mapping[str, int]) -> None:
    """Flags the rows for which their body has no seat left, in file order; a cancelled row takes none."""
    left = dict(seats)
    for row in rows:
        if row.body_id in left and row.outcome in ("new", "reserved") and row.status not in ("cancelled", "declined"):
            left[row.body_id] -= 1
            if left[row.body_id] < 0:
                row.flag("over_quota", "body")
