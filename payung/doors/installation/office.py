"""The office, open for work: database running, tables up to date, Django set up."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from payung.doors.installation.database import opened
from payung.doors.installation.folder import DataFolder, FolderUnusable


@contextmanager
def opened_office(folder: DataFolder) -> Iterator[float]:
    """Run with the office open; yields the seconds that database and tables took.

    Raises FolderUnusable with one sentence when the folder or the database cannot be used.
    """
    started = time.perf_counter()
    with opened(folder):
        os.environ["PAYUNG_DATA"] = str(folder.path)
        os.environ["DJANGO_SETTINGS_MODULE"] = "payung.doors.settings"
        import django
        from django.db import OperationalError, connections

        django.setup()
        from payung.doors.installation.tables import bring_up_to_date

        try:
            bring_up_to_date()
        except OperationalError as problem:
            raise FolderUnusable(
                f"Basis data tidak terjangkau: {str(problem).strip().splitlines()[0]}. "
                "Periksa DATABASE_URL dan DATABASE_OWNER_URL."
            ) from problem
        connections["owner"].close()
        try:
            yield time.perf_counter() - started
        finally:
            connections["default"].close()
