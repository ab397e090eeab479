"""A checked list as JSON: one object for each physical row, in the order of the file."""

import json
from collections import defaultdict
from typing import Any, TextIO

from payung.rules.roster.checking import Checked
from payung.rules.roster.sentences import sentence_of

VALUES = (
    "sheet", "row", "nik", "name", "birth_date", "birth_place", "sex", "job", "kecamatan", "desa", "wage",
)  # fmt: skip


def write(checked: Checked, out: TextIO, language: str) -> None:
    """Writes `{"rows": [...]}`; dates are YYYY-MM-DD and wages whole rupiah."""
    findings: defaultdict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for finding in checked.findings.iter_rows(named=True):
        findings[finding["sheet"], finding["row"]].append({
            "field": finding["field"],
            "code": finding["code"],
            "severity": finding["severity"],
            "message": sentence_of(finding, language),
            "suggestion": finding["suggestion"],
        })  # fmt: skip
    out.write('{"rows": [')
    separator = "\n"
    for row in checked.rows.select(*VALUES, "verdict").iter_rows(named=True):
        verdict = row.pop("verdict")
        born = row["birth_date"]
        row["birth_date"] = born.isoformat() if born else None
        row["findings"] = findings.get((row["sheet"], row["row"]), [])
        row["verdict"] = verdict
        out.write(separator + json.dumps(row, ensure_ascii=False))
        separator = ",\n"
    out.write("\n]}\n")
