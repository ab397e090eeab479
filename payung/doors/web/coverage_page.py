"""What the page of coverage shows, made once for the screen and for paper: lines, pictures, parts with their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from payung.doors.papers import pictures
from payung.doors.papers.pictures import Point, Region
from payung.doors.web import figures
from payung.doors.web.translation import t
from payung.doors.web.views.decrees import place_name
from payung.doors.web.vocabulary_coverage import SEXES
from payung.doors.web.vocabulary_numbers import CLASSES
from payung.office.places.models import Government
from payung.office.reports.boundaries import rings_of
from payung.office.reports.coverage_figures import Coverage, Part
from payung.rules.identity import regions
from payung.rules.months import Month

CLASS_ORDER = ("PU", "BPU")


def percent(hundredths: int | None) -> str:
    """1020 -> "10,2%"; a dash when it is not known."""
    return "–" if hundredths is None else figures.percent(hundredths * 1_000)


def part_name(by: str, key: str) -> str:
    """One part of a trait in words."""
    if not key:
        return t("belum diketahui")
    if by == "sex":
        return t(SEXES.get(key, key))
    if by == "age":
        return t("{ages} tahun", ages=key.replace("-", "–"))
    if by == "decile":
        return t("desil {number}", number=key)
    return t(CLASSES[key]) if key in CLASSES else place_name(key)


@dataclass(frozen=True)
class Opening:
    """Addresses of the lists behind figures of a month; empty for readers who see no list."""

    month: Month
    opens: bool

    def to(self, by: str = "all", part: str = "", membership_class: str = "", still: Month | None = None) -> str:
        """The people of a part, of a class, or still covered in a later month."""
        if not self.opens:
            return ""
        told = {"bulan": str(self.month), "menurut": by, "bagian": part, "jenis": membership_class}
        told |= {"sampai": str(still)} if still else {}
        kept = {name: value for name, value in told.items() if value}
        return f"{reverse('coverage-people')}?{urlencode(kept)}"


def map_picture(government: Government, parts: Sequence[Part], opening: Opening, kecamatan: str = "") -> str:
    """Every kecamatan of the place, or every desa of one: outlined where the office handed in outlines, else as tiles;
    its coverage where a denominator is known for all of those with people, else its heads.
    """
    level = "desa" if kecamatan else "kecamatan"
    wanted = [code for code, _ in regions.inside(kecamatan or government.code)]
    known = {part.key: part for part in parts if part.key in wanted}
    as_percent = bool(known) and all(part.hundredths is not None for part in known.values())
    values = [_value(known.get(code), as_percent=as_percent) for code in wanted]
    outlines = rings_of(government.pk, level)
    drawn = [
        Region(
            name=place_name(code),
            told=percent(value) if as_percent else figures.number(value),
            shade=shade,
            href=opening.to(level, code) if code in known else "",
            rings=outlines.get(code, ()),
        )
        for code, value, shade in zip(wanted, values, pictures.shades(values), strict=True)
    ]
    return pictures.map_of(drawn, title=t("Peta peserta di Payung"))


def _value(part: Part | None, *, as_percent: bool) -> int | None:
    if part is None:
        return None if as_percent else 0
    return part.hundredths if as_percent else part.total


def ahead_picture(found: Coverage) -> str:
    """How many of those covered now are covered in each of the next months, as their programmes end."""
    points = [Point(figures.short_month(month), heads, figures.number(heads)) for month, heads in found.ahead]
    now = found.ahead[0][1] if found.ahead else 0
    told = t("{count} orang terlindungi pada {month}", count=now, month=found.month)
    return pictures.curve(points, whole=now, whole_told=told, title=t("Setelah program yang pendek berakhir"))


def ahead_finding(found: Coverage) -> str:
    """What the curve says."""
    if not found.ahead:
        return ""
    (_, now), (last, then) = found.ahead[0], found.ahead[-1]
    if then == now:
        return t("tidak ada yang berakhir sampai {month}.", month=last)
    return t(
        "dari {now} menjadi {then} pada {month}, bila tidak ada yang diperpanjang.", now=now, then=then, month=last
    )
