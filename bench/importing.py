"""How long a list of 10,000 people takes to be read and analysed, medians of several runs.

.venv/bin/python bench/importing.py [--rows N] [--runs N]
"""

from __future__ import annotations

import argparse
import io
import random
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.kernel.text import fold
from app.participants.importing import KnownWorkshop, analyse, read_workbook
from app.territory.matching import Matcher
from tests.territory.known import known_bodies, matcher

HEADING = [
    "ر.ت",
    "الاسم الكامل",
    "الصفة",
    "الجماعة",
    "الإقليم",
    "الهاتف",
    "البريد الإلكتروني",
    "الورشة",
    "تاريخ التسجيل",
]
GIVEN = ("أحمد", "محمد", "فاطمة", "خديجة", "يوسف", "عمر", "سعيد", "مليكة", "حسن", "رشيد", "نادية", "سناء", "ليلى")
FAMILY = ("بنعلي", "العلوي", "الإدريسي", "الطاهري", "المرابط", "أوشن", "لحلو", "العمراني", "أمزيل", "الفيلالي")
WISHES = ("1", "Atelier 2", "تقوية القدرات", "1 و 2")
WORKSHOPS = [
    KnownWorkshop("1", ("تقييم الأداء",)),
    KnownWorkshop("2", ("التعاون",)),
    KnownWorkshop("3", ("تقوية القدرات",)),
]


def drawn(rows: int, seed: int = 1, *, wishes: tuple[str, ...] = WISHES) -> bytes:
    """A workbook of invented people, every commune and both scripts of its name."""
    rng = random.Random(seed)
    communes = [body for body in known_bodies() if body.kind == "commune"]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("لائحة")
    sheet.write_row(0, 0, HEADING)
    for n in range(rows):
        commune = rng.choice(communes)
        province = matcher().province_of(commune)
        name = f"السيد {rng.choice(GIVEN)} {rng.choice(GIVEN)} {rng.choice(FAMILY)} {rng.choice(FAMILY)}"
        role = rng.choice(["رئيس المجلس", "نائب الرئيس", "موظف", "مستشار"])
        wish = rng.choice(wishes)
        sheet.write_row(
            n + 1, 0,
            [n + 1, name, role, rng.choice(commune.names), province.names[0] if province else "", f"06{n:08d}",
             f"p{n}@commune{n % 1500}.example", wish, f"{rng.randint(1, 28)}/0{rng.randint(1, 9)}/2022"],
        )  # fmt: skip
    book.close()
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=2)
    chosen = parser.parse_args()
    data = drawn(chosen.rows)
    read, analysed, matched, folded = [], [], [], []
    for _ in range(chosen.runs):
        start = perf_counter()
        sheets = read_workbook(data)
        read.append(perf_counter() - start)
        start = perf_counter()
        analyse(sheets, bodies=Matcher(known_bodies()), workshops=WORKSHOPS, year=2022)
        analysed.append(perf_counter() - start)
        index = Matcher(known_bodies())
        texts = [(str(row[3]), str(row[4])) for row in sheets[0].values[1:]]
        start = perf_counter()
        for text, province in texts:
            index.match(text, province=province)
        matched.append(perf_counter() - start)
        fold.cache_clear()
        start = perf_counter()
        for row in sheets[0].values[1:]:
            fold(str(row[1]))
        folded.append(perf_counter() - start)
    print(f"| import: read {chosen.rows:,} rows | {median(read):.2f} s |")
    print(f"| import: analyse {chosen.rows:,} rows | {median(analysed):.2f} s |")
    print(f"| territory: match {chosen.rows:,} names in their province | {median(matched):.2f} s |")
    print(f"| text: fold {chosen.rows:,} names | {median(folded):.3f} s |")


if __name__ == "__main__":
    main()
