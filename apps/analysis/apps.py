"""AI content analysis."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "apps.analysis"
    label = "analysis"

    def ready(self) -> None:
        from apps.profiles.signals import comments_stored, profile_refreshed  # noqa: PLC0415

        from . import metrics, similarity  # noqa: F401, PLC0415 - they register their definitions
        from .receivers import analyse_refreshed_profile, analyse_stored_comments  # noqa: PLC0415

        profile_refreshed.connect(analyse_refreshed_profile, dispatch_uid="analysis.profile_refreshed")
        comments_stored.connect(analyse_stored_comments, dispatch_uid="analysis.comments_stored")
