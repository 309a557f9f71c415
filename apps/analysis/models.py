"""What the engines said: once per caption text, then per post, then summed up per creator; and how the jobs went."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.jobs.models import Job


class TextResult(models.Model):
    """One engine's reading of one caption or comment. It is read once per engine version, whoever wrote it."""

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


class CommentAnalysis(models.Model):
    """Which reading stands for a comment now. A later analysis replaces it."""

    comment = models.OneToOneField("profiles.Comment", on_delete=models.CASCADE, related_name="analysis")
    text_result = models.ForeignKey(TextResult, on_delete=models.PROTECT, related_name="comments")
    analysed_at = models.DateTimeField()

    class Meta:
        ordering = ["comment_id"]
        verbose_name_plural = "comment analyses"

    def __str__(self) -> str:
        return f"comment {self.comment_id}"


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


class AnalysisLog(models.Model):
    """What happened in an analysis job (`ai_analysis_job_logs`). Written, never changed; gone with its job.

    A `progress` row is written in the transaction that stores the labels of its posts, so a post stands in one row for
    every time it was labelled, and in no row if it was not.
    """

    class Event(models.TextChoices):
        QUEUED = "queued", "Queued"
        LEASED = "leased", "Taken by a worker"
        PROGRESS = "progress", "Posts labelled"
        PAUSED = "paused", "Let others have a turn"
        STUMBLED = "stumbled", "Attempt failed"
        SUCCEEDED = "succeeded", "Succeeded"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="analysis_logs")
    attempt = models.PositiveIntegerField(default=0)
    event = models.CharField(max_length=10, choices=Event.choices)
    at = models.DateTimeField(default=timezone.now)
    done = models.PositiveIntegerField(null=True, blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    posts = models.JSONField(default=list, blank=True, help_text="Ids of the posts that this step labelled.")
    texts_read = models.PositiveIntegerField(default=0, help_text="Texts that the engine read; the rest was known.")
    took_ms = models.PositiveIntegerField(null=True, blank=True, help_text="What reading them took.")
    engine = models.CharField(max_length=30, blank=True)
    engine_version = models.CharField(max_length=60, blank=True)
    instead_of = models.CharField(max_length=30, blank=True, help_text="The preferred engine, where it did not answer.")
    detail = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["job", "id"], name="analysis_log_by_job"),
            models.Index(fields=["at"], condition=Q(texts_read__gt=0), name="analysis_log_speed"),
        ]

    def __str__(self) -> str:
        return f"{self.event} ({self.attempt}) of {self.job_id}"


class AnalysisJob(Job):
    """The jobs that analyse creators, with their log, as the operator sees them (`ai_analysis_jobs`)."""

    class Meta:
        proxy = True
        ordering = ["-created_at", "-id"]
        verbose_name = "analysis job"
