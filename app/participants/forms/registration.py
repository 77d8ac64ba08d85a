"""The registration form: one form over four steps, each carrying what the others said in hidden fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from wtforms import BooleanField, Field, RadioField, SelectField, StringField

from app.kernel.errors import Refusal
from app.kernel.forms import Form, Line, Lines, Longest, Required
from app.kernel.languages import current_language, pick, t
from app.participants.actions.filling import Details
from app.participants.forms.fields import Ranked, drop_identity_numbers, put_error, read_mail, read_phone, sentence
from app.participants.names import Name, name_of

STEPS = ("identity", "body", "wishes", "check")
FIELDS: dict[str, tuple[str, ...]] = {
    "identity": ("name", "name_latin", "address_form", "rank", "language"),
    "body": ("category", "body", "body_id", "post", "email", "phone"),
    "wishes": ("wishes", "any_workshop", "needs"),
    "check": ("image_consent",),
}
ELSEWHERE = "-"


class PersonForm(Form):
    """What somebody says about a person; the base of registration, delegation, swap and the organiser's form."""

    name = Line(t.lazy("participants.name"), [Required("error.name_missing"), Longest(160)],
                description=t.lazy("participants.name_hint"))  # fmt: skip
    name_latin = Line(t.lazy("form.name_latin.label"), [Longest(160)], description=t.lazy("form.name_latin.hint"))
    address_form = RadioField(t.lazy("form.honorific.label"), default="")
    rank = Line(t.lazy("form.rank.label"), [Longest(160)], description=t.lazy("participants.rank_hint"))
    language = RadioField(t.lazy("form.language.label"), default="ar")
    category = SelectField(t.lazy("form.category.label"), [Required("participants.choose_category")])
    body = Line(t.lazy("form.body.label"), [Required(), Longest(200)], description=t.lazy("form.body.hint"))
    body_id = StringField()
    post = Line(t.lazy("form.post.label"), [Longest(300)])
    email = Line(t.lazy("form.email.label"), [Longest(254)], description=t.lazy("form.email.hint"))
    phone = Line(t.lazy("form.phone.label"), [Longest(40)], description=t.lazy("form.phone.hint"))

    def __init__(self, *args: Any, categories: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category.choices = [("", t.plain("participants.choose"))] + [
            (code, t.plain(f"category.{code}.m")) for code in categories
        ]
        self.address_form.choices = [
            (form, t.plain(f"honorific.{form}") if form else t.plain("participants.no_honorific"))
            for form in ("m", "f", "")
        ]
        self.language.choices = [(code, t.plain(f"lang.{code}")) for code in ("ar", "fr", "en")]
        self.candidates: list[dict[str, Any]] = []
        self.found_body: Any = None

    def check_fields(self, names: Iterable[str], resolve: Callable[[str, str | None], Any]) -> bool:
        """Check some fields; whether nothing is to be mended. `resolve` finds the body that typed words mean."""
        names = [name for name in names if name in self._fields]
        for name in names:
            self._fields[name].validate(self)
        drop_identity_numbers(self._fields[name] for name in names if name not in {"phone", "email", "body_id"})
        if "email" in names:
            read_mail(self.email)
        if "phone" in names:
            read_phone(self.phone)
        if "body" in names and not self.body.errors:
            self._check_body(resolve)
        return not any(self._fields[name].errors for name in names)

    def _check_body(self, resolve: Callable[[str, str | None], Any]) -> None:
        if self.body_id.data == ELSEWHERE:
            return
        found = resolve(self.body.data, self.body_id.data or None)
        self.found_body = found.body
        if found.body is not None:
            self.body_id.data = found.body.id
            return
        self.body_id.data = ""
        code = "body_ambiguous" if found.exact else "body_unknown"
        put_error(self.body, sentence(Refusal(code)))
        self.candidates = [*map(candidate, found.candidates), _elsewhere(self.body.data)]

    def person(self) -> Name:
        """The name in its scripts."""
        return name_of(self.name.data or "", self.name_latin.data or "")

    def details(self, **more: Any) -> Details:
        """What was said, once it has been checked."""
        given: dict[str, Any] = {
            "name": self.person(), "category": self.category.data, "body": self.found_body,
            "body_text": "" if self.found_body is not None else self.body.data or "",
            "address_form": self.address_form.data or None, "rank": self.rank.data or "", "post": self.post.data or "",
            "email": self.email.data or "", "phone": self.phone.data or "", "language": self.language.data or "ar",
        }  # fmt: skip
        return Details(**(given | more))


class RegistrationForm(PersonForm):
    """The public form; `seen` is the furthest step shown, so that a change leads back to the check."""

    wishes = Ranked(t.lazy("form.wishes.label"), description=t.lazy("form.wishes.hint"))
    any_workshop = BooleanField(t.lazy("participants.any_workshop"))
    needs = Lines(t.lazy("form.needs.label"), [Longest(500)], description=t.lazy("form.needs.hint"))
    image_consent = BooleanField(t.lazy("form.consent.image"))
    seen = StringField(default="identity")

    def first_fault(self, until: str, resolve: Callable[[str, str | None], Any]) -> str | None:
        """The first step up to `until` that has something to mend, all of them checked."""
        faulty = [step for step in STEPS[: STEPS.index(until) + 1] if not self.check_fields(FIELDS[step], resolve)]
        return faulty[0] if faulty else None

    def carried(self, step: str) -> Iterator[tuple[str, str]]:
        """Names and values of what the other steps said, for hidden fields."""
        for other, names in FIELDS.items():
            if other != step:
                for name in names:
                    yield from _sent(self._fields[name])

    def order_wishes(self, known: Sequence[str]) -> None:
        """Keep the workshops that exist, each once, and put those not ranked yet at the end."""
        said = [ident for ident in dict.fromkeys(self.wishes.data) if ident in known]
        self.wishes.data = said + [ident for ident in known if ident not in said]

    def whole(self) -> Details:
        """Everything that was said."""
        wishes = () if self.any_workshop.data else tuple(self.wishes.data)
        return self.details(wishes=wishes, needs=self.needs.data or "", image_consent=bool(self.image_consent.data))


def _sent(field: Field) -> Iterator[tuple[str, str]]:
    if isinstance(field, Ranked):
        yield from ((field.name, value) for value in field.data)
    elif isinstance(field, BooleanField):
        if field.data:
            yield field.name, "y"
    else:
        yield field.name, field.data or ""


def candidate(found: Any) -> dict[str, Any]:
    """A body found, as the list of suggestions shows it."""
    kind, parent = f"body.{found.kind}", pick(found, "parent", current_language())[0]
    word = t.plain(kind) if t.exists(kind) else ""
    detail = t.plain("territory.kind_of", kind=word, parent=parent) if word and parent else word or parent
    return {"value": found.id, "label": pick(found, "name", current_language())[0], "detail": detail}


def _elsewhere(typed: str) -> dict[str, Any]:
    return {"value": ELSEWHERE, "label": typed, "detail": t.plain("participants.not_in_list")}
