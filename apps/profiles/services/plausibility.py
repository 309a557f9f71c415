"""What cannot be right is marked, never smoothed or dropped. `normalise.flags` says the codes in plain words."""

from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from apps.profiles.models import Post, Profile, Snapshot
from apps.profiles.normalise import PostData, ProfileData

# Instagram lets an account follow 7,500 others.
FOLLOWING_LIMIT = 7_500
DROP_WINDOW = timedelta(days=30)
_SMALL_ACCOUNT = 100


def judge_post(post: Post, data: PostData) -> list[str]:
    """Codes for one post: what its reader refused, and numbers that contradict each other."""
    flags = dict.fromkeys(data.flags)
    watched = max((count for count in (post.views, post.plays) if count is not None), default=None)
    if post.likes is not None and watched is not None and post.likes > watched:
        flags["likes_above_views"] = None
    return sorted(flags)


def judge_profile(profile: Profile, data: ProfileData) -> list[str]:
    """Codes for a profile: what its reader refused, missing counts, and numbers that contradict each other."""
    flags = dict.fromkeys(data.flags)
    told = {"followers": data.followers, "following": data.following, "posts_count": data.posts_count}
    for name, value in told.items():
        if value is None and getattr(profile, name) is not None:
            flags[f"{name}_not_refreshed"] = None
    if profile.following is not None and profile.following > FOLLOWING_LIMIT:
        flags["following_above_limit"] = None
    posts = list(Post.objects.filter(profile=profile, missing_since__isnull=True).only("likes"))
    if profile.posts_count is not None and profile.posts_count < len(posts):
        flags["posts_count_below_shown"] = None
    likes = [post.likes for post in posts if post.likes is not None]
    if likes and profile.followers is not None and sum(likes) / len(likes) > max(profile.followers, _SMALL_ACCOUNT):
        flags["likes_above_followers"] = None
    if _has_dropped(profile):
        flags["followers_dropped"] = None
    return sorted(flags)


def _has_dropped(profile: Profile) -> bool:
    """Nine of ten followers gone within a month: a wrong answer, or a purge; either way not to be taken silently."""
    if profile.followers is None or profile.pk is None:
        return False
    recent = Snapshot.objects.filter(profile=profile, taken_at__gt=timezone.now() - DROP_WINDOW)
    highest = recent.aggregate(highest=Max("followers"))["highest"]
    return highest is not None and highest > _SMALL_ACCOUNT and profile.followers <= highest * 0.1
