"""What a plan opens and another does not: the one list of features, asked by API, pages and jobs alike.

Seats are a number of the plan and proposals are opened for a team by the operator; `apps.teams` asks for both.
"""

from django.db import models

from apps.plans.errors import PlanFeatureNotIncluded
from apps.plans.models import PlanVersion

from .catalogue import list_plan_versions

UPGRADE_AT = "/api/v1/billing/plans"


class Feature(models.TextChoices):
    """A code in `PlanVersion.features`, with what it is called in a sentence."""

    CAMPAIGNS = "campaigns", "campaigns"
    LISTS = "lists", "lists"
    EXPORT = "export", "exports"
    TOPUPS = "topups", "top-ups"
    POST_ANALYTICS = "post_analytics", "post analyses"
    EMAIL_UNLOCK = "email_unlock", "e-mail unlocks"


# Paid acts that need a feature; every other act is open to every plan.
_OF_ACTIONS = {
    "bulk_export": Feature.EXPORT,
    "email_unlock": Feature.EMAIL_UNLOCK,
    "post_analytics": Feature.POST_ANALYTICS,
}


def find_action_feature(action: str) -> Feature | None:
    """The feature that a paid act belongs to, or None where every plan has it."""
    return _OF_ACTIONS.get(action)


def has_feature(plan_version: PlanVersion, feature: str) -> bool:
    return feature in plan_version.features


def require_feature(plan_version: PlanVersion, feature: str) -> None:
    """Raise `PlanFeatureNotIncluded` unless the plan includes the feature.

    The details say what is missing, which published plans have it and where they are: `{feature, plan, included_in,
    upgrade}`.
    """
    if has_feature(plan_version, feature):
        return
    plans = [version.plan for version in list_plan_versions() if has_feature(version, feature)]
    details = {"feature": str(feature), "plan": plan_version.plan.code, "included_in": [plan.code for plan in plans]}
    what = Feature(feature).label
    message = f"The {plan_version.plan.name} plan does not include {what}."
    if plans:
        verb = "does" if len(plans) == 1 else "do"
        message += f" {' and '.join(plan.name for plan in plans)} {verb}."
    raise PlanFeatureNotIncluded(message, details=details | {"upgrade": UPGRADE_AT})
