"""Every code on a planted row, and beside it the near miss that must stay as it is."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from payung.rules.roster.catalogue import catalogue
from payung.rules.roster.checking import Checked, check
from payung.rules.roster.reading import read
from payung.rules.roster.sentences import sentence_of
from tests.rules.roster import books
from tests.rules.roster.books import Value

ON = date(2022, 10, 1)
COMPANY = 12


def of(number: int, **changes: Any) -> list[Value]:
    return books.person(number, **{name.replace("LP", "L/P"): value for name, value in changes.items()})


def nik_of(number: int) -> str:
    return str(books.person(number)[1])


def checked(path: Path, rows: list[list[Value]], membership_class: str = "PU", place: str = "32.73") -> Checked:
    file = books.xlsx(path / "a.xlsx", [list(books.HEADING), *rows])
    return check(read(file), on=ON, membership_class=membership_class, place=place)


def found_on_last(path: Path, row: list[Value], membership_class: str = "PU") -> tuple[list[str], str, dict[str, Any]]:
    """Codes, verdict and values of `row` after twelve clean people, who must stay without a finding."""
    answer = checked(path, [*(of(number) for number in range(1, COMPANY + 1)), row], membership_class)
    last = COMPANY + 2
    assert answer.findings.filter(pl.col("row") < last).is_empty()
    assert answer.rows["verdict"].to_list()[1:-1] == ["clean"] * COMPANY
    codes = answer.findings.filter(pl.col("row") == last)["code"].to_list()
    values = answer.rows.row(-1, named=True)
    return codes, values["verdict"], values


N = nik_of(13)
BORN = books.person(13)[4]
PLANTED: list[tuple[str, dict[str, Any], str, list[str]]] = [
    ("PU", {"NIK": None}, "human", ["nik_missing"]),
    ("PU", {"NIK": "-"}, "human", ["nik_missing"]),
    ("PU", {"NIK": "belum ada"}, "human", ["nik_missing"]),
    ("PU", {"NIK": int(N[:15] + "0")}, "human", ["nik_precision_lost"]),
    ("PU", {"NIK": int(N[:12] + "0000")}, "human", ["nik_precision_lost"]),
    ("PU", {"NIK": 9171011208909003}, "human", ["nik_number_too_large"]),
    ("PU", {"NIK": "3,27302E+15"}, "human", ["nik_scientific"]),
    ("PU", {"NIK": N[:12] + "0000"}, "human", ["nik_serial_zero"]),
    ("PU", {"NIK": N[:15]}, "human", ["nik_length"]),
    ("PU", {"NIK": N + "1"}, "human", ["nik_length"]),
    ("PU", {"NIK": int(N[:15])}, "human", ["nik_length"]),
    ("PU", {"NIK": N.replace("0", "O", 1)}, "human", ["nik_letters"]),
    ("PU", {"NIK": f"{N} / 3273024507859002"}, "human", ["nik_two_in_cell"]),
    ("PU", {"NIK": N[:8] + "13" + N[10:]}, "human", ["nik_birth_impossible"]),
    ("PU", {"NIK": "329999" + N[6:]}, "clean", ["nik_region_unknown"]),
    ("PU", {"NIK": "'" + N}, "repaired", ["nik_cleaned"]),
    ("PU", {"NIK": f"{N[:4]} {N[4:8]} {N[8:12]} {N[12:]}"}, "repaired", ["nik_cleaned"]),
    ("PU", {"TANGGAL LAHIR": "14-09-1983"}, "human", ["nik_birth_mismatch"]),
    ("PU", {"TANGGAL LAHIR": date(1983, 9, 14)}, "human", ["nik_birth_mismatch"]),
    ("PU", {"LP": "P"}, "human", ["nik_sex_mismatch"]),
    ("PU", {"NAMA": None}, "reject", ["name_missing"]),
    ("PU", {"NAMA": "ASEP (ALM)"}, "human", ["name_unreadable"]),
    ("PU", {"NAMA": "ASEP  SUNANDAR"}, "repaired", ["name_cleaned"]),
    ("PU", {"NAMA": "13. ASEP SUNANDAR"}, "repaired", ["name_cleaned"]),
    ("PU", {"NAMA": "H. ASEP SUNANDAR, S.Pd"}, "repaired", ["name_titles"]),
    ("PU", {"NAMA": "ASEP SUNANDAR alias UJANG"}, "human", ["name_alias"]),
    ("PU", {"NAMA": "ASEP BIN SUNANDAR"}, "clean", ["name_bin"]),
    ("PU", {"TANGGAL LAHIR": None}, "clean", ["birth_date_missing"]),
    ("BPU", {"TANGGAL LAHIR": None}, "human", ["birth_date_missing"]),
    ("PU", {"TANGGAL LAHIR": None, "NIK": None}, "human", ["nik_missing", "birth_date_missing"]),
    ("PU", {"TANGGAL LAHIR": "31-02-1980"}, "human", ["birth_date_impossible"]),
    ("PU", {"TANGGAL LAHIR": "LUPA"}, "human", ["birth_date_impossible"]),
    ("PU", {"TANGGAL LAHIR": date(2083, 2, 26)}, "human", ["birth_date_impossible"]),
    ("PU", {"TANGGAL LAHIR": "1980"}, "human", ["birth_date_impossible"]),
    ("PU", {"TANGGAL LAHIR": "03/04/1980", "NIK": None}, "human", ["nik_missing", "birth_date_ambiguous"]),
    ("PU", {"TANGGAL LAHIR": "03/04/1980"}, "human", ["birth_date_ambiguous"]),
    ("PU", {"TANGGAL LAHIR": "26 Februari 1983", "NIK": "3273022602839013"}, "repaired", ["birth_date_text"]),
    ("PU", {"TANGGAL LAHIR": "26/02/1983", "NIK": "3273022602839013"}, "repaired", ["birth_date_text"]),
    ("PU", {"TANGGAL LAHIR": 30373, "NIK": "3273022602839013"}, "repaired", ["birth_date_serial"]),
    ("PU", {"TANGGAL LAHIR": "03/04/1980", "NIK": "3273020304809013"}, "repaired", ["birth_date_settled_by_nik"]),
    ("PU", {"TANGGAL LAHIR": "03/04/1980", "NIK": "3273020403809013"}, "repaired", ["birth_date_settled_by_nik"]),
    ("PU", {"TANGGAL LAHIR": "26-02-83", "NIK": "3273022602839013"}, "repaired", ["birth_date_settled_by_nik"]),
    ("PU", {"TANGGAL LAHIR": f"Cirebon, {BORN}", "TEMPAT LAHIR": None}, "repaired", ["birth_place_split"]),
    ("BPU", {"TANGGAL LAHIR": "01-10-1957", "NIK": "3273020110579013"}, "reject", ["age_limit"]),
    ("PU", {"TANGGAL LAHIR": "02-10-2005", "NIK": "3273020210059013"}, "human", ["age_too_young"]),
    ("PU", {"LP": None}, "clean", ["sex_missing"]),
    ("PU", {"LP": "?", "NIK": None}, "human", ["nik_missing", "sex_unreadable"]),
    ("PU", {"LP": "?"}, "repaired", ["sex_cleaned"]),
    ("PU", {"LP": "Laki-laki"}, "repaired", ["sex_cleaned"]),
    ("PU", {"LP": "Lk"}, "repaired", ["sex_cleaned"]),
    ("PU", {"LP": 1}, "repaired", ["sex_number"]),
    ("PU", {"LP": "l"}, "repaired", ["sex_cleaned"]),
    ("PU", {"GAJI": None}, "clean", ["wage_missing"]),
    ("PU", {"GAJI": 0}, "clean", ["wage_missing"]),
    ("PU", {"GAJI": "31,00"}, "human", ["wage_unreadable"]),
    ("PU", {"GAJI": 2.5}, "human", ["wage_unreadable"]),
    ("PU", {"GAJI": "2.500"}, "human", ["wage_unreadable"]),
    ("PU", {"GAJI": "sesuai UMK"}, "human", ["wage_unreadable"]),
    ("PU", {"GAJI": "Rp 2.500.000,-"}, "repaired", ["wage_cleaned"]),
    ("PU", {"GAJI": "2.5 jt"}, "repaired", ["wage_cleaned"]),
    ("PU", {"GAJI": 1_000_000_001}, "human", ["wage_too_large"]),
    ("PU", {"KECAMATAN": "Sumedang Utara"}, "clean", ["place_unknown"]),
    ("PU", {"KELURAHAN": "Antah Berantah"}, "clean", ["place_unknown"]),
    ("PU", {"KECAMATAN": "Cob long"}, "repaired", ["place_cleaned"]),
    ("PU", {"NIK": '-"-'}, "human", ["ditto_mark"]),
    ("PU", {"NAMA": "sda"}, "human", ["ditto_mark"]),
    ("PU", {"TANGGAL LAHIR": "″"}, "human", ["ditto_mark"]),
    ("PU", {"LP": '"'}, "human", ["ditto_mark"]),
    ("PU", {"GAJI": "idem"}, "human", ["ditto_mark"]),
    ("PU", {"JABATAN": '"'}, "repaired", ["ditto_mark"]),
    ("PU", {"KECAMATAN": "s.d.a"}, "repaired", ["ditto_mark"]),
    ("PU", {"JABATAN": '=HYPERLINK("http://contoh.invalid","Staf")'}, "clean", ["formula_text"]),
    ("PU", {"NAMA": "=1+1"}, "human", ["formula_text", "name_unreadable"]),
]


@pytest.mark.parametrize(("membership_class", "changes", "verdict", "codes"), PLANTED)
def test_planted(
    tmp_path: Path, membership_class: str, changes: dict[str, Any], verdict: str, codes: list[str]
) -> None:
    found, got, _ = found_on_last(tmp_path, of(13, **changes), membership_class)
    assert (sorted(found), got) == (sorted(codes), verdict)


NEAR_MISSES: list[tuple[str, dict[str, Any]]] = [
    ("text that ends in 0", {"NIK": N[:15] + "0"}),
    ("a woman's day", {"NIK": "3273026602839013", "TANGGAL LAHIR": "26-02-1983", "LP": "P"}),
    ("a number that ends in another digit", {"NIK": int(nik_of(14)[:15] + "3"), "TANGGAL LAHIR": books.person(14)[4]}),
    ("a real date cell", {"TANGGAL LAHIR": date(1983, 2, 26), "NIK": "3273022602839013"}),
    ("dd-mm-yyyy with small numbers", {"TANGGAL LAHIR": "03-04-1980", "NIK": "3273020304809013"}),
    ("ISO", {"TANGGAL LAHIR": "1980-04-03", "NIK": "3273020304809013"}),
    ("leap day of 2000", {"TANGGAL LAHIR": "29-02-2000", "NIK": "3273022902009013"}),
    ("one word", {"NAMA": "SUHERMAN"}),
    ("a name with bin inside", {"NAMA": "ROBIN ALBINTORO"}),
    ("Muh.", {"NAMA": "Muh. Yusuf"}),
    ("M.", {"NAMA": "M. YUSUF"}),
    ("apostrophe", {"NAMA": "Nur'aeni"}),
    ("title case", {"NAMA": "Asep Sunandar"}),
    ("initial at the end", {"NAMA": "ASEP H."}),
    ("a name that begins like a title", {"NAMA": "DRAJAT IRAWAN"}),
    ("wage as text of digits", {"GAJI": "2500000"}),
    ("wage at the limit", {"GAJI": 1_000_000_000}),
    ("a small wage", {"GAJI": 150000}),
    ("place in capitals with its kind", {"KECAMATAN": "KEC. COBLONG", "KELURAHAN": "Kel. Dago"}),
    ("no job", {"JABATAN": "-"}),
    ("job with a dash inside", {"JABATAN": "Staf - administrasi"}),
    ("17 on the very day", {"TANGGAL LAHIR": "01-10-2005", "NIK": "3273020110059013"}),
    ("65 as PU", {"TANGGAL LAHIR": "01-10-1957", "NIK": "3273020110579013"}),
    ("no village", {"KELURAHAN": None}),
]


@pytest.mark.parametrize(("what", "changes"), NEAR_MISSES)
def test_near_misses_stay_clean(tmp_path: Path, what: str, changes: dict[str, Any]) -> None:
    found, verdict, _ = found_on_last(tmp_path, of(13, **changes))
    assert (found, verdict) == ([], "clean"), what


def test_a_bpu_member_one_day_before_65_is_clean(tmp_path: Path) -> None:
    row = of(13, **{"TANGGAL LAHIR": "02-10-1957", "NIK": "3273020210579013"})
    assert found_on_last(tmp_path, row, "BPU")[:2] == ([], "clean")


def test_every_code_is_planted_somewhere() -> None:
    elsewhere = {
        "header_missing", "sheet_hidden", "row_hidden", "duplicate_row", "nik_shared", "place_ambiguous",
        "kk_unreadable", "kpj_unreadable", "nip_unreadable", "start_date_unreadable", "sex_pria", "nik_column_suspect",
        "kpj_shared", "married_cleaned", "married_unreadable", "place_twin", "place_twin_settled", "place_elsewhere",
        "member_since_unreadable", "paid_until_unreadable",
    }  # fmt: skip
    planted = {code for *_, codes in PLANTED for code in codes}
    in_updates = {code for code in catalogue() if code.startswith("update_")}
    assert planted | elsewhere | in_updates == set(catalogue())


def test_repairs_give_the_right_values(tmp_path: Path) -> None:
    row = of(
        13, NIK="'3273020403809013", NAMA="1. H.  ASEP", LP="Laki-laki", GAJI="Rp 2.500.000,-", KECAMATAN="Cob long",
        JABATAN="sda", **{"TANGGAL LAHIR": "03/04/1980"},
    )  # fmt: skip
    _, verdict, values = found_on_last(tmp_path, row)
    assert verdict == "repaired"
    assert values["nik"] == "3273020403809013" and values["birth_date"] == date(1980, 3, 4)
    assert (values["name"], values["titles"], values["sex"], values["wage"]) == ("ASEP", "H.", "L", 2500000)
    assert (values["job"], values["kecamatan"], values["kecamatan_code"]) == ("PRAMUBAKTI", "Coblong", "32.73.02")
    assert (values["desa"], values["desa_code"]) == ("Dago", "32.73.02.1004")


def test_what_a_human_must_decide_is_not_filled_in(tmp_path: Path) -> None:
    row = of(13, NIK=N.replace("0", "O", 1), GAJI="2.5", **{"TANGGAL LAHIR": "03/04/1980"})
    _, _, values = found_on_last(tmp_path, row)
    assert values["nik"] == N.replace("0", "O", 1)
    assert values["birth_date"] is None and values["wage"] is None


class TestNumbersThatKeptTheirDigits:
    """A sheet whose numbers end in 0 as seldom as chance has it was not typed into Excel."""

    def rows(self, ending_in_zero: int, others: int) -> list[list[Value]]:
        endings = [0] * ending_in_zero + [1 + number % 9 for number in range(others)]
        return [of(n, NIK=int(nik_of(n)[:15] + str(ending))) for n, ending in enumerate(endings, 1)]

    def test_kept(self, tmp_path: Path) -> None:
        answer = checked(tmp_path, self.rows(3, 27))
        assert answer.findings.is_empty()

    def test_lost(self, tmp_path: Path) -> None:
        answer = checked(tmp_path, self.rows(12, 10))
        assert answer.findings["code"].to_list() == ["nik_precision_lost"] * 12

    def test_too_few_to_show_it(self, tmp_path: Path) -> None:
        answer = checked(tmp_path, self.rows(1, 4))
        assert answer.findings["code"].to_list() == ["nik_precision_lost"]

    def test_text_made_out_of_such_numbers(self, tmp_path: Path) -> None:
        rows = [of(n, NIK=nik_of(n)[:15] + ("0" if n % 2 else nik_of(n)[15])) for n in range(1, 61)]
        answer = checked(tmp_path, rows)
        assert set(answer.findings["code"]) == {"nik_column_suspect"} and answer.findings.height >= 30


class TestOneNikOnSeveralRows:
    def codes(self, path: Path, *rows: list[Value]) -> list[tuple[int, str]]:
        answer = checked(path, list(rows))
        return [
            (row, code) for row, code in answer.findings.select("row", "code").rows() if code in self.about_duplicates
        ]

    about_duplicates = ("duplicate_row", "nik_shared")

    def test_the_same_person_again(self, tmp_path: Path) -> None:
        again = of(1, NAMA="H. " + str(of(1)[2]), JABATAN="SOPIR")
        assert self.codes(tmp_path, of(1), of(2), again, of(1)) == [(4, "duplicate_row"), (5, "duplicate_row")]

    def test_the_same_person_misspelt(self, tmp_path: Path) -> None:
        assert self.codes(tmp_path, of(1), of(1, NAMA=str(of(1)[2])[:-1])) == [(3, "duplicate_row")]

    def test_somebody_else_for_whom_it_does_not_fit(self, tmp_path: Path) -> None:
        for rows in ((of(1), of(2, NIK=nik_of(1))), (of(2, NIK=nik_of(1)), of(1))):
            row = 2 if rows[0][1] != nik_of(1) or rows[0][2] != of(1)[2] else 3
            assert self.codes(tmp_path, *rows) == [(row, "nik_shared")]

    def test_nobody_can_tell(self, tmp_path: Path) -> None:
        twin = of(1, NAMA="RINI WULANDARI")
        assert self.codes(tmp_path, of(1), twin) == [(2, "nik_shared"), (3, "nik_shared")]
        neither = [of(n, NIK="3273021708999001") for n in (1, 2)]
        assert self.codes(tmp_path, *neither) == [(2, "nik_shared"), (3, "nik_shared")]

    def test_sex_tells_too(self, tmp_path: Path) -> None:
        woman = of(1, NAMA="RINI WULANDARI", LP="P")
        assert self.codes(tmp_path, of(1), woman) == [(3, "nik_shared")]

    def test_damaged_niks_are_not_compared(self, tmp_path: Path) -> None:
        lost = int(nik_of(1)[:15] + "0")
        assert self.codes(tmp_path, of(1, NIK=lost), of(2, NIK=lost)) == []

    def test_a_filler_on_many_people(self, tmp_path: Path) -> None:
        rows = [of(n, NIK="3273021708999001") for n in range(1, 61)]
        assert self.codes(tmp_path, *rows) == [(n + 1, "nik_shared") for n in range(1, 61)]


def test_old_lists_write_p_for_pria(tmp_path: Path) -> None:
    women = [of(n, NIK=f"{nik_of(n)[:6]}{int(nik_of(n)[6:8]) + 40}{nik_of(n)[8:]}", LP="W") for n in (1, 2)]
    answer = checked(tmp_path, [*women, of(3, LP="P"), of(4, LP="P", NIK=None), of(5, LP="W")])
    sexes = answer.findings.filter(pl.col("field") == "sex").select("row", "code").rows()
    assert sexes == [
        (2, "sex_cleaned"), (3, "sex_cleaned"), (4, "sex_pria"), (5, "sex_unreadable"), (6, "nik_sex_mismatch"),
    ]  # fmt: skip
    assert answer.rows["sex"].to_list()[1:4] == ["P", "P", "L"]


def test_villages_of_one_name_in_several_kecamatan(tmp_path: Path) -> None:
    rows = [of(1, KECAMATAN=None, KELURAHAN="Karanganyar"), of(2, KECAMATAN="Karangkobar", KELURAHAN="Karangkobar")]
    answer = checked(tmp_path, rows, place="33.04")
    assert answer.findings.select("row", "code").rows() == [(2, "place_ambiguous")]
    assert answer.rows["desa_code"][2].startswith("33.04.")


def test_without_a_place_names_are_taken_as_written(tmp_path: Path) -> None:
    file = books.xlsx(tmp_path / "a.xlsx", [list(books.HEADING), of(1, KECAMATAN="Mana Saja")])
    answer = check(read(file), on=ON, membership_class="PU")
    assert answer.findings.is_empty() and answer.rows["kecamatan"][1] == "Mana Saja"
    with pytest.raises(LookupError):
        check(read(file), on=ON, membership_class="PU", place="32.99")


def test_days_of_membership_and_months_paid_are_read_or_said(tmp_path: Path) -> None:
    heading = ["NIK", "Nama", "Tgl Lahir", "Peserta sejak", "Lunas sampai bulan"]
    told = [("05-06-2015", "September 2022"), ("05-06-2015", "09/2022"), ("05-06-2015", "202209"),
            ("05-06-2015", "30-09-2022"), ("05/06/2015", "13-2022"), (None, None)]  # fmt: skip
    rows: list[list[Value]] = [[*heading]]
    rows += [[nik_of(number), f"ASEP {number * 'A'}", of(number)[4], *cells] for number, cells in enumerate(told, 1)]
    answer = check(read(books.xlsx(tmp_path / "a.xlsx", rows)), on=ON, membership_class="PU")
    days = answer.rows.slice(1).select("member_since", "paid_until").rows()
    assert days[:4] == [(date(2015, 6, 5), date(2022, 9, 1))] * 4
    assert days[4:] == [(None, None), (None, None)]
    codes = answer.findings.filter(pl.col("field").is_in(["member_since", "paid_until"]))
    assert codes.select("row", "code").rows() == [(6, "member_since_unreadable"), (6, "paid_until_unreadable")]


def test_other_numbers_only_warn(tmp_path: Path) -> None:
    heading = ["NIK", "Nama", "Tgl Lahir", "No KK", "KPJ", "NIP", "TMT"]
    person = [nik_of(1), "ASEP", of(1)[4]]
    rows: list[list[Value]] = [
        [*heading],
        [*person, 3273021208109010, "123", "12", "05/06/2015"],
        [*[nik_of(2), "UJANG", of(2)[4]], "-", "belum ada", None, "05-06-2015"],
    ]
    answer = check(read(books.xlsx(tmp_path / "a.xlsx", rows)), on=ON, membership_class="PU")
    assert sorted(answer.findings.select("row", "code").rows()) == [
        (2, "kk_unreadable"), (2, "kpj_unreadable"), (2, "nip_unreadable"), (2, "start_date_unreadable"),
    ]  # fmt: skip
    assert answer.rows["verdict"].to_list() == ["not_a_person", "clean", "clean"]
    assert answer.rows.select("kk", "kpj", "nip").row(1) == (None, None, None)


def test_findings_say_where(tmp_path: Path) -> None:
    answer = checked(tmp_path, [of(1), of(2, NIK="'" + nik_of(2), NAMA="H. ASEP")])
    assert answer.findings.select("sheet", "row", "column", "field", "code", "value", "suggestion").rows() == [
        ("Data", 3, "B", "nik", "nik_cleaned", "'" + nik_of(2), nik_of(2)),
        ("Data", 3, "C", "name", "name_titles", "H. ASEP", "ASEP"),
    ]


def test_a_kpj_on_two_niks(tmp_path: Path) -> None:
    rows: list[list[Value]] = [["NIK", "Nama", "Tgl Lahir", "KPJ"]]
    rows += [
        [*of(number)[1:3], of(number)[4], kpj] for number, kpj in ((1, "22012345678"), (2, "22012345678"), (3, None))
    ]
    answer = check(read(books.xlsx(tmp_path / "a.xlsx", rows)), on=ON, membership_class="PU")
    assert answer.findings.select("row", "code", "value").rows() == [(3, "kpj_shared", "22012345678")]
    assert "baris 2" in sentence_of(answer.findings.row(0, named=True))


@pytest.mark.parametrize(
    ("written", "place", "kabkota", "code", "found"),
    [
        ("BANDUNG", "32.73", "Kota Bandung", "32.73", ["place_twin_settled"]),
        ("Bandung", "32.04", "Kabupaten Bandung", "32.04", ["place_twin_settled"]),
        ("BANDUNG", None, "BANDUNG", None, ["place_twin"]),
        ("Sukabumi", "32.73", "Sukabumi", None, ["place_twin"]),
        ("Kota Bandung", "32.73", "Kota Bandung", "32.73", []),
        ("Kab. Bandung", "32.73", "Kabupaten Bandung", "32.04", ["place_elsewhere"]),
        ("3273", "32.73", "Kota Bandung", "32.73", []),
        ("3216", "32.73", "Kabupaten Bekasi", "32.16", ["place_elsewhere"]),
        ("Antah Berantah", "32.73", "Antah Berantah", None, ["place_unknown"]),
    ],
)
def test_twins_are_told_apart_by_code(
    tmp_path: Path, written: str, place: str | None, kabkota: str, code: str | None, found: list[str]
) -> None:
    rows: list[list[Value]] = [["NIK", "Nama", "Tgl Lahir", "Kabupaten/Kota"], [*of(1)[1:3], of(1)[4], written]]
    answer = check(read(books.xlsx(tmp_path / "a.xlsx", rows)), on=ON, membership_class="PU", place=place)
    assert answer.findings["code"].to_list() == found
    assert answer.rows.select("kabkota", "kabkota_code").row(1) == (kabkota, code)
    assert all(sentence_of(finding) for finding in answer.findings.iter_rows(named=True))


@pytest.mark.parametrize(
    ("written", "married", "found"),
    [
        ("Y", "Y", []), ("T", "T", []), ("K", "Y", ["married_cleaned"]), ("TK", "T", ["married_cleaned"]),
        ("Kawin", "Y", ["married_cleaned"]), ("Cerai Mati", "T", ["married_cleaned"]),
        ("K/2", "Y", ["married_cleaned"]), ("TK/0", "T", ["married_cleaned"]), ("?", None, ["married_unreadable"]),
        ("mungkin", None, ["married_unreadable"]), (None, None, []),
    ],
)  # fmt: skip
def test_marital_status(tmp_path: Path, written: str | None, married: str | None, found: list[str]) -> None:
    rows: list[list[Value]] = [["NIK", "Nama", "Tgl Lahir", "Status Kawin"], [*of(1)[1:3], of(1)[4], written]]
    answer = check(read(books.xlsx(tmp_path / "a.xlsx", rows)), on=ON, membership_class="PU")
    assert (answer.findings["code"].to_list(), answer.rows["married"][1]) == (found, married)
    assert answer.rows["verdict"][1] in ("clean", "repaired")
