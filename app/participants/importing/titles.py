"""The words before, after and instead of names: forms of address, ranks and posts, «to be named later»."""

import re

from app.kernel.text import fold


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word).replace(".", "") for word in words.split())


ADDRESS = _set(
    "السيد السيدة السادة السيدات سيد سيدة الآنسة آنسة الأستاذ الأستاذة أستاذ أستاذة الأساتذة الدكتور الدكتورة دكتور"
    " دكتورة المهندس المهندسة معالي سعادة الأخ الأخت"
    " M Mr Mrs Ms Mme Mlle Melle MM Monsieur Madame Mademoiselle Messieurs Mesdames Dr Docteur Pr Prof Professeur"
    " Ing Ingénieur Me Maître Sir"
)
"""Forms of address, folded and without their full stop."""
SHORT_ADDRESS = re.compile(r"^(?:(?:د|دة|ذ|ذة|م|مه|أ)\s*[./]\s*(?=\S)|(?:د|دة|ذ|ذة)\s+(?=\S+\s+\S))")
"""«د.»، «ذة.»: letters that stand for a form of address with their full stop or slash; some before a whole name too."""
PILGRIM = _set("الحاج الحاجة Haj Hadj Hajj Hajja El-Haj")
"""A form of address before a whole name, a family name otherwise."""

RANKS = _set(
    "الوالي والي الولاة العامل عامل العمال عمال الرئيس رئيس الرئيسة رئيسة رؤساء نائب النائب نائبة النائبة الكاتب"
    " الكاتبة"
    " كاتب كاتبة المدير مدير المديرة مديرة مدراء الباشا باشا القائد قائد القائدة الوزير وزير الوزيرة المستشار مستشار"
    " المستشارة مستشارة ممثل ممثلة ممثلو ممثلي عضو العضو الخازن خازن المفتش منسق المنسق مقرر المقرر المنتخب المنتخبة"
    " رئيسا البرلماني البرلمانية موظف موظفة إطار تقني تقنية"
    " wali gouverneur président présidente pdt pdte vice-président vice-présidente vice maire secrétaire directeur"
    " directrice pacha caïd caid ministre conseiller conseillère représentant représentante représentants membre"
    " trésorier inspecteur chef coordonnateur coordonnatrice coordinateur coordinatrice rapporteur élu élue dgs dg sg"
    " governor mayor president director secretary representative councillor member minister head pcc"
)
"""Words that name a rank or a post and may stand before a name or in its place."""
REPRESENTATIVES = _set("ممثل ممثلة ممثلو ممثلي ممثلا représentant représentante représentants representative")
"""What follows them names a body, not a person."""
ARTICLES = _set("le la les l")

AFTER_RANK = _set(
    "العام العامة المجلس مجلس الجماعي الجماعة جماعة الجهة جهة الإقليم إقليم الاقليمي عمالة العمالة مدينة المنتدب"
    " المنتدبة"
    " الترابية الترابي للجماعات للمصالح المصالح لجنة اللجنة قسم مصلحة ديوان الديوان السابق الأول الأولى الثاني الثانية"
    " الثالث الثالثة الرابع الرابعة لرئيس الرئيس رئيس المدير مدير عن وزارة ولاية الولاية قيادة القيادة دائرة"
    " الدائرة باشوية الباشوية بالنيابة و في على"
    " général générale du de des d la le l les conseil communal communale provincial régional commune région province"
    " préfecture services service division commission adjoint adjointe délégué déléguée président présidente ministère"
    " wilaya caïdat pachalik cercle et directeur au aux of the general deputy"
)
"""Words that belong to the rank before them."""
PLACE_WORDS = _set(
    "الجهة جهة الإقليم إقليم عمالة العمالة جماعة الجماعة مدينة ولاية"
    " قيادة القيادة دائرة الدائرة باشوية الباشوية commune région province préfecture wilaya caïdat pachalik cercle"
)

UNIT_WORDS = _set(
    "قسم مصلحة ديوان لجنة مكتب وحدة خلية division service commission direction bureau cabinet département unité cellule"
)
"""What follows them is the name of a unit, to the end."""

TO_BE_NAMED = re.compile(
    fold(
        r"(?:س?يحدد|س?تحدد|س?يعين|س?تعين|لم يحدد|لم يعين|في انتظار|قيد ال)"
        r"(?:\s+(?:بعد|لاحقا|اسمه|الاسم|التعيين|التحديد))*"
        r"|شاغر|الاسم لاحقا|بدون اسم|غير محدد"
        r"|a (?:designer|definir|preciser|confirmer|nommer|determiner)(?: ulterieurement)?|non (?:designe|nomme)e?"
        r"|en attente(?: de designation)?|vacant|poste vacant|\btb[dc]\b|to be (?:named|confirmed|designated|announced)"
        r"|\?{2,}|\bx{3,}\b"
    )
)
"""Folded: a place is kept for somebody not yet named."""
REPRESENTED = re.compile(
    r"(?:\s*[-–،,(/]?\s*)(?:و?ينوب عنه|و?ينوب عنها|و?يمثله|و?يمثلها|نائبه|représentée? par|remplacée? par|suppléée? par"
    r"|represented by|suppléante?\s*:)\s*:?\s*([^()،,;/|]+)\)?",
    re.IGNORECASE,
)
REMARKED_RANK = re.compile(
    r"(السيدة?\s+(?:الوالي|العامل|الوزيرة?|الكاتبة? العامة?|الرئيسة?))(?!\w)"
    r"|((?:M\.|Mme|Monsieur|Madame)\s+(?:le|la)\s+(?:Wali|Gouverneure?|Ministre))(?!\w)"
)
"""A form of address with a rank, left among the remarks: «VIP - السيد العامل»."""
