"""Storing posts: new ones are added, known ones updated, vanished ones marked; none is ever deleted."""

from datetime import datetime
from typing import Any

from apps.profiles.models import Mention, Post
from apps.profiles.normalise import PostData, PostPage

from .commenting import store_comments
from .identity import LockedProfile
from .plausibility import judge_post

MOST_EMBEDDED = 100
_TEXTS = ("product_type", "caption", "alt_text", "owner_external_id", "owner_username", "thumbnail_url")
_FACTS = ("taken_at", "duration", "carousel_size", "location", "music", "width", "height", "comments", "views", "plays")
_SWITCHES = ("comments_disabled", "is_pinned", "is_sponsored")
_LISTS = ("coauthors", "tagged", "sponsors", "hashtags", "mentions")
_COLUMNS = (
    "shortcode", "type", "product_type", "caption", "alt_text", "owner_external_id", "owner_username",
    "thumbnail_source_url", *_FACTS, *_SWITCHES, *_LISTS, "likes", "likes_hidden", "flags", "last_seen_at",
    "missing_since",
)  # fmt: skip


def store_posts(profile: LockedProfile, page: PostPage, *, seen_at: datetime) -> bool:
    """Store a page of posts; whether anything that a report shows has changed. A few queries, whatever the size."""
    if not page.posts:
        return False
    known = {post.external_id: post for post in Post.objects.filter(profile=profile)}
    new, changed, seen = [], [], []
    for data in page.posts:
        post = known.get(data.external_id)
        if post is None:
            new.append(_new_post(profile, data, seen_at))
            continue
        seen.append(post)
        if _update(post, data, followers=profile.followers):
            changed.append(post)
        post.last_seen_at = seen_at
    vanished = _mark_missing(page, known, profile, seen_at)
    Post.objects.bulk_create(new, batch_size=200)
    Post.objects.bulk_update({post.pk: post for post in (*seen, *vanished)}.values(), _COLUMNS, batch_size=200)
    _store_mentions(profile, [*new, *changed])
    stored = {post.external_id: post for post in (*new, *seen)}
    store_comments(
        (stored[data.external_id], item)
        for data in page.posts
        if data.external_id in stored
        for item in data.comment_rows[:MOST_EMBEDDED]
    )
    return bool(new or changed or vanished)


def _new_post(profile: LockedProfile, data: PostData, seen_at: datetime) -> Post:
    post = Post(
        profile=profile, external_id=data.external_id, type=data.type, first_seen_at=seen_at, last_seen_at=seen_at
    )
    _update(post, data, followers=profile.followers)
    return post


def _update(post: Post, data: PostData, *, followers: int | None) -> bool:
    """Take what `data` tells; whether anything changed. What it does not tell is kept."""
    before = {name: getattr(post, name) for name in _COLUMNS if name != "last_seen_at"}
    post.shortcode = data.shortcode or post.shortcode
    if "type_unknown" not in data.flags:
        post.type = data.type
    for name in _TEXTS:
        value = getattr(data, name)
        column = "thumbnail_source_url" if name == "thumbnail_url" else name
        setattr(post, column, value or getattr(post, column))
    for name in _FACTS:
        if (value := getattr(data, name)) is not None:
            setattr(post, name, value)
    post.is_sponsored = post.is_sponsored or data.is_sponsored
    if "type_unknown" not in data.flags:
        post.comments_disabled, post.is_pinned = data.comments_disabled, data.is_pinned
    for name in _LISTS:
        setattr(post, name, list(getattr(data, name)) or getattr(post, name))
    if data.likes_hidden or data.likes is not None:
        post.likes, post.likes_hidden = data.likes, data.likes_hidden
    post.flags = judge_post(post, data)
    post.missing_since = None
    after = {name: getattr(post, name) for name in before}
    return _without_signatures(before) != _without_signatures(after)


def _without_signatures(values: dict[str, Any]) -> dict[str, Any]:
    """A picture that is only signed anew has not changed."""
    return {**values, "thumbnail_source_url": str(values["thumbnail_source_url"]).partition("?")[0].rpartition("/")[2]}


def _mark_missing(page: PostPage, known: dict[str, Post], profile: LockedProfile, seen_at: datetime) -> list[Post]:
    """Known posts that must have been shown and were not.

    That can be concluded only on a timeline without gaps, between the oldest and the newest post shown (down to the
    first one when it was shown whole), for posts of the account itself. Pinned posts stand out of order and do not
    count. An end of the timeline is believed only when as many posts were shown as the account has.
    """
    times = [post.taken_at for post in page.posts if post.taken_at and not post.is_pinned]
    if not page.contiguous or page.refused or len(times) < 2:
        return []
    shown = {post.external_id for post in page.posts}
    whole = page.has_more is False and profile.posts_count is not None and len(shown) >= profile.posts_count
    oldest = datetime.min.replace(tzinfo=seen_at.tzinfo) if whole else min(times)
    vanished = []
    for post in known.values():
        own = post.owner_external_id in ("", profile.external_id)
        inside = post.taken_at is not None and oldest < post.taken_at < max(times)
        if post.external_id not in shown and post.missing_since is None and own and inside and not post.is_pinned:
            post.missing_since = seen_at
            vanished.append(post)
    return vanished


def _store_mentions(profile: LockedProfile, posts: list[Post]) -> None:
    Mention.objects.filter(post__in=[post for post in posts if post.pk]).delete()
    rows = []
    for post in posts:
        named = (
            (Mention.Kind.CAPTION, post.mentions),
            (Mention.Kind.TAG, post.tagged),
            (Mention.Kind.COAUTHOR, post.coauthors),
            (Mention.Kind.SPONSOR, post.sponsors),
        )
        rows += [
            Mention(profile=profile, post=post, username=name, kind=kind)
            for kind, names in named
            for name in dict.fromkeys(names)
            if name != profile.username
        ]
    Mention.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
