"""Analysis in the backoffice: what the engines said, read-only, with the raw output that explains it."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from apps.analysis.models import PostAnalysis, ProfileAnalysis, TextResult
from apps.analysis.services import submit_profile_analysis
from apps.analysis.taxonomy import category_label


class ReadOnlyAdmin(ModelAdmin):
    """Results are made by engines, not typed."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _as_json(value: Any) -> str:
    return format_html("<pre>{}</pre>", json.dumps(value, indent=2, ensure_ascii=False))


@admin.register(TextResult)
class TextResultAdmin(ReadOnlyAdmin):
    list_display = ("short_hash", "engine", "engine_version", "language", "sentiment", "category_name", "used_by")
    list_filter = ("engine", "engine_version", "language", "sentiment", "category")
    search_fields = ("caption_hash",)
    ordering = ("-id",)
    list_per_page = 50
    show_full_result_count = False
    exclude = ("raw",)
    readonly_fields = ("raw_output",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TextResult]:
        return super().get_queryset(request).annotate(posts_count=Count("posts"))

    @display(description="Caption")
    def short_hash(self, result: TextResult) -> str:
        return result.caption_hash[:12]

    @display(description="Category", ordering="category")
    def category_name(self, result: TextResult) -> str:
        return category_label(result.category)

    @display(description="Posts", ordering="posts_count")
    def used_by(self, result: Any) -> int:
        count: int = result.posts_count
        return count

    @display(description="Raw output")
    def raw_output(self, result: TextResult) -> str:
        return _as_json(result.raw)


@admin.register(PostAnalysis)
class PostAnalysisAdmin(ReadOnlyAdmin):
    list_display = ("post", "creator", "engine", "language", "sentiment", "category_name", "analysed_at")
    list_filter = ("text_result__engine", "text_result__category", "text_result__sentiment")
    list_select_related = ("post__profile", "text_result")
    search_fields = ("post__shortcode", "post__profile__username")
    ordering = ("-analysed_at", "-id")
    show_full_result_count = False

    @display(description="Creator")
    def creator(self, analysis: PostAnalysis) -> str:
        return f"@{analysis.post.profile.username}"

    @display(description="Engine")
    def engine(self, analysis: PostAnalysis) -> str:
        return analysis.text_result.engine

    @display(description="Language")
    def language(self, analysis: PostAnalysis) -> str:
        return analysis.text_result.language

    @display(description="Sentiment")
    def sentiment(self, analysis: PostAnalysis) -> str:
        return f"{analysis.text_result.sentiment} ({analysis.text_result.sentiment_score:+.2f})"

    @display(description="Category")
    def category_name(self, analysis: PostAnalysis) -> str:
        return category_label(analysis.text_result.category)


@admin.register(ProfileAnalysis)
class ProfileAnalysisAdmin(ReadOnlyAdmin):
    list_display = ("creator", "category_name", "mean_sentiment", "engine_names", "progress", "analysed_at")
    list_filter = ("primary_category",)
    list_select_related = ("profile",)
    search_fields = ("profile__username",)
    ordering = ("-analysed_at", "-id")
    exclude = ("aggregates", "engines")
    readonly_fields = ("engine_names", "sums")
    actions = ("analyse_again",)

    @display(description="Creator")
    def creator(self, analysis: ProfileAnalysis) -> str:
        return f"@{analysis.profile.username}"

    @display(description="Primary category", ordering="primary_category")
    def category_name(self, analysis: ProfileAnalysis) -> str:
        return category_label(analysis.primary_category)

    @display(description="Engines")
    def engine_names(self, analysis: ProfileAnalysis) -> str:
        return ", ".join(f"{entry['engine']} {entry['version']} ({entry['posts']})" for entry in analysis.engines)

    @display(description="Analysed")
    def progress(self, analysis: ProfileAnalysis) -> str:
        return f"{analysis.analysed_count} of {analysis.total_count}"

    @display(description="Sums")
    def sums(self, analysis: ProfileAnalysis) -> str:
        return _as_json(analysis.aggregates)

    @action(description="Analyse again")
    def analyse_again(self, request: HttpRequest, queryset: QuerySet[ProfileAnalysis]) -> None:
        """Queue the creators; only posts whose caption or engine version changed are read anew."""
        jobs = [submit_profile_analysis(profile_id=analysis.profile_id) for analysis in queryset]
        queued = sum(1 for job in jobs if job is not None)
        self.message_user(request, f"{queued} creators queued for analysis.")
