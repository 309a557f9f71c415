"""The API routes of this app: /api/v1/instagram/, /api/v1/discovery/, and the short paths."""

from django.urls import path

from .api.bulk import BulkQuoteView, BulkUnlockView
from .api.buying import ContactsView, EmailUnlockView, PostAddressAnalyticsView, PostAnalyticsView
from .api.discovery import HistoryView, SuggestView, UnlockedView
from .api.insight import AudienceView, AuthenticityView, CommentSentimentView, PricingView, SafetyView
from .api.paper import ReportPdfView
from .api.parts import AnalysisView, BrandsView, ContentView, GrowthView, MentionsView, RelatedView
from .api.posts import PostCommentsView, PostListView, PostStreamView, PostView
from .api.profiles import ProfileView, RefreshView, UnlockView
from .api.sharing import ShareLinkView, ShareView
from .api.short import ShortPostListView, ShortProfileView
from .api.similar import SimilarView

instagram_patterns = [
    path("profiles/quote", BulkQuoteView.as_view(), name="profiles-quote"),
    path("profiles/unlock", BulkUnlockView.as_view(), name="profiles-unlock"),
    path("profile/<str:username>", ProfileView.as_view(), name="profile"),
    path("profile/<str:username>/unlock", UnlockView.as_view(), name="profile-unlock"),
    path("profile/<str:username>/refresh", RefreshView.as_view(), name="profile-refresh"),
    path("profile/<str:username>/posts", PostListView.as_view(), name="profile-posts"),
    path("profile/<str:username>/posts/stream", PostStreamView.as_view(), name="profile-posts-stream"),
    path("profile/<str:username>/growth", GrowthView.as_view(), name="profile-growth"),
    path("profile/<str:username>/content", ContentView.as_view(), name="profile-content"),
    path("profile/<str:username>/audience", AudienceView.as_view(), name="profile-audience"),
    path("profile/<str:username>/authenticity", AuthenticityView.as_view(), name="profile-authenticity"),
    path("profile/<str:username>/pricing", PricingView.as_view(), name="profile-pricing"),
    path("profile/<str:username>/safety", SafetyView.as_view(), name="profile-safety"),
    path("profile/<str:username>/comments/sentiment", CommentSentimentView.as_view(), name="profile-comments"),
    path("profile/<str:username>/brands", BrandsView.as_view(), name="profile-brands"),
    path("profile/<str:username>/similar", SimilarView.as_view(), name="profile-similar"),
    path("profile/<str:username>/related", RelatedView.as_view(), name="profile-related"),
    path("profile/<str:username>/mentions", MentionsView.as_view(), name="profile-mentions"),
    path("profile/<str:username>/report.pdf", ReportPdfView.as_view(), name="profile-report-pdf"),
    path("profile/<str:username>/share", ShareView.as_view(), name="profile-share"),
    path("profile/<str:username>/share/<uuid:link_id>", ShareLinkView.as_view(), name="profile-share-link"),
    path("profile/<str:username>/analysis", AnalysisView.as_view(), name="profile-analysis"),
    path("profile/<str:username>/email", ContactsView.as_view(), name="profile-email"),
    path("profile/<str:username>/email/unlock", EmailUnlockView.as_view(), name="profile-email-unlock"),
    path("posts/analytics", PostAddressAnalyticsView.as_view(), name="post-address-analytics"),
    path("posts/<str:shortcode>/analytics", PostAnalyticsView.as_view(), name="post-analytics"),
    path("posts/<str:shortcode>", PostView.as_view(), name="post"),
    path("posts/<str:shortcode>/comments", PostCommentsView.as_view(), name="post-comments"),
]
discovery_patterns = [
    path("suggest", SuggestView.as_view(), name="suggest"),
    path("unlocked", UnlockedView.as_view(), name="unlocked"),
    path("history", HistoryView.as_view(), name="history"),
]
short_patterns = [
    path("profile/<str:username>", ShortProfileView.as_view(), name="profile"),
    path("profile/<str:username>/posts", ShortPostListView.as_view(), name="profile-posts"),
]
