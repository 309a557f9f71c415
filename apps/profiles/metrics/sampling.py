"""Which posts a metric may use, and an honest account of those it may not."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .facts import PostFacts, ProfileFacts
from .metric import Sample

LATEST = 12
"""The window of engagement metrics, as HypeAuditor documents it: the 12 latest posts."""
RECENT = 50
"""The window of what is listed (hashtags, mentions, formats, sponsored posts): the 50 latest posts."""
YOUNG = timedelta(hours=24)
"""A younger post is still gathering its likes: it counts, as in the documented definitions, and is flagged."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a post must have to be used, and the word for those that have it not."""

    missing: str
    holds: Callable[[PostFacts], bool]


def _likes_visible(post: PostFacts) -> bool:
    return not post.likes_hidden and post.likes is not None


LIKES = Requirement("likes_hidden", _likes_visible)
COMMENTS = Requirement("comments_unknown", lambda post: post.comments is not None)
VIEWS = Requirement("views_unknown", lambda post: bool(post.views))
PLAYS = Requirement("plays_unknown", lambda post: bool(post.plays))
VIDEO = Requirement("not_video", lambda post: post.type in {"video", "reel"} or bool(post.views or post.plays))


@dataclass(frozen=True, slots=True)
class Selection:
    """The usable posts of a window, with how many were left out for which reason."""

    posts: tuple[PostFacts, ...]
    of: int
    excluded: tuple[tuple[str, int], ...]
    young: int

    @property
    def sample(self) -> Sample:
        return post_sample(self.posts, of=self.of, excluded=self.excluded)

    @property
    def flags(self) -> tuple[str, ...]:
        marked = {flag for post in self.posts for flag in post.flags}
        return tuple(sorted(marked | ({"young_posts"} if self.young else set())))

    @property
    def doubts(self) -> int:
        """One level less of confidence where upstream's values are doubtful or many posts are still young."""
        doubtful = any(post.flags for post in self.posts)
        return int(doubtful or 4 * self.young > len(self.posts))


def post_sample(posts: Sequence[PostFacts], *, of: int, excluded: Sequence[tuple[str, int]] = ()) -> Sample:
    moments = [post.taken_at for post in posts if post.taken_at]
    window = (min(moments), max(moments)) if moments else None
    return Sample(size=len(posts), of=of, kind="posts", excluded=tuple(excluded), window=window)


def posts_as_of(facts: ProfileFacts) -> datetime:
    return facts.posts_as_of or facts.as_of


def latest_posts(facts: ProfileFacts, limit: int) -> list[PostFacts]:
    """The newest `limit` posts by their own time (pinned or not); posts of unknown time come last."""
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(facts.posts, key=lambda post: (post.taken_at or oldest, str(post.id)), reverse=True)[:limit]


def choose(facts: ProfileFacts, *requirements: Requirement, limit: int = LATEST) -> Selection:
    """The posts of the window that fulfil all requirements; each post left out is counted under the first it lacks."""
    window = latest_posts(facts, limit)
    used: list[PostFacts] = []
    lacking: Counter[str] = Counter()
    for post in window:
        failed = next((requirement.missing for requirement in requirements if not requirement.holds(post)), None)
        if failed is None:
            used.append(post)
        else:
            lacking[failed] += 1
    limit_young = posts_as_of(facts) - YOUNG
    young = sum(1 for post in used if post.taken_at and post.taken_at > limit_young)
    return Selection(tuple(used), len(window), tuple(sorted(lacking.items())), young)


def why_no_posts(facts: ProfileFacts, selection: Selection) -> str:
    """The sentence for a metric that found no post to use."""
    if facts.is_private:
        return "The account is private: its posts are not public."
    if not selection.of:
        return "No posts are known."
    reasons = dict(selection.excluded)
    if len(reasons) == 1:
        lacking = next(iter(reasons))
        words = _ALL_LACK.get(lacking, "None of the {n} latest posts can be used: " + lacking.replace("_", " ") + ".")
        return words.format(n=selection.of)
    parts = ", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in reasons.items())
    return f"None of the {selection.of} latest posts can be used ({parts})."


_ALL_LACK = {
    "likes_hidden": "Likes are hidden or unknown on all {n} latest posts.",
    "comments_unknown": "Comment counts are unknown on all {n} latest posts.",
    "views_unknown": "View counts are unknown on all {n} latest posts.",
    "plays_unknown": "Play counts are unknown on all {n} latest posts.",
    "not_feed": "None of the {n} latest posts is a photo or a carousel.",
    "not_video": "None of the {n} latest posts is a video.",
    "undated": "The time of all {n} latest posts is unknown.",
    "young": "All {n} latest posts are younger than 24 hours.",
}
