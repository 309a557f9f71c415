"""Plans, their versions and the prices of paid acts. A published row never changes what was agreed earlier."""

from django.db import models


class Plan(models.Model):
    """A plan by its stable code; what it includes stands in its versions."""

    class Code(models.TextChoices):
        FREE = "free", "Free"
        STANDARD = "standard", "Standard"
        PREMIUM = "premium", "Premium"

    code = models.CharField(max_length=20, unique=True, choices=Code.choices)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class PlanVersion(models.Model):
    """What a plan includes from `published_at` on. Prices in integer cents; allowances are units per billing period."""

    class Support(models.TextChoices):
        STANDARD = "standard", "Standard"
        PRIORITY = "priority", "Priority"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="USD")
    price_month_cents = models.PositiveIntegerField()
    price_year_cents = models.PositiveIntegerField()
    seats = models.PositiveSmallIntegerField()
    monthly_credits = models.PositiveIntegerField(default=0)
    rollover_credits_max = models.PositiveIntegerField(default=0)
    allowances = models.JSONField(default=dict, blank=True)
    features = models.JSONField(default=list, blank=True)
    support = models.CharField(max_length=20, choices=Support.choices, default=Support.STANDARD)
    topup_discount_percent = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["plan__position", "-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plans_planversion_number_unique")]

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"

    @property
    def is_paid(self) -> bool:
        return self.price_month_cents > 0


class TopupPackage(models.Model):
    """Credits, or units of an action, that a team may buy at the standard rate. Integer cents."""

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    label = models.CharField(max_length=80)
    unit = models.CharField(max_length=40, help_text="`credits`, or the action these units pay for.")
    quantity = models.PositiveIntegerField()
    price_cents = models.PositiveIntegerField(help_text="Standard rate; plans with a discount pay less.")
    currency = models.CharField(max_length=3, default="USD")
    position = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="plans_topuppackage_version_unique"),
            models.CheckConstraint(name="plans_topuppackage_quantity_positive", condition=models.Q(quantity__gt=0)),
            models.CheckConstraint(name="plans_topuppackage_price_positive", condition=models.Q(price_cents__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class PriceRule(models.Model):
    """The price of one unit of a paid act in credits, and the units that are free in each billing period."""

    action = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    label = models.CharField(max_length=80)
    credits = models.PositiveIntegerField()
    paid_plan_credits = models.PositiveIntegerField(
        null=True, blank=True, help_text="Price on paid plans, where it differs from the list price."
    )
    free_per_period = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["action", "-version"]
        constraints = [models.UniqueConstraint(fields=["action", "version"], name="plans_pricerule_version_unique")]

    def __str__(self) -> str:
        return f"{self.action} v{self.version}"
