"""The words that the advice of `smart` looks for, in Arabic and French; compared folded.

Sources: verbal nouns and infinitives that open recommendations and deliberations of Moroccan communes.
"""

from __future__ import annotations

ACTIONS_AR = (
    "نشر تمكين تبسيط ملاءمة صرف إحداث إدراج عرض اعتماد تخصيص تعميم توفير إعداد توضيح منح تجميع تسريع تأهيل تشجيع "
    "إشراك مواكبة تنظيم توحيد برمجة رقمنة تكوين تقوية تتبع إنشاء إنجاز إطلاق إرساء إصدار إعادة إلزام إلغاء إيداع "
    "إيجاد بناء بلورة تحديد تحديث تحيين تحسين تحفيز تحويل تدعيم تدقيق تشكيل تطوير تعزيز تعديل تعيين تفعيل تفويض "
    "تقاسم تقليص تقييم تكثيف تمديد تمويل تنسيق تنزيل تنفيذ تهيئة توجيه توزيع توسيع توقيع جعل جمع حث حصر خلق دعم "
    "دعوة رصد رفع سن ضمان ضبط فتح فرض قياس مراجعة مراعاة مراقبة مساعدة مضاعفة معالجة ملء منع نقل وضع استثمار "
    "استعمال استغلال استكمال استقطاب اقتراح اقتناء التزام انخراط اعتبار الإسراع العمل الحرص السهر التعجيل الرفع "
    "تسهيل تيسير تثمين تثبيت تجويد تجهيز تخفيف تخفيض تدبير ترسيخ تزويد تسجيل تسوية تصنيف تضمين تطبيق تعبئة تعويض "
    "تغطية تقديم تقريب تقنين تكريس تكليف تلقين تنويع تهييء توثيق توظيف توعية إبرام إتاحة إجراء إحالة إحصاء إخضاع "
    "إدماج إرفاق إسناد إشعار إصلاح إعطاء إعفاء إعلان إغناء إقرار إمداد إنتاج إنهاء إيفاد مأسسة مسك مواصلة"
)
ACTIONS_FR = "mise mettre faire rendre doter recours création publication généralisation renforcement incitation"
NOT_ACTIONS_FR = (
    "premier dernier janvier février dossier cahier papier foncier financier quartier chantier métier atelier courrier"
)

VAGUE_AR = (
    "إلخ", "الخ", "وما إلى ذلك", "عند الاقتضاء", "عند الضرورة", "حسب الإمكان", "قدر الإمكان", "ما أمكن",
    "إذا اقتضى الحال",
)  # fmt: skip
VAGUE_FR = (
    "etc", "le cas échéant", "si nécessaire", "au besoin", "en tant que de besoin", "autant que possible",
    "dans la mesure du possible", "si possible",
)  # fmt: skip
EVERYBODY_AR = (
    "كل المتدخلين", "جميع المتدخلين", "مختلف المتدخلين", "كافة المتدخلين", "جميع الفاعلين", "كل الفاعلين",
    "مختلف الفاعلين", "كافة الأطراف", "جميع الأطراف", "الجهات المعنية", "كل المعنيين",
)  # fmt: skip
EVERYBODY_FR = (
    "tous les acteurs", "tous les intervenants", "l'ensemble des acteurs", "l'ensemble des intervenants",
    "toutes les parties", "les parties prenantes", "les acteurs concernés", "qui de droit",
)  # fmt: skip
BODIES_AR = (
    "المديرية", "الوزارة", "وزارة", "العمالة", "الولاية", "مجلس الجهة", "الجماعات المستهدفة", "الوكالة",
    "المجلس الجماعي", "رئيس الجماعة", "رئيس المجلس", "مجلس العمالة", "مجلس الإقليم", "المدير العام للمصالح",
    "كل جماعة",
)  # fmt: skip
BODIES_FR = (
    "dgct", "ministère", "direction générale", "direction", "préfecture", "wilaya", "conseil régional", "agence",
    "communes cibles", "conseil communal", "conseil de la commune", "président de la commune", "chaque commune",
)  # fmt: skip
NUMBERS_AR = (
    "مرة", "مرتين", "شهرين", "سنتين", "يومين", "نصف", "ثلث", "ربع", "نسبة", "عدد", "واحد", "واحدة", "ثلاث", "ثلاثة",
    "أربع", "أربعة", "خمس", "خمسة", "ست", "ستة", "سبع", "سبعة", "ثمان", "ثمانية", "تسع", "تسعة", "عشر", "عشرة",
    "عشرين", "مائة", "سنوي", "سنوية", "سنويا", "شهريا", "فصليا", "شهري", "فصلية", "أسبوعيا",
)  # fmt: skip
NUMBERS_FR = (
    "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "douze", "vingt", "trente",
    "cent", "moitié", "tiers", "quart", "taux", "pourcentage", "part", "nombre", "annuel", "annuelle", "annuels",
    "annuellement", "mensuel", "mensuelle", "trimestriel", "trimestrielle", "fois",
)  # fmt: skip
# An article or a part alone measures nothing.
WEAK_NUMBERS_FR = (
    "un", "une", "part", "nombre",
)  # fmt: skip
TIMES_AR = (
    "داخل أجل", "في أجل", "أجل أقصاه", "أجل لا يتعدى", "قبل نهاية", "قبل متم", "خلال شهر",
    "نهاية", "متم", "خلال سنة", "دورة", "دجنبر", "نونبر", "أكتوبر",
    "شتنبر", "غشت", "يوليوز", "يونيو", "ماي", "أبريل", "مارس", "فبراير", "يناير", "مرحلة", "سنويا", "سنوي", "شهريا",
    "أشهر", "الفصل الأول", "الفصل الثاني", "الفصل الثالث", "الفصل الرابع", "السنة الموالية", "مرتين في السنة",
)  # fmt: skip
TIMES_FR = (
    "l’année", "chaque année", "mois avant", "mois après", "avant la fin",
    "fin", "délai", "d'ici", "au plus tard", "session", "trimestre", "semestre",
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre", "phase", "annuel", "annuelle", "annuellement", "échéance", "trimestriel", "par an",
)  # fmt: skip
