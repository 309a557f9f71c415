"""What upstream says of the account itself."""

from apps.profiles.metrics.facts import ProfileFacts
from apps.profiles.metrics.metric import Sample, Status, Unit
from apps.profiles.metrics.registry import Found, Missing, metric

_ONE = Sample(size=1, of=1, kind="profile")
_NONE = Sample(size=0, of=1, kind="profile")
_OBSERVED = {
    "unit": Unit.COUNT,
    "category": "account",
    "status": Status.OBSERVED,
    "minimum_sample": 1,
    "full_sample": 1,
    "source": "Instagram's own count, as the data source passed it on; stored exactly.",
}


def _observed(facts: ProfileFacts, count: int | None, name: str) -> Found | Missing:
    if count is None:
        return Missing(reason=f"The source gave no {name} count.", sample=_NONE, as_of=facts.as_of)
    flags = tuple(flag for flag in facts.flags if flag.startswith(name))
    return Found(value=count, sample=_ONE, as_of=facts.as_of, flags=flags, doubts=len(flags[:1]))


@metric(
    ProfileFacts,
    key="followers",
    method="account.followers.v1",
    label="Followers",
    formula="The number of accounts that follow the creator.",
    maths="F",
    inputs=("profile.followers",),
    **_OBSERVED,
)
def followers(facts: ProfileFacts) -> Found | Missing:
    return _observed(facts, facts.followers, "followers")


@metric(
    ProfileFacts,
    key="following",
    method="account.following.v1",
    label="Following",
    formula="The number of accounts that the creator follows.",
    maths="G",
    inputs=("profile.following",),
    **_OBSERVED,
)
def following(facts: ProfileFacts) -> Found | Missing:
    return _observed(facts, facts.following, "following")


@metric(
    ProfileFacts,
    key="posts_count",
    method="account.posts.v1",
    label="Posts",
    formula="The number of posts on the account, whether or not they are stored here.",
    maths="P",
    inputs=("profile.posts_count",),
    **_OBSERVED,
)
def posts_count(facts: ProfileFacts) -> Found | Missing:
    return _observed(facts, facts.posts_count, "posts_count")


@metric(
    ProfileFacts,
    key="followers_to_following",
    method="account.follow_ratio.v1",
    label="Followers per account followed",
    unit=Unit.RATIO,
    category="account",
    formula="Followers divided by accounts followed.",
    maths="F / G",
    inputs=("profile.followers", "profile.following"),
    minimum_sample=1,
    full_sample=1,
    source="The follower:following ratio of audience-credibility signals (Modash, trnd); research [M4], [TR].",
    caveats=("Unavailable for an account that follows nobody.",),
)
def follow_ratio(facts: ProfileFacts) -> Found | Missing:
    if facts.followers is None or facts.following is None:
        return Missing(reason="Followers or following are unknown.", sample=_NONE, as_of=facts.as_of)
    if facts.following == 0:
        return Missing(reason="The account follows nobody.", sample=_NONE, as_of=facts.as_of)
    return Found(value=facts.followers / facts.following, sample=_ONE, as_of=facts.as_of)
