"""What the engines said: once per caption text, then per post, then summed up per creator."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class TextResult(models.Model):
    """One engine's reading of one caption text. The same text is read once per engine version, whoever wrote it."""

    caption_hash = models.CharField(max_length=64, help_text="SHA-256 of the caption as stored.")
    engine = models.CharField(max_length=30)
    engine_version = models.CharField(max_length=60)
    language = models.CharField(max_length=8, help_text="ISO 639-1, or `und`.")
    language_confidence = models.FloatField()
    sentiment = models.CharField(max_length=10)
    sentiment_score = models.FloatField(help_text="-1 to 1.")
    sentiment_confidence = models.FloatField()
    category = models.CharField(max_length=40, null=True, blank=True, help_text="Taxonomy code, null when unclear.")
    category_confidence = models.FloatField()
    raw = models.JSONField(default=dict, help_text="The engine's own output (`ai_analysis_raw`).")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["caption_hash", "engine", "engine_version"], name="analysis_textresult_unique"
            ),
            models.CheckConstraint(
                condition=Q(sentiment_score__gte=-1, sentiment_score__lte=1), name="analysis_textresult_score"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.engine_version}: {self.language}, {self.sentiment}, {self.category}"


class PostAnalysis(models.Model):
    """Which reading stands for a post now. A later analysis replaces it."""

    post = models.OneToOneField("profiles.Post", on_delete=models.CASCADE, related_name="analysis")
    text_result = models.ForeignKey(TextResult, on_delete=models.PROTECT, related_name="posts")
    analysed_at = models.DateTimeField()

    class Meta:
        ordering = ["post_id"]
        verbose_name_plural = "post analyses"

    def __str__(self) -> str:
        return f"post {self.post_id}"


class ProfileAnalysis(models.Model):
    """The sums over a creator's analysed posts, kept as a report reads them."""

    profile = models.OneToOneField("profiles.Profile", on_delete=models.CASCADE, related_name="analysis")
    aggregates = models.JSONField(default=dict)
    primary_category = models.CharField(max_length=40, null=True, blank=True)
    mean_sentiment = models.FloatField(null=True, blank=True)
    engines = models.JSONField(default=list, help_text="[{engine, version, posts}]; more than one is a mixed profile.")
    analysed_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    analysed_at = models.DateTimeField()

    class Meta:
        ordering = ["profile_id"]
        verbose_name_plural = "profile analyses"
        indexes = [models.Index(fields=["primary_category"], name="analysis_profile_category")]

    def __str__(self) -> str:
        return f"profile {self.profile_id}: {self.analysed_count} of {self.total_count}"
