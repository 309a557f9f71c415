"""What the current team bought beside reports."""

from typing import Any

from apps.discovery.models import EmailUnlock, PostUnlock
from apps.discovery.selectors.entitlements import find_email_unlock
from apps.profiles.models import Profile
from apps.profiles.selectors import get_picture_url, list_contacts

MOST = 100


def list_bought_posts() -> list[dict[str, Any]]:
    """`[{shortcode, username, caption, thumbnail_url, taken_at, bought_at}]`, newest first. One query."""
    rows = PostUnlock.objects.select_related("post__profile", "post__thumbnail")
    shown = rows.filter(post__profile__suppressed_at=None)[:MOST]
    return [
        {
            "shortcode": row.post.shortcode,
            "username": row.post.profile.username,
            "caption": row.post.caption,
            "thumbnail_url": get_picture_url(row.post.thumbnail, label=row.post.type),
            "taken_at": row.post.taken_at,
            "bought_at": row.created_at,
        }
        for row in shown
    ]


def describe_contacts(profile: Profile) -> dict[str, Any]:
    """`{bought, available, emails, phone}`: the addresses where the team bought them, else whether there are any."""
    bought: EmailUnlock | None = find_email_unlock(profile)
    emails = list_contacts(profile)
    return {
        "bought": bought,
        "available": bool(emails),
        "emails": emails if bought else [],
        "phone": profile.business_phone if bought else "",
    }
