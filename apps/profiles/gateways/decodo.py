"""The Decodo web-scraping API. It wraps Instagram's own JSON, fails inside HTTP 200, and withdraws its targets."""

from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone

from apps.profiles.normalise import (
    CommentData,
    PostData,
    PostPage,
    ProfileData,
    find_user,
    read_comments,
    read_post_page,
    read_profile,
    read_single_post,
    says_absent,
)

from .base import (
    AccountAbsent,
    Answer,
    Capability,
    EmptyContent,
    KeepAlive,
    LastingRefusal,
    QueryRefused,
    SourceFailure,
    describe,
)
from .http import EMPTY_MEANS_ABSENT, Endpoint, HttpAnswer, ask_repeatedly, authorization, read_json

_FAULTED = 613
_TARGETS = {
    Capability.PROFILE: "instagram_graphql_profile",
    Capability.POSTS: "instagram_graphql_user_posts",
    Capability.POST: "instagram_graphql_post",
    Capability.COMMENTS: "instagram_graphql_post",
}
_NEW_HOST = "data.decodo.com"
_QUOTA_WORDS = ("quota", "subscription", "plan limit", "monthly", "traffic limit", "balance", "credits")


class DecodoSource:
    """Synchronous scraping. `DECODO_CAPABILITIES` says which targets the account still has; by default the profile."""

    name: ClassVar[str] = "decodo"
    synthetic: ClassVar[bool] = False

    def __init__(self) -> None:
        base_url = settings.DECODO_BASE_URL
        bearer = _NEW_HOST in base_url
        self._path = "/v1/scrape" if bearer else "/v2/scrape"
        key = authorization(settings.DECODO_API_KEY, bearer=bearer)
        self._endpoint = Endpoint(base_url, key, settings.DECODO_TIMEOUT_SECONDS)

    @property
    def capabilities(self) -> frozenset[Capability]:
        return frozenset(Capability(name) for name in settings.DECODO_CAPABILITIES)

    @property
    def endpoint(self) -> str:
        return self._endpoint.host

    def fetch_profile(self, username: str, *, keep_alive: KeepAlive) -> Answer:
        return self._fetch(Capability.PROFILE, {"query": username}, keep_alive)

    def fetch_posts(self, username: str, *, limit: int, keep_alive: KeepAlive) -> Answer:
        return self._fetch(Capability.POSTS, {"query": username, "count": limit}, keep_alive)

    def fetch_post(self, shortcode: str, *, keep_alive: KeepAlive) -> Answer:
        return self._fetch(Capability.POST, {"url": f"https://www.instagram.com/p/{shortcode}/"}, keep_alive)

    def fetch_comments(self, shortcode: str, *, limit: int, keep_alive: KeepAlive) -> Answer:
        return self._fetch(Capability.COMMENTS, {"url": f"https://www.instagram.com/p/{shortcode}/"}, keep_alive)

    def _fetch(self, capability: Capability, query: dict[str, Any], keep_alive: KeepAlive) -> Answer:
        empty_answers = 0

        def ask() -> Answer:
            nonlocal empty_answers
            try:
                return self._ask_once(capability, query)
            except EmptyContent:
                empty_answers += 1
                raise

        try:
            return ask_repeatedly(ask, keep_alive=keep_alive)
        except EmptyContent as error:
            if empty_answers >= EMPTY_MEANS_ABSENT:
                raise AccountAbsent from error
            raise

    def _ask_once(self, capability: Capability, query: dict[str, Any]) -> Answer:
        body = {"target": _TARGETS[capability], **query}
        answer = self._endpoint.ask("POST", self._path, body=body)
        if answer.status != 200:
            refuse(answer)
        content = read_content(answer.json)
        return Answer(
            source=self.name,
            synthetic=False,
            capability=capability,
            data=_read(capability, content),
            raw=answer.body,
            fetched_at=timezone.now(),
        )


def refuse(answer: HttpAnswer) -> None:
    """Raise what a status other than 200 means; data/decodo.md of the research has the list."""
    payload = answer.json if answer.json is not None else answer.body[:300].decode("utf-8", "replace")
    message = describe(payload) or f"HTTP {answer.status}"
    errors = payload.get("errors") if isinstance(payload, dict) else None
    if answer.status == 401:
        raise LastingRefusal("unauthorised", f"Decodo refuses the key: {message}", reset_after=300)
    if answer.status == 422 or (answer.status == 400 and errors):
        raise QueryRefused(f"Decodo refuses the query: {message}")
    if answer.status in (400, 402, 403):
        reason = "quota_used" if answer.status == 402 else "target_unsupported"
        raise LastingRefusal(reason, f"Decodo does not offer this target: {message}", reset_after=_lasting_seconds())
    if answer.status == 404:
        _refuse_missing(message)
    if answer.status == 429:
        _refuse_rate(message, answer.retry_after)
    reason = "timeout" if answer.status == 524 else f"http_{answer.status}"
    raise SourceFailure(reason, message, retry_after=answer.retry_after)


