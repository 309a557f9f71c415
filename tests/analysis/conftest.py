"""What tests of the analysis share: engines that do as they are told, creators with captions."""

import os
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import tenacity
from django.utils import timezone

from apps.analysis.engines import Category, Language, Sentiment, TextAnalysis, get_engine, registry
from apps.core.resilience import POLICIES, RetryPolicy
from apps.profiles.models import Post, Profile

# Threads that wait for work by spinning take the cores from each other, and from whoever else tests here.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")


class ScriptedEngine:
    """Says `food` of texts with "pasta", nothing of others; fails as often as told; counts what it was asked."""

    def __init__(self, name: str = "scripted", version: str = "1") -> None:
        self.name, self.version = name, version
        self.asked: list[str] = []
        self.failures = 0
        self.change: Callable[[list[TextAnalysis]], list[TextAnalysis]] = list

    def analyse(self, texts: Sequence[str]) -> list[TextAnalysis]:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("out of order")
        self.asked.extend(texts)
        return self.change([self.read(text) for text in texts])

    def read(self, text: str) -> TextAnalysis:
        about_food = "pasta" in text
        return TextAnalysis(
            language=Language("en", 0.9) if text else Language("und", 0.0),
            sentiment=Sentiment("positive", 0.5, 0.8) if about_food else Sentiment("neutral", 0.0, 0.6),
            category=Category("food", 0.7) if about_food else Category(None, 0.1),
            engine=self.name,
            version=self.version,
            raw={"length": len(text)},
        )


@pytest.fixture
def install(monkeypatch, settings) -> Callable[..., ScriptedEngine]:
    """`install("name")`: an engine in the registry and at the end of the chain, for this test only."""
    settings.AI_ENGINES = []
    get_engine.cache_clear()

    def add(name: str = "scripted", **fields: Any) -> ScriptedEngine:
        engine = ScriptedEngine(name, **fields)
        monkeypatch.setitem(registry._FACTORIES, name, lambda: engine)
        settings.AI_ENGINES = [*settings.AI_ENGINES, name]
        get_engine.cache_clear()
        return engine

    yield add
    get_engine.cache_clear()


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch) -> None:
    monkeypatch.setitem(POLICIES, "ai", RetryPolicy(attempts=4, seconds=60, wait=tenacity.wait_none()))


@pytest.fixture
def make_creator(any_db) -> Callable[..., Profile]:
    """`make_creator("caption", …)`: a creator with a post for each caption, oldest first."""

    def build(*captions: str, username: str = "mara.lind") -> Profile:
        now = timezone.now()
        profile = Profile.objects.create(
            external_id=f"id-{username}",
            username=username,
            source="sandbox",
            synthetic=True,
            refreshed_at=now,
            posts_refreshed_at=now,
        )
        for number, caption in enumerate(captions):
            Post.objects.create(
                profile=profile,
                external_id=f"{username}-{number}",
                shortcode=f"{username}{number}",
                type=Post.Type.PHOTO,
                caption=caption,
                taken_at=now,
            )
        return profile

    return build
