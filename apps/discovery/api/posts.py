"""Posts of unlocked creators: pages, a stream, one by its shortcode."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import orjson
from django.http import HttpResponseBase, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api import CursorPagination
from apps.core.api.schema import PAGE, page_of, refusals
from apps.core.conditional import is_unchanged
from apps.discovery.selectors.discussion import list_comments, show_comments
from apps.discovery.selectors.doors import get_bought_post, get_unlocked_profile
from apps.discovery.selectors.filtering import ANY_FLAG, PostFilter, list_filtered_posts
from apps.discovery.selectors.reports import get_report_key
from apps.discovery.selectors.reports.posts import show_posts
from apps.discovery.services.trails import record_access
from apps.profiles.errors import PostNotFound
from apps.profiles.metrics.safety import SAFETY_CODES
from apps.profiles.models import Post, Profile
from apps.teams.access import Permission, TeamAPIView

from .answers import make_list_etag, member_of, with_cache_headers
from .parts import REFUSED
from .schema import IF_NONE_MATCH, CommentOutput, OnePostOutput, PostPage

_BATCH = 25


class PostFilterInput(serializers.Serializer[Any]):
    """The filters of a list of posts."""

    type = serializers.CharField(required=False, help_text="photo, video, carousel, reel; several by comma.")
    sponsored = serializers.BooleanField(required=False, allow_null=True, default=None)
    q = serializers.CharField(required=False, max_length=200, help_text="Words in the caption.")
    language = serializers.CharField(required=False, max_length=8, help_text="ISO 639-1.")
    category = serializers.CharField(required=False, max_length=40)
    flag = serializers.ChoiceField(
        choices=[ANY_FLAG, *SAFETY_CODES], required=False, help_text="Posts with this brand-safety flag."
    )

    def validate_type(self, value: str) -> str:
        unknown = set(value.split(",")) - set(Post.Type.values)
        if unknown:
            raise serializers.ValidationError(f"Unknown: {', '.join(sorted(unknown))}.")
        return value


def read_filter(request: Request) -> PostFilter:
    given = PostFilterInput(data=request.query_params)
    given.is_valid(raise_exception=True)
    values = given.validated_data
    return PostFilter(
        types=tuple(values["type"].split(",")) if values.get("type") else (),
        sponsored=values["sponsored"],
        text=values.get("q", ""),
        language=values.get("language", ""),
        category=values.get("category", ""),
        flag=values.get("flag", ""),
    )


class PostListView(TeamAPIView):
    """An unlocked creator's posts, newest first."""

    permission = Permission.CONTENT_VIEW

    @extend_schema(
        operation_id="instagram_profile_posts",
        tags=["instagram"],
        summary="List the posts of an unlocked creator",
        parameters=[PostFilterInput, *PAGE, IF_NONE_MATCH],
        responses={200: PostPage, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        profile = get_unlocked_profile(username, member=member_of(request))
        record_access(member=member_of(request), profile_id=profile.pk)
        wanted = read_filter(request)
        key = get_report_key(profile)
        etag = make_list_etag(request, key.etag if key else "")
        if is_unchanged(request, etag):
            return with_cache_headers(Response(status=304), etag)
        pages = CursorPagination()
        pages.ordering = ("-shown_at", "-id")
        page = pages.paginate_queryset(list_filtered_posts(profile, wanted), request, view=self)
        shown = show_posts(list(page or []), profile=profile)
        return with_cache_headers(pages.get_paginated_response(shown), etag)


class AnyRenderer(BaseContentNegotiation):
    """A stream has one form, whatever the caller accepts."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class PostStreamView(TeamAPIView):
    """All posts as NDJSON: one post a line, the first as soon as it is read."""

    permission = Permission.CONTENT_VIEW
    content_negotiation_class = AnyRenderer

    @extend_schema(
        operation_id="instagram_profile_posts_stream",
        tags=["instagram"],
        summary="Stream the posts of an unlocked creator",
        parameters=[PostFilterInput],
        responses={(200, "application/x-ndjson"): OpenApiTypes.STR, **REFUSED},
    )
    def get(self, request: Request, username: str) -> HttpResponseBase:
        profile = get_unlocked_profile(username, member=member_of(request))
        record_access(member=member_of(request), profile_id=profile.pk)
        lines = stream_posts(profile, read_filter(request))
        response = StreamingHttpResponse(lines, content_type="application/x-ndjson")
        response["Cache-Control"] = "private, no-store"
        response["X-Accel-Buffering"] = "no"
        return response


def stream_posts(profile: Profile, wanted: PostFilter) -> Iterator[bytes]:
    """Lines of JSON. The ids are read at once, the posts in batches, so no cursor stays open between two chunks."""
    ids = iter(list(list_filtered_posts(profile, wanted).values_list("pk", flat=True)))
    size = 1
    while batch := list(islice(ids, size)):
        posts = Post.objects.select_related("thumbnail").in_bulk(batch)
        shown = show_posts([posts[pk] for pk in batch if pk in posts], profile=profile)
        yield b"".join(orjson.dumps(post) + b"\n" for post in shown)
        size = _BATCH


_SHORTCODE = OpenApiParameter("shortcode", str, OpenApiParameter.PATH)
_REFUSED = {**REFUSED, **refusals(PostNotFound)}


class PostView(TeamAPIView):
    """One post that the team may read."""

    permission = Permission.CONTENT_VIEW

    @extend_schema(
        operation_id="instagram_post_read",
        tags=["instagram"],
        summary="Read a post of an unlocked creator, or one that was bought",
        parameters=[_SHORTCODE],
        responses={200: OnePostOutput, **_REFUSED},
    )
    def get(self, request: Request, shortcode: str) -> Response:
        post = get_bought_post(shortcode, member=member_of(request))
        return Response({**show_posts([post], profile=post.profile)[0], "username": post.profile.username})


class PostCommentsView(TeamAPIView):
    """What is said under a post."""

    permission = Permission.CONTENT_VIEW

    @extend_schema(
        operation_id="instagram_post_comments",
        tags=["instagram"],
        summary="List the comments of a post",
        description=(
            "The comments that are stored, newest first, each with its kind, mood and language. Empty where no source "
            "gave any. Post analytics (`POST posts/{shortcode}/analytics`) has more of them read."
        ),
        parameters=[_SHORTCODE, *PAGE],
        responses={200: page_of(CommentOutput), **_REFUSED},
    )
    def get(self, request: Request, shortcode: str) -> Response:
        post = get_bought_post(shortcode, member=member_of(request))
        pages = CursorPagination()
        pages.ordering = ("-shown_at", "-id")
        page = pages.paginate_queryset(list_comments(post), request, view=self)
        return pages.get_paginated_response(show_comments(page or [], post=post))
