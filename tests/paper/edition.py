"""An edition with every part a report can have, in Arabic and in French."""

from typing import Any

HASH = "9f3c1a77e0b4" + "0123456789abcdef" * 3 + "52d8"

ARABIC: dict[str, Any] = {
    "org": ["المملكة المغربية · وزارة الداخلية", "المديرية العامة للجماعات الترابية"],
    "title": "توصيات اللقاء التواصلي حول برنامج تحسين أداء الجماعات",
    "title_other": "Recommandations de la rencontre de communication sur le Programme d’amélioration de la "
    "performance des communes",
    "kicker": "تقوية قدرات الجماعات في تدبير المشاريع والتدبير المالي والشفافية والنزاهة",
    "when": "أكادير، 25 و26 مارس 2022",
    "edition": "النشرة 1",
    "summary": "1 أبريل 2022 · 41 توصية",
    "hash": HASH,
    "qr": "https://liqaa.example/ar/meetings/agadir-2022",
    "live": "التتبع المحين: \u2068liqaa.example/agadir-2022\u2069",
    "running": "توصيات لقاء أكادير، النشرة 1",
    "contents": "المحتويات",
    "page": "صفحة {page} من {total}",
    "foreword": [
        {
            "title": "تقديم",
            "paragraphs": [
                "ترأس اللقاء السيد خاليد سفير، وقدم السيد محمد عبد الله الإدريسي العرض المفصل. الهاتف: 06 61 23 45 67.",
                "حضر 45% من المدعوين، طبقا للقانون 09-08، إلى حدود 2022-03-26.",
            ],
        }
    ],
    "quotes": [
        {
            "text": "«أضحت الجماعات عبر تطورها شريكا متميزا للدولة وفاعلا استراتيجيا في التنمية».",
            "by": "السيد خاليد سفير، الوالي المدير العام للجماعات الترابية، الكلمة الافتتاحية",
        }
    ],
    "agenda": {
        "title": "برنامج الأشغال",
        "days": [
            {
                "title": "الجمعة 25 مارس 2022",
                "items": [
                    {"time": "09:00", "title": "الجلسة الافتتاحية", "detail": "القاعة الكبرى"},
                    {"time": "10:30", "title": "عرض حول البرنامج"},
                ],
            }
        ],
    },
    "tracks": [
        {
            "title": "الورشة الأولى",
            "subtitle": "تطوير نظام تقييم أداء الجماعات المستهدفة وتحفيزها",
            "intro": "اقترحت الورشة 15 توصية، اعتمدت الجلسة العامة منها 13. النص المعتمد وحده هو المرجع.",
            "recommendations": [
                {
                    "number": "2022/1",
                    "text": "نشر دليل مؤشرات تقييم الأداء قبل انطلاق كل دورة تقييم بثلاثة أشهر على الأقل.",
                    "addressee": "المديرية العامة للجماعات الترابية",
                    "due": "الأجل: 30 شتنبر 2022",
                    "status": "معتمدة",
                    "glyph": "adopted",
                },
                {
                    "number": "2022/2",
                    "text": "تمكين الجماعات من الاطلاع على تقرير التقييم الأولي وتقديم ملاحظاتها كتابة "
                    "داخل أجل 20 يوم عمل.",
                    "addressee": "المديرية العامة للجماعات الترابية",
                    "due": "الأجل: 31 دجنبر 2022",
                    "status": "معتمدة بعد التعديل",
                    "glyph": "amended",
                },
            ],
        },
        {
            "title": "الورشة الثانية",
            "recommendations": [
                {
                    "number": "2022/3",
                    "text": "إحداث مؤسسات التعاون بين الجماعات.",
                    "status": "مؤجلة",
                    "glyph": "deferred",
                }
            ],
        },
    ],
    "documents": {
        "title": "وثائق اللقاء",
        "items": [{"title": "المخطط الاستراتيجي للمديرية", "meta": "PDF، 2,4 ميغابايت، العربية"}, {"title": "شريط"}],
    },
    "annexes": [{"title": "ملحق 1", "paragraphs": ["نص الملحق."]}],
    "telegram": {
        "title": "برقية الولاء والإخلاص",
        "paragraphs": ["إلى صاحب الجلالة الملك محمد السادس نصره الله.", "نص البرقية."],
        "signatory": "خديم الأعتاب الشريفة",
    },
}

FRENCH: dict[str, Any] = {
    "org": ["Royaume du Maroc · Ministère de l’Intérieur", "Direction générale des collectivités territoriales"],
    "title": "Recommandations de la rencontre de communication sur le Programme d’amélioration de la performance "
    "des communes",
    "title_other": ARABIC["title"],
    "when": "Agadir, 25 et 26 mars 2022",
    "edition": "Édition 1",
    "summary": "1er avril 2022 · 41 recommandations",
    "hash": HASH,
    "qr": "https://liqaa.example/fr/meetings/agadir-2022",
    "live": "Suivi en ligne\u00a0: liqaa.example/agadir-2022",
    "draft": "PROJET",
    "running": "Recommandations de la rencontre d’Agadir, édition 1",
    "contents": "Sommaire",
    "page": "page {page} sur {total}",
    "quotes": [
        {"text": "«\u00a0Les communes sont devenues un partenaire privilégié de l’État.\u00a0»", "by": "M. le Wali"}
    ],
    "tracks": [
        {
            "title": "Atelier 1",
            "subtitle": "Système d’évaluation et d’incitation",
            "recommendations": [
                {
                    "number": "2022/1",
                    "text": "Publier le guide des indicateurs trois mois au moins avant chaque cycle d’évaluation.",
                    "addressee": "Direction générale des collectivités territoriales",
                    "due": "Échéance\u00a0: 30 septembre 2022",
                    "status": "Adoptée",
                    "glyph": "adopted",
                },
                {
                    "number": "2022/2",
                    "text": ARABIC["tracks"][0]["recommendations"][1]["text"],
                    "status": "Adoptée après amendement",
                    "glyph": "amended",
                    "missing": "Traduction non disponible\u202f; texte original en arabe.",
                },
            ],
        }
    ],
}
