"""The category of a person from the words of a function: الصفة، *qualité*."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.kernel.text import fold
from app.territory.matching import KnownBody

CODES = (
    "chair", "authority_regional", "governor_director", "president", "elected", "commune_staff", "central_cadre",
    "central_admin", "territorial_admin", "partner", "guest",
)  # fmt: skip
OLDER = {
    "elected_president": "president", "staff": "commune_staff", "central_staff": "central_cadre",
    "authority": "authority_regional",
}  # fmt: skip

_STAFF = "staff"
_GOVERNOR = "governor"
_REPRESENTS = "represents"


@dataclass(frozen=True, slots=True)
class KnownCategory:
    """A category of the meeting: its code and the words people use for it in any language."""

    code: str
    names: tuple[str, ...] = ()


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(fold(pattern))


# The order decides: a deputy of the president before the president, the head of a division before either.
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chair", _rule(r"والي\s+(?:و\s?)?ال?مدير\s+ال?عام|wali\W+directeur general|رئيسة?\s+(?:أشغال\s+)?اللقاء")),
    (_REPRESENTS, _rule(r"\bممثل(?:ة|و|ي|ين)?\b|\brepresentante?s?\b|\brepresentative\b")),
    (_STAFF, _rule(r"^(?:ال)?مديرة?\b|ديوان\b")),
    (_STAFF, _rule(r"\bعامل(?:ة)?\s+(?:ب|نظافة|عرضي|موسمي|انعاش)|قائد\s+مشروع")),
    ("governor_director", _rule(r"عامل\w*\s+(?:ال)?(?:مدير|مدراء)|عمال\s+(?:ال)?مدراء|gouverneurs?\W+directeurs?")),
    ("elected", _rule(
        r"\b(?:ال)?نا[يئ]ب(?:ة|ات)?\s+(?:\w+\s+)?(?:ل|ال)?رئيس|\bنواب\s+(?:ال)?رئيس"
        r"|\b(?:ال)?نائب(?:ة)?\s+(?:ال)?(?:أول|ثان|ثالث|رابع|خامس|سادس|سابع)"
        r"|vice\W?\s?president|\bvp\b|deputy mayor|1er adjoint|برلمان|parlementaire|depute|\bmp\b"
    )),
    (_STAFF, _rule(
        r"رئيسة?\s+(?:ال)?(?:قسم|مصلحة|مكتب|وحدة|ديوان|مشروع|خلية|شعبة|فريق)|نائب\w*\s+(?:ال)?مدير"
        r"|مستشارة?\s+(?:ال)?(?:قانوني|تقني|السيد\s+الوزير|وزير)|\bchef(?:fe)? (?:de |du |d )?(?!cercle)\w+|head of"
    )),
    ("elected", _rule(
        r"رئيسة?\s+(?:ال)?لجنة|(?:نائب\w*\s+)?كاتبة?\s+(?:ال)?مجلس|president\w* de (?:la )?commission"
        r"|secretaire du conseil"
    )),
    ("guest", _rule(
        r"رئيسة?\s+(?:ال)?(?:جمعية|شركة|جامعة|فيدرالية|تعاونية)"
        r"|president\w* (?:de )?(?:l )?\W?(?:association|universite|sa\b)"
    )),
    ("authority_regional", _rule(r"\b(?:ال)?والي\b|\b(?:ال)?ولاة\b|\bwalis?\b")),
    (_GOVERNOR, _rule(r"\b(?:ال)?عامل\b|\b(?:ال)?عمال\b|\bgouverneure?s?\b|\bgovernors?\b")),
    # The head of a *cercle* or a *caïdat* is no president of a council.
    ("territorial_admin", _rule(
        r"\b(?:ال)?باشا\b|\b(?:ال)?قائدة?\b|رئيسة?\s+(?:ال)?(?:دائرة|قيادة|باشوية)|سلط(?:ة|ات)\s+(?:ال)?محلية"
        r"|\bpacha\b|\bcaid\b|chef de cercle|autorites? locales?|\bdcl\b|\bdct\b|\bsgar\b"
    )),
    ("president", _rule(
        r"\bل?(?:ال)?رئيسة?\b|\b(?:ال)?رؤساء\b"
        r"|\bpresidente?s?\b|\bpdte?s?\b|\bp\W?c\W?c\b|\bmaires?\b|\bmayor|\bعمدة\b"
    )),
    ("elected", _rule(
        r"منتخب|\b(?:ال)?مستشار(?:ة|ين|ات|ون)?\b|\b(?:ال)?عضوة?\b|أعضاء|\belue?s?\b|conseill\w+|\bmembres?\b|councill?or"
        r"|elected|\bmember\b"
    )),
    ("guest", _rule(
        r"\b(?:ال)?ضيفة?\b|\binvitee?\b|\bguest|صحاف|صحفي|إعلام|journalis|\bpresse\b|\bخبيرة?\b|\bexpert|consultan|جامع[ةي]"
        r"|universit|professeur|أستاذ|جمعية|association|societe civile|المجتمع المدني|enseignant"
    )),
    (_STAFF, _rule(
        r"موظف|مدير|مديرة|مهندس|تقني|متصرف|محرر|\b(?:ال)?إطار\b|\b(?:ال)?أطر\b|كاتب|مسؤول|مكلف|محاسب|شسيع|وكيل|منسق|رئيسة?"
        r"|مساعد|تقنية|عون|أعوان|معماري|مراقب|طبيب|\bdirect|\bdgs\b|\bdga\b|\bdg\b|\bsg\b|ingenieur|engineer|technicien"
        r"|administrat|fonctionnaire|\bagent|\bcadres?\b|secretaire|secretary|responsable|\bcharge|regisseur|officer|staff"
        r"|manager|specialist|coord[io]|comptable|assistant|architecte|controleur|auditeur|analyst|personnel|employe"
    )),
    ("territorial_admin", _rule(r"\b(?:ال)?عمالة\b|\b(?:ال)?إقليم\b|\bprovince\b|\bprefecture\b|\bولاية\b|\bwilaya\b")),
    ("central_admin", _rule(r"\bوزارة\b|\bministere\b|\bministry\b|مفتش|inspect|\bخازن\b|tresorier")),
)  # fmt: skip
_TERRITORIAL_WORDS = _rule(r"عمالة|إقليم|ولاية|والي|عامل|province|prefecture|wilaya|\bwali\b|gouverneur")
_CENTRAL_WORDS = _rule(r"وزارة|الوزارة|ministere|ministry|مديرية|direction")
_PROVINCE_WORDS = _rule(r"عمالة|إقليم|province|prefecture")


class CategoryReader:
    """Reads categories for one meeting; only codes of the meeting are given."""

    def __init__(self, categories: Sequence[KnownCategory]) -> None:
        self._codes = {category.code for category in categories}
        self._labels: dict[str, str] = {}
        for category in categories:
            for name in (category.code, *category.names):
                self._labels.setdefault(fold(name), category.code)
        for old, code in OLDER.items():
            if code in self._codes:
                self._labels.setdefault(fold(old), code)

    def labelled(self, text: str) -> str:
        """The category whose code, older code or name the text is; empty when none."""
        return self._labels.get(fold(text), "")

    def read(self, text: str, body: KnownBody | None) -> str:
        """The category a function belongs to, seen with the body of the person; empty when the words do not tell."""
        code = self.labelled(text) or category_of(fold(text), body.kind if body else "")
        return code if code in self._codes else ""


@lru_cache(maxsize=16384)
def category_of(folded: str, kind: str) -> str:
    """The category of a folded function for a body of this kind."""
    if kind == "partner":
        return "partner"
    for code, pattern in _RULES:
        if pattern.search(folded):
            return _resolved(code, folded, kind)
    return ""


def _resolved(code: str, folded: str, kind: str) -> str:
    if code == _STAFF:
        return _staff_of(kind, folded)
    if code == _GOVERNOR:
        # A governor of a province is its authority; one at the directorate directs there.
        of_province = kind in ("province", "prefecture", "region") or _PROVINCE_WORDS.search(folded)
        return "authority_regional" if of_province else "governor_director"
    if code == _REPRESENTS:
        if kind in ("directorate", "division", "ministry", "institution", "commune"):
            return _staff_of(kind, folded)
        return "territorial_admin" if _TERRITORIAL_WORDS.search(folded) else _staff_of(kind, folded)
    return code


def _staff_of(kind: str, folded: str) -> str:
    """Staff belong to the category of their body."""
    if kind in ("directorate", "division"):
        return "central_cadre"
    if kind in ("ministry", "institution"):
        return "central_admin"
    if kind in ("province", "prefecture", "region"):
        return "territorial_admin"
    if kind != "commune" and _CENTRAL_WORDS.search(folded) and "direct" not in folded[:8]:
        return "central_admin"
    if kind != "commune" and _PROVINCE_WORDS.search(folded):
        return "territorial_admin"
    return "commune_staff"
