"""Space, versions and clock."""

import platform
import shutil

from payung import __version__
from payung.doors.checkup.findings import BAD, GOOD, WATCH, Finding, Patient

LEAST_BYTES = 1_000_000_000
NEEDED_TIMES = 2
"""A bill of everybody, a backup and PostgreSQL's own housekeeping need room beside what is there."""
OLDEST_SERVER = 150_000
CLOCK_SECONDS = 5


def space(patient: Patient) -> list[Finding]:
    """Free space of the data folder's disk against the size of the database."""
    size = patient.number("SELECT pg_database_size(current_database())")
    free = shutil.disk_usage(patient.folder).free
    told = f"{free // 1_000_000} MB bebas, basis data {size // 1_000_000} MB"
    if free < LEAST_BYTES:
        return [
            Finding("ruang disk", BAD, told, "Kosongkan atau perbesar disk sekarang; bila penuh, semua kerja berhenti.")
        ]
    if free < NEEDED_TIMES * size:
        return [Finding("ruang disk", WATCH, told, f"Sediakan sedikitnya {NEEDED_TIMES} kali ukuran basis data.")]
    return [Finding("ruang disk", GOOD, told)]


def versions(patient: Patient) -> list[Finding]:
    """Payung, Python, PostgreSQL; old servers are refused."""
    server = patient.connection.info.server_version
    told = f"Payung {__version__}, Python {platform.python_version()}, PostgreSQL {server // 10_000}.{server % 10_000}"
    if server < OLDEST_SERVER:
        return [Finding("versi", BAD, told, f"Pakai PostgreSQL {OLDEST_SERVER // 10_000} atau yang lebih baru.")]
    return [Finding("versi", GOOD, told)]


def clock(patient: Patient) -> list[Finding]:
    """Whether database and machine agree on the time, and nothing was recorded in the future."""
    found = patient.connection.execute("SELECT clock_timestamp(), (SELECT max(at) FROM access_auditevent)").fetchone()
    assert found is not None
    apart = abs((found[0] - patient.at).total_seconds())
    told = f"{patient.at:%Y-%m-%d %H:%M} {patient.at.tzname()}"
    if found[1] is not None and (found[1] - patient.at).total_seconds() > CLOCK_SECONDS:
        advice = "Jam mesin mundur: sejak itu ada kejadian yang tercatat di masa depan. Betulkan jam (NTP)."
        return [Finding("jam", BAD, f"{told}, catatan terakhir {found[1]:%Y-%m-%d %H:%M}", advice)]
    if apart > CLOCK_SECONDS:
        return [
            Finding("jam", WATCH, f"{told}, selisih dengan basis data {apart:.0f} detik", "Samakan jam keduanya (NTP).")
        ]
    return [Finding("jam", GOOD, told)]
