"""Bring the tables up to date as Django's `migrate` does, without its dearest habit.

For each step of a migration Django renders every model anew to which the changed one is related, at any distance.
Here every table belongs to a government, so that would be all of them, hundreds of times. A migration that only adds
needs no more than the model it adds to; before any other kind the models are rendered whole.
"""

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connections
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

ALIAS = "owner"
ADDING = (CreateModel, AddField, AddIndex, AddConstraint, RunSQL)


def bring_up_to_date() -> None:
    """Carry out the missing migrations as owner; without any, nothing is touched.

    Raises Django's OperationalError when the database cannot be reached.
    """
    executor = _Executor(connections[ALIAS])
    executor.loader.check_consistent_history(executor.connection)
    targets = executor.loader.graph.leaf_nodes()
    missing = executor.migration_plan(targets)
    if not missing:
        return
    done = [key for key in executor.loader.applied_migrations if key in executor.loader.graph.nodes]
    before = executor.loader.project_state(done)
    emit_pre_migrate_signal(0, False, ALIAS, plan=missing)
    executor.migrate(targets, missing, state=_State(before.models, before.real_apps))
    emit_post_migrate_signal(0, False, ALIAS, plan=missing)


class _State(ProjectState):
    """While `only_adding`, a changed model is rendered alone; what refers to it keeps its former rendering."""

    only_adding = False

    def enter(self, migration: Migration) -> None:
        """The next steps are those of this migration."""
        self.only_adding = all(isinstance(step, ADDING) for step in migration.operations)
        if not self.only_adding:
            self.clear_delayed_apps_cache()

    def _find_reload_model(self, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        if not self.only_adding:
            found: set[tuple[str, str]] = super()._find_reload_model(app_label, model_name, delay)  # type: ignore[misc]  # not in the stubs
            return found
        self.is_delayed = True
        return {(app_label, model_name)}


class _Executor(MigrationExecutor):
    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        assert isinstance(state, _State)
        state.enter(migration)
        return super().apply_migration(state, migration, fake, fake_initial)
