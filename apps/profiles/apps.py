"""The catalogue of creators: sources, posts, snapshots, metrics, media."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "apps.profiles"
    label = "profiles"
