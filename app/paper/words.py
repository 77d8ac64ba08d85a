"""The two lines that nearly every paper carries, worded in its language: page x of y, and when it was printed."""

from datetime import datetime

from app.kernel.languages import format_date, t
from app.kernel.languages.formats import time_text


def page_pattern(lang: str) -> str:
    """ "Page x of y" with the marks {page} and {total}, which templates and Word files fill in on each page."""
    return t.plain("paper.page", lang=lang, page="{page}", total="{total}")


def printed_line(moment: datetime, *, lang: str, zone: str) -> str:
    """Say at which day and hour of the place a paper was printed; `moment` is aware."""
    return t.plain(
        "paper.printed",
        lang=lang,
        date=format_date(moment, lang=lang, zone=zone),
        time=time_text(moment, zone=zone),
    )
