"""The names of revenue's rollups (`apps.teams.models.TeamRollup`). Their unit is the currency, money is in cents."""

from django.db import models


class Figure(models.TextChoices):
    """Counted by `services/rolling.py`, defined in docs/glossary.md."""

    MRR_NEW = "mrr_new", "New MRR"
    MRR_EXPANSION = "mrr_expansion", "Expansion MRR"
    MRR_CONTRACTION = "mrr_contraction", "Contraction MRR"
    MRR_CHURN = "mrr_churn", "Churned MRR"
    MRR_REACTIVATION = "mrr_reactivation", "Reactivated MRR"
    TOPUP_REVENUE = "topup_revenue", "Top-up revenue"
    TOPUPS_SOLD = "topups_sold", "Top-ups paid in the month"
    TOPUPS_BEGUN = "topups_begun", "Top-ups ordered in the month"
    TOPUPS_CONVERTED = "topups_converted", "Of those ordered, paid so far"
    TOPUP_REFUNDS = "topup_refunds", "Refunds of top-ups"
    PLAN_REFUNDS = "plan_refunds", "Refunds of plans"
