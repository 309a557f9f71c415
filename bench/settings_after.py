"""The same with the second migration, as after a release."""

from bench.settings_before import *  # noqa: F403

MIGRATION_MODULES = {"bench_notes": "bench.notes.after"}
