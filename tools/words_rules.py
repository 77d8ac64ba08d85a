"""The rules every row of the files of words keeps: whole, in the right forms, and said as the house says it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from tools.words import FORMS, Word

REQUIRED = ("ar", "fr", "en")
NO_BREAK = "\u00a0"
NARROW = "\u202f"

_KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_MARKS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
_TASHKEEL = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc]")
_DAMMA = "\u064f"
_ARABIC = "\u0621-\u064a"

Finding = str
Rule = Callable[[Word], Iterator[Finding]]


def whole(word: Word) -> Iterator[Finding]:
    """Arabic, French and English are never empty; spaces stand once, and only inside."""
    if not _KEY.fullmatch(word.key):
        yield "the key is not of the form area.thing"
    for lang, forms in word.forms.items():
        for form in forms:
            if not form.strip() and (lang in REQUIRED or len(forms) > 1):
                yield f"{lang} is empty"
            if form != form.strip() or "  " in form or "\n" in form:
                yield f"{lang} has a space too many"
            if _PLACEHOLDER.sub("", form).strip("{}") != _PLACEHOLDER.sub("", form) or "{}" in form:
                yield f"{lang} has a brace without a name"


def plural_forms(word: Word) -> Iterator[Finding]:
    """A counted sentence has six forms in Arabic and two in French and English, and a sentence alone has one."""
    for lang, forms in word.forms.items():
        expected = FORMS[lang] if word.plural and (lang in REQUIRED or forms != [""]) else 1
        if len(forms) != expected:
            yield f"{lang} has {len(forms)} forms instead of {expected}"
    if not word.plural and re.match(r"plural(;|$)", word.context):
        yield "the context says plural and there is one form"


def placeholders(word: Word) -> Iterator[Finding]:
    """Every language fills the same placeholders; {count} may lack where Arabic says one and two in words."""
    expected = set(_PLACEHOLDER.findall(word.forms["en"][-1]))
    for lang, forms in word.forms.items():
        for index, form in enumerate(forms if forms != [""] else []):
            found = set(_PLACEHOLDER.findall(form))
            missing = expected - found
            if lang == "ar" and word.plural and index < 3:
                missing -= {"count"}
            if missing or found - expected:
                yield f"{lang} form {index + 1} has other placeholders: {sorted(missing | (found - expected))}"


def no_invisible_marks(word: Word) -> Iterator[Finding]:
    """No direction marks, no zero-width characters: isolation is the placeholder's work."""
    for lang, forms in word.forms.items():
        if _MARKS.search(" ".join(forms)):
            yield f"{lang} has an invisible mark"


def no_vowel_signs(word: Word) -> Iterator[Finding]:
    """One damma in a word, on a passive, is the only vowel sign; on paper there is none."""
    for form in word.forms["ar"]:
        for term in form.split():
            signs = _TASHKEEL.findall(term)
            if signs and word.key.startswith("paper."):
                yield f"vowel sign on paper: {term}"
            elif any(sign != _DAMMA for sign in signs) or len(signs) > 1:
                yield f"vowel sign other than one damma: {term}"


def arabic_letters(word: Word) -> Iterator[Finding]:
    """Arabic carries no Latin letter outside a placeholder, no arrow, and Western digits."""
    for form in word.forms["ar"]:
        text = _PLACEHOLDER.sub("", form)
        if re.search("[A-Za-zÀ-ɏ]", text):
            yield f"Latin letter in Arabic: {form}"
        if re.search("[\u2190-\u21ff\u2794-\u27be\u2b00-\u2b11]", text):
            yield f"arrow in Arabic: {form}"
        if re.search("[\u0660-\u0669\u06f0-\u06f9]", text):
            yield f"digits other than 0-9: {form}"
        if re.search(rf"(?<![{_ARABIC}])و?(?:[بلكف]|ال)\{{", form):
            yield f"a preposition is glued to a placeholder: {form}"


def arabic_punctuation(word: Word) -> Iterator[Finding]:
    """Arabic uses its own comma, semicolon, question mark and « », attached to the word before."""
    for form in word.forms["ar"]:
        if re.search(r"[,;?\"'“”‘’]", form):
            yield f"foreign punctuation in Arabic: {form}"
        if re.search(r"\s[،؛؟.:…!]", form):
            yield f"a space before punctuation: {form}"
        if re.search(r"[«]\s|\s[»]", form):
            yield f"a space inside quotation marks: {form}"
        if re.search(rf"[{_ARABIC}][/·][{_ARABIC}]|\(ة\)", form):
            yield f"two genders in one word: {form}"


def french_typography(word: Word) -> Iterator[Finding]:
    """French keeps its spaces unbroken, its apostrophe curved and its capitals accented."""
    for form in word.forms["fr"]:
        bare = _PLACEHOLDER.sub("x", form)
        checks = {
            "straight quote or English quote": r"[\"'“”]",
            "no U+00A0 before the colon": rf"(?<!{NO_BREAK}):(?!//|\d)",
            "no U+202F before ; ? ! %": rf"(?<!{NARROW})[;?!%]",
            "no U+00A0 inside « »": rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»",
            "no U+00A0 after n° or M.": rf"\b[nN]°(?!{NO_BREAK})|\bM\.(?!{NO_BREAK}|$)",
            "capital without its accent": r"\b(Etat|Etes|Ecrire|Evaluer|Echéance|Edition|Elu|Equipe|Etape|A (?=[a-z]))",
            "two genders in one word": r"\w·\w|\w\(e\)|[a-zé]/[a-zé]",
        }
        yield from (f"{name}: {form}" for name, pattern in checks.items() if re.search(pattern, bare))


def english_typography(word: Word) -> Iterator[Finding]:
    """English uses “ ” and ’."""
    for form in word.forms["en"]:
        if re.search(r"[\"'«»]", form):
            yield f"straight quote in English: {form}"


