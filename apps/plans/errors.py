"""What plans refuse."""

from apps.core.errors import DomainError, InvalidInput, Kind, NotFound


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


class VersionInvalid(InvalidInput):
    """It names an action, a feature or a unit that nothing knows, or promises what its features keep closed."""


class VersionPublished(DomainError):
    code = "version.published"
    kind = Kind.CONFLICT
    message = "This version is published: it stays as it is. Make the next one."


class VersionSuperseded(DomainError):
    code = "version.superseded"
    kind = Kind.CONFLICT
    message = "A newer version is published already. Make the next one from it."


class VersionNotFound(NotFound):
    code = "version.not_found"
    message = "There is no such version."
