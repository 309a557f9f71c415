"""What is worked out about a creator and kept as rows: brand-safety flags, its place among others, the price rates."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from pgvector.django import HalfVectorField, HnswIndex

DIMENSIONS = 384


class SafetyFlag(models.Model):
    """A place in a caption that a brand may mind, with the words themselves. Renewed with the caption and the rules."""

    profile = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="safety_flags")
    post = models.ForeignKey("profiles.Post", on_delete=models.CASCADE, related_name="safety_flags")
    code = models.CharField(max_length=30)
    severity = models.PositiveSmallIntegerField(help_text="1 mild, 2 notable, 3 severe.")
    term = models.CharField(max_length=80, help_text="The term of the published list.")
    quote = models.CharField(max_length=240, help_text="The words around it, as written.")
    start = models.PositiveIntegerField(help_text="Where it stands in the caption, in characters.")
    length = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=80)
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["post_id", "start", "code"]
        constraints = [
            models.UniqueConstraint(fields=["post", "code", "start"], name="profiles_safetyflag_unique"),
            models.CheckConstraint(condition=Q(severity__gte=1, severity__lte=3), name="profiles_safetyflag_severity"),
        ]
        indexes = [models.Index(fields=["profile", "code"], name="profiles_safetyflag_by_profile")]

    def __str__(self) -> str:
        return f"{self.code} in post {self.post_id}"


class CreatorVector(models.Model):
    """What a creator writes about, as a point: near points are similar creators. Of length 1, by one named model.

    Synthetic and real creators have an index each: they are never neighbours.
    """

    profile = models.OneToOneField("profiles.Profile", primary_key=True, on_delete=models.CASCADE, related_name="place")
    vector = HalfVectorField(dimensions=DIMENSIONS)
    synthetic = models.BooleanField(default=False)
    model = models.CharField(max_length=60, help_text="The embedding model and its version.")
    text_hash = models.CharField(max_length=64, help_text="SHA-256 of the texts that went in.")
    texts = models.PositiveSmallIntegerField(help_text="How many texts: the biography and captions.")
    category = models.CharField(max_length=40, blank=True, default="", help_text="Primary category, to narrow by.")
    language = models.CharField(max_length=8, blank=True, default="", help_text="Of most posts, to narrow by.")
    size = models.CharField(max_length=12, blank=True, default="", help_text="Tier of followers, to narrow by.")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["profile_id"]
        indexes = [
            models.Index(fields=["category", "language", "size"], name="profiles_vector_labels"),
            models.Index(fields=["language", "size"], name="profiles_vector_tongue"),
            models.Index(fields=["size"], name="profiles_vector_size"),
            HnswIndex(
                name="profiles_vector_real",
                fields=["vector"],
                m=16,
                ef_construction=100,
                opclasses=["halfvec_ip_ops"],
                condition=Q(synthetic=False),
            ),
            HnswIndex(
                name="profiles_vector_synthetic",
                fields=["vector"],
                m=16,
                ef_construction=100,
                opclasses=["halfvec_ip_ops"],
                condition=Q(synthetic=True),
            ),
        ]

    def __str__(self) -> str:
        return f"place of {self.profile_id} by {self.model}"


class RateTable(models.Model):
    """The rates that price estimates use: published, numbered, never changed afterwards. The newest one counts."""

    version = models.PositiveIntegerField(unique=True)
    rates = models.JSONField(help_text="As `/methodology` describes them.")
    note = models.CharField(max_length=300, blank=True, help_text="Where the rates come from, or why they changed.")
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"rates {self.version}"
