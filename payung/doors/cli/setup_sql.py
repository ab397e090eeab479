"""`payung setup-sql`: what a database administrator runs once on a server of one's own."""

import argparse

from payung.doors.installation.database import DATABASE_NAME
from payung.doors.installation.roles import statements


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The name of the database to make."""
    parser.add_argument("--database", default=DATABASE_NAME)


def run(arguments: argparse.Namespace) -> int:
    """Prints SQL for psql, as a superuser. Passwords are left for the administrator to fill in."""
    for statement in statements(arguments.database):
        print(statement if statement.startswith("\\") else f"{statement};")
    return 0
