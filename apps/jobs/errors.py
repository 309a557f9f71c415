"""What can be wrong with a job or with a repeated request."""

from typing import Any

from apps.core.errors import DomainError, Kind, NotFound


class JobNotFound(NotFound):
    code = "job.not_found"
    message = "There is no such job."


class JobEnded(DomainError):
    code = "job.ended"
    kind = Kind.CONFLICT
    message = "The job has already ended."


class JobFailed(DomainError):
    """A job's own error, raised again for somebody who waited for it."""

    code = "job.failed"
    kind = Kind.UNAVAILABLE
    message = "The work failed unexpectedly. It was recorded, and nothing was charged."


class JobCancelled(Exception):
    """Raised inside a handler when its job was cancelled."""


class JobPaused(Exception):
    """Raised inside a handler whose turn is over: the job goes back to the queue, and on from what it kept."""


class JobLost(Exception):
    """Raised inside a handler whose lease ended and went to another attempt: it must write nothing more."""


class KeyRequired(DomainError):
    code = "idempotency.key_required"
    message = "Send an Idempotency-Key header: this request may cost credits."


class KeyInvalid(DomainError):
    code = "idempotency.key_invalid"
    message = "An Idempotency-Key has 1 to 255 printable characters."


class KeyReusedForOtherRequest(DomainError):
    code = "idempotency.key_reused"
    kind = Kind.CONFLICT
    message = "This Idempotency-Key belongs to another request."


class RequestInProgress(DomainError):
    code = "idempotency.in_progress"
    kind = Kind.CONFLICT
    message = "The first request with this Idempotency-Key is still running."


def error_of(error: dict[str, Any]) -> DomainError:
    """A failed job's stored error as an exception again, with its own code and status."""
    status = error.get("status", 500)
    kinds = {int(kind): kind for kind in Kind}
    raised = JobFailed(
        error.get("message"),
        code=error.get("code"),
        details=error.get("details"),
        retry_after=error.get("retry_after"),
    )
    raised.kind = kinds.get(status, Kind.UNAVAILABLE)
    return raised
