"""Any public post, by its shortcode: stored under its creator, who is read with it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.profiles import gateways
from apps.profiles.errors import PostNotFound, ProfileNotFound, SourceUnavailable
from apps.profiles.gateways import AccountAbsent, Answer
from apps.profiles.models import Post, Profile
from apps.profiles.normalise import PostData, PostPage
from apps.profiles.selectors import find_post

from .asking import ask_once
from .flagging import renew_flags
from .identity import LockedProfile
from .leases import HeldLease
from .posting import store_posts
from .refreshing import refresh_profile


def read_post(*, shortcode: str, max_age: timedelta) -> Post:
    """A post seen within `max_age`, asked for at most once at a time over all teams.

    Its creator is read too where it is not stored or its posts are old, so that there is something to compare with.
    A stored post stands in where no source answers. Raises `PostNotFound` and `SourceUnavailable`. Repeatable; must
    not run inside a transaction.
    """
    since = timezone.now() - max_age

    def known() -> Post | None:
        post = find_post(shortcode)
        return post if post is not None and post.last_seen_at >= since and post.missing_since is None else None

    return ask_once(
        f"q/{shortcode}"[:60],
        known=known,
        ask=lambda lease: _read(lease, shortcode),
        refused=lambda code: _fall_back(shortcode, code),
    )


def _read(lease: HeldLease, shortcode: str) -> Post:
    stored = find_post(shortcode)
    synthetic = stored.profile.synthetic if stored else None
    try:
        answer = gateways.fetch_post(shortcode, synthetic=synthetic, keep_alive=lease.renew)
    except AccountAbsent as absence:
        raise PostNotFound(details={"shortcode": shortcode}) from absence
    except SourceUnavailable:
        return _fall_back(shortcode, SourceUnavailable.code)
    data = answer.data
    if not isinstance(data, PostData) or data.shortcode != shortcode:
        raise SourceUnavailable(details={"reasons": {answer.source: "another_post"}})
    return _store(answer, data, owner=stored.profile if stored else _read_owner(data, synthetic=answer.synthetic))


def _read_owner(data: PostData, *, synthetic: bool) -> Profile:
    """Who made the post, with other posts to hold it against."""
    if not data.owner_username:
        raise SourceUnavailable(details={"reasons": {"post": "owner_unknown"}})
    fresh = timedelta(days=settings.PREVIEW_FRESH_DAYS)
    try:
        return refresh_profile(username=data.owner_username, max_age=fresh, synthetic=synthetic).profile
    except ProfileNotFound as absence:
        raise PostNotFound(details={"shortcode": data.shortcode}) from absence


@transaction.atomic(durable=True)
def _store(answer: Answer, data: PostData, *, owner: Profile) -> Post:
    profile = LockedProfile(Profile.objects.select_for_update(no_key=True).get(pk=owner.pk))
    if profile.suppressed_at is not None:
        raise PostNotFound(details={"shortcode": data.shortcode})
    if store_posts(profile, PostPage(posts=(data,)), seen_at=answer.fetched_at):
        renew_flags(profile)
        profile.version += 1
        profile.save(update_fields=["version"])
    return Post.objects.select_related("profile", "thumbnail").get(profile=profile, external_id=data.external_id)


def _fall_back(shortcode: str, code: str) -> Post:
    """The stored post where there is one, else the reason why there is none."""
    if code == PostNotFound.code:
        raise PostNotFound(details={"shortcode": shortcode})
    stored = find_post(shortcode)
    if stored is None:
        raise SourceUnavailable(details={"reasons": {"post": code}}, retry_after=30)
    return stored
