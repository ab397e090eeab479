"""What a release says of itself is true: its licences are those of what is installed with it."""

import re
from pathlib import Path

from payung import __version__

ROOT = Path(__file__).parents[1]


def test_every_pinned_package_stands_in_the_list_of_licences() -> None:
    lock = (ROOT / "requirements" / "base.lock").read_text()
    pinned = dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", lock, re.MULTILINE))
    elsewhere = {
        name for name in pinned if re.search(rf"^{re.escape(name)}==[^\n]*sys_platform == 'win32'", lock, re.MULTILINE)
    }
    told = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", (ROOT / "docs" / "third-party.md").read_text(), re.MULTILINE)
    listed = {name.lower().replace("_", "-"): version for name, version, _ in told}
    missing = {name: version for name, version in pinned.items() if listed.get(name) != version}
    assert not missing.keys() - elsewhere, "run make sbom"
    assert all(licence.strip() for _, _, licence in told)


def test_the_version_is_said_once_alike() -> None:
    told = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert told and told[1] == __version__
    assert f"## {__version__} " in (ROOT / "CHANGELOG.md").read_text()
