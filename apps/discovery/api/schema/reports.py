"""The report and its parts."""

from typing import Any

from rest_framework import serializers

from .creators import MentionOutput, PreviewOutput
from .metrics import MetricOutput, NoteOutput
from .posts import PostOutput

Plain = serializers.Serializer[Any]
ANALYSIS_STATES = ["disabled", "running", "ready", "missing"]


class LinkOutput(Plain):
    url = serializers.CharField()
    title = serializers.CharField()


class GrowthPoint(Plain):
    """The last counts of a day; the medians are of the latest posts of that day."""

    at = serializers.DateTimeField()
    followers = serializers.IntegerField(allow_null=True)
    following = serializers.IntegerField(allow_null=True)
    posts_count = serializers.IntegerField(allow_null=True)
    median_likes = serializers.FloatField(allow_null=True)
    median_comments = serializers.FloatField(allow_null=True)
    median_views = serializers.FloatField(allow_null=True)
    posts_sampled = serializers.IntegerField(help_text="Posts that the medians rest on.")


class GrowthSeries(Plain):
    series = GrowthPoint(many=True, help_text="One point a day, oldest first.")
    methods = serializers.DictField(
        child=serializers.CharField(), help_text="The method of each number; see `methodology/{method}`."
    )


class ShareRow(Plain):
    label = serializers.CharField(help_text="A code.")  # type: ignore[assignment]
    name = serializers.CharField(help_text="The code in words.")
    share = serializers.FloatField(help_text="Percent.")
    n = serializers.IntegerField()


class MoodOutput(Plain):
    """Mean score from -1 to 1, and percent of the posts by mood; null where nothing was judged."""

    mean = serializers.FloatField(allow_null=True)
    positive = serializers.FloatField(allow_null=True)
    neutral = serializers.FloatField(allow_null=True)
    negative = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()


class EngineShare(Plain):
    engine = serializers.CharField()
    version = serializers.CharField()
    posts = serializers.IntegerField()


class InsightsOutput(Plain):
    """What the captions are about, in which languages and in which tone."""

    analysed = serializers.IntegerField()
    total = serializers.IntegerField()
    engines = EngineShare(many=True)
    categories = ShareRow(many=True)
    languages = ShareRow(many=True)
    sentiment = MoodOutput()
    primary_category = serializers.CharField(allow_null=True)
    analysed_at = serializers.DateTimeField(allow_null=True)
    metrics = serializers.DictField(child=MetricOutput(), help_text="The same sums as metrics.")


class RatedRow(Plain):
    posts = serializers.IntegerField()
    share = serializers.FloatField(help_text="Percent of the posts looked at.")
    engagement_rate = serializers.FloatField(allow_null=True, help_text="Percent, median over these posts.")
    n = serializers.IntegerField(help_text="Posts the rate rests on.")


class HashtagRow(RatedRow):
    tag = serializers.CharField()


class MentionRow(RatedRow):
    username = serializers.CharField()


class SponsorTerm(Plain):
    term = serializers.CharField(help_text="The disclosing term, or `platform_flag`.")
    posts = serializers.IntegerField()
    shortcodes = serializers.ListField(child=serializers.CharField())


class SponsoredOutput(Plain):
    share = MetricOutput()
    performance = MetricOutput()
    performance_by_views = MetricOutput()
    terms = SponsorTerm(many=True)


class FreshnessOutput(Plain):
    refreshed_at = serializers.DateTimeField(allow_null=True)
    posts_refreshed_at = serializers.DateTimeField(allow_null=True)
    refreshable_at = serializers.DateTimeField(allow_null=True, help_text="From here on a refresh is free.")
    stale = serializers.BooleanField(help_text="The last try failed: older data stand in.")
    stale_since = serializers.DateTimeField(allow_null=True)
    stale_reason = serializers.CharField()


