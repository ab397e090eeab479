"""`pemda.json`: the facts of the place a folder was made of, and the mark that `payung world` made it."""

import json
from dataclasses import asdict
from pathlib import Path

from payung.doors.world.worlds import World

SUMMARY_FILE = "pemda.json"
MAKER = "payung world"


def write_summary(world: World, folder: Path) -> None:
    """Writes the facts with seed, month and number of people."""
    facts = {
        "dibuat_oleh": MAKER,
        "keterangan": "Data sintetis: tidak seorang pun nyata.",
        "benih": world.seed,
        "bulan": str(world.month),
        "orang": len(world.people),
        "pemda": asdict(world.place),
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1, default=str)
    (folder / SUMMARY_FILE).write_text(text + "\n", encoding="utf-8")


def made_here(folder: Path) -> bool:
    """Whether `payung world` made this folder."""
    path = folder / SUMMARY_FILE
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(facts, dict) and facts.get("dibuat_oleh") == MAKER
