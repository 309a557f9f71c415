"""Posts."""

from typing import Any

from rest_framework import serializers

from apps.profiles.metrics.safety import SAFETY_CODES
from apps.profiles.metrics.wording import KINDS

from .metrics import MetricOutput

Plain = serializers.Serializer[Any]


class LanguageLabel(Plain):
    code = serializers.CharField(help_text="ISO 639-1, or `und`.")
    confidence = serializers.FloatField()


class SentimentLabel(Plain):
    label = serializers.ChoiceField(choices=["negative", "neutral", "positive"])  # type: ignore[assignment]
    score = serializers.FloatField(help_text="-1 to 1.")
    confidence = serializers.FloatField()


class CategoryLabel(Plain):
    label = serializers.CharField(allow_null=True, help_text="A code of the taxonomy; null where unclear.")  # type: ignore[assignment]
    confidence = serializers.FloatField()


class PostLabels(Plain):
    """What an engine said of the caption."""

    language = LanguageLabel()
    sentiment = SentimentLabel(allow_null=True, help_text="Null for a post without a text: it has no tone.")
    category = CategoryLabel()
    engine = serializers.CharField()
    engine_version = serializers.CharField()


class PostPlace(Plain):
    """Whatever the source told."""

    id = serializers.CharField(required=False)
    name = serializers.CharField(required=False)
    slug = serializers.CharField(required=False)
    city = serializers.CharField(required=False)
    region = serializers.CharField(required=False)
    country_code = serializers.CharField(required=False)
    latitude = serializers.FloatField(required=False)
    longitude = serializers.FloatField(required=False)


class PostMusic(Plain):
    """Whatever the source told."""

    id = serializers.CharField(required=False)
    artist = serializers.CharField(required=False)
    title = serializers.CharField(required=False)
    original = serializers.BooleanField(required=False)


class SafetyFlagOutput(Plain):
    """Words of the caption that a brand may mind."""

    code = serializers.ChoiceField(choices=list(SAFETY_CODES))
    severity = serializers.IntegerField(help_text="1 mild, 2 notable, 3 severe.")
    term = serializers.CharField(help_text="Of the published list.")
    quote = serializers.CharField(help_text="The words around it, as written.")
    start = serializers.IntegerField(help_text="Where it stands in the caption, in characters.")
    length = serializers.IntegerField()
    method = serializers.CharField()


class PostOutput(Plain):
    """A post as last seen. Counts that Instagram hides are null."""

    id = serializers.IntegerField()
    shortcode = serializers.CharField()
    url = serializers.URLField()
    type = serializers.ChoiceField(choices=["photo", "video", "carousel", "reel"])
    product_type = serializers.CharField(help_text="In Instagram's own words.")
    caption = serializers.CharField()
    taken_at = serializers.DateTimeField(allow_null=True)
    likes = serializers.IntegerField(allow_null=True)
    likes_hidden = serializers.BooleanField()
    comments = serializers.IntegerField(allow_null=True)
    comments_disabled = serializers.BooleanField()
    views = serializers.IntegerField(allow_null=True)
    plays = serializers.IntegerField(allow_null=True)
    duration = serializers.FloatField(allow_null=True, help_text="Seconds.")
    engagement_rate = MetricOutput()
    engagement_rate_by_views = MetricOutput(allow_null=True)
    thumbnail_url = serializers.CharField()
    alt_text = serializers.CharField()
    hashtags = serializers.ListField(child=serializers.CharField())
    mentions = serializers.ListField(child=serializers.CharField())
    tagged = serializers.ListField(child=serializers.CharField())
    coauthors = serializers.ListField(child=serializers.CharField())
    sponsors = serializers.ListField(child=serializers.CharField())
    is_sponsored = serializers.BooleanField(help_text="By Instagram's label or by a disclosure in the caption.")
    sponsored_by = serializers.CharField(allow_null=True, help_text="What says so.")
    is_pinned = serializers.BooleanField()
    carousel_size = serializers.IntegerField(allow_null=True)
    location = PostPlace(allow_null=True)
    music = PostMusic(allow_null=True)
    flags = serializers.ListField(child=serializers.CharField(), help_text="Codes of what looks implausible.")
    safety = SafetyFlagOutput(many=True)
    analysis = PostLabels(allow_null=True)


class OnePostOutput(PostOutput):
    username = serializers.CharField()


class PostPage(Plain):
    results = PostOutput(many=True)
    next = serializers.URLField(allow_null=True)


class CommentLabels(Plain):
    """What an engine said of a comment."""

    language = LanguageLabel()
    sentiment = SentimentLabel()
    engine = serializers.CharField()


class CommentOutput(Plain):
    """A comment as a source gave it. E-mail addresses in it are masked."""

    id = serializers.CharField()
    parent_id = serializers.CharField(allow_null=True, help_text="The comment that it answers.")
    author = serializers.CharField(help_text="A handle, or empty where unknown.")
    by_creator = serializers.BooleanField()
    text = serializers.CharField()
    written_at = serializers.DateTimeField(allow_null=True)
    likes = serializers.IntegerField(allow_null=True)
    replies = serializers.IntegerField(allow_null=True)
    kind = serializers.ChoiceField(choices=list(KINDS))
    is_relevant = serializers.BooleanField(help_text="As `comments.relevance.v1` has it.")
    analysis = CommentLabels(allow_null=True)
