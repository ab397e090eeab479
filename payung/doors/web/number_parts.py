"""By what the five numbers are split, and how each part is called."""

from payung.doors.web.tables import Field
from payung.doors.web.translation import t, word
from payung.doors.web.views.decrees import place_name
from payung.doors.web.vocabulary_numbers import CLASSES, FIVE, SPLIT
from payung.office.places.queries import Area, payers_in
from payung.office.reports.counted import funds_of
from payung.office.reports.numbers import NUMBERS, Part


class Split:
    """How a key of a split is called."""

    def __init__(self, by: str, area: Area) -> None:
        self.by = by
        self.names = dict(payers_in(area).values_list("pk", "short_name")) if by == "opd" else {}
        self.names |= funds_of(area.government.pk) if by == "fund" else {}

    def name(self, key: str | None) -> str:
        if key is None:
            return t("belum diketahui")
        if self.by in ("opd", "fund"):
            return self.names.get(int(key), t("di luar wilayah Anda"))
        return key if self.by == "programme" else segment_or_place(key)

    def fields(self) -> tuple[Field[Part], ...]:
        def heads(number: str) -> Field[Part]:
            return Field(number, FIVE[number], lambda part: part.heads[number], figures=True)

        def rupiah(number: str, label: str) -> Field[Part]:
            return Field(f"{number}_rp", label, lambda part: part.rupiah[number], figures=True)

        return (
            Field("bagian", SPLIT[self.by], lambda part: self.name(part.key)),
            *(heads(number) for number in NUMBERS),
            rupiah("decreed", word("Iuran yang ditetapkan")),
            rupiah("posted", word("Iuran yang diposting")),
        )


def segment_or_place(key: str) -> str:
    """A kecamatan, desa, segment or class in words."""
    return t(CLASSES[key]) if key in CLASSES else place_name(key)
