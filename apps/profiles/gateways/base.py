"""What a source of creators' data offers, answers and refuses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from apps.core.errors import DomainError, Kind
from apps.profiles.normalise import CommentData, PostData, PostPage, ProfileData


class Capability(StrEnum):
    """No source offers all of them."""

    PROFILE = "profile"
    POSTS = "posts"
    POST = "post"
    COMMENTS = "comments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a source said: brought to our shape, and as it came (JSON bytes)."""

    source: str
    synthetic: bool
    capability: Capability
    data: ProfileData | PostPage | PostData | tuple[CommentData, ...]
    raw: bytes
    fetched_at: datetime


KeepAlive = Callable[[], None]
"""Called before each attempt at a source, so that whoever waits knows that somebody still works."""


class Source(Protocol):
    """One source. Methods of capabilities it lacks are never called. All raise only the errors below."""

    name: ClassVar[str]
    synthetic: ClassVar[bool]

    @property
    def capabilities(self) -> frozenset[Capability]: ...

    @property
    def endpoint(self) -> str:
        """Host and port asked, part of the breaker's name; "" for a source within the process."""

    def fetch_profile(self, username: str, *, keep_alive: KeepAlive) -> Answer: ...

    def fetch_posts(self, username: str, *, limit: int, keep_alive: KeepAlive) -> Answer: ...

    def fetch_post(self, shortcode: str, *, keep_alive: KeepAlive) -> Answer: ...

    def fetch_comments(self, shortcode: str, *, limit: int, keep_alive: KeepAlive) -> Answer: ...


class SourceFailure(DomainError):
    """The source is broken or refuses; the next one is asked. Counts against its breaker."""

    kind = Kind.UNAVAILABLE
    code = "source.failed"
    message = "The data source failed."

    def __init__(
        self, reason: str, message: str = "", *, transient: bool = True, retry_after: int | None = None
    ) -> None:
        self.reason = reason
        self.transient = transient
        super().__init__(message[:300] or reason, details={"reason": reason}, retry_after=retry_after)


class EmptyContent(SourceFailure):
    """A good answer with nothing in it: often passing, and the only sign of an account that does not exist."""

    def __init__(self) -> None:
        super().__init__("empty_content", "The source answered with empty content.")


class LastingRefusal(SourceFailure):
    """Asking again cannot help: withdrawn target, bad key, used-up quota. Opens the breaker, tells the operator."""

    def __init__(self, reason: str, message: str, *, reset_after: int) -> None:
        self.reset_after = reset_after
        super().__init__(reason, message, transient=False)


class QueryRefused(DomainError):
    """The source is fine but does not take this question; the next one is asked."""

    kind = Kind.UNPROCESSABLE
    code = "source.query_refused"
    message = "The data source does not take this question."


class AccountAbsent(DomainError):
    """The source says that there is no such account or post. Conclusive: nobody else is asked."""

    kind = Kind.NOT_FOUND
    code = "source.absent"
    message = "The data source says that it does not exist."


def describe(payload: Any, limit: int = 200) -> str:
    """A source's own words about a refusal, cut short, for the operator."""
    message = payload.get("message") or payload.get("error") if isinstance(payload, dict) else payload
    if isinstance(message, dict):
        message = message.get("message")
    return message[:limit] if isinstance(message, str) else ""