def voice(word: Word) -> Iterator[Finding]:
    """No exclamation; تم once a sentence; المرجو and Please in mails only; no قام ب."""
    for lang in ("ar", "fr", "en"):
        for form in word.forms[lang]:
            if "!" in form:
                yield f"exclamation mark: {form}"
    for form in word.forms["ar"]:
        for sentence in re.split("[.؟؛]", form):
            if len(re.findall(rf"(?<![{_ARABIC}])(?:و|س)?(?:تم|تمت|يتم)(?![{_ARABIC}])", sentence)) > 1:
                yield f"تم twice in a sentence: {form}"
    if not word.key.startswith("mail."):
        if any(re.search("المرجو", form) for form in word.forms["ar"]):
            yield "المرجو outside a mail"
        if any(re.search(r"\bplease\b", form, re.IGNORECASE) for form in word.forms["en"]):
            yield "Please outside a mail"


def _arabic_word(term: str) -> re.Pattern[str]:
    """The term with the particles and endings Arabic writes onto a word."""
    return re.compile(rf"(?<![{_ARABIC}])[وف]?[بكل]?(?:ال|لل)?{term}(?:ه|ها|هم|كم|نا)?(?![{_ARABIC}])")


# Word never used: what is said instead. A definite word after it makes باقي correct (باقي الجماعات).
NEVER_ARABIC = {
    _arabic_word("تنزيل"): "تحميل",
    _arabic_word("متابعة"): "مواصلة or تتبع",
    re.compile("تسجيل الدخول"): "الدخول",
    re.compile("سجلوا حضوركم"): "التسجيل في اللقاء",
    re.compile("قائمة الانتظار"): "لائحة الانتظار",
    re.compile("الجهة المعنية|(?<![\u0621-\u064a])جهة أخرى"): "الهيئة المعنية، طرف ثان",
    _arabic_word("(?:تلغراف|بادج)"): "برقية، شارة",
    # السكان and سكان الجماعة are the inhabitants; the bare word is somebody's scan.
    re.compile(rf"(?<![{_ARABIC}])سكان(?! ال)(?![{_ARABIC}])"): "مسح",
    re.compile("إمكانية الوصول"): "الولوجيات",
    _arabic_word("(?:معلق|معلقة|محظور|محظورة)"): "متعثر",
    re.compile(rf"(?<![{_ARABIC}])(?:جاري|باقي(?! ال))(?![{_ARABIC}])"): "جار، باق",
    re.compile("بنجاح"): "nothing",
    _arabic_word("(?:مايو|يوليو|أغسطس|سبتمبر|نوفمبر|ديسمبر)"): "ماي، يوليوز، غشت، شتنبر، نونبر، دجنبر",
    _arabic_word("(?:بيانات|مستخدم|مستخدمة|مستخدمين|تحديث|تحديثات)"): "معطيات، مستعمل، تحيين",
    re.compile(rf"(?<![{_ARABIC}])(?<!هذه )(?<!تلك )[وبلف]?الحالة(?! المدنية| الصحية)(?![{_ARABIC}])"): "الوضعية",
    re.compile("سيادتكم|يرجى|الرجاء"): "a plain imperative",
    re.compile("أخطأتم"): "what to do",
    re.compile(rf"(?<![{_ARABIC}])[وف]?(?:قام|قامت|يقوم|تقوم|قاموا|قوموا) ب"): "the verb itself",
    _arabic_word("(?:بلدية|بلديات)"): "جماعة",
}
NEVER_FRENCH = {
    re.compile(r"qu’amendé", re.IGNORECASE): "après amendement",
    re.compile(r"\b(invalide|illégal|illegal|oups)\w*", re.IGNORECASE): "say what to do",
    re.compile(r"\b(supporter|initier|adresser un problème)\b", re.IGNORECASE): "a French verb",
}
NEVER_ENGLISH = {
    re.compile(r"\b(successfully|invalid|illegal|oops)\b", re.IGNORECASE): "say what to do",
}
_BUTTONS_NEVER = {"ar": r"نعم|لا|موافق", "fr": r"Valider|OK|Oui|Non|D’accord", "en": r"OK|Yes|No|Submit"}


def never_words(word: Word) -> Iterator[Finding]:
    """The words of the house's Never table, and no yes or no on a button."""
    for lang, table in {"ar": NEVER_ARABIC, "fr": NEVER_FRENCH, "en": NEVER_ENGLISH}.items():
        for form in word.forms[lang]:
            for pattern, instead in table.items():
                if found := pattern.search(form):
                    yield f"never {found.group()!r}, instead: {instead}"
    if word.key.startswith("action.") or ".action." in word.key or ".button." in word.key:
        for lang, never in _BUTTONS_NEVER.items():
            if any(re.fullmatch(never, form, re.IGNORECASE) for form in word.forms[lang]):
                yield f"{lang} button says yes, no or OK instead of its verb"


RULES: list[Rule] = [
    whole,
    plural_forms,
    placeholders,
    no_invisible_marks,
    no_vowel_signs,
    arabic_letters,
    arabic_punctuation,
    french_typography,
    english_typography,
    voice,
    never_words,
]

# A row may break one rule for a reason that is written here.
EXCEPTIONS: dict[tuple[str, str], str] = {}


def findings(words: list[Word]) -> list[Finding]:
    """Every broken rule of every row, and every key given twice."""
    counts = Counter(word.key for word in words)
    found = [f"{key}: given {count} times" for key, count in counts.items() if count > 1]
    for word in words:
        for rule in RULES:
            if (word.key, rule.__name__) not in EXCEPTIONS:
                found += [f"{word.file}: {word.key}: {problem}" for problem in rule(word)]
    return found
