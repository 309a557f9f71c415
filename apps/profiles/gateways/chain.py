"""Asking the sources in order. On goes only an error or a missing capability; "not found" is conclusive."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import structlog
from django.conf import settings
from django.utils import timezone

from apps.core.resilience import BreakerOpen, breaker, open_breaker
from apps.profiles.errors import SourceUnavailable
from apps.profiles.models import SourceState

from .apify import ApifySource
from .base import AccountAbsent, Answer, Capability, KeepAlive, LastingRefusal, QueryRefused, Source, SourceFailure
from .decodo import DecodoSource
from .sandbox import SandboxSource

logger = structlog.get_logger(__name__)
SOURCES: dict[str, type[Source]] = {"decodo": DecodoSource, "apify": ApifySource, "sandbox": SandboxSource}
FAILURES, RESET_AFTER_SECONDS = 5, 60


def list_sources() -> list[Source]:
    """The sources of `PROFILE_SOURCES`, in their order."""
    return [SOURCES[name]() for name in settings.PROFILE_SOURCES]


def fetch_profile(username: str, *, keep_alive: KeepAlive, synthetic: bool | None = None) -> Answer:
    """The creator of this handle from the first source that answers; with `synthetic`, of sources of that kind only.

    Raises `AccountAbsent` as soon as one says so, `SourceUnavailable` with each one's reason when none answers.
    Must not be called inside a transaction.
    """
    sources = [source for source in list_sources() if synthetic in (None, source.synthetic)]
    return _ask(Capability.PROFILE, lambda source: source.fetch_profile(username, keep_alive=keep_alive), sources)


def fetch_posts(username: str, *, limit: int, synthetic: bool, keep_alive: KeepAlive) -> Answer:
    """Up to `limit` newest posts. A real creator is never given synthetic posts, nor the other way round."""
    sources = [source for source in list_sources() if source.synthetic == synthetic]
    return _ask(
        Capability.POSTS, lambda source: source.fetch_posts(username, limit=limit, keep_alive=keep_alive), sources
    )


def fetch_post(shortcode: str, *, synthetic: bool | None = None, keep_alive: KeepAlive) -> Answer:
    """One public post; with `synthetic`, from sources of that kind only."""
    sources = [source for source in list_sources() if synthetic in (None, source.synthetic)]
    return _ask(Capability.POST, lambda source: source.fetch_post(shortcode, keep_alive=keep_alive), sources)


def fetch_comments(shortcode: str, *, limit: int, synthetic: bool, keep_alive: KeepAlive) -> Answer:
    """Up to `limit` comments under a post. A real post is never given synthetic comments, nor the other way round."""
    sources = [source for source in list_sources() if source.synthetic == synthetic]
    return _ask(
        Capability.COMMENTS,
        lambda source: source.fetch_comments(shortcode, limit=limit, keep_alive=keep_alive),
        sources,
    )


def can_fetch(capability: Capability, *, synthetic: bool) -> bool:
    """Whether a source is set up that offers this at all, resting or not."""
    return any(True for source in list_sources() if source.synthetic == synthetic and capability in source.capabilities)


def breaker_name(source: Source, capability: Capability) -> str:
    """One breaker a source and capability, and per host: another `…_BASE_URL` starts afresh."""
    name = f"source.{source.name}.{capability}"
    return f"{name}@{source.endpoint}" if source.endpoint else name


def _ask(capability: Capability, ask: Callable[[Source], Answer], sources: list[Source]) -> Answer:
    reasons: dict[str, str] = {}
    for source in _able(sources, capability):
        try:
            with breaker(breaker_name(source, capability), failures=FAILURES, reset_after=RESET_AFTER_SECONDS):
                answer = ask(source)
        except AccountAbsent as absence:
            absence.details["source"] = source.name
            raise
        except BreakerOpen:
            reasons[source.name] = "resting"
        except LastingRefusal as error:
            reasons[source.name] = error.reason
            _remember_refusal(source, capability, error)
        except SourceFailure as error:
            reasons[source.name] = error.reason
            logger.warning("source.failed", source=source.name, capability=str(capability), reason=error.reason)
        except QueryRefused as error:
            reasons[source.name] = "query_refused"
            logger.warning("source.query_refused", source=source.name, message=error.message)
        else:
            SourceState.objects.filter(source=source.name, capability=capability).delete()
            return answer
    raise SourceUnavailable(details={"reasons": reasons}, retry_after=RESET_AFTER_SECONDS)


def _able(sources: list[Source], capability: Capability) -> Iterator[Source]:
    return (source for source in sources if capability in source.capabilities)


def _remember_refusal(source: Source, capability: Capability, error: LastingRefusal) -> None:
    """Rest the source for long, and tell the operator: a log line at error level, and a row for the health page."""
    open_breaker(breaker_name(source, capability), reset_after=error.reset_after, reason=error.reason)
    now = timezone.now()
    told = {"message": error.message, "last_seen_at": now, "retry_at": now + timedelta(seconds=error.reset_after)}
    SourceState.objects.update_or_create(
        source=source.name,
        capability=capability,
        defaults={"code": error.reason, **told},
        create_defaults={"code": error.reason, "since": now, **told},
    )
    logger.error(
        "source.refused", source=source.name, capability=str(capability), reason=error.reason, say=error.message
    )
