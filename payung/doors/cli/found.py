"""`payung found KODE`: the first step of a new installation: its government, its OPD, and who administers it."""

import argparse
import csv
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from payung.doors.installation.folder import FolderUnusable, data_folder
from payung.doors.installation.office import opened_office
from payung.rules.identity.regions import name_of, normal_code
from payung.rules.months import Month

COLUMNS = ("kode", "nama", "singkatan", "unit")
KINDS = {"": "npp", "npp": "npp", "kelompok": "group"}
"""What `jenis` may say of a payment unit, and how the office calls it."""
LONGEST = {"kode": 20, "nama": 200, "singkatan": 40, "unit": 20}


class ListRefused(Exception):
    """The list of OPD cannot be taken as it is; says which line and what to do."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which government, by whom, with which OPD."""
    parser.add_argument("code", metavar="KODE", help="kode Kemendagri pemda, misalnya 32.73")
    parser.add_argument("--admin", required=True, metavar="PENGGUNA", help="nama pengguna admin pertama")
    parser.add_argument("--admin-name", default="", metavar="NAMA", help="nama lengkapnya")
    parser.add_argument(
        "--opds", type=Path, metavar="BERKAS",
        help="daftar OPD (CSV UTF-8): kolom kode, nama, singkatan, unit, dan bila perlu jenis (npp atau kelompok)",
    )  # fmt: skip
    parser.add_argument("--from", dest="first", type=Month.parse, metavar="TTTT-BB", help="bulan pertama unit pembayar")


def run(arguments: argparse.Namespace) -> int:
    """0 when it stands, 1 when something told does not fit (nothing was changed), 2 without a database."""
    try:
        code = normal_code(arguments.code)
        name = name_of(code)
    except LookupError:
        name = None
    if name is None:
        print(f"payung: tidak ada pemerintah daerah dengan kode {arguments.code}.", file=sys.stderr)
        return 1
    try:
        offices = list(read_offices(arguments.opds)) if arguments.opds else []
        with opened_office(data_folder()):
            return _found(code, name, offices, arguments)
    except ListRefused as refused:
        print(f"payung: {refused}", file=sys.stderr)
        return 1
    except FolderUnusable as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2


def read_offices(path: Path) -> Iterator[dict[str, str]]:
    """Each line of the list under its columns; commas or semicolons, as Excel writes them. Raises ListRefused."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise ListRefused(f"{path} tidak terbaca. Simpan dari Excel sebagai CSV UTF-8.") from problem
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    rows = csv.DictReader(lines, delimiter=delimiter)
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise ListRefused(f"{path} tidak punya kolom {', '.join(missing)}. Baris pertamanya: {','.join(COLUMNS)}.")
    for row in rows:
        told = {column: (row.get(column) or "").strip() for column in (*COLUMNS, "jenis")}
        for column, longest in LONGEST.items():
            if not 0 < len(told[column]) <= longest:
                raise ListRefused(f"{path}, baris {rows.line_num}: isi kolom {column}, paling panjang {longest} huruf.")
        if told["jenis"] not in KINDS:
            raise ListRefused(f"{path}, baris {rows.line_num}: jenis ditulis npp atau kelompok.")
        yield told


def _found(code: str, name: str, offices: list[dict[str, str]], told: argparse.Namespace) -> int:
    from django.db import transaction
    from django.utils import timezone

    from payung.office.places.actions import NewOpd, add_opds, found_government
    from payung.office.places.scope import whole_government
    from payung.office.places.users import UserRefused, admit_first

    at = timezone.now()
    first = (told.first or Month.of(timezone.localdate())).first_day
    try:
        with transaction.atomic():
            government = found_government(code=code, name=name, by=None, at=at)
            with whole_government(government):
                for kind in dict.fromkeys(KINDS.values()):
                    new = [
                        NewOpd(one["kode"], one["nama"], one["singkatan"], one["unit"])
                        for one in offices
                        if KINDS[one["jenis"]] == kind
                    ]
                    add_opds(government=government, opds=new, unit_kind=kind, from_month=first, by=None, at=at)
                password = admit_first(
                    government=government, username=told.admin, full_name=told.admin_name or told.admin, at=at
                )
    except UserRefused:
        print(f"payung: nama pengguna {told.admin} sudah dipakai. Pilih yang lain.", file=sys.stderr)
        return 1
    _say(name, len({one["kode"] for one in offices}), told.admin, password, first)
    return 0


def _say(name: str, opds: int, admin: str, password: str | None, first: date) -> None:
    print(f"{name} berdiri{f', dengan {opds} OPD sejak {Month.of(first)}' if opds else ''}.")
    if password is None:
        print("Sudah ada admin yang aktif, jadi tidak ada akun baru. Admin itu menambah pengguna di halaman Pengguna.")
    else:
        print(f"Admin: {admin}, kata sandi sementara: {password}. Ia wajib menggantinya saat pertama masuk.")
    if not opds:
        print(f"Belum menyebut OPD? Jalankan lagi dengan --opds BERKAS.csv (kolom {', '.join(COLUMNS)}).")
    print("Langkah berikutnya: payung serve, masuk sebagai admin, catat perjanjian, lalu unggah daftar pekerja.")
