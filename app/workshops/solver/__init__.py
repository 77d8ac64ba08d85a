"""Assigns participants to workshops: pure functions over plain dictionaries, no database and no web.

The contract, the objective and why the answers can be trusted: docs/assignment.md.
"""

from app.workshops.solver.explaining import explain
from app.workshops.solver.measure import broken_rules, diff, score
from app.workshops.solver.reading import Refused, read_instance
from app.workshops.solver.solving import solve

__all__ = ["Refused", "broken_rules", "diff", "explain", "read_instance", "score", "solve"]
