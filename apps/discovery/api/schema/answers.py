"""Answers and headers that many routes share."""

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from apps.jobs.api import JobEnvelope

from .buying import LockedEnvelope

PREFER = OpenApiParameter(
    "Prefer", str, OpenApiParameter.HEADER, description="`wait=N` (N ≤ 60): answer directly when ready in time."
)
IF_NONE_MATCH = OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="An ETag; 304 when same.")
ACCEPTED = OpenApiResponse(JobEnvelope, description="The work goes on in this job: poll `/api/v1/jobs/{id}`.")

METRIC_EXAMPLE = {
    "value": 1.84,
    "unit": "percent",
    "as_of": "2026-11-22T10:00:00Z",
    "status": "computed",
    "method": "er.followers.median.v1",
    "sample": {"size": 12, "of": 12, "kind": "posts", "excluded": {}},
    "confidence": "medium",
}
PREVIEW_EXAMPLE = {
    "username": "natgeo",
    "full_name": "National Geographic",
    "avatar_url": "/media/placeholder/NG.svg",
    "is_verified": True,
    "category": "Media",
    "followers": 280_000_000,
    "posts_count": 30_000,
    "engagement_rate": METRIC_EXAMPLE,
    "email_available": False,
    "synthetic": False,
}
QUOTE_EXAMPLE = {
    "action": "influencer_unlock",
    "units": 1,
    "draws": [{"source": "allowance", "units": 1, "credits": 0}],
    "credits": 0,
    "allowed": True,
}
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
                    "details": {"preview": PREVIEW_EXAMPLE, "quote": QUOTE_EXAMPLE},
                }
            },
        )
    ],
)
