"""Other spreadsheets as people make them: the rules, not the one file."""

from datetime import date, datetime
from typing import Any

import pytest

from app.participants.importing import FileRefused, guess_columns, read_workbook
from tests.participants.importing.sheets import DATA, analysed, delimited, flags, ods, ods_row, rows_of, workbook

HEADING = ["Nom et prénom", "Fonction", "Commune", "Province", "Téléphone", "E-mail", "Atelier", "Date d'inscription"]
HASSAN = ["Hassan AMRANI", "Président", "Tiznit", "Tiznit", "0600000101", "h@tiznit.example", "1", "14/03/2022"]
SALMA = ["Salma RIFI", "Conseillère", "Tafraout", None, "0600000102", "", "2", "15/03/2022"]


def names(rows: list[Any]) -> list[str]:
    return [row.name_ar or row.name_latin for row in rows]


def test_french_only_list_without_province() -> None:
    heading = [word for word in HEADING if word != "Province"]
    first = [value for n, value in enumerate(HASSAN) if n != 3]
    (row,) = rows_of(workbook(("Liste", [["RENCONTRE D'AGADIR"], [], heading, first])))
    assert (row.row, row.name_latin, row.category, row.body_code) == (4, "Hassan AMRANI", "president", "09.581.01.07")
    assert (row.phones, row.wishes, row.registered_on) == (["+212600000101"], ["1"], date(2022, 3, 14))


def test_columns_in_any_order_say_the_same() -> None:
    order = [7, 4, 2, 6, 0, 3, 5, 1]
    turned = [[line[n] for n in order] for line in (HEADING, HASSAN, SALMA)]
    straight = [row.as_json() for row in rows_of(workbook(("L", [HEADING, HASSAN, SALMA])))]
    assert [row.as_json() for row in rows_of(workbook(("L", turned)))] == straight


def test_two_row_heading_with_the_groups_below() -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(1, 0, 1, 1, "Participant")
        sheet.merge_range(1, 2, 1, 3, "Collectivité")
        sheet.merge_range(1, 4, 1, 5, "Contact")

    data = workbook(("L", [HEADING, [], HASSAN, SALMA]), change=merge)
    assert names(rows_of(data)) == ["Hassan AMRANI", "Salma RIFI"]


def test_two_row_heading_where_each_row_names_half() -> None:
    above = ["Nom et prénom", "Fonction", "Commune", "Province", "Contact", None, "Atelier", "Date d'inscription"]
    below = [None, None, None, None, "Téléphone", "E-mail", None, None]

    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(0, 4, 0, 5, "Contact")

    (row,) = rows_of(workbook(("L", [above, below, HASSAN]), change=merge))
    assert (row.row, row.phones, row.email, row.wishes) == (3, ["+212600000101"], "h@tiznit.example", ["1"])


def test_bilingual_heading_in_two_rows() -> None:
    arabic = ["الاسم الكامل", "الصفة", "الجماعة", "الإقليم", "الهاتف", "البريد الإلكتروني", "الورشة", "تاريخ التسجيل"]
    assert names(rows_of(workbook(("L", [arabic, HEADING, HASSAN])))) == ["Hassan AMRANI"]


def test_names_in_two_scripts_and_four_columns() -> None:
    heading = ["Prénom", "Nom", "الاسم الشخصي", "الاسم العائلي", "الجماعة"]
    (row,) = rows_of(workbook(("L", [heading, ["Hassan", "AMRANI", "حسن", "العمراني", "تيزنيت"]])))
    assert (row.name_latin, row.name_ar) == ("Hassan AMRANI", "حسن العمراني")


def test_nom_alone_is_the_whole_name_and_beside_prenom_the_family() -> None:
    (alone,) = guess_columns(read_workbook(workbook(("L", [["Nom", "Commune"], ["Hassan AMRANI", "Tiznit"]]))))
    (both,) = guess_columns(
        read_workbook(workbook(("L", [["Nom", "Prénom", "Ville"], ["AMRANI", "Hassan", "Tiznit"]])))
    )
    assert [column.field for column in alone.columns] == ["name", "body"]
    assert [column.field for column in both.columns] == ["family", "given", "body"]


