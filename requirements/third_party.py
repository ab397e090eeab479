"""docs/third-party.md from build/sbom.json: every package that comes along with Payung, and under which licence.

python requirements/third_party.py   (make sbom calls it)
"""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TITLE = """# What comes along with Payung

Payung itself is under the Apache License 2.0 (LICENSE). These packages are installed with it, pinned by hash in
`requirements/base.lock`; the reason for each that we chose stands beside it in `requirements/base.in`. Made by
`make sbom`, which also writes `build/sbom.json` (CycloneDX) with hashes and origins.

| package | version | licence |
|---|---|---|
"""


def licence(component: dict[str, Any]) -> str:
    """As the package declares it: an expression, an id, or the name in its classifiers."""
    for one in component.get("licenses", []):
        found = one.get("expression") or one.get("license", {}).get("id") or one.get("license", {}).get("name", "")
        if found and len(found) < 60:
            return str(found).removeprefix("License :: OSI Approved :: ")
    return "see the package"


def main() -> None:
    components = json.loads((ROOT / "build" / "sbom.json").read_text())["components"]
    lines = [
        f"| {one['name']} | {one['version']} | {licence(one)} |"
        for one in sorted(components, key=lambda one: str(one["name"]).lower())
        if one["name"] not in ("pip", "payung")
    ]
    (ROOT / "docs" / "third-party.md").write_text(TITLE + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
