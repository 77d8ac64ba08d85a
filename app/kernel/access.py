"""Who may do what to which thing: one rule, asked by route, action and template alike.

A room declares its permissions (`permission`) and how the parameters of its addresses become things (`loader`); a view
carries one `access` marker. A request is admitted before its view runs: the things are loaded inside their parents,
and what is not yours is the same 404 as what never existed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from flask import current_app, g, request
from werkzeug.exceptions import MethodNotAllowed

from app.kernel.errors import NotFound, Refusal, SignInNeeded

PUBLIC = "public"
SIGNED_IN = "signed_in"
EVERYWHERE = "installation"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")

Scope = Mapping[str, str | Iterable[str]]
View = TypeVar("View", bound=Callable[..., Any])


class Scoped(Protocol):
    """A thing that says where it stands: {"meeting": id, "programme": id, "workshop": id, "body": [ids], ...}."""

    def scope(self) -> Scope: ...


@dataclass(frozen=True)
class Grant:
    """A role somebody holds, everywhere (`installation`) or within one thing of a kind."""

    role: str
    scope: str = EVERYWHERE
    scope_id: str | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: an account, the holder of a link, a device, the system, or the public."""

    kind: str = PUBLIC
    id: str | None = None
    label: str = ""
    grants: frozenset[Grant] = frozenset()
    session_id: str | None = None

    @property
    def signed_in(self) -> bool:
        return self.kind == "account"

    def holds(self, role: str) -> bool:
        """Whether the role is held anywhere at all."""
        return any(grant.role == role for grant in self.grants)

    def ids(self, scope: str, *roles: str) -> set[str]:
        """The things of a kind in which one of the roles is held."""
        return {g.scope_id for g in self.grants if g.scope == scope and g.scope_id and (not roles or g.role in roles)}


NOBODY = Actor()
SYSTEM = Actor(kind="system", label="system")


@dataclass(frozen=True)
class Permission:
    """What may be done, and by which roles; `scope` says on what kind of thing, for the reader of the matrix."""

    name: str
    scope: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Loader:
    name: str
    load: Callable[[str, Mapping[str, Any]], Any]
    grants: Callable[[Any], Actor] | None


@dataclass(frozen=True)
class Access:
    """The marker of a view: its permission, whether it writes, and which thing's stream gives its ETag."""

    permission: str
    writes: bool
    cached_by: str | None
    csrf: bool
    shows: bool = False


PERMISSIONS: dict[str, Permission] = {}
LOADERS: dict[str, Loader] = {}
_identify: Callable[[], Actor] = lambda: NOBODY  # noqa: E731


def permission(name: str, *, scope: str, roles: Iterable[str]) -> None:
    """Declare a permission once, in the `rules` of the room it belongs to."""
    declared = Permission(name, scope, frozenset(roles))
    if PERMISSIONS.setdefault(name, declared) != declared:
        raise ValueError(f"permission {name} is declared twice")


def loader(
    parameter: str,
    name: str,
    load: Callable[[str, Mapping[str, Any]], Any],
    *,
    grants: Callable[[Any], Actor] | None = None,
) -> None:
    """Say how the address parameter becomes a thing: `load(value, things loaded before it)`, None when not there.

    `grants` makes the parameter a key (a link somebody holds): it gives the actor that the holder is in this request.
    """
    LOADERS[parameter] = Loader(name, load, grants)


def identify_by(identify: Callable[[], Actor]) -> None:
    """Say how a request's actor is found (accounts does, from its session rows and device tokens)."""
    global _identify
    _identify = identify


def access(
    name: str, *, writes: bool = False, cached_by: str | None = None, csrf: bool = True, shows: bool = False
) -> Callable[[View], View]:
    """Mark a view; a route without a marker is refused and fails the build.

    `csrf=False` is for posts that come from elsewhere by design and carry their right in the address (one-click
    unsubscribe by a mail server); requests with a device token need none, for browsers never add it by themselves.
    `shows=True` is for posts that only show something (a step of a form): they read, and take no writer's turn.
    """

    def mark(view: View) -> View:
        view.access = Access(name, writes, cached_by, csrf, shows)  # type: ignore[attr-defined]
        return view

    return mark


def marker_of(view: Callable[..., Any] | None) -> Access | None:
    """The marker of a view function, if it has one."""
    return getattr(view, "access", None)


def current_actor() -> Actor:
    """Who makes this request; found once, inside its transaction."""
    if "actor" not in g:
        g.actor = _identify()
    actor: Actor = g.actor
    return actor


def admit(marker: Access) -> None:
    """Let the request in: find its actor, load the things of its address, ask the rule; else refuse.

    Raises `SignInNeeded` before anything is loaded when nobody is signed in, and `NotFound` for everything else.
    """
    rule = PERMISSIONS[marker.permission]
    values = dict(request.view_args or {})
    keyed = any(LOADERS[name].grants for name in values if name in LOADERS)
    actor = current_actor()
    if actor.kind == PUBLIC and request.headers.get("Authorization", "").startswith("Bearer "):
        raise SignInNeeded  # A token that was taken back: its holder must hear 401, not that a form is missing.
    if marker.writes and marker.csrf and actor.kind != "device" and request.method in UNSAFE:
        current_app.extensions["csrf"].protect()
    if actor.kind == PUBLIC and not keyed and PUBLIC not in rule.roles:
        raise SignInNeeded
    things: dict[str, Any] = {}
    for name, value in values.items():
        things.update(_load(name, value, things))
    request.view_args = things
    if not may(marker.permission, *things.values()):
        raise NotFound


def _load(name: str, value: Any, things: Mapping[str, Any]) -> dict[str, Any]:
    known = LOADERS.get(name)
    if known is None:
        return {name: value}
    thing = known.load(str(value), things)
    if thing is None:
        raise NotFound
    if known.grants is not None:
        held = known.grants(thing)
        actor = current_actor()
        # Somebody signed in who follows a link keeps both: the link's grants are for this request only.
        g.actor = (
            held
            if actor.kind == PUBLIC
            else Actor(actor.kind, actor.id, actor.label, actor.grants | held.grants, actor.session_id)
        )
    return {known.name: thing}


def may(name: str, *things: Any, actor: Actor | None = None) -> bool:
    """Whether the actor (the request's own by default) may do this to these things."""
    rule = PERMISSIONS[name]
    actor = actor or current_actor()
    if PUBLIC in rule.roles or actor.kind == "system" or (SIGNED_IN in rule.roles and actor.signed_in):
        return True
    held = [grant for grant in actor.grants if grant.role in rule.roles]
    return any(grant.scope == EVERYWHERE for grant in held) or (bool(held) and _within(held, things))


def _within(held: Iterable[Grant], things: Iterable[Any]) -> bool:
    places: set[tuple[str, str]] = set()
    for thing in things:
        if hasattr(thing, "scope"):
            for kind, ids in thing.scope().items():
                places.update((kind, one) for one in ([ids] if isinstance(ids, str) else ids))
    return any((grant.scope, grant.scope_id) in places for grant in held)


def require(actor: Actor, name: str, *things: Any) -> None:
    """The same rule for an action; raises `Refusal("not_allowed")`."""
    if not may(name, *things, actor=actor):
        raise Refusal("not_allowed", status=403)


def check_method(marker: Access | None) -> None:
    """A route nobody classified is refused, and so is a reading view asked to write."""
    if marker is None:
        raise NotFound
    if not (marker.writes or marker.shows) and request.method not in {"GET", "HEAD", "OPTIONS"}:
        raise MethodNotAllowed
