"""The commands around the law: other classes, two days of knowledge, changes, doubts, export, try."""

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from payung.doors.cli.main import main
from payung.rules.law.columns import AMOUNTS
from payung.rules.law.records import FIELDS
from payung.rules.law.tables import table, table_names

Law = Callable[..., tuple[int, str, str]]
CASE = """
[[case]]
id = "E1"
class = "BPU"
wage = 1_000_000
month = "2024-06"
payer = "APBD"
expect = { jkk = 10_000, total = 16_800 }
reasoning = "1 % of 1,000,000 and 6,800."

[[case]]
id = "E24"
kind = "jkk-death"
wage = 1_787_500
on = 2021-11-03
expect = { total = 107_800_000 }
reasoning = "48 x and 22,000,000."

[[case]]
id = "june-2015"
class = "PU"
wage = 1
month = "2015-06"
refused = "month_too_early"
reasoning = "Before the law."
"""


@pytest.fixture
def law(capsys: pytest.CaptureFixture[str]) -> Law:
    def ask(*words: str) -> tuple[int, str, str]:
        status = main(["law", *words])
        return (status, *capsys.readouterr())

    return ask


@pytest.mark.parametrize(
    ("words", "total", "wage"),
    [
        ("--class JAKON --contract-value 80000000 --month 2024-05", 192_000, None),
        ("--class jakon --wage 3000000 --month 2024-05", 61_200, 3_000_000),
        ("--class PMI --package 24 --route agency --month 2024-05", 370_000, None),
        ("--class PMI --package 12 --route individual --extra-months 3 --month 2024-05", 229_500, None),
        ("--class INTERN --daily-wage 120000 --group 3 --month 2024-05", 35_700, 3_000_000),
        ("--class INTERN --policy UMK --place 32.73 --month 2026-06 --payer APBD", 25_583, 4_737_678),
    ],
)
def test_the_other_classes(law: Law, words: str, total: int, wage: int | None) -> None:
    status, out, err = law("owed", *words.split(), "--json")
    data = json.loads(out)
    assert (status, err, data["total"], data["wage"]) == (0, "", total, wage)
    last_steps = [sum(step["value"] for step in one["steps"][-1:]) for one in data["programmes"].values()]
    assert sum(last_steps) == total or "PMI" in words
    assert law("owed", *words.split())[0] == 0


def test_a_package_names_what_was_asked(law: Law) -> None:
    words = "--class PMI --package 6 --route agency --month 2024-05 --json"
    data = json.loads(law("owed", *words.split())[1])
    asked = {name: data[name] for name in ("package", "route", "extra_months", "jht_monthly", "wage")}
    assert asked == {"package": 6, "route": "agency", "extra_months": 0, "jht_monthly": 0, "wage": None}
    assert list(data["programmes"]) == ["JKK+JKM"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--class PU --contract-value 1 --month 2024-05", "JAKON"),
        ("--class JAKON --contract-value 1 --month 2024-05 --group 1", "--group"),
        ("--class PMI --month 2024-05", "--package"),
        ("--class PMI --package 6 --route agency --wage 1 --month 2024-05", "--wage"),
        ("--class PU --package 6 --wage 1 --month 2024-05", "--package"),
        ("--class PU --daily-wage 1 --wage 1 --month 2024-05", "satu saja"),
        ("--class PU --policy UMK --month 2024-05", "--place"),
        ("--class PU --policy UMR --place 32.73 --month 2024-05", "UMP atau UMK"),
        ("--class PU --daily-wage 1,5 --month 2024-05", "rupiah bulat"),
        ("--class PU --wage 1 --month 2024-05 --compared-to 2024-01-01", "--compared-to"),
    ],
)
def test_words_that_do_not_go_together(law: Law, words: str, told: str) -> None:
    status, out, err = law("owed", *words.split())
    assert (status, out, told in err) == (2, "", True), err


