"""What the routes of this app answer, for the OpenAPI schema. The bodies themselves come ready from the selectors."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from apps.core.api.schema import ErrorBody
from apps.jobs.api import JobEnvelope


class MetricOutput(serializers.Serializer[Any]):
    """A number and all that is needed to trust it."""

    value = serializers.JSONField(allow_null=True, help_text="Null exactly when the status is `unavailable`.")
    unit = serializers.CharField()
    as_of = serializers.DateTimeField(allow_null=True)
    status = serializers.ChoiceField(choices=["observed", "computed", "estimated", "unavailable"])
    method = serializers.CharField(help_text="Id and version of the formula; see `methodology/{method}`.")
    sample = serializers.DictField(help_text="`{size, of, kind, excluded}`.")
    confidence = serializers.ChoiceField(choices=["high", "medium", "low", "none"])
    reason = serializers.CharField(required=False, help_text="Why there is no value.")
    flags = serializers.ListField(child=serializers.CharField(), required=False)


class PreviewOutput(serializers.Serializer[Any]):
    """What everybody may see of a creator, the same everywhere."""

    username = serializers.CharField()
    full_name = serializers.CharField()
    avatar_url = serializers.CharField()
    is_verified = serializers.BooleanField()
    category = serializers.CharField()
    followers = serializers.IntegerField(allow_null=True)
    posts_count = serializers.IntegerField(allow_null=True)
    engagement_rate = MetricOutput()
    email_available = serializers.BooleanField()
    synthetic = serializers.BooleanField()
    is_private = serializers.BooleanField(required=False, help_text="Only on a private account.")


class ChargeDrawOutput(serializers.Serializer[Any]):
    source = serializers.ChoiceField(choices=["allowance", "free", "bought", "credits"])  # type: ignore[assignment]
    units = serializers.IntegerField()
    credits = serializers.IntegerField()


class UnlockQuote(serializers.Serializer[Any]):
    """What an act would cost now."""

    action = serializers.CharField()
    units = serializers.IntegerField()
    draws = ChargeDrawOutput(many=True)
    credits = serializers.IntegerField()
    allowed = serializers.BooleanField()
    reason = serializers.CharField(required=False)
    missing = serializers.DictField(required=False)


class ChargeOutput(serializers.Serializer[Any]):
    action = serializers.CharField()
    units = serializers.IntegerField()
    credits = serializers.IntegerField()
    draws = ChargeDrawOutput(many=True)


class LockedDetails(serializers.Serializer[Any]):
    preview = PreviewOutput()
    quote = UnlockQuote()


class LockedError(ErrorBody):
    details = LockedDetails()  # type: ignore[assignment]


class LockedEnvelope(serializers.Serializer[Any]):
    """402 `profile.locked`: the preview and the price."""

    error = LockedError()


class PostOutput(serializers.Serializer[Any]):
    """A post as last seen. Counts that Instagram hides are null."""

    id = serializers.IntegerField()
    shortcode = serializers.CharField()
    url = serializers.URLField()
    type = serializers.ChoiceField(choices=["photo", "video", "carousel", "reel"])
    caption = serializers.CharField()
    taken_at = serializers.DateTimeField(allow_null=True)
    likes = serializers.IntegerField(allow_null=True)
    likes_hidden = serializers.BooleanField()
    comments = serializers.IntegerField(allow_null=True)
    views = serializers.IntegerField(allow_null=True)
    plays = serializers.IntegerField(allow_null=True)
    engagement_rate = MetricOutput()
    engagement_rate_by_views = MetricOutput(allow_null=True)
    thumbnail_url = serializers.CharField()
    hashtags = serializers.ListField(child=serializers.CharField())
    mentions = serializers.ListField(child=serializers.CharField())
    tagged = serializers.ListField()
    coauthors = serializers.ListField()
    is_sponsored = serializers.BooleanField(help_text="By Instagram's label or by a disclosure in the caption.")
    sponsored_by = serializers.CharField(allow_null=True, help_text="What says so.")
    is_pinned = serializers.BooleanField()
    carousel_size = serializers.IntegerField(allow_null=True)
    location = serializers.DictField(allow_null=True)
    analysis = serializers.DictField(allow_null=True, help_text="`{language, sentiment, category, engine}`.")


class PostPage(serializers.Serializer[Any]):
    results = PostOutput(many=True)
    next = serializers.URLField(allow_null=True)


class ReportOutput(PreviewOutput):
    """The full report: the preview, the account, every metric with its provenance, growth, posts, content."""

    biography = serializers.CharField()
    external_url = serializers.CharField()
    links = serializers.ListField()
    following = serializers.IntegerField(allow_null=True)
    is_business = serializers.BooleanField(allow_null=True)
    country_code = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    refreshed_at = serializers.DateTimeField(allow_null=True)
    stale = serializers.BooleanField()
    metrics = serializers.DictField(child=MetricOutput(), help_text="By key, e.g. `engagement_rate.followers.median`.")
    growth = serializers.DictField(help_text="`{series: [{at, followers, following, posts_count}], methods}`.")
    posts = PostOutput(many=True)
    content = serializers.DictField()
    hashtags = serializers.ListField(child=serializers.DictField())
    best_hours = MetricOutput()
    formats = MetricOutput()
    sponsored = serializers.DictField()
    flags = serializers.ListField()
    notices = serializers.ListField(child=serializers.DictField())
    freshness = serializers.DictField()
    unlocked_at = serializers.DateTimeField()
    charge = ChargeOutput(required=False, help_text="In the answer to an unlock.")


class LimitedOutput(serializers.Serializer[Any]):
    """Too little content: what there is, the reasons, and nothing charged. It can be bought later."""

    code = serializers.CharField(default="report.limited")
    message = serializers.CharField()
    reasons = serializers.ListField(child=serializers.DictField())
    preview = PreviewOutput()
    charge = ChargeOutput()


class UnlockInput(serializers.Serializer[Any]):
    max_credits = serializers.IntegerField(required=False, min_value=0, help_text="Refuse a higher price (409).")


class SuggestionOutput(PreviewOutput):
    unlocked = serializers.BooleanField()


class UnlockedOutput(PreviewOutput):
    unlocked_at = serializers.DateTimeField()
    credits = serializers.IntegerField(help_text="What it cost.")
    refreshed_at = serializers.DateTimeField(allow_null=True)


class LookupOutput(serializers.Serializer[Any]):
    username = serializers.CharField()
    outcome = serializers.ChoiceField(choices=["unlocked", "locked", "private", "pending", "not_found"])
    times = serializers.IntegerField()
    looked_up_at = serializers.DateTimeField()
    preview = PreviewOutput(allow_null=True)


PREFER = OpenApiParameter(
    "Prefer", str, OpenApiParameter.HEADER, description="`wait=N` (N ≤ 60): answer directly when ready in time."
)
IF_NONE_MATCH = OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="An ETag; 304 when same.")
LOCKED = OpenApiResponse(
    LockedEnvelope,
    description="`profile.locked`",
    examples=[
        OpenApiExample(
            "profile.locked",
            value={
                "error": {
                    "code": "profile.locked",
                    "message": "This report is not unlocked yet.",
                    "details": {
                        "preview": {"username": "natgeo", "followers": 280000000, "is_verified": True},
                        "quote": {
                            "action": "influencer_unlock",
                            "units": 1,
                            "draws": [{"source": "allowance", "units": 1, "credits": 0}],
                            "credits": 0,
                            "allowed": True,
                        },
                    },
                }
            },
        )
    ],
)
ACCEPTED = OpenApiResponse(JobEnvelope, description="The work goes on in this job: poll `/api/v1/jobs/{id}`.")
