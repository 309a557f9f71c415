"""What plans refuse."""

from apps.core.errors import DomainError, Kind, NotFound


class PlanFeatureNotIncluded(DomainError):
    """Not in the plan: refused whatever the credits."""

    code = "plan.feature_not_included"
    kind = Kind.FORBIDDEN
    message = "Your plan does not include this."


class PlanNotFound(NotFound):
    code = "plan.not_found"
    message = "There is no such plan."


class PriceNotFound(NotFound):
    code = "price.not_found"
    message = "There is no such paid action."


class TopupPackageNotFound(NotFound):
    code = "topup_package.not_found"
    message = "There is no such top-up package."
