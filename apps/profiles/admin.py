"""Creators in the backoffice: what is known, where it is from, what is doubtful about it."""

import json
from contextlib import suppress
from typing import Any

import zstandard
from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display

from apps.core.errors import DomainError

from .metrics import read_rates
from .models import MediaAsset, Post, PreviousUsername, Profile, RateTable, RawPayload, Snapshot, SourceState
from .selectors import get_avatar_url, get_rate_table
from .services import publish_rates, refresh_profile

_PAYLOAD_SHOWN = 60_000


class ReadOnly:
    """Upstream facts are looked at, not edited."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PreviousUsernameInline(ReadOnly, TabularInline):
    model = PreviousUsername
    fields = ("username", "until")
    extra = 0
    tab = True


class FlaggedFilter(admin.SimpleListFilter):
    """Creators with something implausible."""

    title = "plausibility"
    parameter_name = "flagged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Has flags"), ("no", "No flags")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Profile]) -> QuerySet[Profile]:
        if self.value() == "yes":
            return queryset.exclude(flags=[])
        return queryset.filter(flags=[]) if self.value() == "no" else queryset


class StateFilter(admin.SimpleListFilter):
    """Creators that are not as they should be."""

    title = "state"
    parameter_name = "state"
    _CONDITIONS = {
        "stale": Q(stale_since__isnull=False),
        "unavailable": Q(unavailable_at__isnull=False),
        "suppressed": Q(suppressed_at__isnull=False),
        "renamed": Q(handle_lost_at__isnull=False),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("stale", "Stale: the source fails"),
            ("unavailable", "Gone upstream"),
            ("suppressed", "Suppressed"),
            ("renamed", "Lost its handle"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Profile]) -> QuerySet[Profile]:
        return queryset.filter(self._CONDITIONS.get(self.value() or "", Q()))


@admin.register(Profile)
class ProfileAdmin(ReadOnly, ModelAdmin):
    """Creators: searched by handle, name and id; refreshed by hand."""

    list_display = (
        "show_creator", "followers", "show_engagement", "show_posts", "category", "show_source", "refreshed_at",
        "show_flags",
    )  # fmt: skip
    list_filter = ("source", "synthetic", "is_private", "is_verified", StateFilter, FlaggedFilter)
    search_fields = ("username", "full_name", "external_id", "previous_usernames__username")
    ordering = ("-refreshed_at",)
    list_per_page = 50
    show_full_result_count = False
    inlines = (PreviousUsernameInline,)
    actions = ("refresh_selected",)
    actions_detail = ("refresh_one",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Profile]:
        counted = Count("posts", filter=Q(posts__missing_since__isnull=True))
        return super().get_queryset(request).select_related("avatar").annotate(shown_posts=counted)

    @display(description="Creator", ordering="username", header=True)
    def show_creator(self, profile: Profile) -> list[Any]:
        picture = {"path": get_avatar_url(profile), "squared": False}
        return [f"@{profile.username}", profile.full_name, None, picture]

    @display(description="ER", ordering="engagement_rate")
    def show_engagement(self, profile: Profile) -> str:
        return "" if profile.engagement_rate is None else f"{profile.engagement_rate:.2f} %"

    @display(description="Posts", ordering="shown_posts")
    def show_posts(self, profile: Profile) -> str:
        return f"{getattr(profile, 'shown_posts', 0)} of {'?' if profile.posts_count is None else profile.posts_count}"

    @display(description="Source", label={"sandbox": "warning", "decodo": "info", "apify": "info"})
    def show_source(self, profile: Profile) -> str:
        return profile.source

    @display(description="Flags", label="danger")
    def show_flags(self, profile: Profile) -> list[str]:
        return list(profile.flags)

    @admin.action(description="Refresh from the source")
    def refresh_selected(self, request: HttpRequest, queryset: QuerySet[Profile]) -> None:
        for profile in queryset[:20]:
            self._refresh(request, profile)

    @action(description="Refresh now", url_path="refresh")
    def refresh_one(self, request: HttpRequest, object_id: int) -> Any:
        self._refresh(request, Profile.objects.get(pk=object_id))
        return redirect("admin:profiles_profile_change", object_id)

    def _refresh(self, request: HttpRequest, profile: Profile) -> None:
        try:
            refresh = refresh_profile(username=profile.username)
        except DomainError as error:
            self.message_user(request, f"@{profile.username}: {error.message}", messages.ERROR)
            return
        level = messages.WARNING if refresh.stale else messages.SUCCESS
        self.message_user(request, f"@{profile.username}: {refresh.reason} ({refresh.source})", level)


@admin.register(Post)
class PostAdmin(ReadOnly, ModelAdmin):
    """Posts as last seen upstream."""

    list_display = (
        "shortcode",
        "profile",
        "type",
        "taken_at",
        "likes",
        "comments",
        "plays",
        "is_sponsored",
        "missing_since",
    )
    list_filter = ("type", "likes_hidden", "is_sponsored", "is_pinned")
    search_fields = ("shortcode", "profile__username")
    list_select_related = ("profile",)
    ordering = ("-id",)
    show_full_result_count = False


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnly, ModelAdmin):
    """Counts over time."""

    list_display = (
        "profile",
        "taken_at",
        "followers",
        "following",
        "posts_count",
        "median_likes",
        "source",
        "synthetic",
    )
    list_filter = ("source", "synthetic")
    search_fields = ("profile__username",)
    list_select_related = ("profile",)
    ordering = ("-taken_at",)
    show_full_result_count = False


@admin.register(RawPayload)
class RawPayloadAdmin(ReadOnly, ModelAdmin):
    """What a source said, word for word; kept for 30 days."""

    list_display = ("username", "source", "capability", "fetched_at", "size_bytes", "expires_at")
    list_filter = ("source", "capability")
    search_fields = ("username",)
    fields = ("username", "source", "capability", "fetched_at", "expires_at", "size_bytes", "sha256", "show_body")
    readonly_fields = fields
    ordering = ("-fetched_at",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[RawPayload]:
        resolved = request.resolver_match
        rows = super().get_queryset(request)
        return rows.defer("body") if resolved and resolved.url_name == "profiles_rawpayload_changelist" else rows

    @display(description="Answer")
    def show_body(self, payload: RawPayload) -> str:
        text = zstandard.decompress(bytes(payload.body)).decode("utf-8", "replace")
        with suppress(ValueError, RecursionError):
            text = json.dumps(json.loads(text), ensure_ascii=False, indent=1)
        return format_html("<pre>{}</pre>", text[:_PAYLOAD_SHOWN])


@admin.register(SourceState)
class SourceStateAdmin(ReadOnly, ModelAdmin):
    """Lasting refusals of sources: a withdrawn target, a bad key, a used-up quota."""

    list_display = ("source", "capability", "code", "message", "since", "last_seen_at", "retry_at")


@admin.register(MediaAsset)
class MediaAssetAdmin(ReadOnly, ModelAdmin):
    """Pictures in our storage."""

    list_display = ("content_hash", "width", "height", "size_bytes", "created_at")
    search_fields = ("content_hash",)
    show_full_result_count = False


class RateTableForm(forms.ModelForm):
    """A new table, begun from the one that counts now."""

    class Meta:
        model = RateTable
        fields = ("rates", "note")

    def clean_rates(self) -> Any:
        table = self.cleaned_data["rates"]
        try:
            read_rates(table, version=0, published_at=timezone.now())
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        return table


@admin.register(RateTable)
class RateTableAdmin(ModelAdmin):
    """Rates of price estimates. A published table never changes: publish the next one."""

    form = RateTableForm
    list_display = ("version", "note", "published_at")
    ordering = ("-version",)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"rates": get_rate_table().rates}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: RateTable, form: Any, change: bool) -> None:
        published = publish_rates(rates=obj.rates, note=obj.note)
        obj.pk, obj.version = published.pk, published.version
