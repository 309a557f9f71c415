"""What analysis does when it hears from below."""

from typing import Any

from .services import label_comments_at_once, submit_comment_analysis, submit_profile_analysis


def analyse_refreshed_profile(sender: Any, profile_id: int, **kwargs: Any) -> None:
    """A refresh may have brought posts or changed captions."""
    submit_profile_analysis(profile_id=profile_id)


def analyse_stored_comments(sender: Any, profile_id: int, **kwargs: Any) -> None:
    """Comments came: the rules read them now, the preferred engine when a worker has time."""
    label_comments_at_once(profile_id=profile_id)
    submit_comment_analysis(profile_id=profile_id)
