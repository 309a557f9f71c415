"""Migrations are complete and of the kind that the fast migrator can take."""

from django.apps import apps
from django.conf import settings
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def test_no_model_change_lacks_its_migration():
    loader = MigrationLoader(None)
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)

    assert {app: [str(one) for one in missing] for app, missing in changes.items()} == {}


def test_every_app_has_one_latest_migration():
    assert MigrationLoader(None).detect_conflicts() == {}


def test_team_migrations_run_in_one_transaction():
    """One that does not would be half done in some teams; indexes of team tables are small enough to be locked."""
    labels = {config.label for config in apps.get_app_configs() if config.name in settings.TENANT_APPS}
    loose = [key for key, one in MigrationLoader(None).disk_migrations.items() if key[0] in labels and not one.atomic]

    assert loose == []


def test_no_app_is_in_both_places():
    """Else a lost team would find tables in public instead of failing."""
    assert set(settings.SHARED_APPS) & set(settings.TENANT_APPS) == set()
