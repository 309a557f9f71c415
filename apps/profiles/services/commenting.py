"""Reading the comments under posts: claim (commit) → ask the sources → store (commit), one at a time for each post."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.jobs.models import Job
from apps.jobs.services import submit_job
from apps.profiles import gateways
from apps.profiles.errors import SourceUnavailable
from apps.profiles.gateways import AccountAbsent, Answer, Capability
from apps.profiles.models import Comment, Post, Profile
from apps.profiles.normalise import CommentData
from apps.profiles.selectors import list_posts
from apps.profiles.selectors.discussion import COMMENTS_JOB
from apps.profiles.signals import comments_stored

from .asking import ask_once
from .leases import HeldLease

Report = Callable[[int, int, str], Any]
MOST = 500


@dataclass(frozen=True, slots=True)
class CommentsRead:
    """How reading a post's comments ended.

    `read`: a source gave them; `fresh`: they were read before, young and deep enough; `none`: there are none to read;
    `refused`: nothing came, and `reason` why: "no_source", "source_unavailable" or "absent".
    """

    state: Literal["read", "fresh", "none", "refused"]
    reason: str = ""

    @property
    def known(self) -> bool:
        """Whether the comments of the post can be shown."""
        return self.state != "refused"


def read_comments(*, post: Post, limit: int, max_age: timedelta) -> CommentsRead:
    """Have up to `limit` comments of a post stored that are not older than `max_age`, once for all who ask at a time.

    What was stored before is kept, whatever comes. Never raises for want of a source. Repeatable; must not run inside
    a transaction. Sends `comments_stored` after new ones were stored.
    """
    limit = max(1, min(limit, MOST))

    def known() -> CommentsRead | None:
        return _known_answer(post, limit=limit, since=timezone.now() - max_age)

    try:
        return ask_once(
            f"p/{post.shortcode}"[:60],
            known=known,
            ask=lambda lease: _read(lease, post, limit=limit),
            refused=lambda code: CommentsRead("refused", _REASONS.get(code, "source_unavailable")),
        )
    except (AccountAbsent, SourceUnavailable) as error:
        return _refuse(post, _REASONS[error.code])


_REASONS = {AccountAbsent.code: "absent", SourceUnavailable.code: "source_unavailable"}


def _known_answer(post: Post, *, limit: int, since: datetime) -> CommentsRead | None:
    post.refresh_from_db()
    if post.comments == 0 or post.comments_disabled:
        return CommentsRead("none")
    deep_enough = post.comments_asked >= limit or (post.comments is not None and post.comments_asked >= post.comments)
    if post.comments_read_at is not None and post.comments_read_at >= since and deep_enough:
        return CommentsRead("fresh")
    if not gateways.can_fetch(Capability.COMMENTS, synthetic=post.profile.synthetic):
        return _refuse(post, "no_source")
    return None


def _read(lease: HeldLease, post: Post, *, limit: int) -> CommentsRead:
    answer = gateways.fetch_comments(
        post.shortcode, limit=limit, synthetic=post.profile.synthetic, keep_alive=lease.renew
    )
    _store(post, answer, limit=limit)
    comments_stored.send(sender=Comment, profile_id=post.profile_id)
    return CommentsRead("read")


def _refuse(post: Post, reason: str) -> CommentsRead:
    """Note why nothing came; what is stored stays."""
    Post.objects.filter(pk=post.pk).exclude(comments_refusal=reason).update(comments_refusal=reason)
    return CommentsRead("refused", reason)


def _store(post: Post, answer: Answer, *, limit: int) -> None:
    if not isinstance(answer.data, tuple):
        raise TypeError(answer.capability)
    with transaction.atomic(durable=True):
        store_comments((post, item) for item in answer.data[:limit])
        Post.objects.filter(pk=post.pk).update(
            comments_read_at=answer.fetched_at, comments_asked=limit, comments_refusal=""
        )
        profile = Profile.objects.select_for_update(no_key=True).get(pk=post.profile_id)
        profile.version += 1
        profile.save(update_fields=["version"])


def store_comments(comments: Iterable[tuple[Post, CommentData]]) -> None:
    """Add what is new, update what was known, each once; none is ever deleted. Runs in the caller's transaction."""
    rows = {
        (post.pk, item.external_id): Comment(
            post=post, external_id=item.external_id, text=item.text, author_username=item.author_username,
            author_external_id=item.author_external_id, parent_external_id=item.parent_external_id,
            written_at=item.written_at, likes=item.likes, replies=item.replies,
        )
        for post, item in comments
    }  # fmt: skip
    Comment.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["post", "external_id"],
        update_fields=["text", "likes", "replies"], batch_size=500,
    )  # fmt: skip


def submit_discussion(profile: Profile) -> Job | None:
    """Have the comments of a creator's newest posts read in the background, once for all teams; None if none are due.

    For creators that somebody paid for: each comment costs upstream money.
    """
    due = [post for post in _list_discussed(profile) if _is_due(post)]
    if not due:
        return None
    if not gateways.can_fetch(Capability.COMMENTS, synthetic=profile.synthetic):
        Post.objects.filter(pk__in=[post.pk for post in due]).update(comments_refusal="no_source")
        return None
    return submit_job(
        kind=COMMENTS_JOB,
        params={"profile_id": profile.pk},
        dedup_key=str(profile.pk),
        queue=Job.Queue.BACKGROUND,
    )


def read_discussion(*, profile_id: int, report: Report) -> dict[str, int]:
    """Have the comments of a creator's newest posts read, where they are missing or old; how many posts ended how.

    Repeatable, and resumable after any post. One post that fails fails no other.
    """
    posts = _list_discussed(Profile.objects.get(pk=profile_id))
    counts: dict[str, int] = {}
    for done, post in enumerate(posts):
        report(done, len(posts), f"Reading comments: post {done + 1} of {len(posts)}")
        read = read_comments(post=post, limit=settings.COMMENTS_PER_POST, max_age=_lifetime())
        counts[read.state] = counts.get(read.state, 0) + 1
    return counts


def _list_discussed(profile: Profile) -> list[Post]:
    """The newest posts with comments, on which a report rests."""
    posts = list_posts(profile).exclude(comments=0).exclude(comments_disabled=True).select_related("profile")
    return list(posts[: settings.COMMENTS_POSTS])


def _is_due(post: Post) -> bool:
    return post.comments_read_at is None or post.comments_read_at < timezone.now() - _lifetime()


def _lifetime() -> timedelta:
    return timedelta(days=settings.COMMENTS_FRESH_DAYS)
