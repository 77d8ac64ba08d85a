"""Typed refusals: a code, the field it belongs to, and a sentence in the reader's language."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """An act that the rules do not allow now; nothing of it is kept.

    `code` names the sentence `error.<code>` in the catalogue, `field` the form field it stands at, `status` the HTTP
    answer (422 by default), `params` the placeholders of the sentence.
    """

    def __init__(self, code: str, *, field: str | None = None, status: int = 422, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.status = status
        self.params = params

    @property
    def key(self) -> str:
        """The catalogue's key of the sentence."""
        return f"error.{self.code}"


class NotFound(Refusal):
    """What is not there, or not yours: the same answer for both."""

    def __init__(self) -> None:
        super().__init__("not_found", status=404)


class SignInNeeded(Refusal):
    """A page for people who have signed in, asked for by somebody who has not."""

    def __init__(self) -> None:
        super().__init__("sign_in_needed", status=401)
