"""What makes a brand choose."""

from typing import Any

from rest_framework import serializers

from .creators import PreviewOutput
from .metrics import MetricOutput
from .posts import SafetyFlagOutput

Plain = serializers.Serializer[Any]
REASON_STATES = ["raised", "clear", "unavailable"]


class ReasonOutput(Plain):
    """One check: what it measured, how bad that is, and the evidence."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    state = serializers.ChoiceField(choices=REASON_STATES)
    value = serializers.FloatField(allow_null=True, help_text="What was measured.")
    unit = serializers.CharField()
    severity = serializers.FloatField(allow_null=True, help_text="0 (fine) to 1 (bad).")
    weight = serializers.IntegerField(help_text="Points it can take off.")
    points = serializers.FloatField(allow_null=True, help_text="Weight times severity.")
    reason = serializers.CharField(help_text="Why it is unavailable, else empty.")
    evidence = serializers.DictField(help_text="Numbers, dates and posts that it rests on.")


class AuthenticityOutput(Plain):
    """The score can be recomputed: 100 - 100 × Σ points / Σ weight of the reasons that are not unavailable."""

    username = serializers.CharField()
    score = MetricOutput()
    reasons = ReasonOutput(many=True)
    metrics = serializers.DictField(child=MetricOutput())


class AudienceOutput(Plain):
    """Estimates from the people who comment."""

    username = serializers.CharField()
    metrics = serializers.DictField(child=MetricOutput(), help_text="By key, e.g. `audience.countries`.")


class RateTableOutput(Plain):
    version = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    note = serializers.CharField()
    rates = serializers.DictField(help_text="The table itself; `methodology/price.post.v1` describes it.")


class PricingOutput(Plain):
    """Estimates with the rates and the numbers they were worked out from."""

    username = serializers.CharField()
    currency = serializers.CharField()
    rate_table = RateTableOutput()
    inputs = serializers.DictField(child=MetricOutput())
    metrics = serializers.DictField(child=MetricOutput(), help_text="By key, e.g. `price.post`, `emv.reel`.")


class PlacedFlagOutput(SafetyFlagOutput):
    shortcode = serializers.CharField()
    url = serializers.URLField()
    taken_at = serializers.DateTimeField(allow_null=True)
    found_at = serializers.DateTimeField()


class SafetyOutput(Plain):
    """Every place of a caption that a brand may mind, newest post first, at most 2,000."""

    username = serializers.CharField()
    metrics = serializers.DictField(child=MetricOutput())
    results = PlacedFlagOutput(many=True)


class CoverageOutput(Plain):
    """What the numbers of comments rest on."""

    posts = serializers.IntegerField(help_text="Posts with stored comments.")
    comments = serializers.IntegerField(help_text="Stored comments.")
    of = serializers.IntegerField(allow_null=True, help_text="Comments of these posts by Instagram's own count.")
    reason = serializers.CharField(help_text="Why there are none, else empty.")


class CommentSentimentOutput(Plain):
    """How people talk under the newest posts."""

    username = serializers.CharField()
    state = serializers.ChoiceField(choices=["running", "ready", "unavailable"])
    coverage = CoverageOutput()
    metrics = serializers.DictField(child=MetricOutput(), help_text="By key, e.g. `comments.sentiment.mean`.")


class NamedOutput(Plain):
    code = serializers.CharField()
    name = serializers.CharField()


class InCommonOutput(Plain):
    """What both creators have: names only."""

    text = serializers.CharField(help_text="The same in a sentence.")
    categories = NamedOutput(many=True, help_text="What at least a tenth of the posts of both is about.")
    languages = NamedOutput(many=True)
    hashtags = serializers.ListField(child=serializers.CharField(), help_text="At most five, the most used first.")
    size_band = serializers.CharField(allow_null=True, help_text="Where both are of the same size.")


class SimilarCreatorOutput(Plain):
    profile = PreviewOutput()
    unlocked = serializers.BooleanField(help_text="Whether the team has the report.")
    similarity = MetricOutput()
    reasons = InCommonOutput()


class SimilarOutput(Plain):
    """Nearest first. `available` is false, with the reason, where the creator has too few texts, or unread ones."""

    username = serializers.CharField()
    available = serializers.BooleanField()
    reason = serializers.CharField()
    method = serializers.CharField()
    results = SimilarCreatorOutput(many=True)
    next = serializers.CharField(allow_null=True, help_text="Always null: there is one page.")
