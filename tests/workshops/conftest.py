"""What the tests of the workshops share."""

from tests.attendance.conftest import count_queries

__all__ = ["count_queries"]
