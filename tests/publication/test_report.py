"""The report of the demonstration's meeting: what it holds, in which order, in each language, as PDF and as Word."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from docx import Document as WordFile

from app.kernel.database import db, new_id
from app.kernel.text import strip_bidi
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings import queries as meetings
from app.publication.canonical import hash_of
from app.publication.papers import make
from app.publication.papers.report import report
from app.publication.snapshot import Snapshot, build, header
from app.recommendations.models import FieldText, Recommendation
from tests.paper.reading import text_of
from tests.publication.conftest import FIRST_OF_APRIL
from tests.reference import load_file
from tests.world import MADE

URL = "https://liqaa.example/ar/meetings/agadir-2022/editions/1"
WALI = "السيد خاليد سفير، الوالي المدير العام للجماعات الترابية"
# By the numbers of the inventory: what stands in the report, each list in its order.
THINGS: dict[str, list[str]] = {
    "1 kicker": ["تعزيز قدرات الجماعات في تدبير المشاريع"],
    "2-6 meeting": ["لقاء تواصلي حول برنامج تحسين أداء الجماعات بأكادير", "أكادير، يومي 25 و26 مارس 2022",
                    "نوع اللقاء: لقاء تواصلي", "الجهاز المنظم: المديرية العامة للجماعات الترابية"],
    "8-9 quotations": ["أضحت الجماعات عبر تطورها شريكا متميزا للدولة", WALI, "نجاعة السياسات العمومية الترابية", WALI],
    "10, 32-34 speeches": ["الكلمة الافتتاحية", WALI, "عرض مفصل", "رئيس قسم نجاعة أداء الجماعات الترابية"],
    "12-16 axes": ["محاور المخطط الاستراتيجي", "1. ضمان تناسق العمل العمومي", "2. دعم ومواكبة", "3. مواكبة المنتخبين",
                   "4. تعزيز وسائل وقدرات", "5. جعل المديرية العامة"],
    "17-23 programme": ["برنامج تحسين أداء الجماعات (PAPC)", "سنة الإطلاق: 2019", "صاحب البرنامج: وزارة الداخلية",
                        "المدة: 5 سنوات", "الشركاء: وزارة الاقتصاد والمالية، البنك الدولي، والوكالة الفرنسية للتنمية"],
    "24-30 aims": ["تعزيز الحكامة الجيدة", "تحسين الخدمات المقدمة للمواطنين والمقاولات", "تقوية الموارد البشرية والمالية",
                   "تدبير المشاريع، الإدارة المالية، الشفافية، والنزاهة"],
    "31 communes": ["العدد المعلن: 103", "العدد حسب اللائحة: 103"],
    "35, 48-49 criteria, stages, extension": ["مراحل البرنامج", "المراحل المقبلة", "معايير التقييم", "تعميم البرنامج"],
    "36-41 tracks and workshops": ["وتسمى أيضا", "1. تطوير نظام تقييم", "تنسيق الورشة", "2. تعزيز التعاون", "3. تقوية القدرات",
                                   "الورشة 1", "الورشة 2", "الورشة 3"],
    "43 recommendations": ["2022/1", "إحداث خلية للتتبع", "معتمدة"],
    "45-47 plenary, video, closing": ["تلاوة توصيات الورشات الثلاث تباعا", "شريط فيديو لأقوى لحظات", "الكلمة الختامية"],
    "51-60 who took part, in order": ["شارك في هذا اللقاء", "والي جهة سوس", "العمال المدراء", "رؤساء الجماعات الترابية",
                                      "المنتخبون", "موظفو الجماعات", "أطر المديرية العامة", "ممثلو الإدارة المركزية",
                                      "ممثلو الإدارة الترابية", "ممثلو الشركاء"],
    "61-65 documents, in order": ["الوثائق", "توصيات اللقاء", "المخطط الاستراتيجي", "برنامج تحسين أداء الجماعات",
                                  "برقية الولاء والإخلاص", "أقوى لحظات"],
    "66-68 streams": ["أشغال اليوم الأول", "25 مارس 2022", "day-1", "أشغال اليوم الثاني", "26 مارس 2022", "day-2",
                      "القناة الرسمية", "agadir-2022"],
    "50 telegram, last": ["برقية الولاء والإخلاص", "إلى صاحب الجلالة الملك محمد السادس نصره الله", "خديم الأعتاب الشريفة"],
    "69-70 day and language": ["تاريخ النشر: 1 أبريل 2022", "لغة النشر: العربية"],
    "71 beneficiaries": ["المستفيدون: المواطنات والمواطنون"],
}  # fmt: skip


@pytest.fixture
def snapshot(app: LiqaaFlask) -> Iterator[Snapshot]:
    """The demonstration's meeting with one adopted recommendation, as its first edition would hold it."""
    ident = load_file("agadir-2022", "reference", "concluded")
    with transaction():
        meeting = meetings.find_meeting_by_id(ident)
        assert meeting is not None
        workshop = meetings.workshops(meeting)[0]
        row = Recommendation(
            id=new_id(), meeting_id=ident, workshop_id=workshop.id, serial=1, position=1, state="adopted", number=1,
            horizon=date(2022, 9, 30), addressee_group="target_communes", created_at=MADE, changed_at=MADE,
        )  # fmt: skip
        row.texts = [FieldText(field="body.ar", text="إحداث خلية للتتبع داخل كل جماعة، حسب القانون رقم 09.08.", rev=1)]
        db.session.add(row)
    with transaction(writes=False):
        meeting = meetings.find_meeting_by_id(ident)
        assert meeting is not None
        data = build(meeting, header(1, zone=meeting.zone, at=FIRST_OF_APRIL))
        yield Snapshot(data, hash_of(data))


