"""`payung reset-second-factor NAME`: for whoever lost the telephone and every recovery code; recorded."""

import argparse
import sys

from payung.doors.installation.folder import FolderUnusable, data_folder
from payung.doors.installation.office import opened_office


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose."""
    parser.add_argument("name", metavar="NAMA", help="nama pengguna")


def run(arguments: argparse.Namespace) -> int:
    """0 when it was taken away, 1 when there is no such user or nothing to take away, 2 without a database."""
    try:
        with opened_office(data_folder()):
            return reset(arguments.name)
    except FolderUnusable as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2


def reset(name: str) -> int:
    """The same inside an open office. The deed stands in the audit of the user's own government."""
    from django.utils import timezone

    from payung.office.access.models import User
    from payung.office.access.second_factor import remove
    from payung.office.places.queries import NoArea
    from payung.office.places.scope import as_user, seen_by

    user = User.objects.filter(username=name).first()
    if user is None:
        print(f"payung: tidak ada pengguna bernama {name}.", file=sys.stderr)
        return 1
    try:
        with seen_by(user):
            removed = remove(user=user, by=None, at=timezone.now())
    except NoArea:
        with as_user(user):
            removed = remove(user=user, by=None, at=timezone.now())
    if not removed:
        print(f"payung: {name} tidak memakai langkah kedua.", file=sys.stderr)
        return 1
    print(f"Langkah kedua {name} dilepas. Ia masuk dengan kata sandi, lalu memasang yang baru.")
    return 0
