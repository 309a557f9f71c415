"""A team app that exists for the bench only: its second migration is what 300 teams are brought up to."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "bench.notes"
    label = "bench_notes"