def _refuse_missing(message: str) -> None:
    """404 says that Instagram has no such page, unless its words say that the API has no such target."""
    if "target" in message.lower() and "support" in message.lower():
        raise LastingRefusal("target_unsupported", message, reset_after=_lasting_seconds())
    raise AccountAbsent


def _refuse_rate(message: str, retry_after: int | None) -> None:
    """429 is the rate limit, which passes, or the used-up quota, which does not."""
    if any(word in message.lower() for word in _QUOTA_WORDS):
        raise LastingRefusal("quota_used", f"Decodo's quota is used up: {message}", reset_after=_lasting_seconds())
    raise SourceFailure("rate_limited", message, retry_after=retry_after)


def read_content(payload: Any) -> Any:
    """The scraped content of a 200 answer. Raises `EmptyContent`, `AccountAbsent` or a passing `SourceFailure`."""
    if not isinstance(payload, dict):
        raise SourceFailure("invalid_answer", "Decodo's answer is no JSON object.")
    results = payload.get("results")
    if isinstance(results, list):
        return _read_result(next((item for item in results if isinstance(item, dict)), {}))
    if payload.get("status") == "failed" or payload.get("status_code") == _FAULTED:
        raise SourceFailure("faulted", describe(payload) or "Decodo was not able to scrape the target.")
    # The envelope of 2023, and a proxy that passes Instagram's answer through.
    if find_user(payload) or says_absent(payload) or "data" in payload:
        return payload
    raise SourceFailure("invalid_answer", "Decodo's answer has no results.")


def _read_result(result: dict[str, Any]) -> Any:
    status = result.get("status_code")
    content = _parse_content(result.get("content"), may_be_page=status == 404)
    if content and not _is_apology(content):
        return content
    if status == 404 or _says_nobody(content):
        raise AccountAbsent
    if status == _FAULTED or content:
        raise SourceFailure("faulted", describe(content) or "Decodo was not able to scrape the target.")
    if isinstance(status, int) and 400 <= status < 600:
        raise SourceFailure(f"upstream_{status}", "Instagram refused the scraper.")
    raise EmptyContent


def _parse_content(content: Any, *, may_be_page: bool) -> Any:
    """Content comes as an object, as JSON in a string, as an empty string or as null; with a 404 also as a page."""
    if not isinstance(content, str):
        return content
    if not content.strip():
        return None
    parsed = read_json(content)
    if parsed is None and content.strip() != "null" and not may_be_page:
        raise SourceFailure("invalid_answer", "Decodo's content is no JSON.")
    return parsed


def _is_apology(content: Any) -> bool:
    """Instagram's own refusal instead of data: "Please wait a few minutes", "login_required", a query that failed."""
    if not isinstance(content, dict):
        return False
    return content.get("status") == "fail" or (bool(content.get("errors")) and find_user(content) is None)


def _says_nobody(content: Any) -> bool:
    return isinstance(content, dict) and describe(content).strip(" .").lower() == "user not found"


def _read(capability: Capability, content: Any) -> ProfileData | PostPage | PostData | tuple[CommentData, ...]:
    if capability is Capability.POSTS:
        return read_post_page(content)
    if capability is Capability.COMMENTS:
        return read_comments(content)
    if capability is Capability.POST:
        if post := read_single_post(content):
            return post
    elif profile := read_profile(content):
        return profile
    if says_absent(content):
        raise AccountAbsent
    if _is_empty(content):
        raise EmptyContent
    raise SourceFailure("unreadable_answer", "Decodo's content holds no creator.")


def _is_empty(content: Any) -> bool:
    """Nothing but a status around nothing. Other words ("require_login") are a refusal, no sign of an absence."""
    if not isinstance(content, dict):
        return False
    return not any(value for key, value in content.items() if key not in ("status", "extensions"))


def _lasting_seconds() -> int:
    return int(settings.SOURCE_LASTING_REFUSAL_SECONDS)
