"""One filled example of every other paper, in Arabic."""

from typing import Any

PAGE = "صفحة {page} من {total}"
PRINTED = "تاريخ الطباعة: 24 مارس 2022، 18:40"
ORG = ["المملكة المغربية · وزارة الداخلية", "المديرية العامة للجماعات الترابية"]
MEETING = "لقاء تواصلي حول برنامج تحسين أداء الجماعات"
LINK = "https://liqaa.example/ar/i/7K3MPX9D"

SIGNATURE: dict[str, Any] = {
    "org": ORG[1],
    "title": "لائحة الحضور",
    "meeting": f"{MEETING}، أكادير",
    "when": "الجمعة 25 مارس 2022",
    "order": "حسب الترتيب البروتوكولي",
    "printed": PRINTED,
    "page": PAGE,
    "qr": LINK,
    "columns": {
        "order": "الترتيب", "name": "الاسم الكامل", "category": "الصفة", "body": "الهيئة",
        "signatures": ["صباحا", "مساء"],
    },
    "groups": [
        {"title": "الولاة", "rows": [{"order": 1, "name": "والي جهة سوس ماسة", "body": "ولاية جهة سوس ماسة"}]},
        {
            "title": "المنتخبون",
            "rows": [
                {"order": at, "name": "السيد محمد عبد الله الإدريسي", "category": "منتخب", "body": "أكادير"}
                for at in range(2, 40)
            ],
        },
    ],
}  # fmt: skip
LIST: dict[str, Any] = {
    "org": ORG[1],
    "title": "المشاركون في الورشة 2",
    "subtitle": MEETING,
    "filters": "حضور مؤكد فقط",
    "columns": [
        {"title": "الاسم الكامل", "width": 2},
        {"title": "الهاتف", "kind": "code"},
        {"title": "الهيئة", "width": 1.5},
        {"title": "ملاحظة", "kind": "blank"},
    ],
    "groups": [
        {"title": "أكادير", "rows": [["محمد عبد الله الإدريسي", "06 61 23 45 67", "جماعة أكادير", ""]] * 3},
        {"rows": [["Jean-Baptiste MARTINEZ", "+212 528-84 22 33", "", ""]]},
    ],
    "lines": 2,
    "row_height": 12,
    "printed": PRINTED,
    "page": PAGE,
    "qr": LINK,
}
ONEPAGER: dict[str, Any] = {
    "org": ORG[1],
    "kicker": "ورقة للمجلس",
    "title": "جماعة آيت ملول",
    "sentence": "التزمت الجماعة بتنفيذ 14 توصية، أنجزت منها 9 وتم التحقق من 6، وتأخرت اثنتان.",
    "counts": [
        {"value": "6", "total": "من 14", "label": "أُنجز وتم التحقق منه", "glyph": "verified"},
        {"value": "3", "total": "من 14", "label": "مصرح بإنجازه", "glyph": "reported"},
        {"value": "4", "total": "من 14", "label": "في طور الإنجاز", "glyph": "progress"},
        {"value": "1", "total": "من 14", "label": "متعثر", "glyph": "blocked"},
    ],
    "columns": {"number": "الرقم", "text": "التوصية", "status": "الوضعية", "due": "الأجل"},
    "rows": [
        {
            "number": "2022/2", "text": "تمكين الجماعات من الاطلاع على تقرير التقييم الأولي وتقديم ملاحظاتها كتابة.",
            "status": "في طور الإنجاز", "glyph": "progress", "due": "31 دجنبر 2022", "late": "متأخر",
            "next": "عرض التقرير على المكتب",
        },
        {
            "number": "2022/3", "text": "تبسيط الوثائق المثبتة.", "status": "بلا جواب", "glyph": "silent",
            "due": "31 أكتوبر 2022",
        },
    ],
    "note": "مصرح بإنجازه: تقول به الجماعة وحدها. أُنجز وتم التحقق منه: أكده طرف ثان.",
    "live": "التتبع المحين: liqaa.example/ait-melloul",
    "qr": LINK,
    "printed": PRINTED,
    "page": PAGE,
}  # fmt: skip
CERTIFICATE: dict[str, Any] = {
    "org": ORG,
    "title": "شهادة مشاركة",
    "name": "محمد عبد الله الإدريسي",
    "name_other": "Mohammed Abdallah EL IDRISSI",
    "body": f"تمنح هذه الشهادة من طرف المديرية العامة للجماعات الترابية، إثباتا للمشاركة في "
    f"{MEETING}، يومي 25 و26 مارس 2022.",
    "place_date": "الرباط، 1 أبريل 2022",
    "signatory": ["الوالي المدير العام", "خاليد سفير"],
    "check": "للتحقق من هذه الشهادة: liqaa.example/c/7K3MPX9D",
    "qr": LINK,
}
DOOR: dict[str, Any] = {
    "meeting": MEETING,
    "doors": [
        {
            "room": "القاعة ب",
            "room_other": "Salle B",
            "day": "الجمعة 25 مارس 2022",
            "items": [
                {"time": "10:30", "title": "تعزيز التعاون بين الجماعات الترابية", "number": "2", "detail": "الورشة 2"},
                {"time": "14:30", "title": "تتمة أشغال الورشة", "number": "2"},
            ],
            "qr": LINK,
            "qr_label": "برنامج اليوم",
        }
    ],
}
LETTER: dict[str, Any] = {
    "org": ORG,
    "reference": "المرجع: 15/DGCT",
    "place_date": "الرباط، 1 مارس 2022",
    "recipient": ["إلى السيد رئيس مجلس جماعة آيت ملول", "تحت إشراف السيد العامل"],
    "subject": "الموضوع: دعوة لحضور لقاء تواصلي",
    "salutation": "سلام تام بوجود مولانا الإمام،",
    "paragraphs": [
        "وبعد، فقد تقرر تنظيم لقاء تواصلي حول برنامج تحسين أداء الجماعات يومي 25 و26 مارس 2022 بمدينة أكادير.",
        "للتسجيل، المرجو استعمال الرمز أسفله أو الاتصال بالهاتف 05 28 00 00 26.",
    ],
    "code": "7K3M-PX9D",
    "code_label": "رمز دعوتكم",
    "qr": LINK,
    "link": "liqaa.example/i/7K3MPX9D",
    "closing": "وتفضلوا بقبول فائق التقدير، والسلام.",
    "signatory": ["الوالي المدير العام", "خاليد سفير"],
    "footer": "شارع الزيتون، الرباط · الهاتف 05 37 00 00 00",
}
TENTS: dict[str, Any] = {
    "meeting": MEETING,
    "tents": [
        {
            "name_ar": "محمد عبد الله الإدريسي",
            "name_latin": "Mohammed Abdallah EL IDRISSI",
            "role": "منتخب",
            "body": "أكادير",
        },
        {"name_ar": "", "name_latin": "Jean-Baptiste MARTINEZ"},
    ],
}
EVERY = {
    "signature": SIGNATURE, "list": LIST, "onepager": ONEPAGER, "certificate": CERTIFICATE, "door": DOOR,
    "letter": LETTER,
    "tents": TENTS,
}  # fmt: skip
