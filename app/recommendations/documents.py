"""Recommendations as the API and the capture screen read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.kernel.clock import stamp
from app.recommendations import queries
from app.recommendations.actions.act import addressee_documents, variant_document
from app.recommendations.advice import advice_of
from app.recommendations.models import Operation, Recommendation, Variant


def recommendation(row: Recommendation, variants: Sequence[Variant] = ()) -> dict[str, Any]:
    """One recommendation whole: texts with their revisions, state, number, place, advice and open variants."""
    return {
        "id": row.id,
        "code": row.draft_code,
        "serial": row.serial,
        "position": row.position,
        "state": row.state,
        "rev": row.rev,
        "authentic": row.authentic,
        "fields": {one.field: {"rev": one.rev, "text": one.text} for one in row.texts},
        "addressees": addressee_documents(row),
        "variants": [variant_document(one) for one in variants if one.recommendation_id == row.id],
        "advice": advice_of(row).document(),
        "review_reason": row.review_reason,
        "merged_into": row.merged_into_id,
        "captured_by": row.captured_by,
        "on_behalf_of": row.on_behalf_of,
        "created_at": stamp(row.created_at),
        "changed_at": stamp(row.changed_at),
    }


def several(rows: Iterable[Recommendation]) -> list[dict[str, Any]]:
    """Many of them (one query for all their variants)."""
    listed = list(rows)
    variants = queries.open_variants([row.id for row in listed])
    return [recommendation(row, variants) for row in listed]


def operation(row: Operation) -> dict[str, Any]:
    """A refused or waiting operation as its author reads it: everything it carried."""
    return {"op_id": row.op_id, "kind": row.kind, "recommendation": row.recommendation_id, "state": row.state,
            "code": row.code, "at": stamp(row.at), "payload": row.payload}  # fmt: skip
