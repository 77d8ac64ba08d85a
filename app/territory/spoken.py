"""The words people put before the name of a place: «جماعة», «إقليم», *commune de*, *wilaya de la région*."""

import re
from functools import lru_cache

from app.kernel.text import clean, fold

PROVINCE_KINDS = ("province", "prefecture")
TERRITORY_KINDS = frozenset({"commune", *PROVINCE_KINDS, "region"})

_COMMUNE = frozenset({"commune"})
_PROVINCE = frozenset(PROVINCE_KINDS)
_REGION = frozenset({"region"})

# Written folded: no hamza, ه for ة, ي for ى.
_ARABIC = (
    (_COMMUNE, r"(?:مجلس |المجلس )?(?:ال)?جماع(?:ه|ي|يه)(?: ال?ترابيه| ال?حضريه| ال?قرويه)?|(?:ال)?بلديه|مدينه"),
    (_PROVINCE, r"(?:مجلس |المجلس )?(?:عماله (?:و )?اقليم|عمالات|عماله|العماله|اقليم|الاقليم|الاقليمي)"),
    (_REGION, r"(?:مجلس |المجلس )?(?:ولايه جهه|ولايه|جهه|الجهه|الجهوي)"),
)
_LATIN = (
    (_COMMUNE, r"(?:(?:conseil (?:de la )?)?commun(?:e|al)(?: (?:urbaine|rurale|territoriale))?|municipalite|ville"
               r"|ct|cu|cr|city|municipality|town)"),
    (_PROVINCE, r"(?:(?:conseil (?:de la )?)?(?:province|provincial|prefecture|prefectoral))"),
    (_REGION, r"(?:wilaya(?: de la region)?|(?:conseil (?:de la )?)?(?:region|regional))"),
)  # fmt: skip
_LINK = r"(?: (?:de la|de l|du|des|de|d|of|of the))?"
_PREFIXES = [(kinds, re.compile(rf"(?:{words})\s+(?=\S)")) for kinds, words in _ARABIC]
_PREFIXES += [(kinds, re.compile(rf"{words}{_LINK}\s+(?=\S)")) for kinds, words in _LATIN]
_CENTRE = re.compile(r"\s+(?:[(]\s*)?(?:ال)?(?:مركز|مدينة|centre|ville)(?:\s*[)])?$", re.IGNORECASE)
_SPOKEN = [(kinds, re.compile(rf"(?<!\w)(?:[لبو]|لل)?(?:{words})\s+(.+)")) for kinds, words in _ARABIC]
_SPOKEN += [(kinds, re.compile(rf"(?<!\w){words}{_LINK}\s+(.+)")) for kinds, words in _LATIN]


@lru_cache(maxsize=16384)
def named_kind(text: str) -> tuple[frozenset[str], str]:
    """The kinds of body the words before a name ask for, and the name alone; every kind when there are no such words.

    The rest is folded text: for comparing only.
    """
    folded = fold(_elided(text))
    for kinds, prefix in _PREFIXES:
        if hit := prefix.match(folded):
            return kinds, folded[hit.end() :]
    return TERRITORY_KINDS, text


def _elided(text: str) -> str:
    # "Commune d'Agadir": folding would join the article to the name.
    return re.sub(r"\b([dl])['’ʼ](?=\w)", r"\1 ", clean(text), flags=re.IGNORECASE)


def without_preposition(name: str) -> list[str]:
    """The folded name, and the same without a joined «ل» or «لل»: «لأكادير» is أكادير, «للناظور» الناظور."""
    if name.startswith("لل") and len(name) > 4:
        return [name, "ال" + name[2:]]
    if name.startswith(("لا", "لت", "لط", "لم")) and len(name) > 4:
        return [name, name[1:]]
    return [name]


def without_centre(text: str) -> str:
    """The name without «المركز» or *centre* after it, which tells the town from its surroundings, not from another."""
    return _CENTRE.sub("", text)


def spoken_places(folded: str) -> list[tuple[str, frozenset[str]]]:
    """Each piece of a folded text that follows a word for a place, with the kinds that word asks for."""
    found = []
    for kinds, pattern in _SPOKEN:
        if hit := pattern.search(_elided(folded)):
            found.append((hit.group(1), kinds))
    return found
