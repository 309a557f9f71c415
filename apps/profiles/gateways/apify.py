"""The Apify actor `apify/instagram-scraper`: run and wait, or run and poll; failures can be items of a good run."""

import time
from typing import Any, ClassVar

from django.conf import settings
from django.utils import timezone

from apps.profiles.normalise import PostPage, ProfileData, read_comments, read_post_page, read_profile, read_single_post

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
from .http import EMPTY_MEANS_ABSENT, Endpoint, HttpAnswer, ask_repeatedly, authorization

_ACTOR = "/v2/acts/apify~instagram-scraper"
_OVER = {"FAILED", "TIMED-OUT", "ABORTED"}
_ABSENT = {"not_found", "page_not_found", "profile_not_found", "post_not_found"}


class ApifySource:
    """All capabilities; the only source of posts beyond twelve, reels' plays, comments and business e-mails."""

    name: ClassVar[str] = "apify"
    synthetic: ClassVar[bool] = False

    def __init__(self) -> None:
        key = authorization(settings.APIFY_TOKEN, bearer=True)
        self._endpoint = Endpoint(settings.APIFY_BASE_URL, key, settings.APIFY_TIMEOUT_SECONDS)

    @property
    def capabilities(self) -> frozenset[Capability]:
        return frozenset(Capability)

    @property
    def endpoint(self) -> str:
        return self._endpoint.host

    def fetch_profile(self, username: str, *, keep_alive: KeepAlive) -> Answer:
        url = f"https://www.instagram.com/{username}/"
        items, raw = self._run(_input(url, "details", 1), keep_alive)
        if "private" in _errors(items):
            return self._answer(Capability.PROFILE, ProfileData(username=username, is_private=True), raw)
        _refuse_errors(items)
        profile = next((data for item in items if (data := read_profile(item))), None)
        if profile is None:
            raise SourceFailure("unreadable_answer", "Apify's items hold no creator.")
        return self._answer(Capability.PROFILE, profile, raw)

    def fetch_posts(self, username: str, *, limit: int, keep_alive: KeepAlive) -> Answer:
        url = f"https://www.instagram.com/{username}/"
        items, raw = self._run(_input(url, "posts", limit), keep_alive)
        if _errors(items) & {"no_items", "private", "restricted_page"}:
            return self._answer(Capability.POSTS, PostPage(), raw)
        _refuse_errors(items)
        return self._answer(Capability.POSTS, read_post_page(items), raw)

    def fetch_post(self, shortcode: str, *, keep_alive: KeepAlive) -> Answer:
        items, raw = self._run(_input(f"https://www.instagram.com/p/{shortcode}/", "posts", 1), keep_alive)
        _refuse_errors(items)
        post = read_single_post(items)
        if post is None:
            raise SourceFailure("unreadable_answer", "Apify's items hold no post.")
        return self._answer(Capability.POST, post, raw)

    def fetch_comments(self, shortcode: str, *, limit: int, keep_alive: KeepAlive) -> Answer:
        items, raw = self._run(_input(f"https://www.instagram.com/p/{shortcode}/", "comments", limit), keep_alive)
        if "no_items" in _errors(items):
            return self._answer(Capability.COMMENTS, (), raw)
        _refuse_errors(items)
        return self._answer(Capability.COMMENTS, read_comments(items), raw)

    def _answer(self, capability: Capability, data: Any, raw: bytes) -> Answer:
        return Answer(
            source=self.name, synthetic=False, capability=capability, data=data, raw=raw, fetched_at=timezone.now()
        )

    def _run(self, body: dict[str, Any], keep_alive: KeepAlive) -> tuple[list[dict[str, Any]], bytes]:
        empty_answers = 0

        def ask() -> tuple[list[dict[str, Any]], bytes]:
            nonlocal empty_answers
            answer = self._endpoint.ask("POST", f"{_ACTOR}/run-sync-get-dataset-items", body=body)
            if answer.status == 408:
                answer = self._run_and_poll(body, keep_alive)
            items = _read_items(answer)
            if not items:
                empty_answers += 1
                raise EmptyContent
            return items, answer.body

        try:
            return ask_repeatedly(ask, keep_alive=keep_alive)
        except EmptyContent as error:
            if empty_answers >= EMPTY_MEANS_ABSENT:
                raise AccountAbsent from error
            raise

    def _run_and_poll(self, body: dict[str, Any], keep_alive: KeepAlive) -> HttpAnswer:
        """Start a run and look at it until it is over; for what takes longer than a request may."""
        run = _read_run(self._endpoint.ask("POST", f"{_ACTOR}/runs", body=body))
        deadline = time.monotonic() + settings.APIFY_RUN_SECONDS
        while run["status"] != "SUCCEEDED":
            if run["status"] in _OVER:
                raise SourceFailure(f"run_{run['status'].lower()}", "The run at Apify failed.")
            if time.monotonic() > deadline:
                raise SourceFailure("timeout", "The run at Apify did not end in time.", transient=False)
            keep_alive()
            time.sleep(settings.APIFY_POLL_SECONDS)
            run = _read_run(self._endpoint.ask("GET", f"/v2/actor-runs/{run['id']}"))
        return self._endpoint.ask("GET", f"/v2/datasets/{run['dataset']}/items", params={"clean": "true"})


