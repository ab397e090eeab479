"""`payung law benefit`: one event, a list, and what is refused; and that its page in docs/ is whole."""

import argparse
import json
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from payung.doors.cli import law
from payung.rules.law.benefits.columns import AMOUNTS, KINDS
from payung.rules.law.benefits.losses import items

DOCS = Path(__file__).parents[3] / "docs" / "law" / "benefit.md"

CASES = """name,kind,on,class,wage,loss,child,cause,member_since,prosthesis
A,jkk-death,2021-11-03,,1787500,,,,,
B,jkk-partial,2026-01-05,PU,4737678,right-index-finger+scalp=20,,,,
C,jkm,2025-08-31,bpu,,,,,2025-06-20,
D,scholarship,2022-01-01,,,,2017-12-01:TK:1+2020-01-01:none:0,jkk,,
E,jkk-partial,2026-01-05,PU,4737678,right-indx-finger,,,,
F,jkm,2025-08-31,BPU,,,,,,
G,jkk-aids,2025-08-31,,,,,,,1000000
H,jkk-death,2021-13-03,,1787500,,,,,
"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    law.add_arguments(parser)
    return parser


def _run(*words: str) -> int:
    return law.run(_parser().parse_args(["benefit", *words]))


def test_one_event_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("jkk-death", "--wage", "1787500", "--on", "2021-11-03", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["total"] == 107_800_000
    assert told["components"] == {"death": 85_800_000, "periodic": 12_000_000, "funeral": 10_000_000}
    assert [step["certainty"] for step in told["steps"]] == ["sourced"] * 4


def test_one_event_as_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("scholarship", "--on", "2022-01-01", "--cause", "jkk", "--child", "2017-12-01:TK:1") == 0
    page = capsys.readouterr().out
    assert "Manfaat scholarship, PU, kejadian 1 Januari 2022" in page
    assert "87.000.000" in page
    assert "anak ke-1, tahun ke-18 (umur 22), PT 5: Rp12.000.000" in page
    assert _run("jkp", "--on", "2025-02-07", "--wage", "9000000", "--months", "2", "--lang", "en") == 0
    assert "month 2: Rp3.000.000" in capsys.readouterr().out


def test_words_may_be_repeated_and_flags_set(capsys: pytest.CaptureFixture[str]) -> None:
    losses = ["--loss", "left-thumb", "--loss", "scalp=10", "--left-handed"]
    assert _run("jkk-partial", "--on", "2020-01-01", "--wage", "1000000", *losses, "--json") == 0
    assert json.loads(capsys.readouterr().out)["total"] == 20_000_000


def test_a_reading_and_a_day_of_knowledge(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["jkk-temporary", "--on", "2020-01-01", "--wage", "3000000", "--days", "10", "--json"]
    assert _run(*words, "--reading", "temporary-day=25") == 0
    assert json.loads(capsys.readouterr().out)["total"] == 1_200_000
    assert _run("jkm", "--on", "2020-01-01", "--known-on", "2019-12-01", "--json") == 0
    assert json.loads(capsys.readouterr().out)["total"] == 24_000_000


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["jkk-death", "--on", "2021-11-03"], "wage"),
        (["--on", "2021-11-03"], "jenis"),
        (["jkm"], "--on"),
        (["jkm", "--on", "2021-11-03", "--cause-work-accident"], "jkk-death"),
        (["jkk-death", "--on", "2021-11-03", "--wage", "1", "--days", "3"], "--days"),
        (["jkk-death", "--on", "2021-11-03", "--wage", "1", "--reading", "temporary-day=31"], "temporary-day"),
        (["jkk-death", "--on", "2021-11-03", "--wage", "1", "--known-on", "2021"], "--known-on"),
        (["jkm", "--file", "a.csv", "--out", "b.csv", "--on", "2021-11-03"], "kolom"),
        (["--file", "a.csv"], "--out"),
        (["--file", "missing.csv", "--out", "b.csv"], "tidak ada"),
    ],
)
def test_a_question_without_an_answer_gives_one_sentence(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(*words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err and err.count("\n") == 1


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_list_keeps_its_rows_and_says_why_some_have_no_answer(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cases.csv").write_text(CASES)
    source, out = tmp_path / f"cases.{kind}", tmp_path / f"out.{kind}"
    if kind == "parquet":
        pl.read_csv(tmp_path / "cases.csv", infer_schema=False).write_parquet(source)
    assert _run("--file", str(source), "--out", str(out), "--json") == 1
    told, err = capsys.readouterr()
    written = pl.read_csv(out) if kind == "csv" else pl.read_parquet(out)
    assert written.columns == [*CASES.splitlines()[0].split(","), *AMOUNTS]
    expected = [107_800_000, 109_914_130, 10_000_000, 162_000_000, None, None, 1_400_000, None]
    assert written["total"].to_list() == expected
    refused = [(each["row"], each["code"]) for each in json.loads(told)["refused"]]
    assert refused == [(6, "loss_unknown/right-indx-finger"), (7, "missing/member_since"), (9, "day_unreadable/on")]
    assert "baris 6 (data ke-5): Cacat right-indx-finger" in err
    doubts = [doubt["id"] for doubt in json.loads(told)["doubts"]]
    assert {"jkm-three-months", "school-start", "disability/right-index-finger@2015-07-01"} <= set(doubts)


def test_a_list_without_fault_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "cases.csv"
    source.write_text("kind,on\njkm,2020-01-01\njkm,2019-12-01\n")
    assert _run("--file", str(source), "--out", str(tmp_path / "out.csv")) == 0
    assert "2 baris, 0 ditolak" in capsys.readouterr().out


def test_a_list_must_have_its_columns_and_none_of_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "cases.csv"
    for text, told in (("kind,wage\njkm,1\n", "on"), ("kind,on,total\njkm,2020-01-01,1\n", "total")):
        source.write_text(text)
        assert _run("--file", str(source), "--out", str(tmp_path / "out.csv")) == 2
        assert f"Kolom {told}" in capsys.readouterr().err


def test_every_word_kind_and_component_is_documented() -> None:
    written = DOCS.read_text("utf-8")
    (questions,) = (action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction))
    words = [word for action in questions.choices["benefit"]._actions for word in action.option_strings]
    assert [word for word in words if word not in ("-h", "--help") and word not in written] == []
    for kind in KINDS.values():
        assert f"| `{kind.name}` |" in written
        for component in kind.components:
            assert f"`{component}`" in written or component.startswith("job_loss_")


def test_the_losses_of_the_page_are_those_of_the_table() -> None:
    written = DOCS.read_text("utf-8")
    listed = re.findall(r"\| `([a-z0-9-]+)`[^|]*\| ([0-9.]+)", written)
    percents = {name: float(percent) for name, percent in listed}
    numbered = set(re.findall(r"\| `([a-z-]+)=N` \|", written))
    table = items(date(2026, 1, 1))
    assert set(percents) | numbered == set(table)
    assert numbered == {name for name, rows in table.items() if "from" in rows[0].more}
    for name, percent in percents.items():
        assert percent == float(table[name][0].figure.value * 100)
