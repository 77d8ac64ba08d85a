"""What the columns of status and remarks say of a person: coming or not, and what must not be kept."""

import re

from app.kernel.text import fold

_STATUSES = (
    ("cancelled", re.compile(fold(r"ملغ[اىي]|الغ[يىا]|الغت|الغاء|انسحب|annul|cancel|desist|retire|supprime"))),
    ("declined", re.compile(fold(r"اعتذر|معتذر|لن يحضر|رفض|excuse|decline|refuse|ne viendra|ne participe"
                                r"|absent\b|^non?$|^لا$"))),
    ("represented", re.compile(fold(r"ينوب عنه|ينوب عنها|^ممثل|represente"))),
    ("waitlisted", re.compile(fold(r"انتظار|attente|waiting|waitlist"))),
    ("", re.compile(fold(r"غير مؤكد|non confirm|pas confirm|not confirmed|unconfirmed"))),
    ("confirmed", re.compile(fold(r"مؤكد|تأكيد|سيحضر|^نعم|confirm|^oui|^yes|accepte|accepted|^present|حاضر"))),
)  # fmt: skip
_REMARKED = re.compile(fold(
    r"الغ[يىت]ت? مشاركت|الغاء (?:ال)?مشارك|الغي[ت]? |ملغا[هة]|annule|annulation|desist|cancelled|canceled|s ?est retire"
))  # fmt: skip
_EXCUSED = re.compile(fold(r"اعتذر|لن يحضر|لن تحضر|s ?excuse|ne viendra pas|ne participera pas|ne pourra pas"))
_SENSITIVE = re.compile(fold(
    r"vegetarien|vegan|halal|gluten|allergi|diabet|regime|malad|handicap|enceinte|grossesse|نباتي|حساسية|سكري|حمية|مرض|حامل"
    r"|إعاقة|حزب|نقابة|\bparti\b|syndic|religi|pregnan|diet"
))  # fmt: skip


def status_said(text: str) -> str:
    """The status a cell of the column of statuses means; empty when its words say none."""
    said = fold(text)
    return next((status for status, pattern in _STATUSES if said and pattern.search(said)), "")


def status_remarked(text: str) -> str:
    """`cancelled` or `declined` when a remark says so: «ألغت مشاركتها»، "s’excuse"."""
    said = fold(text)
    if _REMARKED.search(said):
        return "cancelled"
    return "declined" if _EXCUSED.search(said) else ""


def is_sensitive(text: str) -> bool:
    """Whether a remark tells of health, diet, belief, party or union: it is not kept (law 09-08)."""
    return _SENSITIVE.search(fold(text)) is not None
