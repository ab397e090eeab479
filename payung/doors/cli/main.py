"""`payung`: one word, one module. Only the module of the chosen command is imported."""

import argparse
import os
import sys
from importlib import import_module

from payung import __version__

COMMANDS: dict[str, str] = {
    "run": "siapkan, kerjakan contoh utama, dan sajikan situs (make run)",
    "found": "dirikan pemerintah daerah di instalasi baru: OPD-nya dan admin pertamanya",
    "serve": "sajikan situs dengan data yang sudah ada",
    "walk": "kerjakan contoh utama tanpa situs",
    "world": "buat dunia sintetis: buku kerja sebuah pemda beserta kebenarannya",
    "law": "tanya peraturan: iuran pada bulan apa pun, dengan penjelasan",
    "roster": "periksa sebuah daftar pekerja",
    "link": "orang yang sama dalam dua daftar, atau ganda dalam satu daftar",
    "setup-sql": "cetak SQL yang dijalankan sekali oleh pengelola basis data (server sendiri)",
    "reset-second-factor": "lepaskan langkah kedua seorang pengguna yang kehilangan teleponnya",
    "audit": "periksa rantai catatan: payung audit verify",
    "ledger": "buku besar: periksa rantai jurnal (verify), neraca saldo (balance), ekspor (export)",
    "award": "berkas penghargaan: periksa keasliannya (verify)",
    "keys": "kunci identitas: tampilkan, atau ganti dengan kunci baru (rotate)",
    "scrub": "salinan untuk peragaan: setiap nama dan nomor diganti yang buatan",
    "backup": "cadangan: seluruh basis data dalam satu berkas, kuncinya dalam berkas lain",
    "restore": "pulihkan sebuah cadangan ke folder kosong atau ke basis data kosong",
    "doctor": "periksa instalasi: ruang, versi, kunci, rantai, penjaga basis data, antrean, cadangan",
    "check-migrations": "pastikan tidak ada migrasi yang tertinggal",
}
"""Command -> help. A dash in the word is an underscore in the module."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit status (0 done, 1 done with refusals, 2 could not be done)."""
    words = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(
        prog="payung", description="Payung: pemerintah daerah melindungi pekerjanya dengan Jamsostek."
    )
    parser.add_argument("--version", action="version", version=f"payung {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="PERINTAH", required=True)
    chosen = next((word for word in words if not word.startswith("-")), None)
    runners = {}
    for name, help_text in COMMANDS.items():
        command = commands.add_parser(name, help=help_text, description=help_text)
        if name == chosen:
            module = import_module(f"payung.doors.cli.{name.replace('-', '_')}")
            module.add_arguments(command)
            runners[name] = module.run
    arguments = parser.parse_args(words)
    os.environ["PGAPPNAME"] = f"payung {arguments.command}"  # what the audit calls the origin of a command's deeds
    try:
        return int(runners[arguments.command](arguments))
    except KeyboardInterrupt:
        print("Dihentikan.", file=sys.stderr)
        return 130
    except _database_gone():
        print("payung: basis data berhenti di tengah pekerjaan. Jalankan perintah ini lagi.", file=sys.stderr)
        return 2


def _database_gone() -> tuple[type[Exception], ...]:
    """What is raised when the database goes away; nothing for commands that never loaded one."""
    django, psycopg = sys.modules.get("django.db"), sys.modules.get("psycopg")
    return tuple(module.OperationalError for module in (django, psycopg) if module)


if __name__ == "__main__":
    sys.exit(main())
