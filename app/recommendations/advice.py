"""The advice on a recommendation as it stands: its wording and what is linked to it."""

from __future__ import annotations

from app.recommendations.models import Recommendation
from app.recommendations.smart import Advice, advise


def advice_of(row: Recommendation) -> Advice:
    """The five letters of the text in its authentic language."""
    lang = row.authentic
    return advise(
        row.text(f"body.{lang}"), lang=lang, addressed=bool(row.addressees or row.addressee_group),
        axis=row.axis_id is not None, dated=row.horizon is not None, indicator=bool(row.indicator),
    )  # fmt: skip
