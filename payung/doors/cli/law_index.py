"""`payung law index`: from article to table and function, as docs/law/index.md holds it."""

import argparse

from payung.rules.law.index import index


def add_arguments(_question: argparse.ArgumentParser) -> None:
    """It takes no words."""


def run(_arguments: argparse.Namespace) -> int:
    """The index on standard output."""
    print(index(), end="")
    return 0
