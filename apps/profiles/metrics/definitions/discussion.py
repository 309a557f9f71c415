"""What the comments under a creator's posts are like: kinds, relevance, duplicates, who writes them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from apps.profiles.metrics.facts import CommentFacts, DiscussionFacts
from apps.profiles.metrics.metric import Sample, Unit
from apps.profiles.metrics.registry import Found, Missing, metric
from apps.profiles.metrics.wording import KINDS, asks, bare_text, is_long, key_words, kind_of, published_rules

MINIMUM, FULL = 10, 200
LISTED = 20
TOP_AUTHORS = 5

_COMMON: dict[str, Any] = {
    "category": "comments",
    "inputs": ("comments.text", "comments.author"),
    "minimum_sample": MINIMUM,
    "full_sample": FULL,
}
_READ = "Only comments that a source gave are looked at; the sample says how many of those under these posts."
_OWN = "The creator's own answers are left out."


def of_others(facts: DiscussionFacts) -> list[CommentFacts]:
    return [comment for comment in facts.comments if not comment.by_creator]


def comment_sample(facts: DiscussionFacts, used: Sequence[CommentFacts], *, why: str = "") -> Sample:
    """`of` is what there is upstream where that is known, and never less than what is stored."""
    own = len(facts.comments) - len(of_others(facts))
    rest = len(facts.comments) - own - len(used)
    excluded = tuple((name, count) for name, count in (("by_creator", own), (why, rest)) if name and count > 0)
    moments = [comment.written_at for comment in used if comment.written_at]
    window = (min(moments), max(moments)) if moments else None
    return Sample(
        size=len(used), of=max(facts.of or 0, len(facts.comments)), kind="comments", excluded=excluded, window=window
    )


def no_comments(facts: DiscussionFacts) -> Missing | None:
    """Why nothing can be said where no comment of others is stored."""
    if of_others(facts):
        return None
    if facts.is_private:
        reason = "The account is private: its comments are not public."
    elif facts.of == 0:
        reason = "Nobody has commented on these posts."
    elif facts.of:
        why = facts.refusal or "no source gave their text."
        reason = f"Only the number of comments is known ({facts.of:,}): {why}"
    else:
        reason = "No comments are known."
    return Missing(reason=reason, sample=comment_sample(facts, []), as_of=facts.as_of)


def _found(facts: DiscussionFacts, used: Sequence[CommentFacts], value: Any, *, why: str = "") -> Found:
    return Found(value=value, sample=comment_sample(facts, used, why=why), as_of=facts.as_of)


@metric(
    DiscussionFacts,
    key="comments.kinds",
    method="comments.kinds.v1",
    label="Kinds of comments",
    unit=Unit.TABLE,
    formula="Each comment has one kind: people alone; no words; stock praise of the published list; one or two words; "
    "or something said in three words or more. Comments of each kind, divided by all, times 100.",
    maths="n(kind) / n x 100",
    source="Comment authenticity of HypeAuditor's AQS, whose rules are not public; ours are. Research section 3 no. 6.",
    caveats=(_READ, _OWN),
    columns={"kind": ", ".join(KINDS), "comments": "comments", "share": "percent"},
    published={"rules": published_rules()},
    **_COMMON,
)
def comment_kinds(facts: DiscussionFacts) -> Found | Missing:
    if missing := no_comments(facts):
        return missing
    others = of_others(facts)
    counts = Counter(kind_of(comment.text) for comment in others)
    rows = [{"kind": kind, "comments": counts[kind], "share": 100 * counts[kind] / len(others)} for kind in KINDS]
    return _found(facts, others, rows)


def is_relevant(comment: CommentFacts, caption_words: frozenset[str]) -> bool:
    """Says something in three words or more, asks, or takes up a word of the caption."""
    kind = kind_of(comment.text)
    if kind in {"mention", "emoji", "generic"}:
        return False
    return kind == "substantive" or asks(comment.text) or bool(key_words(comment.text) & caption_words)


@metric(
    DiscussionFacts,
    key="comments.relevance",
    method="comments.relevance.v1",
    label="Relevant comments",
    unit=Unit.PERCENT,
    formula="Comments that say something of their own (three words or more), ask a question, or take up a word of four "
    "letters or more of the caption, and are not stock praise; divided by all, times 100.",
    maths="n(relevant) / n x 100",
    source="fair-influence's engagement relevance score, whose rules are not public; research 1c, [F1].",
    caveats=(_READ, _OWN, "A rule about words: it does not judge whether a comment is kind or clever."),
    published={"rules": published_rules()},
    **_COMMON,
)
def comment_relevance(facts: DiscussionFacts) -> Found | Missing:
    if missing := no_comments(facts):
        return missing
    others = of_others(facts)
    words = {post: key_words(caption) for post, caption in facts.captions.items()}
    relevant = sum(is_relevant(comment, words.get(comment.post_id, frozenset())) for comment in others)
    return _found(facts, others, 100 * relevant / len(others))


def worded_of(facts: DiscussionFacts) -> dict[str, list[CommentFacts]]:
    """The comments of two words and more (or as long a row of signs), by their bare text."""
    groups: dict[str, list[CommentFacts]] = defaultdict(list)
    for comment in of_others(facts):
        words = bare_text(comment.text)
        if " " in words or is_long(words):
            groups[words].append(comment)
    return groups


@metric(
    DiscussionFacts,
    key="comments.duplicates",
    method="comments.duplicates.v1",
    label="Duplicate comments",
    unit=Unit.PERCENT,
    formula="Of the comments of two words or more: those whose words, without case, accents, signs and names, stood in "
    "an earlier comment; divided by all of these, times 100.",
    maths="(n - n(distinct)) / n x 100",
    source="Comment authenticity of HypeAuditor's AQS; research section 3 no. 6. The rule is ours.",
    caveats=(_READ, _OWN, "Emoji and single words repeat by nature and are left out."),
    **_COMMON,
)
def comment_duplicates(facts: DiscussionFacts) -> Found | Missing:
    if missing := no_comments(facts):
        return missing
    groups = worded_of(facts)
    used = [comment for group in groups.values() for comment in group]
    if not used:
        reason = "None of the comments has two words or more."
        return Missing(reason=reason, sample=comment_sample(facts, [], why="too_short"), as_of=facts.as_of)
    return _found(facts, used, 100 * (len(used) - len(groups)) / len(used), why="too_short")


@metric(
    DiscussionFacts,
    key="comments.repeated",
    method="comments.repeated.v1",
    label="Repeated comments",
    unit=Unit.TABLE,
    formula="The texts of two words or more that were written more than once, most often first.",
    maths="n(text) > 1",
    source="The evidence behind `comments.duplicates.v1`.",
    caveats=(_READ, _OWN, f"The {LISTED} most repeated are listed."),
    columns={"text": "as written first", "times": "comments", "authors": "accounts that wrote it", "posts": "posts"},
    **_COMMON,
)
def repeated_comments(facts: DiscussionFacts) -> Found | Missing:
    if missing := no_comments(facts):
        return missing
    groups = worded_of(facts)
    repeated = sorted(
        ((words, group) for words, group in groups.items() if len(group) > 1),
        key=lambda pair: (-len(pair[1]), pair[0]),
    )
    rows = [_show_group(group) for _words, group in repeated[:LISTED]]
    used = [comment for group in groups.values() for comment in group]
    return _found(facts, used, rows, why="too_short")


def _show_group(group: list[CommentFacts]) -> dict[str, Any]:
    first = min(group, key=lambda comment: (comment.written_at is None, comment.written_at, str(comment.id)))
    return {
        "text": first.text[:200],
        "times": len(group),
        "authors": len({comment.author for comment in group}),
        "posts": len({comment.post_id for comment in group}),
    }


@metric(
    DiscussionFacts,
    key="comments.concentration",
    method="comments.concentration.v1",
    label="Comments by the five busiest accounts",
    unit=Unit.PERCENT,
    formula="Comments of the five accounts that write most, divided by all comments of known authors, times 100.",
    maths="n(top 5 authors) / n x 100",
    source="Our own, against engagement pods, in which the same few accounts comment on everything.",
    caveats=(_READ, _OWN),
    **{**_COMMON, "minimum_sample": 30},
)
def comment_concentration(facts: DiscussionFacts) -> Found | Missing:
    if missing := no_comments(facts):
        return missing
    known = [comment for comment in of_others(facts) if comment.author]
    if not known:
        sample = comment_sample(facts, [], why="author_unknown")
        return Missing(reason="The authors of the comments are unknown.", sample=sample, as_of=facts.as_of)
    counts = Counter(comment.author for comment in known)
    top = sum(count for _author, count in counts.most_common(TOP_AUTHORS))
    return _found(facts, known, 100 * top / len(known), why="author_unknown")


@metric(
    DiscussionFacts,
    key="comments.commenters",
    method="comments.commenters.v1",
    label="Different commenters",
    unit=Unit.COUNT,
    formula="How many different accounts wrote the comments that are stored.",
    maths="n(distinct authors)",
    source="Our own: the sample that everything about the audience rests on.",
    caveats=(_READ, _OWN),
    **{**_COMMON, "minimum_sample": 1},
)
def commenters(facts: DiscussionFacts) -> Found | Missing:
    if missing := no_comments(facts):
        return missing
    known = [comment for comment in of_others(facts) if comment.author]
    if not known:
        sample = comment_sample(facts, [], why="author_unknown")
        return Missing(reason="The authors of the comments are unknown.", sample=sample, as_of=facts.as_of)
    return _found(facts, known, len({comment.author for comment in known}), why="author_unknown")