@pytest.mark.parametrize(
    ("family", "given", "honorific", "name"),
    [
        ("Mme AIT TALEB", "Fatima", "Mme", "Fatima AIT TALEB"),
        ("د. بوشعيب", "عبد الرحيم", "د.", "عبد الرحيم بوشعيب"),
        ("Pr.TAZI", "Karim", "Pr.", "Karim TAZI"),
        ("Dr", "Ali AMRANI", "Dr", "Ali AMRANI"),
        ("HAJ", "Ali", "", "Ali HAJ"),
    ],
)
def test_form_of_address_before_the_family_name_is_none_of_the_names(
    family: str, given: str, honorific: str, name: str
) -> None:
    (row,) = rows_of(workbook(("L", [["Nom", "Prénom", "Commune"], [family, given, "Tiznit"]])))
    assert (row.honorific, row.name_latin or row.name_ar) == (honorific, name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_text_file_in_any_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    arabic = [
        "حسن العمراني",
        "رئيس المجلس الجماعي",
        "تيزنيت",
        "تيزنيت",
        "0600000101",
        "",
        "تقوية القدرات",
        "14/03/2022",
    ]
    (row,) = rows_of(delimited([HEADING, arabic], delimiter, encoding))
    assert (row.name_ar, row.category, row.body_code, row.wishes) == (
        "حسن العمراني", "president", "09.581.01.07", ["3"],
    )  # fmt: skip


def test_french_windows_text_file_with_separator_line() -> None:
    line = ["Zoé ÉTIENNE", "Élue", "Aït Melloul", "", "0600000101", "", "1", "14/03/2022"]
    data = b"sep=;\r\n" + delimited([HEADING, line], ";", "cp1252")
    (row,) = rows_of(data)
    assert (row.name_latin, row.category, row.body_code) == ("Zoé ÉTIENNE", "elected", "09.273.01.05")


def test_quoted_line_break_in_a_text_file_keeps_its_row() -> None:
    rows = rows_of(b'Nom complet,Commune\n"Hassan\nAMRANI",Tiznit\nSalma RIFI,Tafraout\n')
    assert [row.row for row in rows] == [2, 3]


def test_old_binary_format_with_a_hidden_sheet() -> None:
    analysis = analysed(DATA / "participants-old-format.xls")
    assert names(analysis.rows) == ["Hassan AMRANI", "Salma RIFI"]
    assert [row.body_code for row in analysis.rows] == ["09.581.01.07", "09.581.01.05"]
    assert analysis.rows[0].registered_on == date(2022, 3, 14)
    assert [each["state"] for each in analysis.summary["sheets"]] == ["read", "hidden"]


def test_open_document_with_hidden_column_struck_row_and_merged_province() -> None:
    style = (
        '<style:style style:name="ce1" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    )
    merged = (
        '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>Taroudant</text:p>'
        "</table:table-cell>"
    )
    content = (
        '<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>'
        + ods_row("Nom complet", "Commune", "Province", "Observations")
        + "<table:table-row><table:table-cell office:value-type='string'><text:p>Hassan AMRANI</text:p>"
        + "</table:table-cell><table:table-cell office:value-type='string'><text:p>Oulad Aissa</text:p>"
        + f"</table:table-cell>{merged}<table:table-cell office:value-type='string'><text:p>secret</text:p>"
        + "</table:table-cell></table:table-row>"
        + "<table:table-row><table:table-cell office:value-type='string' table:style-name='ce1'>"
        + "<text:p>Salma RIFI</text:p></table:table-cell><table:table-cell office:value-type='string'>"
        + "<text:p>Oulad Aissa</text:p></table:table-cell><table:covered-table-cell/></table:table-row>"
        + "<table:table-row table:number-rows-repeated='1048000'><table:table-cell/></table:table-row>"
    )
    first, second = rows_of(ods(content, styles=style))
    assert (first.body_code, second.body_code) == ("09.541.04.33", "09.541.04.33")
    assert (first.notes, second.status) == ("", "cancelled")


def test_hidden_sheet_and_column_are_read_only_when_mapped() -> None:
    def hide(book: Any, shown: Any, hidden: Any) -> None:
        hidden.hide()
        shown.set_column(4, 4, None, None, {"hidden": True})
        shown.set_row(2, None, None, {"hidden": True})

    sheets = (("Vue", [HEADING, HASSAN, SALMA]), ("Cachée", [HEADING, ["Caché CACHE", *HASSAN[1:]]]))
    data = workbook(*sheets, change=hide)
    rows = rows_of(data)
    assert names(rows) == ["Hassan AMRANI", "Salma RIFI"]
    assert rows[0].phones == []
    assert "hidden_row" in flags(rows[1])
    assert rows_of(data, mapping={"Vue": {"E": "phone"}})[0].phones == ["+212600000101"]
    assert "Caché CACHE" in names(rows_of(data, mapping={"Cachée": {1: "name"}}))


def test_users_choice_of_columns_wins_but_never_takes_an_identity_number() -> None:
    data = workbook(("L", [["Qui", "D'où", "CIN"], ["Hassan AMRANI", "Tiznit", "JB12345"]]))
    with pytest.raises(FileRefused, match="no_header"):
        rows_of(data)
    (row,) = [r for r in rows_of(data, mapping={"L": {"A": "name", "B": "body", "C": "notes"}}) if r.row == 2]
    assert (row.name_latin, row.body_code) == ("Hassan AMRANI", "09.581.01.07")
    assert "JB12345" not in str(row)


def test_identity_numbers_are_dropped_wherever_they_stand() -> None:
    rows = [
        ["Nom complet", "Commune", "Réf.", "Observations"],
        ["Hassan AMRANI", "Tiznit", "JB12345", ""],
        ["Salma RIFI", "Tafraout", "J654321", "CIN n° jb 998877"],
        ["Omar NACIRI K123456", "Agadir", "AB12345", ""],
    ]
    found = rows_of(workbook(("L", rows)))
    assert all("identity_number_dropped" in flags(row) for row in found)
    assert found[2].name_latin == "Omar NACIRI"
    assert not any(number in str(found) for number in ("JB12345", "J654321", "998877", "K123456"))


def test_groups_totals_and_repeated_headings_are_no_people() -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(1, 0, 1, 7, "Région Souss-Massa")

    lines = [
        HEADING,
        [],
        ["Omar NACIRI", "Élu", "Oulad Aissa", None, "0600000103", None, None, None],
        ["Sous-total", None, None, None, 1],
        HEADING,
        ["Ali FASSI", "Élu", "Oulad Aissa", None, "0600000104"],
        ["TOTAL GÉNÉRAL : 2"],
    ]
    first, second = rows_of(workbook(("L", lines), change=merge))
    assert (first.name_latin, first.body_code) == ("Omar NACIRI", "09.541.04.33")
    assert (second.row, second.body_match) == (6, "ambiguous")


def test_group_of_a_commune_stands_for_its_people() -> None:
    lines = [
        ["الاسم الكامل", "الصفة", "الهاتف"],
        ["جماعة تيزنيت"],
        ["حسن العمراني", "رئيس المجلس", "0600000101"],
        ["جماعة أكادير"],
        ["عمر الناصري", "موظف", "0600000102"],
    ]
    rows = rows_of(workbook(("L", lines)))
    assert [(row.row, row.body_code) for row in rows] == [(3, "09.581.01.07"), (5, "09.001.01.01")]


def test_ditto_marks_and_merged_cells_fill_down_but_contacts_do_not() -> None:
    def merge(book: Any, sheet: Any) -> None:
        sheet.merge_range(1, 1, 2, 1, "Tiznit")

    lines = [
        ["Nom complet", "Commune", "Fonction", "Tél"],
        ["Hassan AMRANI", None, "Conseiller", "0600000101"],
        ["Salma RIFI", None, '"', None],
        ["Omar NACIRI", "idem", "idem", None],
    ]
    rows = rows_of(workbook(("L", lines), change=merge))
    assert [row.body_code for row in rows] == ["09.581.01.07"] * 3
    assert [row.category for row in rows] == ["elected"] * 3
    assert [row.phones for row in rows] == [["+212600000101"], [], []]


def test_seats_without_a_person_are_reserved() -> None:
    lines = [
        ["الاسم الكامل", "الصفة", "الجماعة"],
        ["السيد والي جهة سوس ماسة", None, None],
        ["à désigner", "Président", "Tiznit"],
        [None, "كاتب المجلس", "أكادير"],
        ["ممثل وزارة الاقتصاد والمالية", None, None],
        ["M. le Gouverneur de la province de Tiznit", None, None],
    ]
    rows = rows_of(workbook(("L", lines)))
    assert [row.outcome for row in rows] == ["reserved"] * 5
    assert [row.category for row in rows] == [
        "authority_regional", "president", "elected", "central_admin", "authority_regional",
    ]  # fmt: skip
    assert (rows[0].body_code, rows[4].body_code) == ("09", "09.581")


def test_rank_before_the_name_is_split_off() -> None:
    lines = [
        ["الاسم الكامل", "الجماعة"],
        ["السيد رئيس جماعة أكادير أحمد بنعلي", None],
        ["السيد الوالي خاليد سفير", None],
        ["Dr.Ahmed TAZI, Vice-président", "Tiznit"],
        ["الوالي أحمد", "تيزنيت"],
    ]
    rows = rows_of(workbook(("L", lines)))
    assert names(rows) == ["أحمد بنعلي", "خاليد سفير", "Ahmed TAZI", "الوالي أحمد"]
    assert [row.honorific for row in rows] == ["السيد", "السيد الوالي", "Dr.", ""]
    assert [row.category for row in rows] == ["president", "authority_regional", "elected", ""]
    assert rows[0].body_code == "09.001.01.01"


def test_one_column_of_telephones_and_addresses_gives_both() -> None:
    heading = ["الاسم الكامل", "الجماعة", "رقم الهاتف / البريد الإلكتروني"]
    (row,) = rows_of(workbook(("L", [heading, ["محمد أوعلي", "بيوكرى", "0661.11.22.33 - M.Ouali@biougra.ma"]])))
    assert (row.phones, row.email, flags(row)) == (["+212661112233"], "m.ouali@biougra.ma", set())


def test_day_of_an_answer_is_a_date_and_no_status() -> None:
    heading = ["الاسم الكامل", "الجماعة", "تاريخ تأكيد الحضور", "الحالة"]
    (row,) = rows_of(workbook(("L", [heading, ["محمد أوعلي", "بيوكرى", "14/03/2022", "معتذر"]])))
    assert (row.registered_on.isoformat(), row.status) == ("2022-03-14", "declined")


def test_letter_of_address_without_its_full_stop_is_taken_off_a_whole_name_alone() -> None:
    names = [["ذ عبد السلام المنصوري"], ["ذ المنصوري"]]
    rows = rows_of(workbook(("L", [["الاسم الكامل", "الجماعة"], *([name, "أولوز"] for [name] in names)])))
    assert [(row.honorific, row.name_ar) for row in rows] == [("ذ", "عبد السلام المنصوري"), ("", "ذ المنصوري")]


@pytest.mark.parametrize("role", ["رئيس دائرة", "رئيسة قيادة ماسة", "رئيس الباشوية", "سلطة محلية", "Autorité locale"])
def test_head_of_a_local_authority_is_no_president_of_a_council(role: str) -> None:
    rows = rows_of(workbook(("L", [["الاسم الكامل", "الصفة", "الجماعة"], ["محمد أوعلي", role, "بيوكرى"]])))
    assert [row.category for row in rows] == ["territorial_admin"]


def test_authority_without_a_person_is_a_seat_kept() -> None:
    name = "السيدة القائدة رئيسة قيادة ماسة"
    (row,) = rows_of(workbook(("L", [["الاسم الكامل", "الجماعة"], [name, "ماسة"]])))
    assert (row.outcome, row.name_ar) == ("reserved", "")


def test_formula_without_a_stored_result_is_not_run_and_not_nothing() -> None:
    def formulas(_book: Any, sheet: Any) -> None:
        sheet.write_formula(1, 0, '=HYPERLINK("http://evil.example","Ali")', None, "")
        sheet.write_formula(2, 0, "=C3&D3", None, "")

    rows = rows_of(workbook(("L", [["Nom", "Commune"], [None, "Tiznit"], [None, "Tiznit"]]), change=formulas))
    assert [(row.outcome, flags(row)) for row in rows] == [("rejected", {"formula_in_name"})] * 2


def test_formulas_are_never_names() -> None:
    def write(book: Any, sheet: Any) -> None:
        sheet.write_formula(1, 0, '=HYPERLINK("http://evil.example","Ali")', None, "Ali BABA")
        sheet.write_formula(2, 0, "=1+1", None, 2)
        sheet.write_formula(3, 0, '=C4&" "&D4', None, "Hassan AMRANI")

    lines: list[list[Any]] = [["Nom complet", "Commune", "x", "y"], [None, "Tiznit"], [None, "Tiznit"]]
    lines += [
        [None, "Tiznit", "Hassan", "AMRANI"],
        ["＝1+1", "Tiznit"],
        ["\t@SUM(A1)", "Tiznit"],
        ["\u200f-2+3", "Tiznit"],
    ]
    rows = rows_of(workbook(("L", lines), change=write))
    assert [row.outcome for row in rows] == ["rejected", "rejected", "new", "rejected", "rejected", "rejected"]
    assert all("formula_in_name" in flags(row) for row in rows if row.outcome == "rejected")
    assert rows[2].name_latin == "Hassan AMRANI"


def test_row_without_a_name_is_rejected_and_one_of_a_template_skipped() -> None:
    lines = [HEADING, [None, None, "Tiznit", "Tiznit", "0600000101"], [None, None, "Agadir", None], HASSAN]
    rejected, hassan = rows_of(workbook(("L", lines)))
    assert (rejected.outcome, flags(rejected) >= {"name_missing"}, hassan.row) == ("rejected", True, 4)


def test_columns_of_crosses_are_wishes() -> None:
    lines = [
        ["Nom complet", "Commune", "Atelier 1", "Atelier 2", "Atelier 3"],
        ["Hassan AMRANI", "Tiznit", None, "x", None],
        ["Salma RIFI", "Tafraout", "2", None, "1"],
        ["Omar NACIRI", "Agadir", None, None, None],
    ]
    rows = rows_of(workbook(("L", lines)))
    assert [row.wishes for row in rows] == [["2"], ["3", "1"], []]
    assert "two_wishes" in flags(rows[1])
    assert "no_workshop" in flags(rows[2])


def test_two_columns_of_choices_are_ordered() -> None:
    lines = [["Nom complet", "Commune", "Choix 1", "Choix 2"], ["Hassan AMRANI", "Tiznit", "Coopération", "1"]]
    (row,) = rows_of(workbook(("L", lines)))
    assert row.wishes == ["2", "1"]


@pytest.mark.parametrize(
    ("dates", "read", "flag"),
    [
        (["05/04/2022"], None, "date_ambiguous"),
        (["05/04/2022", "25/03/2022"], date(2022, 4, 5), ""),
        (["05/04/2022", "25/03/2022", "03/18/2022"], None, "date_ambiguous"),
        (["31/02/2022"], None, "date_invalid"),
        (["12 شعبان 1443"], None, "date_hijri"),
        ([datetime(2022, 3, 14, 9, 30)], date(2022, 3, 14), ""),
        (["14/03/2012"], date(2012, 3, 14), "date_implausible"),
        (["14 mars"], date(2022, 3, 14), ""),
    ],
)
def test_dates_of_a_column_decide_each_other(dates: list[Any], read: date | None, flag: str) -> None:
    def format_dates(book: Any, sheet: Any) -> None:
        sheet.set_column(2, 2, 20, book.add_format({"num_format": "dd/mm/yyyy"}))
        for n, each in enumerate(dates):
            if isinstance(each, datetime):
                sheet.write_datetime(n + 1, 2, each, book.add_format({"num_format": "dd/mm/yyyy"}))

    lines = [["Nom complet", "Commune", "Date d'inscription"]]
    lines += [
        [f"Personne N{'abcdef'[n]}", "Tiznit", each if isinstance(each, str) else None] for n, each in enumerate(dates)
    ]
    row = rows_of(workbook(("L", lines), change=format_dates))[0]
    assert (row.registered_on, {f for f in flags(row) if f.startswith("date")}) == (read, {flag} if flag else set())


def test_status_and_remarks_say_who_does_not_come() -> None:
    lines = [
        ["Nom complet", "Commune", "Statut", "Observations"],
        ["Hassan AMRANI", "Tiznit", "Annulé", None],
        ["Salma RIFI", "Tafraout", None, "s'excuse, représentée par Omar NACIRI"],
        ["Ali FASSI", "Agadir", "مؤكد", "allergie aux arachides"],
    ]
    rows = rows_of(workbook(("L", lines)))
    assert [row.status for row in rows] == ["cancelled", "declined", "confirmed"]
    assert rows[1].represented_by == "Omar NACIRI"
    assert (rows[2].notes, "sensitive_dropped" in flags(rows[2])) == ("", True)


def test_quota_of_a_body_flags_the_rows_after_it() -> None:
    lines = [HEADING, HASSAN, ["Ali TIZNITI", *HASSAN[1:4], "0600000190"], ["Omar TIZNITI", *HASSAN[1:4], "0600000191"]]
    rows = rows_of(workbook(("L", lines)), seats={"id-09.581.01.07": 2})
    assert ["over_quota" in flags(row) for row in rows] == [False, False, True]


def test_wrong_province_and_unknown_body_are_told() -> None:
    lines = [
        HEADING,
        ["A BB", "Élu", "Agadir", "Nador"],
        ["C DD", "Élu", "Atlantide", None],
        ["E FF", "Élu", "Tafraoutt"],
    ]
    rows = rows_of(workbook(("L", lines)))
    assert "body_wrong_province" in flags(rows[0])
    assert (rows[1].body_match, "body_unknown" in flags(rows[1])) == ("none", True)
    assert (rows[2].body_match, "body_proposed" in flags(rows[2])) == ("proposed", True)


def test_code_of_a_commune_beats_its_name() -> None:
    lines = [
        ["Nom complet", "Code commune", "Commune"],
        ["Hassan AMRANI", "09.541.04.33", "Oulad Aissa"],
        ["Salma RIFI", 95410433, ""],
    ]
    rows = rows_of(workbook(("L", lines)))
    assert [(row.body_match, row.body_code) for row in rows] == [("code", "09.541.04.33")] * 2


def test_questions_of_an_online_form_are_headings() -> None:
    lines = [
        ["Horodateur", "Adresse e-mail", "Nom et prénom", "Votre commune ou organisme", "Votre qualité",
         "Numéro de téléphone (GSM)", "Quel atelier souhaitez-vous suivre ?"],
        ["14/03/2022 10:22:31", "a@b.example", "Mme Amina ZEROUALI", "Commune de Agadir", "Vice présidente",
         "+212 6-00-00-00-55", "Atelier 3 : Renforcement des capacités"],
    ]  # fmt: skip
    (row,) = rows_of(delimited(lines, ","))
    assert (row.name_latin, row.body_code, row.category) == ("Amina ZEROUALI", "09.001.01.01", "elected")
    assert (row.phones, row.wishes, row.registered_on) == (["+212600000055"], ["3"], date(2022, 3, 14))


def test_second_list_below_the_first_has_its_own_columns() -> None:
    lines = [
        ["Nom complet", "Commune", "Tél"],
        ["Ali FASSI", "Agadir", "0600000101"],
        [],
        ["Liste des élus"],
        ["Nom complet", "Tél", "Commune"],
        ["Omar NACIRI", "0600000102", "Tiznit"],
    ]
    rows = rows_of(workbook(("L", lines)))
    assert [(row.row, row.name_latin, row.body_code) for row in rows] == [
        (2, "Ali FASSI", "09.001.01.01"),
        (6, "Omar NACIRI", "09.581.01.07"),
    ]
    assert (rows[1].phones, rows[1].category) == (["+212600000102"], "elected")


def test_several_people_in_a_cell_and_a_cancelled_one_are_told() -> None:
    lines = [["Nom complet", "Commune"], ["M. et Mme TAZI", "Tiznit"], ["Ali FASSI + Omar TAZI", "Agadir"]]
    lines += [["(إلغاء) أحمد بناني", "أكادير"], ["Salma RIFI - annulée", "Agadir"]]
    rows = rows_of(workbook(("L", lines)))
    assert ["several_names" in flags(row) for row in rows] == [True, True, False, False]
    assert [row.status for row in rows] == ["", "", "cancelled", "cancelled"]
    assert names(rows[2:]) == ["أحمد بناني", "Salma RIFI"]


def test_body_inside_another_is_the_one_meant() -> None:
    lines = [
        ["Nom complet", "Organisme"],
        ["A BB", "Ministère de l'Intérieur (DGCT)"],
        ["C DD", "Souss-Massa - Agadir"],
    ]
    lines += [["E FF", "Province de Taroudant - Oulad Aissa"]]
    rows = rows_of(workbook(("L", lines)))
    assert [row.body_id for row in rows] == ["id-dgct", "id-09.001.01.01", "id-09.541.04.33"]
