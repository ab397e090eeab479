"""What an office writes around its list: the lines above it, and who signs below with an invented name."""

from payung.doors.world.chance import Dice
from payung.doors.world.facts import Group, Office, Place
from payung.doors.world.names import words
from payung.doors.world.sheets import Frame
from payung.rules.months import Month, long_date, long_month

SYNTHETIC_NOTE = "Data sintetis untuk uji coba Payung: tidak seorang pun di daftar ini nyata."
LIST_TITLES = {
    "office": "DAFTAR TENAGA NON ASN PESERTA JAMINAN SOSIAL KETENAGAKERJAAN",
    "village": "DAFTAR CALON PESERTA PEKERJA RENTAN (BUKAN PENERIMA UPAH)",
    "sponsor": "DAFTAR PEKERJA RENTAN YANG DITANGGUNG ASN",
}
POSTS = (
    ("Sekretariat Daerah Bagian ", "Kepala Bagian "),
    ("Sekretariat ", "Sekretaris "),
    ("Kecamatan ", "Camat "),
    ("Inspektorat", "Inspektur"),
    ("Rumah Sakit ", "Direktur Rumah Sakit "),
)
"""How the name of an office begins, and the post of its head; every other office has a Kepala."""


def around(place: Place, group: Group, office: Office, month: Month, dice: Dice) -> Frame:
    """The title block and the signatures of one office's list."""
    knowing = place.agreement.government_party if group.listing == "office" else "Kepala Dinas Tenaga Kerja"
    left = ("Mengetahui,", knowing.upper(), "", "", *_signed(place, dice))
    listed_on = long_date(month.first_day.replace(day=3))
    right = (f"{place.seat}, {listed_on}", head_of(office.name).upper(), "", "", *_signed(place, dice))
    return Frame(
        title=(
            place.letterhead,
            office.name.upper(),
            LIST_TITLES[group.listing],
            f"BULAN {long_month(month).upper()}",
        ),
        signatures=tuple(zip(left, right, strict=True)),
        note=SYNTHETIC_NOTE,
    )


def _signed(place: Place, dice: Dice) -> tuple[str, str]:
    """An invented name and a NIP that ends in a serial from 900, which none has."""
    lists = words(place.name_mix[0][0])
    sex = dice.pick("LP")
    name = f"{dice.pick(lists[sex, 'middle', 'given'])} {dice.pick(lists[sex, 'middle', 'second'])}"
    year, serial = 1966 + dice.below(15), 900 + dice.below(100)
    return name, f"NIP. {year}0615 {year + 25}03 {1 if sex == 'L' else 2} {serial}"


def head_of(office_name: str) -> str:
    """The post that signs for an office: "Kepala Dinas Sosial", "Camat Coblong"."""
    for beginning, post in POSTS:
        if office_name.startswith(beginning):
            return post + office_name.removeprefix(beginning)
    return f"Kepala {office_name}"
