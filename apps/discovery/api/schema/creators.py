"""Creators in lists."""

from typing import Any

from rest_framework import serializers

from .metrics import MetricOutput


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


class MentionOutput(serializers.Serializer[Any]):
    """An account that the posts name."""

    username = serializers.CharField()
    posts = serializers.IntegerField()
    kinds = serializers.DictField(
        child=serializers.IntegerField(), help_text="Posts by how: caption, tag, coauthor, sponsor."
    )
    profile = PreviewOutput(allow_null=True, help_text="Where the account is known here.")


class RelatedOutput(serializers.Serializer[Any]):
    """An account that Instagram suggests beside the creator."""

    username = serializers.CharField()
    full_name = serializers.CharField()
    is_verified = serializers.BooleanField(allow_null=True)
    is_private = serializers.BooleanField(allow_null=True)
    avatar_url = serializers.CharField()
    profile = PreviewOutput(allow_null=True, help_text="Where the account is known here.")
