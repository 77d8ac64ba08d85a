"""What each kind of operation does. Every refusal and every wait comes before the first change."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select

from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.text import clean, clean_multiline
from app.recommendations import queries, rules, states
from app.recommendations.actions import merging, order, texts
from app.recommendations.actions.act import Act, Waits
from app.recommendations.fields import normal
from app.recommendations.models import Link, Recommendation
from app.recommendations.states import TextState


def create(act: Act) -> list[str]:
    """A new draft at the end of the list, or after `after`; a second creation of one id is an edit of it."""
    if act.row is not None:
        return edit(act)
    act.wait_for_base()
    serial = db.session.scalar(
        select(func.coalesce(func.max(Recommendation.serial), 0)).where(Recommendation.workshop_id == act.workshop.id)
    )
    place = db.session.scalar(
        select(func.coalesce(func.max(Recommendation.position), 0)).where(Recommendation.workshop_id == act.workshop.id)
    )
    origin, now = act.data.get("origin"), act.clock.now()
    behalf = clean(str(act.data.get("on_behalf_of") or ""))[:160]
    act.row = Recommendation(
        id=act.ident, meeting_id=act.meeting.id, workshop_id=act.workshop.id, serial=int(serial or 0) + 1,
        position=int(place or 0) + 1, state=TextState.DRAFT, created_at=now, changed_at=now, rev=0,
        origin=origin if origin in {"floor", "paper"} else "typed", captured_by=act.author.name,
        on_behalf_of=behalf, authentic=act.fields.get("authentic") or "ar",
    )  # fmt: skip
    act.row.workshop = act.workshop
    db.session.add(act.row)
    db.session.flush()
    changed = act.take_fields()
    after = act.data.get("after")
    anchor = queries.in_workshop(act.workshop, after) if isinstance(after, str) else None
    moved = order.place(act.row, anchor) if anchor else []
    act.record("created", fields=changed, ids=tuple(one for one in moved if one != act.ident))
    return [act.ident]


def edit(act: Act) -> list[str]:
    """Texts on the revisions they were written on: applied, merged by words, or kept as variants."""
    row = act.here()
    rules.check_writing(row, act.actor)
    act.wait_for_base()
    changed = act.take_fields()
    if changed or act.variants:
        act.record("edited", fields=changed, variants=[one.field for one in act.variants])
    return [act.ident]


def move(act: Act) -> list[str]:
    """One recommendation to a place of its list: behind `after`, or first when that is null."""
    row = act.here()
    rules.check_writing(row, act.actor)
    anchor = None if act.data.get("after") is None else act.other("after")
    if anchor is not None and anchor.workshop_id != act.workshop.id:
        raise Refusal("malformed", field="after")
    moved = order.place(row, anchor)
    act.record("moved", ids=tuple(one for one in moved if one != row.id))
    return [act.ident]


def reorder(act: Act) -> list[str]:
    """The whole list in the order of `order`; what it does not name follows in its own order."""
    wanted = act.data.get("order")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(one, str) for one in wanted):
        raise Refusal("malformed", field="order")
    for ident in wanted:
        if queries.in_workshop(act.workshop, ident) is None:
            raise Waits(ident)
    moved = order.arrange(act.workshop, wanted)
    act.record("reordered", act.workshop, ids=tuple(moved), count=len(moved))
    return moved


def merge(act: Act) -> list[str]:
    """Into another one (`into`), with what was kept from each (`kept`); reversible until the plenary has read it."""
    source, target = act.here(), act.other("into")
    if code := rules.merge_refused(source, target, act.actor):
        raise Refusal(code, status=403 if code == "not_allowed" else 422)
    rules.check_open(target.workshop, act.meeting, queries.frozen(target.workshop_id))
    for name, text in act.fields.items():
        texts.take(
            recommendation=target, meeting=act.meeting, field=name, text=text, author=act.author, clock=act.clock,
            base_rev=act.base_rev.get(name, texts.revision_of(target, name)), op_id=act.op_id,
        )  # fmt: skip
    kept = clean_multiline(str(act.data.get("kept") or ""))[:2000]
    merging.join(source, target, kept=kept)
    target.rev += 1
    act.record("merged", ids=(target.id,), into=target.draft_code, kept=kept)
    return [source.id, target.id]


def unmerge(act: Act) -> list[str]:
    """Out of the one it was merged into, as it was before."""
    row = act.here()
    target = queries.find(row.merged_into_id or "")
    if row.state != TextState.MERGED_INTO or target is None:
        raise Refusal("unmerge_state")
    if target.state not in states.MERGEABLE:
        raise Refusal("merge_final", status=403)
    before = merging.was(row)
    if code := rules.writing_refused(before, act.actor):
        raise Refusal(code, status=403)
    merging.part(row, act.clock)
    act.record("unmerged", ids=(target.id,), out_of=target.draft_code)
    return [row.id, target.id]


def split(act: Act) -> list[str]:
    """Into itself, with its new texts, and the further parts (`parts`: [{"id", "fields"}])."""
    row = act.here()
    rules.check_writing(row, act.actor)
    act.wait_for_base()
    parts = _parts(act)
    changed = act.take_fields()
    anchor, moved = row, set[str]()
    for ident, values in parts:
        part = Act(act.workshop, act.meeting, ident, "create", {}, values, {"origin": row.origin}, act.actor,
                   act.author, act.clock, act.op_id)  # fmt: skip
        create(part)
        made = part.here()
        made.state, made.authentic = row.state, row.authentic
        db.session.add(Link(from_id=made.id, to_id=row.id, kind="split_from"))
        moved |= set(order.place(made, anchor))
        anchor = made
    others = (moved | {ident for ident, _ in parts}) - {row.id}
    act.record("split", fields=changed, ids=tuple(sorted(others)), parts=len(parts))
    return [row.id, *(ident for ident, _ in parts)]


def _parts(act: Act) -> list[tuple[str, dict[str, str]]]:
    parts = act.data.get("parts")
    if not isinstance(parts, list) or not parts or len(parts) > 10:
        raise Refusal("malformed", field="parts")
    found = []
    for part in parts:
        if not isinstance(part, dict) or not isinstance(part.get("id"), str) or queries.find(part["id"]) is not None:
            raise Refusal("malformed", field="parts")
        values = part.get("fields") if isinstance(part.get("fields"), dict) else {}
        found.append((part["id"], {name: normal(name, value) for name, value in (values or {}).items()}))
    return found


def withdraw(act: Act) -> list[str]:
    """Out of the list; its texts stay readable and it can be taken back."""
    row = act.here()
    if row.state == TextState.WITHDRAWN:
        return []
    if not rules.may_step(row, TextState.WITHDRAWN, act.actor):
        raise Refusal(rules.writing_refused(row, act.actor) or "step_not_allowed", status=403)
    row.state = TextState.WITHDRAWN
    act.record("withdrawn")
    return [act.ident]


def resolve(act: Act) -> list[str]:
    """Decide on a variant: `choice` keeps the text in `place`, the `variant`, or a third `text`."""
    row = act.here()
    rules.check_writing(row, act.actor)
    choice, ident = act.data.get("choice"), act.data.get("variant")
    if choice not in {"place", "variant", "text"} or not isinstance(ident, str):
        raise Refusal("malformed", field="choice")
    variant = queries.find_variant(row, ident)
    if variant is None:
        raise Waits(act.ident)
    if variant.resolved_at is not None:
        return []
    if choice != "place":
        text = variant.text if choice == "variant" else normal(variant.field, act.data.get("text"))
        texts.write(recommendation=row, meeting=act.meeting, field=variant.field, text=text, author=act.author,
                    clock=act.clock, op_id=act.op_id)  # fmt: skip
    variant.resolved_at, variant.resolution, variant.resolved_by = act.clock.now(), choice, act.author.name
    act.fields = {variant.field: ""}
    act.record("resolved", fields=[variant.field] if choice != "place" else [], choice=choice)
    return [act.ident]


APPLY: dict[str, Callable[[Act], list[str]]] = {
    "create": create, "edit": edit, "move": move, "reorder": reorder, "merge": merge, "unmerge": unmerge,
    "split": split, "withdraw": withdraw, "resolve": resolve,
}  # fmt: skip
