"""Narrowing a creator's posts."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce

from apps.discovery.selectors.reports.posts import is_paid
from apps.profiles.models import Post, Profile, SafetyFlag
from apps.profiles.selectors import list_posts

ANY_FLAG = "any"
UNKNOWN_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PostFilter:
    """What a list of posts is narrowed to; an empty value asks nothing."""

    types: tuple[str, ...] = ()
    sponsored: bool | None = None
    text: str = ""
    language: str = ""
    category: str = ""
    flag: str = ""
    """A code of brand safety, or `any`."""


def list_filtered_posts(profile: Profile, wanted: PostFilter) -> QuerySet[Post]:
    """A creator's posts, newest first (unknown times last), annotated with `shown_at` for cursors."""
    posts = list_posts(profile)
    if wanted.types:
        posts = posts.filter(type__in=wanted.types)
    if wanted.text:
        posts = posts.filter(caption__icontains=wanted.text)
    if wanted.language:
        posts = posts.filter(analysis__text_result__language=wanted.language)
    if wanted.category:
        posts = posts.filter(analysis__text_result__category=wanted.category)
    if wanted.flag:
        posts = posts.filter(Exists(_flags(wanted.flag)))
    if wanted.sponsored is not None:
        paid = [post.pk for post in list_posts(profile) if is_paid(post)]
        posts = posts.filter(pk__in=paid) if wanted.sponsored else posts.exclude(pk__in=paid)
    return posts.annotate(shown_at=Coalesce("taken_at", Value(UNKNOWN_TIME))).order_by("-shown_at", "-id")


def _flags(code: str) -> QuerySet[SafetyFlag]:
    flags = SafetyFlag.objects.filter(post=OuterRef("pk"))
    return flags if code == ANY_FLAG else flags.filter(code=code)
