"""A creator, the handles it had, and its counts over time."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone


class Profile(models.Model):
    """A creator as last seen upstream.

    `external_id` is who it is, `username` what it is called now. Counts are exact as upstream gave them, null when it
    did not; `flags` lists the codes of what is implausible, approximate or was refused while reading.
    """

    external_id = models.CharField(max_length=64, null=True, blank=True)
    username = models.CharField(max_length=60, help_text="Lower case. Current, unless the handle was lost.")
    handle_lost_at = models.DateTimeField(
        null=True, blank=True, help_text="Another account answers to this handle since; the name is the last known."
    )
    source = models.CharField(max_length=30)
    synthetic = models.BooleanField(default=False)
    full_name = models.CharField(max_length=200, blank=True)
    biography = models.TextField(blank=True)
    biography_email = models.CharField(max_length=254, blank=True, help_text="Private: sold by e-mail unlock.")
    external_url = models.TextField(blank=True)
    links = models.JSONField(default=list, blank=True)
    category = models.CharField(max_length=120, blank=True)
    is_verified = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False)
    is_business = models.BooleanField(null=True, blank=True)
    is_professional = models.BooleanField(null=True, blank=True)
    business_email = models.CharField(max_length=254, blank=True, help_text="Private: sold by e-mail unlock.")
    business_phone = models.CharField(max_length=40, blank=True, help_text="Private.")
    country_code = models.CharField(max_length=2, blank=True)
    followers = models.BigIntegerField(null=True, blank=True)
    following = models.BigIntegerField(null=True, blank=True)
    posts_count = models.BigIntegerField(null=True, blank=True)
    highlights_count = models.BigIntegerField(null=True, blank=True)
    avatar = models.ForeignKey(
        "profiles.MediaAsset", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    avatar_source_url = models.TextField(blank=True)
    engagement_rate = models.FloatField(
        null=True, blank=True, help_text="Percent, by followers, median. Kept for search and for comparing with peers."
    )
    engagement_metric = models.JSONField(
        null=True, blank=True, help_text="The same as a metric with its provenance, as previews show it."
    )
    flags = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Grows with every change of what a report shows.")
    refreshed_at = models.DateTimeField(null=True, blank=True, help_text="Last successful answer of a source.")
    posts_refreshed_at = models.DateTimeField(null=True, blank=True)
    stale_since = models.DateTimeField(
        null=True, blank=True, help_text="First refresh that failed since the last good."
    )
    stale_reason = models.CharField(max_length=60, blank=True)
    unavailable_at = models.DateTimeField(null=True, blank=True, help_text="Upstream says there is no such account.")
    suppressed_at = models.DateTimeField(null=True, blank=True, help_text="Removed at the creator's wish.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-followers", "id"]
        constraints = [
            models.UniqueConstraint(fields=["external_id"], name="profiles_profile_external_id_unique"),
            models.UniqueConstraint(
                fields=["username"], condition=Q(handle_lost_at__isnull=True), name="profiles_profile_username_unique"
            ),
            models.CheckConstraint(condition=Q(followers__gte=0), name="profiles_profile_followers_not_negative"),
            models.CheckConstraint(condition=Q(following__gte=0), name="profiles_profile_following_not_negative"),
            models.CheckConstraint(condition=Q(posts_count__gte=0), name="profiles_profile_posts_count_not_negative"),
        ]
        indexes = [
            models.Index(OpClass("username", name="varchar_pattern_ops"), name="profiles_profile_username"),
            models.Index(fields=["-followers", "id"], name="profiles_profile_by_followers"),
            models.Index(fields=["synthetic", "followers"], name="profiles_profile_peers"),
            models.Index(fields=["refreshed_at"], name="profiles_profile_refreshed_at"),
            GinIndex(OpClass(Upper("username"), name="gin_trgm_ops"), name="profiles_username_trgm"),
            GinIndex(OpClass(Upper("full_name"), name="gin_trgm_ops"), name="profiles_full_name_trgm"),
        ]

    def __str__(self) -> str:
        return f"@{self.username}"


class PreviousUsername(models.Model):
    """A handle that a creator had before; it still leads to the creator while nobody else answers to it."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="previous_usernames")
    username = models.CharField(max_length=60)
    until = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-until", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "username"], name="profiles_previous_username_unique"),
        ]
        indexes = [models.Index(fields=["username", "-until"], name="profiles_previous_username")]

    def __str__(self) -> str:
        return f"@{self.username} of {self.profile_id}"


class Snapshot(models.Model):
    """The counts of a creator at one time. Growth is computed from these and from nothing else."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="snapshots")
    taken_at = models.DateTimeField(default=timezone.now)
    followers = models.BigIntegerField(null=True, blank=True)
    following = models.BigIntegerField(null=True, blank=True)
    posts_count = models.BigIntegerField(null=True, blank=True)
    median_likes = models.FloatField(null=True, blank=True)
    median_comments = models.FloatField(null=True, blank=True)
    median_views = models.FloatField(null=True, blank=True)
    posts_sampled = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=30)
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["taken_at", "id"]
        constraints = [models.UniqueConstraint(fields=["profile", "taken_at"], name="profiles_snapshot_unique")]
        indexes = [models.Index(fields=["profile", "-taken_at"], name="profiles_snapshot_latest")]

    def __str__(self) -> str:
        return f"{self.profile_id} at {self.taken_at:%Y-%m-%d}"
