"""Building blocks of what goes beyond posts: comments, rates, checks."""

from datetime import timedelta
from typing import Any

from apps.profiles.metrics import AuthenticityFacts, CommentFacts, DiscussionFacts, PricingFacts, Rates, read_rates
from apps.profiles.metrics.pricing import FIRST_RATES

from .facts import NOW, make_facts


def make_comment(number: int = 1, text: str = "what a lovely place", **fields: Any) -> CommentFacts:
    """A comment of an account of its own, under post 1."""
    values: dict[str, Any] = {
        "id": number,
        "post_id": 1,
        "text": text,
        "author": f"a{number}",
        "username": f"reader{number}",
        "written_at": NOW - timedelta(hours=number),
        **fields,
    }
    return CommentFacts(**values)


def make_discussion(*texts: str, **fields: Any) -> DiscussionFacts:
    """Comments with these texts under one post, each by somebody else."""
    comments = tuple(make_comment(number, text) for number, text in enumerate(texts, 1))
    values: dict[str, Any] = {
        "username": "mara.lind", "as_of": NOW, "comments": comments, "captions": {1: "Sunday at the lake"}, **fields
    }  # fmt: skip
    return DiscussionFacts(**values)


def make_rates(**changes: Any) -> Rates:
    return read_rates({**FIRST_RATES, **changes}, version=1, published_at=NOW)


def make_pricing(*posts: Any, **fields: Any) -> PricingFacts:
    return PricingFacts(profile=make_facts(*posts, **fields), rates=make_rates())


def make_checked(*posts: Any, texts: tuple[str, ...] = (), **fields: Any) -> AuthenticityFacts:
    return AuthenticityFacts(profile=make_facts(*posts, **fields), discussion=make_discussion(*texts))