class EvidenceOutput(Plain):
    """A number of a metric, or a post."""

    kind = serializers.ChoiceField(choices=["metric", "post"])
    key = serializers.CharField(required=False, help_text="Of a metric, e.g. `content.categories`.")
    path = serializers.CharField(required=False, help_text="Where in its value, as in `0.share`; empty for the value.")
    method = serializers.CharField(required=False, help_text="See `methodology/{method}`.")
    status = serializers.CharField(required=False)
    confidence = serializers.CharField(required=False)
    sample = serializers.IntegerField(required=False, help_text="How many items the metric rests on.")
    number = serializers.FloatField(required=False, help_text="What the sentence says, unrounded.")
    shortcode = serializers.CharField(required=False, help_text="Of a post.")
    taken_at = serializers.DateTimeField(required=False, allow_null=True)


class ClaimOutput(Plain):
    """A sentence of the summary. Every number in it is one that it rests on."""

    code = serializers.CharField()
    text = serializers.CharField()
    rests_on = EvidenceOutput(many=True)


class ReportOutput(PreviewOutput):
    """The full report: the preview, the account, every metric with its provenance, growth, posts, content."""

    is_private = serializers.BooleanField()
    id = serializers.CharField(allow_null=True, help_text="Instagram's own id of the account.")
    avatar_large_url = serializers.CharField()
    biography = serializers.CharField(help_text="E-mail addresses are masked.")
    external_url = serializers.CharField()
    links = LinkOutput(many=True)
    following = serializers.IntegerField(allow_null=True)
    highlights_count = serializers.IntegerField(allow_null=True)
    is_business = serializers.BooleanField(allow_null=True)
    is_professional = serializers.BooleanField(allow_null=True)
    country_code = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    refreshed_at = serializers.DateTimeField(allow_null=True)
    posts_refreshed_at = serializers.DateTimeField(allow_null=True)
    stale = serializers.BooleanField()
    metrics = serializers.DictField(child=MetricOutput(), help_text="By key, e.g. `engagement_rate.followers.median`.")
    summary = ClaimOutput(many=True, help_text="The creator in words; only what the inputs support.")
    growth = GrowthSeries()
    posts = PostOutput(many=True)
    content = InsightsOutput()
    hashtags = HashtagRow(many=True)
    mentions = MentionRow(many=True)
    best_hours = MetricOutput()
    formats = MetricOutput()
    sponsored = SponsoredOutput()
    flags = serializers.ListField(child=serializers.CharField(), help_text="Codes of what looks implausible.")
    notices = NoteOutput(many=True, help_text="What to know before trusting the numbers.")
    freshness = FreshnessOutput()
    unlocked_at = serializers.DateTimeField()


class RefreshedOutput(ReportOutput):
    refresh = serializers.ChoiceField(choices=["unchanged", "refreshed"])


class GrowthOutput(GrowthSeries):
    username = serializers.CharField()
    metrics = serializers.DictField(child=MetricOutput(), help_text="The growth metrics of the report.")
    freshness = FreshnessOutput()


class ContentOutput(Plain):
    username = serializers.CharField()
    content = InsightsOutput()
    formats = MetricOutput()
    hashtags = HashtagRow(many=True)
    best_hours = MetricOutput()
    notices = NoteOutput(many=True)


class BrandsOutput(Plain):
    username = serializers.CharField()
    sponsored = SponsoredOutput()
    sponsors = MentionOutput(many=True, help_text="Accounts named as paid partners.")
    mentions = MentionRow(many=True)


class WorkProgress(Plain):
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    message = serializers.CharField()


class SharedWork(Plain):
    """Work on this creator that all teams share, so it has no id."""

    state = serializers.ChoiceField(choices=["queued", "running"])
    progress = WorkProgress()


class AnalysisOutput(Plain):
    username = serializers.CharField()
    state = serializers.ChoiceField(choices=ANALYSIS_STATES)
    analysed = serializers.IntegerField()
    total = serializers.IntegerField()
    engines = EngineShare(many=True)
    analysed_at = serializers.DateTimeField(allow_null=True)
    job = SharedWork(allow_null=True)
