"""The mood and the languages of the comments under a creator's posts."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from apps.analysis.engines import UNDETERMINED
from apps.analysis.languages import LANGUAGES
from apps.profiles.metrics import (
    CommentFacts,
    DiscussionFacts,
    Found,
    Missing,
    Status,
    Unit,
    comment_sample,
    kind_of,
    metric,
    no_comments,
    of_others,
)

MINIMUM, FULL = 10, 200
MOODS = ("positive", "neutral", "negative")


NOT_READ = "The comments have not been analysed yet."


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLabel:
    """What an engine said of one comment."""

    language: str
    sentiment: str
    score: float
    engine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledDiscussion:
    """The stored comments with the labels of those that were read; by the comment's id."""

    discussion: DiscussionFacts
    labels: Mapping[int | str, CommentLabel] = field(default_factory=dict)


_COMMON: dict[str, Any] = {
    "category": "comments",
    "status": Status.ESTIMATED,
    "inputs": ("comments.text", "comments.author"),
    "minimum_sample": MINIMUM,
    "full_sample": FULL,
}
_ENGINES = "Labels come from engines that err, more often on short comments than on captions."
_READ = "Only comments that a source gave are read; the sample says how many of those under these posts."
_OWN = "The creator's own answers, and comments that only name people, are left out."


def _telling(facts: LabelledDiscussion) -> list[tuple[CommentFacts, CommentLabel]]:
    """The comments of others that say anything and have a label."""
    return [
        (comment, facts.labels[comment.id])
        for comment in of_others(facts.discussion)
        if comment.id in facts.labels and kind_of(comment.text) != "mention"
    ]


def _missing(facts: LabelledDiscussion, used: Sequence[object]) -> Missing | None:
    if missing := no_comments(facts.discussion):
        return missing
    if used:
        return None
    known = of_others(facts.discussion)
    named = sum(kind_of(comment.text) == "mention" for comment in known)
    reason = "The comments only name people." if named == len(known) else NOT_READ
    return Missing(reason=reason, sample=comment_sample(facts.discussion, []), as_of=facts.discussion.as_of)


def _found(
    facts: LabelledDiscussion, used: Sequence[tuple[CommentFacts, CommentLabel]], value: Any, *, why: str
) -> Found:
    engines = {label.engine for _comment, label in used}
    return Found(
        value=value,
        sample=comment_sample(facts.discussion, [comment for comment, _label in used], why=why),
        as_of=facts.discussion.as_of,
        flags=("mixed_engines",) if len(engines) > 1 else (),
        doubts=int(len(engines) > 1 or engines == {"rules"}),
    )


@metric(
    LabelledDiscussion,
    key="comments.sentiment.mean",
    method="comments.sentiment.mean.v1",
    label="Mean sentiment of comments",
    unit=Unit.SCORE,
    formula="The mean of the comments' sentiment scores, from -1 (negative) to 1 (positive).",
    maths="mean over comments i of s_i, s_i = P(positive) - P(negative)",
    source="Our own; a plain mean of the engine's scores.",
    caveats=(_ENGINES, _READ, _OWN),
    **_COMMON,
)
def mean_comment_sentiment(facts: LabelledDiscussion) -> Found | Missing:
    used = _telling(facts)
    if missing := _missing(facts, used):
        return missing
    return _found(facts, used, fmean(label.score for _comment, label in used), why="not_analysed")


@metric(
    LabelledDiscussion,
    key="comments.sentiment.shares",
    method="comments.sentiment.shares.v1",
    label="Positive, neutral and negative comments",
    unit=Unit.TABLE,
    formula="Comments of each sentiment, divided by all that were analysed, times 100.",
    maths="n(sentiment) / n x 100",
    source="Our own; a plain share of the engine's labels.",
    caveats=(_ENGINES, _READ, _OWN),
    columns=dict.fromkeys(MOODS, "percent"),
    **_COMMON,
)
def comment_sentiment_shares(facts: LabelledDiscussion) -> Found | Missing:
    used = _telling(facts)
    if missing := _missing(facts, used):
        return missing
    counts = Counter(label.sentiment for _comment, label in used)
    return _found(facts, used, {mood: 100 * counts[mood] / len(used) for mood in MOODS}, why="not_analysed")


@metric(
    LabelledDiscussion,
    key="comments.sentiment.posts",
    method="comments.sentiment.posts.v1",
    label="Sentiment of comments by post",
    unit=Unit.TABLE,
    formula="For each post whose comments were read: their mean sentiment, the worst post first.",
    maths="mean over the comments i of a post of s_i",
    source="The terms of `comments.sentiment.mean.v1`, by post.",
    caveats=(_ENGINES, _READ, _OWN),
    columns={"shortcode": "the post", "comments": "comments that were analysed", "mean": "-1 to 1"},
    **_COMMON,
)
def comment_sentiment_by_post(facts: LabelledDiscussion) -> Found | Missing:
    used = _telling(facts)
    if missing := _missing(facts, used):
        return missing
    scores: dict[int | str, list[float]] = defaultdict(list)
    for comment, label in used:
        scores[comment.post_id].append(label.score)
    codes = facts.discussion.shortcodes
    rows = [
        {"shortcode": codes.get(post, ""), "comments": len(found), "mean": fmean(found)}
        for post, found in scores.items()
    ]
    rows.sort(key=lambda row: (row["mean"], row["shortcode"]))
    return _found(facts, used, rows, why="not_analysed")


@metric(
    LabelledDiscussion,
    key="comments.languages",
    method="comments.languages.share.v1",
    label="Languages of the comments",
    unit=Unit.TABLE,
    formula="Comments of each language, divided by all whose language is known, times 100.",
    maths="n(language) / n(with a language) x 100",
    source="HypeAuditor `audience_languages` counts the commenting audience likewise; research 1a, [H1].",
    caveats=(_ENGINES, _READ, _OWN, "Comments of one or two words, or without words, are left out."),
    columns={"label": "ISO 639-1 code", "share": "percent", "n": "comments"},
    published={"languages": dict(LANGUAGES)},
    **_COMMON,
)
def comment_languages(facts: LabelledDiscussion) -> Found | Missing:
    used = _telling(facts)
    if missing := _missing(facts, used):
        return missing
    worded = [(comment, label) for comment, label in used if has_language(comment, label)]
    if not worded:
        sample = comment_sample(facts.discussion, [], why="language_undetermined")
        reason = "None of the comments has enough words to tell its language."
        return Missing(reason=reason, sample=sample, as_of=facts.discussion.as_of)
    counts = Counter(label.language for _comment, label in worded)
    rows = [
        {"label": code, "share": 100 * count / len(worded), "n": count}
        for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return _found(facts, worded, rows, why="language_undetermined")


def has_language(comment: CommentFacts, label: CommentLabel) -> bool:
    """Whether a comment has enough words for its language to be believed."""
    return label.language != UNDETERMINED and kind_of(comment.text) == "substantive"
