"""Known vulnerabilities of what comes along, asked through pip-audit; says plainly how many packages got an answer.

python requirements/audit.py [--may-be-silent]   (make audit calls it; CI with --may-be-silent)

Exit status 1 when something vulnerable is pinned, or when no package got an answer, unless silence was allowed: a
machine without the service must not look like one without vulnerabilities.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    command = [
        str(ROOT / "build/release/bin/pip-audit"), "--require-hashes", "--disable-pip", "--format", "json",
        "--requirement", str(ROOT / "requirements/base.lock"),
    ]  # fmt: skip
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(asked.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        packages = []
    answered = [one for one in packages if "skip_reason" not in one]
    vulnerable = [(one["name"], found["id"]) for one in answered for found in one["vulns"]]
    print(f"audit: {len(answered)} of {len(packages)} packages got an answer, {len(vulnerable)} vulnerabilities known")
    for name, known in vulnerable:
        print(f"  {name}: {known}")
    if not answered:
        print("audit: nobody answered; ask again where the vulnerability service can be reached", file=sys.stderr)
    silent = not answered and "--may-be-silent" not in sys.argv
    return 1 if vulnerable or silent else 0


if __name__ == "__main__":
    sys.exit(main())
