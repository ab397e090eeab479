"""The child of test_keys: `payung keys rotate` in small batches, killed after so many of them (0: left alone)."""

import os
import signal
import sys
from typing import Any


def main() -> None:
    """`killed_rotation.py BATCHES`; prints nothing when killed."""
    die_at = int(sys.argv[1])
    os.environ["DJANGO_SETTINGS_MODULE"] = "payung.doors.settings"
    import django

    django.setup()
    from payung.doors.cli import keys
    from payung.office.privacy import resealing

    resealing.BATCH_ROWS = 7
    stored, plain = 0, resealing._store

    def counted(*arguments: Any) -> None:
        nonlocal stored
        plain(*arguments)
        stored += 1
        if stored == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    resealing._store = counted
    print(keys.rotate(), stored)


if __name__ == "__main__":
    main()
