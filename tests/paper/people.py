"""A cast whose names bring every trouble a badge can meet."""

from typing import Any


def badge(number: int, **changes: Any) -> dict[str, Any]:
    usual = {
        "code": f"7K3M-PX{number:02d}",
        "qr": f"https://liqaa.example/b/7K3MPX{number:02d}",
        "name_ar": "محمد عبد الله الإدريسي",
        "name_latin": "Mohammed Abdallah EL IDRISSI",
        "role": "موظف جماعة",
        "role_latin": "Agent communal",
        "tone": "staff",
        "body": "جماعة آيت ملول",
        "body_latin": "Commune d’Aït Melloul",
        "workshops": [{"number": "2", "label": "الورشة 2", "room": "القاعة ب"}],
    }
    return {**usual, **changes}


LONG_AR = "عبد الرحمان ولد سيدي محمد المختار بن عبد القادر الإدريسي الحسني"
LONG_LATIN = "Abderrahmane OULD SIDI MOHAMED EL MOKHTAR BEN ABDELKADER HASSANI"


def crowd() -> list[dict[str, Any]]:
    return [
        badge(1),
        badge(2, name_ar=LONG_AR, name_latin=LONG_LATIN),
        badge(3, name_ar="", body="", name_latin="Jean-Baptiste MARTINEZ"),
        badge(4, name_latin="", role_latin="", body_latin=""),
        badge(5, body="", body_latin="", workshops=[]),
        badge(6, name_ar="عبدالرحمانبنمحمدالمختاربنعبدالقادرالإدريسيالحسني"),
        badge(7, role="ممثل الإدارة المركزية", role_latin="Représentant de l’administration centrale"),
        badge(8, workshops=[{"number": "1", "label": "الورشة 1"}, {"number": "2", "label": "الورشة 2"}]),
    ]


def sheet(per_sheet: int, badges: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "per_sheet": per_sheet,
        "meeting": "لقاء تواصلي حول برنامج تحسين أداء الجماعات",
        "when": "أكادير، 25 و26 مارس 2022",
        "badges": badges,
    }
