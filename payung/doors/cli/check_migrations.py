"""`payung check-migrations`: fails when a model has changed and no migration says so, or is at odds with itself."""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Takes none."""


def run(arguments: argparse.Namespace) -> int:
    """0 when models pass Django's own checks and migrations agree with them, 1 otherwise. Needs no database."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.doors.settings")
    import django
    from django.apps import apps
    from django.core.checks import run_checks
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.utils import translation

    django.setup()
    loader = MigrationLoader(None)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("payung.")}
    with translation.override(None):  # labels of Django's own fields are translated; migrations are not
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
        missing = {app: changes for app, changes in detector.changes(graph=loader.graph).items() if app in ours}
    for app, migrations in missing.items():
        for migration in migrations:
            for operation in migration.operations:
                print(f"{app}: {operation.describe()}", file=sys.stderr)
    faults = run_checks()
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if missing or faults else 0
