"""What the labels of a creator's posts add up to, as metrics of the same registry as all others."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from statistics import fmean
from typing import Any

from apps.analysis.engines import UNDETERMINED
from apps.analysis.languages import LANGUAGES, language_name
from apps.analysis.taxonomy import category_label, list_categories
from apps.profiles.metrics import Found, Metric, Missing, Sample, Status, Unit, compute_metrics, metric

MINIMUM = 3
TREND_MINIMUM = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPost:
    """The labels of one post."""

    language: str
    sentiment: str
    score: float
    category: str | None
    category_confidence: float
    engine: str
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFacts:
    """The labelled posts of a creator, of how many that are shown, and when they were labelled."""

    posts: tuple[LabelledPost, ...]
    of: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """The sums as they are stored and as a report reads them."""

    aggregates: dict[str, Any]
    primary_category: str | None
    mean_sentiment: float | None


_COMMON: dict[str, Any] = {"category": "analysis", "status": Status.ESTIMATED, "full_sample": 24}
_ENGINES = "Labels come from engines that err; each post shows its engine and confidence."
_UNCLEAR = "Posts whose category is unclear are left out and counted in the sample."


def _sample(facts: ContentFacts, used: int, why: str) -> Sample:
    excluded = tuple(
        (name, count)
        for name, count in (("not_analysed", facts.of - len(facts.posts)), (why, len(facts.posts) - used))
        if count > 0
    )
    return Sample(size=used, of=facts.of, kind="posts", excluded=excluded)


def _too_few(facts: ContentFacts, sample: Sample, what: str) -> Missing:
    if not facts.posts:
        reason = "No posts have been analysed yet." if facts.of else "No posts are known."
    else:
        reason = f"None of the {len(facts.posts)} analysed posts has {what}."
    return Missing(reason=reason, sample=sample, as_of=facts.as_of)


def _doubts(facts: ContentFacts) -> int:
    """Less confidence where the posts were read by different engines, or by rules alone."""
    engines = {post.engine for post in facts.posts}
    return int(len(engines) > 1 or engines == {"rules"})


def _found(facts: ContentFacts, sample: Sample, value: Any) -> Found:
    flags = ("mixed_engines",) if len({post.engine for post in facts.posts}) > 1 else ()
    return Found(value=value, sample=sample, as_of=facts.as_of, flags=flags, doubts=_doubts(facts))


def _shares(counts: Counter[str]) -> list[dict[str, Any]]:
    total = sum(counts.values())
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"label": code, "share": 100 * count / total, "n": count} for code, count in ranked]


@metric(
    ContentFacts,
    key="content.categories",
    method="content.categories.share.v1",
    label="What the posts are about",
    unit=Unit.TABLE,
    formula="Posts of each category, divided by all posts with a category, times 100.",
    maths="n(category) / n(with a category) x 100",
    inputs=("posts.caption",),
    minimum_sample=1,
    source="InsightIQ and HypeAuditor `blogger_categories`; the taxonomy is ours; research 1a.",
    caveats=(_ENGINES, _UNCLEAR),
    columns={"label": "code of the taxonomy", "share": "percent", "n": "posts"},
    published={"taxonomy": {category.code: category.label for category in list_categories()}},
    **_COMMON,
)
def categories(facts: ContentFacts) -> Found | Missing:
    counts = Counter(post.category for post in facts.posts if post.category)
    sample = _sample(facts, sum(counts.values()), "category_unclear")
    return _found(facts, sample, _shares(counts)) if counts else _too_few(facts, sample, "a clear category")


@metric(
    ContentFacts,
    key="content.primary_category",
    method="content.primary_category.v1",
    label="Primary category",
    unit=Unit.LABEL,
    formula="The category with the highest sum of confidences over the posts; ties by more posts, then by name.",
    maths="argmax over categories of the sum of confidence_i",
    inputs=("posts.caption",),
    minimum_sample=MINIMUM,
    source="The first entry of HypeAuditor's `blogger_categories`; the rule is ours.",
    caveats=(_ENGINES, _UNCLEAR),
    published={"taxonomy": {category.code: category.label for category in list_categories()}},
    **_COMMON,
)
def primary_category(facts: ContentFacts) -> Found | Missing:
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for post in facts.posts:
        if post.category:
            sums[post.category] += post.category_confidence  # type: ignore[assignment]
            counts[post.category] += 1
    sample = _sample(facts, sum(counts.values()), "category_unclear")
    if not counts:
        return _too_few(facts, sample, "a clear category")
    return _found(facts, sample, min(counts, key=lambda code: (-round(sums[code], 6), -counts[code], code)))


@metric(
    ContentFacts,
    key="content.languages",
    method="content.languages.share.v1",
    label="Languages of the posts",
    unit=Unit.TABLE,
    formula="Posts of each language, divided by all posts with a language, times 100.",
    maths="n(language) / n(with a language) x 100",
    inputs=("posts.caption",),
    minimum_sample=1,
    source="HypeAuditor `blogger_languages`; research 1a, [H1].",
    caveats=(_ENGINES, "Posts without words (emoji, numbers, nothing) have no language and are left out."),
    columns={"label": "ISO 639-1 code", "share": "percent", "n": "posts"},
    published={"languages": dict(LANGUAGES)},
    **_COMMON,
)
def languages(facts: ContentFacts) -> Found | Missing:
    counts = Counter(post.language for post in facts.posts if post.language != UNDETERMINED)
    sample = _sample(facts, sum(counts.values()), "language_undetermined")
    return _found(facts, sample, _shares(counts)) if counts else _too_few(facts, sample, "a language")


@metric(
    ContentFacts,
    key="content.sentiment.mean",
    method="content.sentiment.mean.v1",
    label="Mean sentiment",
    unit=Unit.SCORE,
    formula="The mean of the posts' sentiment scores, from -1 (negative) to 1 (positive).",
    maths="mean over posts i of s_i, s_i = P(positive) - P(negative)",
    inputs=("posts.caption",),
    minimum_sample=1,
    source="Our own; a plain mean of the engine's scores.",
    caveats=(_ENGINES, "It is the tone of the captions, not of the comments."),
    **_COMMON,
)
def mean_sentiment(facts: ContentFacts) -> Found | Missing:
    sample = _sample(facts, len(facts.posts), "")
    if not facts.posts:
        return _too_few(facts, sample, "a sentiment")
    return _found(facts, sample, sum(post.score for post in facts.posts) / len(facts.posts))


@metric(
    ContentFacts,
    key="content.sentiment.shares",
    method="content.sentiment.shares.v1",
    label="Positive, neutral and negative posts",
    unit=Unit.TABLE,
    formula="Posts of each sentiment, divided by all analysed posts, times 100.",
    maths="n(sentiment) / n x 100",
    inputs=("posts.caption",),
    minimum_sample=1,
    source="Our own; a plain share of the engine's labels.",
    caveats=(_ENGINES, "It is the tone of the captions, not of the comments."),
    columns={"positive": "percent", "neutral": "percent", "negative": "percent"},
    **_COMMON,
)
def sentiment_shares(facts: ContentFacts) -> Found | Missing:
    sample = _sample(facts, len(facts.posts), "")
    if not facts.posts:
        return _too_few(facts, sample, "a sentiment")
    counts = Counter(post.sentiment for post in facts.posts)
    value = {label: 100 * counts[label] / len(facts.posts) for label in ("positive", "neutral", "negative")}
    return _found(facts, sample, value)


@metric(
    ContentFacts,
    key="content.sentiment.trend",
    method="content.sentiment.trend.v1",
    label="Trend of the sentiment",
    unit=Unit.SCORE,
    formula="The mean sentiment of the newer half of the posts minus that of the older half, in the order of their "
    "times; with an odd number the middle post is in neither.",
    maths="mean(s_i | newer half) - mean(s_i | older half)",
    inputs=("posts.caption", "posts.taken_at"),
    minimum_sample=TREND_MINIMUM,
    source="Our own; two halves are steadier than a line through few points.",
    caveats=(_ENGINES, "From -2 to 2. It is the tone of the captions, not of the comments."),
    **_COMMON,
)
def sentiment_trend(facts: ContentFacts) -> Found | Missing:
    dated = _dated(facts)
    sample = _sample(facts, len(dated), "undated")
    if len(dated) < 2:
        return _too_few(facts, sample, "a known time")
    half = len(dated) // 2
    older, newer = (fmean(post.score for post in posts) for posts in (dated[:half], dated[-half:]))
    return _found(facts, sample, newer - older)


@metric(
    ContentFacts,
    key="content.sentiment.months",
    method="content.sentiment.months.v1",
    label="Sentiment by month",
    unit=Unit.TABLE,
    formula="The mean sentiment of the posts of each month (UTC), the oldest first.",
    maths="mean over posts i of the month of s_i",
    inputs=("posts.caption", "posts.taken_at"),
    minimum_sample=1,
    source="The terms of `content.sentiment.trend.v1`, by month.",
    caveats=(_ENGINES,),
    columns={"month": "YYYY-MM", "mean": "-1 to 1", "n": "posts"},
    **_COMMON,
)
def sentiment_by_month(facts: ContentFacts) -> Found | Missing:
    dated = _dated(facts)
    sample = _sample(facts, len(dated), "undated")
    if not dated:
        return _too_few(facts, sample, "a known time")
    months = [
        {"month": month, "mean": fmean(post.score for post in posts), "n": len(posts)}
        for month, posts in ((month, list(group)) for month, group in groupby(dated, key=_month))
    ]
    return _found(facts, sample, months)


def _dated(facts: ContentFacts) -> list[LabelledPost]:
    """The posts of known time, the oldest first."""
    return sorted((post for post in facts.posts if post.taken_at), key=lambda post: post.taken_at or facts.as_of)


def _month(post: LabelledPost) -> str:
    return f"{post.taken_at:%Y-%m}"


def summarise(posts: list[LabelledPost], *, of: int, as_of: datetime) -> Summary:
    """The stored form of the sums; the same numbers as the metrics, which stand beside them under `metrics`."""
    metrics = compute_metrics(ContentFacts(posts=tuple(posts), of=of, as_of=as_of))
    shares = metrics["content.sentiment.shares"].value or dict.fromkeys(("positive", "neutral", "negative"))
    primary = metrics["content.primary_category"].value
    aggregates = {
        "categories": _named(metrics["content.categories"], category_label),
        "languages": _named(metrics["content.languages"], language_name),
        "sentiment": {"mean": metrics["content.sentiment.mean"].value, **shares, "n": len(posts)},
        "metrics": {key: known.as_dict() for key, known in metrics.items()},
    }
    return Summary(aggregates, primary, metrics["content.sentiment.mean"].value)


def _named(shares: Metric, name: Any) -> list[dict[str, Any]]:
    return [{**row, "name": name(row["label"])} for row in shares.value or []]
