"""`payung walk`: the main job on a synthetic world, from workbooks to bills that explain themselves."""

import argparse
import sys

from payung.doors.installation.folder import FolderUnusable, data_folder
from payung.doors.installation.office import opened_office

SPONSORED = "sukabumi"
"""The place whose programme runs over months; a month named with `world --month` loads its lists alone."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which world and how many people."""
    parser.add_argument("--place", default="bandung", help="dunia contoh (baku: bandung)")
    parser.add_argument("--people", type=int, help="jumlah orang (baku: sebanyak programnya)")
    parser.add_argument("--seed", type=int, default=1)


def run(arguments: argparse.Namespace) -> int:
    """Do the job and print what was done; a second run finds everything done and changes nothing."""
    try:
        with opened_office(data_folder()) as opening_seconds:
            return main_job(arguments, opening_seconds)
    except FolderUnusable as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2


def main_job(arguments: argparse.Namespace, opening_seconds: float) -> int:
    """The job itself, inside an open office, and who may sign in then; exit status 2 for a world that does not exist.

    `world --load` takes the whole programme of a place over its months; a month named there, and `walk`, one month.
    """
    from payung.doors.cli.walk_report import log_ins

    data_folder().mark_synthetic()
    if arguments.place == SPONSORED and getattr(arguments, "month", None) is None:
        refused = _sponsored(arguments)
    else:
        refused = _listed(arguments, opening_seconds)
    if not refused:
        data_folder().mark_synthetic(log_ins())
        print(f"\n{log_ins()}", flush=True)
    return refused


def _listed(arguments: argparse.Namespace, opening_seconds: float) -> int:
    """The lists of a place, in one month or over the months of its programme."""
    from payung.doors.cli.walk_report import print_report
    from payung.doors.world.load import WorldRefused, load_place
    from payung.doors.world.programme import load_programme

    month = getattr(arguments, "month", None)
    asked = {"seed": arguments.seed, "people": arguments.people, "folder": data_folder().worlds, "show": show}
    try:
        if getattr(arguments, "load", False) and month is None:
            report = load_programme(arguments.place, **asked)
        else:
            report = load_place(arguments.place, month=month, **asked)
    except WorldRefused as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2
    print_report(report, opening_seconds)
    return 0


def _sponsored(arguments: argparse.Namespace) -> int:
    """The months of civil servants who carry workers; `--people` counts the civil servants."""
    from payung.doors.cli.sponsored_report import print_report
    from payung.doors.world import load_sponsored, sponsored

    try:
        world = sponsored.make(seed=arguments.seed, servants=arguments.people)
    except ValueError as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2
    print_report(load_sponsored.load(world, show=show))
    return 0


def show(step: str, done: int, whole: int) -> None:
    """One line that is rewritten as work goes on; plain lines when nobody watches a terminal."""
    if sys.stderr.isatty():
        bar = "█" * (24 * done // whole) if whole else ""
        end = "" if done < whole else "\n"
        print(f"\r\033[K{step:<44} {bar:<24} {done:>7,}/{whole:,}", end=end, file=sys.stderr)
    elif done >= whole:
        print(f"{step} {done:,}", file=sys.stderr)
