"""Each rule for pages finds the page it is there for, and leaves a good page alone."""

import pytest
from werkzeug.wrappers import Response

from tests.lint import lint_html, lint_page

FSI, PDI = "\u2068", "\u2069"

GOOD = """<!doctype html>
<html lang="{lang}" dir="{dir}">
<head><meta charset="utf-8"><title>{title}</title></head>
<body><main id="main"><h1>{title}</h1>{body}</main></body>
</html>
"""


def arabic(body: str = "", *, lang: str = "ar", direction: str = "rtl", title: str = "التوصيات") -> str:
    return GOOD.format(lang=lang, dir=direction, title=title, body=body)


def french(body: str = "") -> str:
    return arabic(body, lang="fr", direction="ltr", title="Recommandations")


def rules(html: str, lang: str = "ar") -> set[str]:
    """The names of the rules that found something."""
    return {finding.split(":")[0] for finding in lint_html(html, lang)}


FORM = """
<form method="post"><input type="hidden" name="csrf_token" value="x">
<p><label for="name">الاسم</label> <input id="name" name="name" dir="auto" aria-describedby="hint"></p>
<p id="hint">كما يُكتب في المراسلات.</p>
<p><label>البريد <input type="email" name="email" dir="ltr"></label></p>
<button>حفظ</button></form>
<p>القانون رقم <bdi dir="ltr">09-08</bdi>، <bdi dir="ltr">45%</bdi>، <bdi>Ahmed Benali</bdi>، يومي 25 و26 مارس 2022.</p>
<p lang="fr" dir="ltr">Un passage en français, 45 %.</p>
<table><caption>اللائحة</caption><tr><th scope="col">الاسم</th></tr><tr><td><bdi>Ali</bdi></td></tr></table>
<img src="/x.png" alt=""><svg aria-hidden="true"></svg>
<a href="/fr/" lang="fr" hreflang="fr"><bdi>Français</bdi></a>
"""


def test_good_pages_have_no_findings() -> None:
    assert lint_html(arabic(FORM), "ar") == []
    assert lint_html(french("<p>Texte : <bdi>محمد</bdi>, 45 %.</p>"), "fr") == []
    zgh = arabic('<p lang="ar" dir="rtl">القائمة</p>', lang="zgh", direction="ltr", title="ⵍⵉⵇⴰ")
    assert lint_html(zgh, "zgh") == []


