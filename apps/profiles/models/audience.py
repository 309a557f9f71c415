"""What surrounds a creator: related accounts, the audience, the long tail of account facts."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class RelatedProfile(models.Model):
    """An account that Instagram suggests beside a creator."""

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="related")
    external_id = models.CharField(max_length=64, blank=True)
    username = models.CharField(max_length=60)
    full_name = models.CharField(max_length=200, blank=True)
    is_verified = models.BooleanField(null=True, blank=True)
    is_private = models.BooleanField(null=True, blank=True)
    avatar_source_url = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    last_seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["profile_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["profile", "username"], name="profiles_related_unique")]
        indexes = [models.Index(fields=["username"], name="profiles_related_username")]

    def __str__(self) -> str:
        return f"@{self.username} beside {self.profile_id}"


class AudienceDemographics(models.Model):
    """One share of a creator's audience with where the number is from; a share without a method is not stored."""

    class Dimension(models.TextChoices):
        COUNTRY = "country", "Country"
        CITY = "city", "City"
        LANGUAGE = "language", "Language"
        AGE = "age", "Age"
        GENDER = "gender", "Gender"

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="audience")
    dimension = models.CharField(max_length=10, choices=Dimension.choices)
    label = models.CharField(max_length=80)
    share = models.FloatField(help_text="0 to 1.")
    as_of = models.DateTimeField()
    method = models.CharField(max_length=80)
    status = models.CharField(max_length=12, default="estimated")
    sample = models.PositiveIntegerField(null=True, blank=True)
    confidence = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["profile_id", "dimension", "-share", "label"]
        verbose_name_plural = "audience demographics"
        constraints = [
            models.UniqueConstraint(fields=["profile", "dimension", "label", "as_of"], name="profiles_audience_unique"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="profiles_audience_share"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.share:.0%}"


class CreatorMetadata(models.Model):
    """Account facts that few readers need; kept because a metric or a later feature can use them."""

    profile = models.OneToOneField("profiles.Profile", on_delete=models.CASCADE, related_name="metadata")
    account_type = models.CharField(max_length=40, blank=True)
    category_enum = models.CharField(max_length=120, blank=True)
    business_category = models.CharField(max_length=120, blank=True)
    contact_method = models.CharField(max_length=40, blank=True)
    pronouns = models.JSONField(default=list, blank=True)
    address = models.JSONField(null=True, blank=True)
    biography_entities = models.JSONField(default=list, blank=True)
    joined_recently = models.BooleanField(null=True, blank=True)
    hides_like_counts = models.BooleanField(null=True, blank=True)
    has_reels = models.BooleanField(null=True, blank=True)
    has_channel = models.BooleanField(null=True, blank=True)
    facebook_id = models.CharField(max_length=64, blank=True)
    videos_count = models.BigIntegerField(null=True, blank=True, help_text="Old IGTV only.")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["profile_id"]
        verbose_name_plural = "creator metadata"

    def __str__(self) -> str:
        return f"metadata of {self.profile_id}"
