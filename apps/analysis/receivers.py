"""What analysis does when it hears from below."""

from typing import Any

from .services import submit_profile_analysis


def analyse_refreshed_profile(sender: Any, profile_id: int, **kwargs: Any) -> None:
    """A refresh may have brought posts or changed captions."""
    submit_profile_analysis(profile_id=profile_id)
