"""What the platform refuses."""

from apps.core.errors import DomainError, InvalidInput, Kind, NotFound


class SupportRequestNotFound(NotFound):
    code = "support.not_found"
    message = "There is no such request."


class SupportTextInvalid(InvalidInput):
    code = "support.text_invalid"
    message = "A request needs a subject of at most 150 characters and a text of at most 5,000."


class TooManySupportRequests(DomainError):
    code = "support.too_many_open"
    kind = Kind.CONFLICT
    message = "Your team has as many open requests as we can look after at once. Close one that is settled."


class SupportRequestFull(DomainError):
    code = "support.too_long"
    kind = Kind.CONFLICT
    message = "This conversation has become very long. Please begin a new request."