BAD = {
    "unclosed element": ("markup", arabic("<p><b>نص</p>")),
    "stray end tag": ("markup", arabic("</section>")),
    "wrong language": ("language", french()),
    "wrong direction": ("language", arabic(direction="ltr")),
    "passage in another language with this one's direction": ("language", arabic('<p lang="fr" dir="rtl">Oui</p>')),
    "passage in another language without a direction": ("language", arabic('<p lang="fr">Oui</p>')),
    "two headings": ("one_heading", arabic("<h1>نص</h1>")),
    "no heading": ("one_heading", arabic().replace("h1>", "h2>")),
    "empty title": ("one_heading", arabic(title=" · ").replace("<h1> · </h1>", "<h1>نص</h1>")),
    "markup in an attribute": ("plain_where_plain", french('<p title="&lt;bdi>x&lt;/bdi>">x</p>')),
    "markup in the title": ("plain_where_plain", french().replace("</title>", " <bdi>x</bdi></title>")),
    "field without a label": ("names", arabic('<input name="x" dir="auto">')),
    "field with an empty label": ("names", arabic('<label for="x"> </label><input id="x" dir="auto">')),
    "button without a name": ("names", arabic('<button><svg aria-hidden="true"></svg></button>')),
    "link without a name": ("names", arabic('<a href="/"><img src="x" alt=""></a>')),
    "id given twice": ("ids", arabic('<p id="main">نص</p>')),
    "reference to nothing": ("ids", arabic('<p aria-describedby="nowhere">نص</p>')),
    "inline script": ("nothing_inline", arabic("<script>alert(1)</script>")),
    "inline style": ("nothing_inline", arabic('<p style="color:red">نص</p>')),
    "inline style sheet": ("nothing_inline", arabic().replace("<title", "<style>p{}</style><title")),
    "inline handler": ("nothing_inline", arabic('<button onclick="x()">نص</button>')),
    "handler of htmx": ("nothing_inline", arabic('<button hx-on:click="x()">نص</button>')),
    "javascript address": ("nothing_inline", arabic('<a href="javascript:x()">نص</a>')),
    "picture without alt": ("pictures", arabic('<img src="x">')),
    "drawing without a name": ("pictures", arabic("<svg></svg>")),
    "form without a token": ("forms", arabic('<form method="post"><button>حفظ</button></form>')),
    "address typed right to left": ("directions_of_fields", arabic('<input type="email" aria-label="البريد">')),
    "text typed in no direction": ("directions_of_fields", arabic('<textarea aria-label="نص"></textarea>')),
    "table without headings": ("tables", arabic("<table><caption>نص</caption><tr><td>1</td></tr></table>")),
    "table without a caption": ("tables", arabic("<table><tr><th>1</th></tr></table>")),
    "order of focus": ("order_of_focus", arabic('<a href="/" tabindex="2">نص</a>')),
    "Latin letters in Arabic": ("one_language", arabic("<p>حسن Settings نص</p>")),
    "Latin letters in an attribute": ("one_language", arabic('<p aria-label="Menu">نص</p>')),
    "Latin letters in an attribute of an isolate": ("one_language", arabic('<bdi title="Menu">نص</bdi>')),
    "Arabic letters in French": ("one_language", french("<p>Texte القائمة</p>")),
    "English sentence in French": ("translated", french("<button>Save</button>")),
    "key instead of words": ("translated", french("<p>nav.home</p>")),
    "placeholder instead of a value": ("translated", arabic("<p>نقل {}</p>")),
    "right-to-left mark": ("no_invisible_marks", arabic("<p>نص\u200f</p>")),
    "override": ("no_invisible_marks", arabic("<p><bdi>x\u202efdp</bdi></p>")),
    "isolate left open": ("no_invisible_marks", arabic(f"<p>{FSI}نص</p>")),
    "arrow": ("no_arrows", arabic("<p>الموالي ←</p>")),
    "phone": ("figures_isolated", arabic("<p>هاتف: 06 61 23 45 67</p>")),
    "international phone": ("figures_isolated", arabic("<p>هاتف: <bdi>+212 528 84 22 33</bdi></p>")),
    "percentage": ("figures_isolated", arabic("<p>45%</p>")),
    "law number": ("figures_isolated", arabic("<p>القانون رقم 09-08</p>")),
    "reference": ("figures_isolated", arabic("<p>التوصية 2022/7</p>")),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_page_is_found_by_its_rule_alone(name: str) -> None:
    rule, html = BAD[name]
    lang = "fr" if 'lang="fr"' in html[:60] and rule != "language" else "ar"
    assert rules(html, lang) == {rule}


def test_text_isolated_in_plain_text_is_left_alone() -> None:
    body = f'<p aria-label="خيارات {FSI}Ahmed{PDI}">نقل {FSI}{FSI}09-08{PDI}{PDI}</p>'
    assert lint_html(arabic(body), "ar") == []


def test_text_typed_by_a_person_is_found_outside_an_isolate() -> None:
    html = arabic("<p>فاطمة</p><p><bdi>فاطمة</bdi></p>")
    assert lint_html(html, "ar", values=["فاطمة"]) == ["user_text: <p> shows 'فاطمة' outside an isolate"]
    assert lint_html(html, "ar", values=["محمد"]) == []


def test_fragment_is_read_without_the_rules_of_a_whole_page() -> None:
    assert lint_html("<tr><td>نص</td></tr>", "ar") == []
    assert lint_html("<p>نص</p><p>تتمة</p>", "ar") == []
    assert rules('<button class="x"></button>') == {"names"}


def test_answer_that_is_no_page_has_no_findings() -> None:
    bad = arabic("<h1>x</h1>")
    assert lint_page(Response(bad, mimetype="text/plain"), "ar") == []
    assert lint_page(Response(bad, status=302, mimetype="text/html"), "ar") == []
    assert lint_page(Response(bad, mimetype="text/html"), "ar") != []
