"""What the catalogue itself does after a refresh."""

from typing import Any

from apps.jobs.models import Job
from apps.jobs.services import submit_job

from .models import Post, Profile


def fetch_pictures(sender: Any, profile_id: int, **kwargs: Any) -> None:
    """Submit a job for the pictures that are still missing; none when nothing is."""
    avatar = Profile.objects.filter(pk=profile_id, avatar__isnull=True).exclude(avatar_source_url="").exists()
    posts = Post.objects.filter(profile_id=profile_id, thumbnail__isnull=True, missing_since__isnull=True)
    if avatar or posts.exclude(thumbnail_source_url="").exists():
        submit_job(
            kind="profiles.media",
            params={"profile_id": profile_id},
            dedup_key=str(profile_id),
            queue=Job.Queue.BACKGROUND,
        )
