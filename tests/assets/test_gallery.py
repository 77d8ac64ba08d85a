"""The gallery shows every component in every language, as valid pages whose controls have names."""

from pathlib import Path

import html5lib
import pytest
from flask import render_template
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice

from app.kernel.forms import Form, Required
from app.kernel.languages import LANGUAGES, speaking
from app.kernel.transaction import LiqaaFlask
from tests.assets.conftest import ROOT
from tests.lint import lint_html

XHTML = "{http://www.w3.org/1999/xhtml}"


def shown(app: LiqaaFlask, lang: str, template: str = "gallery.html", **values: object) -> str:
    """A template as a reader of that language gets it."""
    with app.test_request_context(f"/{lang}/gallery"), speaking(lang):
        return render_template(template, **values)


def tree(page: str):
    parser = html5lib.HTMLParser(strict=True)
    return parser.parse(page)


@pytest.mark.parametrize("lang", list(LANGUAGES))
def test_gallery_in_a_language_is_a_page_without_findings(app: LiqaaFlask, lang: str) -> None:
    assert lint_html(shown(app, lang), lang) == []


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_gallery_points_only_to_ids_it_has(app: LiqaaFlask, lang: str) -> None:
    page = tree(shown(app, lang))
    ids = {node.get("id") for node in page.iter()}
    for node in page.iter():
        for name in ("for", "aria-labelledby", "aria-describedby", "popovertarget", "list"):
            assert set((node.get(name) or "").split()) <= ids, (name, node.attrib)


def test_gallery_shows_every_macro_of_the_components_or_says_where_it_is_shown(app: LiqaaFlask) -> None:
    """A component nobody looks at in both directions rots; those that need a form or a meeting are shown there."""
    elsewhere = {
        "actions", "ask", "checkboxes", "day_head", "error_summary", "file", "hero", "hidden", "parallel", "passage",
        "post_button", "select", "sitting", "stream_card", "text", "textarea", "ticket_seats", "workshop_card",
        "date_parts", "page_head", "bar", "glyph",
    }  # fmt: skip
    gallery = "".join(path.read_text() for path in (ROOT / "app/templates/gallery").glob("*.html"))
    missing = set()
    for path in sorted(Path(ROOT / "app/templates/components").glob("*.html")):
        for name in app.jinja_env.get_template(f"components/{path.name}").module.__dict__:
            if not name.startswith("_") and name != "module" and f"{name}(" not in gallery:
                missing.add(name)
    assert missing - elsewhere == set()


class Asked(Form):
    """A form with one of each fault."""

    name = StringField("الاسم", [Required()])
    tongue = RadioField("اللغة", [Required()], choices=[SelectChoice("ar", "العربية"), SelectChoice("fr", "الفرنسية")])


def test_refused_form_begins_its_title_with_error_and_links_the_summary_to_its_fields(app: LiqaaFlask) -> None:
    source = (
        '{% extends "layouts/public.html" %}{% from "components/forms.html" import error_summary, text, radios, hidden %}'
        "{% block title %}التسجيل{% endblock %}{% block content %}<h1>التسجيل</h1>{{ error_summary(form) }}"
        '<form method="post">{{ hidden(form) }}{{ text(form.name) }}{{ radios(form.tongue) }}</form>{% endblock %}'
    )
    with app.test_request_context("/ar/x", method="POST", data={}), speaking("ar"):
        form = Asked(meta={"csrf": False})
        assert not form.validate()
        form.form_errors.append("جملة عامة")
        page = tree(app.jinja_env.from_string(source).render(form=form, **context(app)))
    title = "".join(next(page.iter(f"{XHTML}title")).itertext())
    assert title.startswith("خطأ:")
    summary = next(node for node in page.iter() if node.get("id") == "errors")
    assert [link.get("href") for link in summary.iter(f"{XHTML}a")] == ["#name", "#tongue"]
    assert "جملة عامة" in "".join(summary.itertext())
    field = next(node for node in page.iter() if node.get("id") == "name")
    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby") == "name-error"


def context(app: LiqaaFlask) -> dict[str, object]:
    """What the app gives every template."""
    values: dict[str, object] = {}
    app.update_template_context(values)
    return values
