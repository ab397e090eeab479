"""`payung run` (`make run`): set up, do the main job on the sample world, serve the site with that data."""

import argparse
import sys

from payung.doors.cli import serve, walk
from payung.doors.installation.folder import FolderUnusable, data_folder
from payung.doors.installation.office import opened_office


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Those of walk and serve."""
    walk.add_arguments(parser)
    serve.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """The whole; a second run starts in seconds and loses nothing."""
    try:
        serve.require_free(arguments.host, arguments.port)
        with opened_office(data_folder()) as opening_seconds:
            refused = walk.main_job(arguments, opening_seconds)
            if refused:
                return refused
            return serve.serve(arguments.host, arguments.port, arguments.workers)
    except FolderUnusable as problem:
        print(f"payung: {problem}", file=sys.stderr)
        return 2
