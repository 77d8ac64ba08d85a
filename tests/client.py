"""The test client as a person uses a browser: it follows forms, sends CSRF tokens, and can sign in."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from app.accounts.identity import COOKIE_KEY, start_session
from app.accounts.models import Account
from app.kernel.database import db
from app.kernel.languages import LANGUAGES
from app.kernel.transaction import LiqaaFlask, transaction
from tests.lint import lint_page
from tests.world import World

RAW = "0123456789abcdef0123456789abcdef01234567"


class Browser:
    """One person's browser against the app; `json` and `form` add the CSRF token a page would have carried."""

    def __init__(self, app: LiqaaFlask, world: World, *, lint: bool = True) -> None:
        self.app, self.world, self.lint = app, world, lint
        self.token: str | None = None
        self.client: FlaskClient = app.test_client()
        self.lang = "ar"

    def sign_in(self, person: str) -> Browser:
        """Sign in as one of the cast (organiser, desk, rapporteur, coordinator, secretary, officer, ...)."""
        with self.app.test_request_context():
            from flask import session

            with transaction():
                account = db.session.get(Account, self.world.people[person])
                assert account is not None
                start_session(account, device="test")
            self.token = session[COOKIE_KEY]
        self.restore()
        return self

    def restore(self) -> None:
        """Put back the cookie of the sign-in, which a page may have taken away."""
        with self.client.session_transaction(base_url="http://localhost") as cookie:
            cookie.clear()
            if self.token:
                cookie[COOKIE_KEY] = self.token

    def csrf(self) -> str:
        """A valid CSRF token of this browser's session."""
        with self.client.session_transaction(base_url="http://localhost") as cookie:
            cookie["csrf_token"] = RAW
        return str(URLSafeTimedSerializer(str(self.app.secret_key), salt="wtf-csrf-token").dumps(RAW))

    def get(self, path: str, **options: Any) -> TestResponse:
        """Ask for a page; every page any test asks for keeps the rules of pages."""
        return self._checked(self.client.get(path, base_url="http://localhost", **options), path)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form."""
        body = {"csrf_token": self.csrf(), **(data or {})}
        return self._checked(self.client.post(path, data=body, base_url="http://localhost", **options), path)

    def send(self, method: str, path: str, body: Any = None, **options: Any) -> TestResponse:
        """Send JSON, as our scripts do."""
        headers = {"X-CSRFToken": self.csrf(), **options.pop("headers", {})}
        return self.client.open(path, method=method, json=body, headers=headers, base_url="http://localhost", **options)

    def _checked(self, response: TestResponse, path: str) -> TestResponse:
        if not self.lint:
            return response
        # The language of the answer is the path's; behind a redirect that was followed, the last one's.
        first = (response.request.path if response.request else path).split("/", 2)[1]
        findings = lint_page(response, first) if first in LANGUAGES else []
        assert findings == [], f"{path}: " + "\n".join(findings)
        return response
