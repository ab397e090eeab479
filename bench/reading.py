"""From a workbook to findings: our reader beside the bare calamine read of the same file.

    python bench/reading.py [ROWS ...] [--rounds N]

The file has 20 columns, 4 % of its rows with faults of many kinds, and is written once by xlsxwriter into the folder
for temporary files. Each measurement runs in a process of its own; its peak memory and that of its children are
printed. The time is the best of the rounds, the processor time includes starting Python and Polars; ratios are to the
bare read (`to_python` of the one sheet). At the end the aims: findings in at most 3 times the bare read, at most 1 GB
up to 250,000 rows, and seconds and memory a row above that no higher than below (linear).
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

HEADING = (
    "NO", "NIK", "NAMA LENGKAP", "TEMPAT LAHIR", "TANGGAL LAHIR", "L/P", "NO KK", "JABATAN", "UNIT KERJA", "KECAMATAN",
    "KELURAHAN", "ALAMAT", "RT", "RW", "NO HP", "GAJI", "KPJ", "PENDIDIKAN", "TMT", "NAMA IBU KANDUNG",
)  # fmt: skip
PLACES = (("COBLONG", "DAGO"), ("COBLONG", "LEBAK GEDE"), ("SUKAJADI", "PASTEUR"), ("REGOL", "ANCOL"))
GIVEN = ("ASEP", "UJANG", "DADANG", "CECEP", "SITI", "EUIS", "NENENG", "IIS", "AGUS", "RINA")
FAMILY = ("HIDAYAT", "KURNIA", "SURYANA", "PERMANA", "SETIAWAN", "ROHMAN", "GUNAWAN", "MULYANA", "SAPUTRA", "LESTARI")
DIRTY_OF_HUNDRED = 4
ON = date(2022, 10, 1)
Row = dict[str, str | int | date | None]


def clean_row(number: int, dice: Random) -> Row:
    """A synthetic person; the serial of the NIK begins at 9001."""
    birth, woman = date(1965, 1, 1) + timedelta(days=dice.randrange(14_000)), number % 2 == 0
    kecamatan, kelurahan = dice.choice(PLACES)
    name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)} {dice.choice(FAMILY)}"
    day = birth.day + 40 * woman
    cells = (
        number, f"3273{dice.randint(1, 30):02d}{day:02d}{birth:%m%y}{dice.randint(9001, 9999)}", name, "BANDUNG", birth,
        "P" if woman else "L", f"327302{birth:%d%m%y}{dice.randint(9001, 9999)}", "PRAMUBAKTI", "DINAS KESEHATAN",
        kecamatan, kelurahan, f"JL. MAWAR NO {number % 400}", f"{number % 9:03d}", f"{number % 12:03d}",
        f"08000{number % 10**7:07d}", dice.randrange(10, 40) * 100_000, None, "SMA", date(2015, 1, 5), "IMAS",
    )  # fmt: skip
    return dict(zip(HEADING, cells, strict=True))


def soiled(row: Row, dice: Random) -> Row:
    """One of the usual faults."""
    nik, born, wage = str(row["NIK"]), row["TANGGAL LAHIR"], row["GAJI"]
    faults: tuple[Row, ...] = (
        {"NIK": f"'{nik}"}, {"NIK": int(nik[:15] + "0")}, {"NIK": nik[:15]}, {"NIK": f"{nik[:4]} {nik[4:]}"},
        {"TANGGAL LAHIR": f"{born:%d/%m/%Y}"}, {"TANGGAL LAHIR": f"BANDUNG, {born:%d-%m-%Y}"}, {"L/P": "Laki-laki"},
        {"NAMA LENGKAP": f"H. {row['NAMA LENGKAP']}, S.Pd"}, {"GAJI": f"Rp {wage:,},-"}, {"KECAMATAN": "COB LONG"},
    )  # fmt: skip
    return row | dice.choice(faults)


def workbook(rows: int) -> Path:
    """The file of so many people, written when it is not there yet."""
    folder = Path(tempfile.gettempdir()) / "payung-bench"
    folder.mkdir(exist_ok=True)
    path = folder / f"daftar-{rows}.xlsx"
    if path.exists():
        return path
    dice, unfinished = Random(20261121), path.with_suffix(".part")
    book = xlsxwriter.Workbook(unfinished, {"constant_memory": True})
    page, as_date = book.add_worksheet("Data"), book.add_format({"num_format": "dd-mm-yyyy"})
    page.write_row(0, 0, HEADING)
    for number in range(1, rows + 1):
        row = clean_row(number, dice)
        if dice.randrange(100) < DIRTY_OF_HUNDRED:
            row = soiled(row, dice)
        for column, value in enumerate(row.values()):
            if isinstance(value, date):
                page.write_datetime(number, column, value, as_date)
            elif isinstance(value, str):
                page.write_string(number, column, value)
            elif value is not None:
                page.write_number(number, column, value)
    book.close()
    unfinished.rename(path)
    return path


def bare(path: Path) -> str:
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return f"{len(rows):,} rows"


def reading(path: Path) -> str:
    from payung.rules.roster.reading import read

    return f"{read(path).sheets[0].height:,} rows"


def findings(path: Path) -> str:
    from payung.rules.roster.checking import check
    from payung.rules.roster.reading import read

    checked = check(read(path), on=ON, membership_class="PU", place="32.73")
    return f"{checked.rows.height:,} rows, {checked.findings.height:,} findings"


def corrected(path: Path) -> str:
    """A corrected upload: the findings twice, and what changed between them."""
    from payung.rules.roster.checking import check
    from payung.rules.roster.differences import compare
    from payung.rules.roster.reading import read

    rows = check(read(path), on=ON, membership_class="PU", place="32.73").rows
    changed = rows.with_columns(wage=rows["wage"] + (rows["row"] % 100 == 0).cast(int))
    started = time.perf_counter()
    found = compare(rows, changed)
    return f"{found.rows.height:,} differing rows, comparison alone {time.perf_counter() - started:.2f} s"


WAYS: dict[str, Callable[[Path], str]] = {
    "bare": bare, "reading": reading, "findings": findings, "corrected": corrected,
}  # fmt: skip
WORDS = {
    "bare": "calamine, bare read", "reading": "ours, cells as columns", "findings": "ours, file to findings",
    "corrected": "ours, and what changed",
}  # fmt: skip
LARGEST_RATIO, LARGEST_MEGABYTES, WHOLE_ROWS = 3, 1_000, 250_000
LINEAR = 1.25
"""How much more a row may cost above WHOLE_ROWS than below, for measurements that are never quite alike."""


def measure(way: str, path: Path) -> None:
    """In a process of its own: seconds, processor seconds, what came out, peak memory of itself and its children."""
    started = time.perf_counter()
    out = WAYS[way](path)
    seconds = time.perf_counter() - started
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    worked = sum(one.ru_utime + one.ru_stime for one in used)
    peaks = [one.ru_maxrss // 1024 for one in used]
    print(json.dumps({"seconds": seconds, "worked": worked, "out": out, "own": peaks[0], "children": peaks[1]}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=int, nargs="*", default=[100_000, 250_000, 400_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--measure", nargs=2, metavar=("WAY", "FILE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments.measure[0], Path(arguments.measure[1]))
        return
    measured = {rows: compare(rows, arguments.rounds) for rows in arguments.rows}
    for line in judged(measured):
        print(line)


def judged(measured: dict[int, dict[str, dict[str, float]]]) -> Iterator[str]:
    """Each aim, what was measured, and whether it was met."""
    for rows, ways in measured.items():
        ratio = ways["findings"]["seconds"] / ways["bare"]["seconds"]
        yield f"findings to bare read at {rows:,}: {ratio:.2f} (aim {LARGEST_RATIO}) {met(ratio <= LARGEST_RATIO)}"
        memory = ways["findings"]["own"] + ways["findings"]["children"]
        if rows <= WHOLE_ROWS:
            yield f"memory at {rows:,}: {memory:,.0f} MB (aim {LARGEST_MEGABYTES:,}) {met(memory <= LARGEST_MEGABYTES)}"
    below = max((rows for rows in measured if rows <= WHOLE_ROWS), default=None)
    for rows in (rows for rows in measured if below and rows > WHOLE_ROWS):
        for what in ("seconds", "own", "children"):
            one, other = (measured[size]["findings"][what] / size for size in (below or 1, rows))
            more = other / one
            yield f"{what} a row at {rows:,} to {below:,}: {more:.2f} (aim {LINEAR}) {met(more <= LINEAR)}"


def met(answer: bool) -> str:
    return "met" if answer else "MISSED"


def compare(rows: int, rounds: int) -> dict[str, dict[str, float]]:
    """The best run of each way. The ways take turns, so that whatever else the machine does falls on all of them."""
    path = workbook(rows)
    print(f"{rows:,} rows x {len(HEADING)} columns, {path.stat().st_size / 1e6:.1f} MB, best of {rounds}")
    runs: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            command = [sys.executable, __file__, "--measure", way, str(path)]
            runs[way].append(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))
    base = min(run["seconds"] for run in runs["bare"])
    found = {way: min(runs[way], key=lambda run: run["seconds"]) for way in WAYS}
    for way, words in WORDS.items():
        best = found[way]
        worked = min(run["worked"] for run in runs[way])
        print(
            f"  {words:<24}{best['seconds']:>7.2f} s  ratio {best['seconds'] / base:>5.2f}  processor {worked:>6.2f} s"
            f"  peak {best['own']:>4} MB + child {best['children']:>4} MB  {best['out']}"
        )
    return found


if __name__ == "__main__":
    main()
