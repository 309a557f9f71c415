"""How often the creator posts."""

from datetime import timedelta

from apps.profiles.metrics.facts import PostFacts, ProfileFacts
from apps.profiles.metrics.metric import Unit
from apps.profiles.metrics.registry import Found, Missing, metric
from apps.profiles.metrics.sampling import LATEST, latest_posts, post_sample, posts_as_of, why_no_posts
from apps.profiles.metrics.sampling import choose as choose_posts

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_SKEW = timedelta(hours=1)
_FUTURE = "A post dated after the reading has no known time: it is left out."


def _dated(facts: ProfileFacts) -> list[PostFacts]:
    """The posts of known time, newest first. A time after the posts were read is a wrong one, so it is not known."""
    end = posts_as_of(facts) + _SKEW
    return [post for post in latest_posts(facts, len(facts.posts)) if post.taken_at and post.taken_at <= end]


def _why_undated(facts: ProfileFacts) -> str:
    return "The time of the posts is unknown." if facts.posts else why_no_posts(facts, choose_posts(facts))


def _in_sequence(facts: ProfileFacts) -> list[PostFacts]:
    """The latest posts without a gap: a pinned post may be years older than its neighbours."""
    dated = _dated(facts)
    plain = [post.taken_at for post in dated if not post.is_pinned and post.taken_at]
    oldest = min(plain, default=None)
    return [post for post in dated if not post.is_pinned or (oldest and post.taken_at and post.taken_at > oldest)]


@metric(
    ProfileFacts,
    key="posts_per_week",
    method="activity.posts_per_week.v1",
    label="Posts per week",
    unit=Unit.PER_WEEK,
    category="activity",
    formula="The 12 latest posts: how many came after the oldest of them, divided by the weeks from it until the posts "
    "were read.",
    maths="(n - 1) / ((T - t_oldest) / 7 days)",
    inputs=("posts.taken_at", "posts.is_pinned", "profile.posts_refreshed_at"),
    minimum_sample=4,
    full_sample=LATEST,
    decimals=2,
    source="HypeAuditor `post_frequency`: posts per week; the window of 12 posts is ours; research 1a, [H1].",
    caveats=(
        "Counted until the posts were read, so an account that stopped posting falls towards 0.",
        "Pinned posts older than the oldest unpinned one are left out: the posts between them are not known.",
        _FUTURE,
    ),
)
def posts_per_week(facts: ProfileFacts) -> Found | Missing:
    as_of = posts_as_of(facts)
    known = len(latest_posts(facts, LATEST))
    posts = _in_sequence(facts)[:LATEST]
    sample = post_sample(posts, of=known)
    moments = [post.taken_at for post in posts if post.taken_at]
    if not moments:
        return Missing(reason=_why_undated(facts), sample=sample, as_of=as_of)
    span = as_of - min(moments)
    if span < _DAY:
        return Missing(reason="The known posts cover less than a day.", sample=sample, as_of=as_of)
    return Found(value=(len(posts) - 1) / (span / _WEEK), sample=sample, as_of=as_of)


@metric(
    ProfileFacts,
    key="days_since_last_post",
    method="activity.days_since_last_post.v1",
    label="Days since the last post",
    unit=Unit.COUNT,
    category="activity",
    formula="Days from the newest post until the posts were read.",
    maths="(T - t_newest) / 1 day",
    inputs=("posts.taken_at", "profile.posts_refreshed_at"),
    minimum_sample=1,
    full_sample=1,
    decimals=1,
    source="Our own; a plain difference of two times.",
    caveats=(_FUTURE,),
)
def days_since_last_post(facts: ProfileFacts) -> Found | Missing:
    as_of = posts_as_of(facts)
    newest = next(iter(_dated(facts)), None)
    if newest is None or newest.taken_at is None:
        sample = post_sample((), of=len(latest_posts(facts, LATEST)))
        return Missing(reason=_why_undated(facts), sample=sample, as_of=as_of)
    days = max(0.0, (as_of - newest.taken_at) / _DAY)
    return Found(value=days, sample=post_sample([newest], of=len(facts.posts)), as_of=as_of)
