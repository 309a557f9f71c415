"""What the routes of this app answer, for the OpenAPI schema. The bodies themselves come ready from the selectors."""

from apps.discovery.services.analytics import ANALYTICS_KIND
from apps.discovery.services.bulk import BULK_KIND
from apps.discovery.services.looking_up import LOOKUP_KIND
from apps.discovery.services.refreshing import REFRESH_KIND
from apps.discovery.services.unlocking import UNLOCK_KIND
from apps.jobs.api import describe_result

from .answers import ACCEPTED, IF_NONE_MATCH, LOCKED, PREFER
from .buying import (
    BoughtOutput,
    BulkQuoteOutput,
    BulkUnlockOutput,
    LimitedOutput,
    LookupResult,
    RefreshResult,
    UnlockInput,
    UnlockResult,
)
from .creators import (
    LookupOutput,
    MentionOutput,
    PreviewOutput,
    RelatedOutput,
    SuggestionOutput,
    UnlockedOutput,
)
from .insight import (
    AudienceOutput,
    AuthenticityOutput,
    CommentSentimentOutput,
    PricingOutput,
    SafetyOutput,
    SimilarOutput,
)
from .posts import CommentOutput, OnePostOutput, PostOutput, PostPage
from .purchases import (
    BoughtContactsOutput,
    BoughtPostOutput,
    ContactsOutput,
    LimitedPostOutput,
    PostAnalyticsOutput,
    PostAnalyticsResult,
)
from .reports import (
    AnalysisOutput,
    BrandsOutput,
    ContentOutput,
    GrowthOutput,
    RefreshedOutput,
    ReportOutput,
)
from .sharing import MadeLinkOutput, ShareLinkOutput

__all__ = [
    "ACCEPTED",
    "IF_NONE_MATCH",
    "LOCKED",
    "PREFER",
    "AnalysisOutput",
    "AudienceOutput",
    "AuthenticityOutput",
    "BoughtContactsOutput",
    "BoughtOutput",
    "BoughtPostOutput",
    "BrandsOutput",
    "BulkQuoteOutput",
    "BulkUnlockOutput",
    "CommentOutput",
    "CommentSentimentOutput",
    "ContactsOutput",
    "ContentOutput",
    "GrowthOutput",
    "LimitedOutput",
    "LimitedPostOutput",
    "LookupOutput",
    "MadeLinkOutput",
    "MentionOutput",
    "OnePostOutput",
    "PostAnalyticsOutput",
    "PostOutput",
    "PostPage",
    "PreviewOutput",
    "PricingOutput",
    "RefreshedOutput",
    "RelatedOutput",
    "ReportOutput",
    "SafetyOutput",
    "ShareLinkOutput",
    "SimilarOutput",
    "SuggestionOutput",
    "UnlockInput",
    "UnlockedOutput",
]

describe_result(LOOKUP_KIND, LookupResult)
describe_result(UNLOCK_KIND, UnlockResult)
describe_result(REFRESH_KIND, RefreshResult)
describe_result(BULK_KIND, BulkUnlockOutput)
describe_result(ANALYTICS_KIND, PostAnalyticsResult)
