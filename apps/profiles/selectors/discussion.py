"""What is said under a creator's posts, as the pure facts that metrics are computed from."""

from collections.abc import Iterable

from apps.jobs.models import Job
from apps.jobs.selectors import find_active_job
from apps.profiles.metrics import AuthenticityFacts, CommentFacts, DiscussionFacts
from apps.profiles.models import Comment, Post, Profile

from .facts import get_facts
from .profiles import list_posts

# Of the newest posts, and so many comments at most: what a reader waits for stays short.
MAX_DISCUSSED_POSTS = 50
MAX_COMMENTS = 2_000
COMMENTS_JOB = "profiles.comments"


def get_discussion(profile: Profile) -> DiscussionFacts:
    """The stored comments of a creator's newest shown posts. Two queries."""
    return _discussion(profile, list(list_posts(profile).select_related(None)[:MAX_DISCUSSED_POSTS]))


def get_post_discussion(post: Post) -> DiscussionFacts:
    """As `get_discussion`, of one post. One query."""
    return _discussion(post.profile, [post])


def find_comments_job(profile: Profile) -> Job | None:
    """The reading of this creator's comments that is queued or running; it is shared by all teams. One query."""
    return find_active_job(kind=COMMENTS_JOB, team=None, dedup_key=str(profile.pk))


def get_authenticity_facts(profile: Profile) -> AuthenticityFacts:
    """What the checks of authenticity look at: about six queries."""
    return AuthenticityFacts(profile=get_facts(profile), discussion=get_discussion(profile))


def _discussion(profile: Profile, posts: list[Post]) -> DiscussionFacts:
    rows = Comment.objects.filter(post__in=[post.pk for post in posts]).order_by("-post_id", "-written_at", "-id")
    comments = tuple(make_comment_facts(row, profile=profile) for row in rows[:MAX_COMMENTS])
    stored = {comment.post_id for comment in comments}
    discussed = [post for post in posts if post.pk in stored] or posts
    return DiscussionFacts(
        username=profile.username,
        as_of=profile.posts_refreshed_at or profile.refreshed_at or profile.created_at,
        comments=comments,
        captions={post.pk: post.caption for post in discussed},
        shortcodes={post.pk: post.shortcode for post in discussed},
        of=_count(discussed),
        is_private=profile.is_private,
        refusal=_refusal(posts),
    )


_REFUSALS = {
    "no_source": "none of the data sources that are set up gives their text.",
    "source_unavailable": "the data source did not answer when it was asked for their text.",
    "absent": "the data source does not find these posts any more.",
}


def _refusal(posts: list[Post]) -> str:
    """What the newest try that failed was told."""
    tried = [post.comments_refusal for post in posts if post.comments_refusal]
    if tried:
        return _REFUSALS[tried[0]]
    return "" if any(post.comments_read_at for post in posts) else "their text has not been read yet."


def _count(posts: Iterable[Post]) -> int | None:
    counts = [post.comments for post in posts if post.comments is not None]
    return sum(counts) if counts else None


def make_comment_facts(row: Comment, *, profile: Profile) -> CommentFacts:
    """What metrics read of a stored comment."""
    own_id = bool(row.author_external_id) and row.author_external_id == profile.external_id
    return CommentFacts(
        id=row.pk,
        post_id=row.post_id,
        text=row.text,
        author=row.author_external_id or row.author_username,
        username=row.author_username,
        written_at=row.written_at,
        likes=row.likes,
        by_creator=own_id or (bool(row.author_username) and row.author_username == profile.username),
    )
