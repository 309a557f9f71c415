"""How many posts say what a brand may mind."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from apps.profiles.metrics.facts import PostFacts, ProfileFacts
from apps.profiles.metrics.metric import Unit
from apps.profiles.metrics.registry import Found, Missing, metric
from apps.profiles.metrics.safety import CATEGORIES, find_flags, published_terms
from apps.profiles.metrics.safety.terms import EXEMPT
from apps.profiles.metrics.sampling import RECENT, Requirement, Selection, choose, posts_as_of, why_no_posts


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyFacts:
    """A creator whose captions are looked through."""

    profile: ProfileFacts


CAPTION = Requirement("no_caption", lambda post: bool(post.caption.strip()))
_LABELS = {category.code: (category.label, category.severity) for category in CATEGORIES}
_COMMON: dict[str, Any] = {
    "category": "safety",
    "inputs": ("posts.caption", "posts.taken_at"),
    "minimum_sample": 1,
    "full_sample": 24,
    "source": "The categories follow what HypeAuditor's brand safety and CreatorIQ's keyword safety look for; research "
    "1c, [Q1]. The list is ours and published.",
    "caveats": (
        "Words of the published list, in the 20 languages: pictures and sound are not looked at.",
        "A flag says that the words are there, not what is meant: read the quote.",
        "Posts without a caption cannot be judged and are left out.",
    ),
    "published": {"terms": published_terms(), "exempt": list(EXEMPT)},
}


def _choose(facts: SafetyFacts) -> Selection:
    return choose(facts.profile, CAPTION, limit=RECENT)


def _missing(facts: SafetyFacts, chosen: Selection) -> Missing:
    reason = "None of the posts has a caption." if chosen.of else why_no_posts(facts.profile, chosen)
    return Missing(reason=reason, sample=chosen.sample, as_of=posts_as_of(facts.profile))


@metric(
    SafetyFacts,
    key="safety.flagged.share",
    method="safety.flagged.share.v1",
    label="Posts with a brand-safety flag",
    unit=Unit.PERCENT,
    formula="Of the 50 latest posts, those whose caption has a term of the published list, divided by those with a "
    "caption, times 100.",
    maths="n(flagged) / n(with a caption) x 100",
    **_COMMON,
)
def flagged_share(facts: SafetyFacts) -> Found | Missing:
    chosen = _choose(facts)
    if not chosen.posts:
        return _missing(facts, chosen)
    flagged = sum(bool(find_flags(post.caption)) for post in chosen.posts)
    return Found(value=100 * flagged / len(chosen.posts), sample=chosen.sample, as_of=posts_as_of(facts.profile))


@metric(
    SafetyFacts,
    key="safety.categories",
    method="safety.categories.v1",
    label="Brand-safety flags by category",
    unit=Unit.TABLE,
    formula="For each category of the published list: the posts among the 50 latest that have a term of it.",
    maths="n(posts with a term of the category)",
    columns={
        "code": "of the published list",
        "label": "in words",
        "severity": "1 mild, 2 notable, 3 severe",
        "posts": "posts",
        "share": "percent of the posts with a caption",
        "shortcodes": "which posts",
    },
    **_COMMON,
)
def flagged_categories(facts: SafetyFacts) -> Found | Missing:
    chosen = _choose(facts)
    if not chosen.posts:
        return _missing(facts, chosen)
    posts: dict[str, list[PostFacts]] = defaultdict(list)
    for post in chosen.posts:
        for code in sorted({flag.code for flag in find_flags(post.caption)}):
            posts[code].append(post)
    rows = [_row(code, flagged, len(chosen.posts)) for code, flagged in posts.items()]
    rows.sort(key=lambda row: (-row["severity"], -row["posts"], row["code"]))
    return Found(value=rows, sample=chosen.sample, as_of=posts_as_of(facts.profile))


def _row(code: str, flagged: list[PostFacts], of: int) -> dict[str, Any]:
    label, severity = _LABELS[code]
    return {
        "code": code,
        "label": label,
        "severity": severity,
        "posts": len(flagged),
        "share": 100 * len(flagged) / of,
        "shortcodes": sorted(post.shortcode for post in flagged if post.shortcode),
    }
