"""The map of the house tells what is there: every file and function it names, every room of the office."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAP = (ROOT / "ARCHITECTURE.md").read_text()
BASES = [ROOT, ROOT / "payung", *(ROOT / "payung" / floor for floor in ("office", "doors", "rules"))]


def test_every_file_and_function_it_names_is_there() -> None:
    named = re.findall(r"`([a-z_]+(?:/[a-z_]+)*\.py)(?::(\w+))?`", MAP)
    assert len(named) > 20
    for path, function in named:
        found = [base / path for base in BASES if (base / path).is_file()]
        assert found, path
        assert not function or any(f"def {function}(" in file.read_text() for file in found), f"{path}:{function}"


def test_every_room_is_on_it() -> None:
    for floor in ("office", "doors", "rules"):
        part = MAP[MAP.index(f"  {floor}/ ") :].split("```")[0]
        rooms = {path.parent.name for path in (ROOT / "payung" / floor).glob("*/__init__.py")}
        missing = {room for room in rooms if not re.search(rf"^    {room}/ ", part, re.MULTILINE)}
        assert not missing, floor
