"""Each of the 71 things that the article about Agadir tells stands on a page of the product, in Arabic.

The meeting is the demonstration's file, loaded as any file is; the numbers are those of the inventory of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.kernel import clock as clocks
from app.kernel.clock import FixedClock
from app.kernel.database import db
from tests.conftest import NOON
from tests.reference import Reference, read_file

FILE = read_file("agadir-2022")
PROGRAMME, MEETING = FILE["programme"], FILE["meeting"]
AXES = [axis["ar"] for axis in PROGRAMME["axes"]]
TRACKS = [track["ar"] for track in PROGRAMME["tracks"]]
DOCUMENTS = [one["title"]["ar"] for one in FILE["documents"]][:5]
DIRECTORATE, MINISTRY = "المديرية العامة للجماعات الترابية", "وزارة الداخلية"
WALI = "السيد خاليد سفير، الوالي المدير العام للجماعات الترابية"
BENNIS = "السيد محمد بنيس، رئيس قسم نجاعة أداء الجماعات الترابية"
CATEGORIES = [
    "شارك في هذا اللقاء", "والي جهة سوس", "العمال المدراء", "رؤساء الجماعات الترابية", "المنتخبون",
    "موظفو الجماعات", "أطر المديرية العامة", "ممثلو الإدارة المركزية", "ممثلو الإدارة الترابية", "ممثلو الشركاء",
]  # fmt: skip

# The number in the inventory: the page, and what stands on it, in this order.
THINGS: dict[int, tuple[str, Sequence[str]]] = {
    1: ("article", [MEETING["kicker"]["ar"]]),
    2: ("page", [MEETING["title"]["ar"], "أين", "أكادير"]),
    3: ("page", ["لقاء تواصلي", MEETING["title"]["ar"]]),
    4: ("agenda", ["اليوم الأول الجمعة 25 مارس 2022", "اليوم الثاني السبت 26 مارس 2022"]),
    5: ("page", ["أين أكادير"]),
    6: ("article", [f"نظمته {DIRECTORATE}"]),
    7: ("sitting 3", ["المتدخلون", WALI, DIRECTORATE, MINISTRY]),
    8: ("article", ["أضحت الجماعات عبر تطورها شريكا متميزا للدولة", "للمواطنين والمقاولات", WALI]),
    9: ("article", ["نجاعة السياسات العمومية الترابية", "تمكنهم من اتخاذ القرارات اللازمة", WALI]),
    10: ("sitting 3", ["الكلمة الافتتاحية", "09:05", "القاعة الكبرى", WALI]),
    11: ("document strategic_plan", ["المخطط الاستراتيجي للمديرية العامة للجماعات الترابية", "5 محاور أساسية"]),
    **{12 + n: ("programme", ["محاور المخطط الاستراتيجي", *AXES[: n + 1]]) for n in range(5)},
    17: ("programme", ["برنامج تحسين أداء الجماعات", "PAPC", "Programme d’amélioration de la performance des communes",
                       "Communes’ Performance Improvement Programme"]),
    18: ("programme", ["سنة الإطلاق 2019"]),
    19: ("programme", [f"صاحب البرنامج {MINISTRY}"]),
    20: ("programme", ["الشركاء وزارة الاقتصاد والمالية"]),
    21: ("programme", ["الشركاء وزارة الاقتصاد والمالية، البنك الدولي"]),
    22: ("programme", ["الشركاء وزارة الاقتصاد والمالية، البنك الدولي، والوكالة الفرنسية للتنمية"]),
    23: ("programme", ["المدة 5 سنوات"]),
    24: ("programme", ["الأهداف تعزيز الحكامة الجيدة"]),
    25: ("programme", ["الأهداف", "تحسين الخدمات المقدمة للمواطنين والمقاولات"]),
    26: ("programme", ["الأهداف", "تقوية الموارد البشرية والمالية للجماعات الترابية"]),
    27: ("programme", ["مجالات تعزيز القدرات تدبير المشاريع"]),
    28: ("programme", ["مجالات تعزيز القدرات", "تدبير المشاريع الإدارة المالية"]),
    29: ("programme", ["مجالات تعزيز القدرات", "الإدارة المالية الشفافية"]),
    30: ("programme", ["مجالات تعزيز القدرات", "الشفافية النزاهة"]),
    31: ("programme", ["العدد المعلن 103", "العدد حسب اللائحة 103", "الجماعات المستهدفة"]),
    32: ("agenda", [f"{BENNIS} ومنسق البرنامج"]),
    33: ("sitting 5", ["المتدخلون", BENNIS, "قسم نجاعة أداء الجماعات الترابية"]),
    34: ("sitting 5", ["عرض مفصل", "سياق البرنامج ومعاييره، وأهم أهدافه ومحاوره", "الوثائق برنامج تحسين أداء الجماعات"]),
    35: ("programme", ["معايير التقييم", "شروط دنيا إلزامية", "مؤشرات"]),
    **{36 + n: ("programme", ["البرامج الفرعية", "المشاريع الفرعية", *TRACKS[: n + 1]]) for n in range(3)},
    **{39 + n: (f"sitting {9 + n}", [f"الورشة {n + 1}: {track}", "الجمعة 25 مارس 2022", f"البرنامج الفرعي {track}",
                                     "جلسات أخرى لهذه الورشة السبت 26 مارس 2022"]) for n, track in enumerate(TRACKS)},
    42: ("own", ["فاطمة الزهراء العلوي", "الرغبات", "ورشاتكم 2", TRACKS[1], "القاعة ب"]),
    43: ("recommendations", ["2022/1", "إحداث خلية للتتبع", "2022/2", "تعميم برنامج التكوين"]),
    44: ("sitting 9", ["تأطير الورشة", "سلمى الإدريسي العلوي", "تنسيق الورشة", DIRECTORATE]),
    45: ("sitting 17", ["تلاوة توصيات الورشات الثلاث تباعا", "السبت 26 مارس 2022", "الأطر المكلفة بالتنسيق"]),
    46: ("sitting 18", ["شريط فيديو لأقوى لحظات", "السبت 26 مارس 2022", "الوثائق أقوى لحظات اللقاء"]),
    47: ("sitting 19", ["الكلمة الختامية: الشكر والدعوة إلى تفعيل التوصيات", "التكليف الذي تستند إليه مهام التتبع", WALI]),
    48: ("programme", ["مراحل البرنامج", "تفعيل توصيات اللقاء في المراحل المقبلة"]),
    49: ("programme", ["تعميم البرنامج", "على باقي الجماعات: لائحة الجماعات المستهدفة قابلة للتوسيع"]),
    50: ("document telegram", ["إلى صاحب الجلالة الملك محمد السادس نصره الله", "الولاء والإخلاص",
                               "خديم الأعتاب الشريفة، الوالي المدير العام للجماعات الترابية", "وثيقة مختومة"]),
    **{51 + n: ("article", CATEGORIES[: n + 2]) for n in range(9)},
    60: ("article", CATEGORIES),
    **{61 + n: ("documents", DOCUMENTS[: n + 1]) for n in range(5)},
    66: ("documents", ["القناة الرسمية"]),
    67: ("documents", ["أشغال اليوم الأول من اللقاء", "الجمعة 25 مارس 2022"]),
    68: ("documents", ["أشغال اليوم الأول من اللقاء", "أشغال اليوم الثاني من اللقاء", "السبت 26 مارس 2022"]),
    69: ("article", ["نُشر يوم 1 أبريل 2022"]),
    70: ("article", ["لغة النشر: العربية"]),
    71: ("programme", ["المستفيدون المواطنات والمواطنون المقاولات"]),
}  # fmt: skip
# Links without which the thing would be a label only.
LINKS = {
    46: "/documents", 61: "/documents/", 65: "agadir-2022/highlights", 66: MEETING["channel_url"],
    67: "agadir-2022/day-1", 68: "agadir-2022/day-2",
}  # fmt: skip
MISTAKES = ("تكنهم من", "تك رفع", "أهداف ومحاوره", "باكادير")


@pytest.fixture(scope="module")
def reference(installation: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reference]:
    """The pages of the meeting, asked for once an engine: the cases only read."""
    app, store, world = installation
    folder: Path = tmp_path_factory.mktemp("reference")
    with app.app_context():
        db.engine.dispose()
        store.restore()
        before = app.config["LIQAA"]
        app.config["LIQAA"] = replace(before, data_dir=folder)
        yield Reference(app, world)
        app.config["LIQAA"] = before
        clocks.provide(lambda: FixedClock(NOON))
        db.session.remove()
        db.engine.dispose()


def test_inventory_has_71_lines_and_none_is_left_out() -> None:
    assert sorted(THINGS) == list(range(1, 72))


@pytest.mark.parametrize("number", sorted(THINGS))
def test_thing_of_the_article_stands_on_a_page(number: int, reference: Reference) -> None:
    page, wanted = THINGS[number]
    text, at = reference[page], 0
    for words in wanted:
        found = text.find(words, at)
        assert found >= 0, f"{page}: {words!r} is not there, or not after what it should follow, in: {text}"
        at = found + len(words)
    if number in LINKS:
        assert re.search(rf'href="[^"]*{re.escape(LINKS[number])}', reference.html[page])


def test_mistakes_of_the_article_stand_on_no_page(reference: Reference) -> None:
    assert [(name, words) for name in reference.html for words in MISTAKES if words in reference[name]] == []


def test_recommendations_were_read_one_after_the_other_on_the_second_day(reference: Reference) -> None:
    queue = reference["queue"]
    assert 0 < queue.find("إحداث خلية للتتبع") < queue.find("تعميم برنامج التكوين")
    assert "معتمدة 2 " in reference["read"]
    assert "26 مارس 2022" in reference["recommendation"]
