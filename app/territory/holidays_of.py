"""The days off of Morocco as far as they are known: the law's fixed days, estimated feasts, confirmed ones.

The package `holidays` computes the feasts of the moon and was a day early for three of the four that were checked; so
its feasts are estimates until somebody confirms them. Exceptional days are declared under decree 2-05-916.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.territory.workdays import CONFIRMED, ESTIMATED

FIXED, FEAST, EXCEPTIONAL = "fixed", "islamic", "exceptional"
_ESTIMATE = re.compile(r"\s*\((?:تقديري|estimé|estimated)\)")


@dataclass(frozen=True)
class KnownDay:
    """One day off with its names, what kind it is and how sure it is."""

    day: date
    name_ar: str
    name_fr: str
    kind: str
    status: str
    source: str


# Feasts whose real days are known: the package's days of the same feast in that year are left out.
_CONFIRMED_FEASTS = {
    ("عيد الأضحى", 2019): ("عيد الأضحى", "Aïd al-Adha", (date(2019, 8, 12),), "achtari24.com"),
    ("عيد الأضحى", 2021): ("عيد الأضحى", "Aïd al-Adha", (date(2021, 7, 21), date(2021, 7, 22)), "lereporter.ma"),
    ("عيد الأضحى", 2025): ("عيد الأضحى", "Aïd al-Adha", (date(2025, 6, 7),), "challenge.ma"),
}
_EXCEPTIONAL = {
    date(2023, 4, 24): "maroctvinfo.com, bladi.net",
    date(2024, 4, 12): "infomaroc.net, challenge.ma",
    date(2025, 6, 9): "challenge.ma",
    date(2026, 3, 23): "maroctvinfo.com",
}


def known_days(first_year: int, last_year: int) -> Iterator[KnownDay]:
    """Every day off of these years, each day once, in no particular order."""
    years = range(first_year, last_year + 1)
    # Importing one country imports all of them, which a server that starts does not wait for.
    from holidays.countries.morocco import Morocco  # noqa: PLC0415

    arabic, french = Morocco(years=years, language="ar"), Morocco(years=years, language="fr")
    for day, name in arabic.items():
        if any(feast in name and day.year == year for feast, year in _CONFIRMED_FEASTS):
            continue
        # Two on one day: when one of them is fixed, the day off is certain.
        estimated = all(_ESTIMATE.search(one) for one in name.split("; "))
        yield KnownDay(
            day, _clean(name), _clean(french[day]), FEAST if estimated else FIXED,
            ESTIMATED if estimated else CONFIRMED, "holidays",
        )  # fmt: skip
    for (_feast, year), (name_ar, name_fr, days, source) in _CONFIRMED_FEASTS.items():
        if year in years:
            yield from (KnownDay(day, name_ar, name_fr, FEAST, CONFIRMED, source) for day in days)
    for day, source in _EXCEPTIONAL.items():
        if day.year in years:
            yield KnownDay(day, "عطلة استثنائية", "Jour férié exceptionnel", EXCEPTIONAL, CONFIRMED, source)


def _clean(name: str) -> str:
    """The name without the package's remark, two on one day joined by a comma."""
    return (
        _ESTIMATE.sub("", name)
        .replace("'", "’")
        .replace("; ", "، " if re.search("[\u0600-\u06ff]", name) else ", ")[:120]
    )
