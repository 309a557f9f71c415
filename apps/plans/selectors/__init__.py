"""Plans and prices as they are published now, and what a plan opens."""

from .catalogue import (
    ask_price,
    find_version,
    forget_versions,
    get_plan_version,
    get_price,
    get_topup_package,
    get_topup_price,
    list_plan_versions,
    list_prices,
    list_topup_packages,
)
from .contents import find_faults, list_actions
from .features import UPGRADE_AT, Feature, find_action_feature, has_feature, require_feature

__all__ = [
    "UPGRADE_AT",
    "Feature",
    "ask_price",
    "find_action_feature",
    "find_faults",
    "find_version",
    "forget_versions",
    "get_plan_version",
    "get_price",
    "get_topup_package",
    "get_topup_price",
    "has_feature",
    "list_actions",
    "list_plan_versions",
    "list_prices",
    "list_topup_packages",
    "require_feature",
]
