"""A whole meeting as one documented file: written, checked, loaded elsewhere, or cloned for next year.

The form of the file is docs/meeting-file.md. Later rooms add what is theirs (people, recommendations, decisions,
commitments) with `section`, in their `listeners.connect()`.
"""

from app.meetings.exchange.checking import check, parse
from app.meetings.exchange.dumping import dump, write
from app.meetings.exchange.loading import load
from app.meetings.exchange.refs import References
from app.meetings.exchange.sections import section

__all__ = ["References", "check", "dump", "load", "parse", "section", "write"]
