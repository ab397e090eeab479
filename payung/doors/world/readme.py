"""`baca-saya.txt`: what is in the folder, and that nobody in it is real."""

from pathlib import Path

from payung.doors.world.worlds import World
from payung.rules.months import long_month

README_FILE = "baca-saya.txt"
TEXT = """\
DATA SINTETIS
=============
Berkas di folder ini dibuat oleh "payung world {place}" (benih {seed}) untuk {name}, {month}.
Tidak seorang pun di dalamnya nyata, dan tidak satu pun berkas ini berasal dari kantor mana pun.

Cara mengenalinya:
- NIK dan nomor KK berakhiran nomor urut 9001 sampai 9999. Nomor urut sungguhan dimulai dari 0001 untuk setiap
  tanggal lahir di setiap kecamatan dan tidak pernah sampai ke sana. Kode wilayah dan tanggalnya tampak sah.
- NPP berawalan ZZ, KPJ berawalan 99, telepon berawalan 0800-0, nomor perjanjian dan surat berawalan SINTETIS.
- Nama orang diundi dari daftar kata. Nama dinas, kecamatan, dan desa adalah nama yang ada.
- NIP berakhiran 900 sampai 999; nama penanda tangan dikarang.

Isi folder:
{contents}

Jumlah orang: {people}. Angka program diambil dari berita; rincian per OPD dan segmen dikarang.
"""


LISTS = (
    "daftar dari setiap OPD atau kecamatan (.xlsx, .csv); sekitar 4 persen barisnya sengaja diberi kesalahan.",
    "kebenaran.parquet: orang yang sebenarnya di setiap baris, kesalahan yang ditanam, putusan yang benar.",
    "kebenaran.json: ringkasan yang sama; baris dihitung dari 1, seperti di berkasnya.",
    "posting-*.csv dan .xlsx: konfirmasi setelah iuran dibayar (susunan kolom diandaikan).",
    "rekening-*.csv, .sta, .xml: rekening koran bulan berikutnya, dengan pembayaran yang sengaja dibuat sulit.",
    "rekening-kebenaran.json: kode iuran tiap unit, dan untuk tagihan mana setiap pembayaran sebenarnya.",
    "pemda.json: fakta pemerintah daerah ini (OPD, NPP, perjanjian, anggaran).",
)
COLUMNS = (
    "orang.parquet: satu baris untuk setiap orang, tanpa kesalahan.",
    "posting-*.parquet: iuran setiap orang yang sudah dibayari pada bulan itu (susunan kolom diandaikan).",
    "pemda.json: fakta pemerintah daerah ini (OPD, NPP, perjanjian, anggaran).",
)


def write_readme(world: World, folder: Path, contents: tuple[str, ...]) -> None:
    """Writes the file; `contents` is `LISTS` or `COLUMNS`."""
    text = TEXT.format(
        place=world.place.key,
        seed=world.seed,
        name=world.place.name,
        month=long_month(world.month),
        contents="\n".join(f"- {line}" for line in contents),
        people=len(world.people),
    )
    (folder / README_FILE).write_text(text, encoding="utf-8")
