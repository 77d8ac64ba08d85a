"""What every answer carries: headers on pages, refusals and files alike."""

from __future__ import annotations

import pytest

from tests.client import Browser


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_unknown_page_says_so_in_the_language_of_the_path(browser: Browser, lang: str) -> None:
    answer = browser.get(f"/{lang}/nothing-here")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}"' in page
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_unknown_host_is_refused(browser: Browser) -> None:
    answer = browser.client.get("/ar/", base_url="http://evil.example")
    assert answer.status_code == 400
