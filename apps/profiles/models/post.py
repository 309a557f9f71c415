"""Posts of a creator, whom they name, and what is said under them."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Post(models.Model):
    """A post as last seen upstream. A count that upstream hides or does not give is null, never 0."""

    class Type(models.TextChoices):
        PHOTO = "photo", "Photo"
        VIDEO = "video", "Video"
        CAROUSEL = "carousel", "Carousel"
        REEL = "reel", "Reel"

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="posts")
    external_id = models.CharField(max_length=64)
    shortcode = models.CharField(max_length=64)
    type = models.CharField(max_length=10, choices=Type.choices)
    product_type = models.CharField(max_length=40, blank=True)
    caption = models.TextField(blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    likes = models.BigIntegerField(null=True, blank=True)
    likes_hidden = models.BooleanField(default=False)
    comments = models.BigIntegerField(null=True, blank=True)
    comments_disabled = models.BooleanField(default=False)
    comments_read_at = models.DateTimeField(null=True, blank=True, help_text="When a source gave their texts.")
    comments_asked = models.PositiveIntegerField(default=0, help_text="How many the source was asked for then.")
    comments_refusal = models.CharField(max_length=40, blank=True, help_text="Why the last try gave none.")
    views = models.BigIntegerField(null=True, blank=True)
    plays = models.BigIntegerField(null=True, blank=True)
    duration = models.FloatField(null=True, blank=True, help_text="Seconds.")
    carousel_size = models.PositiveSmallIntegerField(null=True, blank=True)
    is_pinned = models.BooleanField(default=False)
    is_sponsored = models.BooleanField(default=False, help_text="By Instagram's own paid-partnership label.")
    owner_external_id = models.CharField(max_length=64, blank=True)
    owner_username = models.CharField(max_length=60, blank=True, help_text="Another account's on some joint posts.")
    coauthors = models.JSONField(default=list, blank=True)
    tagged = models.JSONField(default=list, blank=True)
    sponsors = models.JSONField(default=list, blank=True)
    hashtags = models.JSONField(default=list, blank=True)
    mentions = models.JSONField(default=list, blank=True)
    location = models.JSONField(null=True, blank=True)
    music = models.JSONField(null=True, blank=True)
    alt_text = models.TextField(blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    thumbnail = models.ForeignKey(
        "profiles.MediaAsset", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    thumbnail_source_url = models.TextField(blank=True)
    flags = models.JSONField(default=list, blank=True)
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    missing_since = models.DateTimeField(
        null=True, blank=True, help_text="Newer and older posts came, this one did not."
    )

    class Meta:
        ordering = [models.F("taken_at").desc(nulls_last=True), "-id"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "external_id"], name="profiles_post_unique"),
            models.CheckConstraint(condition=Q(likes__gte=0), name="profiles_post_likes_not_negative"),
            models.CheckConstraint(condition=Q(comments__gte=0), name="profiles_post_comments_not_negative"),
            models.CheckConstraint(condition=Q(views__gte=0), name="profiles_post_views_not_negative"),
            models.CheckConstraint(condition=Q(plays__gte=0), name="profiles_post_plays_not_negative"),
            models.CheckConstraint(
                condition=Q(likes_hidden=False) | Q(likes__isnull=True), name="profiles_post_hidden_likes_are_null"
            ),
        ]
        indexes = [
            models.Index(fields=["profile", "-taken_at"], name="profiles_post_latest"),
            models.Index(fields=["shortcode"], name="profiles_post_shortcode"),
            GinIndex(fields=["hashtags"], opclasses=["jsonb_path_ops"], name="profiles_post_hashtags"),
        ]

    def __str__(self) -> str:
        return self.shortcode

    @property
    def url(self) -> str:
        kind = "reel" if self.type == self.Type.REEL else "p"
        return f"https://www.instagram.com/{kind}/{self.shortcode}/"


class Mention(models.Model):
    """An account that a post names, and how."""

    class Kind(models.TextChoices):
        CAPTION = "caption", "In the caption"
        TAG = "tag", "Tagged in the picture"
        COAUTHOR = "coauthor", "Co-author"
        SPONSOR = "sponsor", "Paid partner"

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="mentions_made")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mention_rows")
    username = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        ordering = ["post_id", "kind", "username"]
        constraints = [
            models.UniqueConstraint(fields=["post", "kind", "username"], name="profiles_mention_unique"),
        ]
        indexes = [
            models.Index(fields=["username"], name="profiles_mention_username"),
            models.Index(fields=["profile", "username"], name="profiles_mention_by_profile"),
        ]

    def __str__(self) -> str:
        return f"@{self.username} ({self.kind})"


class Comment(models.Model):
    """A comment under a post, as far as a source gives them."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comment_rows")
    external_id = models.CharField(max_length=64)
    parent_external_id = models.CharField(max_length=64, blank=True)
    author_external_id = models.CharField(max_length=64, blank=True)
    author_username = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    likes = models.BigIntegerField(null=True, blank=True)
    replies = models.BigIntegerField(null=True, blank=True)
    first_seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = [models.F("written_at").desc(nulls_last=True), "-id"]
        constraints = [models.UniqueConstraint(fields=["post", "external_id"], name="profiles_comment_unique")]
        indexes = [
            models.Index(fields=["post", "-written_at"], name="profiles_comment_latest"),
            models.Index(fields=["author_external_id"], name="profiles_comment_author"),
        ]

    def __str__(self) -> str:
        return f"{self.external_id} under {self.post_id}"
