"""Comments of every known field set to `CommentData`."""

from typing import Any

from .reading import Reader, unwrap
from .shapes import CommentData
from .usernames import find_username

MAX_COMMENT = 5_000
_LISTS = (
    "edge_media_to_parent_comment", "edge_media_to_comment", "edge_media_preview_comment", "latestComments",
    "preview_comments",
)  # fmt: skip


def read_comment(node: Any) -> CommentData | None:
    """One comment, or None when it has no id or no text."""
    reader = Reader(node)
    external_id = reader.identifier("id", "pk")
    text = reader.text("comment", MAX_COMMENT, "text")
    if not external_id or text is None:
        return None
    author = ("owner.username", "user.username", "ownerUsername")
    return CommentData(
        external_id=external_id,
        text=text,
        author_username=find_username(reader.first(*author)),
        author_external_id=reader.identifier("owner.id", "user.pk", "user.id", "ownerId"),
        parent_external_id=reader.identifier("parent_comment_id", "parentCommentId"),
        written_at=reader.moment("written_at", "created_at", "created_at_utc", "timestamp"),
        likes=reader.count("likes", "edge_liked_by.count", "comment_like_count", "likesCount", "likes"),
        replies=reader.count(
            "replies", "edge_threaded_comments.count", "child_comment_count", "repliesCount", "replies_count"
        ),
    )


def read_comments(payload: Any) -> tuple[CommentData, ...]:
    """All readable comments of an answer: a list, `{"comments": […]}` or a post's own edges. Each once."""
    reader = Reader(payload)
    roots = [payload] if isinstance(payload, list) else list(reader.values("comments"))
    if not roots:
        media = next(iter(reader.values("data.shortcode_media", "data.xdt_shortcode_media")), payload)
        return read_embedded_comments(Reader(media))
    return _each_once(node for root in roots for node in unwrap(root))


def read_embedded_comments(post: Reader) -> tuple[CommentData, ...]:
    """The comments that came with a post."""
    return _each_once(post.objects(*_LISTS))


def _each_once(nodes: Any) -> tuple[CommentData, ...]:
    comments = (comment for node in nodes if (comment := read_comment(node)))
    return tuple({comment.external_id: comment for comment in comments}.values())
