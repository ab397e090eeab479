"""The database of this installation: the embedded server, or the one that DATABASE_URL names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from payung.doors.installation import embedded
from payung.doors.installation.folder import DataFolder, FolderUnusable
from payung.doors.installation.keys import make_keys
from payung.doors.installation.roles import Addresses, make_database

DATABASE_NAME = "payung"


@contextmanager
def opened(folder: DataFolder) -> Iterator[Addresses]:
    """Addresses of a running database, exported to DATABASE_URL and DATABASE_OWNER_URL for our children.

    Raises FolderUnusable with one sentence for the person at the screen.
    """
    folder.make()
    make_keys(folder)
    serving, owner = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if serving or owner:
        if not (serving and owner):
            raise FolderUnusable(
                "Isi DATABASE_URL (peran yang melayani) dan DATABASE_OWNER_URL (peran pemilik) dua-duanya, "
                "atau kosongkan keduanya untuk memakai PostgreSQL bawaan."
            )
        yield Addresses(serving=serving, owner=owner)
        return
    folder.database.mkdir(exist_ok=True)
    with embedded.running(folder.database) as superuser:
        addresses = make_database(superuser, DATABASE_NAME)
        os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = addresses.serving, addresses.owner
        try:
            yield addresses
        finally:
            del os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"]