def _input(url: str, results: str, limit: int) -> dict[str, Any]:
    return {"directUrls": [url], "resultsType": results, "resultsLimit": limit, "addParentData": False}


def _read_items(answer: HttpAnswer) -> list[dict[str, Any]]:
    if answer.status not in (200, 201):
        refuse(answer)
    items = answer.json
    if not isinstance(items, list):
        raise SourceFailure("invalid_answer", "Apify's answer is no list of items.")
    return [item for item in items if isinstance(item, dict)]


def _read_run(answer: HttpAnswer) -> dict[str, str]:
    if answer.status not in (200, 201):
        refuse(answer)
    run = answer.json.get("data") if isinstance(answer.json, dict) else None
    if not isinstance(run, dict) or not all(isinstance(run.get(key), str) for key in ("id", "status")):
        raise SourceFailure("invalid_answer", "Apify's answer is no run.")
    return {"id": run["id"], "status": run["status"], "dataset": str(run.get("defaultDatasetId") or "")}


def refuse(answer: HttpAnswer) -> None:
    """Raise what a status other than 200 and 201 means."""
    payload = answer.json
    message = describe(payload) or f"HTTP {answer.status}"
    lasting = int(settings.SOURCE_LASTING_REFUSAL_SECONDS)
    if answer.status in (401, 403):
        raise LastingRefusal("unauthorised", f"Apify refuses the token: {message}", reset_after=300)
    if answer.status == 402:
        raise LastingRefusal("quota_used", f"Apify's account is out of funds: {message}", reset_after=lasting)
    if answer.status == 404:
        raise LastingRefusal("target_unsupported", f"Apify does not know the actor: {message}", reset_after=lasting)
    if answer.status in (400, 422):
        raise QueryRefused(f"Apify refuses the input: {message}")
    if answer.status == 429:
        raise SourceFailure("rate_limited", message, retry_after=answer.retry_after)
    raise SourceFailure(f"http_{answer.status}", message, retry_after=answer.retry_after)


def _errors(items: list[dict[str, Any]]) -> set[str]:
    """The error codes of items that stand in place of data; empty as soon as one item is data."""
    codes = [item.get("error") for item in items]
    return {code for code in codes if isinstance(code, str)} if all(codes) else set()


def _refuse_errors(items: list[dict[str, Any]]) -> None:
    codes = _errors(items)
    if not codes:
        return
    if codes & _ABSENT:
        raise AccountAbsent
    if "no_items" in codes:
        raise AccountAbsent
    reason = sorted(codes)[0]
    raise SourceFailure(f"item_{reason[:40]}", str(items[0].get("errorDescription") or reason), transient=False)
