"""What an act costs the current team, and whether its plan includes the act at all."""

from apps.plans.models import PlanVersion
from apps.plans.selectors import find_action_feature, has_feature, require_feature


def get_unit_credits(list_credits: int, paid_plan_credits: int | None, *, plan: PlanVersion) -> int:
    """The team's own price of a unit: the paid plans' price where the rule has one, else the list price."""
    return paid_plan_credits if plan.is_paid and paid_plan_credits is not None else list_credits


def is_included(action: str, *, plan: PlanVersion) -> bool:
    """Whether the plan allows the act at all, whatever the credits."""
    feature = find_action_feature(action)
    return feature is None or has_feature(plan, feature)


def check_included(action: str, *, plan: PlanVersion) -> None:
    """Raise `PlanFeatureNotIncluded` unless the plan allows the act."""
    if feature := find_action_feature(action):
        require_feature(plan, feature)
