"""The short paths `/api/profile/…`: the same views under operation ids of their own."""

from drf_spectacular.utils import extend_schema, extend_schema_view

from .posts import PostListView
from .profiles import ProfileView


@extend_schema_view(get=extend_schema(operation_id="short_profile_read"))
class ShortProfileView(ProfileView):
    """`GET /api/profile/{username}`."""


@extend_schema_view(get=extend_schema(operation_id="short_profile_posts"))
class ShortPostListView(PostListView):
    """`GET /api/profile/{username}/posts`."""
