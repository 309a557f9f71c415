"""Why a creator cannot be shown."""

from apps.core.errors import DomainError, Kind, NotFound


class InvalidUsername(DomainError):
    code = "profile.username_invalid"
    kind = Kind.INVALID
    message = "This is not an Instagram handle: letters, digits, dots and underscores, at most 30."


class ProfileNotFound(DomainError):
    code = "profile.not_found"
    kind = Kind.NOT_FOUND
    message = "There is no Instagram account of this name."


class PostNotFound(NotFound):
    code = "post.not_found"
    message = "There is no such post."


class InvalidShortcode(DomainError):
    code = "post.shortcode_invalid"
    kind = Kind.INVALID
    message = "This is neither the address of an Instagram post nor its shortcode."


class SourceUnavailable(DomainError):
    """No source could answer and nothing is stored."""

    code = "source.unavailable"
    kind = Kind.UNAVAILABLE
    message = "The data source does not answer at the moment. Nothing was charged; please try again later."


class MethodNotFound(DomainError):
    code = "methodology.not_found"
    kind = Kind.NOT_FOUND
    message = "No metric is computed by this method."