def plain(text: str) -> str:
    return " ".join(strip_bidi(text.replace("\u00a0", " "))[0].split())


def words_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from words_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from words_of(one)
    elif isinstance(value, str):
        yield value


def test_report_in_arabic_holds_every_thing_of_the_article_in_its_order(snapshot: Snapshot) -> None:
    text = plain("\n".join(words_of(report(snapshot, "ar", URL))))
    for name, wanted in THINGS.items():
        at = 0
        for words in wanted:
            found = text.find(words, at)
            assert found >= 0, f"{name}: {words!r} is not there, or not after what it should follow"
            at = found + len(words)


def test_official_formulas_stay_on_one_line(snapshot: Snapshot) -> None:
    whole = "\n".join(words_of(report(snapshot, "ar", URL)))
    assert "جلالة\u00a0الملك\u00a0نصره\u00a0الله" in whole
    assert "الملك محمد السادس نصره الله" not in whole


@pytest.mark.parametrize(("lang", "note"), [("ar", ""), ("fr", "Traduction non disponible"), ("en", "Not translated")])
def test_text_without_translation_is_shown_as_it_is_and_says_so(snapshot: Snapshot, lang: str, note: str) -> None:
    item = report(snapshot, lang, URL)["tracks"][0]["recommendations"][0]
    assert item["text"].startswith("إحداث خلية للتتبع")
    assert plain(item.get("missing", "")).startswith(note)
    assert bool(item.get("missing")) == bool(note)


def test_draft_says_so_and_has_no_hash_while_the_edition_has_one(snapshot: Snapshot) -> None:
    assert report(snapshot, "ar", URL)["hash"] == snapshot.sha256
    draft = Snapshot({**snapshot.data, "edition": header(1, zone="Africa/Casablanca", at=None)})
    assert report(draft, "ar", URL)["draft"] == "مسودة"
    assert "hash" not in report(draft, "ar", URL)


@pytest.mark.slow
def test_pdf_of_the_same_edition_has_the_same_bytes_and_its_text_can_be_read(snapshot: Snapshot) -> None:
    content = make(snapshot, "pdf", "ar", url=URL)
    assert content == make(snapshot, "pdf", "ar", url=URL)
    text = plain(text_of(content))
    for words in ("إحداث خلية للتتبع داخل كل جماعة", "2022/1", "خديم الأعتاب الشريفة"):
        assert words in text


def test_word_file_holds_the_same_texts_right_to_left(snapshot: Snapshot) -> None:
    content = make(snapshot, "docx", "ar", url=URL)
    document = WordFile(io.BytesIO(content))
    text = plain("\n".join(paragraph.text for paragraph in document.paragraphs))
    assert "إحداث خلية للتتبع" in text
    assert re.search(r"2022/1\s+إحداث", text)
    assert "<w:bidi/>" in document.element.xml


def test_spreadsheet_and_csv_hold_each_recommendation(snapshot: Snapshot) -> None:
    lines = make(snapshot, "csv", "mul", url=URL).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "إحداث خلية للتتبع" in lines[1]
    assert make(snapshot, "xlsx", "fr", url=URL).startswith(b"PK\x03\x04")


def test_kind_of_document_that_nobody_makes_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(LookupError):
        make(snapshot, "exe", "ar", url=URL)
