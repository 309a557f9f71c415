"""What the labels of a creator's posts add up to, as metrics of the same registry as all others."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from statistics import fmean
from typing import Any

from apps.analysis.engines import UNDETERMINED
from apps.analysis.languages import LANGUAGES, language_name
from apps.analysis.pooling import choose_pooled, pool_chances
from apps.analysis.taxonomy import category_label, list_categories
from apps.profiles.metrics import Found, Metric, Missing, Sample, Status, Unit, compute_metrics, metric

MINIMUM = 3
TREND_MINIMUM = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPost:
    """The labels of one post, and the chances of all categories that its engine named."""

    language: str
    sentiment: str
    score: float
    category: str | None
    engine: str
    chances: Mapping[str, float] = field(default_factory=dict)
    taken_at: datetime | None = None
    has_caption: bool = True


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
_SILENT = "Posts without a caption have no tone: they are left out and counted in the sample, never taken as neutral."
_UNCLEAR = "Posts whose category is unclear are left out and counted in the sample."


def _sample(facts: ContentFacts, used: int, why: str) -> Sample:
    excluded = tuple(
        (name, count)
        for name, count in (("not_analysed", facts.of - len(facts.posts)), (why, len(facts.posts) - used))
        if count > 0
    )
    return Sample(size=used, of=facts.of, kind="posts", excluded=excluded)


def _spoken(facts: ContentFacts) -> tuple[list[LabelledPost], Sample]:
    """The posts that say anything, and with which sample: an engine calls silence neutral, which nobody said."""
    posts = [post for post in facts.posts if post.has_caption]
    return posts, _sample(facts, len(posts), "no_caption")


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
    method="content.primary_category.v2",
    label="Primary category",
    unit=Unit.LABEL,
    formula="The category with the highest mean chance over all posts that hint at any, unclear ones too; a post's "
    "chances are scaled down to 1 together. Ties by name. The sample is of the posts with a clear category.",
    maths="argmax over categories c of mean over posts i of p_i(c) / max(1, sum over k of p_i(k))",
    inputs=("posts.caption",),
    minimum_sample=MINIMUM,
    source="The first entry of HypeAuditor's `blogger_categories`; the rule is ours.",
    caveats=(_ENGINES, "An author's posts need not all be about it: the shares of the categories stand beside."),
    published={"taxonomy": {category.code: category.label for category in list_categories()}},
    **_COMMON,
)
def primary_category(facts: ContentFacts) -> Found | Missing:
    clear = [post for post in facts.posts if post.category]
    sample = _sample(facts, len(clear), "category_unclear")
    if not clear:
        return _too_few(facts, sample, "a clear category")
    return _found(facts, sample, choose_pooled(pool_chances(post.chances for post in facts.posts)))


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
    method="content.sentiment.mean.v2",
    label="Mean sentiment",
    unit=Unit.SCORE,
    formula="The mean of the sentiment scores of the posts with a caption, from -1 (negative) to 1 (positive).",
    maths="mean over posts i of s_i, s_i = P(positive) - P(negative)",
    inputs=("posts.caption",),
    minimum_sample=1,
    source="Our own; a plain mean of the engine's scores.",
    caveats=(_ENGINES, _SILENT, "It is the tone of the captions, not of the comments."),
    **_COMMON,
)
def mean_sentiment(facts: ContentFacts) -> Found | Missing:
    posts, sample = _spoken(facts)
    if not posts:
        return _too_few(facts, sample, "a caption")
    return _found(facts, sample, sum(post.score for post in posts) / len(posts))


@metric(
    ContentFacts,
    key="content.sentiment.shares",
    method="content.sentiment.shares.v2",
    label="Positive, neutral and negative posts",
    unit=Unit.TABLE,
    formula="Posts of each sentiment, divided by all analysed posts with a caption, times 100.",
    maths="n(sentiment) / n x 100",
    inputs=("posts.caption",),
    minimum_sample=1,
    source="Our own; a plain share of the engine's labels.",
    caveats=(_ENGINES, _SILENT, "It is the tone of the captions, not of the comments."),
    columns={"positive": "percent", "neutral": "percent", "negative": "percent"},
    **_COMMON,
)
def sentiment_shares(facts: ContentFacts) -> Found | Missing:
    posts, sample = _spoken(facts)
    if not posts:
        return _too_few(facts, sample, "a caption")
    counts = Counter(post.sentiment for post in posts)
    value = {label: 100 * counts[label] / len(posts) for label in ("positive", "neutral", "negative")}
    return _found(facts, sample, value)


@metric(
    ContentFacts,
    key="content.sentiment.trend",
    method="content.sentiment.trend.v2",
    label="Trend of the sentiment",
    unit=Unit.SCORE,
    formula="The mean sentiment of the newer half of the posts with a caption minus that of the older half, in the "
    "order of their times; with an odd number the middle post is in neither.",
    maths="mean(s_i | newer half) - mean(s_i | older half)",
    inputs=("posts.caption", "posts.taken_at"),
    minimum_sample=TREND_MINIMUM,
    source="Our own; two halves are steadier than a line through few points.",
    caveats=(_ENGINES, _SILENT, "From -2 to 2. It is the tone of the captions, not of the comments."),
    **_COMMON,
)
def sentiment_trend(facts: ContentFacts) -> Found | Missing:
    dated = _dated(facts)
    sample = _dated_sample(facts, len(dated))
    if len(dated) < 2:
        return _too_few(facts, sample, "a caption and a known time")
    half = len(dated) // 2
    older, newer = (fmean(post.score for post in posts) for posts in (dated[:half], dated[-half:]))
    return _found(facts, sample, newer - older)


@metric(
    ContentFacts,
    key="content.sentiment.months",
    method="content.sentiment.months.v2",
    label="Sentiment by month",
    unit=Unit.TABLE,
    formula="The mean sentiment of the posts with a caption of each month (UTC), the oldest first.",
    maths="mean over posts i of the month of s_i",
    inputs=("posts.caption", "posts.taken_at"),
    minimum_sample=1,
    source="The terms of `content.sentiment.trend.v2`, by month.",
    caveats=(_ENGINES, _SILENT),
    columns={"month": "YYYY-MM", "mean": "-1 to 1", "n": "posts"},
    **_COMMON,
)
def sentiment_by_month(facts: ContentFacts) -> Found | Missing:
    dated = _dated(facts)
    sample = _dated_sample(facts, len(dated))
    if not dated:
        return _too_few(facts, sample, "a caption and a known time")
    months = [
        {"month": month, "mean": fmean(post.score for post in posts), "n": len(posts)}
        for month, posts in ((month, list(group)) for month, group in groupby(dated, key=_month))
    ]
    return _found(facts, sample, months)


def _dated(facts: ContentFacts) -> list[LabelledPost]:
    """The posts with a caption and of known time, the oldest first."""
    posts = [post for post in facts.posts if post.has_caption and post.taken_at]
    return sorted(posts, key=lambda post: post.taken_at or facts.as_of)


def _dated_sample(facts: ContentFacts, used: int) -> Sample:
    spoken = sum(post.has_caption for post in facts.posts)
    reasons = (
        ("not_analysed", facts.of - len(facts.posts)),
        ("no_caption", len(facts.posts) - spoken),
        ("undated", spoken - used),
    )
    excluded = tuple((name, count) for name, count in reasons if count > 0)
    return Sample(size=used, of=facts.of, kind="posts", excluded=excluded)


def _month(post: LabelledPost) -> str:
    return f"{post.taken_at:%Y-%m}"


def summarise(posts: list[LabelledPost], *, of: int, as_of: datetime) -> Summary:
    """The stored form of the sums; the same numbers as the metrics, which stand beside them under `metrics`."""
    metrics = compute_metrics(ContentFacts(posts=tuple(posts), of=of, as_of=as_of))
    tone = metrics["content.sentiment.shares"]
    shares = tone.value or dict.fromkeys(("positive", "neutral", "negative"))
    primary = metrics["content.primary_category"].value
    aggregates = {
        "categories": _named(metrics["content.categories"], category_label),
        "languages": _named(metrics["content.languages"], language_name),
        "sentiment": {"mean": metrics["content.sentiment.mean"].value, **shares, "n": tone.sample.size},
        "metrics": {key: known.as_dict() for key, known in metrics.items()},
    }
    return Summary(aggregates, primary, metrics["content.sentiment.mean"].value)


def _named(shares: Metric, name: Any) -> list[dict[str, Any]]:
    return [{**row, "name": name(row["label"])} for row in shares.value or []]
