"""Pictures that were fetched, re-encoded and are ours to serve."""

from django.db import models
from django.utils import timezone


class MediaAsset(models.Model):
    """One picture in two sizes, named by the hash of what was encoded; the same picture is stored once."""

    content_hash = models.CharField(max_length=64, unique=True)
    small_key = models.CharField(max_length=120)
    large_key = models.CharField(max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField(help_text="Of both sizes together.")
    content_type = models.CharField(max_length=30, default="image/webp")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.content_hash[:12]
