"""`payung doctor`: the installation looked over, each finding in one line with what to do. Nothing is changed."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from payung.doors.checkup.findings import BAD, GOOD, WATCH, Finding, Patient
from payung.doors.cli.backup import say
from payung.doors.installation.database import opened
from payung.doors.installation.folder import FolderUnusable, data_folder

SIGNS = {GOOD: "✓", WATCH: "!", BAD: "✗"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which backups to look at."""
    parser.add_argument("--backups", type=Path, metavar="FOLDER", help="folder cadangan: umur yang terbaru")
    parser.add_argument("--drill", type=Path, metavar="BERKAS", help="pulihkan cadangan ini ke folder sementara")
    parser.add_argument("--keys", type=Path, metavar="BERKAS", help="kunci untuk --drill (baku: di samping cadangan)")


def run(arguments: argparse.Namespace) -> int:
    """0 when nothing is wrong, 1 when something is, 2 when the installation cannot be opened."""
    folder = data_folder()
    try:
        with opened(folder) as addresses, psycopg.connect(addresses.owner, autocommit=True) as connection:
            found = look_over(Patient(connection, folder.path, datetime.now(UTC).astimezone()))
    except (FolderUnusable, psycopg.OperationalError) as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2
    found += about_backups(arguments)
    for one in found:
        print(f"{SIGNS[one.state]} {one.name:<18} {one.told}")
        if one.do:
            print(f"  {'':<18} → {one.do}")
    wrong, watched = (sum(one.state == state for one in found) for state in (BAD, WATCH))
    print(f"{len(found)} pemeriksaan: {wrong} salah, {watched} perlu diperhatikan.")
    return 1 if wrong else 0


def look_over(patient: Patient) -> list[Finding]:
    """Every check of the installation; those of the contents only when the tables are up to date."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "payung.doors.settings"
    import django

    django.setup()
    from payung.doors.checkup import contents, guards, machine

    of_any_state = (machine.space, machine.versions, guards.constraints, guards.durability)
    # A table gets its guard in the update after its own; nothing is served in between.
    of_newest_tables = (guards.row_security, machine.clock, contents.keys, contents.chains, contents.queue)
    found = [finding for check in of_any_state for finding in check(patient)]
    tables = contents.tables(patient)
    if tables[0].state != GOOD:
        return found + tables
    return found + tables + [finding for check in of_newest_tables for finding in check(patient)]


def about_backups(arguments: argparse.Namespace) -> list[Finding]:
    """What was asked about backups."""
    from payung.doors.checkup.backups import drill, newest

    found = newest(arguments.backups, datetime.now(UTC)) if arguments.backups else []
    return found + (drill(arguments.drill, arguments.keys, say=say) if arguments.drill else [])
