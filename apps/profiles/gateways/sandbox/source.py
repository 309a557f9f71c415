"""The sandbox as a source."""

import json
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.conf import settings

from apps.profiles.gateways.base import AccountAbsent, Answer, Capability, KeepAlive, QueryRefused, SourceFailure
from apps.profiles.gateways.http import ask_repeatedly
from apps.profiles.models import Post
from apps.profiles.normalise import PostData

from .creators import make_profile
from .personas import character_of, is_published
from .posts import make_posts
from .readers import make_comments
from .roster import PUBLISHED

SLOW_SECONDS = 6.0
# Posts of the past months of every published creator can be found by their shortcode.
_FINDABLE_POSTS = 60


class SandboxSource:
    """Answers any handle as the only source, else its published names alone."""

    name: ClassVar[str] = "sandbox"
    synthetic: ClassVar[bool] = True
    endpoint: ClassVar[str] = ""
    capabilities: ClassVar[frozenset[Capability]] = frozenset(Capability)

    def fetch_profile(self, username: str, *, keep_alive: KeepAlive) -> Answer:
        _offer(username)
        if username == "flaky.source":
            _fail_once(keep_alive)
        elif username == "down.source":
            raise SourceFailure("sandbox_down", "This handle stands for a source that is down.")
        elif username == "slow.source":
            time.sleep(SLOW_SECONDS)
        keep_alive()
        return _answer(Capability.PROFILE, make_profile(username, now=datetime.now(UTC)))

    def fetch_posts(self, username: str, *, limit: int, keep_alive: KeepAlive) -> Answer:
        _offer(username)
        keep_alive()
        page = make_profile(username, now=datetime.now(UTC)).timeline
        return _answer(Capability.POSTS, page if limit >= len(page.posts) else _cut(page, limit))

    def fetch_post(self, shortcode: str, *, keep_alive: KeepAlive) -> Answer:
        keep_alive()
        return _answer(Capability.POST, _find_post(shortcode)[1])

    def fetch_comments(self, shortcode: str, *, limit: int, keep_alive: KeepAlive) -> Answer:
        keep_alive()
        handle, post = _find_post(shortcode)
        return _answer(Capability.COMMENTS, make_comments(handle, post, limit=limit))


def _offer(username: str) -> None:
    if username == "nobody.here":
        raise AccountAbsent
    if not is_published(username) and not _is_sole_source():
        raise QueryRefused("The sandbox answers only its published names beside another source.")


def _is_sole_source() -> bool:
    return list(settings.PROFILE_SOURCES) == ["sandbox"]


def _fail_once(keep_alive: KeepAlive) -> None:
    attempts = 0

    def attempt() -> None:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            raise SourceFailure("sandbox_flaky", "This handle stands for a source that fails now and then.")

    ask_repeatedly(attempt, keep_alive=keep_alive)


def _find_post(shortcode: str) -> tuple[str, PostData]:
    """Who made a synthetic post, and the post. A post that is stored is known to the catalogue, others are sought."""
    now = datetime.now(UTC)
    stored = Post.objects.filter(shortcode=shortcode, profile__synthetic=True).values_list("profile__username")
    for handle in [row[0] for row in stored] or PUBLISHED:
        older = make_posts(character_of(handle), now=now, limit=_FINDABLE_POSTS)
        for post in (*make_profile(handle, now=now).timeline.posts, *older):
            if post.shortcode == shortcode:
                return handle, post
    if _is_sole_source():
        raise AccountAbsent
    raise QueryRefused("The sandbox has no such post.")


def _cut(page: Any, limit: int) -> Any:
    return type(page)(posts=page.posts[:limit], has_more=True, contiguous=page.contiguous)


def _answer(capability: Capability, data: Any) -> Answer:
    told = asdict(data) if not isinstance(data, tuple) else [asdict(item) for item in data]
    raw = json.dumps({"synthetic": True, capability: told}, ensure_ascii=False, default=str).encode()
    return Answer(
        source="sandbox", synthetic=True, capability=capability, data=data, raw=raw, fetched_at=datetime.now(UTC)
    )