def test_a_list_compared(law: Law, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(
        "id,class,wage,month,programmes,payer,sector\n"
        "1,PU,10000000,2025-08,JKK,employer,labour_intensive\n2,PU,10000000,2025-08,JKK,employer,other\n"
    )
    out = tmp_path / "out.csv"
    status, _, _ = law(
        "owed", "--file", str(tmp_path / "people.csv"), "--out", str(out),
        "--known-on", "2025-08-31", "--compared-to", "2025-09-30",
    )  # fmt: skip
    answered = pl.read_csv(out)
    assert status == 0
    assert answered.columns[7:] == [*AMOUNTS, *(f"{name}_then" for name in AMOUNTS), "difference", "changed"]
    assert answered["difference"].to_list() == [12_000, 0]
    assert answered["changed"].to_list() == ["reliefs/PP36-2025/JKK@2025-08", None]


def test_a_column_called_changed_is_the_lists_own_unless_compared(law: Law, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("class,wage,month,programmes,changed\nPU,1,2025-08,JKK,x\n")
    words = ["owed", "--file", str(tmp_path / "people.csv"), "--out", str(tmp_path / "out.csv")]
    assert law(*words)[0] == 0
    assert law(*words, "--compared-to", "2025-08-01")[0] == 2


def test_changes(law: Law) -> None:
    status, out, _ = law("changes", "--from", "2026-03-01", "--to", "2026-03-31", "--json")
    (ceiling,) = json.loads(out)
    assert (status, ceiling["row"], ceiling["what"]) == (0, "jp_ceiling@2026-03", "begins")
    assert (ceiling["before"], ceiling["after"], ceiling["known_from"]) == ("10547400", "11086300", "2026-02-25")
    assert (
        "2026-03-01  mulai  Batas atas upah JP: 10547400 -> 11086300"
        in law("changes", "--from", "2026-03-01", "--to", "2026-03-31")[1]
    )
    ended = json.loads(law("changes", "--from", "2026-02-01", "--to", "2026-02-01", "--json")[1])
    assert ("reliefs/PP36-2025/JKK@2025-08", "ends") in {(change["row"], change["what"]) for change in ended}
    assert "Tidak ada perubahan" in law("changes", "--from", "2026-03-02", "--to", "2026-03-31")[1]


@pytest.mark.parametrize(("first", "last"), [("2026-13-01", "2026-12-31"), ("2026-02-01", "2026-01-01")])
def test_a_span_that_is_none(law: Law, first: str, last: str) -> None:
    assert law("changes", "--from", first, "--to", last)[0] == 2


def test_doubts(law: Law) -> None:
    status, out, _ = law("doubts", "--json", "--reading", "rounding=up")
    found = {doubt["id"]: doubt for doubt in json.loads(out)}
    assert status == 0
    assert (found["rounding"]["kind"], found["rounding"]["used"]) == ("reading", "up")
    assert found["jp_ceiling@2021-03"]["certainty"] == "derived"
    assert "--reading pp50-tpp=private|excluded  [private]" in law("doubts")[1]
    assert law("doubts", "--reading", "rounding=sideways")[0] == 2


def test_export_is_the_tables_and_says_so_twice_alike(law: Law, tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    assert law("export", "--out", str(first))[0] == law("export", "--out", str(second))[0] == 0
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert all((first / path).read_bytes() == (second / path).read_bytes() for path in files)
    assert len(files) == 2 * len(table_names()) + 3
    schema = json.loads((first / "schema.json").read_text("utf-8"))
    for name in table_names():
        document = json.loads((first / "json" / f"{name}.json").read_text("utf-8"))
        rows = list(csv.DictReader((first / "csv" / f"{name}.csv").open(encoding="utf-8", newline="")))
        figures = [row.figure for row in table(name).rows]
        assert set(schema["required"]) == set(document)
        assert [row["id"] for row in document["rows"]] == [row["id"] for row in rows] == [f.id for f in figures]
        assert [Decimal(row["value"]) for row in rows] == [figure.value for figure in figures]
        assert all(set(FIELDS) <= set(row) and row["regulation"] for row in document["rows"])
        assert f"| `{name}` |" in (first / "README.md").read_text("utf-8")


def test_export_where_nothing_can_be_written(law: Law, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    status, _, err = law("export", "--out", str(tmp_path / "file"))
    assert (status, "tidak dapat ditulis" in err) == (2, True)


def test_cases_that_hold(law: Law, tmp_path: Path) -> None:
    book = tmp_path / "book.toml"
    book.write_text(CASE)
    assert law("try", str(book))[:2] == (0, "3 kasus cocok, 0 tidak.\n")
    assert [one["holds"] for one in json.loads(law("try", str(book), "--json")[1])] == [True] * 3


def test_a_case_that_does_not_hold_shows_its_steps(law: Law, tmp_path: Path) -> None:
    book = tmp_path / "book.toml"
    book.write_text(CASE.replace("16_800", "16_801").replace("month_too_early", "wage_missing"))
    status, out, _ = law("try", str(book))
    assert status == 1
    assert "  total: diharapkan 16801, jawabannya 16800\n" in out
    assert "1% x Rp1.000.000 = Rp10.000" in out
    assert "  refused: diharapkan wage_missing, jawabannya month_too_early\n" in out
    assert "1 kasus cocok, 2 tidak." in out


@pytest.mark.parametrize(
    "text",
    [
        "", "[[case]]\n", "x = [", CASE + CASE,
        CASE.replace('reasoning = "Before the law."', ""), CASE.replace('refused = "month_too_early"', ""),
        CASE.replace("jkk-death", "jkk-holiday"), CASE.replace("payer =", "purse ="),
    ],
)  # fmt: skip
def test_a_file_that_is_no_book_of_cases(law: Law, tmp_path: Path, text: str) -> None:
    book = tmp_path / "book.toml"
    book.write_text(text)
    status, out, err = law("try", str(book))
    assert (status, out, bool(err)) == (2, "", True)
    assert law("try", str(tmp_path / "none.toml"))[0] == 2
